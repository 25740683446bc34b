"""Who told the article of a contact, read from its own words, and whose outlets are known."""

from __future__ import annotations

import pytest

from rozmova.pipeline import read_article
from rozmova.records import Article, Reading

CALL = {
    "en": "Vladimir Putin spoke with Emmanuel Macron by phone on Monday",
    "pl": "Władimir Putin rozmawiał w poniedziałek przez telefon z Emmanuelem Macronem",
    "uk": "Володимир Зеленський у понеділок поговорив телефоном з Еммануелем Макроном",
    "ru": "Владимир Путин в понедельник поговорил по телефону с Эмманюэлем Макроном",
}


def read(text: str) -> Reading:
    return read_article(Article(id="0" * 16, path="a.txt", text=text, sha256="", published="2022-02-15"))


def told(text: str) -> tuple[str, str, str] | None:
    """Name and kind of whoever told of the only contact of a text, and the words that say so."""
    (contact,) = read(text).contacts
    teller = contact.told_by
    if teller is None:
        return None
    assert text[teller.start : teller.end] == teller.text
    return teller.name, teller.kind, teller.text


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"{CALL['en']}, the Kremlin press service said.", ("Kremlin", "organisation", "Kremlin press service said")),
        ("The Kremlin said Vladimir Putin had phoned Emmanuel Macron.", ("Kremlin", "organisation", "Kremlin said")),
        (
            "The White House said on Monday that Joe Biden had called Volodymyr Zelensky.",
            ("White House", "organisation", "White House said"),
        ),
        (f"{CALL['en']}, as reported by PAP.", ("PAP", "outlet", "as reported by PAP")),
        (f"{CALL['en']}, Reuters reported.", ("Reuters", "outlet", "Reuters reported")),
        (f"{CALL['en']}, CNN reported.", ("CNN", "outlet", "CNN reported")),
        (f"{CALL['pl']}, podaje Reuters.", ("Reuters", "outlet", "podaje Reuters")),
        (
            "Dmitrij Pieskow poinformował, że Władimir Putin rozmawiał z Emmanuelem Macronem przez telefon.",
            ("Dmitry Peskov", "person", "Dmitrij Pieskow poinformował"),
        ),
        (
            f"{CALL['uk']}. Про це повідомила пресслужба Єлисейського палацу.",
            ("Élysée Palace", "organisation", "повідомила пресслужба Єлисейського палацу"),
        ),
        (f"{CALL['uk']}, передає Укрінформ.", ("Ukrinform", "outlet", "передає Укрінформ")),
        (f"{CALL['ru']}. Об этом сообщил Дмитрий Песков.", ("Dmitry Peskov", "person", "сообщил Дмитрий Песков")),
        (
            f"{CALL['ru']}. Об этом сообщает ТАСС со ссылкой на Кремль.",
            ("Kremlin", "organisation", "со ссылкой на Кремль"),
        ),
    ],
)
def test_the_article_names_its_source(text: str, source: tuple[str, str, str]) -> None:
    assert told(text) == source


@pytest.mark.parametrize(
    "text",
    [
        *(f"{call}." for call in CALL.values()),
        f"{CALL['en']}. Dmytro Kuleba told Reuters that help was coming.",  # said to the agency, and not of the call
        "Joe Biden said after he met Volodymyr Zelensky in Kyiv that help was coming.",
        "At a meeting with Volodymyr Zelensky, Joe Biden said that help was coming.",
        "Andrzej Duda rozmawiał w poniedziałek z Wołodymyrem Zełenskim. Powiedział PAP doradca, że było ciekawie.",
        "„Daliśmy znak” - powiedział prezydent Andrzej Duda, który spotkał się w Kijowie z Wołodymyrem Zełenskim.",
        "Після зустрічі з Еммануелем Макроном Володимир Зеленський заявив, що допомога буде.",
        "Об этом на встрече с Эмманюэлем Макроном заявил Владимир Путин.",
        "Александр Лукашенко говорил, чтобы Владимир Путин встретился с Эмманюэлем Макроном.",
        f"{CALL['ru']}. Песков рассказал ТАСС, что разговор был долгим.",
    ],
)
def test_what_the_article_tells_itself_has_no_source(text: str) -> None:
    assert told(text) is None


def test_a_title_comes_last() -> None:
    text = f"Putin calls Macron\n\n{CALL['en']}, Dmitry Peskov said."
    assert told(text) == ("Dmitry Peskov", "person", "Dmitry Peskov said")
    both = f"Vladimir Putin called Emmanuel Macron, the White House said\n\n{CALL['en']}"
    assert told(f"{both}.") == ("White House", "organisation", "White House said")
    assert told(f"{both}, Dmitry Peskov said.") == ("Dmitry Peskov", "person", "Dmitry Peskov said")


def test_an_outlet_that_reports_a_call_makes_no_statement_of_the_caller() -> None:
    assert read(f"{CALL['en']}, Reuters reported.").statements == ()
