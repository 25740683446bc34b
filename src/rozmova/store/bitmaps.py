"""Which contacts have which value, in memory: for each value of each facet a number with a bit for every contact.

Bitmap indexes (O'Neil and Quass 1997) let a page with any filters be found and counted in milliseconds among tens of
thousands of contacts, where SQL would sort and group them anew for each page. A bit stays its contact's own: what a
build has changed is read alone, and what it took away is masked out.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import islice
from operator import or_

from sqlalchemy import Connection, func, select

from rozmova.store.changes import number
from rozmova.store.facets import KINDS
from rozmova.store.rows import portions, values
from rozmova.store.schema import contact_facets, contacts, meta

COUNTED = ("channel", "status", *KINDS)
"""The kinds of value by which contacts are counted for people."""

MONTH = "month"
"""A further kind: the month of the contacts whose date lies within one."""

Mask = int
"""A set of contacts: bit n stands for the contact at place n."""


class Bitmaps:
    """The bitmaps of one store, as it was when :meth:`refresh` last looked; not to be used by two threads at once."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._edition = -1
        self._ids: list[str] = []
        self._place: dict[str, int] = {}
        self._first: list[str] = []
        self._last: list[str] = []
        self._keys: list[tuple[str, str, str]] = []
        self._order: list[int] = []
        self._bits: dict[str, dict[str, Mask]] = {kind: {} for kind in (*COUNTED, MONTH)}
        self._by_number: dict[str, list[tuple[str, int]]] = {}
        self.all: Mask = 0
        """Every contact that there is."""

    def refresh(self, run: Connection) -> bool:
        """Take in what was saved since; whether that was anything."""
        edition = number(run, "edition")
        if edition == self._edition:
            return False
        if len(self._ids) > 2 * len(self._place):  # most bits stand for what is gone
            self._clear()
        before = len(self._ids)
        new = self._add(run, self._edition)
        self._forget(self._noted(run, edition) - new)
        if run.scalar(select(func.count()).select_from(contacts)) != len(self._place):
            self._forget(self._place.keys() - set(values(run, select(contacts.c.id))))
        came = range(before, len(self._ids))
        if len(self._order) + len(came) != self.all.bit_count():
            bits = _bits(self.all, len(self._ids))
            self._order = [n for n in self._order if bits[n >> 3] >> (n & 7) & 1]
        if len(came) > len(self._order):
            self._order = sorted([*self._order, *came], key=self._keys.__getitem__)
        else:
            for n in came:
                insort(self._order, n, key=self._keys.__getitem__)
        self._by_number.clear()
        self._edition = edition
        return True

    def having(self, kind: str, values: Iterable[str]) -> Mask:
        """The contacts with one of some values."""
        bits = self._bits[kind]
        return self.all & reduce(or_, (bits.get(value, 0) for value in values), 0)

    def has(self, kind: str, value: str) -> bool:
        """Whether any contact has this value."""
        return value in self._bits[kind]

    def with_any(self, kind: str) -> Mask:
        """The contacts with whatever value of a kind."""
        return self.having(kind, self._bits[kind])

    def within(self, since: str | None = None, until: str | None = None) -> Mask:
        """The contacts some day of whose date lies in a period (ISO days, both included); of whatever day at all."""
        since, until = since or "0", until or "9"
        days = zip(reversed(self._first), reversed(self._last), strict=True)
        fits = ["1" if last >= since and first <= until else "0" for first, last in days]
        return self.all & int("0" + "".join(fits), 2)

    def of(self, ids: Iterable[str]) -> Mask:
        """The contacts with these identifiers."""
        return _mask((self._place[id] for id in ids if id in self._place), len(self._ids))

    def counts(self, kind: str, among: Mask) -> Iterator[tuple[str, int]]:
        """For each value of a kind how many of some contacts have it, where any do."""
        among &= self.all
        for value, bits in self._bits[kind].items():
            if count := (bits & among).bit_count():
                yield value, count

    def most(self, kind: str, among: Mask, number: int) -> list[tuple[str, int]]:
        """The values of a kind that most of some contacts have, most first, and how many have it.

        Values are tried in the order of their number among all contacts: where that is less than what was found, none
        of the rest can have more.
        """
        among &= self.all
        if kind not in self._by_number:
            every = [(value, (bits & self.all).bit_count()) for value, bits in self._bits[kind].items()]
            self._by_number[kind] = sorted(every, key=_most_first)
        found: list[tuple[str, int]] = []
        for value, in_all in self._by_number[kind]:
            if len(found) == number and in_all < found[-1][1]:
                break
            if count := (self._bits[kind][value] & among).bit_count():
                insort(found, (value, count), key=_most_first)
                del found[number:]
        return found

    def in_time(self, among: Mask, offset: int, limit: int | None, oldest_first: bool = False) -> list[str]:
        """The identifiers of some contacts from ``offset`` on, newest first with those without a date last, or the
        other way round."""
        order = self._order if oldest_first else reversed(self._order)
        if among != self.all:
            bits = _bits(among, len(self._ids))
            order = (n for n in order if bits[n >> 3] >> (n & 7) & 1)
        return [self._ids[n] for n in islice(order, offset, None if limit is None else offset + limit)]

    def _noted(self, run: Connection, edition: int) -> set[str]:
        """The contacts that the last saving took away, if it is the only one not seen; to look at all takes longer."""
        noted, *ids = (run.scalar(select(meta.c.value).where(meta.c.key == "gone")) or "").split("\n")
        return set(ids) if noted == str(edition) == str(self._edition + 1) else set()

    def _forget(self, ids: Iterable[str]) -> None:
        for id in ids:
            if (place := self._place.pop(id, None)) is not None:
                self.all &= ~(1 << place)

    def _add(self, run: Connection, after: int) -> set[str]:
        c, f = contacts.c, contact_facets.c
        having: dict[str, dict[str, list[int]]] = {kind: {} for kind in self._bits}
        came: list[str] = []
        query = select(c.id, c.first, c.last, c.date, c.channel, c.status).where(c.edition > after)
        for id, first, last, date, channel, status in run.execute(query).all():
            if id in self._place:  # saved anew, with other values: it moves to a place of its own
                self.all &= ~(1 << self._place[id])
            place = self._place[id] = len(self._ids)
            self._ids.append(id)
            self._first.append(first or "9")  # of what has no date no day lies in any period
            self._last.append(last if first else "")
            self._keys.append((first or "", date or "", id))
            came.append(id)
            having["channel"].setdefault(channel, []).append(place)
            having["status"].setdefault(status, []).append(place)
            if first and first[:7] == last[:7]:
                having[MONTH].setdefault(first[:7], []).append(place)
        wanted = select(f.contact, f.kind, f.value)
        some = [wanted] if after < 0 else [wanted.where(f.contact.in_(ids)) for ids in portions(came)]
        for each in some:
            for contact, kind, value in run.execute(each).all():
                having.setdefault(kind, {}).setdefault(value, []).append(self._place[contact])
        size = len(self._ids)
        for kind, of_kind in having.items():
            bits = self._bits.setdefault(kind, {})
            for value, places in of_kind.items():
                bits[value] = bits.get(value, 0) | _mask(places, size)
        self.all |= _mask((self._place[id] for id in came), size)
        return set(came)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _bits(mask: Mask, size: int) -> bytes:
    return mask.to_bytes(size // 8 + 1, "little")


def _mask(places: Iterable[int], size: int) -> Mask:
    found = bytearray(size // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")
