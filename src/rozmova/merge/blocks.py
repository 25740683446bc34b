"""Keys under which two accounts may meet, so that nobody has to compare every account with every other.

A key is an unordered pair of sides (affiliations) with a day or a month. Affiliations do for people as well: an account
that names a person and one that names only the state must meet too. Two accounts without a common key are never one
contact; there are enough keys that the comparisons of :mod:`rozmova.merge.compare` could not allow it either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from itertools import combinations

from rozmova.merge.accounts import PENDING, Told
from rozmova.merge.timing import AHEAD, LAG

Key = tuple[str, str, int]
"""Two sides, and the ordinal of a day or the number of a month (counted from the year 0)."""
_MOST_MONTHS = 24
"""A date vaguer than this says nothing; only its first months count."""


def keys(told: Told) -> Iterator[Key]:
    """Where this account looks for others: the months in which its contact may have been, for each pair of sides."""
    months = _months(told)
    for a, b in _pairs(told):
        yield from ((a, b, month) for month in months)


def day_keys(told: Told) -> Iterator[Key]:
    """The same with the very day, for an account that is sure of one; none otherwise.

    A moment also has its day in UTC: "late on Monday" in Washington is Tuesday in Kyiv. Those who tell of a day from
    which the contact was moved meet there those who still plan it for that day.
    """
    if told.exact:
        days = {told.exact.toordinal()}
        if told.instant is not None:
            days.add(told.instant.astimezone(UTC).date().toordinal())
        for span in told.moved:
            days.update(range(span.first.toordinal(), span.last.toordinal() + 1))
        yield from ((a, b, day) for a, b in _pairs(told) for day in sorted(days))


def filed(told: Told) -> tuple[Key, ...]:
    """All keys under which others find this account."""
    return *day_keys(told), *keys(told)


def sought(told: Told) -> tuple[Key, ...]:
    """The keys under which this account looks for what chose before it.

    Accounts sure of a day choose before all others, so the same day is the only place where they can meet.
    """
    return tuple(day_keys(told)) or tuple(keys(told))


def reach(told: Told) -> tuple[int, int]:
    """Ordinals of the first and the last day that the contact of this account may have; no day: nobody can tell."""
    spans = _spans(told)
    if not spans:
        return 1, 0
    return min(first for first, _ in spans).toordinal(), max(last for _, last in spans).toordinal()


def _pairs(told: Told) -> Iterator[tuple[str, str]]:
    names = sorted(told.sides)
    return combinations(names, 2) if len(names) > 1 else iter([(name, name) for name in names])


def _spans(told: Told) -> list[tuple[date, date]]:
    spans = [(span.first, span.last) for span in told.days]
    if not spans and told.published:
        status = told.account.contact.status
        before = timedelta(0) if status in PENDING else LAG
        after = AHEAD if status in PENDING else LAG
        spans = [(told.published.first - before, told.published.last + after)]
    return spans + [(span.first, span.last) for span in told.moved]


def _months(told: Told) -> list[int]:
    seen: set[int] = set()
    for first, last in _spans(told):
        seen.update(range(12 * first.year + first.month - 1, 12 * last.year + last.month)[:_MOST_MONTHS])
    return sorted(seen)
