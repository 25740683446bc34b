"""The page of pictures, and the page of a place, to which the map leads."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select

from rozmova.records import MergedContact
from rozmova.store import Store
from rozmova.store.counting import Counted, Counting
from rozmova.store.schema import contacts
from rozmova.web import urls
from rozmova.web.pages.figures import Figure, Sums, figures, sums
from rozmova.web.pages.rows import Row, Table, rows, table
from rozmova.web.pages.timeline import Chip, chips, kept
from rozmova.web.query import PER_PAGE, Query

_KEPT = 8


class PicturesPage(Struct, frozen=True, kw_only=True, dict=True):
    """The page: the sums that its pictures show. They are drawn when :attr:`figures` is asked for, and then kept."""

    title: str
    query: Query
    chips: tuple[Chip, ...]
    clear_url: str
    timeline_url: str
    kept: tuple[tuple[str, str], ...]
    sums: Sums

    def table(self) -> Table:
        """Every line of every picture's table; a cell for which a picture has no value is empty."""
        lines: list[tuple[object, ...]] = []
        for figure in self.figures:
            for row in figure.table.rows:
                other = row.cells[1] if figure.name in ("states", "parties") else ""
                number = row.cells[1] if figure.name == "places" else row.cells[-1]
                lines.append((figure.name, row.cells[0], other, number, row.href or ""))
        return ("picture", "what", "with", "contacts", "url"), tuple(lines)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures."""
        return figures(self.sums, self.query, urls.timeline, lambda spot: urls.at_place(spot.id, self.query))


class PlacePage(Struct, frozen=True, kw_only=True):
    """The contacts at a place."""

    title: str
    id: str
    query: Query
    chips: tuple[Chip, ...]
    clear_url: str
    pictures_url: str
    contacts: tuple[Row, ...]
    total: int
    previous: str | None
    next: str | None

    def table(self) -> Table:
        """The contacts, one a line."""
        return table(self.contacts)


class Album:
    """The pages of pictures, kept as long as the sums that they show hold."""

    def __init__(self, store: Store) -> None:
        self._store, self.counting = store, Counting(store)
        self._kept: OrderedDict[Query, tuple[Counted, PicturesPage]] = OrderedDict()

    def pictures_page(self, query: Query) -> PicturesPage:
        """The view model of the pictures for a query."""
        query = replace(query, page=1, order="newest")  # of these a picture knows nothing
        counted = self.counting.of(query.asked())
        kept_of, page = self._kept.get(query, (None, None))
        if page is None or kept_of is not counted:
            page = self._page(query, counted)
        self._kept[query] = counted, page
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return page

    def _page(self, query: Query, counted: Counted) -> PicturesPage:
        return PicturesPage(
            title="Pictures",
            query=query,
            chips=chips(self._store, query, urls.pictures),
            clear_url=urls.pictures(),
            timeline_url=urls.timeline(query),
            kept=tuple(kept(query)),
            sums=sums(counted),
        )

    def place_page(self, place: str, query: Query) -> PlacePage | None:
        """The contacts at a place that fit a query, newest first; None where no contact is known to be there."""
        name, ids = self.counting.at(place, query.asked())
        if name is None:
            return None
        offset = (query.page - 1) * PER_PAGE
        some = ids[offset : offset + PER_PAGE]
        with self._store.reading() as run:
            c = contacts.c
            lines = run.execute(select(c.id, c.contact).where(c.id.in_(some))).all() if some else []
            found = {row.id: self._store.decode(row.contact, MergedContact) for row in lines}
        return PlacePage(
            title=name,
            id=place,
            query=query,
            chips=chips(self._store, query, lambda other: urls.at_place(place, other)),
            clear_url=urls.at_place(place),
            pictures_url=urls.pictures(query),
            contacts=rows([found[id] for id in some if id in found], self._store.newest()),
            total=len(ids),
            previous=urls.at_place(place, urls.turned(query, query.page - 1)) if query.page > 1 else None,
            next=urls.at_place(place, urls.turned(query, query.page + 1)) if offset + PER_PAGE < len(ids) else None,
        )
