"""What the pictures are drawn from, counted in merged contacts."""

from __future__ import annotations

import calendar
import itertools
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Protocol

from rozmova.languages import loader
from rozmova.pictures.records import Actor, Bar, Spot, Tie
from rozmova.records import MergedContact, Party

By = Literal["affiliation", "party"]


class Named(Protocol):
    """A party as far as its name goes."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def affiliation(self) -> str | None: ...  # noqa: D102


COORDINATES = Path(__file__).parent / "data" / "coordinates.tsv"

_PARTS = re.compile(r"(?<!\d)(?<!:)(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[^/,.\]]*)?")


def count_bars(contacts: Iterable[MergedContact]) -> list[Bar]:
    """Contacts by the days that their dates allow, and by channel."""
    found: Counter[tuple[date | None, date | None, str]] = Counter()
    for contact in contacts:
        first, last = _bounds(contact.date)
        found[first, last, contact.channel] += 1
    return [Bar(*key, count) for key, count in found.items()]


def count_ties(contacts: Iterable[MergedContact], by: By = "affiliation") -> list[Tie]:
    """Pairs of states and organisations, or of the parties themselves; two of one delegation are no pair."""
    found: Counter[tuple[Actor, Actor]] = Counter()
    for contact in contacts:
        met: set[tuple[Actor, Actor]] = set()
        for one, other in itertools.combinations(contact.parties, 2):
            if _side(one) == _side(other):
                continue
            a, b = sorted((actor(one, by), actor(other, by)), key=lambda found: (found.id, found.label))
            met.add((a, b))
        found.update(met)
    return [Tie(one, other, count) for (one, other), count in found.items()]


def count_spots(contacts: Iterable[MergedContact]) -> list[Spot]:
    """Places of contacts, with coordinates where the table of places has them."""
    found = Counter((contact.place.id, contact.place.name) for contact in contacts if contact.place)
    return [Spot(id, name, count, coordinates(id)) for (id, name), count in found.items()]


def actor(party: Named, by: By = "affiliation") -> Actor:
    """The party, or the state or organisation that it speaks for."""
    if by == "affiliation" and party.affiliation:
        return affiliation(party.affiliation)
    short = party.name.split()[-1] if party.kind == "person" and party.name.split() else party.affiliation or ""
    return Actor(party.id, party.name, "person" if party.kind in ("person", "office") else party.kind, short)


@cache
def affiliation(code: str) -> Actor:
    """A state or an organisation by the code that parties carry."""
    if state := loader.table("shared", "states").get(code):
        return Actor(code, str(state["label"]), "state", code)
    organisation = loader.table("shared", "organisations").get(code)
    label = str(organisation["label"]) if organisation and "label" in organisation else code
    return Actor(code, label, "organisation", code)


def coordinates(place: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place by its id (that of the table of places, or of Wikidata); None: not known."""
    return _coordinates().get(_keys().get(place, place))


@cache
def _keys() -> dict[str, str]:
    table = loader.table("shared", "places")
    return {entry["qid"]: key for key, entry in table.items() if "qid" in entry}


@cache
def _coordinates() -> dict[str, tuple[float, float]]:
    lines = COORDINATES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: (float(latitude), float(longitude)) for key, latitude, longitude in rows}


def _side(party: Party) -> str:
    return party.affiliation or party.id


def _bounds(value: str | None) -> tuple[date | None, date | None]:
    """First and last day of an EDTF date; the picture has no say in what a date may look like, so it never fails."""
    if re.search(r"^\W*(\.\.|/)|(\.\.|/)\W*$", value or ""):
        return None, None  # open at one end: any day
    days = [day for day in map(_days, _PARTS.findall(value or "")) if day]
    if not days:
        return None, None
    return min(first for first, _ in days), max(last for _, last in days)


def _days(parts: tuple[str, str, str]) -> tuple[date, date] | None:
    year, month, day = (int(part) if part else None for part in parts)
    try:
        if year and month and day:
            return date(year, month, day), date(year, month, day)
        if year and month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return (date(year, 1, 1), date(year, 12, 31)) if year else None
    except ValueError:
        return None
