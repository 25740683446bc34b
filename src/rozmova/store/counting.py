"""What pictures count: contacts by day and channel, who with whom, and places.

A picture sums up all contacts that fit, so none can be read while somebody waits. What counting needs of each is held
in memory, and follows the store: after a build what was saved since is read.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from threading import Lock
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from rozmova.records import Place
from rozmova.store.browse import Asked, Counts
from rozmova.store.changes import number
from rozmova.store.schema import contacts
from rozmova.store.store import Store

_KEPT = 32

_MOST_SIDES = 12
"""Of a larger meeting nobody asks which two people of it met; of states all pairs are counted."""

T = TypeVar("T")


class Side(Struct, frozen=True, gc=False):
    """A party as far as pictures go; two of one ``side`` (state, organisation or the party itself) are no pair."""

    id: str
    name: str
    kind: str
    affiliation: str | None

    @property
    def side(self) -> str:
        """For whom it speaks."""
        return self.affiliation or self.id


class Days(Struct, frozen=True):
    """So many contacts of a channel whose date allows the days from ``first`` to ``last``, None where it is unknown."""

    first: str | None
    last: str | None
    channel: str
    number: int


class Met(Struct, frozen=True):
    """So many contacts in which both took part."""

    one: str
    other: str
    number: int


class At(Struct, frozen=True):
    """So many contacts at a place."""

    id: str
    name: str
    number: int


class Counted(Struct, frozen=True):
    """The contacts that fit, summed up: ``sides`` by codes of states and organisations, ``parties`` by identifiers."""

    total: int
    days: tuple[Days, ...]
    sides: tuple[Met, ...]
    parties: tuple[Met, ...]
    places: tuple[At, ...]
    known: dict[str, Side]
    """The parties that occur, by identifier."""


class _Line(Struct, gc=False):
    """What is read of the JSON of a contact; the rest is passed over."""

    parties: tuple[Side, ...]
    place: Place | None


class _Fact(NamedTuple):
    id: str
    days: tuple[str | None, str | None, str]
    parties: tuple[Side, ...]
    place: Place | None


class Counting:
    """Sums for pictures, out of memory; one for each process that serves pages."""

    def __init__(self, store: Store, counts: Counts) -> None:
        self._store, self._counts = store, counts
        self._edition = -1
        self._facts: dict[str, _Fact] = {}
        self._one = _Once()
        self._kept: OrderedDict[Asked, Counted] = OrderedDict()
        self._lock = Lock()

    def of(self, asked: Asked) -> Counted:
        """The contacts that fit, summed up."""
        with self._lock, self._store.reading() as run:
            self._fresh(run)
            if asked not in self._kept:
                ids, _, _ = self._counts.found(asked)
                self._kept[asked] = _counted(self._facts[id] for id in ids if id in self._facts)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(asked)
            return self._kept[asked]

    def _fresh(self, run: Connection) -> None:
        edition = number(run, "edition")
        if edition == self._edition:
            return
        c, one = contacts.c, self._one
        for id in self._facts.keys() - set(run.scalars(select(c.id))):
            del self._facts[id]
        decode = msgspec.json.Decoder(_Line).decode
        query = select(c.id, c.first, c.last, c.channel, c.contact).where(c.edition > self._edition)
        for row in run.execution_options(yield_per=500).execute(query):
            line = decode(row.contact)
            parties = tuple(map(one.of, line.parties))
            self._facts[row.id] = _Fact(
                row.id, one.of((row.first, row.last, row.channel)), one.of(parties), one.of(line.place)
            )
        self._kept.clear()
        self._edition = edition


class _Once:
    """Gives one object for equal ones: thousands of contacts have the same parties."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}

    def of(self, value: T) -> T:
        return self._known.setdefault(value, value)  # type: ignore[return-value]


def _counted(facts: Iterable[_Fact]) -> Counted:
    days: Counter[tuple[str | None, str | None, str]] = Counter()
    groups: Counter[tuple[Side, ...]] = Counter()
    places: Counter[Place] = Counter()
    for fact in facts:
        days[fact.days] += 1
        groups[fact.parties] += 1
        if fact.place:
            places[fact.place] += 1
    sides: Counter[tuple[str, str]] = Counter()
    parties: Counter[tuple[str, str]] = Counter()
    for group, n in groups.items():
        for met in combinations(sorted({party.side for party in group}), 2):
            sides[met] += n
        if len(group) <= _MOST_SIDES:
            for met in _met(group):
                parties[met] += n
    by_place: Counter[tuple[str, str]] = Counter()
    for place, n in places.items():
        by_place[place.id, place.name] += n
    return Counted(
        total=days.total(),
        days=tuple(Days(*key, n) for key, n in sorted(days.items(), key=lambda item: str(item[0]))),
        sides=_most(sides, lambda key, n: Met(*key, n)),
        parties=_most(parties, lambda key, n: Met(*key, n)),
        places=_most(by_place, lambda key, n: At(*key, n)),
        known={party.id: party for group in groups for party in group},
    )


def _met(group: Sequence[Side]) -> set[tuple[str, str]]:
    """The pairs of parties of different sides, by identifier."""
    return {
        (one.id, other.id) if one.id < other.id else (other.id, one.id)
        for one, other in combinations(group, 2)
        if one.side != other.side
    }


def _most(counts: Counter[tuple[str, str]], make: Callable[[tuple[str, str], int], T]) -> tuple[T, ...]:
    return tuple(make(key, n) for key, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
