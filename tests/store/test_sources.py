"""Sources that hold many articles, and what is known of a text beside it, in the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml.html import HtmlElement
from trafilatura.settings import Document

from handmade import read_simply
from rozmova.sources import html
from rozmova.store import Store, open_store
from rozmova.store.ingest import Outcome, ingest


def bring(store: Store, path: Path, **about: str | None) -> Outcome:
    return ingest(store, [path], read_simply, tool="0.1+test", about=lambda _: about)


def write(path: Path, *rows: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_table_that_changed_gives_what_it_has_now_and_reads_only_that(tmp_path: Path) -> None:
    rows = [{"text": f"call 2022-01-0{day}"} for day in range(1, 4)]
    with open_store(tmp_path / "test.db") as store:
        path = write(tmp_path / "n.jsonl", *rows)
        assert bring(store, path).new == 3
        outcome = bring(store, write(path, {"text": "call 2022-01-09"}, *rows[1:]))
        assert (outcome.new, outcome.unchanged) == (1, 2)
        assert sorted(r.contacts[0].date or "" for r in store.readings()) == ["2022-01-02", "2022-01-03", "2022-01-09"]
        path.write_text(path.read_text().splitlines()[0] + "\n{broken\n")
        assert len(bring(store, path).skipped) == 1
        assert sum(store.counts().values()) == 3, "nothing goes where the table could not be read whole"


def test_a_page_whose_text_is_told_in_another_way_is_read_anew_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, text = tmp_path / "p.html", tmp_path / "a.txt"
    lines = "".join(f"<p>call 2022-01-0{day} Zelenskyy Biden</p>" for day in range(1, 5))
    page.write_text(f"<html><body><article>{lines}</article></body></html>")
    text.write_text("call 2022-01-09")
    extract = html._extract

    def another(tree: HtmlElement, url: str | None) -> Document | None:
        """What another version of trafilatura might do: it takes the last line for a notice."""
        found = extract(tree, url)
        assert found is not None
        assert found.text
        found.text = found.text.rpartition("\n")[0]
        return found

    with open_store(tmp_path / "test.db") as store:
        assert (bring(store, page).new, bring(store, text).new, bring(store, page).unchanged) == (1, 1, 1)
        monkeypatch.setattr(html, "_extract", another)
        first, second = bring(store, page), bring(store, text)
        assert (first.new, first.again, second.unchanged) == (1, 0, 1)
        dates = sorted(contact.date or "" for reading in store.readings() for contact in reading.contacts)
        assert dates == ["2022-01-01", "2022-01-02", "2022-01-03", "2022-01-09"], "the text before is gone"


def test_what_is_known_beside_the_text_is_kept(tmp_path: Path) -> None:
    row = {"text": "call 2022-01-01", "title": "A call", "date": "2022-01-02", "url": "https://a.example/1", "by": "A"}
    with open_store(tmp_path / "test.db") as store:
        assert bring(store, write(tmp_path / "n.jsonl", row | {"author": "Ann", "retrieved": "2022-01-05"})).new == 1
        (reading,) = store.readings()
        article = store.article(reading.article.id)
        assert article is not None
        assert (article.published, article.author) == ("2022-01-02", "Ann")
        assert article.retrieved == "2022-01-05T00:00:00+00:00"
        assert bring(store, tmp_path / "n.jsonl", published="2022-01-03").again == 1, "a date by hand goes before"
        assert bring(store, tmp_path / "n.jsonl").unchanged == 1, "and stays"
        again = store.article(reading.article.id)
        assert again is not None
        assert (again.published, again.author) == ("2022-01-03", "Ann")


def test_the_same_text_keeps_its_address_whichever_source_comes_later(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("call 2022-01-01")
    table = write(tmp_path / "n.jsonl", {"text": "call 2022-01-01", "author": "Ann"})
    with open_store(tmp_path / "test.db") as store:
        assert bring(store, table).new == 1
        assert bring(store, tmp_path / "a.txt", published="2022-01-03").again == 1
        (reading,) = store.readings()
        article = store.article(reading.article.id)
        assert article is not None
        assert article.author == "Ann"
