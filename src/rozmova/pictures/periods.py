"""Days, weeks, months or years: how time is cut into columns, and what is written under them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from rozmova.pictures.records import Period

Unit = Literal["day", "week", "month", "year"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UP_TO: tuple[tuple[int, Unit], ...] = ((31, "day"), (190, "week"), (48 * 31, "month"))
"""The longest span in days that is cut so; a longer one is cut into years."""
_MOST = 400
"""No more columns than this are drawn: a wrong year must not make a picture of a thousand empty ones."""


def unit_for(first: date, last: date) -> Unit:
    """What a span is cut into, so that it gives a handful to some dozens of columns."""
    days = (last - first).days + 1
    return next((unit for most, unit in _UP_TO if days <= most), "year")


def start(day: date, unit: Unit) -> date:
    """First day of the period in which a day lies; weeks begin on Monday."""
    if unit == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def end(first: date, unit: Unit) -> date:
    """Last day of the period that begins on a day."""
    if unit == "day":
        return first
    if unit == "week":
        return date.fromordinal(min(first.toordinal() + 6, date.max.toordinal()))
    if unit == "month":
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first.replace(month=12, day=31)


def period(first: date, unit: Unit) -> Period:
    """The period that begins on a day."""
    return Period(first, end(first, unit), label(first, unit))


def label(first: date, unit: Unit) -> str:
    """A period in words: ``11 Feb 2022``, ``week of 7 Feb 2022``, ``Feb 2022``, ``2022``."""
    month = _MONTHS[first.month - 1]
    return {
        "day": f"{first.day} {month} {first.year}",
        "week": f"week of {first.day} {month} {first.year}",
        "month": f"{month} {first.year}",
        "year": str(first.year),
    }[unit]


def ticks(starts: Sequence[date], unit: Unit) -> list[tuple[str, str]]:
    """For each column what stands under it, and under that: the name of a month or year where one begins."""
    found = []
    before: date | None = None
    for first in starts:
        month = before is None or (first.year, first.month) != (before.year, before.month)
        year = before is None or first.year != before.year
        above, below = {
            "day": (str(first.day), label(first, "month") if month else ""),
            "week": (str(first.day), label(first, "month") if month else ""),
            "month": (_MONTHS[first.month - 1], str(first.year) if year else ""),
            "year": (str(first.year), ""),
        }[unit]
        found.append((above, below))
        before = first
    return found


def starts(first: date, last: date, unit: Unit) -> list[date]:
    """The first days of all periods from one day to another, the last :data:`_MOST` where there are more."""
    found = [start(last, unit)]
    begin = start(first, unit)
    while found[-1] > begin and len(found) < _MOST:
        found.append(start(found[-1] - timedelta(1), unit))
    return found[::-1]
