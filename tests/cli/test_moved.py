"""What the commands say of a contact that was moved: the earlier date beside the new one, and the words behind it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Ran

Run = Callable[..., Ran]
TEXT = (
    "Prague and Berlin change the date\n\n"
    "The meeting of Petr Fiala with Olaf Scholz planned for 12 May was postponed to 19 May.\n"
)
ON = ("--published", "2023-05-10")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "visit.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_timeline_and_page_name_the_earlier_date(rozmova_command: Run, article: Path) -> None:
    (line,) = rozmova_command("build", article, *ON).out.splitlines()
    assert line.startswith("2023-05-19")
    assert "moved from 2023-05-12" in line
    page = rozmova_command("show", line.split()[-1]).out
    assert "\nmoved from: 2023-05-12\n" in page
    assert "[for 12 May]" in page


def test_a_contact_that_was_not_moved_says_nothing_of_it(rozmova_command: Run, article: Path) -> None:
    article.write_text(TEXT.replace("was postponed to 19 May", "will take place in Prague"), encoding="utf-8")
    (line,) = rozmova_command("build", article, *ON).out.splitlines()
    assert "moved" not in line + rozmova_command("show", line.split()[-1]).out


def test_extract_gives_the_earlier_date_or_the_reason(rozmova_command: Run, article: Path) -> None:
    (contact,) = json.loads(rozmova_command("extract", article, *ON, "--explain").out)["contacts"]
    assert contact["moved_from"] == "2023-05-12"
    article.write_text(TEXT.replace(" planned for 12 May", ""), encoding="utf-8")
    (contact,) = json.loads(rozmova_command("extract", article, *ON, "--explain").out)["contacts"]
    assert contact["moved_from"] is None
    assert contact["reasons"]["moved_from"]


def test_explain_tells_the_move(rozmova_command: Run, article: Path) -> None:
    out = rozmova_command("explain", article, *ON).out
    assert "status planned by moved to another date; moved from 2023-05-12 to 2023-05-19" in out
    assert "2023-05-19 (moved from 2023-05-12)" in out


def test_the_schema_has_the_field(rozmova_command: Run) -> None:
    schema = json.loads(rozmova_command("schema").out)
    assert "moved from" in json.dumps(schema["$defs"]["Contact"]["properties"]["moved_from"])
