"""The demo: what file names say of its articles, and that it runs on the real pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from handmade import Ran, make_article, make_contact, make_merged, make_reading
from rozmova.cli.demo import FOLDER, highlights, named, read_outlets
from rozmova.records import StatusStep

Run = Callable[..., Ran]


def test_every_article_of_the_demo_has_its_day_and_outlet() -> None:
    outlets = read_outlets(FOLDER / "outlets.tsv")
    files = sorted((FOLDER / "corpus").glob("*.txt"))
    assert len(files) >= 24
    for file in files:
        about = named(file, outlets)
        assert about["outlet"], f"{file.name}: no outlet of outlets.tsv"
        assert file.name.startswith(f"{about['published']}-")


def test_highlights_are_disputes_and_changed_plans() -> None:
    contact = make_contact()
    reading = make_reading(make_article("text"), contact)
    plain = make_merged("plain", (contact, reading))
    steps = tuple(StatusStep(status=s, date=None, article="a", published=None) for s in ("planned", "held"))  # type: ignore[arg-type]
    moved = replace(plain, id="moved", status_history=steps, agreement={"date": "disputed", "channel": "agreed"})
    lines = list(highlights((plain, moved)))
    assert [line for line in lines if "plain" in line] == []
    assert any("moved: date" in line for line in lines)
    assert any("moved: planned -> held" in line for line in lines)
    assert list(highlights((plain,))) == []


def test_the_demo_shows_a_timeline_and_what_to_do_next(rozmova_command: Run, tmp_path: Path) -> None:
    ran = rozmova_command("demo", "--db", tmp_path / "demo.db")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    timeline = lines[: lines.index("")]
    assert len(timeline) >= 8
    command = next(line.split() for line in lines if line.strip().startswith("rozmova show"))
    assert rozmova_command(*command[1:]).code == 0
    assert lines[-1].strip() == f"rozmova serve --db {tmp_path / 'demo.db'}"
