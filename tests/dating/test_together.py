"""Articles dated by one another: made-up news of one story, in two languages and in every order."""

from __future__ import annotations

import itertools
from hashlib import sha256

import pytest
from msgspec.structs import replace

from rozmova.dating.together import together
from rozmova.pipeline import dated_together, read_article
from rozmova.records import Article, Dating, Reading

PLAN = (
    "Prezydent Finlandii Sauli Niinistö będzie w czwartek rozmawiał telefonicznie z prezydentem Estonii "
    "Alarem Karisem. "
    "Poprzednio obaj prezydenci rozmawiali 7 grudnia."
)
CALL = (
    "Розмова президента Фінляндії Саулі Нііністе з президентом Естонії Аларом Карісом відбулася в четвер. "
    "Попередня розмова обох президентів відбулася 7 грудня. Десять днів потому Естонія опублікувала доповідь."
)
YEAR = (
    "The President of Finland Sauli Niinistö spoke with the President of Estonia Alar Karis on 7 December 2021. "
    "The town hall of Tartu was lit in blue and white for the whole evening, and the choirs sang."
)


def article(name: str, text: str, published: str | None = None) -> Article:
    digest = sha256(text.encode()).hexdigest()
    return Article(id=digest[:16], path=name, text=text, sha256=digest, published=published)


ARTICLES = {a.id: a for a in (article("plan.txt", PLAN), article("call.txt", CALL), article("year.txt", YEAR))}


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read_article(a) for a in ARTICLES.values()]


def dates(dating: Dating) -> dict[str, str | None]:
    return {dated.path: dated.published for dated in dating.dated}


def test_one_article_gives_another_its_year(readings: list[Reading]) -> None:
    by_itself = dates(together(readings[:1]))["plan.txt"]
    found = dates(together(readings))["plan.txt"]
    assert found is not None
    assert found.startswith("2021-12")
    assert by_itself != found


def test_the_words_that_left_the_days_are_named(readings: list[Reading]) -> None:
    (plan,) = [d for d in together(readings).dated if d.path == "plan.txt"]
    assert plan.basis == "other articles"
    assert {words.path for words in plan.because} >= {"plan.txt", "year.txt"}
    for words in plan.because:
        assert ARTICLES[words.article].text[words.clue.start : words.clue.end] == words.clue.text


def test_the_order_of_the_articles_never_matters(readings: list[Reading]) -> None:
    whole = together(readings)
    for order in itertools.permutations(readings):
        assert together(order) == whole
    assert together([*readings, *readings]) == whole


def test_articles_dated_better_are_read_anew(readings: list[Reading]) -> None:
    anew, dating = dated_together(readings, ARTICLES.get)
    assert [r.article.id for r in anew] == [r.article.id for r in readings]
    for reading in anew:
        assert reading.article.published == dates(dating)[reading.article.path]
    plan = next(r for r in anew if r.article.path == "plan.txt")
    assert plan.article.published_basis == "other articles"
    assert "2021-12-07" in [contact.date for contact in plan.contacts]


def test_a_dated_article_dates_others(readings: list[Reading]) -> None:
    text = "Президент Фінляндії Саулі Нііністе говорив із президентом Естонії Аларом Карісом 7 грудня."
    dated = read_article(article("dated.txt", text, "2021-12-08"))
    found = dates(together([readings[0], dated]))
    assert list(found) == ["plan.txt"]
    assert str(found["plan.txt"]).startswith("2021-12")


def test_two_years_for_one_day_tie_nothing(readings: list[Reading]) -> None:
    other = read_article(article("other.txt", YEAR.replace("2021", "2022")))
    plan = readings[0]
    alone = dates(together([plan]))["plan.txt"]
    assert dates(together([plan, *[r for r in readings if r.article.path == "year.txt"], other]))["plan.txt"] == alone


def test_articles_that_cannot_both_be_right_are_named_and_the_rest_is_dated(readings: list[Reading]) -> None:
    wrong = read_article(
        article("wrong.txt", "11 February 2020\n\nThe President of Finland Sauli Niinistö will speak with the "
                "President of Estonia Alar Karis. They spoke on 7 December 2021, on the eve of the fair in town.")
    )  # fmt: skip
    dating = together([*readings, wrong])
    assert dating.conflicts
    assert {w.path for conflict in dating.conflicts for w in conflict.words} <= {"wrong.txt", "year.txt", "plan.txt"}
    assert "wrong.txt" in {w.path for conflict in dating.conflicts for w in conflict.words}
    assert str(dates(dating)["plan.txt"]).startswith("2021-12")


def test_nothing_is_done_where_every_article_is_dated(readings: list[Reading]) -> None:
    dated = [
        replace(r, article=replace(r.article, published="2022-01-01", published_basis="metadata")) for r in readings
    ]
    assert together(dated) == Dating()
