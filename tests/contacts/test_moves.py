"""A contact moved to another date: one contact, its new date, and the earlier one with the words that say it."""

from __future__ import annotations

from hashlib import sha256

import pytest

from rozmova.exports.jsonl import reading_line
from rozmova.pipeline import read_article
from rozmova.records import Article, Contact, Reading

ON = "2023-05-10"
"""A Wednesday."""


def reading(text: str) -> Reading:
    digest = sha256(text.encode()).hexdigest()
    return read_article(Article(id=digest[:16], path="a.txt", text=text, sha256=digest, published=ON))


def contacts(text: str) -> tuple[Contact, ...]:
    return reading(text).contacts


def words(contact: Contact, field: str) -> list[str]:
    return [e.text for e in contact.evidence if field in e.supports]


def test_the_earlier_date_and_the_move_stand_behind_words_of_their_own() -> None:
    text = "The meeting of Petr Fiala with Olaf Scholz planned for 12 May was postponed to 19 May."
    (contact,) = contacts(text)
    assert (contact.status, contact.date, contact.moved_from) == ("planned", "2023-05-19", "2023-05-12")
    assert words(contact, "moved_from") == ["for 12 May"]
    assert words(contact, "status") == ["postponed"]
    assert words(contact, "date") == ["19 May"]
    for e in contact.evidence:
        assert text[e.start : e.end] == e.text
    rules = {field: e.rule for e in contact.evidence for field in e.supports}
    assert (rules["status"], rules["moved_from"]) == ("moved to another date", "the date it was moved from")


def test_one_month_serves_two_days() -> None:
    text = "Spotkanie Andrzeja Dudy z Olafem Scholzem przełożono z 12 na 19 maja."
    (contact,) = contacts(text)
    assert (contact.date, contact.moved_from) == ("2023-05-19", "2023-05-12")
    assert words(contact, "moved_from") == ["z 12"]


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("was moved from Monday to Thursday", "2023-05-08", "2023-05-11"),
        ("was moved from Friday to Monday", "2023-05-12", "2023-05-15"),
        ("was brought forward from Friday to Thursday", "2023-05-12", "2023-05-11"),
        ("was moved from 19 May to 12 May", "2023-05-19", "2023-05-12"),
    ],
)
def test_the_earlier_date_lies_where_the_words_put_it(said: str, old: str, new: str) -> None:
    (contact,) = contacts(f"The call between Joe Biden and Olaf Scholz {said}.")
    assert (contact.moved_from, contact.date) == (old, new)


def test_the_day_of_the_decision_is_neither_date() -> None:
    (contact,) = contacts("У понеділок зустріч Дмитра Кулеби з Анналеною Бербок перенесли на четвер.")
    assert (contact.date, contact.moved_from) == ("2023-05-11", None)
    assert contact.reasons["moved_from"]


def test_a_weekday_that_leaves_the_day_open_gives_no_date() -> None:
    (contact,) = contacts("The call between Joe Biden and Olaf Scholz, set for Friday, was moved to an earlier date.")
    assert (contact.date, contact.moved_from) == (None, None)
    assert "Friday" in contact.reasons["moved_from"]
    assert not words(contact, "moved_from")


def test_what_then_took_place_is_held() -> None:
    (contact,) = contacts("Перенесённая с 5 мая встреча Владимира Путина с Реджепом Эрдоганом прошла 9 мая.")
    assert (contact.status, contact.date, contact.moved_from) == ("held", "2023-05-09", "2023-05-05")


def test_a_plan_told_first_becomes_the_earlier_date() -> None:
    (contact,) = contacts(
        "Joe Biden will meet Olaf Scholz in Berlin on 12 May. The Germans later said the meeting was moved to 19 May."
    )
    assert (contact.date, contact.moved_from) == ("2023-05-19", "2023-05-12")


def test_a_plan_told_after_the_move_is_the_same_contact() -> None:
    (contact,) = contacts(
        "Spotkanie Andrzeja Dudy z Olafem Scholzem przełożono na 19 maja. "
        "Prezydent Andrzej Duda miał spotkać się z Olafem Scholzem 12 maja."
    )
    assert (contact.date, contact.moved_from) == ("2023-05-19", "2023-05-12")


def test_what_took_place_is_not_what_is_then_moved() -> None:
    held, moved = contacts(
        "Joe Biden met Olaf Scholz in Berlin on 8 May. "
        "The call between Joe Biden and Olaf Scholz planned for 12 May, was moved to 19 May."
    )
    assert (held.status, held.date, held.moved_from) == ("held", "2023-05-08", None)
    assert (moved.status, moved.date, moved.moved_from) == ("planned", "2023-05-19", "2023-05-12")


def test_two_contacts_of_one_pair_stay_two() -> None:
    found = contacts(
        "Emmanuel Macron will meet Olaf Scholz in Paris on 12 May. "
        "Emmanuel Macron will meet Olaf Scholz in Berlin on 19 May."
    )
    assert [(c.date, c.moved_from) for c in found] == [("2023-05-12", None), ("2023-05-19", None)]


@pytest.mark.parametrize(
    "text",
    [
        "After talks with Olaf Scholz on 8 May, Joe Biden postponed the vote from 12 May to 19 May.",
        "Joe Biden met Olaf Scholz in Berlin on 8 May. The vote was postponed until 19 May.",
        "Sejm przełożył głosowanie z 12 na 19 maja po spotkaniu Andrzeja Dudy z Olafem Scholzem.",
        "Через переговори Дмитра Кулеби з Сергієм Лавровим голосування перенесли з 12 на 19 травня.",
        "Зустріч Володимира Зеленського з Олафом Шольцом перенесли з Києва до Львова.",
        "Встреча Владимира Путина с Реджепом Эрдоганом может быть перенесена с 12 на 19 мая.",
    ],
)
def test_what_else_is_moved_moves_no_contact(text: str) -> None:
    (contact,) = contacts(text)
    assert contact.moved_from is None
    assert contact.date not in ("2023-05-12/2023-05-19", "2023-05-19")


ARTICLES = {
    "en": (
        "Prague and Berlin change the date\n\n"
        "The meeting of the Czech prime minister Petr Fiala with the German chancellor Olaf Scholz, which was to take "
        "place in Prague on 12 May, has been postponed to 19 May, the Czech government said on Tuesday.\n\n"
        "The two will talk about trains and gas. The debate in the Czech parliament was postponed as well.\n"
    ),
    "uk": (
        "Зустріч у Києві відбудеться пізніше\n\n"
        "Зустріч президента України Володимира Зеленського з канцлером Німеччини Олафом Шольцом, яка мала відбутися "
        "12 травня, перенесли на 19 травня, повідомив у вівторок речник президента.\n\n"
        "Голосування у Верховній Раді також перенесли з 11 на 18 травня.\n"
    ),
    "pl": (
        "Kanclerz przyjedzie tydzień później\n\n"
        "Spotkanie prezydenta Andrzeja Dudy z kanclerzem Niemiec Olafem Scholzem przełożono z 12 na 19 maja, podała we "
        "wtorek kancelaria prezydenta.\n\n"
        "Posiedzenie rządu przeniesiono na czwartek.\n"
    ),
    "ru": (
        "Переговоры пройдут позже\n\n"
        "Переговоры министра иностранных дел России Сергея Лаврова и госсекретаря США Энтони Блинкена перенесены с 12 "
        "на 19 мая, сообщил во вторник представитель МИД.\n\n"
        "Заседание правительства перенесли на четверг.\n"
    ),
}


@pytest.mark.parametrize("lang", sorted(ARTICLES))
def test_a_whole_article_tells_of_one_moved_contact(lang: str) -> None:
    read = reading(ARTICLES[lang])
    assert read.article.lang == lang
    (contact,) = read.contacts
    assert (contact.status, contact.date, contact.moved_from) == ("planned", "2023-05-19", "2023-05-12")
    assert words(contact, "moved_from")
    assert '"moved_from":"2023-05-12"' in reading_line(read, explain=True)
