"""Quotations of an article: which tokens stand between quotation marks, or behind the dash of a dialogue.

Marks differ by language and by newsroom, and one character opens here and closes there (“ ” " '); so the place decides:
a mark that touches the next word only opens, one that touches the word before only closes. A quotation may run over
sentences and paragraphs: a paragraph that ends inside one goes on in the next when that opens with a mark again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK, WORD, Token

_DOUBLE = frozenset('"“”„«»‟〝')
_SINGLE = frozenset("'‘’‚")
_ONLY_OPENS = frozenset("„")
_DASHES = frozenset("—–-")
_STOPS = frozenset(",.!?…")
_BEFORE = frozenset(":,.!?…")
_LEAST = 3
"""Words of a quotation at least; fewer are a title, a name or a word held at arm's length."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Tokens ``first`` to ``end`` with their marks; ``goes_on`` says that it continues the quotation before it."""

    first: int
    end: int
    words: int
    goes_on: bool = False


def quotations(analysis: Analysis, says: Callable[[int], bool] = lambda _: False) -> tuple[Quoted, ...]:
    """All quotations of an article in text order, dash dialogue too; titles and single quoted words are left out.

    ``says`` tells whether words of saying begin at a token.
    """
    marked = (part for quoted in _marked(analysis) for part in _without_tags(analysis, quoted, says))
    found = [*marked, *_dialogue(analysis, says)]
    return tuple(sorted((q for q in found if q.words >= _LEAST), key=lambda q: q.first))


def _paragraphs(analysis: Analysis) -> Iterator[tuple[int, int]]:
    first = 0
    tokens = analysis.tokens
    for i in range(1, len(tokens)):
        if "\n" in analysis.text[tokens[i - 1].end : tokens[i].start]:
            yield first, i
            first = i
    if tokens:
        yield first, len(tokens)


def _marked(analysis: Analysis) -> Iterator[Quoted]:
    tokens = analysis.tokens
    opened: int | None = None
    goes_on = False
    for first, end in _paragraphs(analysis):
        if opened is not None:  # the paragraph before ended inside a quotation
            again = _double(tokens[first]) and _opens(tokens, first, first)
            yield _quoted(tokens, opened, first, goes_on)
            opened, goes_on = None, again
        i = first
        while i < end:
            if opened is None and _opens(tokens, i, first):
                opened = i
            elif opened is not None and _closes(tokens, opened, i, end):
                yield _quoted(tokens, opened, i + 1, goes_on)
                opened, goes_on = None, False
            i += 1
        if opened is not None and opened != first and tokens[opened - 1].text not in _BEFORE:
            opened = None  # a mark that nobody closed: a slip, unless a whole quotation begins there
    if opened is not None:
        yield _quoted(tokens, opened, len(tokens), goes_on)


def _quoted(tokens: Sequence[Token], first: int, end: int, goes_on: bool) -> Quoted:
    return Quoted(first, end, sum(t.kind == WORD for t in tokens[first:end]), goes_on)


def _double(token: Token) -> bool:
    return token.text in _DOUBLE


def _opens(tokens: Sequence[Token], i: int, start: int) -> bool:
    """A mark that touches the word behind it and none before it."""
    token = tokens[i]
    if token.text not in _DOUBLE and token.text not in _SINGLE:
        return False
    touches = i + 1 < len(tokens) and tokens[i + 1].glued
    free = i == start or not token.glued or tokens[i - 1].text in "([" or tokens[i - 1].text in _DASHES
    return touches and free


def _closes(tokens: Sequence[Token], opened: int, i: int, end: int) -> bool:
    """A mark of the same kind that touches what is before it; a single one only beside a full stop or comma."""
    token = tokens[i]
    if _double(tokens[opened]):
        if not _double(token) or token.text in _ONLY_OPENS:
            return False
        return token.glued or (i + 1 < end and not tokens[i + 1].glued) or i + 1 == end
    if token.text not in _SINGLE or not token.glued:
        return False
    after = tokens[i + 1].text if i + 1 < end and tokens[i + 1].glued else ""
    return tokens[i - 1].text in _STOPS or after in _STOPS


def _without_tags(analysis: Analysis, quoted: Quoted, says: Callable[[int], bool]) -> Iterator[Quoted]:
    """The speech in one pair of marks, without words of saying set into it: «We are ready, - said X. - We wait»."""
    tokens = analysis.tokens
    start, spoken = quoted.first, True
    for i in range(quoted.first + 1, quoted.end - 1):
        if tokens[i].text not in _DASHES or tokens[i].glued or tokens[i - 1].text not in _STOPS:
            continue
        if spoken and (says(i + 1) or says(i + 2)):
            yield _quoted(tokens, start, i, quoted.goes_on or start > quoted.first)
            spoken = False
        elif not spoken:
            start, spoken = i, True
    if spoken:
        yield quoted if start == quoted.first else _quoted(tokens, start, quoted.end, goes_on=True)


def _dialogue(analysis: Analysis, says: Callable[[int], bool]) -> Iterator[Quoted]:
    """Speech behind a dash at the beginning of a paragraph: up to the dash before the words of saying, and on.

    A comma or a full stop before the dash, or words of saying right behind it, tell where the speech ends.
    """
    tokens = analysis.tokens
    for first, end in _paragraphs(analysis):
        if tokens[first].text not in _DASHES or tokens[first].kind != MARK or end - first <= _LEAST:
            continue
        spoken, start = True, first
        for i in range(first + 1, end - 1):
            if tokens[i].text not in _DASHES or tokens[i].glued:
                continue
            stops = tokens[i - 1].text in _STOPS
            if spoken and (stops or says(i + 1) or says(i + 2)):
                yield _quoted(tokens, start, i, goes_on=start > first)
                spoken = False
            elif not spoken and stops:
                spoken, start = True, i
        if spoken and start > first:
            yield _quoted(tokens, start, end, goes_on=True)
