"""The five seeds dated from nothing but their texts and the table of actors, alone and together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rozmova.dating import daysets
from rozmova.pipeline import dated_together, read_article
from rozmova.records import Article, Dating, Reading
from rozmova.sources.read import read_articles

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="NOT CHECKED: the seeds of ../shared are not beside this checkout"
)

EXPECTED = {
    "000-uk.txt": "2022-02-11/2022-02-12",
    "001-pl.txt": "2021-12-17/2021-12-30",
    "002-pl.txt": "2021-12-23/2022-01-05",
    "003-uk.txt": "2022-01-26/2022-09-04",
    "004-pl.txt": "[2021-05-05,2021-05-12,2021-05-19,2021-05-26]",
}
"""The days that are left: around a Thursday, 23 or 30 December; a Wednesday in May; the term of an ambassador."""
CONTACTS = {
    "000-uk.txt": "2022-02-12",
    "001-pl.txt": "[2021-12-23,2021-12-30]",
    "002-pl.txt": "[2021-12-23,2021-12-30]",
}
"""The date of the contact each article is about."""


@pytest.fixture(scope="module")
def found() -> tuple[list[Reading], Dating]:
    articles = {a.id: a for a in read_articles([SHARED / "seeds"]) if isinstance(a, Article)}
    return dated_together([read_article(a) for a in articles.values()], articles.get)


def test_the_days_of_publication_that_are_left(found: tuple[list[Reading], Dating]) -> None:
    readings, dating = found
    assert {Path(r.article.path).name: r.article.published for r in readings} == EXPECTED
    assert {Path(d.path).name: d.published for d in dating.dated} == EXPECTED
    assert not dating.conflicts
    bases = {Path(r.article.path).name: r.article.published_basis for r in readings}
    assert bases["000-uk.txt"] == bases["003-uk.txt"] == "text"
    assert bases["001-pl.txt"] == bases["002-pl.txt"] == bases["004-pl.txt"] == "other articles"


def test_they_meet_the_days_that_people_found(found: tuple[list[Reading], Dating]) -> None:
    gold = json.loads((SHARED / "gold" / "seeds.json").read_text(encoding="utf-8"))["articles"]
    for reading in found[0]:
        wanted = daysets.matching(gold[Path(reading.article.path).name]["published"])
        assert daysets.matching(str(reading.article.published)) & wanted


def test_the_main_contact_has_its_day(found: tuple[list[Reading], Dating]) -> None:
    for reading in found[0]:
        wanted = CONTACTS.get(Path(reading.article.path).name)
        if wanted:
            assert reading.contacts[0].date == wanted


def test_every_finding_says_from_which_words(found: tuple[list[Reading], Dating]) -> None:
    for dated in found[1].dated:
        assert dated.because
        for words in dated.because:
            text = (SHARED / "seeds" / Path(words.path).name).read_text(encoding="utf-8")
            assert text[words.clue.start : words.clue.end] == words.clue.text
