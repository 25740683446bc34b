"""Sets of days as whole numbers: bit ``n`` stands for the ``n``-th day since :data:`FIRST`.

So a day set of sixty years is 2.7 KB, "ten days later" is a shift, and "both" is an ``&``: what the sentences of many
articles leave of a date is worked out in microseconds, exactly, whatever gaps the set has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise

from rozmova.times import edtf

FIRST, LAST = date(1990, 1, 1), date(2049, 12, 31)
SIZE = (LAST - FIRST).days + 1
_END = LAST + timedelta(1)
ALL = (1 << SIZE) - 1
"""Every day that an article may have come out on."""

_ANY_DAY = re.compile(r"XXXX-(?:(?P<month>\d\d)|XX)(?:-(?P<day>\d\d))?")
_ANY_WEEKDAY = re.compile(r"XXXX-WXX-(?P<weekday>[1-7])")


def between(first: date, last: date) -> int:
    """The days from ``first`` to ``last``, both included, as far as they lie in the sixty years."""
    low, high = max(0, (first - FIRST).days), min(SIZE - 1, (last - FIRST).days)
    return ((1 << (high - low + 1)) - 1) << low if low <= high else 0


@lru_cache(maxsize=4096)
def matching(pattern: str) -> int:
    """The days of an EDTF value, or of a TIMEX3 one with unknown digits: ``XXXX-12-07``, ``XXXX-06``, ``XXXX-WXX-4``.

    Raises ``ValueError`` for anything else.
    """
    if match := _ANY_WEEKDAY.fullmatch(pattern):
        weekday = int(match["weekday"])
        return _of(day for day in _every() if day.isoweekday() == weekday)
    if match := _ANY_DAY.fullmatch(pattern):
        month, number = match["month"], match["day"]
        return _of(
            day for day in _every()
            if (month is None or day.month == int(month)) and (number is None or day.day == int(number))
        )  # fmt: skip
    found = 0
    for span in edtf.read(pattern):
        found |= between(span.first, span.last)
    return found


def _every() -> Iterator[date]:
    return (FIRST + timedelta(n) for n in range(SIZE))


def _of(days: Iterable[date]) -> int:
    found = bytearray(SIZE // 8 + 1)
    for day in days:
        n = (day - FIRST).days
        found[n >> 3] |= 1 << (n & 7)
    return int.from_bytes(found, "little")


def days(found: int) -> Iterator[date]:
    """The days of a set, in order."""
    while found:
        lowest = found & -found
        yield FIRST + timedelta(lowest.bit_length() - 1)
        found ^= lowest


def runs(found: int) -> Iterator[tuple[date, date]]:
    """First and last day of each unbroken run of days in a set, in order."""
    while found:
        low = (found & -found).bit_length() - 1
        rest = (found >> low) + 1
        length = (rest & -rest).bit_length() - 1  # the ones at the end of the number
        yield FIRST + timedelta(low), FIRST + timedelta(low + length - 1)
        found &= -1 << (low + length)


def count(found: int) -> int:
    """How many days a set has."""
    return found.bit_count()


def is_bounded(found: int) -> bool:
    """True when a set is neither empty nor open at either end."""
    return bool(found) and not found & 1 and not found >> (SIZE - 1)


def moved(found: int, least: int | None, most: int | None) -> int:
    """The days that lie at least ``least`` and at most ``most`` days after some day of a set; None is without limit."""
    if not found:
        return 0
    low = None if least is None else (found & -found).bit_length() - 1 + least
    high = None if most is None else found.bit_length() - 1 + most
    if least is None or most is None:
        first = 0 if low is None else max(0, low)
        last = SIZE - 1 if high is None else min(SIZE - 1, high)
        return ((1 << (last - first + 1)) - 1) << first if first <= last else 0
    spread, width = found, 1
    while width < most - least + 1:  # doubling: each step spreads the set by as much as it has so far
        step = min(width, most - least + 1 - width)
        spread |= spread << step
        width += step
    return (spread << least if least >= 0 else spread >> -least) & ALL


@cache
def _blocks(unit: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The weeks (Monday to Sunday), months or years of the sixty years: number of the first day, and the days."""
    firsts = [
        day for day in _every()
        if (unit == "week" and day.isoweekday() == 1)
        or (unit != "week" and day.day == 1 and (unit == "month" or day.month == 1))
    ]  # fmt: skip
    pairs = list(pairwise([FIRST, *firsts[firsts[0] == FIRST :], _END]))
    return tuple((a - FIRST).days for a, _ in pairs), tuple(between(a, b - timedelta(1)) for a, b in pairs)


def moved_by_units(found: int, unit: str, least: int | None, most: int | None) -> int:
    """The whole weeks, months or years that lie ``least`` to ``most`` units after one that has a day of the set."""
    if not found:
        return 0
    starts, blocks = _blocks(unit)
    first = bisect_right(starts, (found & -found).bit_length() - 1) - 1
    last = bisect_right(starts, found.bit_length() - 1) - 1
    if least is None or most is None:
        low = 0 if least is None else max(0, first + least)
        high = len(blocks) - 1 if most is None else min(len(blocks) - 1, last + most)
        return _from_to(blocks, low, high)
    result = 0
    for n in range(first, last + 1):
        if blocks[n] & found:
            result |= _from_to(blocks, max(0, n + least), min(len(blocks) - 1, n + most))
    return result


def _from_to(blocks: tuple[int, ...], low: int, high: int) -> int:
    """The days from the beginning of one block to the end of another."""
    if low > high:
        return 0
    first = (blocks[low] & -blocks[low]).bit_length() - 1
    return ((1 << (blocks[high].bit_length() - first)) - 1) << first
