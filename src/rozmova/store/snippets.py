"""Where the words that were asked for stand in a text, and the part of it that shows most of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from rozmova.records import Reading
from rozmova.store.beginnings import beginning_like
from rozmova.store.terms import NAMED, Asked, Word, id_term, words

_LENGTH = 240
"""Characters of a snippet, a little more or less."""


class Mark(Struct, frozen=True):
    """Where a word that was found stands: code points in the article's text, ``end`` exclusive."""

    start: int
    end: int


class Snippet(Struct, frozen=True):
    """A part of an article's text: ``text`` is ``article[start:end]``, and ``marks`` count in the article too."""

    article: str
    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]


def marks(
    text: str,
    wanted: Sequence[Sequence[Asked]],
    reading: Reading,
    start: int = 0,
    end: int | None = None,
    thorough: bool = True,
) -> list[Mark]:
    """The places between ``start`` and ``end`` of a text where one of the phrases stands, in their order.

    Where none of their words is found by its beginning, every word is looked up, if that is to be ``thorough``.
    The reading of the article says where those stand whose name is spelt in another way than it was asked for.
    """
    end = len(text) if end is None else end
    part, lang = text[start:end], reading.article.lang
    things = {term for phrase in wanted if len(phrase) == 1 for term in phrase[0].terms if term[0] == "@"}
    found = {
        (name.start, name.end)
        for name in (reading.names if things else ())
        if name.kind in NAMED and name.id and start <= name.start and name.end <= end
        if id_term(name.id) in things
    }
    # Their neighbours come with them, so that words that stand in a row here do so in the text.
    around = int(any(len(phrase) > 1 for phrase in wanted))
    may = beginning_like(word for phrase in wanted for word in phrase)
    here = _found(list(words(part, lang, may, around)), wanted)
    if wanted and thorough and not here and not found:
        here = _found(list(words(part, lang)), wanted)
    found |= {(start + s, start + e) for s, e in here}
    return [Mark(start, end) for start, end in _apart(found)]


def snippet(article: str, text: str, found: Sequence[Mark], start: int = 0, end: int | None = None) -> Snippet:
    """The part of ``text[start:end]`` that shows most of what was found there; its beginning where nothing was."""
    end = len(text) if end is None else end
    here = [mark for mark in found if start <= mark.start and mark.end <= end]
    best = max(here, key=lambda mark: (_near(mark, here), -mark.start), default=None)
    first, last = start, min(end, start + _LENGTH)
    if best is not None and best.start - start > _LENGTH // 3:
        first = _word_start(text, best.start - _LENGTH // 4, start)
        last = min(end, max(first + _LENGTH, best.end))
    last = _word_end(text, max(last, best.end if best else last), end)
    return Snippet(article, first, last, text[first:last], tuple(m for m in here if first <= m.start and m.end <= last))


def _found(line: Sequence[Word], wanted: Iterable[Sequence[Asked]]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for phrase in wanted:
        if len(phrase) == 1:
            asked = phrase[0]
            found |= {(word.start, word.end) for word in line if _meets(word, asked)}
            continue
        for place in range(len(line) - len(phrase) + 1):
            run = line[place : place + len(phrase)]
            if all(_meets(word, asked) for word, asked in zip(run, phrase, strict=True)):
                found.add((run[0].start, run[-1].end))
    return found


def _meets(word: Word, asked: Asked) -> bool:
    return not asked.terms.isdisjoint(word.terms) or word.parts in asked.lines


def _apart(found: Collection[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """The longest of those that overlap."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _near(mark: Mark, found: Sequence[Mark]) -> int:
    return sum(0 <= other.start - mark.start < _LENGTH * 2 // 3 for other in found)


def _word_start(text: str, at: int, least: int) -> int:
    at = max(at, least)
    while at > least and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int, most: int) -> int:
    while at < most and not text[at].isspace():
        at += 1
    return at
