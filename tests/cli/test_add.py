"""``rozmova add``: news into a record that there is, quietly; what cannot be read does not keep out the rest."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Ran, SimplePipeline

Run = Callable[..., Ran]

FIRST = "call 2022-01-02 Zelenskyy Biden\n"
SECOND = "call 2022-01-03 Zelenskyy Poland\n"


@pytest.fixture(autouse=True)
def _simply(pipeline: SimplePipeline) -> None:
    """Articles are read by the stand-in."""


def dates(run: Run) -> list[str]:
    """Of the contacts in the store."""
    shown = run("timeline", "--format", "jsonl")
    assert shown.code == 0
    return [json.loads(line)["date"] for line in shown.out.splitlines()]


def test_it_makes_the_store_that_is_not_there_and_prints_nothing(rozmova_command: Run) -> None:
    Path("a.txt").write_text(FIRST)
    ran = rozmova_command("add", "a.txt", "--db", "new.db")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.strip() == "1 new article; stored in new.db"
    assert rozmova_command("add", "a.txt", "--db", "new.db", "--quiet") == Ran(0, "", "")
    ran = rozmova_command("add", "a.txt", "--db", "no/such/folder.db")
    assert ran.code == 1
    assert "there is no folder no/such" in ran.err


def test_it_adds_to_the_store_that_is_there_and_what_was_in_it_stays(rozmova_command: Run) -> None:
    Path("a.txt").write_text(FIRST)
    Path("b.txt").write_text(SECOND)
    rozmova_command("build", "a.txt")
    ran = rozmova_command("add", "b.txt")
    assert (ran.code, ran.err.strip()) == (0, "1 new article; stored in rozmova.db")
    assert dates(rozmova_command) == ["2022-01-02", "2022-01-03"], "merged at once: no build is needed to see it"


def test_an_article_that_is_there_is_not_read_again_from_wherever_it_comes(
    rozmova_command: Run, pipeline: SimplePipeline
) -> None:
    Path("a.txt").write_text(FIRST)
    Path("copy.txt").write_text(FIRST)
    rozmova_command("add", "a.txt")
    again, copy = rozmova_command("add", "a.txt"), rozmova_command("add", "copy.txt", "a.txt")
    assert (again.code, copy.code) == (0, 0)
    assert "0 new articles, 1 unchanged" in again.err
    assert "0 new articles, 2 unchanged" in copy.err
    assert len(pipeline.asked) == 1
    assert dates(rozmova_command) == ["2022-01-02"]


def test_another_text_at_the_same_path_takes_the_place_of_the_first(rozmova_command: Run) -> None:
    Path("a.txt").write_text(FIRST)
    Path("b.txt").write_text("call 2022-01-04 Biden Poland\n")
    rozmova_command("add", "a.txt", "b.txt")
    Path("a.txt").write_text(SECOND)
    ran = rozmova_command("add", "a.txt")
    assert (ran.code, ran.err.strip()) == (0, "1 new article; stored in rozmova.db")
    assert dates(rozmova_command) == ["2022-01-03", "2022-01-04"]


def test_a_text_that_another_file_still_has_stays_when_one_changes(rozmova_command: Run) -> None:
    Path("a.txt").write_text(FIRST)
    Path("copy.txt").write_text(FIRST)
    rozmova_command("add", "a.txt", "copy.txt")
    Path("a.txt").write_text(SECOND)
    rozmova_command("add", "a.txt")
    assert dates(rozmova_command) == ["2022-01-02", "2022-01-03"]
    Path("copy.txt").write_text(SECOND)
    rozmova_command("add", "copy.txt")
    assert dates(rozmova_command) == ["2022-01-03"]


def test_a_folder_of_all_kinds_is_read_but_for_what_cannot_be(rozmova_command: Run) -> None:
    Path("in").mkdir()
    good = {
        "a.txt": FIRST.encode(),
        "b.jsonl": json.dumps({"text": SECOND}).encode() + b"\nno json\n",
        "c.csv": b"text,date\ncall 2022-01-04 Biden Poland,2022-01-05\n",
    }
    bad = {
        "empty.txt": b"",
        "packed.txt": gzip.compress(FIRST.encode()),
        "picture.html": b"\x89PNG\r\n\x1a\n\0\0",
        "crash.txt": b"crash\n",
        "lang.txt": b"esperanto\n",
        "cut.warc.gz": gzip.compress(b"WARC/1.0\r\n")[:12],
        "no-text.csv": b"a,b\n1,2\n",
    }
    for name, content in (good | bad).items():
        Path("in", name).write_bytes(content)
    os.mkfifo("in/pipe.txt")
    ran = rozmova_command("add", "in")
    assert (ran.code, ran.out) == (3, "")
    named = {line.split(":")[1].strip() for line in ran.err.splitlines() if line.startswith("skipped:")}
    assert named == {f"in/{name}" for name in [*bad, "b.jsonl", "pipe.txt"]}
    assert f"3 new articles, {len(bad) + 2} skipped; stored in rozmova.db" in ran.err
    assert dates(rozmova_command) == ["2022-01-02", "2022-01-03", "2022-01-04"]
    again = rozmova_command("add", "in")
    assert (again.code, again.err) == (3, ran.err.replace("3 new articles", "0 new articles, 3 unchanged"))


def test_a_page_that_says_another_language_is_read_by_its_text_and_it_is_said(rozmova_command: Run) -> None:
    page = f"<html lang='{{}}'><head><title>A</title></head><body><pre>{FIRST * 3}</pre></body></html>"
    Path("in").mkdir()
    Path("in/a.html").write_text(page.format("uk"))
    Path("in/b.html").write_text(page.format("en").replace("Biden", "Poland"))
    told = "note: in/a.html: says of itself that it is in 'uk'; its text was read as 'en'"
    for command in ("add", "extract"):
        ran = rozmova_command(command, "in")
        assert ran.code == 0
        assert [line for line in ran.err.splitlines() if "note:" in line] == [told]
    assert "note" not in rozmova_command("add", "in").err, "nothing was read"
    Path("c.html").write_text(page.format("eo").replace("Biden", "esperanto"))
    assert "it says of itself that it is in 'eo'" in rozmova_command("add", "c.html").err


def test_what_strangers_write_does_not_steer_the_terminal(rozmova_command: Run) -> None:
    Path("\x1b[31mred\u202e.txt").touch()
    Path("n.warc").write_bytes(b"\x1b]0;owned\x07 no record\r\n")
    ran = rozmova_command("add", "\x1b[31mred\u202e.txt", "n.warc")
    assert ran.code == 1
    assert "skipped: \\x1b[31mred\\x202e.txt: is empty" in ran.err
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(ran.err)


@pytest.mark.parametrize("command", ["add", "extract"])
def test_a_table_with_something_to_note_on_each_line_does_not_fill_the_screen(
    rozmova_command: Run, command: str
) -> None:
    Path("n.jsonl").write_text("".join(f'{{"text": "article {number}", "date": "soon"}}\n' for number in range(50)))
    notes = [line for line in rozmova_command(command, "n.jsonl").err.splitlines() if line.startswith("note:")]
    assert len(notes) == 21
    assert notes[-1] == "note: n.jsonl: and 30 more such notes"


def test_where_nothing_could_be_read_it_is_a_failure(rozmova_command: Run) -> None:
    Path("empty.txt").touch()
    assert rozmova_command("add", "empty.txt").code == 1
    missing = rozmova_command("add", "missing.txt", "--db", "other.db")
    assert (missing.code, Path("other.db").exists()) == (1, False)
    assert "missing.txt: does not exist" in missing.err


def test_its_options_are_those_of_build(rozmova_command: Run, pipeline: SimplePipeline) -> None:
    Path("n.csv").write_bytes('day;body\n2022-01-05;"call 2022-01-02 Zelenskyy Biden\n№ «Ї»"\n'.encode("cp1251"))
    ran = rozmova_command("add", "n.csv", "--columns", "text=body,published=day", "--encoding", "windows-1251")
    assert ran.code == 0
    (asked,) = pipeline.asked
    assert (asked.published, asked.text.endswith("№ «Ї»")) == ("2022-01-05", True)
    assert rozmova_command("add", "n.csv", "--columns", "text").code == 2

    def options(command: str) -> list[str]:
        return [line for line in rozmova_command(command, "--help").out.splitlines() if "--" in line and "│" in line]

    assert options("add") == options("build")
    assert len(options("add")) > 7
