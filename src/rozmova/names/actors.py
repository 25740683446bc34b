"""The table of persons: who held which office when, found by the key of a surname, by office or by similarity.

``names/data/persons.tsv`` is written by ``tools/build_actors.py``; loading reads its lines and indexes the surname
keys, a :class:`Person` is made when first asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from msgspec import Struct
from rapidfuzz import fuzz, process

from rozmova.names.fold import fold

OPEN_END = "9999-12-31"
"""The last day of a term whose end the table does not know."""

_VOWELS = frozenset("aeiou")
_PROMINENCE = {
    "head_of_state": 0,
    "head_of_government": 0,
    "foreign_minister": 1,
    "defence_minister": 2,
    "international_organisation": 2,
    "security_adviser": 3,
    "spokesperson": 3,
    "deputy_foreign_minister": 4,
    "chief_of_staff": 4,
    "permanent_representative": 4,
    "interior_minister": 5,
    "finance_minister": 5,
    "economy_minister": 5,
    "energy_minister": 5,
    "parliament_speaker": 5,
    "other_minister": 6,
    "ambassador": 6,
}
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d", "þ": "th", "ə": "a"}
_LEAST = 7
_OUT_OF_OFFICE = 10


class Term(Struct, frozen=True):
    """One office: ISO 3166-1 alpha-3 or organisation code, level, English title, first and last day (ISO, inclusive).

    A month or year in the source is widened to its first and last day; an unknown end is :data:`OPEN_END`.
    """

    affiliation: str
    level: str
    position: str
    start: str
    end: str


class Person(Struct, frozen=True):
    """A person: Wikidata item or ``x:`` slug, English label, keys of given-name and surname forms, terms by start."""

    id: str
    label: str
    given: frozenset[str]
    surname: frozenset[str]
    terms: tuple[Term, ...]


class Candidate(NamedTuple):
    """A person whose surname resembles the one asked for; ``score`` from 0 to 100."""

    person: Person
    score: float


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
    text = "".join(_PLAIN.get(letter, letter) for letter in label.lower())
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "x:" + re.sub(r"[^0-9a-z]+", "-", re.sub(r"['’ʼ]", "", text)).strip("-")


def term_at(person: Person, first_day: str, last_day: str) -> tuple[Term, ...]:
    """The terms of a person that overlap the days from ``first_day`` to ``last_day`` (ISO, both inclusive)."""
    return tuple(term for term in person.terms if term.start <= last_day and first_day <= term.end)


def rank(person: Person, day: str) -> int:
    """How little prominent a person is on a day: 0 for a head of state or government in office, then upwards.

    Sort by it: offices held that day come before any office held at another time, whose rank begins at 10.
    """
    now = [_PROMINENCE.get(term.level, _LEAST) for term in term_at(person, day, day)]
    if now:
        return min(now)
    return _OUT_OF_OFFICE + min((_PROMINENCE.get(term.level, _LEAST) for term in person.terms), default=_LEAST)


class ActorTable:
    """The persons of a table. Get the product's own with :func:`load`; the constructor takes other lines (tests)."""

    def __init__(self, lines: list[str], given_lines: list[str]) -> None:
        """Index ``lines`` of persons.tsv and ``given_lines`` of given_names.tsv; their form is that of the builder."""
        self._lines = lines
        self._given_lines = given_lines
        self._made: dict[int, Person] = {}
        self._surnames: dict[str, list[int]] = {}
        self._buckets: dict[str, list[str]] | None = None
        self._offices: dict[tuple[str, str], list[tuple[Term, int]]] | None = None
        self._given: tuple[dict[str, str], dict[str, str]] | None = None
        for number, line in enumerate(lines):
            for key in line.split("\t", 6)[5].split("|"):
                self._surnames.setdefault(key, []).append(number)

    def __len__(self) -> int:
        """The number of persons."""
        return len(self._lines)

    def _person(self, number: int) -> Person:
        person = self._made.get(number)
        if person is None:
            qid, label, _, _, given, surname, terms = self._lines[number].split("\t")
            person = Person(
                qid or slug(label),
                label,
                frozenset(given.split("|")) - {""},
                frozenset(surname.split("|")),
                tuple(Term(*term.split("~")) for term in terms.split(";")) if terms else (),
            )
            self._made[number] = person
        return person

    def people(self, surname_key: str) -> tuple[Person, ...]:
        """The persons one of whose surname forms has exactly this key (see ``fold``); () when there is none."""
        return tuple(self._person(number) for number in self._surnames.get(surname_key, ()))

    def similar(self, surname: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Persons whose surname resembles ``surname`` (any spelling), best first, at most ``limit``.

        Only surnames whose key has five letters or more and the same first consonant are compared; () otherwise.
        """
        key = fold(surname)
        if len(key) < 5:
            return ()
        if self._buckets is None:
            buckets: dict[str, list[str]] = defaultdict(list)
            for known in self._surnames:
                if len(known) >= 4:
                    buckets[_first_consonant(known)].append(known)
            self._buckets = dict(buckets)
        choices = self._buckets.get(_first_consonant(key), [])
        found: list[Candidate] = []
        seen: set[str] = set()
        for known, score, _ in process.extract(key, choices, scorer=fuzz.ratio, limit=limit * 3, score_cutoff=70):
            for person in self.people(known):
                if person.id not in seen:
                    seen.add(person.id)
                    found.append(Candidate(person, score))
        return tuple(sorted(found, key=lambda c: (-c.score, c.person.id))[:limit])

    def holders(self, affiliation: str, level: str, first_day: str, last_day: str) -> tuple[Person, ...]:
        """The persons with a term of ``level`` at ``affiliation`` that overlaps the days (ISO, both inclusive)."""
        if self._offices is None:
            offices: dict[tuple[str, str], list[tuple[Term, int]]] = defaultdict(list)
            for number in range(len(self._lines)):
                for term in self._person(number).terms:
                    offices[term.affiliation, term.level].append((term, number))
            self._offices = dict(offices)
        terms = self._offices.get((affiliation, level), ())
        numbers = dict.fromkeys(number for term, number in terms if term.start <= last_day and first_day <= term.end)
        return tuple(self._person(number) for number in numbers)

    def rank(self, person: Person, day: str) -> int:
        """See :func:`rank`."""
        return rank(person, day)

    def term_at(self, person: Person, first_day: str, last_day: str) -> tuple[Term, ...]:
        """See :func:`term_at`."""
        return term_at(person, first_day, last_day)

    def given_name(self, form: str) -> str | None:
        """The usual English form of a given name written in any of the languages; None when the table has none."""
        if self._given is None:
            exact: dict[str, str] = {}
            keys: dict[str, str] = {}
            for line in self._given_lines:
                name, forms = line.split("\t")
                for text in (name, *forms.split("|")):
                    exact.setdefault(text.lower(), name)
                    keys.setdefault(fold(text), name)
            self._given = exact, keys
        exact, keys = self._given
        return exact.get(form.lower()) or keys.get(fold(form))


def _first_consonant(key: str) -> str:
    return next((letter for letter in key if letter not in _VOWELS and letter.isalpha()), key[:1])


@cache
def load() -> ActorTable:
    """The product's table of persons, read once."""
    folder = files("rozmova").joinpath("names/data")
    persons = folder.joinpath("persons.tsv").read_text(encoding="utf-8").splitlines()
    given = folder.joinpath("given_names.tsv").read_text(encoding="utf-8").splitlines()
    return ActorTable(persons, given)
