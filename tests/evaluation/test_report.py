"""The report over several articles: parts, groups, intervals, table and dictionaries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from rozmova.evaluation import Counts, GoldError, evaluate, evaluate_readings, is_held_out, render, to_dicts
from rozmova.evaluation.bootstrap import intervals, quantile
from rozmova.evaluation.score import RATES
from rozmova.records import Article, Contact, Reading

WORDS = {"en": "Vidal wrote to the Syldavian court", "pl": "Vidal napisał do dworu Syldawii"}
SIDES = [("Jonas Vidal", "person", "RUR"), ("Syldavia", "state", "SYL")]
STEMS = [f"{lang}-{n}" for lang in WORDS for n in range(900, 910)]
OPEN = [stem for stem in STEMS if not is_held_out(stem)]
HELD_OUT = [stem for stem in STEMS if is_held_out(stem)]

Write = Callable[[str, Any], Path]
Build = Callable[..., Contact]
BuildReading = Callable[..., Reading]


@pytest.fixture
def folder(write: Write, tmp_path: Path) -> Path:
    for stem in STEMS:
        parties = [dict(zip(("name", "kind", "affiliation"), side, strict=True)) for side in SIDES]
        found = {"parties": parties, "channel": "letter", "status": "held", "date": None, "evidence": [WORDS[stem[:2]]]}
        text = f"{stem}. {WORDS[stem[:2]]}."
        write(f"gold/{stem}.json", {"lang": stem[:2], "published": "2023-05-02", "text": text, "contacts": [found]})
    return tmp_path / "gold"


@pytest.fixture
def read(contact: Build, reading: BuildReading) -> Callable[[Article], Reading]:
    """Reads even articles rightly, takes the channel wrong in those that end in 5, and finds nothing in the others."""

    def run(article: Article) -> Reading:
        assert article.published == "2023-05-02"
        number = int(Path(article.path).stem[-1])
        words = [WORDS[article.path[:2]]]
        found = [contact(article.text, words, SIDES, channel="phone" if number == 5 else "letter")]
        return reading(article.path, article.path[:2], found if number % 2 == 0 or number == 5 else [])

    return run


def test_groups_are_all_and_the_languages(folder: Path, read: Callable[[Article], Reading]) -> None:
    result = evaluate([folder], read, resamples=50)
    assert [(g.name, g.counts.articles, g.counts.hits) for g in result.groups] == [
        ("all", 20, 12),
        ("en", 10, 6),
        ("pl", 10, 6),
    ]
    assert result.groups[0].rates["recall"] == 0.6 and result.groups[0].rates["channel"] == pytest.approx(10 / 12)


def test_the_parts_make_up_the_whole(folder: Path, read: Callable[[Article], Reading]) -> None:
    assert HELD_OUT and OPEN
    for only, stems in (("open", OPEN), ("held-out", HELD_OUT), ("all", STEMS)):
        result = evaluate([folder], read, only=only, resamples=10)  # type: ignore[arg-type]
        assert sorted(score.gold.stem for score in result.articles) == sorted(stems)
        line = f"gold articles: {len(STEMS)}, held back: {len(HELD_OUT)}; scored: "
        assert any(text.startswith(line) and text.endswith(f"({len(stems)})") for text in render(result))
        assert to_dicts(result)[0] == {
            "type": "gold",
            "articles": len(STEMS),
            "held_out": len(HELD_OUT),
            "only": only,
            "scored": len(stems),
        }


def test_an_empty_part_is_an_error(folder: Path, read: Callable[[Article], Reading]) -> None:
    with pytest.raises(GoldError, match="no gold article is left"):
        evaluate([folder / f"{OPEN[0]}.json"], read, only="held-out")


def test_table(folder: Path, read: Callable[[Article], Reading]) -> None:
    lines = render(evaluate([folder], read))
    rows = {line[:21].strip(): line[21:].split() for line in lines}
    assert lines[0].split() == ["all", "en", "pl"]
    assert rows["gold contacts"] == ["20", "10", "10"] and rows["contacts read"] == ["12", "6", "6"]
    assert rows["precision"][:2] == ["1.000", "[1.00-1.00]"]
    assert rows["date"] == ["-", "-", "-"], "nothing is dated, so there is nothing to measure"
    assert not any("MISSED" in line for line in lines)


def test_misses_are_listed_with_their_words_but_not_those_held_out(
    folder: Path, read: Callable[[Article], Reading]
) -> None:
    result = evaluate([folder], read, resamples=10)
    lines = render(result, misses=True)
    silent = {stem for stem in STEMS if stem[-1] in "1379"}
    missed = {line.split()[1] for line in lines if line.startswith("MISSED") and WORDS[line.split()[1][:2]] in line}
    wrong = {line.split()[1] for line in lines if line.startswith("WRONG") and " channel: gold" in line}
    assert missed == silent & set(OPEN) and wrong == {"en-905", "pl-905"} & set(OPEN)
    assert any(f"The {len(HELD_OUT)} held-out articles are not listed" in line for line in lines)
    alone = render(evaluate([folder], read, only="held-out", resamples=10), misses=True)
    assert {line.split()[1] for line in alone if line.startswith("MISSED")} == silent & set(HELD_OUT)


def test_surplus_contacts_are_listed(folder: Path, read: Callable[[Article], Reading], contact: Build) -> None:
    def double(article: Article) -> Reading:
        made = read(article)
        return replace(made, contacts=made.contacts * 2)

    result = evaluate([folder], double, resamples=10)
    surplus = [line for line in render(result, misses=True) if line.startswith("SURPLUS")]
    assert len(surplus) == sum(stem[-1] in "024685" for stem in OPEN)
    assert all("Jonas Vidal + Syldavia; " in line and "Vidal" in line.split(": ", 1)[1] for line in surplus)


def test_dictionaries_are_json(folder: Path, read: Callable[[Article], Reading]) -> None:
    result = evaluate([folder], read, resamples=50)
    records = json.loads(json.dumps(to_dicts(result, misses=True)))
    scores = {r["group"]: r for r in records if r["type"] == "score"}
    assert scores["en"]["rates"]["recall"] == 0.6 and scores["en"]["of"]["date"] == 0
    assert scores["en"]["intervals"]["date"] is None and len(scores["en"]["intervals"]["f1"]) == 2
    kinds = [r["type"] for r in records]
    assert kinds.count("missed") == sum(stem[-1] in "1379" for stem in OPEN)
    assert all(r["evidence"] == [WORDS[r["article"][:2]]] for r in records if r["type"] == "missed")
    assert len(to_dicts(result)) == 4


def test_readings_pair_by_stem_and_may_be_missing(folder: Path, contact: Build, reading: BuildReading) -> None:
    text = f"en-900. {WORDS['en']}."
    made = reading("/news/en-900.txt", "en", [contact(text, [WORDS["en"]], SIDES, channel="letter")])
    result = evaluate_readings([folder], [made, reading("other.txt", "en", [])], resamples=10)
    assert (result.groups[0].counts.missing, result.groups[0].counts.hits) == (19, 1)


def many(seed: int) -> list[Counts]:
    rng = Random(seed)
    return [Counts(articles=1, gold=3, predicted=3, hits=rng.randint(0, 3)) for _ in range(60)]


def test_intervals_depend_on_the_seed_alone() -> None:
    assert intervals(many(1), seed=7) == intervals(many(1), seed=7)
    assert intervals(many(1), seed=7) != intervals(many(1), seed=8)


def test_a_language_keeps_its_intervals_whatever_else_is_scored(
    folder: Path, read: Callable[[Article], Reading]
) -> None:
    alone = evaluate([folder / f"{stem}.json" for stem in STEMS if stem.startswith("pl")], read)
    both = evaluate([folder], read)
    assert alone.groups[1].name == both.groups[2].name == "pl"
    assert alone.groups[1].intervals == both.groups[2].intervals
    assert evaluate([folder], read, seed=1).groups[0].intervals != both.groups[0].intervals


def test_intervals_are_as_wide_as_theory_says() -> None:
    """For a share over n equal articles, the interval is close to 1.96 standard errors either way."""
    counts = [Counts(articles=1, gold=1, hits=int(i < 60)) for i in range(100)]
    interval = intervals(counts, resamples=4000)["recall"]
    assert interval is not None
    assert interval == pytest.approx((0.6 - 1.96 * 0.049, 0.6 + 1.96 * 0.049), abs=0.02)


def test_intervals_leave_out_what_cannot_be_measured() -> None:
    result = intervals([Counts(articles=1, gold=1, hits=1), *[Counts(articles=1, empty=1)] * 3])
    assert result["recall"] == (1.0, 1.0), "resamples without gold contacts would count as 0"
    assert result["date"] is None and result["invented_per_10_empty"] == (0.0, 0.0)
    assert intervals([]) == {rate.name: None for rate in RATES}


@pytest.mark.parametrize("wrong", [{"resamples": 0}, {"level": 1.0}])
def test_senseless_resampling_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at least one resample"):
        intervals(many(1), **wrong)


def test_quantiles_are_interpolated() -> None:
    assert [quantile([1.0, 2.0, 4.0], share) for share in (0, 0.25, 0.5, 0.75, 1)] == [1.0, 1.5, 2.0, 3.0, 4.0]
