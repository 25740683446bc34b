"""Each definition of the scores on a text where it decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert
from msgspec.structs import astuple, replace

from rozmova.evaluation import Counts, GoldArticle, GoldContact, score_article
from rozmova.evaluation.matching import date_agrees, days, overlap, same_party, same_person
from rozmova.evaluation.score import RATES, total
from rozmova.records import Contact

TEXT = (
    "Jonas Vidal phoned Queen Mira on Tuesday. Later he met the foreign minister of Syldavia in Zubrowka. "
    "The two capitals may also have exchanged letters. Nobody else called."
)
PHONED, MET, LETTERS, NOBODY = (
    "Vidal phoned Queen Mira",
    "he met the foreign minister of Syldavia",
    "may also have exchanged letters",
    "Nobody else called",
)
VIDAL, MIRA = ("Jonas Vidal", "person", "RUR"), ("Mira", "person", "SYL")
MINISTER = ("Foreign Minister of Syldavia", "office", "SYL")
RATE = {rate.name: rate for rate in RATES}

Build = Callable[..., Contact]


def call(**changes: Any) -> dict[str, Any]:
    return {
        "parties": [VIDAL, MIRA],
        "channel": "phone",
        "status": "held",
        "date": "2023-05-02",
        "evidence": [PHONED],
    } | changes


def meeting(**changes: Any) -> dict[str, Any]:
    return {"parties": [VIDAL, MINISTER], "channel": "in_person", "status": "held", "evidence": [MET]} | changes


def gold(*contacts: dict[str, Any], borderline: tuple[str, ...] = ()) -> GoldArticle:
    sides = [[dict(zip(("name", "kind", "affiliation"), p, strict=True)) for p in c["parties"]] for c in contacts]
    made = [c | {"parties": parties} for c, parties in zip(contacts, sides, strict=True)]
    return GoldArticle(
        stem="a",
        name="a.json",
        source=Path("a.json"),
        lang="en",
        published=None,
        text=TEXT,
        contacts=convert(made, tuple[GoldContact, ...]),
        borderline=borderline,
    )


def predicted(build: Build, given: dict[str, Any]) -> Contact:
    given = dict(given)
    return build(TEXT, given.pop("evidence"), given.pop("parties"), **given)


def counts(build: Build, article: GoldArticle, *contacts: dict[str, Any]) -> Counts:
    return score_article(article, [predicted(build, c) for c in contacts]).counts


def test_what_is_right_counts_everywhere(contact: Build) -> None:
    c = counts(contact, gold(call(initiator="RUR"), meeting()), call(initiator="rur"), meeting())
    assert (c.gold, c.predicted, c.hits, c.strict) == (2, 2, 2, 2)
    assert (c.channel, c.status, c.parties, c.dated, c.date, c.initiated, c.initiator) == (2, 2, 2, 1, 1, 1, 1)
    assert (c.undated, c.overdated, c.empty, c.invented, c.missing) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channel": "video"}, "channel"),
        ({"status": "planned"}, "status"),
        ({"date": "2023-05-03"}, "date"),
        ({"date": None}, "date"),
        ({"parties": [VIDAL, MIRA, MINISTER]}, "parties"),
        ({"initiator": "SYL"}, "initiator"),
    ],
)
def test_one_wrong_field_is_no_miss_but_not_strict(contact: Build, change: dict[str, Any], field: str) -> None:
    right = counts(contact, gold(call(initiator="RUR")), call(initiator="RUR"))
    wrong = counts(contact, gold(call(initiator="RUR")), call(initiator="RUR") | change)
    surplus = {"sides_predicted": 3} if field == "parties" else {}
    assert wrong == replace(right, **{field: 0, "strict": 1 if field == "initiator" else 0}, **surplus)


def test_a_pair_needs_half_of_the_parties(contact: Build) -> None:
    half = call(parties=[VIDAL, ("Emperor Zog", "person", "BOR")])
    other = call(parties=[("Emperor Zog", "person", "BOR"), ("Tintin", "person", None)])
    assert counts(contact, gold(call()), half).hits == 1
    assert counts(contact, gold(call()), other).hits == 0


def test_a_pair_needs_shared_evidence_or_an_agreeing_date(contact: Build) -> None:
    assert counts(contact, gold(call()), call(evidence=[NOBODY])).hits == 1
    assert counts(contact, gold(call()), call(evidence=[NOBODY], date=None)).hits == 0
    assert counts(contact, gold(call(date=None)), call(evidence=[NOBODY])).hits == 0, "no gold date, nothing agrees"


def test_the_best_pairs_are_taken_one_to_one(contact: Build) -> None:
    visit = meeting(parties=[VIDAL, MIRA])
    score = score_article(gold(call(), visit), [predicted(contact, visit), predicted(contact, call())])
    assert [(p.predicted.channel, p.gold.channel) for p in score.pairs] == [("in_person",) * 2, ("phone",) * 2]
    twice = score_article(gold(call()), [predicted(contact, call(channel="letter")), predicted(contact, call())])
    assert (twice.counts.hits, twice.counts.predicted) == (1, 2)
    assert [c.channel for c in twice.surplus] == ["letter"]


def test_missed_and_surplus(contact: Build) -> None:
    score = score_article(gold(call()), [predicted(contact, meeting())])
    assert [c.channel for c in score.missed] == ["phone"] and [c.channel for c in score.surplus] == ["in_person"]
    assert (score.counts.gold, score.counts.predicted, score.counts.hits) == (1, 1, 0)


def test_borderline_spans_forgive_what_rests_on_nothing_else(contact: Build) -> None:
    article = gold(call(), borderline=(LETTERS,))
    forgiven = meeting(channel="letter", evidence=[LETTERS])
    assert counts(contact, article, call(), forgiven) == counts(contact, article, call())
    assert counts(contact, article, meeting(evidence=[LETTERS, NOBODY])).predicted == 1
    assert counts(contact, article, meeting(evidence=[])).predicted == 1
    assert counts(contact, gold(borderline=(LETTERS,)), forgiven).invented == 0


def test_optional_contacts_count_neither_way(contact: Build) -> None:
    article = gold(call(), meeting(note="optional: hardly a meeting"))
    assert (
        counts(contact, article, call(), meeting())
        == counts(contact, article, call())
        == counts(contact, gold(call()), call())
    )
    assert score_article(article, []).missed == article.contacts[:1]


def test_contacts_in_empty_articles_are_invented(contact: Build) -> None:
    c = counts(contact, gold(), call(), meeting())
    assert (c.empty, c.invented, c.predicted, c.gold) == (1, 2, 2, 0)
    assert (
        RATE["invented_per_10_empty"].value(total([c, counts(contact, gold()), counts(contact, gold(call()))])) == 10.0
    )


def test_a_date_where_the_gold_has_none_is_overdated_unless_fresh(contact: Build) -> None:
    dated = meeting(date="2023-05-02")
    strict, fresh = counts(contact, gold(meeting()), dated), counts(contact, gold(meeting(fresh=True)), dated)
    assert (strict.undated, strict.overdated, strict.date, strict.strict) == (1, 1, 0, 1)
    assert (fresh.undated, fresh.overdated) == (0, 0)


def test_a_second_channel_may_be_right(contact: Build) -> None:
    article = gold(call(channel_also="unspecified"))
    assert counts(contact, article, call(channel="unspecified")).channel == 1
    assert counts(contact, article, call(channel="video")).channel == 0


def test_an_article_without_a_reading_is_missing_and_missed() -> None:
    score = score_article(gold(call()), None)
    assert (score.counts.missing, score.counts.gold, score.counts.hits, len(score.missed)) == (1, 1, 0, 1)


def test_rates() -> None:
    c = Counts(gold=8, predicted=4, hits=3, strict=1, channel=2, dated=2, date=1)
    values = {name: rate.value(c) for name, rate in RATE.items()}
    assert values["precision"] == 3 / 4 and values["recall"] == 3 / 8 and values["f1"] == pytest.approx(0.5)
    assert values["strict_f1"] == pytest.approx(2 / 12) and values["channel"] == 2 / 3 and values["date"] == 0.5
    assert values["initiator"] == 0.0 and RATE["initiator"].base(c) == 0
    assert astuple(total([c, c])) == tuple(2 * n for n in astuple(c)) and total([]) == Counts()


@pytest.mark.parametrize(
    ("read", "written", "same"),
    [
        ("Vidal", "Jonas Vidal", True),
        ("J. Vidal", "Jonas Vidal", True),
        ("Yonas Vidal", "Jonas Vidal", True),
        ("Pedro Vidal", "Jonas Vidal", False),
        ("Jonas Vidall", "Jonas Vidal", True),
        ("Jonás Vidal", "Jonas Vidal", True),
        ("Maria Fernanda Lis", "Maria Fernanda Lys", True),  # short surnames differ much by one letter
        ("Maria Lis", "Maria Lys", False),
        ("Jonas", "Jonas Vidal", False),
        ("...", "Jonas Vidal", False),
        ("Відаль", "Відаль", False),  # names are compared in Latin letters
    ],
)
def test_persons(read: str, written: str, same: bool) -> None:
    assert same_person(read, written) is same


@pytest.mark.parametrize(
    ("read", "written", "same"),
    [
        (MIRA, MINISTER, True),  # an office may be given as its holder
        (MIRA, ("Syldavia", "state", "SYL"), False),
        (MINISTER, MIRA, False),
        (("Syldavia", "state", "syl"), MINISTER, True),
        (("foreign minister, of Syldavia", "office", None), MINISTER, False),
        (("Foreign-Minister of Syldavia", "office", None), MINISTER, True),
        (("Ruritania", "state", "RUR"), ("Syldavia", "state", "SYL"), False),
    ],
)
def test_parties(read: Any, written: Any, same: bool, contact: Build) -> None:
    side = contact(TEXT, [], [read]).parties[0]
    assert same_party(side, gold(call(parties=[written])).contacts[0].parties[0]) is same


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-12-30", ("2021-12-30", "2021-12-30")),
        ("2021-12-30T15:35:00-05:00", ("2021-12-30", "2021-12-30")),
        ("2021-12?", ("2021-12-01", "2021-12-31")),
        ("202X", ("2020-01-01", "2029-12-31")),
        ("2021-1X-XX", ("2021-10-01", "2021-19-31")),
        ("[2021-12-23, 2021-11-30]", ("2021-11-30", "2021-12-23")),
        ("2021-12-23/2022-01", ("2021-12-23", "2022-01-31")),
        ("2021..2022", ("2021-01-01", "2022-12-31")),
        ("2021/..", None),
        ("yesterday", None),
    ],
)
def test_days(edtf: str, expected: tuple[str, str] | None) -> None:
    assert days(edtf) == expected


def test_a_date_agrees_when_it_lies_within_the_gold_days() -> None:
    assert date_agrees("2021-12-30", "2021-12") and not date_agrees("2021-12", "2021-12-30")
    assert date_agrees("2021-12", "2021-12-30", ("2021-12",)) and date_agrees("[2021, 2022]", "2020", ("[2021,2022]",))
    assert date_agrees(None, None) and date_agrees("2021", None) and not date_agrees(None, "2021")
    assert not date_agrees("soon", "2021")


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert overlap([(0, 5)], [(4, 9)]) and not overlap([(0, 5)], [(5, 9)]) and not overlap([], [(0, 9)])
