"""What single articles say about the day they came out; the sentences are made up."""

from __future__ import annotations

from hashlib import sha256

import pytest

from rozmova.dating.together import together
from rozmova.pipeline import read_article
from rozmova.records import Article, Reading


def read(text: str, published: str | None = None) -> Reading:
    digest = sha256(text.encode()).hexdigest()
    return read_article(Article(id=digest[:16], path="a.txt", text=text, sha256=digest, published=published))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a weekday with its date, still to come and past, leaves the years in which they agree
        ("Президент США Джо Байден зустрінеться з президентом Франції Еммануелем Макроном у середу, 16 червня. "
         "Про це він сказав у понеділок, 14 червня.", "2021-06-14/2021-06-16"),
        # a line that is nothing but a date, a dateline
        ("Notes on a quiet week\n\n11 February 2022\n\nNothing happened in the town this week, its mayor said.",
         "2022-02-11"),
        ("КИЇВ, 11 лютого 2022 року — Міська рада обговорила стан доріг і нові маршрути трамваїв у місті.",
         "2022-02-11/2022-02-12"),
    ],
)  # fmt: skip
def test_the_day_is_read_from_the_text(text: str, wanted: str) -> None:
    found = read(text).article
    assert (found.published, found.published_basis) == (wanted, "text")


def test_the_headings_of_a_chronicle_are_no_date_of_the_article() -> None:
    text = "Chronicle of a river\n\n11 February 2021\n\nThe ice broke.\n\n14 February 2021\n\nThe bridge was closed."
    assert read(text).article.published is None


@pytest.mark.parametrize(("status", "wanted"), [("зустрівся", "/"), ("зустрінеться", "/")])
def test_past_and_future_bound_the_day_from_either_side(status: str, wanted: str) -> None:
    text = f"Президент США Джо Байден {status} з президентом Франції Еммануелем Макроном 16 червня 2022 року в Парижі."
    found = str(read(text).article.published)
    first, _, last = found.partition(wanted)
    assert (first if status == "зустрівся" else last) == "2022-06-16"


def test_a_given_day_is_never_doubted() -> None:
    found = read("Notes\n\n11 February 2022\n\nNothing happened in the town this week.", "2023-05-01").article
    assert (found.published, found.published_basis) == ("2023-05-01", "metadata")


@pytest.mark.parametrize(
    "text",
    [
        "Der Text ist kurz. The town council met and talked about roads, trams and the price of bread for a long time.",
        "Посли мовчали і дивилися на річку, а потім довго говорили про погоду, дороги та нові трамваї у місті.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    found = read(text)
    assert found.article.published is None
    assert found.article.published_basis is None
    assert all(contact.date is None for contact in found.contacts)


def test_history_contradicts_nothing() -> None:
    found = read("Фортецю збудували 12 травня 1648 року, а міст через річку з'явився 3 жовтня 1911 року.")
    assert found.article.published is None
    assert "1911-10-03" in [time.value for time in found.times]
    assert not together([found]).conflicts


def test_every_clue_stands_on_words_of_the_text() -> None:
    text = (
        "Президент США Джо Байден у четвер говоритиме телефоном із президентом Росії Володимиром Путіним. "
        "До цього, 7 грудня, вони говорили у форматі відеоконференції. Десять днів потому Росія передала США лист."
    )
    found = read(text)
    assert found.clues
    for clue in found.clues:
        assert text[clue.start : clue.end] == clue.text
        assert clue.rule
    assert any(clue.previous for clue in found.clues)


def test_what_is_quoted_may_have_been_said_the_day_before() -> None:
    text = (
        "Президент Росії Володимир Путін і президент США Джо Байден поговорять телефоном у суботу, 12 лютого. "
        "«Завтра ввечері буде розмова двох президентів», — сказав речник."
    )
    (clue,) = [c for c in read(text).clues if c.text.startswith("Завтра") and c.anchor == "published"]
    assert (clue.least, clue.most) == (0, 1)


def test_a_date_of_a_contact_that_cannot_be_told_says_why() -> None:
    found = read("Президент Фінляндії зустрівся з президентом Естонії у четвер у Таллінні.")
    (contact,) = found.contacts
    assert contact.date is None
    assert contact.reasons["date"] == "«у четвер»: relative to the day of publication, which is not known"
