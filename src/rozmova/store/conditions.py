"""What the filters of a query ask of a row of search: which facets it has, and when it was.

Filters on contacts ask that a row tells of such a contact, all of them of one; a statement is asked by whom and to
whom it was made as a contact is by its sides. What few rows have is looked up first; what many have is asked of one row
after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, not_, select, true

from rozmova.errors import InputError
from rozmova.store.facets import OF_SOURCE
from rozmova.store.filters import Called
from rozmova.store.fulltext import OfId
from rozmova.store.query import MOST, Filter, Query
from rozmova.store.schema import search, search_facets

_FEW = 5000
"""So many rows with a facet are looked up first."""

_MOST_NAMED = 20
_MOST_CALLED = 10_000
"""So many names may have the words of one: each is a value of the statement, and SQLite takes 32,766."""

_EITHER = frozenset({"channel", "status", "place", *OF_SOURCE})
"""Filters of which a thing has one value: given twice, either will do. Of the others all must fit."""

_ROW = search.alias("one")
_TABLES = tuple(search_facets.alias(f"facet_{n}") for n in range(2 * MOST))
"""For each facet of a query one; to make them for every query would take longer than some queries do."""


class AnyOf(Struct, frozen=True):
    """A facet: its kind, and the values of which one will do."""

    kind: str
    values: tuple[str, ...]


class Group(Struct, frozen=True):
    """Facets that one and the same must have, the rarest first: the row itself, or one contact of which it tells.

    ``tables`` are those of the facets, which no other group of the query has.
    """

    facets: tuple[AnyOf, ...]
    tables: tuple[FromClause, ...]
    few: bool
    exclude: bool

    def hold(self, row: ColumnElement[int]) -> ColumnElement[bool]:
        """The row with this number has them."""
        here = row.in_(self.rows()) if self.few else self.rows(row).exists()
        return not_(here) if self.exclude else here

    def rows(self, row: ColumnElement[int] | None = None) -> Select[tuple[int]]:
        """The numbers of the rows that have them, some more than once; with ``row`` its own, if it has."""
        first, *others = self.tables
        query = select(first.c.search)
        for table, facet in zip(self.tables, self.facets, strict=True):
            query = query.where(table.c.kind == facet.kind, table.c.value.in_(facet.values))
        for other in others:  # by the sum the database begins with the first
            query = query.where(other.c.search == first.c.search + 0, other.c.contact == first.c.contact)
        return query if row is None else query.where(first.c.search == row)


class Conditions:
    """All that the filters of a query ask, but for the kind of result."""

    def __init__(self, run: Connection, query: Query) -> None:
        """Raises :class:`InputError` for an outlet of which there is no article, or a name that too many have."""
        self._times = [f for f in query.filters if f.period]
        groups, tables = [], iter(_TABLES)
        for facets, exclude in _wanted(run, query):
            numbers = {facet: _number(run, facet) for facet in facets}
            rarest = tuple(sorted(numbers, key=numbers.__getitem__))
            few = numbers[rarest[0]] <= _FEW
            groups.append(Group(rarest, tuple(islice(tables, len(rarest))), few, exclude))
        self._groups = sorted(groups, key=lambda group: (group.exclude, not group.few))

    def __bool__(self) -> bool:
        return bool(self._times or self._groups)

    def hold(self, id: ColumnElement[int]) -> ColumnElement[bool]:
        """All holds of the row with this number, which is looked at where all else about it is true."""
        groups = and_(true(), *(group.hold(id + 0) for group in self._groups))
        return groups & self._timely(id + 0) if self._times else groups

    def of_search(self) -> ColumnElement[bool]:
        """All holds of a row of the table ``search``."""
        when = (_when(f, search) for f in self._times)
        return and_(true(), *(group.hold(search.c.id) for group in self._groups), *when)

    def among(self, found: FromClause) -> Select[tuple[int]]:
        """Those of what was found, by its column ``id``, of which all holds."""
        id = found.c.id
        # By the sum the database begins with what was found: it would look all of it up for each row of a filter.
        query = select(id).where(*(group.hold(id + 0) for group in self._groups))
        if self._times:  # a join is quicker than to ask whether there is such a row
            query = query.join(_ROW, _ROW.c.id == id + 0).where(*(_when(f, _ROW) for f in self._times))
        return query

    def rows(self, also: OfId) -> FromClause:
        """The rows of which all holds, and something else of their number, by the column ``id``."""
        if not self._groups or self._groups[0].exclude:
            return select(search.c.id).where(self.of_search(), also(search.c.id)).subquery()
        first, *others = self._groups
        rows = first.rows()
        (id,) = rows.selected_columns
        query = rows.with_only_columns(id.label("id")).where(also(id), *(group.hold(id) for group in others))
        return (query.where(self._timely(id)) if self._times else query).distinct().subquery()

    def _timely(self, row: ColumnElement[int]) -> ColumnElement[bool]:
        return select(_ROW.c.id).where(_ROW.c.id == row, *(_when(f, _ROW) for f in self._times)).exists()


def _when(f: Filter, row: FromClause) -> ColumnElement[bool]:
    """The condition of a filter of time on the columns of a row of search."""
    assert f.period is not None
    if f.name == "before":
        here = row.c.first < f.period.first
    elif f.name == "after":
        here = row.c.last > f.period.last
    else:
        here = and_(row.c.first <= f.period.last, row.c.last >= f.period.first)
    return not_(func.coalesce(here, False)) if f.exclude else here


def _wanted(run: Connection, query: Query) -> Iterator[tuple[list[AnyOf], bool]]:
    """The facets of each group that a query asks for, and whether it excludes what has them."""
    told: list[AnyOf] = []
    either: dict[str, list[str]] = {}
    for f in query.filters:
        if f.period or f.name == "kind":
            continue
        facets = _facets(run, f)
        if f.exclude:
            yield facets, True
        elif f.name in _EITHER:
            either.setdefault(f.name, []).extend(f.values)
        else:
            told += facets
    for name, values in either.items():
        one = AnyOf(name, tuple(dict.fromkeys(values)))
        if name in OF_SOURCE:
            yield [one], False
        else:
            told.append(one)
    if told:
        yield told, False


def _number(run: Connection, facet: AnyOf) -> int:
    """How many rows have a facet, or one more than few."""
    f = search_facets.c
    some = select(f.search).where(f.kind == facet.kind, f.value.in_(facet.values)).limit(_FEW + 1).subquery()
    return run.scalar(select(func.count()).select_from(some)) or 0


def _facets(run: Connection, f: Filter) -> list[AnyOf]:
    """What a filter asks for."""
    if f.name == "party":
        called = Called(f.values[0])
        names = _values(run, "side", " ", "!") if called.words else []
        named = [name for name in names if all(word in name for word in called.words)]
        if len(named) > _MOST_CALLED:
            raise InputError(f"{len(named)} names have the words {f.values[0]!r}", "give more of the name")
        return [AnyOf("side", tuple(dict.fromkeys((*called.ids, called.affiliation, *named))))]
    if f.name in ("state", "pair"):
        return [AnyOf("side", (code,)) for code in f.values]
    if f.name == "outlet":
        _check_outlet(run, f.values[0])
    return [AnyOf(f.name, f.values)]


def _check_outlet(run: Connection, outlet: str) -> None:
    if not _number(run, AnyOf("outlet", (outlet,))):
        known = _values(run, "outlet")
        some = ", ".join(known[:_MOST_NAMED]) + (", ..." if len(known) > _MOST_NAMED else "")
        raise InputError(f"no article comes from the outlet {outlet!r}", f"there are: {some or 'none with a name'}")


def _values(run: Connection, kind: str, since: str = "", before: str | None = None) -> list[str]:
    """The values of a kind in their order: from one to the next, for each may stand in thousands of rows."""
    f = search_facets.c
    here = f.kind == kind if before is None else and_(f.kind == kind, f.value < before)
    walk = select(func.min(f.value).label("value")).where(here, f.value >= since).cte(recursive=True)
    following = select(func.min(f.value)).where(here, f.value > walk.c.value).scalar_subquery()
    walk = walk.union_all(select(following).where(walk.c.value.is_not(None)))
    return [value for value in run.scalars(select(walk.c.value)) if value is not None]
