"""A user's own file of persons: loaded whole, or refused with every problem at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rozmova.errors import InputError
from rozmova.names.actors import OPEN_END, load
from rozmova.names.fold import fold
from rozmova.names.own import LARGEST_FILE, ActorsFileError, OwnPerson, read_actors
from rozmova.names.tomllines import find_lines, line_of

GOOD = """\
# Our own people
[[person]]
name = "Ida Probe"
names = ["Іда Пробе", "Ида Пробе"]

  [[person.office]]
  state = "USA"
  level = "ambassador"
  title = "Ambassador to Russia"
  to = "RUS"
  from = 2031-01-20
  until = "2032-03"

[[person]]
name = "Kaja Kallas"
id = "Q3738868"
replace = true
  [[person.office]]
  state = "EU"
  level = "international_organisation"
  title = "High Representative"
  from = "2031"
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "my.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(folder: Path, text: str | bytes) -> list[tuple[int, str]]:
    """Line and text of every problem of a file that must have one."""
    path = write(folder, text)
    with pytest.raises(ActorsFileError) as caught:
        read_actors(path)
    assert isinstance(caught.value, InputError)
    lines = caught.value.message.splitlines()
    assert len(lines) == len(caught.value.problems) > 0
    assert all(line.startswith(f"{path}:") for line in lines)
    return [(problem.line, problem.text) for problem in caught.value.problems]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    ida, kallas = read_actors(write(tmp_path, GOOD))
    assert (ida.id, ida.names, ida.replace) == ("x:ida-probe", ("Іда Пробе", "Ида Пробе"), False)
    (term,) = ida.terms
    assert (term.start, term.end, term.to, term.source) == ("2031-01-20", "2032-03-31", "RUS", "own file")
    assert (kallas.id, kallas.replace, kallas.terms[0].start, kallas.terms[0].end) == (
        "Q3738868", True, "2031-01-01", OPEN_END,
    )  # fmt: skip
    assert read_actors(write(tmp_path, "\ufeff# nobody\r\n")) == ()


def test_every_lookup_sees_the_additions_and_the_shared_table_does_not(tmp_path: Path) -> None:
    before = len(load())
    table = load().with_own(read_actors(write(tmp_path, GOOD))[:1])
    ida = table.by_id("x:ida-probe")
    assert ida is not None and list(table.all())[-1] == ida
    assert table.people(fold("probe")) == (ida,) and "ida" in ida.given
    assert table.similar("Пробек")[0].person == ida
    assert table.holders("USA", "ambassador", "2031-06-01", "2031-06-01", "RUS")[-1] == ida
    assert table.rank(ida, "2031-06-01") == 6 and len(table.term_at(ida, "2031-06-01", "2031-06-01")) == 1
    assert len(table) == len(load()) + 1 == before + 1
    assert load().by_id("x:ida-probe") is None and load().people("probe") == ()


def test_a_known_identifier_corrects_the_person(tmp_path: Path) -> None:
    known = next(person for person in load().all() if person.label == "Boris Johnson")
    text = f'[[person]]\nname = "Alexander Johnson"\nid = "{known.id}"\nnames = ["Олександр Джонсонюк"]\n'
    table = load().with_own(read_actors(write(tmp_path, text)))
    corrected = table.by_id(known.id)
    assert corrected is not None and corrected.label == "Alexander Johnson"
    assert corrected.terms == known.terms and corrected.surname > known.surname and corrected.given > known.given
    assert len(table) == len(load()) and corrected in table.people(fold("Джонсонюк"))
    office = '[[person.office]]\nstate = "GBR"\nlevel = "other_minister"\ntitle = "Bard"\nfrom = 2031-01-01\n'
    added = load().with_own(read_actors(write(tmp_path, text + office))).by_id(known.id)
    assert added is not None and added.terms[:-1] == known.terms
    replaced = load().with_own(read_actors(write(tmp_path, text + "replace = true\n" + office))).by_id(known.id)
    assert replaced is not None and [term.position for term in replaced.terms] == ["Bard"]


def test_spellings_teach_given_names(tmp_path: Path) -> None:
    text = '[[person]]\nname = "Zyxwa Probe"\nnames = ["Зиксва Пробе", "Пробе"]\n'
    table = load().with_own(read_actors(write(tmp_path, text)))
    assert table.given_name("Зиксва") == "Zyxwa" and load().given_name("Зиксва") is None


def test_both_orders_of_an_east_asian_name(tmp_path: Path) -> None:
    text = '[[person]]\nname = "Qing Probe"\n[[person.office]]\nstate = "CHN"\nlevel = "spokesperson"\n'
    text += 'title = "S"\nfrom = "2030"\n'
    table = load().with_own(read_actors(write(tmp_path, text)))
    assert [p.label for p in table.people(fold("probe"))] == ["Qing Probe"]
    assert "Qing Probe" in [p.label for p in table.people(fold("Qing"))]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"USA"', '"US"', 7, "did you mean USA"),
        ('"USA"', '"Ukraine"', 7, "did you mean UKR"),
        ('"RUS"', '"rus"', 10, "did you mean RUS"),
        ('"ambassador"', '"embassador"', 8, "unknown level 'embassador'; there are head_of_state, "),
        ('"2032-03"', '"2030"', 12, "until 2030 is before from 2031-01-20"),
        ('"2032-03"', '"March 2032"', 12, "cannot read 'March 2032' as a date"),
        ('"2032-03"', "2032", 12, "cannot read 2032 as a date"),
        ('"2032-03"', '"2032-13"', 12, "cannot read '2032-13' as a date"),
        ("2031-01-20", "2031-01-20T10:00:00", 11, "cannot read 2031-01-20 10:00:00 as a date"),
        ('"Ida Probe"', '"  "', 3, "name is empty"),
        ('"Ida Probe"', "7", 3, "name must be text in quotation marks, not 7"),
        ('"Ida Probe"', '"Іда Пробе"', 3, "in Latin letters"),
        ('"Ida Probe"', '"Ida | Probe"', 3, "'|' in a name"),
        ('"Ида Пробе"', '"Ιδα Πρόβε"', 4, "greek letters are not supported"),
        ('"Ида Пробе"', '""', 4, "an empty name"),
        ('["Іда Пробе", "Ида Пробе"]', '"Іда Пробе"', 4, "names must be a list"),
        ('title = "Ambassador to Russia"', "", 6, "title is missing"),
        ('title = "Ambassador to Russia"', 'titel = "A"', 9, "unknown key 'titel'; known here: state, "),
        ('"Q3738868"', '"kallas"', 16, "neither a Wikidata item"),
        ('"Q3738868"', '"x:ida-probe"', 14, "already the person of line 2"),
        ('id = "Q3738868"', "", 14, 'write id = "'),
        ("replace = true", 'replace = "yes"', 17, "replace must be true or false, not 'yes'"),
        ("[[person]]\nname = \"Ida", "[[human]]\nname = \"Ida", 6, "not valid TOML"),
        ("# Our own people", "x = 1", 1, "unknown key 'x'; known here: person"),
        ("names = [", "names = [[", 4, "not valid TOML"),
    ],
)  # fmt: skip
def test_each_problem_has_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(says in text for _, text in found), found
    if "TOML" not in says:  # tomllib may notice only later what opened here
        assert [number for number, text in found if says in text] == [line]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('"USA"', '"US"').replace('"RUS"', '"R"').replace("2031-01-20", "1").replace('"EU"', '"EUE"')
    assert [line for line, _ in problems(tmp_path, text)] == [7, 10, 11, 19]


def test_overlapping_terms_of_one_office(tmp_path: Path) -> None:
    office = '[[person.office]]\nstate = "USA"\nlevel = "spokesperson"\ntitle = "Spokesperson"\n'
    person = f'[[person]]\nname = "Ida Probe"\n{office}from = "2021"\nuntil = "2022-03"\n'
    assert [line for line, _ in problems(tmp_path, f"{person}{office}from = 2022-03-31\n")] == [9]
    read_actors(write(tmp_path, f"{person}{office}from = 2022-04-01\n"))
    read_actors(write(tmp_path, person + office.replace("spokesperson", "chief_of_staff") + "from = 2021-04-01\n"))


def test_files_that_are_none(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "missing.toml", "no such file"), (tmp_path, "cannot be read")):
        with pytest.raises(ActorsFileError, match=says):
            read_actors(path)
    assert problems(tmp_path, b'# \n[[person]]\nname = "\xff"\n') == [(3, "not UTF-8; save the file as UTF-8")]
    assert problems(tmp_path, b"#" * (LARGEST_FILE + 1)) == [(0, "over 5 MB; split the file")]
    assert problems(tmp_path, "x = " + "[" * 5000)[0][0] == 1
    assert problems(tmp_path, "\nx = " + "9" * 5000)[0][1].startswith("not valid TOML")


def test_lines_of_tables_and_keys() -> None:
    text = '''a = """
[[person]]
name = 1 # "
"""
[[person]] # [[person]]
"name" = 'x = [' # '''  + '''\'\'\'
names = [
  "[[person]]", # ]
]
[[person.office]]
from = 1
[["person"]]
office = [{from = 1}, {from = 2}]
[person.b.c]
d.e = 1
'''  # fmt: skip
    lines = find_lines(text)
    assert lines == {
        ("a",): 1, ("person", 0): 5, ("person", 0, "name"): 6, ("person", 0, "names"): 7,
        ("person", 0, "office", 0): 10, ("person", 0, "office", 0, "from"): 11, ("person", 1): 12,
        ("person", 1, "office"): 13, ("person", 1, "b", "c"): 14, ("person", 1, "b", "c", "d"): 15,
        ("person", 1, "b", "c", "d", "e"): 15,
    }  # fmt: skip
    assert line_of(lines, ("person", 1, "office", 1, "from")) == 13
    assert line_of(lines, ("nothing",)) == 1


VALUES = st.sampled_from(
    ['"USA"', '"Ida Probe"', '"Іда"', '"2021"', "2021-01-20", "1", "true", "[]", '["Іда Пробе"]', "{}", "nan", '"ь"',
     '"""\n[[person]]\n"""', '"spokesperson"', '"x:a"', "'", "1979-05-27T07:32:00Z", "07:32:00", '"\\u0000"', "[[[",
     "{a = {}}"]
)  # fmt: skip
LINES = st.one_of(
    st.sampled_from(["[[person]]", "  [[person.office]]", "[person]", "[x]", "# note", "", "office = []"]),
    st.builds("{} = {}".format, st.sampled_from(
        ["name", "id", "names", "replace", "state", "level", "title", "to", "from", "until", '"name"', "a.b", "person"]
    ), VALUES),
)  # fmt: skip
OFFICES = st.builds(
    "[[person]]\nname = {}\n[[person.office]]\nstate = {}\nlevel = {}\ntitle = {}\nfrom = {}\n".format,
    *[VALUES | st.just(good) for good in ('"Ida Probe"', '"USA"', '"ambassador"', '"A"', "2021-01-20")],
)
FILES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.lists(LINES, max_size=12).map(lambda lines: "\n".join(lines).encode()),
    st.lists(OFFICES, max_size=3).map(lambda people: "".join(people).encode()),
)


@given(FILES)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_loaded_whole_or_names_a_line(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, data)
    try:
        people = read_actors(path)
    except ActorsFileError as error:
        assert error.problems and all(1 <= problem.line <= data.count(b"\n") + 1 for problem in error.problems)
        assert len(error.message.splitlines()) == len(error.problems)
    else:
        assert all(isinstance(person, OwnPerson) and person.id and person.name for person in people)
        table = load().with_own(people) if people else load()
        assert all(table.by_id(person.id) for person in people)


def test_the_file_of_the_guide_is_good(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "own-actors.md").read_text(encoding="utf-8")
    block = guide.split("```toml\n")[1].split("```")[0]
    assert [person.id for person in read_actors(write(tmp_path, block))] == ["x:emily-horne", "Q6241291"]
