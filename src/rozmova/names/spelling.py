"""Are two spellings the name of one person? Languages, scripts and grammatical cases may differ.

Each name is read as the text would be: given name and surname with every lemma its forms can have. Two names that the
table of actors knows are compared by whom they mean; others by a few readable features of surname, given name and
gender. Measured on ``benchmarks/names`` by ``tools/name_bench.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from rozmova.names.actors import ActorTable, Person
from rozmova.names.fold import fold
from rozmova.names.parts import bare
from rozmova.names.people import People
from rozmova.names.persons import NameSpan, PersonFinder
from rozmova.names.strangers import eastern, given_key
from rozmova.names.transcription import agree
from rozmova.text.analysis import analyst
from rozmova.text.script import is_cyrillic
from rozmova.text.tokens import WORD

_NEAR = 80
"""How alike (0 to 100) the keys of two spellings of one surname are at least, where the given name is the same."""
_SHORT = 5
"""Letters of a key below which a near spelling is another name."""


class Verdict(NamedTuple):
    """Whether two spellings are one person's name, and the feature that decided."""

    same: bool
    why: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as read: its span, whom of the table it may mean, and keys.

    ``given`` are keys of the first given name, ``rest`` of what follows it (further given names, patronymics),
    ``surname`` keys of the surname, without hyphens and articles too.
    """

    name: NameSpan
    people: tuple[Person, ...]
    given: frozenset[str]
    rest: frozenset[str]
    surname: frozenset[str]


def read_name(text: str, lang: str, table: ActorTable) -> Spelling | None:
    """Read a name that stands alone, in any case of ``lang``; None when it holds no word that can be a name."""
    analysis = analyst(lang).analyse(text)
    first = next((t.i for t in analysis.tokens if t.kind == WORD), None)
    if first is None:
        return None
    end = len(analysis.tokens)
    finder = PersonFinder(table, analysis)
    name = finder.at(first, end, frozenset(), True)
    if name is None or name.end < end:
        name = finder.alone(first)
    people = People(table, lang, None).candidates(name, strict=True)
    words = [g.replace("-", " ").split(" ", 1) for g in name.given]
    family = {eastern(s) for s in name.surname} if analysis.tokens[first].low in name.surname else set()
    return Spelling(
        name,
        tuple(people),
        frozenset(given_key(w[0]) for w in words),
        frozenset(given_key(w[1]) for w in words if len(w) > 1),
        frozenset(family - {""}).union(
            *((fold(s), fold(s).replace("-", ""), fold(s.split()[-1])) for s in name.surname)
        ),
    )


def same_name(left: Spelling, right: Spelling) -> Verdict:
    """Whether two names can be one person's. Symmetric."""
    whole = left.name.whole and right.name.whole
    if whole and left.people and right.people:
        if {p.id for p in left.people} & {p.id for p in right.people}:
            return Verdict(True, "one person of the table")
        return Verdict(False, "two persons of the table")
    surname = bool(left.surname & right.surname)
    given = _given(left, right)
    if given is None and {p.id for p in left.people} & {p.id for p in right.people}:
        return Verdict(True, "surname of a person of the table")
    if whole and not surname and _crossed(left, right):
        return Verdict(True, "surname and given name change places")
    if surname:
        return Verdict(given is not False, "same surname" + _beside(given))
    if whole and given and _read_alike(left, right):
        return Verdict(True, "same given name, surname spelt alike")
    if given is None and _read_alike(left, right):
        return Verdict(True, "surname alone, spelt alike")
    return Verdict(False, "different surnames")


def _read_alike(left: Spelling, right: Spelling) -> bool:
    """One surname may transcribe the other; within a script only accents are left out."""
    one, other = ([s.split()[-1] for s in spelling.name.surname] for spelling in (left, right))
    return _transcribed(one, other)


def _transcribed(one: Iterable[str], other: Iterable[str]) -> bool:
    return any(
        bare(a) == bare(b) if is_cyrillic(a[:1]) == is_cyrillic(b[:1])
        else agree(b, a) if is_cyrillic(a[:1]) else agree(a, b)
        for a in one for b in other
    )  # fmt: skip


def _given(left: Spelling, right: Spelling) -> bool | None:
    """Whether the given names agree; None when one name has none."""
    if not left.given or not right.given:
        return None
    if left.name.initials or right.name.initials:
        return bool(_initials(left) & _initials(right))
    flat = [[re.sub("[ -]", "", g) for g in spelling.name.given] for spelling in (left, right)]
    if _transcribed(*flat):
        return True
    if left.rest and right.rest and not (left.rest & right.rest or _near(left.rest, right.rest)):
        return False
    first = [[g.split(" ")[0] for g in spelling.name.given] for spelling in (left, right)]
    return bool(left.given & right.given) or _near(left.given, right.given) or _transcribed(*first)


def _initials(spelling: Spelling) -> frozenset[str]:
    """The keys that the first given name can begin with, by its letter and by the forms of its bearers."""
    first = {fold(g)[:1] for g in spelling.name.given} | {g[:1] for g in spelling.given}
    return frozenset(first | {form[:1] for person in spelling.people for form in person.given}) - {""}


def _near(one: Iterable[str], other: Iterable[str]) -> bool:
    """Two keys differ in a letter or two, neither at the beginning nor at the end, where names are told apart."""
    return any(
        min(len(a), len(b)) >= _SHORT and a[0] == b[0] and a[-2:] == b[-2:] and fuzz.ratio(a, b) >= _NEAR
        for a in one
        for b in other
    )


def _crossed(left: Spelling, right: Spelling) -> bool:
    """The surname of each is the given name of the other: "Kim Jong Un", "Jong Un Kim"."""
    one = {fold(g) for g in left.name.given}, left.surname
    other = {fold(g) for g in right.name.given}, right.surname
    return bool(one[0] & other[1]) and bool(one[1] & other[0])


def _beside(given: bool | None) -> str:
    return {True: " and given name", False: ", different given names", None: " alone"}[given]
