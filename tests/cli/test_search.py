"""``rozmova search`` and ``rozmova backup`` from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from handmade import Ran, make_article, make_contact, make_merged, make_reading
from rozmova.store import open_store

Run = Callable[..., Ran]
TEXT = "A call on Monday\nZelenskyy spoke of grain [red]corridors[/red]."


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    article = make_article(TEXT, published="2022-01-03")
    contact = make_contact()
    reading = make_reading(article, contact)
    with open_store(tmp_path / "rozmova.db") as store:
        store.add_article(article, reading, source="/a.txt", tool="t")
        store.save_contacts([make_merged("c:1", (contact, reading))], revision=store.revision(), tool="t")
    return tmp_path


def test_search_prints_what_it_found(rozmova_command: Run, filled: Path) -> None:
    ran = rozmova_command("search", "corridor")
    assert ran.code == 0
    assert "2022-01-03  article" in ran.out
    assert "grain [red]corridors[/red]." in ran.out
    assert "1 article" in ran.err


def test_search_gives_json_lines_with_exact_offsets(rozmova_command: Run, filled: Path) -> None:
    ran = rozmova_command("search", "corridor", "--format", "jsonl")
    (line,) = [json.loads(line) for line in ran.out.splitlines()]
    assert (line["kind"], line["id"]) == ("article", make_article(TEXT).id)
    shown = line["snippet"]
    assert TEXT[shown["start"] : shown["end"]] == shown["text"]
    assert [TEXT[mark["start"] : mark["end"]] for mark in shown["marks"]] == ["corridors"]


def test_search_takes_names_of_several_words_from_the_shell(rozmova_command: Run, filled: Path) -> None:
    ran = rozmova_command("search", "party:Joe Biden", "kind:contact", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["c:1"]


def test_search_says_what_is_allowed_and_when_nothing_fits(rozmova_command: Run, filled: Path) -> None:
    wrong = rozmova_command("search", "channel:fax")
    assert wrong.code == 2
    assert "allowed: phone" in wrong.err
    nothing = rozmova_command("search", "submarine")
    assert (nothing.code, nothing.out) == (0, "")
    assert "nothing fits" in nothing.err


def test_backup_copies_and_replaces_nothing_unasked(rozmova_command: Run, filled: Path) -> None:
    assert rozmova_command("backup", "copy.db").code == 0
    again = rozmova_command("backup", "copy.db")
    assert again.code == 1
    assert "--force" in again.err
    assert rozmova_command("backup", "copy.db", "--force").code == 0
    found = rozmova_command("search", "corridor", "--db", "copy.db")
    assert "article" in found.out


def test_doctor_makes_the_index_anew(rozmova_command: Run, filled: Path) -> None:
    ran = rozmova_command("doctor", "--reindex")
    assert ran.code == 0
    assert "search indexed anew: 2 rows" in ran.out
