"""The linter of the language data: each thing it looks for is found, and the data of the product is sound."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from rozmova.checks import examples, structure, yaml_text
from rozmova.checks import lint as linter
from rozmova.contacts import frames as contact_frames
from rozmova.languages import loader

_FRESH = count()
LANGUAGE = """
name: Basic English
morphology: {tool: lemminflect, dictionary: "", closed: {ADP: [with, of, by, to, in], DET: [the, a]}}
letters: {own: "", foreign: ""}
has_cases: false
"""
DATES = """
words:
  weekday: {Monday: 1, Tuesday: 2}
rules:
  - {name: weekday, find: ["on? <weekday>"], value: {op: weekday}}
"""
DATES_EXAMPLES = "- {text: They met on Tuesday, on: 2022-02-11, gives: [{text: on Tuesday, value: 2022-02-08}]}"
FRAMES = """
frames:
  - name: somebody called somebody
    verb: [call, phone]
    form: call
    channel: phone
    slots: [{subject: true}, {case: Acc}]
status: {planned: [plan]}
"""
FRAMES_EXAMPLES = """
- {text: They plan to call and they phoned, gives: []}
- {text: Norway called Peru, gives: [{parties: [NOR, PER]}]}
"""
STATES = "NOR: {names: [Norway]}\nPER: {names: [Peru], adjectives: [Peruvian]}"
STATES_EXAMPLES = "- {text: Norway and Peruvian Peru, gives: [NOR, PER, PER]}"


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A small language of its own, beside the shared data, in a folder of languages that holds nothing else."""
    name = f"t{next(_FRESH)}"
    shutil.copytree(loader.ROOT / loader.SHARED, tmp_path / loader.SHARED)
    monkeypatch.setattr(loader, "ROOT", tmp_path)
    loader.table.cache_clear()
    loader.codes.cache_clear()
    put(name, "language", LANGUAGE)
    put(name, "romanisation", "letters: {}")
    put(name, "states", STATES)
    put(name, "states.examples", STATES_EXAMPLES)
    yield name
    loader.table.cache_clear()
    loader.codes.cache_clear()


def put(code: str, name: str, text: str) -> None:
    path = loader.ROOT / code / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    loader.table.cache_clear()


def with_dates(code: str, dates: str = DATES, tests: str = DATES_EXAMPLES) -> str:
    put(code, "dates", dates)
    put(code, "dates.examples", tests)
    return "\n".join(linter.lint(code))


def with_frames(code: str, frames: str = FRAMES, tests: str = FRAMES_EXAMPLES) -> str:
    put(code, "contacts", frames)
    put(code, "contacts.examples", tests)
    return "\n".join(linter.lint(code))


@pytest.mark.parametrize("name", [loader.SHARED, *loader.codes()])
def test_the_data_is_sound(name: str) -> None:
    found = list(linter.lint(name))
    assert not found, "\n" + "\n".join(found)


def test_a_language_of_a_few_lines_is_sound(code: str) -> None:
    assert with_dates(code) == ""
    assert with_frames(code) == ""
    assert not [line for result in examples.run_all([code]) for line in result.lines()]


def test_the_exit_status_tells(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert linter.main([]) == 0
    assert f"shared, {code}: no problems" in capsys.readouterr().out
    put(code, "states", STATES + "\nATL: {names: [Norway]}")
    assert linter.main([code]) == 1
    out = capsys.readouterr().out
    assert f"languages/{code}/states.yaml: ATL: no such id in shared/states.yaml" in out
    assert linter.main(["xx"]) == 2


def test_failing_examples_and_known_gaps_are_listed_on_request(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    gap = "\n- {text: Chad, gives: [TCD], known_gap: no word for it yet}\n- {text: Oslo, gives: [NOR]}"
    put(code, "states.examples", STATES_EXAMPLES + gap)
    assert linter.main([code]) == 0
    assert linter.main(["--examples", code]) == 1
    out = capsys.readouterr().out
    assert "example 3 'Oslo': missing: expected NOR" in out
    assert "example 2 'Chad': known gap: no word for it yet" in out
    assert "1 problems, 1 known gaps" in out


# the text of a file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("NOR: [Norway", "not valid YAML"),
        ("NOR: {names: [a]}\nNOR: {names: [b]}", "line 2: the key 'NOR' is given twice"),
        ("a: [при\u0061вет]", "mixes Latin and Cyrillic letters (Latin a)"),
        ("a: [Kyi\u0432]", "mixes Latin and Cyrillic letters (Cyrillic в)"),
        ("a: [п’ять]", "U+2019"),
        ("a: [пʼять]", "U+02BC"),
        ("a: [за\u0301мок]", "stress mark"),
        ("a: [пере\u00adговори]", "soft hyphen"),
        ("a: [и\u0306]", "NFC"),
    ],
)
def test_odd_characters_are_found(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert said in "\n".join(yaml_text.problems(path))


@pytest.mark.parametrize("text", ["a: [IT-сектор, п'ять, 'rock ''n'' roll', Łódź, Ґданськ]", "a: []", ""])
def test_ordinary_text_is_let_through(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert not list(yaml_text.problems(path))


def test_examples_may_print_any_apostrophe_but_not_mix_scripts() -> None:
    assert not list(yaml_text.of_text("прем’єр", prose=True))
    assert list(yaml_text.of_text("прeм’єр", prose=True))


# entries


def test_broken_yaml_is_told_and_ends_there(code: str) -> None:
    put(code, "states", "NOR: [")
    (line,) = linter.lint(code)
    assert line.startswith(f"languages/{code}/states.yaml: not valid YAML")


def test_a_file_without_examples_is_named(code: str) -> None:
    put(code, "dates", DATES)
    (line,) = linter.lint(code)
    assert "dates.yaml: has no examples" in line


def test_examples_without_a_file_are_named(code: str) -> None:
    put(code, "places.examples", "[]")
    (line,) = linter.lint(code)
    assert "there is no places.yaml" in line


def test_a_phrase_in_no_example(code: str) -> None:
    put(code, "states", STATES + "\nTCD: {names: [Chad]}")
    (line,) = linter.lint(code)
    assert line == f"languages/{code}/states.yaml: TCD: 'Chad' is in no example"


def test_a_phrase_under_two_ids(code: str) -> None:
    put(code, "states", STATES + "\nTCD: {names: [Peru]}")
    (line,) = linter.lint(code)
    assert "'Peru' stands under PER and TCD" in line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("on? <weekday>", "on? <wekday>", "rule 'weekday': pattern names the class <wekday>"),
        ("on? <weekday>", "~2 <weekday>", "must begin with a word or a class"),
        ("op: weekday", "op: week_day", "unknown operation 'week_day'"),
        ("name: weekday,", "", "rule 1: `name` is not given"),
        ("find:", "type: DAY, find:", "unknown type 'DAY'"),
        ("find:", "seek:", "unknown key `seek`"),
        ("words:", "words:\n  season: {spring: 3}", "no pattern of a rule names the class <season>"),
        ("rules:", "rule: []\nrules:", "unknown key `rule`"),
    ],
)
def test_what_is_wrong_in_dates(code: str, old: str, new: str, said: str) -> None:
    assert said in with_dates(code, DATES.replace(old, new, 1))


def test_a_date_rule_that_never_finds_anything(code: str) -> None:
    more = DATES + '  - {name: year, find: ["<year>"], value: {op: calendar}}\n'
    assert with_dates(code, more).endswith("dates.yaml: rule 'year' finds nothing in any example")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("case: Acc", "case: Accusative", "case 'Accusative'"),
        ("case: Acc", "cse: Acc", "unknown slot key 'cse'"),
        ("channel: phone", "channel: telephone", "channel 'telephone'"),
        ("form: call", "family: chat", "family 'chat'"),
        ("form: call", "initiator: caller", "initiator 'caller'"),
        ("verb: [call, phone]", "words: [call]", "unknown key 'words'"),
        ("planned:", "intended:", "status, intended: there is no such status"),
        ("status:", "state:", "unknown key `state`"),
        ("status:", "openers: [in which]\nstatus:", "openers: 'in which' must be one plain word"),
        ("form: call", "needs: [=line]", "needs: '=line' must be one plain word"),
        ("slots:", "each: sometimes\n    slots:", "each 'sometimes'"),
        ("slots: [{subject: true}, {case: Acc}]", "family: talk", "has no slots, so no party can stand in it"),
        ("verb: [call, phone]", "verb: [call, phone, ring]", "'ring' is in no example"),
        ("verb: [call, phone]", "verb: [call, phone, call]", "'call' stands twice under frame"),
        (
            "planned: [plan]",
            "planned: [plan], proposed: [plan]",
            "'plan' stands under status, planned and status, proposed",
        ),
    ],
)
def test_what_is_wrong_in_frames(code: str, old: str, new: str, said: str) -> None:
    assert said in with_frames(code, FRAMES.replace(old, new, 1))


def test_a_word_may_be_a_cue_for_several_fields_but_for_one_value_of_each(code: str) -> None:
    cues = FRAMES + "occur: [plan]\nfuture: [plan]\n"
    assert with_frames(code, cues) == ""
    assert "'plan' stands twice under future" in with_frames(
        code, cues.replace("future: [plan]", "future: [plan, plan]")
    )


def test_a_frame_that_gives_no_contact(code: str) -> None:
    assert "frame 'somebody called somebody' gives no contact" in with_frames(code, tests="- {text: '', gives: []}")


def test_a_frame_of_the_family_none_gives_no_contact_and_needs_no_slots(code: str) -> None:
    more = "  - {name: to call a halt, verb: [call a halt], family: none}\nstatus:"
    tests = FRAMES_EXAMPLES + "- {text: Norway called a halt with Peru, gives: []}"
    assert with_frames(code, FRAMES.replace("status:", more), tests) == ""
    assert not [line for result in examples.run_all([code]) for line in result.lines()]


def test_a_language_needs_a_romanisation(code: str) -> None:
    (loader.ROOT / code / "romanisation.yaml").unlink()
    (line, _) = linter.lint(code)
    assert "there is no romanisation.yaml" in line


def test_an_ending_that_makes_no_form(code: str) -> None:
    put(code, "surnames", "endings: [{ending: a, lemma: '', case: Gen, gender: Masc}]")
    put(code, "surnames.examples", "- {form: Berga, lemma: Berg}")
    assert not list(linter.lint(code))
    put(code, "surnames.examples", "- {form: Berg, lemma: Berg}")
    (line,) = linter.lint(code)
    assert "makes no example's form" in line


def test_the_guide_names_every_key_there_is() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "adding-a-language.md").read_text(encoding="utf-8")
    keys = {key for keys in structure._TOP.values() for key in keys}
    keys |= contact_frames._FRAME_KEYS | contact_frames._SLOT_KEYS | structure._NAMES
    for key in sorted(keys | structure.OPERATIONS | structure.CASES | structure.FAMILIES):
        assert f"`{key}`" in guide or f"{key}:" in guide, key


AGENCY = "official: {}\nagency: {X: {sites: [x.example]}}"


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (AGENCY, None),
        ("official: {X: {affiliation: UKR, sites: [x.example]}}\nagency: {}", None),
        ("official: {}\nagency: {X: {sites: [x.example], names: [X]}}", None),
        ("official: {}", "the kinds must be official, agency"),
        (f"{AGENCY}\npaper: {{}}", "the kinds must be official, agency"),
        ("official: {}\nagency: {X: {names: [Y]}}", "give sites"),
        ("official: {}\nagency: {X: {sites: [x.example], domains: [y.example]}}", "give sites"),
        ("official: {X: {sites: [x.example]}}\nagency: {}", "official outlets have an affiliation"),
        ("official: {}\nagency: {X: {affiliation: UKR, sites: [x.example]}}", "official outlets have an affiliation"),
        ("official: {X: {affiliation: ATL, sites: [x.example]}}\nagency: {}", "'ATL' is in neither"),
        ("official: {}\nagency: {X: {sites: [X.example]}}", "'X.example' is no domain"),
        ("official: {}\nagency: {X: {sites: [https://x.example]}}", "is no domain"),
        ("official: {}\nagency: {X: {sites: [x.example]}, Y: {sites: [x.example]}}", "'x.example' stands for X too"),
        ("official: {}\nagency: {X: {sites: []}, Y: {sites: [], names: ['«x»']}}", "'x' stands for X too"),
    ],
)
def test_outlets(code: str, table: str, problem: str | None) -> None:
    put(loader.SHARED, "outlets", table)
    found = [line for line in linter.lint(loader.SHARED) if "outlets.yaml" in line]
    assert len(found) == (problem is not None), found
    assert problem is None or problem in found[0]
