"""The bench of merging: its data is whole, and the program still merges it as in the committed run."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))  # `tools` is no part of the package

from tools import merge_bench as bench  # noqa: E402


@pytest.fixture(scope="module")
def corpus() -> bench.Corpus:
    return bench.reports()


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return bench.pairs()


def test_there_is_enough(corpus: bench.Corpus, rows: list[dict[str, str]]) -> None:
    sizes = Counter(label.contact for label in corpus.labels.values())
    assert sum(size > 1 for size in sizes.values()) >= 45
    assert len(corpus.labels) >= 160
    same = Counter(row["same"] for row in rows)
    assert same["yes"] >= 60
    assert same["no"] >= 60
    assert {reading.article.lang for reading in corpus.readings} == {"uk", "pl", "ru", "en"}
    halves = Counter(bench.half(contact) for contact in sizes)
    assert min(halves["open"], halves["held out"]) >= 30


def test_identifiers_are_unique(corpus: bench.Corpus, rows: list[dict[str, str]]) -> None:
    ids = [reading.article.id for reading in corpus.readings]
    assert len(set(ids)) == len(ids)
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({frozenset((row["a"], row["b"])) for row in rows}) == len(rows)


def test_pairs_say_what_the_labels_say(corpus: bench.Corpus, rows: list[dict[str, str]]) -> None:
    for row in rows:
        one, other = corpus.labels[row["a"]], corpus.labels[row["b"]]
        assert row["same"] == ("yes" if one.contact == other.contact else "no"), row
        assert row["case"] in (one.case, other.case), row
        assert one.half == other.half, row


def test_every_account_and_every_pair_of_one_contact_is_there(corpus: bench.Corpus, rows: list[dict[str, str]]) -> None:
    labels = corpus.labels
    listed = {(row["a"], row["b"]) for row in rows}
    together = {(a, b) for a, b in combinations(labels, 2) if labels[a].contact == labels[b].contact}
    assert together <= listed
    assert labels.keys() == {account for pair in listed for account in pair}


def test_no_article_tells_one_contact_twice(corpus: bench.Corpus) -> None:
    told = Counter((account.partition(":")[0], label.contact) for account, label in corpus.labels.items())
    assert max(told.values()) == 1


def test_everybody_in_the_table_is_used() -> None:
    data = yaml.load((bench.FOLDER / "reports.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    used = {party for article in data["articles"] for row in article["contacts"] for party in row["parties"]}
    assert data["people"].keys() <= used


def test_the_run_is_the_frozen_one(corpus: bench.Corpus) -> None:
    now = bench.lines(bench.run(corpus), bench.run(bench.demo()))
    frozen = (bench.FOLDER / "frozen.tsv").read_text(encoding="utf-8").splitlines()
    assert now == frozen, "merging changed: see python tools/merge_bench.py, then --freeze if it is meant"


def test_scores_count_wrong_and_missed_pairs() -> None:
    row = {"id": "1", "a": "x", "b": "y", "case": ""}
    judged = [
        bench.Judged({**row, "same": "yes"}, True, "open"),
        bench.Judged({**row, "same": "yes"}, False, "open"),
        bench.Judged({**row, "same": "no"}, True, "open"),
        bench.Judged({**row, "same": "no"}, False, "open"),
    ]
    assert bench.scores(judged) == (4, 0.5, 0.5, 0.5)


def test_b_cubed_takes_clusters_whole() -> None:
    labels = {a: bench.Labelled(contact, "", "open") for a, contact in {"a": "1", "b": "1", "c": "2"}.items()}
    done = bench.Run(bench.Corpus((), labels), {"a": "a", "b": "b", "c": "b"})
    n, precision, recall, _ = bench.b_cubed(done, ["a", "b", "c"])
    assert (n, precision, recall) == (3, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert bench.b_cubed(done, ["c"])[:3] == (1, 0.5, 1.0)
