"""Who says it: outlets and rubrics told apart, the source that an article names, and what follows for the values."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from merge.newsroom import Newsroom, contact
from rozmova.languages import loader
from rozmova.merge import merge
from rozmova.merge.voices import commentary
from rozmova.records import Account, Contact, MergedContact, Reading, Teller
from rozmova.statements.outlets import Outlet, label_of, outlet_of

# outlets


@pytest.mark.parametrize(
    ("outlet", "url", "source"),
    [
        ("president.gov.ua", None, Outlet("official", "UKR")),
        ("www.president.gov.ua", None, Outlet("official", "UKR")),
        ("Офіс Президента України", None, Outlet("official", "UKR")),
        (None, "http://en.kremlin.ru/events/president/news/67752", Outlet("official", "RUS")),
        (None, "https://www.consilium.europa.eu/en/press/", Outlet("official", "EU")),
        ("kremlin.ru/events", None, Outlet("press")),
        ("«Укринформ»", None, Outlet("agency")),
        ("ПОЛЬСЬКЕ  агентство преси", None, Outlet("agency")),
        ("Reuters", "https://www.msn.com/some-story", Outlet("agency")),
        ("The Portal", "https://tass.com/world/1", Outlet("agency")),
        ("Interfax-Ukraine", None, Outlet("agency")),
        ("Reuters Fashion Weekly", None, Outlet("press")),
        ("notkremlin.ru", None, Outlet("press")),
        ("kremlin.ru.example.com", None, Outlet("press")),
        ("Kyiv Evening Post", "https://evening.example/1", Outlet("press")),
        (None, "https://evening.example/1", None),
        (None, "http://[broken", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_an_outlet_is_known_by_its_name_or_its_address(
    outlet: str | None, url: str | None, source: Outlet | None
) -> None:
    assert outlet_of(outlet, url) == source


@pytest.mark.parametrize(
    ("name", "label"),
    [("ТАСС", "TASS"), ("Укрінформ", "Ukrinform"), ("Polska Agencja Prasowa", "PAP"), ("Evening Post", "Evening Post")],
)
def test_an_outlet_of_four_languages_has_one_name(name: str, label: str) -> None:
    assert label_of(name) == label


# rubrics

RUBRICS = loader.table(loader.SHARED, "rubrics")


@pytest.mark.parametrize("lang", loader.codes())
def test_every_rubric_is_met_and_what_looks_like_one_is_not(lang: str) -> None:
    data = RUBRICS[lang]
    assert [head for head in data["heads"] if not commentary(lang, head)] == []
    assert [title for title in data["plain"] if commentary(lang, title)] == []
    heads = " ".join(data["heads"]).casefold()
    assert [rubric for rubric in data["rubrics"] if rubric.casefold() not in heads] == []
    assert len(data["plain"]) >= 5


def test_a_rubric_counts_in_its_own_language_only() -> None:
    assert commentary("uk", "Думка: час минає")
    assert not commentary("ru", "Думка: час минає")
    assert not commentary("xx", "Opinion: time runs out")
    assert not commentary("en", None)


# accounts and their values


class Press(Newsroom):
    """Readings with an outlet each."""

    def tell_in(self, outlet: str | None, found: Contact, title: str | None = None) -> Reading:
        reading = self.tell(f"2022-02-{13 + len(self.readings):02}", found)
        self.readings[-1] = replace(reading, article=replace(reading.article, outlet=outlet, title=title))
        return self.readings[-1]

    def voices(self, copies: dict[str, str] | None = None) -> Iterator[tuple[str | None, str | None]]:
        for account in self.one(copies).accounts:
            yield account.voice, account.affiliation

    def one(self, copies: dict[str, str] | None = None) -> MergedContact:
        (found,) = merge(self.readings, copied=lambda _: copies or {})
        return found


def test_every_account_says_whose_it_is() -> None:
    news = Press()
    for outlet, title in [
        ("kremlin.ru", "Opinion: not here"), ("president.gov.ua", None), ("Ukrinform", None), ("Reuters", "Analysis"),
        ("Evening Post", None), (None, "Opinion | Too late"), (None, "Putin and Biden talk"),
    ]:  # fmt: skip
        news.tell_in(outlet, contact(date="2022-02-12"), title)
    assert list(news.voices()) == [
        ("party", "RUS"), ("official", "UKR"), ("agency", None), ("commentary", None), ("press", None),
        ("commentary", None), (None, None),
    ]  # fmt: skip


def test_an_account_names_whom_its_article_names_and_the_outlet_last() -> None:
    kremlin = Teller(
        name="Kremlin", kind="organisation", id="x:kremlin", affiliation="RUS", through="TASS", start=0, end=12,
        text="citing Kremlin",
    )  # fmt: skip
    news = Press()
    for teller in (kremlin, replace(kremlin, through=None), None):
        news.tell_in(None, replace(contact(date="2022-02-12"), told_by=teller))
    accounts = news.one().accounts
    assert [account.says for account in accounts] == [("Kremlin", "TASS"), ("Kremlin",), ()]
    assert accounts[0].contact.told_by == kremlin, "with the words that say so"
    assert accounts[0].voice is None, "whom an article names is not whose the article is"


def test_of_equally_many_a_party_decides_then_an_agency_then_the_first() -> None:
    news = Press()
    news.tell_in("Evening Post", contact(date="2022-02-12", minutes=30, initiator="USA", place="Kyiv"))
    news.tell_in("Morning Post", contact(date="2022-02-12", minutes=50, initiator="RUS", place="Geneva"))
    first = news.one()
    assert (first.initiator, first.duration_minutes, first.place and first.place.name) == ("USA", 30, "Kyiv")
    post, agency = news.readings[1], Press().tell_in("TASS", contact())
    news.readings[1] = replace(post, article=replace(post.article, outlet=agency.article.outlet))
    second = news.one()
    assert (second.initiator, second.duration_minutes, second.place and second.place.name) == ("RUS", 50, "Geneva")
    post = news.readings[0]
    news.readings[0] = replace(post, article=replace(post.article, outlet="whitehouse.gov"))
    third = news.one()
    assert (third.initiator, third.duration_minutes, third.place and third.place.name) == ("USA", 30, "Kyiv")
    assert {first.agreement["initiator"], second.agreement["initiator"], third.agreement["initiator"]} == {"disputed"}


def test_a_readout_never_outvotes_nor_does_a_third_official_source() -> None:
    news = Press()
    news.tell_in("whitehouse.gov", contact(date="2022-02-12", channel="video", initiator="RUS"))
    for outlet in ("Evening Post", "Morning Post"):
        news.tell_in(outlet, contact(date="2022-02-12", channel="phone", initiator="USA"))
    assert (news.one().channel, news.one().initiator) == ("phone", "USA")
    news = Press()
    news.tell_in("Evening Post", contact(date="2022-02-12", initiator="USA"))
    news.tell_in("president.gov.ua", contact(date="2022-02-12", initiator="RUS"))
    assert news.one().initiator == "USA"


def test_of_two_dates_equally_precise_the_readout_is_right() -> None:
    news = Press()
    news.tell_in("Evening Post", contact(date="2022-02-12?", minutes=30))
    news.tell_in("kremlin.ru", contact(date="2022-02-13?", minutes=30))
    assert news.one().date == "2022-02-13?"
    news.tell_in("Morning Post", contact(date="2022-02-12?", minutes=30))
    assert news.one().date == "2022-02-12?"


def test_a_readout_stays_one_where_somebody_had_printed_it_before() -> None:
    news = Press()
    printed = news.tell_in("Evening Post", contact(date="2022-02-12", initiator="USA"))
    other = news.tell_in("TASS", contact(date="2022-02-12", initiator="RUS"))
    readout = news.tell_in("whitehouse.gov", contact(date="2022-02-12", initiator="USA"))
    assert news.one({readout.article.id: printed.article.id}).initiator == "USA"
    assert news.one({readout.article.id: printed.article.id, other.article.id: printed.article.id}).initiator == "USA"
    news.readings.pop()
    assert news.one().initiator == "RUS"


def test_an_account_of_a_version_before_reads_as_one_of_nobody_knows_whom() -> None:
    (account,) = (a for c in merge([Newsroom().tell("2022-02-13", contact(date="2022-02-12"))]) for a in c.accounts)
    old = msgspec.to_builtins(account)
    for name in ("voice", "affiliation", "says"):
        del old[name]
    assert msgspec.convert(old, Account) == account
    assert (account.voice, account.affiliation, account.says) == (None, None, ())
    del old["contact"]["told_by"]
    assert msgspec.convert(old, Account) == account
