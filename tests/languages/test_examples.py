"""Every example of the language data through the product's own steps; and that the runner sees each kind of failure."""

from __future__ import annotations

from typing import Any

import pytest

from rozmova.checks import compare, examples
from rozmova.checks.compare import CLOSED, MALFORMED, MISSING, SURPLUS, WRONG_SPAN, WRONG_VALUE, Found, Problem
from rozmova.checks.examples import Example
from rozmova.languages import loader
from rozmova.records import Contact, Evidence, Party, Place

EVERY = [example for code in loader.codes() for example in examples.examples(code)]


@pytest.mark.parametrize("example", EVERY, ids=lambda e: f"{e.code}/{e.kind}-{e.number}")
def test_example(example: Example) -> None:
    result = examples.run(example)
    assert not result.problems, "\n" + "\n".join(result.lines())


def test_there_are_examples_of_every_language() -> None:
    assert {e.code for e in EVERY} == set(loader.codes())


@pytest.mark.parametrize("code", loader.codes())
def test_the_bank_of_dates_is_large(code: str) -> None:
    bank = [e for e in EVERY if (e.code, e.kind) == (code, "dates")]
    assert sum(len(e.entry["gives"]) for e in bank) >= 150
    assert sum(not e.entry["gives"] for e in bank) >= 40


# what the runner says of failures


def run(entry: dict[str, Any], kind: str = "states", code: str = "en") -> list[Problem]:
    return list(examples.run(Example(code, kind, 1, entry)).problems)


def kinds(problems: list[Problem]) -> list[str]:
    return [p.kind for p in problems]


def test_right_ids_hold() -> None:
    assert not run({"text": "Envoys from Norway and Chad met.", "gives": ["NOR", "TCD"]})


@pytest.mark.parametrize(
    ("gives", "kind"),
    [(["NOR", "TCD", "PER"], MISSING), (["NOR"], SURPLUS), (["NOR", "PER"], WRONG_VALUE), (["TCD", "NOR"], MISSING)],
)
def test_wrong_ids_are_told_apart(gives: list[str], kind: str) -> None:
    problems = run({"text": "Envoys from Norway and Chad met.", "gives": gives})
    assert kind in kinds(problems)


def test_a_failure_names_file_text_and_both_values() -> None:
    result = examples.run(Example("en", "states", 7, {"text": "Envoys from Norway met.", "gives": ["PER"]}))
    (line,) = result.lines()
    for part in ("languages/en/states.examples.yaml", "example 7", "Envoys from Norway met.", "PER", "NOR", "'Norway'"):
        assert part in line


def test_a_tempting_text_that_gives_something_fails() -> None:
    assert kinds(run({"text": "Norway agreed.", "gives": []})) == [SURPLUS]


@pytest.mark.parametrize(
    "entry",
    [
        {"text": "Norway agreed."},
        {"gives": ["NOR"]},
        {"text": "Norway agreed.", "gives": ["NOR"], "known_gaps": "typo"},
        {"text": "Norway agreed.", "gives": ["NOR"], "on": "yesterday"},
    ],
)
def test_a_malformed_example_fails(entry: dict[str, Any]) -> None:
    assert kinds(run(entry)) == [MALFORMED]


def test_a_known_gap_excuses_a_failure_and_must_go_once_closed() -> None:
    gap = {"text": "Norway agreed.", "gives": ["PER"], "known_gap": "Peru is hidden"}
    result = examples.run(Example("en", "states", 1, gap))
    assert not result.problems
    assert kinds(list(result.gap)) == [WRONG_VALUE]
    closed = run({**gap, "gives": ["NOR"]})
    assert kinds(closed) == [CLOSED]
    assert "remove known_gap (Peru is hidden)" in closed[0].message


def test_a_known_gap_does_not_excuse_a_malformed_example() -> None:
    assert kinds(run({"text": "Norway agreed.", "known_gap": "no gives"})) == [MALFORMED]


def test_a_file_nobody_knows_is_not_passed_over() -> None:
    assert kinds(run({"text": "x", "gives": []}, kind="colours")) == [MALFORMED]


# spans


TEXT = "On Monday, 14 February, and on Tuesday they met."


def span(words: str, **fields: Any) -> Found:
    start = TEXT.index(words)
    return Found(start, start + len(words), words, fields, "a rule")


def spans(expected: list[dict[str, Any]], *found: Found) -> list[str]:
    return kinds(list(compare.spans(TEXT, expected, found)))


def test_spans_that_agree() -> None:
    assert not spans(
        [{"text": "14 February", "value": "2022-02-14"}], span("14 February", value="2022-02-14", type="DATE")
    )


def test_span_failures_are_told_apart() -> None:
    wanted = {"text": "14 February", "value": "2022-02-14"}
    assert spans([wanted]) == [MISSING]
    assert spans([], span("Tuesday", value=None)) == [SURPLUS]
    assert spans([wanted], span("14 February", value="2021-02-14")) == [WRONG_VALUE]
    assert spans([wanted], span("Monday, 14 February", value="2022-02-14")) == [WRONG_SPAN]
    assert spans([wanted], span("Monday, 14 February", value=None)) == [WRONG_SPAN, WRONG_VALUE]
    assert spans([wanted], span("Tuesday", value="2022-02-14")) == [MISSING, SURPLUS]
    assert spans([{"text": "15 February"}]) == [MALFORMED]


def test_null_is_a_value_and_a_field_not_named_is_none() -> None:
    assert spans([{"text": "Tuesday", "value": None}], span("Tuesday", value="2022-02-15")) == [WRONG_VALUE]
    assert not spans([{"text": "Tuesday"}], span("Tuesday", value="2022-02-15"))


def test_two_things_on_the_same_words_are_two() -> None:
    both = [{"text": "Tuesday", "value": "b"}, {"text": "Tuesday", "value": "a"}]
    assert not spans(both, span("Tuesday", value="a"), span("Tuesday", value="b"))
    assert spans(both, span("Tuesday", value="a")) == [MISSING]


def test_words_are_found_as_whole_words() -> None:
    text = "Heather said he agreed."
    assert not list(compare.spans(text, [{"text": "he"}], [Found(13, 15, "he")]))


# contacts


def party(name: str, code: str) -> Party:
    return Party(id=f"x:{name.lower()}", name=name, kind="person", affiliation=code, role=None, part="participant")


def contact(*parties: Party, **fields: Any) -> Contact:
    evidence = Evidence(start=0, end=1, text="x", supports=("contact",), rule="somebody calls somebody")
    values: dict[str, Any] = {
        "parties": parties, "channel": "phone", "form": "call", "status": "held", "date": "2022-02-12",
        "date_basis": "explicit", "initiator": "NOR", "place": None, "duration_minutes": 50.0,
        "duration_qualifier": None, "topics": (), "evidence": (evidence,), **fields,
    }  # fmt: skip
    return Contact(**values)


NORWAY, PERU, CHAD = party("Ann Berg", "NOR"), party("Luz Rey", "PER"), party("Idris Ba", "TCD")


def contacts(expected: list[dict[str, Any]], *given: Contact) -> list[str]:
    return kinds(list(compare.contacts(expected, given)))


@pytest.mark.parametrize("sides", [["NOR", "PER"], ["PER", "NOR"], ["Ann Berg", "x:luz rey"], ["NOR", "NOR", "PER"]])
def test_parties_are_a_set_of_codes_ids_or_names(sides: list[str]) -> None:
    assert not contacts([{"parties": sides}], contact(NORWAY, PERU))


@pytest.mark.parametrize(
    "field",
    [
        {"channel": "video"}, {"status": "planned"}, {"date": None}, {"place": "Oslo"}, {"initiator": "PER"},
        {"initiator": None}, {"minutes": 49}, {"form": "visit"}, {"rule": "another"},
    ],
)  # fmt: skip
def test_a_field_that_is_named_must_agree(field: dict[str, Any]) -> None:
    assert contacts([{"parties": ["NOR", "PER"], **field}], contact(NORWAY, PERU)) == [WRONG_VALUE]


def test_all_fields_that_agree() -> None:
    whole = {
        "parties": ["NOR", "PER"], "channel": "phone", "status": "held", "date": "2022-02-12", "place": "Oslo",
        "initiator": "Ann Berg", "minutes": 50, "form": "call", "rule": "somebody calls somebody",
    }  # fmt: skip
    assert not contacts([whole], contact(NORWAY, PERU, place=Place(id="Q585", name="Oslo", state="NOR")))


def test_contact_failures_are_told_apart() -> None:
    wanted = {"parties": ["NOR", "PER"]}
    assert contacts([wanted]) == [MISSING]
    assert contacts([], contact(NORWAY, PERU)) == [SURPLUS]
    assert contacts([wanted], contact(NORWAY, CHAD)) == [WRONG_VALUE]
    assert contacts([wanted], contact(NORWAY, PERU, CHAD)) == [WRONG_VALUE]
    assert contacts([{"parties": ["NOR", "PER", "TCD"]}], contact(NORWAY, PERU)) == [WRONG_VALUE]


def test_contacts_of_the_same_two_are_paired_by_their_fields() -> None:
    two = [{"parties": ["NOR", "PER"], "status": "planned"}, {"parties": ["NOR", "PER"], "status": "held"}]
    assert not contacts(two, contact(NORWAY, PERU), contact(NORWAY, PERU, status="planned"))
    assert contacts(two, contact(NORWAY, PERU)) == [MISSING]


def test_forms_of_surnames() -> None:
    assert not run({"text": "a letter from Norway", "gives": [{"form": "Norway", "lemma": "norway"}]}, "surnames")
    assert kinds(run({"form": "Norway", "lemma": "norwa"}, "surnames")) == [MISSING]
    assert kinds(run({"text": "x", "gives": [{"form": "Norway", "lemma": "norway"}]}, "surnames")) == [MALFORMED]
