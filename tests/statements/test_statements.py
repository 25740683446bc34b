"""Statements as the pipeline gives them: who speaks, what is done with the words, and what it is about."""

from __future__ import annotations

from hashlib import sha256

import pytest

from rozmova.pipeline import read_article
from rozmova.records import Article, Reading, Statement


def read(text: str, published: str | None = "2022-02-15") -> Reading:
    digest = sha256(text.encode()).hexdigest()
    return read_article(Article(id=digest[:16], path="a.txt", text=text, sha256=digest, published=published))


def only(text: str) -> Statement:
    (found,) = read(text).statements
    return found


def words(one: Statement) -> list[str]:
    return [one.text[q.start - one.start : q.end - one.start] for q in one.quotes]


def test_a_quotation_before_its_words_of_saying_stretches_the_statement() -> None:
    text = "“We will answer. We will not wait,” German Chancellor Olaf Scholz said at a briefing in Berlin on Monday."
    one = only(text)
    assert (one.speaker.name, one.channel, one.date) == ("Olaf Scholz", "briefing", "2022-02-14")
    assert words(one) == ["“We will answer. We will not wait,”"]
    assert one.text == text
    assert one.quotes[0].kind == "direct"


def test_a_paragraph_of_quotation_goes_on_with_the_statement_before() -> None:
    text = (
        "French President Emmanuel Macron said that the door was open.\n\n"
        "“Nobody should close it now, for nobody wants a war.”\n\nOther news came from Lima that day."
    )
    one = only(text)
    assert words(one) == ["“Nobody should close it now, for nobody wants a war.”"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Rosja chce wykluczenia rozszerzenia NATO, zobowiązania Ukrainy do neutralności oraz gwarancji.",
            ["wykluczenia rozszerzenia NATO", "zobowiązania Ukrainy do neutralności", "gwarancji"],
        ),
        (
            "Росія вимагає від США гарантій безпеки, виведення військ із Румунії та скасування санкцій.",
            ["від США гарантій безпеки", "виведення військ із Румунії", "скасування санкцій"],
        ),
        (
            "Россия требует от США отвести войска, снять санкции и вернуть собственность.",
            ["от США отвести войска", "снять санкции", "вернуть собственность"],
        ),
        (
            "Russia demanded that NATO withdraw its troops, that it lift the sanctions and that it pay.",
            ["that NATO withdraw its troops", "that it lift the sanctions", "that it pay"],
        ),
        ("Poland demanded the release of Andrzej Poczobut and Andżelika Borys.", None),
        ("Польша потребовала объяснений по поводу задержания и выдачи дипломатов.", None),
        ("Russia demanded “guarantees in writing, the withdrawal of all troops and an end to the war”.", None),
    ],
)
def test_each_item_of_a_list_of_demands_is_a_statement(text: str, items: list[str] | None) -> None:
    found = read(text).statements
    assert {(s.speaker.kind, s.act) for s in found} == {("state", "demand")}
    assert len(found) == len(items or [text])
    if items:
        assert [words(s)[0] if words(s) else s.text.rstrip(".") for s in found] == items
        assert all(text[s.start : s.end] == s.text for s in found)


def test_who_passes_it_on() -> None:
    text = "Przywódca Rosji Władimir Putin - jak oświadczył Kreml - zaproponował nowe rozmowy o bezpieczeństwie."
    one = only(text)
    assert one.speaker.name == "Vladimir Putin"
    assert one.via is not None and one.via.name == "Kremlin"
    assert (one.act, one.event) == ("offer", "AGREE")


def test_the_agency_reports_and_does_not_speak() -> None:
    text = "Росія чекає на відповідь, повідомляє Reuters. Речник Кремля Дмитро Пєсков підтвердив це агентству Reuters."
    found = read(text).statements
    assert [s.speaker.name for s in found] == ["Dmitry Peskov"]
    assert found[0].reported_by == "Reuters"


def test_they_in_an_institution() -> None:
    one = only("У МЗС Польщі заявили, що консульство у Львові працює, і про це повідомлять знову.")
    assert (one.speaker.affiliation, one.act) == ("POL", "announce")


def test_a_demand_names_whom_it_is_addressed_to() -> None:
    one = only("Президент Чехії Мілош Земан закликав Росію відвести війська.")
    assert one.act in ("demand", "request")
    assert (one.event, [p.affiliation for p in one.addressee]) == ("REQUEST", ["RUS"])


@pytest.mark.parametrize(
    "text",
    [
        "Експерт заявив, що переговори нічого не дадуть.",
        "The company said that its ships would sail on Monday.",
        "Olaf Scholz will say tomorrow what he thinks.",
        "Kanclerz Olaf Scholz powiedziałby więcej, gdyby mógł.",
    ],
)
def test_nobody_official_says_anything(text: str) -> None:
    assert read(text).statements == ()


def test_what_a_quotation_holds_is_said_by_whoever_is_quoted() -> None:
    reading = read("„Spotkałem się dziś z prezydentem Litwy Gitanasem Nausėdą” – napisał na Twitterze Andrzej Duda.")
    assert {p.name for p in reading.contacts[0].parties} == {"Andrzej Duda", "Gitanas Nausėda"}
    assert [s.speaker.name for s in reading.statements] == ["Andrzej Duda"]
    assert reading.statements[0].about == 0


def test_every_offset_is_exact() -> None:
    reading = read(
        "Польський президент Анджей Дуда сказав: «Ми готові допомогти». Він додав, що зустріч відбудеться у Варшаві."
    )
    for one in reading.statements:
        for quote in one.quotes:
            assert one.start <= quote.start < quote.end <= one.end


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Володимир Зеленський поговорив з Джо Байденом телефоном. Зеленський подякував Байдену за допомогу.", "phone"),
        (
            "Володимир Зеленський поговорив з Джо Байденом телефоном. Зеленський подякував Дуді за допомогу.",
            "unspecified",
        ),
        ("Володимир Зеленський телефонуватиме Джо Байдену завтра. Зеленський подякував Байдену.", "unspecified"),
    ],
)
def test_what_one_party_says_to_another_is_said_in_the_contact(text: str, channel: str) -> None:
    thanks = [s for s in read(text).statements if s.act == "praise"]
    assert [s.channel for s in thanks] == [channel]
