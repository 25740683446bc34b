"""``merge``, ``split``, ``undo``, ``why`` and ``judgements`` as a person meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Ran, make_older
from rozmova.cli.build import fill, table_of
from rozmova.sources.files import find_files
from rozmova.store import open_store
from rozmova.store.fingerprint import fingerprint

Run = Callable[..., Ran]

REST = "It was the third day of a cold week, and the rain above the old town had not stopped since the morning.\n"
FIRST = f"US President Joe Biden called Russian President Vladimir Putin on Saturday.\n{REST}"
SECOND = f"Joe Biden called Vladimir Putin on Saturday, the White House said.\n{REST}"
THIRD = f"Joe Biden met Vladimir Putin in Geneva on 16 June 2021.\n{REST}"
FOURTH = f"Olaf Scholz called Emmanuel Macron on 3 February 2022.\n{REST}"


@pytest.fixture
def built(rozmova_command: Run, tmp_path: Path) -> list[str]:
    """A store of three articles on two contacts; gives the ids of the contacts, the older first."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND), ("c.txt", THIRD)):
        (folder / name).write_text(text)
    assert rozmova_command("build", folder, "--published", "2022-02-13").code == 0
    return ids(rozmova_command)


def ids(run: Run) -> list[str]:
    return [json.loads(line)["id"] for line in run("timeline", "--format", "jsonl").out.splitlines()]


def test_merging_by_hand_holds_in_later_builds_and_can_be_undone(
    rozmova_command: Run, built: list[str], tmp_path: Path
) -> None:
    ran = rozmova_command("merge", *built, "--by", "Olena")
    assert ran.code == 0
    assert "judgement 1" in ran.out
    assert len(ids(rozmova_command)) == 1
    (tmp_path / "news" / "d.txt").write_text(FOURTH)
    rozmova_command("build", tmp_path / "news", "--published", "2022-02-13")
    assert len(ids(rozmova_command)) == 2
    assert "Olena" in rozmova_command("judgements").out
    assert rozmova_command("undo").code == 0
    assert set(built) < set(ids(rozmova_command))
    assert "undone" in rozmova_command("judgements").out
    assert rozmova_command("undo").code == 1


def test_splitting_by_hand(rozmova_command: Run, built: list[str]) -> None:
    ran = rozmova_command("split", built[1], "b.txt")
    assert ran.code == 0
    assert len(ids(rozmova_command)) == 3
    assert built[1] in ids(rozmova_command)
    shown = rozmova_command("why", *[i for i in ids(rozmova_command) if i != built[0]])
    assert shown.out.startswith("two contacts, decided by ")


def test_why_says_what_speaks_for_and_against(rozmova_command: Run, built: list[str]) -> None:
    apart = rozmova_command("why", *built)
    assert apart.out.startswith("two contacts")
    assert "dates: against" in apart.out
    together = rozmova_command("why", built[1])
    assert together.out.startswith("one contact")
    line = json.loads(rozmova_command("why", built[1], "--format", "jsonl").out)
    assert line["said"]["dates"] == "for"
    assert (line["decision"], line["by"]) == ("accepted", "rule")


def test_wrong_input_is_named(rozmova_command: Run, built: list[str]) -> None:
    for arguments, said in (
        (("merge", built[0], built[0]), "two contacts"),
        (("merge", built[0], "c:nothing"), "there is no contact"),
        (("split", built[1], "z.txt"), "no article of contact"),
        (("split", built[1], "a.txt", "b.txt"), "all articles"),
        (("undo", "7"), "no judgement 7"),
    ):
        ran = rozmova_command(*arguments)
        assert ran.code in (1, 2), arguments
        assert said in ran.err, arguments
    assert ids(rozmova_command) == built


def test_a_judgement_on_an_article_that_is_gone_is_kept_and_reported(
    rozmova_command: Run, built: list[str], tmp_path: Path
) -> None:
    rozmova_command("merge", *built)
    (tmp_path / "news" / "c.txt").write_text("Nothing happened in Geneva this summer, and nobody came to the lake.\n")
    rozmova_command("build", tmp_path / "news", "--published", "2022-02-13")
    assert "concerns an account that is gone" in rozmova_command("judgements").out


@pytest.mark.parametrize("version", [3, 4, 5])
def test_a_store_of_a_version_before_moves_on_and_keeps_everything(
    rozmova_command: Run, built: list[str], version: int
) -> None:
    make_older(Path("rozmova.db"), version)
    assert ids(rozmova_command) == built
    with open_store(Path("rozmova.db"), create=False) as store:
        assert store.judgements() == ()
        assert store.problems() == []
    assert rozmova_command("merge", *built).code == 0, "news and judgements find the contacts again"
    assert len(ids(rozmova_command)) == 1


def test_disputes_show_every_value_with_its_articles(rozmova_command: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST)
    (folder / "b.txt").write_text(FIRST.replace("called", "held a video conference with"))
    rozmova_command("build", folder, "--published", "2022-02-13")
    ran = rozmova_command("disputes")
    assert ran.code == 0
    assert "disputed: channel" in ran.out
    assert f"phone: {folder / 'a.txt'}" in ran.out
    assert f"video: {folder / 'b.txt'}" in ran.out
    assert rozmova_command("disputes", "--field", "place").out == ""
    assert "no field" in rozmova_command("disputes", "--field", "weather").err


def test_show_and_disputes_say_whose_an_account_is_and_whom_it_names(rozmova_command: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    outlets = {
        "a.txt": ("Evening Post", SECOND),
        "b.txt": ("kremlin.ru", FIRST.replace("called", "held a video conference with")),
        "c.txt": (None, f"Opinion | What they said\n\n{FIRST}"),
        "d.txt": (None, FIRST),
    }
    for name, (_, text) in outlets.items():
        (folder / name).write_text(text)

    def about(file: Path) -> dict[str, str | None]:
        return {"published": "2022-02-13", "outlet": outlets[file.name][0]}

    with open_store(Path("rozmova.db")) as store:
        fill(store, list(find_files([folder])), about, table_of(None), fingerprint(), quiet=True)
    (contact,) = ids(rozmova_command)
    shown = rozmova_command("show", contact).out.splitlines()
    lines = {name: next(line for line in shown if f"{folder / name}" in line) for name in outlets}
    assert lines["a.txt"].endswith("a.txt, press, by White House")
    assert lines["b.txt"].endswith("b.txt, the party's own readout (RUS)")
    assert "c.txt, commentary" in lines["c.txt"]
    assert lines["d.txt"].partition("d.txt")[2].startswith(", copy of"), "nobody knows whose it is"
    disputed = rozmova_command("disputes").out
    assert "video: kremlin.ru [the party's own readout (RUS)]" in disputed
    assert "Evening Post [press; by White House]" in disputed
    assert f"{folder / 'd.txt'}\n" in disputed or f"{folder / 'd.txt'}," in disputed
    accounts = json.loads(rozmova_command("timeline", "--format", "jsonl").out)["accounts"]
    by_path = {Path(a["path"]).name: (a.get("voice"), a.get("affiliation"), a.get("says")) for a in accounts}
    assert by_path["b.txt"] == ("party", "RUS", [])
    assert by_path["a.txt"] == ("press", None, ["White House"])


def test_an_announced_contact_whose_day_is_past_says_so(rozmova_command: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Joe Biden will call Vladimir Putin on 12 February 2022.\n{REST}")
    (folder / "b.txt").write_text(f"Olaf Scholz called Emmanuel Macron on 20 February 2022.\n{REST}")
    dates = tmp_path / "dates.csv"
    dates.write_text(f"path,published\n{folder}/a.txt,2022-02-10\n{folder}/b.txt,2022-02-20\n")
    ran = rozmova_command("build", folder, "--dates", dates)
    first, second = ran.out.splitlines()[:2]
    assert "announced, no report that it took place" in first
    assert "announced" not in second


def test_a_judgement_reads_dates_and_compares_nothing_again(
    rozmova_command: Run, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the articles have not changed")

    monkeypatch.setattr("rozmova.pipeline.dated_together", never)
    monkeypatch.setattr("rozmova.store.store.Store.readings", never)
    before = rozmova_command("timeline", "--format", "jsonl").out
    assert rozmova_command("merge", *built).code == 0
    assert rozmova_command("undo").code == 0
    assert rozmova_command("timeline", "--format", "jsonl").out == before
