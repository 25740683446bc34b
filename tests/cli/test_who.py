"""``rozmova who`` and ``--actors``: what they print, refuse and change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Ran

Run = Callable[..., Ran]

OWN = """\
[[person]]
name = "Ida Probe"
names = ["Іда Пробе", "Ида Пробе"]

  [[person.office]]
  state = "NLD"
  level = "foreign_minister"
  title = "Minister of Foreign Affairs"
  from = 2031-01-20
"""
BAD = """\
[[person]]
name = "Ida Probe"
id = "x:probe"
  [[person.office]]
  state = "NDL"
  level = "foreign_minister"
  title = "Minister of Foreign Affairs"
  from = 2031-01-20

[[person]]
name = ""

[[person]]
name = "Ada Probe"
id = "x:probe"
  [[person.office]]
  state = "NLD"
  level = "foreign_minister"
  title = "Minister of Foreign Affairs"
  from = "2031"
  until = "2033"
  [[person.office]]
  state = "NLD"
  level = "foreign_minister"
  title = "Minister of Foreign Affairs"
  from = "2032"
"""
TEXT = "Прем'єр-міністр України зустрівся з Ідою Пробе у вівторок у Києві.\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "my.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "name", ["Путіним", "Władimirowi Putinowi", "Владимир Путин", "Mr Putin", "Vladimir Vladimirovich Putin"]
)
def test_a_spelling_leads_to_the_person(rozmova_command: Run, name: str) -> None:
    ran = rozmova_command("who", name)
    assert ran.code == 0
    assert ran.out.startswith("Vladimir Putin  Q7747\n") or "\nVladimir Putin  Q7747\n" in ran.out


def test_names_terms_and_sources_are_printed(rozmova_command: Run) -> None:
    out = rozmova_command("who", "Зеленському").out
    for words in (
        "Volodymyr Zelenskyy  Q3874799",
        "dative",
        "Зеленський",
        "Володимир",
        "2019-05-20",
        "UKR",
        "wikidata",
    ):
        assert words in out, words


def test_an_office_is_its_holders_on_a_day(rozmova_command: Run) -> None:
    assert "John Sullivan" in rozmova_command("who", "посол США в Росії", "--on", "2022-01-26").out
    assert "Donald Trump" in rozmova_command("who", "президент США", "--on", "2019-05-05").out


def test_json_has_an_object_a_person(rozmova_command: Run) -> None:
    rows = [json.loads(line) for line in rozmova_command("who", "Трамп", "--format", "jsonl").out.splitlines()]
    assert any(row["person"]["id"] == "Q22686" and row["how"] for row in rows if "person" in row)


def test_nobody_of_this_name(rozmova_command: Run) -> None:
    ran = rozmova_command("who", "Ксавер Бджоляк")
    assert ran.code == 1
    assert "nobody of this name" in ran.out and "x:" in ran.out


@pytest.mark.parametrize("name", ["習近平", "ولاديمير بوتين"])
def test_other_scripts_are_reported(rozmova_command: Run, name: str) -> None:
    ran = rozmova_command("who", name)
    assert ran.code == 1
    assert f"{name}: not supported" in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["  "], "empty name"),
        (["Путін", "--lang", "xx"], "'xx' is no language"),
        (["Путін", "--on", "2022-13-01"], "'2022-13-01' is no day"),
        (["Путін", "--on", "2022"], "'2022' is no day"),
    ],
)
def test_wrong_questions(rozmova_command: Run, arguments: list[str], says: str) -> None:
    ran = rozmova_command("who", *arguments)
    assert ran.code == 2 and says in ran.err and not ran.out


def test_own_people_are_found(rozmova_command: Run, own: Path) -> None:
    assert rozmova_command("who", "Ідою Пробе").code == 1
    ran = rozmova_command("who", "Ідою Пробе", "--actors", own)
    assert ran.code == 0
    assert "Ida Probe  x:ida-probe" in ran.out and "own file" in ran.out


def test_own_people_become_parties(rozmova_command: Run, own: Path, article: Path) -> None:
    ran = rozmova_command("extract", article, "--actors", own, "--format", "jsonl", "--published", "2031-05-14")
    (contact,) = json.loads(ran.out)["contacts"]
    assert {"x:ida-probe"} < {p["id"] for p in contact["parties"]}
    assert {p["affiliation"] for p in contact["parties"]} == {"UKR", "NLD"}


def test_another_file_of_people_is_another_program(rozmova_command: Run, own: Path, article: Path) -> None:
    """Articles in the store are read again with new or changed people, and only then."""
    assert "1 new article" in rozmova_command("build", article).err
    assert "1 unchanged" in rozmova_command("build", article).err
    assert "1 unchanged" not in rozmova_command("build", article, "--actors", own).err
    assert "1 unchanged" in rozmova_command("build", article, "--actors", own).err
    own.write_text(OWN.replace("2031", "2030"), encoding="utf-8")
    assert "1 unchanged" not in rozmova_command("build", article, "--actors", own).err


@pytest.mark.parametrize("command", ["build", "extract", "explain", "who"])
def test_a_wrong_file_is_told_by_line_and_nothing_is_done(
    rozmova_command: Run, own: Path, article: Path, command: str
) -> None:
    own.write_text(BAD, encoding="utf-8")
    ran = rozmova_command(command, "Путін" if command == "who" else article, "--actors", own)
    assert ran.code == 2 and not ran.out
    told = {line.split("my.toml:")[1].split(":")[0]: line for line in ran.err.splitlines() if "my.toml:" in line}
    assert set(told) >= {"5", "11", "13"}, ran.err
    assert "NDL" in told["5"]
    assert "empty" in told["11"]
    assert "x:probe" in told["13"]
    assert any("overlap" in line for line in told.values()), ran.err
    assert not Path("rozmova.db").exists()


def test_a_file_that_is_not_there(rozmova_command: Run, article: Path) -> None:
    ran = rozmova_command("build", article, "--actors", "none.toml")
    assert ran.code == 2 and "none.toml" in ran.err
