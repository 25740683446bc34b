"""A person as a record, and as a line of ``names/data/persons.tsv``.

A line has seven columns: identifier, English label, given-name forms and surname forms (one for each key and script,
joined by ``|``), the keys of both, and terms joined by ``;``. A term is
``affiliation~level~title~start~end~to~source`` with the source as one letter; an open end, no receiver and the source
Wikidata are empty, and what is empty at the end is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from sys import intern

from msgspec import Struct

from rozmova.names.parts import by_key, by_script

OPEN_END = "9999-12-31"
"""The last day of a term whose end the table does not know."""

SOURCES = {
    "": "wikidata",
    "a": "additions",
    "f": "additions, fairly sure",
    "h": "hand-written",
    "o": "own file",
}
"""Letter in the file -> where a term comes from."""
_LETTERS = {source: letter for letter, source in SOURCES.items()}


class Term(Struct, frozen=True, gc=False):
    """One office: ISO 3166-1 alpha-3 or organisation code, level, English title, first and last day (ISO, inclusive).

    A month or year in the source is widened to its first and last day; an unknown end is :data:`OPEN_END`. ``to`` is
    the code of the state or organisation an ambassador, permanent representative or envoy is sent to ("" when there is
    none, or none can be told); ``source`` is one of :data:`SOURCES`.
    """

    affiliation: str
    level: str
    position: str
    start: str
    end: str
    to: str = ""
    source: str = "wikidata"


class Person(Struct, frozen=True):
    """A person: Wikidata item or ``x:`` slug, English label, keys of given-name and surname forms, terms by start."""

    id: str
    label: str
    given: frozenset[str]
    surname: frozenset[str]
    terms: tuple[Term, ...]


def write_term(term: Term) -> str:
    """A term as it stands in a line; signs that part terms become commas in its title."""
    title = re.sub(r"[;~\t\r\n]", ",", term.position)
    end = "" if term.end == OPEN_END else term.end
    fields = (term.affiliation, term.level, title, term.start, end, term.to, _LETTERS[term.source])
    return "~".join(fields).rstrip("~")


def read_term(text: str) -> Term:
    """The term that :func:`write_term` wrote."""
    affiliation, level, title, start, end, to, letter, *_ = (*text.split("~"), "", "", "")
    return Term(intern(affiliation), intern(level), title, start, end or OPEN_END, to, SOURCES[letter])


def write_person(id: str, label: str, given: Iterable[str], surname: Iterable[str], terms: Iterable[Term]) -> str:
    """The line of a person; of the forms of a name, best first, the first one of each key and script is kept."""
    forms = by_script(given), by_script(surname)
    names = ["|".join(each) for each in forms] + ["|".join(by_key(each)) for each in forms]
    return "\t".join([id, label, *names, ";".join(map(write_term, terms))])


def read_person(line: str) -> Person:
    """The person of a line."""
    id, label, _, _, given, surname, terms = line.split("\t")
    return Person(
        id,
        label,
        frozenset(given.split("|")) - {""},
        frozenset(surname.split("|")) - {""},
        tuple(map(read_term, terms.split(";"))) if terms else (),
    )


class OwnPerson(Struct, frozen=True):
    """A person of a user's own file: identifier, usual English name, other spellings, terms in the order of the file.

    With ``replace`` the terms stand instead of those the table has for the identifier, otherwise beside them.
    """

    id: str
    name: str
    names: tuple[str, ...]
    replace: bool
    terms: tuple[Term, ...]
