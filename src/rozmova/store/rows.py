"""Many rows or values in statements of bearable size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, String, Table, cast, func, insert, select

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


def values(run: Connection, query: Select[Any]) -> list[str]:
    """The values of the one column of a query, in its order: texts without line ends, or numbers as texts; no nulls.

    They come as one text: between one row and the next other threads have their turn, and thousands of turns are long.
    """
    column = query.subquery().c[0]
    line: str | None = run.scalar(select(func.aggregate_strings(cast(column, String), "\n")))
    return [] if line is None else line.split("\n")


def numbers(run: Connection, query: Select[Any]) -> list[int]:
    """As :func:`values`, for whole numbers."""
    return [int(value) for value in values(run, query)]
