"""A user's own persons: a TOML file that adds people to the table of persons, or corrects them.

    [[person]]
    name = "Emily Horne"                  # usual English name
    id = "x:emily-horne"                  # optional; one that the table knows corrects that person
    names = ["Емілі Горн", "Эмили Хорн"]  # optional: other spellings, in the nominative
    replace = true                        # optional: the offices below instead of those in the table

      [[person.office]]
      state = "USA"                       # alpha-3, or the code of an organisation
      level = "spokesperson"
      title = "Spokesperson of the National Security Council"
      to = "RUS"                          # optional: where an ambassador or envoy is sent
      from = 2021-01-20                   # or "2021-01", "2021"
      until = "2022-03"                   # optional: open without it

A file is loaded whole or not at all, and every problem in it is told at once.
"""

from __future__ import annotations

import re
import reprlib
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from rozmova.errors import InputError
from rozmova.languages.loader import SHARED, table
from rozmova.names.actors import LEVELS, OPEN_END, OwnPerson, Term, load, slug
from rozmova.names.fold import fold
from rozmova.names.tomllines import Place, find_lines, line_of
from rozmova.times import edtf

LARGEST_FILE = 5_000_000
"""Bytes; a table of that many persons would be a data set, not a file of one's own."""

_PERSON = ("name", "id", "names", "replace", "office")
_OFFICE = ("state", "level", "title", "to", "from", "until")
_ID = re.compile(r"Q[1-9][0-9]*|x:[a-z0-9]+(-[a-z0-9]+)*")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_SIGNS = " -'’ʼ."
_ALIKE = 0.8  # of 1; beginnings count most, as in US for USA


class Problem(Struct, frozen=True):
    """What is wrong in a file, and its line (from 1; 0 when it is about the file as a whole)."""

    line: int
    text: str


class ActorsFileError(InputError):
    """A file of persons that cannot be used; ``problems`` has all there is to say, the message a line for each."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.line, p.text)))
        super().__init__(
            "\n".join(f"{path}:{p.line}: {p.text}" if p.line else f"{path}: {p.text}" for p in self.problems)
        )


def read_actors(path: Path) -> tuple[OwnPerson, ...]:
    """The persons of a TOML file, in its order, for :meth:`ActorTable.with_own`.

    Raises :class:`ActorsFileError` with every problem when anything at all is wrong, the file itself included.
    """
    text = _text(path)
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number too long to be one
        raise ActorsFileError(path, [_syntax(error, text)]) from error
    reader = _Reader(find_lines(text))
    people = reader.people(values)
    if reader.problems:
        raise ActorsFileError(path, reader.problems)
    return people


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise ActorsFileError(path, [Problem(0, reason)]) from error
    if len(data) > LARGEST_FILE:
        raise ActorsFileError(path, [Problem(0, f"over {LARGEST_FILE // 1_000_000} MB; split the file")])
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ActorsFileError(path, [Problem(line, "not UTF-8; save the file as UTF-8")]) from error


def _syntax(error: Exception, text: str) -> Problem:
    message = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    line = text.count("\n") + 1 if at and not at[1] else int(at[1]) if at else 1
    return Problem(line, f"not valid TOML: {message[: at.start()] if at else message}")


@cache
def _codes() -> dict[str, str]:
    """What a user may mean -> the code: every code itself and the usual English names, in small letters."""
    states: dict[str, dict[str, Any]] = table(SHARED, "states")
    bodies: dict[str, dict[str, Any]] = table(SHARED, "organisations")
    codes = {*states, *(body["affiliation"] for body in bodies.values()), *load().affiliations()}
    labels = {about["label"].lower(): code for code, about in states.items()}
    labels |= {body["label"].lower(): code for code, body in bodies.items() if code in codes}
    return labels | {code.lower(): code for code in codes}


@cache
def _near(code: str) -> str:
    """What to write instead of an unknown code."""
    found = process.extract(
        code.lower(), _codes().keys(), scorer=JaroWinkler.normalized_similarity, limit=5, score_cutoff=_ALIKE
    )
    meant = list(dict.fromkeys(_codes()[choice] for choice, _, _ in found))[:3]
    return f"did you mean {' or '.join(meant)}?" if meant else "write ISO 3166-1 alpha-3, or EU, NATO, UN ..."


def _surname(name: str) -> str:
    return fold(name.rsplit(maxsplit=1)[-1])


def _shown(value: object) -> str:
    """A value as it may stand in a message of one line."""
    return str(value) if isinstance(value, date | time | int | float) else reprlib.repr(value)


class _Reader:
    """Turns the values of a file into persons, and notes what is wrong on the way."""

    def __init__(self, lines: dict[Place, int]) -> None:
        self.problems: list[Problem] = []
        self._lines = lines

    def say(self, place: Place, text: str) -> None:
        self.problems.append(Problem(line_of(self._lines, place), text))

    def people(self, values: dict[str, Any]) -> tuple[OwnPerson, ...]:
        self.keys(values, ("person",), ())
        people = [self.person(value, place) for value, place in self.tables(values, "person", "[[person]]", ())]
        first: dict[str, int] = {}
        for number, person in enumerate(people):
            if person.id and first.setdefault(person.id, number) != number:
                line = line_of(self._lines, ("person", first[person.id]))
                self.say(("person", number), f"{person.id} is already the person of line {line}; make them one")
        return tuple(people)

    def tables(
        self, values: dict[str, Any], key: str, header: str, place: Place
    ) -> Iterator[tuple[dict[str, Any], Place]]:
        found = values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.say((*place, key), f"{key} must be a list of tables: write {header}")
            return
        yield from ((each, (*place, key, number)) for number, each in enumerate(found))

    def keys(self, values: dict[str, Any], known: tuple[str, ...], place: Place) -> None:
        for key in values:
            if key not in known:
                self.say((*place, key), f"unknown key {_shown(key)}; known here: {', '.join(known)}")

    def person(self, values: dict[str, Any], place: Place) -> OwnPerson:
        self.keys(values, _PERSON, place)
        name = self.name(self.text(values, "name", place), (*place, "name"), ("LATIN",))
        names = values.get("names", [])
        if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
            self.say((*place, "names"), "names must be a list of names in quotation marks")
            names = []
        names = [self.name(each, (*place, "names"), ("LATIN", "CYRILLIC")) for each in names]
        replace = values.get("replace", False)
        if not isinstance(replace, bool):
            self.say((*place, "replace"), f"replace must be true or false, not {_shown(replace)}")
        offices = [
            (self.office(each, at), at) for each, at in self.tables(values, "office", "[[person.office]]", place)
        ]
        self.overlaps(offices)
        id = self.id(values, name, place)
        return OwnPerson(id, name, tuple(names), replace is True, tuple(term for term, _ in offices))

    def overlaps(self, offices: list[tuple[Term, Place]]) -> None:
        """Notes terms of one person in the same office that share a day."""
        last: dict[tuple[str, ...], str] = {}
        for term, place in sorted(offices, key=lambda office: office[0].start):
            office = (term.affiliation, term.level, term.position.lower(), term.to)
            if all((*office[:3], term.start, term.end)):
                if term.start <= last.get(office, ""):
                    self.say(place, f"overlaps another term of the same person as {term.position}; make them one")
                last[office] = max(last.get(office, ""), term.end)

    def id(self, values: dict[str, Any], name: str, place: Place) -> str:
        if "id" in values:
            found = self.text(values, "id", place)
            if found and not _ID.fullmatch(found):
                self.say((*place, "id"), f"id {_shown(found)} is neither a Wikidata item (Q42) nor like x:emily-horne")
            return found
        if not name:
            return ""
        own = slug(name)
        same = [person.id for person in load().people(_surname(name)) if person.label == name]
        if same and own not in same:
            # Else a person meant to be corrected would stand in the table twice, and the name would tell neither.
            known = " or ".join(f'"{each}"' for each in same)
            self.say(place, f'the table knows {name}: write id = {known} to correct, id = "{own}" for a namesake')
        return own

    def office(self, values: dict[str, Any], place: Place) -> Term:
        self.keys(values, _OFFICE, place)
        level = self.text(values, "level", place)
        if level and level not in LEVELS:
            self.say((*place, "level"), f"unknown level {_shown(level)}; there are {', '.join(LEVELS)}")
        start, _ = self.date(values, "from", place)
        _, end = self.date(values, "until", place) if "until" in values else ("", OPEN_END)
        if start and end and end < start:
            self.say((*place, "until"), f"until {values['until']} is before from {values['from']}")
        return Term(
            self.code(values, "state", place),
            level,
            self.text(values, "title", place),
            start,
            end,
            self.code(values, "to", place) if "to" in values else "",
            "own file",
        )

    def text(self, values: dict[str, Any], key: str, place: Place) -> str:
        """The text of a key that must be there, with single spaces; "" after a problem."""
        value = values.get(key)
        if value is None:
            self.say(place, f"{key} is missing")
            return ""
        if not isinstance(value, str):
            self.say((*place, key), f"{key} must be text in quotation marks, not {_shown(value)}")
            return ""
        text = " ".join(unicodedata.normalize("NFC", value).split())
        if not text or not text.isprintable():
            self.say((*place, key), f"{key} has signs that cannot be seen" if text else f"{key} is empty")
            return ""
        return text

    def name(self, text: str, place: Place, scripts: tuple[str, ...]) -> str:
        """A full name with single spaces; a problem when letters are of other scripts or signs are no part of names."""
        name = " ".join(unicodedata.normalize("NFC", text).split())
        letters = {unicodedata.name(c, "?").split("-")[0].split()[0] for c in name if c.isalpha() and c not in _SIGNS}
        other = sorted(letters - {"LATIN", "CYRILLIC"})
        wrong = sorted({c for c in name if not (c.isalpha() or unicodedata.combining(c) or c in _SIGNS)})
        if other:
            self.say(place, f"{name}: {', '.join(other).lower()} letters are not supported, only Latin and Cyrillic")
        elif wrong:
            self.say(place, f"{name}: {' '.join(map(repr, wrong))} in a name; write the name alone")
        elif letters - set(scripts):
            self.say(place, f"{name}: give the English name here, in Latin letters, and this one under names")
        elif name and not _surname(name):
            self.say(place, f"{name}: no surname in it")
        elif not name and place[-1] == "names":
            self.say(place, "an empty name")
        return name

    def code(self, values: dict[str, Any], key: str, place: Place) -> str:
        code = self.text(values, key, place)
        if code and code not in _codes().values():
            self.say((*place, key), f"{key} {_shown(code)} is no code of a state or organisation; {_near(code)}")
        return code

    def date(self, values: dict[str, Any], key: str, place: Place) -> tuple[str, str]:
        """First and last day a date allows (ISO); two times "" after a problem."""
        value = values.get(key)
        if value is None:
            self.say(place, f"{key} is missing")
            return "", ""
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat(), value.isoformat()
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                first, last = edtf.bounds(value)
                return first.isoformat(), last.isoformat()
            except ValueError:
                pass
        self.say((*place, key), f'{key}: cannot read {_shown(value)} as a date; write 2021-01-20, "2021-01" or "2021"')
        return "", ""
