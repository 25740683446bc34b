"""What pages show of a store: contacts page by page, counts by every facet, coverage. Only SQL, and only what is shown.

Everything here is asked of a store with 50,000 contacts while somebody waits, so contacts are read a page at a time,
and counts are kept until the store changes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence, Sized
from functools import reduce
from operator import and_ as and_bits
from operator import or_ as or_bits
from threading import Lock
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select

from rozmova.records import MergedContact
from rozmova.store.changes import number
from rozmova.store.facets import KINDS
from rozmova.store.filters import Filters, condition
from rozmova.store.schema import accounts, articles, contact_facets, contacts, meta
from rozmova.store.store import Store

MOST_VALUES = 12
"""Values shown of each facet; the rest can be reached by name."""

_KEPT = 256


class Asked(Struct, frozen=True, kw_only=True):
    """What a page asks for: the filters of the timeline, and those that only facets know.

    Of ``sides`` (codes of states, identifiers of parties) each must take part; of the others one must fit.
    ``disputed`` names fields; "any" stands for whatever field.
    """

    filters: Filters = Filters()
    sides: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


class Listing(Struct, frozen=True, kw_only=True):
    """One page of contacts and how many there are in all; ``undated`` more fit but for having no date."""

    contacts: tuple[MergedContact, ...]
    total: int
    undated: int


class Counted(Struct, frozen=True):
    """How many contacts have a value of a facet."""

    value: str
    number: int


class Written(Struct, frozen=True, kw_only=True):
    """An article without its text."""

    id: str
    path: str
    title: str | None
    outlet: str | None
    lang: str
    published: str | None
    contacts: int


def fits(asked: Asked, dated: bool = True) -> ColumnElement[bool]:
    """The condition on the table of contacts."""
    every = [condition(asked.filters, dated)] if dated else [condition(asked.filters, dated=False)]
    if dated and asked.filters.in_time:
        every.append(contacts.c.first.is_not(None))
    every += [_faceted(("party", "state"), (side,)) for side in asked.sides]
    for kind in ("topics", "langs", "outlets"):
        values: tuple[str, ...] = getattr(asked, kind)
        if values:
            every.append(_faceted((kind.removesuffix("s"),), values))
    if asked.disputed:
        every.append(_faceted(("disputed",), () if "any" in asked.disputed else asked.disputed))
    return and_(*every)


def listing(
    store: Store,
    asked: Asked,
    *,
    offset: int = 0,
    limit: int = 50,
    oldest_first: bool = False,
    total: int | None = None,
) -> Listing:
    """A page of contacts, newest first with those without a date last, or the other way round.

    ``total`` is how many fit, where that is known (:meth:`Counts.total`).
    """
    c = contacts.c
    order = (
        (c.first.asc().nulls_first(), c.date.asc().nulls_first(), c.id.asc())
        if oldest_first
        else (c.first.desc().nulls_last(), c.date.desc().nulls_last(), c.id.desc())
    )
    where = fits(asked)
    with store.reading() as run:
        # Only narrow rows are sorted: the records are fetched for what is shown.
        ids = run.scalars(select(c.id).where(where).order_by(*order).limit(limit).offset(offset)).all()
        lines = run.scalars(select(c.contact).where(c.id.in_(ids)).order_by(*order)).all() if ids else []
        if total is None:
            total = run.scalar(select(func.count()).select_from(contacts).where(where)) or 0
        undated = 0
        if asked.filters.in_time:
            without = select(func.count()).select_from(contacts).where(fits(asked, dated=False))
            undated = run.scalar(without) or 0
    return Listing(contacts=tuple(store.decode(line, MergedContact) for line in lines), total=total, undated=undated)


class Counts:
    """Counts by facet, out of memory; one for each process that serves pages.

    For each value of a facet there is a number with a bit for each contact that has it. They are read anew when
    contacts have been merged anew, and so are the months.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._revision: object = None
        self._places: dict[str, int] = {}
        self._bits: dict[str, dict[str, int]] = {}
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def of(self, asked: Asked, most: int = MOST_VALUES) -> dict[str, tuple[Counted, ...]]:
        """For each kind of facet its most frequent values among the contacts that fit, channel and status too."""
        with self._lock, self._store.reading() as run:
            mask = self._mask(run, asked)
            found: dict[str, tuple[Counted, ...]] = self._once(
                ("counts", asked, most),
                lambda: {
                    kind: _most(((v, n) for v, bits in values.items() if (n := (bits & mask).bit_count())), most)
                    for kind, values in self._bits.items()
                },
            )
            return found

    def total(self, asked: Asked) -> int:
        """How many contacts fit."""
        with self._lock, self._store.reading() as run:
            return self._mask(run, asked).bit_count()

    def by_month(self, asked: Asked) -> list[tuple[str, str, int]]:
        """See :func:`by_month`."""
        with self._lock, self._store.reading() as run:
            self._fresh(run)
            found: list[tuple[str, str, int]] = self._once(("months", asked), lambda: by_month(self._store, asked))
            return found

    def _mask(self, run: Connection, asked: Asked) -> int:
        self._fresh(run)
        found: int = self._once(("mask", asked), lambda: self._fitting(run, asked))
        return found

    def _fitting(self, run: Connection, asked: Asked) -> int:
        c, t = asked.filters.channels, asked.filters.statuses
        if asked == Asked():
            return (1 << len(self._places)) - 1
        if asked == Asked(sides=asked.sides, filters=Filters(channels=c, statuses=t)):
            every = [self._any("channel", c), self._any("status", t)]
            every += [self._any("party", (side,)) | self._any("state", (side,)) for side in asked.sides]
            return reduce(and_bits, every)
        return _bits((self._places[id] for id in run.scalars(select(contacts.c.id).where(fits(asked)))), self._places)

    def _any(self, kind: str, values: tuple[str, ...]) -> int:
        """The contacts with one of some values, all where none are named."""
        if not values:
            return (1 << len(self._places)) - 1
        return reduce(or_bits, (self._bits[kind].get(value, 0) for value in values))

    def _fresh(self, run: Connection) -> None:
        revision = number(run, "contacts"), run.scalar(select(func.count()).select_from(contacts))
        if revision == self._revision:
            return
        rows = run.execute(select(contacts.c.id, contacts.c.channel, contacts.c.status)).all()
        self._places = {row.id: n for n, row in enumerate(rows)}
        having: dict[str, dict[str, list[int]]] = {kind: {} for kind in ("channel", "status", *KINDS)}
        for n, row in enumerate(rows):
            having["channel"].setdefault(row.channel, []).append(n)
            having["status"].setdefault(row.status, []).append(n)
        f = contact_facets.c
        for contact, kind, value in run.execute(select(f.contact, f.kind, f.value)):
            having.setdefault(kind, {}).setdefault(value, []).append(self._places[contact])
        self._bits = {
            kind: {value: _bits(places, self._places) for value, places in values.items()}
            for kind, values in having.items()
        }
        self._kept.clear()
        self._revision = revision

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def _bits(places: Iterable[int], of: Sized) -> int:
    found = bytearray(len(of) // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def by_month(store: Store, asked: Asked) -> list[tuple[str, str, int]]:
    """Month, channel and number of the contacts that fit and lie within one month, in order of time."""
    month = func.substr(contacts.c.first, 1, 7)
    within = contacts.c.first.is_not(None) & (month == func.substr(contacts.c.last, 1, 7))
    query = select(month, contacts.c.channel, func.count()).where(fits(asked) & within)
    with store.reading() as run:
        return [tuple(row) for row in run.execute(query.group_by(month, contacts.c.channel).order_by(month))]


def labels(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """The names of parties by their identifiers, as some contact gives them."""
    f = contact_facets.c
    found: dict[str, str] = {}
    with store.reading() as run:
        for id in dict.fromkeys(ids):
            some = select(f.contact).where((f.kind == "party") & (f.value == id)).limit(1).scalar_subquery()
            line = run.scalar(select(contacts.c.contact).where(contacts.c.id == some)) if id not in found else None
            if line:
                found |= {party.id: party.name for party in store.decode(line, MergedContact).parties}
    return found


def upcoming(store: Store, since: str | None, limit: int, offset: int = 0) -> Listing:
    """Contacts proposed or planned whose last possible day is not before ``since``, soonest first; undated ones last.

    ``since`` is the day of the newest news: the record knows nothing of today.
    """
    c = contacts.c
    ahead = c.last.is_(None) | (c.last >= since) if since else c.last.is_(None) | c.last.is_not(None)
    where = c.status.in_(("proposed", "planned")) & ahead
    with store.reading() as run:
        order = c.first.asc().nulls_last(), c.id
        lines = run.scalars(select(c.contact).where(where).order_by(*order).limit(limit).offset(offset)).all()
        total = run.scalar(select(func.count()).select_from(contacts).where(where)) or 0
    return Listing(contacts=tuple(store.decode(line, MergedContact) for line in lines), total=total, undated=0)


def written(store: Store, ids: Sequence[str] | None = None, *, offset: int = 0, limit: int = 100) -> list[Written]:
    """Articles, newest first: those with these ids, or all of them page by page."""
    a = articles.c
    told = select(func.count()).where(accounts.c.article == a.id).scalar_subquery()
    query = select(a.id, a.path, a.title, a.outlet, a.lang, a.published, told)
    if ids is not None:
        query = query.where(a.id.in_(ids) if ids else false())
    query = query.order_by(a.published.desc().nulls_last(), a.id).limit(limit).offset(offset)
    names = Written.__struct_fields__
    with store.reading() as run:
        return [Written(**dict(zip(names, row, strict=True))) for row in run.execute(query)]


def contact_ids(store: Store, article: str) -> dict[int, str]:
    """Index in the article's reading -> the merged contact that the account is of."""
    with store.reading() as run:
        rows = run.execute(select(accounts.c.place, accounts.c.contact).where(accounts.c.article == article))
        return {row[0]: row[1] for row in rows}


class Coverage(Struct, frozen=True, kw_only=True):
    """What the record rests on: articles by language, outlet and month, and the programs that read them."""

    articles: int
    contacts: int
    undated: int
    langs: tuple[Counted, ...]
    outlets: tuple[Counted, ...]
    months: tuple[Counted, ...]
    tools: tuple[Counted, ...]
    schema_version: str
    merged_by: str


def coverage(store: Store) -> Coverage:
    """How many articles there are of what kind."""
    a = articles.c
    month = func.substr(a.published, 1, 7)
    whole = func.length(a.published) >= len("2022-01")
    with store.reading() as run:

        def grouped(column: Any, where: Any = None) -> tuple[Counted, ...]:
            query = select(column, func.count()).select_from(articles).group_by(column)
            rows = run.execute(query if where is None else query.where(where)).all()
            return tuple(Counted(value or "", n) for value, n in rows)

        values = {row[0]: row[1] for row in run.execute(select(meta.c.key, meta.c.value))}
        return Coverage(
            articles=run.scalar(select(func.count()).select_from(articles)) or 0,
            contacts=run.scalar(select(func.count()).select_from(contacts)) or 0,
            undated=run.scalar(select(func.count()).select_from(articles).where(a.published.is_(None))) or 0,
            langs=_by_number(grouped(a.lang)),
            outlets=_by_number(grouped(a.outlet))[:100],
            months=tuple(sorted(grouped(month, whole & a.published.not_like("[%")), key=lambda c: c.value)),
            tools=_by_number(grouped(a.tool)),
            schema_version=values.get("schema_version", ""),
            merged_by=values.get("merged_by", ""),
        )


def _faceted(kinds: tuple[str, ...], values: tuple[str, ...]) -> ColumnElement[bool]:
    f = contact_facets.c
    of = or_(*(f.kind == kind for kind in kinds))
    # Asked of each contact in the order of the page, so that the search ends when the page is full.
    return exists().where(and_(f.contact == contacts.c.id, of, *([f.value.in_(values)] if values else [])))


def _most(rows: Iterable[Any], most: int) -> tuple[Counted, ...]:
    return _by_number(Counted(value, n) for value, n in rows)[:most]


def _by_number(values: Iterable[Counted]) -> tuple[Counted, ...]:
    return tuple(sorted(values, key=lambda c: (-c.number, c.value)))
