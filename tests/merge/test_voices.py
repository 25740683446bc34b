"""Who says it: outlets and rubrics told apart, the source that an article names, and what follows for the values."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from merge.newsroom import Newsroom, contact, party
from rozmova.languages import loader
from rozmova.merge import merge
from rozmova.merge.voices import Source, commentary, says, source_of
from rozmova.records import Account, Contact, Evidence, MergedContact, Quote, Reading, Statement

# outlets


@pytest.mark.parametrize(
    ("outlet", "url", "source"),
    [
        ("president.gov.ua", None, Source("official", "UKR")),
        ("www.president.gov.ua", None, Source("official", "UKR")),
        ("Офіс Президента України", None, Source("official", "UKR")),
        (None, "http://en.kremlin.ru/events/president/news/67752", Source("official", "RUS")),
        (None, "https://www.consilium.europa.eu/en/press/", Source("official", "EU")),
        ("kremlin.ru/events", None, Source("press")),
        ("«Укринформ»", None, Source("agency")),
        ("ПОЛЬСЬКЕ  агентство преси", None, Source("agency")),
        ("Reuters", "https://www.msn.com/some-story", Source("agency")),
        ("The Portal", "https://tass.com/world/1", Source("agency")),
        ("Interfax-Ukraine", None, Source("agency")),
        ("Reuters Fashion Weekly", None, Source("press")),
        ("notkremlin.ru", None, Source("press")),
        ("kremlin.ru.example.com", None, Source("press")),
        ("Kyiv Evening Post", "https://evening.example/1", Source("press")),
        (None, "https://evening.example/1", None),
        (None, "http://[broken", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_an_outlet_is_known_by_its_name_or_its_address(
    outlet: str | None, url: str | None, source: Source | None
) -> None:
    assert source_of(outlet, url) == source


def test_the_table_of_outlets_is_sound() -> None:
    table = loader.table(loader.SHARED, "outlets")
    assert table.keys() == {"official", "agency"}
    known = loader.table(loader.SHARED, "states").keys() | loader.table(loader.SHARED, "organisations").keys()
    seen: dict[str, str] = {}
    for kind, label, data in ((kind, label, data) for kind, rows in table.items() for label, data in rows.items()):
        assert data.keys() <= {"affiliation", "sites", "names"}, label
        assert (data["affiliation"] in known) if kind == "official" else "affiliation" not in data, label
        for word in (*data["sites"], *{name.casefold() for name in (label, *data.get("names", ()))}):
            assert seen.setdefault(word, label) == label, f"{word}: stands for {seen[word]} and {label}"
        assert all(site == site.casefold() and site.count(".") >= 1 for site in data["sites"]), label


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


# whom the article names

TEXT = "The two spoke on Saturday, somebody said. More was told about it, and an agency passed it on."
SPOKE = Evidence(start=0, end=13, text="The two spoke", supports=("contact", "parties"), rule="a test's rule")


def statement(speaker: str, start: int, end: int, *quotes: tuple[int, int], **fields: object) -> Statement:
    values: dict[str, object] = {
        "speaker": party(speaker), "via": None, "reported_by": None, "addressee": (), "event": None, "act": "announce",
        "channel": "unspecified", "quotes": tuple(Quote(start=a, end=b, kind="indirect") for a, b in quotes),
        "date": None, "about": 0, "start": start, "end": end, "text": TEXT[start:end], "rule": "say", **fields,
    }  # fmt: skip
    return msgspec.convert(values, Statement, from_attributes=True)


def told(*statements: Statement, lang: str = "en") -> tuple[str, ...]:
    found = Newsroom().tell("2022-02-13", replace(contact(date="2022-02-12"), evidence=(SPOKE,)))
    return says(replace(found, article=replace(found.article, lang=lang), statements=statements), 0)


def test_whoever_says_that_they_spoke_is_the_source_a_party_too() -> None:
    assert told() == ()
    assert told(statement("office:Press Office/USA", 0, 41, (0, 25))) == ("Press Office",)
    assert told(statement("Biden/USA", 0, 41, (4, 25))) == ("Biden",)
    to_a_third = statement("Biden/USA", 0, 41, (0, 25), addressee=(party("Macron/FRA"),))
    assert told(to_a_third) == ("Biden",)
    passed_on = statement("Biden/USA", 0, 41, (0, 25), via=party("Psaki/USA"), reported_by="AFP")
    assert told(passed_on) == ("Psaki", "AFP")


@pytest.mark.parametrize(
    "other",
    [
        statement("Biden/USA", 0, 41, (14, 25)),  # names the talk on the way to something else
        statement("Biden/USA", 42, 60, (42, 60)),  # speaks of it later, as its party
        statement("Macron/FRA", 42, 60, (42, 60)),
        statement("Macron/FRA", 0, 41, (0, 25), act="praise"),
        statement("Macron/FRA", 0, 41, (0, 25), act="deny"),
        statement("Biden/USA", 0, 41, (14, 25), reported_by="AFP"),
        statement("Biden/USA", 0, 41, (0, 25), addressee=(party("Putin/RUS"),)),
    ],
    ids=["besides", "party later", "third later", "praise", "denial", "cited party", "in the contact"],
)
def test_whoever_says_something_else_is_no_source(other: Statement) -> None:
    assert told(other) == ()
    source = statement("office:Press Office/USA", 0, 41, (0, 25))
    assert told(other, source) == ("Press Office",)


def test_somebody_cited_by_an_outlet_in_the_sentence_is_the_source() -> None:
    cited = statement("Peskov/RUS", 0, 41, (30, 41), reported_by="Interfax")
    assert told(cited) == ("Peskov", "Interfax")
    assert told(replace(cited, reported_by=None)) == ()


def test_a_sentence_that_points_back_names_the_source() -> None:
    back = statement("Putin/RUS", 42, 93, (50, 60), text="Об этом сообщил Путин.")
    assert told(back, lang="ru") == ("Putin",)
    assert told(replace(back, about=1), lang="ru") == ()
    assert told(replace(back, text="Обо всём сообщил Путин."), lang="ru") == ()
    assert told(replace(back, text="Об этомъ сообщил Путин."), lang="ru") == ()
    other = replace(back, start=0, quotes=(Quote(start=0, end=20, kind="indirect"),))
    assert told(other, lang="ru") == (), "what it points back to was told before this sentence"


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
