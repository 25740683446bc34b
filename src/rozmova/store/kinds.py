"""Numbers of the rows of search: the kind of a row is known from its number alone, without a look at the row.

What is found is counted by kind out of the full text index by itself, and read from the highest number down: merged
contacts before statements before articles, what came last before what came first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, select

from rozmova.store.schema import search

Kind = Literal["contact", "statement", "article"]

SPAN = 10**12
"""So many rows there may be of each kind."""

_CODES: dict[Kind, int] = {"article": 1, "statement": 2, "contact": 3}
KINDS: tuple[Kind, ...] = ("contact", "statement", "article")
"""From the highest numbers to the lowest."""
_KINDS: dict[int, Kind] = {code: kind for kind, code in _CODES.items()}


def kind_of(row: int) -> Kind:
    """The kind of the row with this number."""
    return _KINDS[row // SPAN]


def counted(rows: Iterable[int]) -> Counter[Kind]:
    """How many rows there are of each kind."""
    return Counter({_KINDS[code]: count for code, count in Counter(row // SPAN for row in rows).items()})


def is_kind(column: ColumnElement[Any], kind: Kind) -> ColumnElement[bool]:
    """The condition that a number of a row is one of this kind."""
    start = _CODES[kind] * SPAN
    return column.between(start, start + SPAN - 1)


def numbered(run: Connection, rows: Iterable[tuple[Kind, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """Rows with a number each, after those that there are of their kind; inside the transaction that inserts them."""
    last: dict[Kind, int] = {}
    for kind, row in rows:
        if kind not in last:
            there = select(func.max(search.c.id)).where(is_kind(search.c.id, kind))
            last[kind] = run.scalar(there) or _CODES[kind] * SPAN
        last[kind] += 1
        yield {"id": last[kind], **row}
