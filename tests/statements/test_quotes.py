"""Quotations: which tokens they hold, whatever marks a newsroom sets, over sentences and paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozmova.statements.quotes import quotations
from rozmova.text.analysis import analyst

WORDS = "the harbour will stay open all winter"


def quoted(text: str, says: tuple[str, ...] = ()) -> list[str]:
    analysis = analyst("en").analyse(text)
    found = quotations(analysis, lambda i: i < len(analysis.tokens) and analysis.tokens[i].low in says)
    return [analysis.words(q.first, q.end) for q in found]


@pytest.mark.parametrize("opens, closes", ["“”", '""', "«»", "„“", "„”", "»«"[::-1]])
def test_every_pair_of_marks(opens: str, closes: str) -> None:
    assert quoted(f"She said: {opens}{WORDS}{closes}.") == [f"{opens}{WORDS}{closes}"]


def test_single_marks_only_beside_a_stop() -> None:
    assert quoted(f"She said: ‘{WORDS},’ and left.") == [f"‘{WORDS},’"]
    assert quoted("The ministers' ships and the sailors' wives were at sea.") == []


def test_a_title_is_no_quotation() -> None:
    assert quoted("He read “Northern Star” in Oslo.") == []


def test_over_two_sentences() -> None:
    assert quoted(f"“{WORDS.capitalize()}. Nobody should worry,” she said.") == [
        f"“{WORDS.capitalize()}. Nobody should worry,”"
    ]


def test_over_two_paragraphs() -> None:
    analysis = analyst("en").analyse("“One two three four.\n\n“Five six seven eight,” she said.")
    first, second = quotations(analysis)
    assert not first.goes_on
    assert second.goes_on


def test_a_mark_that_nobody_closed_ends_with_its_paragraph() -> None:
    assert quoted("She said: “one two three four.\n\nOther news follow here today.") == ["“one two three four."]


def test_dialogue_behind_a_dash() -> None:
    assert quoted("— We are ready for talks, — said the minister. — They begin on Monday.") == [
        "— We are ready for talks,",
        "— They begin on Monday.",
    ]


def test_words_of_saying_end_the_speech_of_a_dialogue() -> None:
    assert quoted("- We are ready for talks - said the minister", says=("said",)) == ["- We are ready for talks"]


@given(st.text(alphabet="ab .,\n\"“”«»„'’—-", max_size=60))
def test_whatever_the_marks_quotations_lie_in_the_text_and_do_not_cross(text: str) -> None:
    analysis = analyst("en").analyse(text)
    found = [q for q in quotations(analysis) if analysis.tokens[q.first].text not in "—–-"]
    assert all(0 <= q.first < q.end <= len(analysis.tokens) for q in found)
    assert all(a.end <= b.first for a, b in pairwise(found))
