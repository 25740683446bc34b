"""A contact that was moved: one contact of two days, only where an article says so, and its history."""

from __future__ import annotations

from itertools import permutations

import pytest

from merge.newsroom import Newsroom, contact, reading
from rozmova.cli.render import contact_page
from rozmova.merge import merge
from rozmova.records import Contact, MergedContact

OLD, NEW = "2022-06-02", "2022-06-09"
PLAN = ("2022-05-25", contact(date=OLD, status="planned", channel="in_person"))
MOVE = ("2022-06-01", contact(date=NEW, status="planned", channel="in_person", moved_from=OLD))
HELD = ("2022-06-10", contact(date=NEW, channel="in_person"))


def merged(*contacts: tuple[str | None, Contact]) -> tuple[MergedContact, ...]:
    return merge(reading(f"{n}.txt", published, said) for n, (published, said) in enumerate(contacts))


def steps(found: MergedContact) -> list[tuple[str, str | None, str | None]]:
    return [(step.status, step.date, step.published) for step in found.status_history]


def test_the_words_of_one_article_tie_the_two_days_in_any_order() -> None:
    said = [
        reading("plan", *PLAN),
        reading("proposal", "2022-05-20", contact(date="2022-06", status="proposed", channel="in_person")),
        reading("move", *MOVE),
        reading("held", *HELD),
        reading("undated", "2022-06-11", contact(channel="in_person")),
    ]
    for order in permutations(said):
        (found,) = merge(order)
        assert (found.status, found.date, found.agreement["date"]) == ("held", NEW, "agreed")
        assert steps(found) == [
            ("proposed", "2022-06", "2022-05-20"),
            ("planned", OLD, "2022-05-25"),
            ("moved", NEW, "2022-06-01"),
            ("held", NEW, "2022-06-10"),
        ]


@pytest.mark.parametrize(
    ("words", "contacts"),
    [
        (None, 2),
        ("2022-06-02", 1),
        ("2022-06-01/2022-06-03", 1),
        ("2022-06-03", 2),  # another date was given up
        ("2022", 2),  # too vague to say what was given up
        ("no date at all", 2),
    ],
)
def test_without_such_words_two_days_stay_two_contacts(words: str | None, contacts: int) -> None:
    move = ("2022-06-01", contact(date=NEW, status="planned", channel="in_person", moved_from=words))
    assert len(merged(PLAN, move, HELD)) == contacts


def test_what_was_held_on_the_old_day_was_not_moved() -> None:
    held = ("2022-06-03", contact(date=OLD, channel="in_person"))
    assert [m.date for m in merged(held, MOVE)] == [OLD, NEW]


def test_other_people_on_the_old_day_are_no_part_of_it() -> None:
    others = ("2022-05-25", contact("Biden/USA", "Lavrov/RUS", date=OLD, status="planned", channel="in_person"))
    assert len(merged(others, MOVE)) == 2


def test_moved_twice() -> None:
    again = ("2022-06-08", contact(date="2022-06-20", status="planned", channel="in_person", moved_from=NEW))
    held = ("2022-06-21", contact(date="2022-06-20", channel="in_person"))
    (found,) = merged(PLAN, MOVE, again, held)
    assert [(status, date) for status, date, _ in steps(found)] == [
        ("planned", OLD), ("moved", NEW), ("moved", "2022-06-20"), ("held", "2022-06-20"),
    ]  # fmt: skip


def test_an_article_that_tells_of_the_event_may_be_the_first_to_tell_of_the_move() -> None:
    held = ("2022-06-10", contact(date=NEW, channel="in_person", moved_from=OLD))
    (found,) = merged(PLAN, held)
    assert steps(found) == [("planned", OLD, "2022-05-25"), ("moved", NEW, "2022-06-10"), ("held", NEW, "2022-06-10")]


def test_a_plan_put_off_without_a_new_date() -> None:
    put_off = ("2022-06-01", contact(status="planned", channel="in_person", moved_from=OLD))
    (found,) = merged(PLAN, put_off)
    assert (steps(found)[-1], found.status) == (("moved", None, "2022-06-01"), "planned")
    assert (found.date, found.agreement.get("date")) == (None, None)


def test_a_late_report_of_the_old_date_is_no_step() -> None:
    late = ("2022-06-02", contact(date=OLD, status="planned", channel="in_person"))
    (found,) = merged(PLAN, MOVE, late)
    assert [status for status, _, _ in steps(found)] == ["planned", "moved"]
    assert (found.status, len(found.accounts)) == ("planned", 3)
    assert (found.date, found.agreement["date"]) == (NEW, "single")  # two of three accounts have the old one


def test_called_off_for_one_day_and_held_on_another() -> None:
    off = ("2022-05-30", contact(date=OLD, status="cancelled", channel="in_person"))
    held = ("2022-06-10", contact(date=NEW, channel="in_person", moved_from=OLD))
    (found,) = merged(PLAN, off, held)
    assert [status for status, _, _ in steps(found)] == ["planned", "cancelled", "moved", "held"]
    assert found.agreement["status"] == "single"


def test_another_wording_of_the_date_is_no_move() -> None:
    (found,) = merged(("2022-05-20", contact(date="2022-06", status="planned", channel="in_person")), PLAN)
    assert [status for status, _, _ in steps(found)] == ["planned"]


def test_called_off_without_a_date_and_made_again() -> None:
    plan = ("2022-11-10", contact(date="2022-11-24", status="planned", channel="in_person"))
    off = ("2022-11-17", contact(status="cancelled", channel="in_person"))
    again = ("2022-11-22", contact(date="2022-11-24", status="planned", channel="in_person"))
    held = ("2022-11-25", contact(date="2022-11-24", channel="in_person"))
    rest = (off, again, held)
    (found,) = merged(plan, *rest)
    assert [status for status, _, _ in steps(found)] == ["planned", "cancelled", "planned", "held"]
    assert found.agreement["status"] == "single"
    assert (
        len(merged((plan[0], contact(date="2022-11-21/2022-11-27", status="planned", channel="in_person")), *rest)) == 1
    )
    assert len(merged(off, held)) == 2  # nothing says that it was this one that had been called off
    assert len(merged(("2022-11-18", plan[1]), off, held)) == 2  # planned only after another one had been called off


def test_the_page_of_a_contact_says_where_to_it_was_moved() -> None:
    (found,) = merged(PLAN, MOVE)
    page = "\n".join(line.plain for line in contact_page(found, {}))
    assert f"  2022-05-25: planned for {OLD}  [1]" in page
    assert f"  2022-06-01: moved to {NEW}  [2]" in page


def test_several_moves_to_the_same_day_are_one_step() -> None:
    news = Newsroom()
    for published in ("2022-06-01", "2022-06-02", "2022-06-03"):
        news.tell(published, MOVE[1])
    news.tell(*PLAN)
    (found,) = merge(news.readings)
    assert [status for status, _, _ in steps(found)] == ["planned", "moved"]
