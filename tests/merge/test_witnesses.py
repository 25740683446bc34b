"""Copies of one text are no further witnesses, unless somebody changed them."""

from __future__ import annotations

from merge.newsroom import Newsroom, contact
from rozmova.merge import merge


def test_copies_neither_agree_nor_outvote() -> None:
    news = Newsroom()
    original = news.tell("2022-02-12", contact(date="2022-02-12", channel="video", initiator="USA"))
    copies = [news.tell("2022-02-13", contact(date="2022-02-12", channel="video", initiator="USA")) for _ in range(4)]
    of = {copy.article.id: original.article.id for copy in copies}
    (alone,) = merge(news.readings, copied=lambda _: of)
    assert (len(alone.accounts), alone.independent) == (5, 1)
    assert alone.agreement["channel"] == alone.agreement["initiator"] == "single"
    for _ in range(2):
        news.tell("2022-02-14", contact(date="2022-02-12", channel="phone", initiator="RUS"))
    (disputed,) = merge(news.readings, copied=lambda _: of)
    assert (disputed.channel, disputed.initiator, disputed.independent) == ("phone", "RUS", 3)
    assert disputed.agreement["channel"] == "disputed"
    (naive,) = merge(news.readings)
    assert (naive.channel, naive.independent) == ("video", 7)


def test_a_copy_that_was_changed_disputes_its_original() -> None:
    news = Newsroom()
    original = news.tell("2022-02-12", contact(date="2022-02-12", channel="video"))
    changed = news.tell("2022-02-12", contact(date="2022-02-12", channel="phone"))
    (found,) = merge(news.readings, copied=lambda _: {changed.article.id: original.article.id})
    assert found.agreement["channel"] == "disputed"
    assert found.independent == 1
    assert {a.copy_of for a in found.accounts} == {None, original.article.id}
