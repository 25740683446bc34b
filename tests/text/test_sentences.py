"""Where sentences end: a table of cases in four languages, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozmova.languages import loader
from rozmova.text.analysis import analyst

LEAST_ACCURACY = 0.85
"""Share of the table's cases, the known hard ones included, that the splitter must get right."""


class Case(NamedTuple):
    code: str
    text: str
    sentences: tuple[str, ...]
    hard: bool


def read(line: str) -> Case:
    """A case from its line: the marks of the ends taken out of the text, a space in place of each within a line."""
    hard = line.startswith("! ")
    code, _, marked = line.removeprefix("! ").partition(" ")
    marked = marked.replace("\\n", "\n").replace("\\r", "\r")
    wanted = tuple(part.strip() for part in marked.split("‖"))
    return Case(code, marked.replace("\n‖", "\n").replace("‖", " "), wanted, hard)


LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
CASES = [read(line) for line in LINES if line and not line.startswith("#")]


def split(code: str, text: str) -> tuple[str, ...]:
    analysis = analyst(code).analyse(text)
    return tuple(analysis.words(first, end) for first, end in analysis.sentences)


@pytest.mark.parametrize("case", [c for c in CASES if not c.hard], ids=lambda c: f"{c.code}: {c.sentences[0][:30]}")
def test_case(case: Case) -> None:
    assert split(case.code, case.text) == case.sentences


def test_accuracy(record_property: pytest.RecordProperty) -> None:
    """Prints the accuracy by language (``pytest -s``), over all cases of the table."""
    right = {code: [split(c.code, c.text) == c.sentences for c in CASES if c.code == code] for code in loader.codes()}
    for code, results in right.items():
        print(f"sentence ends, {code}: {sum(results)} of {len(results)} cases right")
        record_property(f"sentences-{code}", f"{sum(results)}/{len(results)}")
    every = [r for results in right.values() for r in results]
    print(f"sentence ends, all: {sum(every)} of {len(every)} cases right ({sum(every) / len(every):.0%})")
    assert sum(every) / len(every) >= LEAST_ACCURACY


def test_the_table_is_worth_its_name() -> None:
    assert len(CASES) >= 40
    assert {c.code for c in CASES} == set(loader.codes())


@settings(deadline=None)  # the first text loads a dictionary
@given(st.text(alphabet="Аба. !?«»\"—–\n1Яx'", max_size=60))
def test_sentences_cover_all_tokens_in_order(text: str) -> None:
    analysis = analyst("uk").analyse(text)
    ends = [0, *(end for _, end in analysis.sentences)]
    assert [first for first, _ in analysis.sentences] == ends[:-1]
    assert ends[-1] == len(analysis.tokens)
    assert all(first < end for first, end in analysis.sentences)


def test_a_first_line_may_be_a_title() -> None:
    analysis = analyst("en").analyse("Talks in Oslo\nThe envoys met on Friday.")
    assert analysis.words(0, analysis.title_end) == "Talks in Oslo"
    assert analyst("en").analyse("The envoys met on Friday.").title_end == 0
