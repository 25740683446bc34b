"""The scores are those of the reference tool, for predictions made from the gold by all sorts of damage."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from types import ModuleType

import msgspec
import pytest

from rozmova.evaluation import Evaluation, GoldArticle, GoldContact, evaluate, evaluate_readings, load_gold
from rozmova.evaluation.score import RATES
from rozmova.records import Article, Contact, PartyKind, Reading

SHARED = Path(__file__).resolve().parents[3] / "shared"
TOOL = SHARED / "tools" / "score_contacts.py"
GOLD = [SHARED / "gold" / "seeds.json", SHARED / "gold" / "dev"]

if not TOOL.is_file() or not all(path.exists() for path in GOLD):
    reason = f"the agreement of the scores is NOT TESTED: {TOOL} and {SHARED / 'gold'} are not there"
    warnings.warn(reason, stacklevel=1)
    pytest.skip(reason, allow_module_level=True)

SEEDS = 30
NAMES = {
    "precision": "P",
    "recall": "R",
    "f1": "F1",
    "strict_f1": "strictF1",
    **{same: same for same in ("channel", "status", "parties", "date", "overdated", "initiator")},
    "invented_per_10_empty": "invented_per_10_empty",
}
OURS = {rate.name for rate in RATES if rate.needs} | {"party_f1"}
"""Measures that the tool does not have."""
CHANNELS = ("phone", "video", "in_person", "letter", "unspecified")
STATUSES = ("proposed", "planned", "held", "cancelled", "declined")
KINDS: tuple[PartyKind, ...] = ("person", "office", "state", "organisation")
DATES = (None, "2021-12", "2018-05-29", "2022", "2021-12-23/2021-12-30", "202X-1X", "2021-12-07?", "../2022", "soon")

Build = Callable[..., Contact]
BuildReading = Callable[..., Reading]
Predict = Callable[[int], dict[str, Reading]]
Expected = Callable[[Iterable[Reading]], dict[str, dict[str, float]]]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_contacts", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold() -> tuple[GoldArticle, ...]:
    return load_gold(GOLD)


def damaged_name(name: str, rng: Random) -> str:
    words = name.split()
    spot = rng.randrange(len(name))
    return rng.choice(
        (
            words[-1],
            words[0],
            name.upper(),
            name[:spot] + name[spot + 1 :],
            f"{name[0]}. {words[-1]}",
            "Ruritania",
            "...",
        )
    )


def damaged(article: GoldArticle, gold: GoldContact, rng: Random, rate: float, build: Build) -> Contact:
    """The gold contact as a prediction, every part of it changed with this probability."""

    def hit() -> bool:
        return rng.random() < rate

    text = article.text
    sides = [(p.name, p.kind, p.affiliation) for p in gold.parties]
    sides = [(damaged_name(n, rng) if hit() else n, k, c) for n, k, c in sides]
    sides = [
        (n, rng.choice(KINDS) if hit() else k, rng.choice((None, "USA", "pol", "EU")) if hit() else c)
        for n, k, c in sides
    ]
    if hit():
        rng.shuffle(sides)
    if hit() and len(sides) > 1:
        sides.pop()
    if hit():
        sides.append(rng.choice([*sides, ("Grand Duchy of Fenwick", "state", None)]))
    spans: list[tuple[int, int]] = []
    for words in gold.evidence:
        start = text.index(words)
        shift = rng.randint(-2 * len(words), 2 * len(words)) if hit() else 0
        start = min(max(start + shift, 0), len(text) - 1)
        spans.append((start, min(start + len(words), len(text))))
    if hit():
        spans = spans[1:]
    return build(
        text,
        spans,
        sides,
        channel=rng.choice(CHANNELS) if hit() else gold.channel,
        status=rng.choice(STATUSES) if hit() else gold.status,
        date=rng.choice((*DATES, *gold.date_also)) if hit() else gold.date,
        initiator=rng.choice((None, "USA", "rus", (gold.initiator or "x").lower())) if hit() else gold.initiator,
    )


def predictions(
    articles: tuple[GoldArticle, ...], seed: int, build: Build, build_reading: BuildReading
) -> dict[str, Reading]:
    """Readings by stem: gold contacts damaged, dropped, doubled or taken from elsewhere; some readings are missing."""
    rng = Random(seed)
    rate = rng.choice((0.0, 0.05, 0.2, 0.5))
    pool = [(a, c) for a in articles for c in a.contacts]
    readings: dict[str, Reading] = {}
    for article in articles:
        found: list[Contact] = []
        for gold in article.contacts:
            copies = rng.choices((1, 0, 2), (1.0, rate, rate))[0]
            found += [damaged(article, gold, rng, rate, build) for _ in range(copies)]
        if rng.random() < rate:
            source, gold = rng.choice(pool)
            stray = damaged(source, gold, rng, rate, build)
            found.append(msgspec.structs.replace(stray, evidence=found[0].evidence if found else ()))
        if article.borderline and rng.random() < 0.5:  # a surplus contact that may be forgiven
            words = list(article.borderline) if rng.random() < 0.8 else [article.borderline[0], (0, 5)]
            found.append(build(article.text, words, [("Ruritania", "state", None), ("Syldavia", "state", "SYL")]))
        rng.shuffle(found)
        if rng.random() >= rate / 5:
            readings[article.stem] = build_reading(article.name, article.lang, found)
    return readings


def compare(evaluation: Evaluation, expected: dict[str, dict[str, float]]) -> None:
    assert {group.name for group in evaluation.groups} == set(expected)
    for group in evaluation.groups:
        wanted = expected[group.name]
        counted = {"articles": group.counts.articles, "missing": group.counts.missing}
        counted |= {"gold": group.counts.gold, "pred": group.counts.predicted}
        assert counted == {name: wanted[name] for name in counted}
        same = {name: rate for name, rate in group.rates.items() if name not in OURS}
        assert same == pytest.approx({name: wanted[other] for name, other in NAMES.items()}, abs=1e-9)
        assert len(wanted) == len(counted) + len(NAMES), "the tool reports a number that is not compared"


@pytest.fixture(scope="module")
def predict(
    gold: tuple[GoldArticle, ...], contact: Build, reading: BuildReading
) -> Callable[[int], dict[str, Reading]]:
    """Readings for a seed: see :func:`predictions`."""
    return lambda seed: predictions(gold, seed, contact, reading)


@pytest.fixture
def expected(tool: ModuleType, tmp_path: Path) -> Callable[[Iterable[Reading]], dict[str, dict[str, float]]]:
    """What the tool says of readings."""

    def run(readings: Iterable[Reading]) -> dict[str, dict[str, float]]:
        file = tmp_path / "readings.jsonl"
        file.write_bytes(b"\n".join(map(msgspec.json.encode, readings)))
        scores: dict[str, dict[str, float]] = tool.score(file, GOLD)
        return scores

    return run


@pytest.mark.parametrize("seed", range(SEEDS))
def test_damaged_gold_scores_as_with_the_tool(seed: int, predict: Predict, expected: Expected) -> None:
    readings = predict(seed).values()
    compare(evaluate_readings(GOLD, readings, resamples=1), expected(readings))


def test_the_damage_reaches_every_measure(predict: Predict) -> None:
    """Else the agreement above could be one of ones and zeros only."""
    seen: dict[str, set[float]] = {name: set() for name in NAMES}
    for seed in range(SEEDS):
        for name, value in evaluate_readings(GOLD, predict(seed).values(), resamples=1).groups[0].rates.items():
            if name in OURS:
                continue
            seen[name].add(round(value, 3))
    assert {name: len(values) > 3 for name, values in seen.items()} == dict.fromkeys(NAMES, True)


def test_readings_made_on_the_way_score_as_with_the_tool(
    predict: Predict, expected: Expected, gold: tuple[GoldArticle, ...], reading: BuildReading
) -> None:
    readings = predict(4)
    complete = {a.name: readings.get(a.stem, reading(a.name, a.lang, ())) for a in gold}
    given: list[Article] = []

    def read(article: Article) -> Reading:
        given.append(article)
        return complete[article.path]

    compare(evaluate(GOLD, read, resamples=1), expected(complete.values()))
    assert [(a.text, a.published) for a in given] == [(a.text, a.published) for a in gold]
