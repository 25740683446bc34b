"""The page of pictures."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from rozmova.store import Store
from rozmova.store.browse import Counts
from rozmova.store.counting import Counted, Counting
from rozmova.web import urls
from rozmova.web.pages.figures import Figure, Sums, figures, sums
from rozmova.web.pages.rows import Table
from rozmova.web.pages.timeline import Chip, chips, kept
from rozmova.web.query import Query

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
        return figures(
            self.sums, self.query, urls.timeline, lambda spot: urls.timeline(urls.more(self.query, "place", spot.id))
        )


class Album:
    """The pages of pictures, kept as long as the sums that they show hold."""

    def __init__(self, store: Store, counts: Counts) -> None:
        self._counts, self.counting = counts, Counting(store, counts)
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
            chips=chips(self._counts, query, urls.pictures),
            clear_url=urls.pictures(),
            timeline_url=urls.timeline(query),
            kept=tuple(kept(query)),
            sums=sums(counted),
        )
