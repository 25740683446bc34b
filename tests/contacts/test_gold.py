"""Contacts and statements on the exam: floors under what is reached, so that a fall is seen.

The ``sealed`` half was never read while rules were made: only its scores are printed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rozmova.evaluation import evaluate
from rozmova.evaluation.report import Evaluation
from rozmova.pipeline import read_article

GOLD = Path(__file__).parent / "gold"
FLOORS = {"precision": 0.7, "f1": 0.35, "channel": 0.85, "said_precision": 0.6, "said_recall": 0.4, "said_event": 0.75}


@pytest.fixture(scope="module", params=["open", "sealed"])
def scored(request: pytest.FixtureRequest) -> Evaluation:
    return evaluate([GOLD / request.param], read_article, resamples=1)


def test_contacts_and_statements_are_read(scored: Evaluation) -> None:
    (whole,) = (group for group in scored.groups if group.name == "all")
    for name, floor in FLOORS.items():
        assert whole.rates[name] >= floor, name


def test_every_language_is_there(scored: Evaluation) -> None:
    assert {group.name for group in scored.groups} == {"all", "en", "pl", "ru", "uk"}
    assert all(group.counts.gold >= 25 and group.counts.said_gold >= 40 for group in scored.groups)
