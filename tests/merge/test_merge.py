"""Which accounts are one contact, and what the merged contact says."""

from __future__ import annotations

from typing import Any

import pytest

from merge.newsroom import Newsroom, contact, party
from rozmova.merge import merge
from rozmova.records import Contact, MergedContact


def one(*contacts: tuple[str | None, Contact]) -> MergedContact:
    """The only contact of articles with these days of publication."""
    (found,) = merge(told(*contacts))
    return found


def number(*contacts: tuple[str | None, Contact]) -> int:
    """How many contacts the articles tell of."""
    return len(merge(told(*contacts)))


def told(*contacts: tuple[str | None, Contact]) -> list[Any]:
    room = Newsroom()
    for published, said in contacts:
        room.tell(published, said)
    return room.readings


SAME: list[tuple[str, list[tuple[str | None, Contact]]]] = [
    ("announced, then held", [
        ("2022-02-11", contact(date="2022-02-12", status="planned")), ("2022-02-13", contact(date="2022-02-12"))]),
    ("a month and its day", [("2022-01-03", contact(date="2021-12")), ("2021-12-31", contact(date="2021-12-30"))]),
    ("phone or video on one day", [
        ("2021-12-08", contact(date="2021-12-07")), ("2021-12-08", contact(date="2021-12-07", channel="video"))]),
    ("no channel said", [
        ("2021-12-08", contact(date="2021-12-07")), ("2021-12-08", contact(date="2021-12-07", channel="unspecified"))]),
    ("a state for its president", [
        ("2022-02-02", contact("Johnson/GBR", "Zelenskyy/UKR", date="2022-02-01", channel="in_person")),
        ("2022-02-17", contact("Johnson/GBR", "state:Ukraine/UKR", date="2022-02-01", channel="in_person"))]),
    ("an office for its holder, without a date", [
        ("2022-02-02", contact("Biden/USA", party("Putin/RUS", "President"), status="planned")),
        ("2022-02-03", contact("Biden/USA", party("office:President of Russia/RUS", "President"), status="planned"))]),
    ("fresh news without a date", [("2022-02-23", contact(date="2022-02-22")), ("2022-02-24", contact())]),
    ("a plan without a date", [
        ("2022-02-08", contact(status="planned")), ("2022-02-13", contact(date="2022-02-12"))]),
    ("a proposal from the same side", [
        ("2021-04-14", contact(status="proposed", initiator="USA", channel="in_person")),
        ("2021-05-26", contact(date="2021-06-16", status="planned", initiator="x:biden", channel="in_person")),
        ("2021-06-17", contact(date="2021-06-16", channel="in_person", place="Geneva"))]),
    ("a town and its state", [
        ("2021-06-20", contact(date="2021-06", channel="in_person", place="Geneva")),
        ("2021-05-20", contact(date="2021-06", channel="in_person", place="Switzerland", status="planned"))]),
    ("ministers beside the presidents", [
        ("2021-06-17", contact(date="2021-06-16")),
        ("2021-06-17", contact("Putin/RUS", "Biden/USA", "Lavrov/RUS", "Blinken/USA", date="2021-06-16"))]),
    ("one of a large group left out", [
        ("2022-02-08", contact("A/FRA", "B/DEU", "C/POL", "D/UKR", date="2022-02-08")),
        ("2022-02-08", contact("A/FRA", "B/DEU", "C/POL", date="2022-02-08"))]),
    ("an uncertain day", [("2022-01-02", contact(date="2021-12-31?")), ("2022-01-01", contact(date="2021-12-30"))]),
]  # fmt: skip

APART: list[tuple[str, list[tuple[str | None, Contact]]]] = [
    ("a week apart", [("2022-02-02", contact(date="2022-02-01")), ("2022-02-09", contact(date="2022-02-08"))]),
    ("a day apart", [("2022-02-02", contact(date="2022-02-01")), ("2022-02-03", contact(date="2022-02-02"))]),
    ("news without a date, a week apart", [("2022-02-02", contact()), ("2022-02-09", contact())]),
    ("news without a date, a week after", [("2022-02-02", contact(date="2022-02-01")), ("2022-02-09", contact())]),
    ("nobody knows when", [(None, contact()), (None, contact())]),
    ("other people", [
        ("2022-02-23", contact("Biden/USA", "Kuleba/UKR", date="2022-02-22")),
        ("2022-02-23", contact("Blinken/USA", "Kuleba/UKR", date="2022-02-22"))]),
    ("the ministers on the margins", [
        ("2021-06-17", contact("Lavrov/RUS", "Blinken/USA", date="2021-06-16")),
        ("2021-06-17", contact("Putin/RUS", "Biden/USA", "Lavrov/RUS", "Blinken/USA", date="2021-06-16"))]),
    ("two of three", [
        ("2022-02-08", contact("A/FRA", "B/DEU", "C/POL", date="2022-02-08")),
        ("2022-02-08", contact("A/FRA", "B/DEU", date="2022-02-08"))]),
    ("another office", [
        ("2022-02-08", contact("Biden/USA", party("Putin/RUS", "President"), date="2022-02-08")),
        ("2022-02-08", contact("Biden/USA", party("office:x/RUS", "Prime Minister"), date="2022-02-08"))]),
    ("a call and a meeting of one day", [
        ("2022-02-08", contact(date="2022-02-08")), ("2022-02-08", contact(date="2022-02-08", channel="in_person"))]),
    ("a letter and the reply", [
        ("2022-02-18", contact(date="2022-02-17", channel="letter", initiator="USA")),
        ("2022-02-18", contact(date="2022-02-17", channel="letter", initiator="RUS"))]),
    ("a new plan after the event", [
        ("2022-02-02", contact(date="2022-02-01")), ("2022-02-05", contact(date="2022-02", status="planned"))]),
    ("a plan without a date and none that fits", [
        ("2022-02-02", contact(date="2022-02-01")), ("2022-02-05", contact(status="planned"))]),
    ("called off, and another one later", [
        ("2022-02-01", contact(status="cancelled")), ("2022-02-05", contact(date="2022-02-04"))]),
    ("two vague dates with nothing else", [
        ("2022-03-02", contact(date="2022-02")), ("2022-03-05", contact(date="2022-02"))]),
]  # fmt: skip


@pytest.mark.parametrize("accounts", [case for _, case in SAME], ids=[name for name, _ in SAME])
def test_one_contact(accounts: list[tuple[str | None, Contact]]) -> None:
    assert number(*accounts) == 1


@pytest.mark.parametrize("accounts", [case for _, case in APART], ids=[name for name, _ in APART])
def test_two_contacts(accounts: list[tuple[str | None, Contact]]) -> None:
    assert number(*accounts) == 2


def test_an_account_that_fits_two_contacts_joins_neither() -> None:
    first, second = contact(date="2021-12-07"), contact(date="2021-12-30")
    vague = ("2022-01-05", contact(date="2021-12"))
    assert number(("2021-12-08", first), ("2021-12-31", second), vague) == 3
    told_length = ("2022-01-05", contact(date="2021-12", minutes=50))
    long = contact(date="2021-12-30", minutes=50, qualifier="about")
    assert number(("2021-12-08", first), ("2021-12-31", long), told_length) == 2


def test_two_contacts_of_one_day_stay_apart_and_others_find_theirs() -> None:
    room = Newsroom()
    for _ in range(3):
        room.tell("2022-02-21", contact(date="2022-02-20", minutes=105))
    room.tell("2022-02-21", contact(date="2022-02-20", minutes=105), contact(date="2022-02-20", minutes=30))
    room.tell("2022-02-21", contact(date="2022-02-20", minutes=30))
    assert sorted((m.duration_minutes, len(m.accounts)) for m in merge(room.readings)) == [(30, 2), (105, 4)]


def test_an_article_read_twice_counts_once() -> None:
    room = Newsroom()
    read = room.tell("2022-02-21", contact(date="2022-02-20"))
    assert merge([read, read]) == merge([read])


def test_one_bad_date_does_not_stop_the_rest() -> None:
    found = merge(
        told(("2022-02-21", contact("A/POL", "B/DEU", date="last Tuesday")), ("some day", contact(date="2022-02-20")))
    )
    assert [m.date for m in found] == ["2022-02-20", None]


def test_newest_last_and_undated_at_the_end() -> None:
    room = Newsroom()
    room.tell("2022-03-01", contact("A/FRA", "B/DEU"))
    room.tell("2022-01-01", contact("A/POL", "B/DEU"))
    room.tell("2022-01-01", contact(date="2021-12-31"), contact(date="2021-12"), contact(date="2021-11-01"))
    assert [(m.date, m.accounts[0].published) for m in merge(room.readings)] == [
        ("2021-11-01", "2022-01-01"),
        ("2021-12", "2022-01-01"),
        ("2021-12-31", "2022-01-01"),
        (None, "2022-01-01"),
        (None, "2022-03-01"),
    ]


def test_the_id_stays_when_later_news_comes_and_when_the_article_has_moved() -> None:
    room = Newsroom()
    room.tell("2022-02-11", contact(date="2022-02-12", status="planned"))
    before = merge(room.readings)[0].id
    for day in range(13, 20):
        room.tell(f"2022-02-{day}", contact(date="2022-02-12"))
    (after,) = merge(room.readings)
    assert (after.id, len(after.accounts)) == (before, 8)
    assert len(before) == 14 and before.startswith("c:")


def test_values_and_agreement() -> None:
    found = one(
        ("2021-12-06", contact(date="2021-12-07", channel="video", status="planned", form="video conference")),
        ("2021-12-08", contact(date="2021-12-07", minutes=120, qualifier="over", initiator="x:putin")),
        ("2021-12-08", contact(date="2021-12-07T18:00", channel="video", minutes=125, form="video conference")),
        ("2022-01-09", contact(date="2021-12", channel="video", minutes=125, form="video conference")),
    )
    assert (found.channel, found.form, found.status, found.date) == ("video", "video conference", "held",
                                                                     "2021-12-07T18:00")  # fmt: skip
    assert (found.duration_minutes, found.duration_qualifier) == (125, None)
    assert found.agreement == {
        "parties": "agreed", "channel": "disputed", "status": "agreed", "date": "agreed", "initiator": "single",
        "duration_minutes": "agreed",
    }  # fmt: skip
    assert [(s.status, s.published) for s in found.status_history] == [
        ("planned", "2021-12-06"),
        ("held", "2021-12-08"),
    ]
    assert [a.published for a in found.accounts] == ["2021-12-06", "2021-12-08", "2021-12-08", "2022-01-09"]


def test_disputes() -> None:
    found = one(
        ("2022-02-08", contact(date="2022-02-07", channel="in_person", minutes=300, place="Kyiv", initiator="RUS")),
        ("2022-02-08", contact(date="2022-02-07", channel="in_person", minutes=360, place="Geneva", initiator="USA")),
        ("2022-02-09", contact(date="2022-02-07", channel="in_person", status="cancelled", place="Ukraine")),
    )
    disputed = [name for name, said in found.agreement.items() if said == "disputed"]
    assert disputed == ["status", "initiator", "place", "duration_minutes"]
    assert (found.status, found.place and found.place.name) == ("held", "Kyiv")
    uncertain = one(("2022-01-02", contact(date="2021-12-31?")), ("2022-01-01", contact(date="2021-12-30")))
    assert (uncertain.date, uncertain.agreement["date"]) == ("2021-12-30", "disputed")


def test_history_of_a_plan() -> None:
    found = one(
        ("2022-02-23", contact(date="2022-02-24", status="cancelled", place="Geneva")),
        ("2022-02-18", contact(date="2022-02-21/2022-02-27", status="planned")),
        ("2022-02-17", contact(date="2022-02-21/2022-02-27", status="proposed")),
        ("2022-02-20", contact(date="2022-02-21/2022-02-27", status="proposed")),
        ("2022-02-21", contact(date="2022-02-24", status="planned")),
    )
    assert [(s.status, s.published) for s in found.status_history] == [
        ("proposed", "2022-02-17"),
        ("planned", "2022-02-18"),
        ("cancelled", "2022-02-23"),
    ]
    assert (found.status, found.date, found.agreement["status"]) == ("cancelled", "2022-02-24", "single")


def test_parties_without_stand_ins() -> None:
    found = one(
        ("2022-02-02", contact("state:Ukraine/UKR", party("Johnson/GBR", "Prime Minister"), date="2022-02-01")),
        ("2022-02-02", contact("Johnson/GBR", "Zelenskyy/UKR", date="2022-02-01")),
    )
    assert [(p.name, p.role) for p in found.parties] == [("Johnson", "Prime Minister"), ("Zelenskyy", None)]
    alone = one(("2022-02-02", contact("Borrell/EU", "org:EU/EU", "state:Ukraine/UKR", date="2022-02-01")))
    assert [p.name for p in alone.parties] == ["Borrell", "EU", "Ukraine"]


def test_a_meeting_planned_for_a_month_came_about_in_it() -> None:
    news = Newsroom()
    news.tell("2021-05-12", contact(date="2021-06", channel="in_person", status="proposed"))
    news.tell("2022-02-11", contact(date="2021-06", channel="in_person"))
    (summit,) = merge(news.readings)
    assert [step.status for step in summit.status_history] == ["proposed", "held"]
    for other in (
        contact(date="2021-06"),  # a call
        contact("Blinken/USA", "Lavrov/RUS", date="2021-06", channel="in_person"),
        contact("state:United States/USA", "Putin/RUS", date="2021-06", channel="in_person"),
        contact(date="2021", channel="in_person"),
    ):
        apart = Newsroom()
        apart.tell("2021-05-12", contact(date="2021-06", channel="in_person", status="proposed"))
        apart.tell("2022-02-11", other)
        assert len(merge(apart.readings)) == 2


@pytest.mark.parametrize(
    ("dates", "contacts"),
    [
        (("2022-02-01T21:30-04:00", "2022-02-02T07:00+05:30"), 1),  # one moment, two days
        (("2022-02-01T21:30-04:00", "2022-02-02"), 1),  # the day it was in UTC
        (("2022-02-01T21:30-04:00", "2022-02-03"), 2),
        (("2022-02-01T07:00+02:00", "2022-02-01T20:00+02:00"), 2),  # twice on one day
        (("2022-02-01T15:00+02:00", "2022-02-01T15:45+02:00"), 1),
        (("2022-02-01T15:00", "2022-02-01"), 1),
    ],
)
def test_moments_are_compared_as_moments(dates: tuple[str, str], contacts: int) -> None:
    news = Newsroom()
    for date in dates:
        news.tell("2022-02-02", contact(date=date))
    assert len(merge(news.readings)) == contacts


def test_a_report_without_a_day_joins_the_contact_it_was_published_nearer_to() -> None:
    news = Newsroom()
    news.tell("2022-02-01", contact(date="2022-02-01"))
    news.tell("2022-02-03", contact(date="2022-02-03"))
    undated = news.tell("2022-02-04", contact())
    later = merge(news.readings)[1]
    assert undated.article.id in {a.article for a in later.accounts}


def test_one_of_two_heads_may_be_left_out_of_a_body_but_not_of_a_state() -> None:
    for side, contacts in (("EU", 1), ("USA", 2)):
        news = Newsroom()
        news.tell("2022-02-01", contact(f"Leyen/{side}", f"Michel/{side}", "Putin/RUS", date="2022-02-01"))
        news.tell("2022-02-01", contact(f"Michel/{side}", "Putin/RUS", date="2022-02-01"))
        assert len(merge(news.readings)) == contacts
