"""Contacts over time: every contact is drawn or told, and the table says the same as the picture."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from rozmova.pictures import Bar, Period, Picture, contacts_over_time
from rozmova.pictures.periods import Unit

SVG = "{http://www.w3.org/2000/svg}"


def titles(picture: Picture) -> list[str]:
    """What the marks say when pointed at, not what the picture is called."""
    root = ElementTree.fromstring(picture.svg)
    return [node.text or "" for node in root.iter(f"{SVG}title") if "id" not in node.attrib]


def drawn(picture: Picture) -> int:
    """The contacts in pieces of columns, read back from the picture."""
    pieces = [re.fullmatch(r".*, .*: (\d+) contacts?", title) for title in titles(picture)]
    return sum(int(piece[1]) for piece in pieces if piece)


def many(count: int) -> list[Bar]:
    chance = random.Random(7)
    channels = ("in_person", "video", "phone", "letter", "unspecified")
    first = date(2019, 3, 1)
    days = [first + timedelta(chance.randrange(900)) for _ in range(count)]
    return [Bar(day, day, chance.choice(channels)) for day in days]


@pytest.mark.parametrize("unit", ["week", "month", "year"])
def test_the_table_counts_what_is_drawn(unit: Unit) -> None:
    picture = contacts_over_time(many(500), unit=unit)
    rows = [[int(cell) for cell in row.cells[1:]] for row in picture.table.rows]
    assert sum(row[-1] for row in rows) == drawn(picture) == 500
    assert all(sum(row[:-1]) == row[-1] for row in rows)


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        (date(2022, 1, 1), date(2022, 1, 1), "day"),
        (date(2022, 1, 1), date(2022, 1, 31), "day"),
        (date(2022, 1, 1), date(2022, 6, 1), "week"),
        (date(2021, 1, 1), date(2022, 6, 1), "month"),
        (date(1991, 1, 1), date(2022, 6, 1), "year"),
    ],
)
def test_the_span_chooses_the_unit(first: date, last: date, unit: str) -> None:
    picture = contacts_over_time([Bar(first, first, "phone"), Bar(last, last, "phone")])
    assert picture.table.columns[0] == unit


def test_a_date_wider_than_a_column_is_told_and_not_drawn() -> None:
    bars = [
        Bar(date(2022, 1, 3), date(2022, 1, 5), "phone"),  # one week
        Bar(date(2022, 1, 3), date(2022, 1, 20), "phone", 2),  # three weeks
        Bar(None, None, "letter", 4),
    ]
    picture = contacts_over_time(bars, unit="week")
    assert drawn(picture) == 1
    assert "and 6 contacts without a date so exact" in picture.svg
    assert picture.table.rows[-1].cells == ("without a date so exact", 2, 4, 6)


def test_every_piece_and_every_row_leads_to_its_list() -> None:
    asked: list[tuple[str | None, str | None]] = []

    def link(period: Period | None, channel: str | None) -> str:
        asked.append((period.label if period else None, channel))
        return f"/timeline?since={period.first if period else ''}&channel={channel or ''}"

    picture = contacts_over_time([Bar(date(2022, 2, 11), date(2022, 2, 11), "phone")], link)
    assert ("11 Feb 2022", "phone") in asked
    hrefs = [node.get("href") for node in ElementTree.fromstring(picture.svg).iter(f"{SVG}a")]
    assert "/timeline?since=2022-02-11&channel=phone" in hrefs
    assert picture.table.rows[0].href == "/timeline?since=2022-02-11&channel="


def test_no_address_that_runs_a_script() -> None:
    picture = contacts_over_time(many(3), lambda *_: " javascript:alert(1)")
    assert "javascript" not in picture.svg


def test_hostile_channels_stay_text() -> None:
    hostile = "\"><script>alert('1')</script>\x00"
    picture = contacts_over_time([Bar(date(2022, 1, 1), date(2022, 1, 1), hostile)], title=hostile, name=hostile)
    root = ElementTree.fromstring(picture.svg)
    assert not list(root.iter(f"{SVG}script"))
    assert any("<script>" in title for title in titles(picture))
    assert {"style", "onclick"}.isdisjoint(key for node in root.iter() for key in node.attrib)


def test_nothing_gives_a_picture_that_says_so() -> None:
    picture = contacts_over_time([])
    assert "No contacts" in picture.svg
    assert picture.table.rows == ()
    ElementTree.fromstring(picture.svg)


@pytest.mark.parametrize("wide", [360, 880])
def test_a_wrong_year_does_not_make_endless_columns(wide: float) -> None:
    bars = [Bar(day, day, "phone") for day in (date(1, 1, 1), date(2022, 1, 1), date(9999, 12, 31))]
    picture = contacts_over_time(bars, unit="day", wide=wide)
    assert len(picture.svg) < 60_000
    assert "2 contacts before, see the table" in picture.svg
    assert len(picture.table.rows) == 3


def test_the_same_data_give_the_same_picture_in_any_order() -> None:
    bars = many(80)
    assert contacts_over_time(bars) == contacts_over_time(bars[::-1])
