"""What pages show of a store: contacts page by page, counts by every facet, coverage. Only SQL, and only what is shown.

Everything here is asked of a store with 50,000 contacts while somebody waits, so contacts are read a page at a time,
and what is counted is kept until the store changes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import and_ as and_bits
from threading import Lock
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, false, func, select

from rozmova.records import MergedContact
from rozmova.store.bitmaps import COUNTED, MONTH, Bitmaps, Mask
from rozmova.store.filters import Filters, condition
from rozmova.store.schema import accounts, articles, contact_facets, contacts, meta
from rozmova.store.store import Store

MOST_VALUES = 12
"""Values shown of each facet; the rest can be reached by name."""

_KEPT = 256

Kept = TypeVar("Kept")


class Asked(Struct, frozen=True, kw_only=True):
    """What a page asks for: the filters of the timeline, and those that only facets know.

    Of ``sides`` (codes of states, identifiers of parties) each must take part; of the others one must fit.
    ``disputed`` names fields; "any" stands for whatever field.
    """

    filters: Filters = Filters()
    sides: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
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


class Counts:
    """Pages and counts out of memory; one for each process that serves pages, for any number of threads.

    Contacts are looked up in :class:`~rozmova.store.bitmaps.Bitmaps`, which follow the store: what a page shows and
    what it counts are of one state of the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._maps = Bitmaps()
        self._names: dict[tuple[str, str], str | None] = {}
        self._examples: dict[tuple[str, int], Any] = {}
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def page(self, asked: Asked, *, offset: int = 0, limit: int = 50, oldest_first: bool = False) -> Listing:
        """A page of contacts, newest first with those without a date last, or the other way round."""
        with self._fresh() as run:
            ids, total, undated = self._found(run, asked, offset, limit, oldest_first)
            c = contacts.c
            lines = {row.id: row.contact for row in run.execute(select(c.id, c.contact).where(c.id.in_(ids)))}
        found = tuple(self._store.decode(lines[id], MergedContact) for id in ids)
        return Listing(contacts=found, total=total, undated=undated)

    def found(
        self, asked: Asked, *, offset: int = 0, limit: int | None = None, oldest_first: bool = False
    ) -> tuple[list[str], int, int]:
        """As :meth:`page`, but for the records: identifiers, how many fit, how many more but for their date."""
        with self._fresh() as run:
            return self._found(run, asked, offset, limit, oldest_first)

    def of(self, asked: Asked, most: int = MOST_VALUES) -> dict[str, tuple[Counted, ...]]:
        """For each kind of facet its most frequent values among the contacts that fit, channel and status too."""
        with self._fresh() as run:
            mask = self._mask(run, asked)
            found: dict[str, tuple[Counted, ...]] = self._once(
                ("counts", asked, most),
                lambda: {kind: tuple(Counted(*one) for one in self._maps.most(kind, mask, most)) for kind in COUNTED},
            )
            return found

    def total(self, asked: Asked) -> int:
        """How many contacts fit."""
        with self._fresh() as run:
            return self._mask(run, asked).bit_count()

    def by_month(self, asked: Asked) -> list[tuple[str, str, int]]:
        """Month, channel and number of the contacts that fit and lie within one month, in order of time."""
        with self._fresh() as run:
            mask = self._mask(run, asked)
            found: list[tuple[str, str, int]] = self._once(("months", asked), lambda: sorted(self._months(mask)))
            return found

    def newest(self) -> str | None:
        """The day (ISO) up to which the store surely had news when its contacts were merged, None where unknown."""
        with self._fresh():
            newest: str | None = self._once("newest", self._store.newest)
            return newest

    def labels(self, ids: Iterable[str], kind: str = "party") -> dict[str, str]:
        """The names of parties (or places) by their identifiers, as some contact gives them."""
        with self._fresh() as run:
            wanted = list(dict.fromkeys(ids))
            for id in wanted:
                if (kind, id) not in self._names:
                    self._names[kind, id] = _label(self._store, run, id, kind)
            return {id: name for id in wanted if (name := self._names[kind, id]) is not None}

    def once(self, key: str, make: Callable[[], Kept]) -> Kept:
        """What ``make`` gives, kept under a key of its own until there are twice as many contacts: for examples."""
        with self._lock:
            size = self._maps.all.bit_count().bit_length()
            if size and (key, size) in self._examples:
                return cast("Kept", self._examples[key, size])
        made = make()
        with self._lock:
            self._examples[key, self._maps.all.bit_count().bit_length()] = made
        return made

    @contextmanager
    def _fresh(self) -> Iterator[Connection]:
        with self._lock, self._store.reading() as run:
            if self._maps.refresh(run):
                self._kept.clear()
                self._names = {key: name for key, name in self._names.items() if name is not None}
            yield run

    def _found(
        self, run: Connection, asked: Asked, offset: int, limit: int | None, oldest_first: bool
    ) -> tuple[list[str], int, int]:
        mask, undated = self._mask(run, asked), 0
        if asked.filters.in_time:
            whenever = replace(asked, filters=replace(asked.filters, since=None, until=None))
            undated = (self._mask(run, whenever) & ~self._maps.within()).bit_count()
        return self._maps.in_time(mask, offset, limit, oldest_first), mask.bit_count(), undated

    def _mask(self, run: Connection, asked: Asked) -> Mask:
        found: Mask = self._once(("mask", asked), lambda: self._fitting(run, asked))
        return found

    def _fitting(self, run: Connection, asked: Asked) -> Mask:
        maps, filters = self._maps, asked.filters
        every = [maps.having("party", (side,)) | maps.having("state", (side,)) for side in asked.sides]
        for kind, values in (
            ("channel", filters.channels), ("status", filters.statuses), ("topic", asked.topics),
            ("place", asked.places), ("lang", asked.langs), ("outlet", asked.outlets),
        ):  # fmt: skip
            if values:
                every.append(maps.having(kind, values))
        if asked.disputed:
            some = maps.with_any("disputed") if "any" in asked.disputed else maps.having("disputed", asked.disputed)
            every.append(some)
        if filters.in_time:
            since, until = filters.since, filters.until
            every.append(maps.within(since and since.first, until and until.last))
        names = tuple(party for party in filters.parties if not maps.has("party", party))
        every += [maps.having("party", (party,)) for party in filters.parties if party not in names]
        if names:  # as the database folds them
            named = select(contacts.c.id).where(condition(Filters(parties=names)))
            every.append(maps.of(run.scalars(named)))
        return reduce(and_bits, every, maps.all)

    def _months(self, mask: Mask) -> Iterator[tuple[str, str, int]]:
        for channel, _ in self._maps.counts("channel", mask):
            among = mask & self._maps.having("channel", (channel,))
            for month, count in self._maps.counts(MONTH, among):
                yield month, channel, count

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def _label(store: Store, run: Connection, id: str, kind: str) -> str | None:
    f = contact_facets.c
    some = select(f.contact).where((f.kind == kind) & (f.value == id)).limit(1).scalar_subquery()
    line = run.scalar(select(contacts.c.contact).where(contacts.c.id == some))
    if not line:
        return None
    contact = store.decode(line, MergedContact)
    named = contact.parties if kind == "party" else [contact.place]
    return next((one.name for one in named if one and one.id == id), None)


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


def _by_number(values: Iterable[Counted]) -> tuple[Counted, ...]:
    return tuple(sorted(values, key=lambda c: (-c.number, c.value)))
