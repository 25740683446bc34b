"""Phrases of the language data found in tokens: one small matcher serves names, dates, cues and contact words.

A pattern is words separated by spaces::

    міністр закордонних справ     each word matches a token that shares its form or a lemma with it, in any case
    зустріч/NOUN                  a lemma with its part of speech
    =завтра                       this very form (with capitals: as printed)
    у|в <month> <year>? рік?      alternatives, classes, optional words
    <day:from> ~2 <day:to>        captures by name, up to two words between

Classes are the word tables of the file (``month: {січень: 1}``) and the number classes below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from rozmova.text.analysis import Analyst
from rozmova.text.tokens import NUMBER, Token

T = TypeVar("T")
Words = Mapping[str, Any]

NUMBER_CLASSES: dict[str, re.Pattern[str]] = {
    "day": re.compile(r"0?[1-9]|[12]\d|3[01]"),
    "hour": re.compile(r"[01]?\d|2[0-4]"),
    "clock": re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d"),
    "year": re.compile(r"(?:1[89]|20)\d\d"),
    "numeric": re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:(?:1[89]|20)?\d\d)"),
    "quarter": re.compile(r"[1-4]"),
    "number": re.compile(r"\d{1,4}(?:[.,]\d)?"),
}
"""What a number token must look like (whole) to belong to a class."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern."""

    keys: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()
    word_class: str = ""
    name: str = ""
    optional: bool = False
    gap: int = 0

    @property
    def plain(self) -> bool:
        """A word that must stand there."""
        return not (self.gap or self.optional or self.word_class)


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Tokens ``first`` to ``end`` (exclusive) match a pattern of ``payload``; ``captures`` holds class values."""

    first: int
    end: int
    payload: T
    captures: dict[str, Any]


_Rule = tuple[int, tuple[Element, ...], Element | None, T]
"""A pattern's place in the data, its elements, the second of them if it must be the next word, and its payload."""


class PatternSet(Generic[T]):
    """Many patterns tried at once, indexed by what their first word may be."""

    def __init__(self, analyst: Analyst, classes: Mapping[str, Words] | None = None) -> None:
        """``classes`` are word tables: class -> word or phrase of one word -> value."""
        self._analyst = analyst
        self._classes: dict[str, dict[str, Any]] = {}
        for name, words in (classes or {}).items():
            values: dict[str, Any] = {}
            for word, value in words.items():
                for key in self._keys(str(word)):
                    values.setdefault(key, value)
            self._classes[name] = values
        self._by_key: dict[str, list[_Rule[T]]] = {}
        self._heads: set[str] = set()
        self._by_number: list[_Rule[T]] = []
        self._count = 0

    def _keys(self, word: str) -> frozenset[str]:
        return frozenset((word,)) if "/" in word or word.startswith("=") else self._analyst.keys_of(word)

    def add(self, pattern: str, payload: T, *, printed: bool = False) -> None:
        """Add a pattern; ``printed`` means that every word must stand exactly as written, capitals included.

        Raises ``ValueError`` when the pattern is empty, begins with an optional word or names an unknown class.
        """
        elements = tuple(self._element(part, printed) for part in pattern.split())
        if not elements or elements[0].gap:
            raise ValueError(f"pattern {pattern!r} must begin with a word or a class")
        self._count += 1
        start = 0
        while True:  # a pattern may begin at its first word or, when that is optional, at the next
            self._index(elements[start:], payload)
            if not elements[start].optional or start + 1 == len(elements):
                return
            start += 1

    def _index(self, elements: tuple[Element, ...], payload: T) -> None:
        head = elements[0]
        follows = elements[1] if len(elements) > 1 and elements[1].plain and not head.optional else None
        rule = (self._count, elements, follows, payload)
        if head.word_class:
            for key in self._classes.get(head.word_class, ()):
                self._by_key.setdefault(key, []).append(rule)
                self._heads.add(key)
            if head.word_class in NUMBER_CLASSES:
                self._by_number.append(rule)
        for key in head.keys or {p.lower() for p in head.printed}:
            self._by_key.setdefault(key, []).append(rule)
            self._heads.add(key)

    def _element(self, part: str, printed: bool) -> Element:
        optional = part.endswith("?") and len(part) > 1
        part = part[:-1] if optional else part
        if part.startswith("~"):
            return Element(gap=int(part[1:]))
        if part.startswith("<"):
            word_class, _, name = part.strip("<>").partition(":")
            if word_class not in self._classes and word_class not in NUMBER_CLASSES:
                raise ValueError(f"pattern names the class <{word_class}>, which the file does not define")
            return Element(word_class=word_class, name=name or word_class, optional=optional)
        keys: set[str] = set()
        exact: set[str] = set()
        for word in part.split("|"):
            if printed or (word.startswith("=") and word != word.lower()):
                exact.add(word.removeprefix("="))
            else:
                keys |= self._keys(word)
        return Element(keys=frozenset(keys), printed=frozenset(exact), optional=optional)

    def _one(self, element: Element, token: Token) -> tuple[bool, Any]:
        if element.word_class:
            if token.kind == NUMBER:
                shape = NUMBER_CLASSES.get(element.word_class)
                return (True, token.low) if shape and shape.fullmatch(token.low) else (False, None)
            words = self._classes.get(element.word_class)
            if words:
                for form in (token.low, f"={token.low}"):
                    if form in words:
                        return True, words[form]
                for morph in token.morphs:
                    if morph.lemma in words:
                        return True, words[morph.lemma]
            return False, None
        return (bool(element.keys & token.keys) or token.text in element.printed), None

    def at(self, tokens: Sequence[Token], i: int, end: int) -> list[Match[T]]:
        """All patterns that match at token ``i``, none reaching past ``end``; longest first, then in order."""
        token = tokens[i]
        tried = list(self._by_number) if token.kind == NUMBER else []
        if not token.keys.isdisjoint(self._heads):  # most words begin no pattern at all
            tried += [rule for key in token.keys for rule in self._by_key.get(key, ())]
        if tried and i + 1 < end and token.low not in self._analyst.abbreviations:  # most fail at their second word
            tried = [rule for rule in tried if rule[2] is None or self._one(rule[2], tokens[i + 1])[0]]
        if not tried:
            return []
        found: dict[int, Match[T]] = {}
        # in the order of the data, whatever the order of a token's keys; of one pattern the longest first
        for number, elements, _, payload in sorted(tried, key=lambda rule: (rule[0], -len(rule[1]))):
            match = self._run(elements, tokens, i, end, payload) if number not in found else None
            if match:
                found[number] = match
        return sorted(found.values(), key=lambda m: -m.end)

    def first(self, tokens: Sequence[Token], i: int, end: int) -> Match[T] | None:
        """The longest match at token ``i`` or None."""
        found = self.at(tokens, i, end)
        return found[0] if found else None

    def _run(
        self, elements: tuple[Element, ...], tokens: Sequence[Token], i: int, end: int, payload: T
    ) -> Match[T] | None:
        captures: dict[str, Any] = {}
        abbreviations = self._analyst.abbreviations

        def step(at: int, j: int) -> int | None:
            if at == len(elements):
                return j
            element = elements[at]
            if element.gap:
                for skip in range(element.gap + 1):
                    reached = step(at + 1, j + skip) if j + skip <= end else None
                    if reached is not None:
                        return reached
                return None
            if j < end:
                fits, value = self._one(element, tokens[j])
                if fits:
                    after = j + 1
                    if (
                        after < end
                        and tokens[after].text == "."
                        and tokens[after].glued
                        and tokens[j].low in abbreviations
                    ):
                        after += 1
                    reached = step(at + 1, after)
                    if reached is not None:
                        if element.name:
                            captures[element.name] = value
                        return reached
            return step(at + 1, j) if element.optional else None

        reached = step(0, i)
        return Match(i, reached, payload, captures) if reached is not None and reached > i else None
