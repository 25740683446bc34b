"""How the shipped tables are built, and that they are what a build gives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT))  # `tools` is no part of the package

from tools.actors import check  # noqa: E402
from tools.actors.__main__ import main  # noqa: E402
from tools.actors.people import group, join  # noqa: E402
from tools.actors.receivers import receiver  # noqa: E402
from tools.actors.rows import Row, english_label  # noqa: E402
from tools.actors.terms import ends, terms  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
OWN = ROOT / "src" / "rozmova" / "names" / "data"
NOWHERE = ROOT / "no-such-folder"
needs_sources = pytest.mark.skipif(
    not check.present(DATA), reason=f"SOURCE TABLES MISSING in {DATA}: nothing was rebuilt, only digests were compared"
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the data folder, to spoil."""
    return Path(shutil.copytree(OWN, tmp_path / "data"))


@needs_sources
def test_the_shipped_tables_are_what_a_build_gives() -> None:
    # Another process with another order of sets: that the bytes are the same shows that they depend on neither.
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.actors", "--check"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_nothing_changed_since_the_build() -> None:
    assert check.stale(DATA, OWN) == []
    assert main(["--check", "--data", str(NOWHERE)]) == 0


@pytest.mark.parametrize("name", [*check.OWN, "persons.tsv", "given_names.tsv", "states-cldr.tsv"])
def test_a_file_edited_without_a_build_is_named(own: Path, name: str) -> None:
    with (own / name).open("a", encoding="utf-8") as file:
        file.write("# edited\n" if name in check.OWN else "Q0\tA\t\t\t\t\t\n")
    found = check.differences(NOWHERE, own)
    assert found and all(name in line for line in found)


def test_a_receiver_that_the_language_data_read_otherwise_is_named(own: Path) -> None:
    path = own / "persons.tsv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("~ambassador to Norway~", "~ambassador to Norge~"), encoding="utf-8")
    assert any("'ambassador to Norge' is to nobody, not NOR" in line for line in check.stale(NOWHERE, own))


def test_a_build_without_sources_writes_the_names_of_states_alone(own: Path) -> None:
    (own / "states-cldr.tsv").write_text("", encoding="utf-8")
    assert check.differences(NOWHERE, own)
    files, _ = check.build(NOWHERE, own)
    assert set(files) == {"states-cldr.tsv", "built.json"}
    for name, content in files.items():
        (own / name).write_bytes(content)
        assert content == (OWN / name).read_bytes()
    assert check.differences(NOWHERE, own) == []


def test_names_of_states_are_no_words_of_other_meanings() -> None:
    lines = (OWN / "states-cldr.tsv").read_text(encoding="utf-8").splitlines()
    names = {name for line in lines[1:] for name in line.split("\t")[1:]}
    assert "Палестинські території" in names
    assert not names & {"Того", "Україна", "Ukraine", "Myanmar (Burma)", "Congo - Kinshasa", "Конго – Кіншаса"}


@pytest.mark.parametrize(
    ("level", "title", "to"),
    [
        ("ambassador", "ambassador to the Russian Federation", "RUS"),
        ("ambassador", "ambassador to Côte d'Ivoire", "CIV"),
        ("ambassador", "ambassador to Trinidad and Tobago", "TTO"),
        ("ambassador", "ambassador to Switzerland and Liechtenstein", "CHE"),
        ("ambassador", "High Commissioner to the United Kingdom", "GBR"),
        ("ambassador", "ambassador of Poland", ""),
        ("ambassador", "ambassador in Prague", ""),
        ("permanent_representative", "Permanent Representative to NATO", "NATO"),
        ("permanent_representative", "Permanent Representative of Hungary to the OECD", "OECD"),
        ("permanent_representative", "Permanent Representative to the United Nations, New York", "UN"),
        ("permanent_representative", "Permanent Representative to the United Nations at Geneva", ""),
        ("ambassador", "ambassador to the European Union Political and Security Committee", ""),
        (
            "permanent_representative",
            "Permanent Representative to the Organisation for Security and Co-operation in Europe",
            "OSCE",
        ),
        ("deputy_foreign_minister", "Special Envoy to Ukraine", "UKR"),
        ("deputy_foreign_minister", "Adviser to France", ""),
    ],
)  # fmt: skip
def test_whom_a_title_sends_to(level: str, title: str, to: str) -> None:
    assert receiver(level, title) == to


def row(start: str, end: str, source: str, position: str = "Foreign Minister", to: str = "") -> Row:
    level = "ambassador" if to else "foreign_minister"
    return Row("", "A B", "UKR", level, position, start, end, source, to)


def test_hand_written_rows_hide_those_of_the_source() -> None:
    better, same, later = (
        row("2014-06-19", "2016-04-14", "additions"),
        row("2014-06", "2016", "wikidata"),
        row("2016-04-14", "", "wikidata"),
    )
    assert join([same, later, better]) == [better, later]
    assert [term.source for term in terms([later, better], {better: "2016-04-14", later: "2019-08-29"})] == [
        "additions",
        "wikidata",
    ]


def test_open_terms_are_closed() -> None:
    later, following = row("2016-04-14", "", "wikidata"), row("2019-08-29", "2020-03-04", "wikidata")
    assert ends([[later], [following]], {})[later] == "2019-08-29"
    assert ends([[later]], {"UKR": "2025-07-17"})[later] == "2025-07-17"
    gone = row("2010", "XXXX", "wikidata", "Envoy")
    assert ends([[gone]], {})[gone] == "2015-12-31"
    first = row("2019-01", "", "wikidata", "ambassador to Russia", "RUS")
    second = row("2021-05", "", "hand-written", "Ambassador to the Russian Federation", "RUS")
    assert ends([[first], [second]], {})[first] == "2021-05-01"
    elsewhere = row("2021-05", "", "hand-written", "Ambassador to Poland", "POL")
    assert ends([[first], [elsewhere]], {})[first] == "9999-12-31"


def test_a_vague_end_is_no_later_than_the_next_beginning() -> None:
    def ended(end: str, start: str, to: str = "RUS") -> str:
        first = row("2012", end, "wikidata", "ambassador to Russia", "RUS")
        return ends([[first], [row(start, "2020", "wikidata", "ambassador", to)]], {})[first]

    assert ended("2015", "2015-09-03") == "2015-09-03"
    assert ended("2015", "2015-09") == "2015-09-30"
    assert ended("2015", "2015") == ended("2015", "2014-09") == ended("2015", "2015-09", "POL") == "2015-12-31"
    assert ended("2015-10-01", "2015-09-03") == "2015-10-01"


def test_rows_of_one_person_come_together() -> None:
    def of(qid: str, person: str, state: str) -> Row:
        return Row(qid, person, state, "head_of_government", "Prime Minister", "2014", "", "wikidata")

    rows = [of("", "Donald Tusk", "POL"), of("Q946", "Donald Tusk", "POL"), of("", "Donald Tusk", "EU")]
    rows += [of("", "Donald Tusk", "CAN"), of("", "John Smith", "GBR"), of("", "John Smith", "AUS")]
    assert [len(entry.rows) for entry in group(rows, {})] == [3, 1, 1, 1]


def test_labels_of_the_sources_are_put_right() -> None:
    assert english_label("Сухинин, Валерий Евгеньевич", "RUS") == "Valery Sukhinin"
    assert english_label("Цибенко Василь Григорович", "UKR") == "Vasyl Tsybenko"
    assert english_label("John R. Bolton", "USA") == "John Bolton"
    assert english_label("H. R. McMaster", "USA") == "H. R. McMaster"
