"""The annotated demo corpus, merged: the annotation says which contacts of different articles are one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import rozmova
from merge.newsroom import contact, party, reading
from rozmova.evaluation import clusters
from rozmova.evaluation.clusters import BCubed
from rozmova.merge import merge
from rozmova.records import MergedContact, Reading

GOLD = Path(rozmova.__file__).parent / "demo" / "gold.json"
KINDS = {"person": "", "office": "office:", "state": "state:", "organisation": "org:"}
FORMS = {"phone": "call", "video": "video conference", "in_person": "meeting", "letter": "letter"}

Account = tuple[str, int]


def b_cubed(found: Iterable[Iterable[Account]], gold: Mapping[Account, str]) -> BCubed:
    return clusters.b_cubed({account: n for n, cluster in enumerate(found) for account in cluster}, gold)


def annotated(articles: Mapping[str, Any]) -> tuple[list[Reading], dict[Account, str]]:
    """The annotation as readings, and the key of each contact."""
    readings, keys = [], {}
    for name, article in articles.items():
        found = [
            contact(
                *(party(f"{KINDS[p['kind']]}{p['name']}/{p['affiliation'] or ''}") for p in c["parties"]),
                date=c["date"], channel=c["channel"], status=c["status"], initiator=c["initiator"], place=c["place"],
                minutes=c["duration_minutes"], form=FORMS.get(c["channel"], "conversation"),
            )
            for c in article["contacts"]
        ]  # fmt: skip
        readings.append(reading(name, article["published"], *found))
        id = sha256(name.encode()).hexdigest()[:16]
        keys.update({(id, index): c["contact"] for index, c in enumerate(article["contacts"])})
    return readings, keys


def accounts_of(merged: Iterable[MergedContact]) -> list[list[Account]]:
    return [[(a.article, a.index) for a in m.accounts] for m in merged]


@pytest.fixture(scope="module")
def demo() -> tuple[list[Reading], dict[Account, str]]:
    return annotated(json.loads(GOLD.read_text(encoding="utf-8"))["articles"])


def test_b_cubed_counts_a_wrong_merge_and_a_missed_one() -> None:
    gold = {("a", 0): "x", ("b", 0): "x", ("c", 0): "y"}
    assert b_cubed([[("a", 0), ("b", 0)], [("c", 0)]], gold) == (1, 1, 1)
    assert b_cubed([[("a", 0)], [("b", 0)], [("c", 0)]], gold)[:2] == (1, pytest.approx(2 / 3))
    assert b_cubed([[("a", 0), ("b", 0), ("c", 0)]], gold)[:2] == (pytest.approx(5 / 9), 1)


def test_accounts_of_the_demo_find_their_contact(demo: tuple[list[Reading], dict[Account, str]]) -> None:
    readings, keys = demo
    precision, recall, f1 = b_cubed(accounts_of(merge(readings)), keys)
    print(f"B-cubed of {len(keys)} accounts: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    assert precision == 1
    assert f1 >= 0.97


def test_the_demo_shows_its_planted_disagreements(demo: tuple[list[Reading], dict[Account, str]]) -> None:
    readings, keys = demo
    by_key = {keys[m.accounts[0].article, m.accounts[0].index]: m for m in merge(readings) if len(m.accounts) > 1}
    video = by_key["biden-putin-video-2021-12-07"]
    assert (video.channel, video.agreement["channel"], len(video.accounts)) == ("video", "disputed", 7)
    assert by_key["macron-putin-moscow-2022-02-07"].agreement["duration_minutes"] == "disputed"
    summit = by_key["biden-putin-geneva-2021-06-16"]
    assert [step.status for step in summit.status_history] == ["proposed", "planned", "held"]
    assert by_key["blinken-lavrov-2022-02-24"].status == "cancelled"
