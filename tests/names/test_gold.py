"""Names on the articles annotated for them: floors under what is reached, so that a fall is seen.

The articles were written and annotated by people who did not see the code. The ``sealed`` half was never read while
rules were made: only its scores are printed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rozmova.evaluation import evaluate
from rozmova.evaluation.report import Evaluation
from rozmova.pipeline import read_article

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module", params=["open", "sealed"])
def scored(request: pytest.FixtureRequest) -> Evaluation:
    return evaluate([GOLD / request.param], read_article, resamples=1)


def test_names_are_found_in_the_nominative_and_rightly_linked(scored: Evaluation) -> None:
    for group in scored.groups:
        assert group.rates["names_f1"] >= 0.85, group.name
        assert group.rates["lemma"] >= 0.90, group.name
        assert group.rates["linked"] >= 0.80, group.name


def test_every_language_is_there(scored: Evaluation) -> None:
    assert {group.name for group in scored.groups} == {"all", "en", "pl", "ru", "uk"}
    assert all(group.counts.names_gold >= 300 for group in scored.groups)
