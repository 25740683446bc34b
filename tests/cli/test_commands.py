"""The commands as a user meets them: what they print, where, and with which exit code."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Ran, SimplePipeline

Run = Callable[..., Ran]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("A call.\r\ncall 2022-01-02 Zelenskyy Biden\r\n")
    (folder / "b.txt").write_text("call 2022-01-02 Biden Zelenskyy\nplanned 2022-03-01 Poland Zelenskyy\n")
    (folder / "c.txt").write_text("call - Poland Biden\n")
    return folder


def test_build_stores_and_prints_the_timeline(rozmova_command: Run, pipeline: SimplePipeline, articles: Path) -> None:
    ran = rozmova_command("build", articles)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines] == ["no", "2022-01-02", "2022-03-01"]
    assert "phone" in lines[1]
    assert "held" in lines[1]
    assert "Volodymyr Zelenskyy (UKR), Joe Biden (USA)" in lines[1]
    assert "(2 articles)" in lines[1]
    assert "(1 article)" in lines[2]
    assert "3 new articles" in ran.err
    assert rozmova_command("timeline").out == ran.out


def test_building_again_reads_nothing(rozmova_command: Run, pipeline: SimplePipeline, articles: Path) -> None:
    first = rozmova_command("build", articles)
    pipeline.asked.clear()
    second = rozmova_command("build", articles)
    assert pipeline.asked == []
    assert second.out == first.out
    assert "3 unchanged" in second.err


def test_the_order_of_files_changes_nothing(rozmova_command: Run, pipeline: SimplePipeline, articles: Path) -> None:
    files = sorted(articles.iterdir())
    rozmova_command("build", *files, "--db", "1.db")
    rozmova_command("build", *reversed(files), "--db", "2.db")
    outs = [rozmova_command("timeline", "--db", db, "--format", "jsonl").out for db in ("1.db", "2.db")]
    assert outs[0] == outs[1] != ""


def test_skipped_files_are_named_and_the_exit_code_says_so(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    (articles / "empty.txt").touch()
    (articles / "other.txt").write_text("esperanto")
    ran = rozmova_command("build", articles, "missing.txt")
    assert ran.code == 3
    assert "2022-01-02" in ran.out
    assert "skipped" not in ran.out
    for name, reason in (("empty.txt", "is empty"), ("other.txt", "language"), ("missing.txt", "does not exist")):
        assert any(name in line and reason in line for line in ran.err.splitlines())


def test_nothing_done_is_a_failure_and_makes_no_store(rozmova_command: Run, pipeline: SimplePipeline) -> None:
    ran = rozmova_command("build", "missing.txt")
    assert ran.code == 1
    assert "missing.txt: does not exist" in ran.err
    assert not Path("rozmova.db").exists()


def test_a_file_that_is_no_store_is_refused(rozmova_command: Run, pipeline: SimplePipeline, articles: Path) -> None:
    Path("notes.db").write_text("my notes, which must not be lost")
    for arguments in (("build", articles), ("timeline",), ("show", "x")):
        ran = rozmova_command(*arguments, "--db", "notes.db")
        assert ran.code == 1
        assert "is not a rozmova store" in ran.err
        assert ran.out == ""
    assert Path("notes.db").read_text() == "my notes, which must not be lost"


def test_dates_of_publication_reach_the_analysis(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    Path("dates.csv").write_text("path,published\narticles/b.txt,2022-01-05\n")
    rozmova_command("build", articles, "--published", "2022-01-03", "--dates", "dates.csv")
    given = {Path(article.path).name: article.published for article in pipeline.asked}
    assert given == {"a.txt": "2022-01-03", "b.txt": "2022-01-05", "c.txt": "2022-01-03"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "articles", "--published", "3 January"),
        ("build", "articles", "--dates", "no.csv"),
        ("build",),
        ("timeline", "--channel", "fax"),
        ("timeline", "--since", "yesterday"),
        ("timeline", "--format", "xml"),
        ("extract", "articles", "--format", "text"),
        ("no-such-command",),
    ],
)
def test_a_wrong_call_has_its_own_exit_code(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path, arguments: tuple[str, ...]
) -> None:
    ran = rozmova_command(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err


def test_timeline_filters(rozmova_command: Run, pipeline: SimplePipeline, articles: Path) -> None:
    rozmova_command("build", articles)
    assert len(rozmova_command("timeline", "--party", "Зеленський").out.splitlines()) == 2
    assert len(rozmova_command("timeline", "--party", "POL", "--party", "USA").out.splitlines()) == 1
    assert len(rozmova_command("timeline", "--status", "planned", "--status", "held").out.splitlines()) == 3
    ran = rozmova_command("timeline", "--since", "2022-02", "--until", "2022")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["2022-03-01"]
    assert "1 contact without a known date left out" in ran.err
    ran = rozmova_command("timeline", "--party", "NATO")
    assert (ran.code, ran.out) == (0, "")
    assert "no contacts fit" in ran.err
    assert "phone, video" in rozmova_command("timeline", "--channel", "fax").err


def test_timeline_as_jsonl_is_the_merged_contacts(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    rozmova_command("build", articles)
    lines = [json.loads(line) for line in rozmova_command("timeline", "--format", "jsonl").out.splitlines()]
    assert [line["date"] for line in lines] == [None, "2022-01-02", "2022-03-01"]
    assert {"id", "accounts", "agreement", "status_history"} <= lines[0].keys()
    assert lines[0]["place"] is None
    assert "reasons" not in lines[0]["accounts"][0]["contact"]


def test_timeline_merges_what_a_killed_build_left(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    whole = rozmova_command("build", articles).out
    with sqlite3.connect("rozmova.db") as run:
        for table in ("contact_parties", "accounts", "blocks", "contacts"):
            run.execute(f"DELETE FROM {table}")
        run.execute("UPDATE meta SET value = '0' WHERE key = 'contacts'")
    run.close()
    ran = rozmova_command("timeline")
    assert ran.out == whole
    assert "was stopped" in ran.err
    assert rozmova_command("timeline").err == ""


def test_show_quotes_the_evidence_in_its_context(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    (id,) = re.findall(r"2022-01-02 .*(c:\w+)", rozmova_command("build", articles).out)
    ran = rozmova_command("show", id)
    assert ran.code == 0
    assert "A call. [call] 2022-01-02 Zelenskyy Biden" in ran.out
    assert "channel: phone  [agreed]" in ran.out
    assert "no evidence: no place is named" in ran.out
    assert str(Path("articles") / "b.txt") in ran.out
    assert json.loads(rozmova_command("show", id, "--format", "jsonl").out)["channel"] == "phone"


def test_show_names_what_it_cannot_find(rozmova_command: Run, pipeline: SimplePipeline, articles: Path) -> None:
    rozmova_command("build", articles)
    assert "there is no contact 'x'" in rozmova_command("show", "x").err
    ran = rozmova_command("show", "c")
    assert ran.code == 1
    assert "3 contacts begin with 'c'" in ran.err


def test_extract_prints_a_line_an_article_in_the_order_given(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    names = ["c.txt", "a.txt", "b.txt"]
    ran = rozmova_command("extract", *(articles / name for name in names), "--published", "2022-01-03")
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [Path(line["article"]["path"]).name for line in lines] == names
    assert lines[0]["article"]["published"] == "2022-01-03"
    assert lines[0]["article"]["title"] is None
    assert lines[0]["contacts"][0]["date"] is None
    assert "reasons" not in lines[0]["contacts"][0]
    assert not Path("rozmova.db").exists()
    explained = rozmova_command("extract", articles / "a.txt", "--explain").out
    assert json.loads(explained)["contacts"][0]["reasons"] == {"place": "no place is named"}


def test_extract_goes_on_after_what_it_cannot_read(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    (articles / "b.txt").write_bytes(b"\0")
    ran = rozmova_command("extract", articles)
    assert ran.code == 3
    assert [Path(json.loads(line)["article"]["path"]).name for line in ran.out.splitlines()] == ["a.txt", "c.txt"]
    assert "b.txt: is a binary file" in ran.err


def test_explain_prints_the_steps(rozmova_command: Run, articles: Path) -> None:
    text = "Президент України Володимир Зеленський зустрівся у Варшаві з Анджеєм Дудою."
    (articles / "d.txt").write_text(text, "utf-8")
    ran = rozmova_command("explain", articles / "d.txt")
    assert ran.code == 0
    titles = ["Article", "Sentences, tokens, readings", "Names", "Times", "Frames tried and matched", "Contacts"]
    assert [line for line in ran.out.splitlines() if line in titles] == titles
    assert "Case=Ins" in ran.out and "Andrzej Duda (POL)" in ran.out
    assert rozmova_command("explain", "missing.txt").code == 1
    assert "is a folder" in rozmova_command("explain", articles).err


def test_the_schema_describes_what_extract_prints(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    schema = json.loads(rozmova_command("schema").out)
    reading = json.loads(rozmova_command("extract", articles / "a.txt").out)
    for name, record in (
        ("Reading", reading),
        ("ArticleInfo", reading["article"]),
        ("Contact", reading["contacts"][0]),
    ):
        assert record.keys() <= schema["$defs"][name]["properties"].keys()
        assert set(schema["$defs"][name].get("required", ())) <= record.keys()


def test_evaluate_scores_gold_articles(rozmova_command: Run, pipeline: SimplePipeline) -> None:
    party = {"kind": "person", "affiliation": "UKR", "name": "Volodymyr Zelenskyy"}
    gold = {
        "lang": "en",
        "published": "2022-01-03",
        "text": "call 2022-01-02 Zelenskyy Biden",
        "contacts": [
            {
                "parties": [party, {"kind": "person", "affiliation": "USA", "name": "Joe Biden"}],
                "channel": "phone",
                "status": "held",
                "date": "2022-01-02",
                "evidence": ["call"],
            }
        ],
    }
    Path("one.json").write_text(json.dumps(gold))
    ran = rozmova_command("evaluate", "one.json", "--format", "jsonl")
    assert ran.code == 0, ran.err
    scores = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["group"] for line in scores if line["type"] == "score"] == ["all", "en"]
    assert {line["gold"] for line in scores if line["type"] == "score"} == {1}
    assert [article.published for article in pipeline.asked] == ["2022-01-03"]
    assert rozmova_command("evaluate", "missing.json").code == 2


def test_doctor_finds_a_damaged_store(rozmova_command: Run, pipeline: SimplePipeline, articles: Path) -> None:
    assert "no store at" in rozmova_command("doctor").out
    rozmova_command("build", articles)
    ran = rozmova_command("doctor")
    assert "articles: 3 en" in ran.out
    assert "Ukrainian (uk)" in ran.out
    run = sqlite3.connect("rozmova.db")
    run.execute("DELETE FROM readings")
    run.commit()
    run.close()
    ran = rozmova_command("doctor")
    assert ran.code == 1
    assert "3 articles without a reading" in ran.out


def test_a_progress_bar_never_reaches_standard_output(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = rozmova_command("extract", articles)
    assert plain.err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with_bar = rozmova_command("extract", articles)
    assert with_bar.out == plain.out
    assert "reading" in with_bar.err, "the terminal should have seen a bar"
    assert rozmova_command("extract", articles, "--quiet").err == ""


def test_quiet_leaves_the_result_and_the_problems(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    ran = rozmova_command("build", articles, "missing.txt", "--quiet")
    assert len(ran.out.splitlines()) == 3
    assert [line for line in ran.err.splitlines() if not line.startswith(("skipped: ", "         "))] == []


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "timeline",
        "show",
        "disputes",
        "why",
        "merge",
        "split",
        "undo",
        "judgements",
        "extract",
        "explain",
        "evaluate",
        "schema",
        "demo",
        "doctor",
    ],
)
def test_every_command_has_an_example_in_its_help(rozmova_command: Run, command: str) -> None:
    ran = rozmova_command(command, "--help")
    assert ran.code == 0
    assert f"Example: rozmova {command}" in ran.out


def test_help_loads_nothing_heavy() -> None:
    heavy = {"sqlalchemy", "pymorphy3", "morfeusz2", "lemminflect", "numpy", "py3langid", "yaml", "rapidfuzz"}
    code = "import sys, rozmova.cli.app; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert heavy.isdisjoint(loaded)


def test_a_closed_pipe_is_no_crash(tmp_path: Path) -> None:
    code = f"{sys.executable} -m rozmova schema | head -1"
    ran = subprocess.run(code, shell=True, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert ran.stdout == "{\n"
    assert "Traceback" not in ran.stderr


def test_a_file_reached_by_a_roundabout_path_keeps_its_date(
    rozmova_command: Run, pipeline: SimplePipeline, articles: Path
) -> None:
    (articles.parent / "aside").mkdir()
    (articles / "dates.csv").write_text("path,published\na.txt,2022-02-11\n", "utf-8")
    around = articles.parent / "aside" / ".." / articles.name / "a.txt"
    rozmova_command("extract", around, "--dates", articles / "dates.csv")
    assert [article.published for article in pipeline.asked] == ["2022-02-11"]
