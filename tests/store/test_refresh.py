"""News in a store changes the contacts it meets, and nothing else is read; what comes out is that of a fresh build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from handmade import read_simply
from rozmova.records import Article, Dating, MergedContact, Reading
from rozmova.sources.files import find_files
from rozmova.store import Store, open_store, refresh
from rozmova.store.ingest import ingest
from rozmova.store.refresh import refresh_contacts

TOOL = "0.1+test"
WHO = ("Zelenskyy Biden", "Biden Poland", "Zelenskyy Poland")


def bring(store: Store, folder: Path) -> None:
    ingest(store, find_files([folder]), read_simply, tool=TOOL, about=lambda _: {"published": "2022-01-20"})


def contacts(store: Store) -> list[MergedContact]:
    """Without identifiers, which remember the builds before."""
    return sorted((replace(c, id="") for c in store.contacts().contacts), key=repr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(24):
        (folder / f"{n}.txt").write_text(
            f"call 2022-01-{n % 5 + 10} {WHO[n % 3]}\nplanned - {WHO[n % 2]}\nNumber {n}\n"
        )
    return folder


def test_articles_that_come_change_and_go_one_by_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / "steps.db") as store:
        bring(store, folder)
        refresh_contacts(store, TOOL)
        monkeypatch.setattr(refresh, "_anew", None)  # from here on nothing may be merged anew
        for n, text in ((30, "call 2022-01-12 Biden Poland\n"), (3, "call 2022-01-11 Biden Poland\n"), (4, "nothing")):
            (folder / f"{n}.txt").write_text(text)
            bring(store, folder)
            assert refresh_contacts(store, TOOL)
            assert not refresh_contacts(store, TOOL)
        found, problems = contacts(store), store.problems()
    assert problems == []
    monkeypatch.undo()
    with open_store(tmp_path / "once.db") as store:
        bring(store, folder)
        refresh_contacts(store, TOOL)
        assert contacts(store) == found


def test_an_article_dated_by_news_is_merged_anew(folder: Path, tmp_path: Path) -> None:
    days: dict[str, str] = {}

    def date(readings: Sequence[Reading], _: object) -> tuple[list[Reading], Dating]:
        anew = []
        for r in readings:
            day = days.get(r.article.path)
            anew.append(replace(r, contacts=tuple(replace(c, date=day) for c in r.contacts[:1])) if day else r)
        return anew, Dating()

    def undated(path: Path) -> dict[str, str | None]:
        return {"published": None if path.name == "0.txt" else "2022-01-20"}

    with open_store(tmp_path / "test.db") as store:
        ingest(store, find_files([folder]), read_simply, tool=TOOL, about=undated)
        refresh_contacts(store, TOOL, date)
        (before,) = store.contacts_of([id_of(folder / "0.txt")])[-1:]
        days[str(folder / "0.txt")] = "2021-12-01"
        (folder / "news.txt").write_text("news that says when")
        ingest(store, find_files([folder]), read_simply, tool=TOOL, about=undated)
        refresh_contacts(store, TOOL, date)
        (after,) = store.contacts_of([id_of(folder / "0.txt")])
        assert before.date != after.date == "2021-12-01"


def test_what_was_saved_later_is_not_overwritten_by_a_slower_build(folder: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "test.db") as store:
        bring(store, folder)
        early = store.revision()
        (folder / "more.txt").write_text("call 2022-01-12 Biden Poland\n")
        bring(store, folder)
        refresh_contacts(store, TOOL)
        found = store.contacts()
        store.save_contacts([], revision=early, tool=TOOL)
        assert store.contacts() == found
        assert store.contacts_fresh(TOOL)


def id_of(path: Path) -> str:
    from rozmova.sources.files import read_file

    article = read_file(path)
    assert isinstance(article, Article)
    return article.id
