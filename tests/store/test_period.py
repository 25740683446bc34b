"""The days an EDTF date allows."""

from __future__ import annotations

import pytest

from rozmova.store.period import period


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2021-12-30", "2021-12-30", "2021-12-30"),
        ("2021-12-30T15:35:00-05:00", "2021-12-30", "2021-12-30"),
        ("2021-12-30?", "2021-12-30", "2021-12-30"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2020-02~", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("[2021-12-23,2021-12-30]", "2021-12-23", "2021-12-30"),
        ("[2021-12-30, 2021-12-23]", "2021-12-23", "2021-12-30"),
        ("2021-12-30/2022-01", "2021-12-30", "2022-01-31"),
    ],
)
def test_a_date_allows_its_days(edtf: str, first: str, last: str) -> None:
    assert period(edtf) == (first, last)


@pytest.mark.parametrize(
    "text", [None, "", "soon", "2022-13", "2022-02-30", "2022-00-10", "0000-01-01", "..", "[2022,x]"]
)
def test_what_is_no_date_allows_none(text: str | None) -> None:
    assert period(text) is None
