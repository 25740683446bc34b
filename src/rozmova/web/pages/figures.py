"""Pictures with the tables that say the same, drawn from sums over contacts; each mark leads to the list it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from rozmova.pictures import (
    Actor,
    Bar,
    Period,
    Picture,
    Spot,
    Table,
    Tie,
    contacts_over_time,
    for_screen_and_phone,
    map_of_places,
    network_of_parties,
    who_with_whom,
)
from rozmova.pictures.naming import actor, affiliation, coordinates
from rozmova.pictures.records import Row, SpotLink, no_link
from rozmova.store.counting import Counted, Days, Side
from rozmova.web import urls
from rozmova.web.query import Query, sides_of

SHOWN = 30
"""Lines of a table on a page; the CSV has all of them."""

To = Callable[[Query], str | None]
"""Address of the list that a query finds, None where there is none."""

Draw = Callable[[float, str], Picture]


class Figure(Struct, frozen=True, kw_only=True):
    """A picture: what it is called, what to know of it, the drawing, and the table that says the same."""

    name: str
    title: str
    note: str
    svg: Markup
    table: Table

    @property
    def shown(self) -> tuple[Row, ...]:
        """The lines of the table that a page shows."""
        return self.table.rows if self.name == "time" else self.table.rows[:SHOWN]

    @property
    def more(self) -> int:
        """Lines of the table that a page leaves out."""
        return len(self.table.rows) - len(self.shown)


class Sums(Struct, frozen=True, kw_only=True):
    """What the pictures are drawn from."""

    total: int
    days: tuple[Days, ...]
    states: tuple[Tie, ...]
    parties: tuple[Tie, ...]
    places: tuple[Spot, ...]


def sums(counted: Counted) -> Sums:
    """The sums with names for those who are counted, and coordinates for the places."""
    known = counted.known
    return Sums(
        total=counted.total,
        days=counted.days,
        states=tuple(Tie(state(m.one, known), state(m.other, known), m.number) for m in counted.sides),
        parties=tuple(Tie(party(m.one, known), party(m.other, known), m.number) for m in counted.parties),
        places=tuple(Spot(p.id, p.name, p.number, coordinates(p.id)) for p in counted.places),
    )


def figures(of: Sums, query: Query, to: To = no_link, at: SpotLink = no_link) -> tuple[Figure, ...]:
    """Contacts over time, who with whom, the network and the map.

    ``to`` gives the address of the contacts of a query, ``at`` that of the contacts at a place.
    """

    @cache
    def tie(one: Actor, other: Actor | None) -> str | None:
        return _tie(query, to, one, other)

    def matrix(wide: float, name: str) -> Picture:
        return who_with_whom(of.states, tie, wide=wide, name=name)

    def network(wide: float, name: str) -> Picture:
        return network_of_parties(of.parties, tie, wide=wide, name=name)

    def places(wide: float, name: str) -> Picture:
        return map_of_places(of.places, at, wide=wide, name=name)

    return (
        over_time(of.days, query, to),
        _figure("states", "Who talked with whom", _STATES, matrix),
        _figure("parties", "Network of people and bodies", _PARTIES, network),
        _figure("places", "Where contacts took place", _PLACES, places),
    )


_STATES = "States and organisations; those that talk to each other stand side by side. The darker, the more contacts."
_PARTIES = "The strongest ties between people and bodies of different sides; large meetings are left out."
_PLACES = "The larger a dot, the more contacts."


def over_time(days: Iterable[Days], query: Query, to: To, name: str = "time") -> Figure:
    """Contacts by day, week, month or year and by channel."""
    bars = [Bar(_day(d.first), _day(d.last), d.channel, d.number) for d in days]

    def link(period: Period | None, channel: str | None) -> str | None:
        return to(within(query, period, channel)) if period else None

    linked = "" if to is no_link else "; its list has also those whose date only allows it"
    return _figure(
        name,
        "Contacts over time",
        f"A column counts the contacts that surely fall into it{linked}.",
        lambda wide, key: contacts_over_time(bars, link, wide=wide, name=key),
    )


def within(query: Query, period: Period, channel: str | None) -> Query:
    """The query for a column of time and, where one is named, a channel: what it asked for before still holds."""
    filters = query.asked().filters
    first, last = period.first.isoformat(), period.last.isoformat()
    return replace(
        query,
        page=1,
        since=max(first, filters.since.first) if filters.since else first,
        until=min(last, filters.until.last) if filters.until else last,
        channel=(channel,) if channel else query.channel,
    )


def state(code: str, known: dict[str, Side]) -> Actor:
    """A state or organisation by its code; who speaks for none is counted by his own identifier."""
    return party(code, known) if code in known and not known[code].affiliation else affiliation(code)


def party(id: str, known: dict[str, Side]) -> Actor:
    """A party by its identifier."""
    side = known[id]
    return actor(side.id, side.name, side.kind, side.affiliation)


def _tie(query: Query, to: To, one: Actor, other: Actor | None) -> str | None:
    if other is None:
        code = one.kind in ("state", "organisation") and one.short == one.id
        return to(urls.more(query, "state" if code else "party", one.id))
    first, second = sorted((one.id, other.id))
    pair = f"{first}-{second}"
    # Identifiers hold hyphens themselves: a pair that would be read as another one has no list.
    return to(urls.more(query, "pair", pair)) if sides_of(pair) == [first, second] else None


def _figure(name: str, title: str, note: str, draw: Draw) -> Figure:
    both = for_screen_and_phone(draw, f"pic-{name}")
    return Figure(name=name, title=title, note=note, svg=Markup(both.svg), table=both.table)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
