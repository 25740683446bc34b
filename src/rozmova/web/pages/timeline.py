"""The timeline: contacts by day, what they are filtered by, and the counts that lead on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from rozmova.store.browse import Counts
from rozmova.web import urls, words
from rozmova.web.pages.rows import Day, Table, days, rows, table
from rozmova.web.query import FILTERS, PER_PAGE, Query, sides_of

_ALWAYS = ("channel", "status", "lang")


class FacetValue(Struct, frozen=True, kw_only=True):
    """A value to filter by, how many contacts have it, and the URL that adds it or takes it away."""

    value: str
    label: str
    number: int
    url: str
    chosen: bool


class Facet(Struct, frozen=True, kw_only=True):
    """A kind of filter with its most frequent values."""

    name: str
    heading: str
    values: tuple[FacetValue, ...]


class Chip(Struct, frozen=True, kw_only=True):
    """A filter that is on, and the URL without it."""

    name: str
    label: str
    url: str


class Timeline(Struct, frozen=True, kw_only=True):
    """The page."""

    title: str
    query: Query
    days: tuple[Day, ...]
    total: int
    undated: int
    first: int
    last: int
    pages: int
    previous: str | None
    next: str | None
    order_url: str
    clear_url: str
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    newest: str | None
    kept: tuple[tuple[str, str], ...]
    """The filters that the form does not show and hands on."""

    def table(self) -> Table:
        """The contacts of this page of the timeline."""
        return table(row for day in self.days for row in day.rows)


def timeline(counts: Counts, query: Query) -> Timeline:
    """The view model of the timeline for a query."""
    asked = query.asked()
    newest = counts.newest()
    offset = (query.page - 1) * PER_PAGE
    found = counts.page(asked, offset=offset, limit=PER_PAGE, oldest_first=query.order == "oldest")
    pages = max(1, -(-found.total // PER_PAGE))
    other = replace(query, order="oldest" if query.order == "newest" else "newest", page=1)
    return Timeline(
        title="Timeline",
        query=query,
        days=days(rows(found.contacts, newest)),
        total=found.total,
        undated=found.undated,
        first=offset + 1 if found.contacts else 0,
        last=offset + len(found.contacts),
        pages=pages,
        previous=urls.page(query, min(query.page - 1, pages)) if query.page > 1 else None,
        next=urls.page(query, query.page + 1) if query.page < pages else None,
        order_url=urls.timeline(other),
        clear_url=urls.timeline(),
        chips=_chips(counts, query),
        facets=_facets(counts, query),
        newest=newest,
        kept=tuple(_kept(query)),
    )


def _kept(query: Query) -> Iterator[tuple[str, str]]:
    first = query.party[:1]
    for name, value in urls.parameters(replace(query, page=1, since="", until="")):
        if (name, value) != ("disputed", "any") and not (name == "party" and value in first):
            yield name, value


def _chips(counts: Counts, query: Query) -> tuple[Chip, ...]:
    sides = {pair: sides_of(pair) for pair in query.pair}
    names = counts.labels([*query.party, *(side for two in sides.values() for side in two)])
    names |= counts.labels(query.place, "place")
    found: list[Chip] = []
    for name in FILTERS:
        value = getattr(query, name)
        for one in value if isinstance(value, tuple) else filter(None, [value]):
            if name in ("since", "until"):
                label = f"{name} {words.date(one)}"
            elif name == "disputed":
                label = f"disputed: {words.field(one)}"
            elif name == "pair":
                label = " – ".join(names.get(side, words.state(side)) for side in sides[one])
            else:
                label = names.get(one, words.facet(name, one))
            found.append(Chip(name=name, label=label, url=urls.without_value(query, name, one)))
    return tuple(found)


def _facets(counts: Counts, query: Query) -> tuple[Facet, ...]:
    by_kind = counts.of(query.asked())
    names = {
        (kind, id): name
        for kind in ("party", "place")
        for id, name in counts.labels((c.value for c in by_kind[kind]), kind).items()
    }
    found: list[Facet] = []
    for kind, heading in words.FACETS.items():
        chosen = getattr(query, kind)
        values = tuple(
            FacetValue(
                value=c.value,
                label=names.get((kind, c.value)) or words.facet(kind, c.value),
                number=c.number,
                url=(urls.without_value if c.value in chosen else urls.with_value)(query, kind, c.value),
                chosen=c.value in chosen,
            )
            for c in by_kind.get(kind, ())
        )
        if len(values) > 1 or kind in _ALWAYS or any(v.chosen for v in values) or (values and kind == "disputed"):
            found.append(Facet(name=kind, heading=heading, values=values))
    return tuple(facet for facet in found if facet.values)
