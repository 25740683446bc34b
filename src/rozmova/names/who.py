"""What the table of actors knows of a name, and how the spelling was matched: the answer behind ``rozmova who``.

A name is read in every language of its script, in any case, as an article would be; where no known spelling fits,
people of nearly the same name are given as what they are: near.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from rozmova.languages import loader
from rozmova.names.actors import ActorTable, Person
from rozmova.names.find import find
from rozmova.names.fold import fold
from rozmova.names.identity import Actor, Days, Named
from rozmova.names.people import People
from rozmova.names.spelling import Spelling, read_name
from rozmova.names.strangers import stranger_id
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.script import is_cyrillic
from rozmova.times import edtf

_MOST = 10
"""People shown at most."""


class Match(Struct, frozen=True, kw_only=True):
    """A person whom a name may mean: in which language it was read, which case, and what brought them together."""

    person: Person
    lang: str
    cases: tuple[str, ...]
    how: str
    given: tuple[str, ...]
    surname: tuple[str, ...]


class Thing(Struct, frozen=True, kw_only=True):
    """A state, organisation, office or the like that the words name: the words as found, whom they mean, and why."""

    lang: str
    words: str
    kind: str
    actor: Actor


class Answer(Struct, frozen=True, kw_only=True):
    """All that is known of a name; ``stranger`` is the identifier that somebody of this name has whom no table knows.

    ``supported`` is false when the name holds a letter of a script that is neither Latin nor Cyrillic.
    """

    text: str
    people: tuple[Match, ...]
    things: tuple[Thing, ...]
    stranger: str
    supported: bool


def languages_of(text: str) -> list[str]:
    """The languages whose script most letters of a text are of; [] when there is a letter of neither script."""
    letters = [c for c in text if c.isalpha()]
    if not letters or not all(is_cyrillic(c) or c < "\u0250" or "\u1e00" <= c < "\u1f00" for c in letters):
        return []
    cyrillic = sum(map(is_cyrillic, letters)) * 2 > len(letters)
    own = {code: str(loader.describe(code).get("letters", {}).get("own", "")) for code in loader.codes()}
    fitting = [code for code in loader.codes() if _writes_cyrillic(code) == cyrillic]
    marked = [code for code in fitting if any(letter in text.lower() for letter in own[code])]
    return marked or fitting


def _writes_cyrillic(code: str) -> bool:
    return any(map(is_cyrillic, str(loader.describe(code).get("abbreviations", ""))))


def who(text: str, table: ActorTable, lang: str | None = None, day: str | None = None) -> Answer:
    """What ``table`` knows of a name, in the language ``lang`` or in all that write its script.

    ``day`` (ISO) puts those in office then first, and lets an office mean its holder.
    """
    codes = [lang] if lang else languages_of(text)
    days: Days | None = (day, day) if day else None
    found: dict[str, Match] = {}
    things: list[Thing] = []
    stranger = ""
    for code in codes:
        rows = _find(text, code, table, day)
        things += _things(rows, code)
        spelling = read_name(text, code, table)
        if spelling is None:
            continue
        bare = next((words for words in _names(rows) if len(words) < len(text.strip())), None)
        if bare and not spelling.people:  # "Mr Putin", "President Putin"
            spelling = read_name(bare, code, table) or spelling
        stranger = stranger or stranger_id(*(names[0] if names else "" for names in _parts(spelling)))
        near = [] if spelling.people else People(table, code, days).candidates(spelling.name)
        for person in (*spelling.people, *near):
            how = "near spelling" if near else "known spelling"
            match = _match(person, code, spelling, table, how)
            if person.id not in found or _clearer(match, found[person.id]):
                found[person.id] = match
    first = day or "9999-12-31"
    people = sorted(found.values(), key=lambda m: (m.how != "known spelling", table.rank(m.person, first), m.person.id))
    return Answer(
        text=text, people=tuple(people[:_MOST]), things=_distinct(things), stranger=stranger, supported=bool(codes)
    )


def _clearer(match: Match, other: Match) -> bool:
    """Read in a language that tells the case better: "Зеленському" is a dative in Ukrainian and nothing in Russian."""
    return (match.how != "known spelling", not match.cases, len(match.cases)) < (
        other.how != "known spelling", not other.cases, len(other.cases),
    )  # fmt: skip


def _parts(spelling: Spelling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return spelling.name.given, spelling.name.surname


def _match(person: Person, lang: str, spelling: Spelling, table: ActorTable, how: str) -> Match:
    given, surname = table.written(person)
    name = spelling.name
    return Match(
        person=person,
        lang=lang,
        cases=tuple(sorted(name.cases)),
        how=how,
        given=_told(name.given, given) or given,
        surname=_told(name.surname, surname) or surname,
    )


def _told(read: tuple[str, ...], written: tuple[str, ...]) -> tuple[str, ...]:
    """The written forms that a name as read has the key of."""
    keys = {fold(name) for name in read} | {fold(name.split()[-1]) for name in read}
    return tuple(form for form in written if fold(form) in keys)


def _find(text: str, code: str, table: ActorTable, day: str | None) -> list[tuple[Analysis, Named]]:
    """The mentions in the words, each with the analysis whose tokens it counts."""
    analysis = analyst(code).analyse(text)
    rows = find(analysis, edtf.read(day) if day else (), table)
    return [(analysis, named) for row in rows for named in row]


def _names(found: list[tuple[Analysis, Named]]) -> Iterator[str]:
    """The words of each person's name, without what stands before it."""
    for analysis, named in found:
        if name := named.mention.name:
            yield analysis.words(name.first, name.end)


def _things(found: list[tuple[Analysis, Named]], code: str) -> Iterator[Thing]:
    for analysis, named in found:
        mention = named.mention
        if named.actor is not None and mention.kind in ("office", "state", "organisation", "place", "group"):
            words = analysis.words(mention.first, mention.end)
            yield Thing(lang=code, words=words, kind=mention.kind, actor=named.actor)


def _distinct(things: list[Thing]) -> tuple[Thing, ...]:
    return tuple({(thing.words, thing.actor.id): thing for thing in reversed(things)}.values())[::-1]
