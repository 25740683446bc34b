"""The annotated contacts of the seed articles, merged: exactly the contacts the annotation names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merge.test_demo import accounts_of, annotated, b_cubed
from rozmova.evaluation.gold import load_gold
from rozmova.evaluation.score import score_article
from rozmova.merge import merge
from rozmova.pipeline import read_article

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "seeds.json"


@pytest.mark.skipif(not GOLD.exists(), reason=f"the annotated seed articles are not at {GOLD}")
def test_the_seeds_give_exactly_the_annotated_contacts() -> None:
    articles = json.loads(GOLD.read_text(encoding="utf-8"))["articles"]
    readings, keys = annotated(articles)
    merged = merge(readings)
    precision, recall, f1 = b_cubed(accounts_of(merged), keys)
    print(f"B-cubed of the seeds' {len(keys)} accounts: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    assert (precision, recall, f1) == (1, 1, 1)
    december = [c for c in merged if c.date == "2021-12-07"]
    assert [c.agreement["channel"] for c in december] == ["disputed"]
    planned = [c for c in merged if (c.date or "").startswith("2021-12-30")]
    assert [[step.status for step in c.status_history] for c in planned] == [["planned", "held"]]


@pytest.mark.skipif(not GOLD.exists(), reason=f"the annotated seed articles are not at {GOLD}")
def test_the_seeds_as_they_are_read_give_exactly_the_annotated_contacts() -> None:
    """What is read in the articles themselves, dated by their own words, not what the annotation says of them."""
    marked = json.loads(GOLD.read_text(encoding="utf-8"))["articles"]
    readings, keys = [], {}
    for gold in load_gold([GOLD]):
        reading = read_article(gold.article())
        readings.append(reading)
        names = {contact["evidence"][0]: contact["contact"] for contact in marked[gold.name]["contacts"]}
        score = score_article(gold, reading.contacts)
        assert not score.missed
        for pair in score.pairs:
            index = next(n for n, contact in enumerate(reading.contacts) if contact is pair.predicted)
            keys[reading.article.id, index] = names[pair.gold.evidence[0]]
    merged = merge(readings)
    found = [[key for key in cluster if key in keys] for cluster in accounts_of(merged)]
    assert b_cubed([cluster for cluster in found if cluster], keys) == (1, 1, 1)
    (december,) = [c for c in merged if c.date == "2021-12-07"]
    assert december.agreement["channel"] == "disputed"
    (new_year,) = [c for c in merged if (c.date or "").startswith("2021-12-30")]
    assert [step.status for step in new_year.status_history] == ["planned", "held"]
