"""Days and spans as EDTF and back."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozmova.times import edtf
from rozmova.times.edtf import Span

DAYS = st.dates(date(1800, 1, 1), date(2099, 12, 31))
INTERVALS = st.tuples(DAYS, DAYS).filter(lambda p: p[0] < p[1]).map(lambda p: Span(p[0], p[1], "span"))
ONE = (
    DAYS.map(edtf.day)
    | st.builds(edtf.month, st.integers(1000, 2099), st.integers(1, 12))
    | st.builds(edtf.year, st.integers(1000, 2099))
    | INTERVALS
)


@given(ONE)
def test_a_span_comes_back_from_its_edtf(span: Span) -> None:
    value = edtf.write([span])
    assert value is not None
    assert edtf.read(value) == (span,)


@given(st.sets(DAYS, min_size=1, max_size=12))
def test_a_set_of_days_comes_back_with_every_day(days: set[date]) -> None:
    value = edtf.write(edtf.day(d) for d in days)
    apart = (max(days) - min(days)).days
    if value is None:
        assert apart > 370
        return
    assert set(edtf.days(edtf.read(value))) >= ({min(days), max(days)} if apart > 370 else days)
    assert edtf.bounds(value) == (min(days), max(days))
    if not value.startswith("[") and len(days) > 1:
        assert len(days) == apart + 1


@given(ONE)
def test_doubt_marks_are_passed_over(span: Span) -> None:
    value = str(edtf.write([span]))
    assert edtf.read(value + "?") == edtf.read(value) == edtf.read(value + "~")


@pytest.mark.parametrize(
    ("spans", "value"),
    [
        ([edtf.day(date(2022, 2, 11))], "2022-02-11"),
        ([edtf.month(2022, 2)], "2022-02"),
        ([edtf.year(2022)], "2022"),
        ([Span(date(2022, 2, 11), date(2022, 2, 13), "span")], "2022-02-11/2022-02-13"),
        ([Span(date(2022, 2, 11), date(2022, 2, 11), "span")], "2022-02-11"),
        ([edtf.day(date(2022, 2, 11)), edtf.day(date(2022, 2, 18))], "[2022-02-11,2022-02-18]"),
        ([edtf.day(date(2022, 2, 12)), edtf.day(date(2022, 2, 11))], "2022-02-11/2022-02-12"),
        ([], None),
    ],
)
def test_written(spans: list[Span], value: str | None) -> None:
    assert edtf.write(spans) == value


@pytest.mark.parametrize(
    "value", ["", "yesterday", "2022-13", "2022-02-30", "22-02-11", "11.02.2022", "2022-02-11/", "[]"]
)
def test_what_is_no_edtf_is_refused_with_the_forms_there_are(value: str) -> None:
    with pytest.raises(ValueError, match="write 2022-02-11"):
        edtf.read(value)


def test_a_time_of_day_belongs_to_its_day() -> None:
    assert edtf.read("2022-02-11T18:30:00+02:00") == edtf.read("2022-02-11")


def test_the_days_of_a_span() -> None:
    assert len(edtf.days(edtf.read("2024-02"))) == 29
    assert edtf.days(edtf.read("2000/2022")) == (date(2000, 1, 1), date(2022, 12, 31))
    days = edtf.days(edtf.read("2022-02-11/2022-02-14"))
    assert all(b - a == timedelta(1) for a, b in pairwise(days))
