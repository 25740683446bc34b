"""Tokens: words, numbers and marks with their place in the article and all readings of each word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rozmova.text.morph import Morph
from rozmova.text.script import APOSTROPHES, INVISIBLE

_ABBREVIATION = 4
"""Letters of the longest state or body that is written in capitals: "РФ-США", "EU-NATO"."""
WORD, NUMBER, MARK = "word", "number", "mark"

_LETTER = rf"[^\W\d_{INVISIBLE}{re.escape(APOSTROPHES)}]"
_INSIDE = rf"[{re.escape(APOSTROPHES + INVISIBLE)}]"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,:]\d+)*)"
    rf"|(?P<word>(?:{_LETTER}\.){{2,}}|{_LETTER}+(?:{_INSIDE}+{_LETTER}+)*{_INSIDE}?(?:-{_LETTER}+(?:{_INSIDE}+{_LETTER}+)*)*)"
    rf"|(?P<mark>\.{{2,}}|[^\w\s]|_)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: ``text == article[start:end]``; ``low`` is its folded form, ``keys`` all that data may call it by.

    ``keys`` holds the folded form, ``=form``, every lemma and every ``lemma/POS``.
    """

    i: int
    start: int
    end: int
    text: str
    low: str
    kind: str
    morphs: tuple[Morph, ...]
    keys: frozenset[str]
    glued: bool

    @property
    def capital(self) -> bool:
        """True when the word begins with a capital letter."""
        return self.text[:1].isupper()

    def verb(self) -> Morph | None:
        """The first verbal reading that is finite, or None."""
        for morph in self.morphs:  # a loop over three readings costs less than looking them up in a cache
            if morph.verbform == "Fin":
                return morph
        return None

    def has(self, pos: str) -> bool:
        """True when some reading has this part of speech."""
        return any(m.pos == pos for m in self.morphs)


def cut(text: str, clitics: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each token of a text, in order.

    Hyphenated words stay whole ("прем'єр-міністр") unless both sides are names ("Україна-ЄС"); ``clitics``
    are endings that are words of their own (English ``'s``).
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or MARK
        start, end = match.span()
        if kind != WORD:
            yield start, end, kind
            continue
        word = match.group()
        if word[-1] in APOSTROPHES and "'" not in clitics:
            yield from _compound(text, start, end - 1)
            yield end - 1, end, MARK
            continue
        for clitic in clitics:
            tail = word[-len(clitic) :].lower()
            if len(word) > len(clitic) and all(
                a == b or (b == "'" and a in APOSTROPHES) for a, b in zip(tail, clitic, strict=True)
            ):
                yield from _compound(text, start, end - len(clitic))
                yield end - len(clitic), end, WORD
                break
        else:
            yield from _compound(text, start, end)


def _compound(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    parts = text[start:end].split("-")
    names = all(p[:1].isupper() and len(p) > 1 for p in parts)
    shouted = text[start:end].isupper() and any(len(p) > _ABBREVIATION for p in parts)
    if len(parts) == 1 or not names or shouted:
        yield start, end, WORD
        return
    at = start
    for n, part in enumerate(parts):
        if n:
            yield at, at + 1, MARK
            at += 1
        yield at, at + len(part), WORD
        at += len(part)
