"""The table of persons: who held which office when, found by the key of a surname, by office or by similarity.

``names/data/persons.tsv`` is written by ``tools/actors``; loading reads its lines and indexes the surname keys. The
other indexes, and each :class:`Person`, are made when first asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz, process

from rozmova.names.fold import fold
from rozmova.names.parts import bare, by_key, either_order, is_particle, name_forms, name_keys, slug, split_name
from rozmova.names.rows import OPEN_END, OwnPerson, Person, Term, read_person, write_person

__all__ = [
    "LEVELS",
    "OPEN_END",
    "ActorTable",
    "Candidate",
    "OwnPerson",
    "Person",
    "Term",
    "is_particle",
    "load",
    "name_keys",
    "rank",
    "slug",
    "term_at",
]

LEVELS = {
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
"""Every level of office, and how little prominent it is.

``other_minister`` also stands for other officials (deputy speakers, commissioners for human rights, first ladies).
"""
_LEAST = 7
_OUT_OF_OFFICE = 10
_VOWELS = "aeiou"
_SHORTEST_ASKED = 5
_SHORTEST_KNOWN = 4
_NOBODY = "\t" * 6
_ALIKE = 70  # of 100; below it even the names of one language are mostly others


class Candidate(NamedTuple):
    """A person whose surname resembles the one asked for; ``score`` from 0 to 100."""

    person: Person
    score: float


def term_at(person: Person, first_day: str, last_day: str) -> tuple[Term, ...]:
    """The terms of a person that overlap the days from ``first_day`` to ``last_day`` (ISO, both inclusive)."""
    return tuple(term for term in person.terms if term.start <= last_day and first_day <= term.end)


def rank(person: Person, day: str) -> int:
    """How little prominent a person is on a day: 0 for a head of state or government in office, then upwards.

    Sort by it: offices held that day come before any office held at another time, whose rank begins at 10.
    """
    now = [LEVELS.get(term.level, _LEAST) for term in term_at(person, day, day)]
    if now:
        return min(now)
    return _OUT_OF_OFFICE + min((LEVELS.get(term.level, _LEAST) for term in person.terms), default=_LEAST)


class ActorTable:
    """The persons of a table. Get the product's own with :func:`load`; the constructor takes other lines (tests)."""

    def __init__(self, lines: list[str], given_lines: list[str]) -> None:
        """Index ``lines`` of persons.tsv (see ``rows``) and ``given_lines`` of given_names.tsv.

        A line of given_names.tsv has the usual English form, other forms, and the keys of all of them in that order,
        each list joined by ``|``.
        """
        self._lines = lines
        self._given_lines = given_lines
        self._made: dict[int, Person] = {}
        self._people: dict[str, tuple[Person, ...]] = {}
        self._surnames: dict[str, tuple[int, ...]] = {}
        for number, line in enumerate(lines):
            for key in line.split("\t", 6)[5].split("|"):
                if key:
                    self._surnames[key] = (*self._surnames.get(key, ()), number)

    def __len__(self) -> int:
        """The number of persons."""
        return len(self._lines)

    def _person(self, number: int) -> Person:
        person = self._made.get(number)
        if person is None:
            person = self._made[number] = read_person(self._lines[number])
        return person

    def all(self) -> Iterator[Person]:
        """Every person, in the order of the table (English labels; a user's own additions last)."""
        # Not kept: one pass over the table must not double the memory of the process.
        return (self._made.get(number) or read_person(line) for number, line in enumerate(self._lines))

    def by_id(self, id: str) -> Person | None:
        """The person of a Wikidata item or ``x:`` slug; None when the table has none."""
        number = self._numbers.get(id)
        return None if number is None else self._person(number)

    def written(self, person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The given-name and surname forms of a person of this table as they are written, the usual ones first."""
        _, _, given, surname, _ = self._lines[self._numbers[person.id]].split("\t", 4)
        return tuple(given.split("|")), tuple(surname.split("|"))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {line.split("\t", 1)[0]: number for number, line in enumerate(self._lines)}

    def people(self, surname_key: str) -> tuple[Person, ...]:
        """The persons one of whose surname forms has exactly this key (see ``fold``); () when there is none."""
        known = self._people.get(surname_key)
        if known is None:
            known = tuple(self._person(number) for number in self._surnames.get(surname_key, ()))
            self._people[surname_key] = known
        return known

    def similar(self, surname: str, limit: int = 5) -> tuple[Candidate, ...]:
        """Persons whose surname resembles ``surname`` (any spelling), best first, at most ``limit``.

        Only surnames whose key has five letters or more and the same first consonant are compared; () otherwise.
        """
        key = fold(surname)
        if len(key) < _SHORTEST_ASKED:
            return ()
        choices = self._alike.get(_first_consonant(key), [])
        found: dict[str, Candidate] = {}
        for known, score, _ in process.extract(key, choices, scorer=fuzz.ratio, limit=limit * 3, score_cutoff=_ALIKE):
            for person in self.people(known):
                found.setdefault(person.id, Candidate(person, score))
        return tuple(sorted(found.values(), key=lambda c: (-c.score, c.person.id))[:limit])

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        buckets: dict[str, list[str]] = defaultdict(list)
        for known in self._surnames:
            if len(known) >= _SHORTEST_KNOWN:
                buckets[_first_consonant(known)].append(known)
        return dict(buckets)

    def holders(self, affiliation: str, level: str, first_day: str, last_day: str, to: str = "") -> tuple[Person, ...]:
        """The persons with a term of ``level`` at ``affiliation`` that overlaps the days (ISO, both inclusive).

        With ``to`` only those sent to that state or organisation.
        """
        people = map(self._person, self._offices.get((affiliation, level), ()))
        return tuple(
            person
            for person in people
            if any(
                (term.affiliation, term.level) == (affiliation, level) and to in ("", term.to)
                for term in term_at(person, first_day, last_day)
            )
        )

    @cached_property
    def _offices(self) -> dict[tuple[str, str], list[int]]:
        offices: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, line in enumerate(self._lines):
            terms = line[line.rindex("\t") + 1 :]
            for term in terms.split(";") if terms else ():
                affiliation, level, _ = term.split("~", 2)
                numbers = offices[affiliation, level]
                if not numbers or numbers[-1] != number:
                    numbers.append(number)
        return dict(offices)

    def affiliations(self) -> frozenset[str]:
        """Every code of a state or organisation that somebody in the table holds an office of."""
        return frozenset(affiliation for affiliation, _ in self._offices)

    def rank(self, person: Person, day: str) -> int:
        """See :func:`rank`."""
        return rank(person, day)

    def term_at(self, person: Person, first_day: str, last_day: str) -> tuple[Term, ...]:
        """See :func:`term_at`."""
        return term_at(person, first_day, last_day)

    def given_name(self, form: str, exact: bool = False) -> str | None:
        """The usual English form of a given name written in any of the languages; None when the table has none.

        With ``exact`` only a form that the table has letter for letter counts, not one with the same key.
        """
        written, keys = self._given
        return written.get(form.lower()) or (None if exact else keys.get(fold(form)))

    @cached_property
    def _given(self) -> tuple[dict[str, str], dict[str, str]]:
        exact: dict[str, str] = {}
        by_fold: dict[str, str] = {}
        for line in self._given_lines:
            name, forms, keys = line.split("\t")
            for form in (name, *forms.split("|")):
                exact.setdefault(form.lower(), name)
            for key in keys.split("|"):
                by_fold.setdefault(key, name)
        return exact, by_fold

    def with_own(self, people: Iterable[OwnPerson]) -> ActorTable:
        """A new table with a user's own persons added; this one stays as it is.

        A person whose identifier this table has gets the new name and the new spellings beside the old ones, and the
        new terms beside the old ones or, with ``replace``, instead of them.
        """
        lines = list(self._lines)
        given_lines = list(self._given_lines)
        numbers = dict(self._numbers)
        for own in people:
            number = numbers.setdefault(own.id, len(lines))
            if number == len(lines):
                lines.append(_NOBODY)
            lines[number] = _corrected(lines[number], own)
            given_lines += _given_line(own)
        return ActorTable(lines, given_lines)


def _first_consonant(key: str) -> str:
    return key.lstrip(_VOWELS + "- ")[:1] or key[:1]


def _corrected(line: str, own: OwnPerson) -> str:
    """The line of a person with what a user says of that person."""
    _, _, given, surname, *_ = line.split("\t")
    kept = () if own.replace else read_person(line).terms
    terms = sorted({*kept, *own.terms}, key=lambda t: (t.start, t.end, t.affiliation, t.level, t.position, t.source))
    either = either_order(term.affiliation for term in terms)
    first, last = name_forms((own.name, *own.names), either)
    first += [*map(bare, first), *given.split("|")]
    last += [*map(bare, last), *surname.split("|")]
    return write_person(own.id, own.name, first, last, terms)


def _given_line(own: OwnPerson) -> list[str]:
    """What a user's spellings say of a given name: nothing, or one line as in given_names.tsv."""
    usual, *others = [first[0] if first else "" for first, _ in map(split_name, (own.name, *own.names))]
    forms = dict.fromkeys(form for form in others if form)
    if not usual or not forms:
        return []
    return ["\t".join((usual, "|".join(forms), "|".join(by_key((usual, *forms)))))]


@cache
def load() -> ActorTable:
    """The product's table of persons, read once."""
    folder = files("rozmova").joinpath("names/data")
    persons = folder.joinpath("persons.tsv").read_text(encoding="utf-8").splitlines()
    given = folder.joinpath("given_names.tsv").read_text(encoding="utf-8").splitlines()
    return ActorTable(persons, given)
