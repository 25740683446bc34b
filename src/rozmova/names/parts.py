"""The parts of a full name: given names, surname, particles; the forms a person can be looked up by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from rozmova.languages import loader
from rozmova.names.fold import fold
from rozmova.text.script import is_cyrillic

_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d", "þ": "th", "ə": "a"}
_BARE = str.maketrans("łŁøØđĐıßæÆ", "lLoOdDisaA")


@cache
def _particles() -> frozenset[str]:
    text = files("rozmova").joinpath("names/data/particles.txt").read_text(encoding="utf-8")
    return frozenset(fold(line) for line in text.splitlines() if line and not line.startswith("#"))


def is_particle(word: str) -> bool:
    """Whether a word belongs to the surname it stands before (von, de, al ...), in either script."""
    return fold(word) in _particles()


def name_keys(name: str) -> list[str]:
    """The keys of the words of a full name, in order."""
    return [fold(word) for word in name.split()]


def slug(label: str) -> str:
    """The ``x:`` identifier of a person without a Wikidata item, from the English label: ``x:emily-horne``."""
    text = _unmarked("".join(_PLAIN.get(letter, letter) for letter in label.lower()))
    return "x:" + re.sub(r"[^0-9a-z]+", "-", re.sub(r"['’ʼ]", "", text)).strip("-")


def bare(text: str) -> str:
    """The text without diacritics, as English papers print it; letters keep their case and number."""
    return _unmarked(text.translate(_BARE))


def _unmarked(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def split_name(name: str) -> tuple[list[str], list[str]]:
    """Given names and surname parts of a full name; particles go with the surname, a regnal number goes."""
    words = name.split()
    while len(words) > 1 and re.fullmatch(r"[IVX]+", words[-1]):
        words = words[:-1]
    if len(words) <= 1:
        return [], words
    at = next((i for i in range(1, len(words) - 1) if is_particle(words[i])), len(words) - 1)
    return words[:at], words[at:]


def either_order(states: Iterable[str]) -> bool:
    """Whether surname and given name of people of these states change places from text to text."""
    about = loader.table(loader.SHARED, "states")
    return any(about.get(state, {}).get("surname_first", False) for state in states)


def name_forms(names: Iterable[str], either: bool = False) -> tuple[list[str], list[str]]:
    """Given-name forms and surname forms under which full names can be found, in order; doubles are left in.

    Of a surname of several words also the last one, and that without a hyphenated article (el-Sisi, Sisi). With
    ``either`` the first word may be the surname as well (see :func:`either_order`).
    """
    given: list[str] = []
    surname: list[str] = []
    for name in names:
        first, last = split_name(name)
        if not last:
            continue
        given += [" ".join(first), *first] if len(first) > 1 else first
        surname += [" ".join(last), last[-1]]
        article, _, rest = last[-1].partition("-")
        if rest and is_particle(article):
            surname.append(rest)
        if either and first:
            given += [last[-1], *first]
            surname += [first[0], " ".join(last), " ".join([*first[1:], *last])]
    return given, surname


def by_key(forms: Iterable[str]) -> dict[str, str]:
    """Key -> the first of the forms that has it, in order; a form without a key is left out."""
    out: dict[str, str] = {}
    for form in forms:
        if key := fold(form):
            out.setdefault(key, form)
    return out


def by_script(forms: Iterable[str]) -> list[str]:
    """The first of the forms that has a key in each of the two scripts, in order: Donald, Дональд."""
    out: dict[tuple[str, bool], str] = {}
    for form in forms:
        if key := fold(form):
            out.setdefault((key, is_cyrillic(form[:1])), form)
    return list(out.values())
