"""Bringing files into the store: only what is new, and nothing half-done whatever happens."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from handmade import read_simply
from rozmova.errors import RozmovaError
from rozmova.records import Article, Reading
from rozmova.sources.files import find_files
from rozmova.store import Store, open_store
from rozmova.store.ingest import Outcome, ingest
from rozmova.store.refresh import refresh_contacts

TOOL = "0.1+test"
TESTS = Path(__file__).parent.parent


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def bring(
    store: Store, folder: Path, tool: str = TOOL, published: str | None = None, asked: list[Article] | None = None
) -> Outcome:
    def read(article: Article) -> Reading:
        if asked is not None:
            asked.append(article)
        return read_simply(article)

    outcome = ingest(store, find_files([folder]), read, tool=tool, about=lambda _: {"published": published})
    refresh_contacts(store, tool)
    return outcome


def test_a_second_run_reads_only_what_is_new_or_changed(tmp_path: Path) -> None:
    folder = write(tmp_path / "articles", a="call 2022-01-01", b="call 2022-01-02", c="call 2022-01-03")
    with open_store(tmp_path / "test.db") as store:
        first = bring(store, folder)
        assert (first.new, first.again, first.unchanged) == (3, 0, 0)
        assert bring(store, folder).unchanged == 3
        write(folder, b="call 2022-01-20", d="call 2022-01-04")
        asked: list[Article] = []
        second = bring(store, folder, asked=asked)
        assert (second.new, second.again, second.unchanged) == (2, 0, 2)
        assert [Path(article.path).name for article in asked] == ["b.txt", "d.txt"]
        dates = [contact.date for contact in store.contacts().contacts]
    assert dates == ["2022-01-01", "2022-01-03", "2022-01-04", "2022-01-20"]


def test_another_program_or_date_reads_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "articles", a="call 2022-01-01")
    with open_store(tmp_path / "test.db") as store:
        bring(store, folder, published="2022-01-02")
        assert bring(store, folder, published="2022-01-02").unchanged == 1
        assert bring(store, folder, published="2022-01-03").again == 1
        asked: list[Article] = []
        assert bring(store, folder, tool="0.2", asked=asked).again == 1
        assert asked[0].published == "2022-01-03", "the date given before is kept"
        assert bring(store, folder, tool="0.2").unchanged == 1


def test_the_same_text_twice_is_one_article(tmp_path: Path) -> None:
    folder = write(tmp_path / "articles", a="call 2022-01-01", b="call 2022-01-01")
    with open_store(tmp_path / "test.db") as store:
        outcome = bring(store, folder)
        assert (outcome.new, outcome.unchanged) == (1, 1)
        (contact,) = store.contacts().contacts
        assert len(contact.accounts) == 1


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = write(tmp_path / "articles", a="esperanto", b="crash", c="call 2022-01-03", d="")
    with open_store(tmp_path / "test.db") as store:
        outcome = bring(store, folder)
        assert outcome.new == 1
        assert store.counts() == {"en": 1}
    reasons = {Path(one.path).name: one.reason for one in outcome.skipped}
    assert reasons.keys() == {"a.txt", "b.txt", "d.txt"}
    assert "language" in reasons["a.txt"]
    assert "ZeroDivisionError at handmade.py" in reasons["b.txt"]


def test_an_error_that_concerns_more_than_the_article_stops_the_run(tmp_path: Path) -> None:
    def refuse(_: Article) -> Reading:
        raise RozmovaError("the language data are broken")

    folder = write(tmp_path / "articles", a="call 2022-01-01")
    with open_store(tmp_path / "test.db") as store, pytest.raises(RozmovaError, match="broken"):
        ingest(store, find_files([folder]), refuse, tool=TOOL)


def killed(script: str, *arguments: Path) -> None:
    """Run a script that kills itself with SIGKILL, as a power cut or the system would."""
    preamble = """
        import os, signal, sys
        from pathlib import Path
        from handmade import read_simply
        from rozmova.sources.files import find_files
        from rozmova.store import changes, open_store
        from rozmova.store.ingest import ingest

        folder, db = map(Path, sys.argv[1:])

        def die(*_):
            os.kill(os.getpid(), signal.SIGKILL)
    """
    ran = subprocess.run(
        [sys.executable, "-c", dedent(preamble) + dedent(script), *map(str, arguments)],
        cwd=TESTS,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr


KILLED_WHILE_READING = """
    def read(article):
        return die() if "2022-01-03" in article.text else read_simply(article)

    ingest(open_store(db), find_files([folder]), read, tool="0.1+test")
"""

KILLED_IN_THE_TRANSACTION = """
    noted = changes.note
    calls = []

    def note(run, ids):
        calls.append(run)
        return die() if len(calls) == 3 else noted(run, ids)

    changes.note = note
    ingest(open_store(db), find_files([folder]), read_simply, tool="0.1+test")
"""


@pytest.mark.parametrize("script", [KILLED_WHILE_READING, KILLED_IN_THE_TRANSACTION], ids=["reading", "transaction"])
def test_a_kill_loses_the_article_in_hand_and_the_next_run_completes(tmp_path: Path, script: str) -> None:
    folder = write(tmp_path / "articles", **{f"a{day}": f"call 2022-01-0{day}" for day in range(1, 7)})
    killed(script, folder, tmp_path / "test.db")
    with open_store(tmp_path / "test.db") as store:
        assert store.problems() == []
        assert sum(store.counts().values()) == 2, "what was read before the kill is kept, the third is not"
        assert not store.contacts_fresh()
        asked: list[Article] = []
        outcome = bring(store, folder, asked=asked)
        assert (outcome.new, outcome.unchanged) == (4, 2)
        assert len(asked) == 4
        whole = list(store.readings()), store.contacts()
    with open_store(tmp_path / "fresh.db") as store:
        bring(store, folder)
        assert (list(store.readings()), store.contacts()) == whole
