"""Many rows or values in statements of bearable size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, insert

MANY = 500
"""Rows or values of one statement: SQLite takes up to 32,766 values."""

T = TypeVar("T")


def portions(values: Iterable[T], most: int = MANY) -> Iterator[list[T]]:
    """The values in lists short enough for one statement."""
    rest = iter(values)
    while some := list(islice(rest, most)):
        yield some


def insert_all(run: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, any number of them."""
    if found := list(rows):
        run.execute(insert(table), found)
