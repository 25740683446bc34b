"""What each side says of a contact, and what has only been announced."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from merge.newsroom import Newsroom, contact, party
from rozmova.merge import merge
from rozmova.merge.history import unreported
from rozmova.merge.readouts import THIRD, quotations, readouts
from rozmova.records import Quote, Reading, Statement, Topic


def statement(speaker: str, start: int, end: int, act: str = "announce", about: int | None = 0) -> Statement:
    text = "x" * (end - start)
    return Statement(
        speaker=party(speaker), via=None, reported_by=None, addressee=(), event=None, act=act, channel="unspecified",
        quotes=(Quote(start=start + 2, end=start + 5, kind="direct"),), date=None, about=about, start=start, end=end,
        text=text, rule="say",
    )  # fmt: skip


def told() -> list[Reading]:
    news = Newsroom()
    topics = (Topic(label="grain", start=10, end=15), Topic(label="sanctions", start=60, end=70))
    first = replace(contact(date="2022-02-12"), topics=topics)
    one = news.tell("2022-02-12", first)
    other = news.tell("2022-02-13", replace(contact(date="2022-02-12"), topics=topics[:1]))
    return [
        replace(one, statements=(statement("Biden/USA", 0, 50), statement("Macron/FRA", 50, 90, "praise"))),
        replace(
            other, statements=(statement("Putin/RUS", 5, 40, "demand"), statement("Putin/RUS", 50, 60, "deny", None))
        ),
    ]


def test_statements_stand_by_side_and_topics_say_who_mentions_them() -> None:
    readings = told()
    (merged,) = merge(readings)
    found = readouts(merged, {r.article.id: r for r in readings})
    assert {side: [s.statement.speaker.name for s in said] for side, said in found.sides.items()} == {
        "USA": ["Biden"],
        "RUS": ["Putin"],
        THIRD: ["Macron"],
    }
    assert found.topics == {"grain": ("USA", "RUS"), "sanctions": (THIRD,)}
    assert found.shared == ("grain",)
    assert found.only("USA") == ()
    assert found.acts["demand"] == ("RUS",)
    assert list(quotations(found.sides["USA"][0].statement)) == ["xxx"]


def test_a_contact_of_which_nobody_says_anything_has_no_readouts() -> None:
    readings = [replace(r, statements=()) for r in told()]
    (merged,) = merge(readings)
    assert readouts(merged, {}).sides == {}


@pytest.mark.parametrize(
    ("status", "date", "until", "expected"),
    [
        ("planned", "2022-02-12", "2022-02-13", True),
        ("planned", "2022-02-12", "2022-02-12", False),
        ("proposed", "2022-02", "2022-02-20", False),
        ("proposed", "2022-02", "2022-03-01", True),
        ("planned", None, "2022-03-01", False),
        ("held", "2022-02-12", "2022-02-13", False),
        ("planned", "2022-02-12", None, False),
    ],
)
def test_announced_and_not_reported(status: str, date: str | None, until: str | None, expected: bool) -> None:
    news = Newsroom()
    news.tell("2022-02-01", contact(date=date, status=status))  # type: ignore[arg-type]
    (merged,) = merge(news.readings)
    assert unreported(merged, until) is expected
