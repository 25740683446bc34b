"""Sets of days as numbers: every operation is held against the plain one on sets of dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozmova.dating import daysets
from rozmova.times import edtf

DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
SETS = st.frozensets(DAYS, min_size=1, max_size=6)
STEPS = st.integers(-400, 400)


def number(days: frozenset[date]) -> int:
    found = 0
    for day in days:
        found |= daysets.between(day, day)
    return found


def back(found: int) -> frozenset[date]:
    return frozenset(daysets.days(found))


@given(SETS)
def test_days_go_in_and_come_out(days: frozenset[date]) -> None:
    assert back(number(days)) == days
    assert daysets.count(number(days)) == len(days)
    assert daysets.is_bounded(number(days))


@given(SETS, STEPS, st.integers(0, 40))
def test_moving_is_adding_days(days: frozenset[date], least: int, width: int) -> None:
    wanted = {day + timedelta(n) for day in days for n in range(least, least + width + 1)}
    assert back(daysets.moved(number(days), least, least + width)) == wanted


@given(SETS, STEPS)
def test_moving_without_limit_reaches_the_end_of_time(days: frozenset[date], step: int) -> None:
    later = daysets.moved(number(days), step, None)
    assert min(daysets.days(later)) == max(daysets.FIRST, min(days) + timedelta(step))
    assert not daysets.is_bounded(later)
    earlier = daysets.moved(number(days), None, step)
    assert max(daysets.days(earlier)) == max(days) + timedelta(step)


@given(SETS, st.integers(-30, 30))
def test_moving_by_months_gives_whole_months(days: frozenset[date], by: int) -> None:
    wanted = set()
    for day in days:
        year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
        span = edtf.month(year, month + 1)
        wanted |= {span.first + timedelta(n) for n in range((span.last - span.first).days + 1)}
    assert back(daysets.moved_by_units(number(days), "month", by, by)) == wanted


@given(SETS, st.integers(-30, 30))
def test_moving_by_units_without_limit_ends_with_a_whole_unit(days: frozenset[date], by: int) -> None:
    whole = back(daysets.moved_by_units(number(days), "month", by, by))
    assert min(daysets.days(daysets.moved_by_units(number(days), "month", by, None))) == min(whole)
    assert max(daysets.days(daysets.moved_by_units(number(days), "month", None, by))) == max(whole)


@given(DAYS, st.integers(-60, 60))
def test_moving_by_weeks_keeps_to_monday_and_sunday(day: date, by: int) -> None:
    found = sorted(daysets.days(daysets.moved_by_units(number(frozenset([day])), "week", by, by)))
    assert [d.isoweekday() for d in found] == [1, 2, 3, 4, 5, 6, 7]
    assert found[0] == day - timedelta(day.isoweekday() - 1) + timedelta(7 * by)


@given(DAYS)
def test_patterns_hold_their_day(day: date) -> None:
    one = number(frozenset([day]))
    for pattern in (f"XXXX-{day:%m-%d}", f"XXXX-{day:%m}", f"XXXX-XX-{day:%d}", f"XXXX-WXX-{day.isoweekday()}",
                    f"{day:%Y}", f"{day:%Y-%m}", day.isoformat()):  # fmt: skip
        assert daysets.matching(pattern) & one, pattern
    other = day + timedelta(1)
    assert not daysets.matching(f"XXXX-WXX-{other.isoweekday()}") & one
    assert not daysets.matching(f"XXXX-XX-{other:%d}") & one


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        daysets.matching("some day")


@given(SETS)
def test_days_are_written_as_edtf_that_reads_back(days: frozenset[date]) -> None:
    runs = list(daysets.runs(number(days)))
    assert {a + timedelta(n) for a, b in runs for n in range((b - a).days + 1)} == days
    written = edtf.write_runs(runs)
    assert written is not None
    spans = edtf.read(written)
    assert {s.first + timedelta(n) for s in spans for n in range((s.last - s.first).days + 1)} == days
