"""Dates of publication given by hand are checked, and a bad one is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rozmova.errors import InputError
from rozmova.sources.dates import check_published, read_dates


@pytest.mark.parametrize(
    "value", ["2021-12-30", "2021-12", "2021", "2021-12-30T15:35", "2021-12-30T15:35:00Z", "2021-12-30T15:35:00+02:00"]
)
def test_days_months_years_and_moments_are_taken(value: str) -> None:
    assert check_published(f" {value} ") == value


@pytest.mark.parametrize(
    "value", ["", "30.12.2021", "2021-13", "2021-02-30", "2021-12-30T25:00", "today", "0000-01-01"]
)
def test_other_dates_are_refused(value: str) -> None:
    with pytest.raises(InputError) as refusal:
        check_published(value)
    assert "2021-12-30" in refusal.value.hint


def table(folder: Path, lines: str) -> Path:
    (folder / "a.txt").write_text("text")
    file = folder / "dates.csv"
    file.write_text(lines, encoding="utf-8-sig")
    return file


def test_a_table_gives_a_date_for_each_file(tmp_path: Path) -> None:
    dates = read_dates(table(tmp_path, "outlet,path,published\r\nX,a.txt,2022-01-05\r\n"))
    assert dates == {tmp_path / "a.txt": "2022-01-05"}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("file,published\na.txt,2022-01-05\n", "no column path"),
        ("path,published\na.txt,2022-01-05\na.txt,05.01.2022\n", "line 3: '05.01.2022' is not a date"),
        ("path,published\nb.txt,2022-01-05\n", "line 2: there is no file"),
        ("path,published\na.txt\n", "line 2: '' is not a date"),
        ("path,published\n,2022-01-05\n", "line 2: no path"),
        ("path,published\na.txt,2022-01-05\na.txt,2022-01-06\n", "line 3: a second date"),
        ('path,published\n"a.txt,2022-01-05\n', "cannot be read as a CSV table"),
        ("", "no column path and no column published"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_dates(table(tmp_path, lines))
    assert message in refusal.value.message
    assert "dates.csv" in refusal.value.message


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_dates(tmp_path / "no.csv")
