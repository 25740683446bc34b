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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Tokens ``first`` to ``end`` (exclusive) match a pattern of ``payload``; ``captures`` holds class values."""

    first: int
    end: int
    payload: T
    captures: dict[str, Any]


_Rule = tuple[int, tuple[Element, ...], T]
"""A pattern's place in the data, its elements, and its payload."""


@dataclass(slots=True)
class _Rules(Generic[T]):
    """The patterns that begin with one word and need one of the same words among the next ``reach`` tokens."""

    reach: int = 0
    rules: list[_Rule[T]] = field(default_factory=list)


_Index = dict[frozenset[str], _Rules[T]]
"""The words that must follow (none: nothing must) -> the patterns that need them."""


@dataclass(frozen=True, slots=True)
class _Word(Generic[T]):
    """What a word means to the patterns: those it ``begins`` and what they need, and its own keys that are ``needed``.

    ``begun`` are needed words, how far ahead, and the patterns; ``free`` those that need none; ``far`` the furthest.
    """

    begun: tuple[tuple[frozenset[str], int, list[_Rule[T]]], ...]
    free: list[_Rule[T]]
    begins: bool
    far: int
    needed: frozenset[str]


def _in_order(rule: tuple[int, tuple[Element, ...], Any]) -> tuple[int, int]:
    return rule[0], -len(rule[1])


_NONE: frozenset[str] = frozenset()


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
        self._by_key: dict[str, _Index[T]] = {}
        self._needs: set[str] = set()
        self._valued: dict[tuple[str, str, frozenset[str]], tuple[bool, Any]] = {}
        self._words: dict[frozenset[str], _Word[T]] = {}
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
        self._words.clear()
        start = 0
        while True:  # a pattern may begin at its first word or, when that is optional, at the next
            self._index(elements[start:], payload)
            if not elements[start].optional or start + 1 == len(elements):
                return
            start += 1

    def _index(self, elements: tuple[Element, ...], payload: T) -> None:
        head = elements[0]
        needed, reach = self._needed(elements)
        self._needs |= needed
        for key in self._begins(head):
            rules = self._by_key.setdefault(key, {}).setdefault(needed, _Rules())
            rules.reach = max(rules.reach, reach)
            rules.rules.append((self._count, elements, payload))

    def _needed(self, elements: tuple[Element, ...]) -> tuple[frozenset[str], int]:
        """The first word or class that must follow the head, and within how many tokens; an empty set for none."""
        reach = 1  # a full stop may follow an abbreviation
        for element in elements[1:]:
            reach += 1 + element.gap
            if not (element.optional or element.gap):
                return self._begins(element), reach
            reach += element.optional
        return frozenset(), 0

    def _begins(self, element: Element) -> frozenset[str]:
        """The keys one of which a word must have for an element to match it; ``#day`` stands for figures of a shape."""
        figures = (f"#{element.word_class}",) if element.word_class in NUMBER_CLASSES else ()
        words = self._classes.get(element.word_class, ())
        return frozenset((*element.keys, *(p.lower() for p in element.printed), *words, *figures))

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
            key = (element.word_class, token.low, token.keys)
            known = self._valued.get(key)
            if known is None:
                known = self._valued[key] = self._value(element.word_class, token)
            return known
        return (bool(element.keys & token.keys) or token.text in element.printed), None

    def _value(self, word_class: str, token: Token) -> tuple[bool, Any]:
        """Whether a word is of a class, by its form before its lemmas, and its value there."""
        words = self._classes.get(word_class, {})
        for form in (token.low, f"={token.low}", *(morph.lemma for morph in token.morphs)):
            if form in words:
                return True, words[form]
        return False, None

    def at(self, tokens: Sequence[Token], i: int, end: int) -> list[Match[T]]:
        """All patterns that match at token ``i``, none reaching past ``end``; longest first, then in order."""
        here = self._of(tokens[i])
        if not here.begins:  # most words begin no pattern at all
            return []
        return self._matches(tokens, i, end, [self._of(t).needed for t in tokens[i + 1 : min(end, i + 1 + here.far)]])

    def scan(self, tokens: Sequence[Token], first: int, end: int) -> Iterator[Match[T]]:
        """The longest match at each token from left to right, none overlapping the one before."""
        words = [self._of(token) for token in tokens[first:end]]
        needed = [word.needed for word in words]
        reached = first
        for i, word in enumerate(words, first):
            if word.begins and i >= reached:
                found = self._matches(tokens, i, end, needed[i - first + 1 : i - first + 1 + word.far])
                if found:
                    reached = found[0].end
                    yield found[0]

    def _matches(
        self, tokens: Sequence[Token], i: int, end: int, following: Sequence[frozenset[str]]
    ) -> list[Match[T]]:
        """The matches at a token that begins some pattern; ``following`` are the needed keys of the next tokens."""
        here = self._of(tokens[i])
        tried = list(here.free)
        if any(following):  # most patterns fail because a word they need does not follow
            ahead = [_NONE]
            for keys in following:
                ahead.append(ahead[-1] | keys if keys else ahead[-1])
            last = len(ahead) - 1
            for needed, reach, rules in here.begun:
                if not needed.isdisjoint(ahead[reach if reach < last else last]):
                    tried += rules
        if not tried:
            return []
        found: dict[int, Match[T]] = {}
        # in the order of the data, whatever the order of a token's keys; of one pattern the longest first
        for number, elements, payload in sorted(tried, key=_in_order):
            match = self._run(elements, tokens, i, end, payload) if number not in found else None
            if match:
                found[number] = match
        return sorted(found.values(), key=lambda m: -m.end)

    def _of(self, token: Token) -> _Word[T]:
        """What a word means to the patterns; worked out once a word."""
        known = self._words.get(token.keys)
        return known if known is not None else self._learn(token)

    def _learn(self, token: Token) -> _Word[T]:
        keys = token.keys
        if token.kind == NUMBER:
            keys |= {f"#{name}" for name, shape in NUMBER_CLASSES.items() if shape.fullmatch(token.low)}
        begun: _Index[T] = {}
        for key in keys:
            for needed, group in self._by_key.get(key, {}).items():
                both = begun.setdefault(needed, _Rules())
                both.reach = max(both.reach, group.reach)
                both.rules += group.rules
        free = begun.pop(_NONE, _Rules()).rules
        groups = tuple((needed, group.reach, group.rules) for needed, group in begun.items())
        word = _Word(
            groups, free, bool(groups or free), max((reach for _, reach, _ in groups), default=0),
            frozenset(keys & self._needs) or _NONE,
        )  # fmt: skip
        self._words[token.keys] = word
        return word

    def first(self, tokens: Sequence[Token], i: int, end: int) -> Match[T] | None:
        """The longest match at token ``i`` or None."""
        found = self.at(tokens, i, end)
        return found[0] if found else None

    def _run(
        self, elements: tuple[Element, ...], tokens: Sequence[Token], i: int, end: int, payload: T
    ) -> Match[T] | None:
        captures: dict[str, Any] = {}
        reached = self._step(elements, 0, tokens, i, end, captures)
        return Match(i, reached, payload, captures) if reached is not None and reached > i else None

    def _step(
        self,
        elements: tuple[Element, ...],
        at: int,
        tokens: Sequence[Token],
        j: int,
        end: int,
        captures: dict[str, Any],
    ) -> int | None:
        """Where the elements from ``at`` on end when they match at token ``j``; fills ``captures`` on the way back."""
        if at == len(elements):
            return j
        element = elements[at]
        if element.gap:
            for skip in range(element.gap + 1):
                reached = self._step(elements, at + 1, tokens, j + skip, end, captures) if j + skip <= end else None
                if reached is not None:
                    return reached
            return None
        if j < end:
            fits, value = self._one(element, tokens[j])
            if fits:
                after = j + 1
                if after < end and tokens[after].text == "." and tokens[after].glued and self._shortens(tokens[j]):
                    after += 1
                reached = self._step(elements, at + 1, tokens, after, end, captures)
                if reached is not None:
                    if element.name:
                        captures[element.name] = value
                    return reached
        return self._step(elements, at + 1, tokens, j, end, captures) if element.optional else None

    def _shortens(self, token: Token) -> bool:
        return token.low in self._analyst.abbreviations
