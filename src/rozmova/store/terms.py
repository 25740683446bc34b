"""The terms under which words are found: lemmas without the marks that spellings differ by, and keys of names.

A word has a term for every lemma that its dictionary gives it, and ``~key`` of each (:mod:`rozmova.names.fold`) where
it may be a name: so inflection does not matter, and for names the script does not either. People whom the table knows
are found by ``@identifier`` too, however they are spelt, and so are states, places and organisations that the language
data name. Databases compare small letters of ASCII only; terms are folded here and compared as they are.

What is asked is looked up in every language; what an article says, in its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from rozmova.languages import loader
from rozmova.names.actors import load
from rozmova.names.fold import fold
from rozmova.names.known import known_as
from rozmova.text.analysis import analyst
from rozmova.text.morph import Morph
from rozmova.text.script import fold_word, is_cyrillic
from rozmova.text.tokens import MARK, WORD, cut

RULES = 1
"""Raised with every change of what terms a word has: stores indexed by other rules are named by ``rozmova doctor``."""

NAMED = frozenset({"person", "state", "organisation", "place"})
"""Names by which their bearer is found; an office or a pronoun stands for him, but does not name him."""

_MOST_PEOPLE = 12
"""A name of more people than that means nobody: its key finds them all."""

_SAME = str.maketrans({"ґ": "г", "ї": "і", "ё": "е", "ў": "у", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae"})
_CHUNK = re.compile(r"\S+")
_NO_ID = re.compile(r"[^a-z0-9]+")


class Word(Struct, frozen=True):
    """A word of a text: where it stands, and its terms; ``parts`` are those that stand for it in the line of words."""

    start: int
    end: int
    parts: tuple[str, ...]
    terms: frozenset[str]


class Asked(Struct, frozen=True):
    """A word of a query: the terms that find it, and what may stand for it in a line of words."""

    terms: frozenset[str]
    lines: frozenset[tuple[str, ...]]


def words(text: str, lang: str, only: Callable[[str], Iterable[int]] | None = None, around: int = 0) -> Iterator[Word]:
    """The words and numbers of a text, in their order.

    With ``only``, but what stands between two spaces at one of the places it gives, and so many neighbours on either
    side.
    """
    done = 0
    for start, end in _stretches(text, only(text), around) if only else [(0, len(text))]:
        for chunk in _CHUNK.finditer(text, max(start, done), end):
            at = chunk.start()
            for word in _words(chunk.group(), lang):
                yield Word(at + word.start, at + word.end, word.parts, word.terms)
        done = max(done, end)


@lru_cache(maxsize=10_000)
def asked(word: str) -> Asked:
    """What finds a word that somebody typed, in whatever language and form. Without a letter or digit: nothing."""
    low = fold_word(word)
    terms, lines = set(_parts(low)), {_parts(low)} - {()}
    things = set(known_as(low))
    found = {lang: _dictionary(low, lang) for lang in loader.codes()}
    known = {lang: m for lang, m in found.items() if any(morph.known for morph in m)}
    read = known or ({} if things else found)  # what is known needs no guess
    for lang, morphs in read.items():
        for morph in morphs:
            terms.update(_parts(morph.lemma))
        lines |= {_met(low, lang, name)[0] for name in (False, True)}
    every = [morph for morphs in read.values() for morph in morphs]
    proper = [morph.lemma for morph in every if morph.nametype or morph.pos == "PROPN" or not known]
    if not known or any(morph.known and (morph.nametype or morph.pos == "PROPN") for morph in every):
        keys = {key for form in (low, *proper) for key in name_terms(form)}
        terms |= keys
        terms |= {id_term(id) for key in keys if known or not things for id in _people(key[1:])}
    for thing in things.union(*(known_as(morph.lemma) for morph in every)):
        terms |= {id_term(thing.id), *(name_terms(thing.label) if " " not in thing.label else ())}
    if len(parts := _parts(low)) > 1:
        terms -= set(parts)  # of a compound both halves are asked for, in their order: that is what the line is for
    return Asked(frozenset(terms), frozenset(lines - {()}))


def _stretches(text: str, places: Iterable[int], around: int) -> Iterator[tuple[int, int]]:
    """Where what stands between two spaces at some places begins and ends, with so many neighbours on either side.

    Each is gone through once, however many places are in it: hostile texts have no spaces.
    """
    done = 0
    for at in sorted(places):
        if at < done:
            continue
        start = _begin(text, at)
        for _ in range(around):
            before = start - 1
            while before > 0 and text[before].isspace():
                before -= 1
            start = _begin(text, max(0, before))
        end = at
        for n in range(around + 1):
            after = _CHUNK.search(text, end)
            end = after.end() if after else end
            done = end if n == 0 else done
        yield start, end


def _begin(text: str, at: int) -> int:
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def name_terms(name: str) -> set[str]:
    """The keys of the words of a name, as terms."""
    return {f"~{key}" for word in name.split() for key in fold(word).split("-") if key}


def id_term(id: str) -> str:
    """The term of whoever or whatever has this identifier."""
    return f"@{_NO_ID.sub('_', id.lower())}"


def plain(text: str) -> str:
    """Small letters and digits, without what spellings differ by: ł l, ґ г, ї і, ё е, accents and apostrophes."""
    out = []
    for char in fold_word(text).translate(_SAME):
        if is_cyrillic(char) or char.isascii():
            out.append(char if char.isalnum() else "")
        else:  # й and its like keep what is no accent of theirs; ą, é and theirs lose it
            out.append("".join(c for c in unicodedata.normalize("NFKD", char) if c.isalnum()))
    return "".join(out)


def _is_name(printed: str) -> bool:
    return any(part[:1].isupper() for part in printed.split("-"))


@lru_cache(maxsize=200_000)
def _words(chunk: str, lang: str) -> tuple[Word, ...]:
    """The words between two spaces: no token reaches beyond, and most come again."""
    known = lang if lang in loader.codes() else None
    found = []
    for start, end, kind in cut(chunk, analyst(known).clitics if known else ()):
        if kind == MARK:
            continue
        printed = chunk[start:end]
        parts, terms = _met(fold_word(printed), known if kind == WORD else None, _is_name(printed))
        if parts:
            found.append(Word(start, end, parts, terms))
    return tuple(found)


@lru_cache(maxsize=100_000)
def _met(low: str, lang: str | None, name: bool) -> tuple[tuple[str, ...], frozenset[str]]:
    morphs = analyst(lang).readings(low, name)[0] if lang else ()
    terms = set(_parts(low))
    for morph in morphs:
        terms.update(_parts(morph.lemma))
        if name:
            terms |= name_terms(morph.lemma)
    if name:
        terms |= name_terms(low)
    return _parts(morphs[0].lemma) if morphs else _parts(low), frozenset(terms)


def _dictionary(low: str, lang: str) -> tuple[Morph, ...]:
    readings = analyst(lang).readings
    return tuple(dict.fromkeys((*readings(low, False)[0], *readings(low, True)[0])))


@lru_cache(maxsize=400_000)
def _parts(low: str) -> tuple[str, ...]:
    return tuple(part for piece in low.split("-") if (part := plain(piece)))


@lru_cache(maxsize=10_000)
def _people(key: str) -> tuple[str, ...]:
    found = load().people(key)
    return tuple(person.id for person in found) if len(found) <= _MOST_PEOPLE else ()


def joined(terms: Iterable[str]) -> str:
    """Terms as one text, each once, in an order of their own."""
    return " ".join(sorted(set(terms)))
