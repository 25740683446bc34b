"""The days an EDTF date allows, as text for sorting and filtering."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rozmova.errors import InputError
from rozmova.times import edtf


class Period(NamedTuple):
    """From the first day to the last, both included, as ISO dates: text that sorts as time does."""

    first: str
    last: str


@lru_cache(maxsize=20_000)
def period(date: str | None) -> Period | None:
    """The days a date allows: of a month all of it, of a set ``[a,b]`` from the earliest to the latest.

    A moment counts on the day it is written with. None for null and for what is no EDTF the product writes.
    """
    try:
        first, last = edtf.bounds(date or "")
    except ValueError:
        return None
    return Period(first.isoformat(), last.isoformat())


def read_period(value: str) -> Period:
    """The days of a date given by hand. Raises :class:`InputError` when it is none."""
    found = period(value)
    if found is None:
        raise InputError(f"{value!r} is not a date", "write 2021-12-30, 2021-12 or 2021")
    return found
