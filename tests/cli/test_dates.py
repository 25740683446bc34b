"""``rozmova when``, ``rozmova dates`` and what ``build`` and ``extract`` tell of articles without a date."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Ran

Run = Callable[..., Ran]

PLAN = (
    "Prezydent Finlandii Sauli Niinistö będzie w czwartek rozmawiał telefonicznie z prezydentem Estonii Alarem "
    "Karisem. Poprzednio obaj prezydenci rozmawiali 7 grudnia.\n"
)
YEAR = (
    "The President of Finland Sauli Niinistö spoke with the President of Estonia Alar Karis on 7 December 2021. "
    "The town hall of Tartu was lit in blue and white for the whole evening, and the choirs sang.\n"
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "year.txt").write_text(YEAR, encoding="utf-8")
    return folder


# when


def test_when_says_what_and_why(rozmova_command: Run) -> None:
    ran = rozmova_command("when", "завтра ввечері", "--lang", "uk", "--on", "2022-02-11")
    assert ran.code == 0
    assert ran.out == (
        "«завтра ввечері»  DATE  2022-02-12\n"
        "  rule    сьогодні, вчора, завтра\n"
        "  anchor  the day of publication, 2022-02-11\n"
    )


def test_when_says_why_not(rozmova_command: Run) -> None:
    ran = rozmova_command("when", "31 June 2022", "--lang", "en")
    assert ran.code == 0
    assert "no value" in ran.out
    assert "there is no such day in the calendar" in ran.out


def test_when_as_json(rozmova_command: Run) -> None:
    ran = rozmova_command("when", "7 grudnia 2021 roku", "--lang", "pl", "--format", "jsonl")
    found = json.loads(ran.out)
    assert (found["value"], found["type"], found["start"], found["end"]) == ("2021-12-07", "DATE", 0, 19)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["   "], 2, "an empty phrase"),
        (["tomorrow", "--lang", "xx"], 2, "'xx' is no language Rozmova reads"),
        (["tomorrow", "--lang", "en", "--on", "someday"], 2, "'someday' is not a date"),
        (["the river", "--lang", "en"], 1, "no time expression"),
    ],
)
def test_when_refuses_in_words(rozmova_command: Run, arguments: list[str], code: int, words: str) -> None:
    ran = rozmova_command("when", *arguments)
    assert ran.code == code
    assert words in ran.err
    assert "Traceback" not in ran.err


# build, dates, extract


def test_build_shows_what_was_inferred_and_from_which_words(rozmova_command: Run, news: Path) -> None:
    ran = rozmova_command("build", news)
    assert ran.code == 0
    shown = ran.out.partition("articles without a date\n")[2]
    assert "plan.txt  2021-12" in shown
    assert "(by other articles too)" in shown
    assert "[7 grudnia]" in shown
    assert "year.txt: " in shown
    again = rozmova_command("dates")
    assert again.out.strip() == ran.out.partition("\n\n")[2].strip()


def test_dates_as_json(rozmova_command: Run, news: Path) -> None:
    rozmova_command("build", news, "--quiet")
    found = {
        Path(d["path"]).name: d for d in map(json.loads, rozmova_command("dates", "--format", "jsonl").out.splitlines())
    }
    assert found["plan.txt"]["basis"] == "other articles"
    assert found["plan.txt"]["published"].startswith("2021-12")
    assert {Path(w["path"]).name for w in found["plan.txt"]["because"]} == {"plan.txt", "year.txt"}


def test_a_given_date_asks_for_no_inference(rozmova_command: Run, news: Path) -> None:
    ran = rozmova_command("build", news, "--published", "2021-12-20")
    assert "articles without a date" not in ran.out
    ran = rozmova_command("dates")
    assert (ran.code, ran.out) == (0, "")
    assert "every article was given a date" in ran.err


def test_extract_dates_articles_together_and_keeps_their_order(rozmova_command: Run, news: Path) -> None:
    ran = rozmova_command("extract", news / "year.txt", news / "plan.txt")
    year, plan = map(json.loads, ran.out.splitlines())
    assert Path(year["article"]["path"]).name == "year.txt"
    assert plan["article"]["published_basis"] == "other articles"
    assert "2021-12-07" in [contact["date"] for contact in plan["contacts"]]
    alone = json.loads(rozmova_command("extract", news / "plan.txt").out)
    assert alone["article"]["published"] != plan["article"]["published"]
    assert "clues" not in alone
    assert json.loads(rozmova_command("extract", news / "plan.txt", "--explain").out)["clues"]


def test_extract_lets_a_dated_article_date_another_in_whatever_order(rozmova_command: Run, news: Path) -> None:
    (news / "dates.csv").write_text("path,published\nyear.txt,2021-12-08\n", encoding="utf-8")
    found = []
    for order in (("year.txt", "plan.txt"), ("plan.txt", "year.txt")):
        ran = rozmova_command("extract", *(news / name for name in order), "--dates", news / "dates.csv")
        lines = [json.loads(line) for line in ran.out.splitlines()]
        assert [Path(line["article"]["path"]).name for line in lines] == list(order)
        found.append(sorted(str(line["article"]["published"]) for line in lines))
    assert found[0] == found[1]
    assert all(published.startswith("2021-12") for published in found[0])


def test_a_build_in_two_steps_equals_one_at_once(rozmova_command: Run, news: Path) -> None:
    rozmova_command("build", news, "--db", "once.db", "--quiet")
    rozmova_command("build", news / "plan.txt", "--db", "steps.db", "--quiet")
    rozmova_command("build", news / "year.txt", "--db", "steps.db", "--quiet")
    for command in ("timeline", "dates"):
        assert (
            rozmova_command(command, "--db", "steps.db", "--format", "jsonl").out
            == rozmova_command(command, "--db", "once.db", "--format", "jsonl").out
        )
