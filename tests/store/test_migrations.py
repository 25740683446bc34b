"""A store of an older version becomes one of this, with a copy kept; what cannot is left untouched."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine, inspect

from handmade import PARTIES, make_article, make_contact, make_merged, make_older, make_reading
from rozmova.errors import StoreError
from rozmova.records import Place, Statement, Topic
from rozmova.store import Store, migrations, open_store
from rozmova.store import files as store_files
from rozmova.store.kinds import kind_of
from rozmova.store.schema import SCHEMA_VERSION

ARTICLE = make_article("Зеленський met Biden in Kyiv.\nThey spoke.", published="2022-01-03")


def older(path: Path, version: int) -> Path:
    """A store with one article and one contact as the program of that version left it."""
    fill(path)
    make_older(path, version)
    return path


def fill(path: Path) -> None:
    contact = make_contact()
    said = Statement(
        speaker=PARTIES["Biden"], via=None, reported_by=None, addressee=(PARTIES["Poland"],), event=None, act="state",
        channel="press", quotes=(), date="2022-01-02", about=0, start=0, end=9, text=ARTICLE.text[:9], rule="r",
    )  # fmt: skip
    reading = make_reading(ARTICLE, contact)
    reading = replace(reading, article=replace(reading.article, outlet="a.example"), statements=(said,))
    call = make_merged("call", (contact, reading))
    call = replace(
        call, place=Place(id="Q270", name="Warsaw", state="POL"), agreement={"date": "disputed"},
        topics=(Topic(label="ceasefire", start=0, end=1),),
    )  # fmt: skip
    with open_store(path) as store:
        store.add_article(ARTICLE, reading, source="/a.txt", tool="old")
        store.save_contacts([call], revision=store.revision(), tool="old")


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as run:
        return run.execute(query).fetchall()


def shape(path: Path) -> dict[str, object]:
    """Tables with their columns, keys and indexes, whatever order they were made in."""
    engine = create_engine(f"sqlite:///{path}")
    seen = inspect(engine)
    found: dict[str, object] = {}
    for table in seen.get_table_names():
        columns = {c["name"]: (str(c["type"]), c["nullable"], c["primary_key"]) for c in seen.get_columns(table)}
        indexes = {i["name"]: i["column_names"] for i in seen.get_indexes(table)}
        keys = sorted((k["constrained_columns"], k["referred_table"]) for k in seen.get_foreign_keys(table))
        found[table] = (columns, indexes, keys)
    engine.dispose()
    found["triggers"] = sorted(rows(path, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return found


@pytest.mark.parametrize("version", [3, 4, 5, 6, 7, 8])
def test_an_older_store_is_moved_on_with_a_copy_kept(tmp_path: Path, version: int) -> None:
    path = older(tmp_path / "test.db", version)
    with open_store(path) as store:
        assert [reading.article.id for reading in store.readings()] == [ARTICLE.id]
        assert [contact.id for contact in store.contacts().contacts] == ["call"]
        assert store.problems() == []
        assert store.merged_by() == ("old" if version >= 5 else "")
    assert rows(path, "SELECT value FROM meta WHERE key = 'schema_version'") == [(str(SCHEMA_VERSION),)]
    assert [kind_of(row[0]) for row in rows(path, "SELECT id FROM search_text ORDER BY id")] == [
        "article",
        "statement",
        "contact",
    ]  # type: ignore[arg-type]
    copy = tmp_path / f"test.db.before-v{SCHEMA_VERSION}.db"
    assert store_files_version(copy) == version
    assert rows(copy, "SELECT id, text FROM articles") == [(ARTICLE.id, ARTICLE.text)]


@pytest.mark.parametrize("version", [5, 6, 7, 8])  # older ones say which articles tell of a contact when merged anew
def test_what_is_filtered_by_is_as_in_a_new_store(tmp_path: Path, version: int) -> None:
    query = "SELECT search, kind, value, contact FROM search_facets ORDER BY 1, 2, 3, 4"
    open_store(older(tmp_path / "old.db", version)).close()
    fill(tmp_path / "new.db")
    facets = rows(tmp_path / "new.db", query)
    assert rows(tmp_path / "old.db", query) == facets
    assert {row[1] for row in facets} == {
        "channel", "contact", "disputed", "lang", "outlet", "place", "side", "status", "topic"
    }  # fmt: skip


def store_files_version(path: Path) -> int:
    return int(str(rows(path, "SELECT value FROM meta WHERE key = 'schema_version'")[0][0]))


@pytest.mark.parametrize("version", [3, 4, 5, 6, 7, 8])
def test_a_store_moved_on_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    open_store(older(tmp_path / "old.db", version)).close()
    open_store(tmp_path / "new.db").close()
    assert shape(tmp_path / "old.db") == shape(tmp_path / "new.db")


def test_a_store_of_this_version_is_opened_without_a_copy(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        open_store(tmp_path / "test.db").close()
    assert [file.name for file in tmp_path.iterdir()] == ["test.db"]
    assert caplog.messages == []


def test_that_a_store_is_moved_on_is_said_before(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = older(tmp_path / "test.db", 8)
    real = store_files.copy_before

    def copied(path: Path, version: int) -> Path:
        assert [message for message in caplog.messages if str(path) in message]
        return real(path, version)

    monkeypatch.setattr(store_files, "copy_before", copied)
    open_store(path).close()
    assert len(caplog.messages) == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = older(tmp_path / "test.db", 4)
    before = rows(path, "SELECT type, name, sql FROM sqlite_master ORDER BY name")

    def fail(self: Store, run: object) -> int:
        raise StoreError("no room", "make some")

    with monkeypatch.context() as patch, pytest.raises(StoreError, match="no room"):
        patch.setattr(Store, "_reindex", fail)
        open_store(path)
    assert rows(path, "SELECT type, name, sql FROM sqlite_master ORDER BY name") == before
    assert store_files_version(path) == 4
    open_store(path).close()
    assert store_files_version(path) == SCHEMA_VERSION
    copies = sorted(file.name for file in tmp_path.glob("*before*"))
    assert copies == [f"test.db.before-v{SCHEMA_VERSION}-2.db", f"test.db.before-v{SCHEMA_VERSION}.db"]


def test_without_a_copy_nothing_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = older(tmp_path / "test.db", 5)

    def fail(*_: object) -> None:
        raise StoreError("the disk is full", "make room")

    monkeypatch.setattr(store_files, "backup", fail)
    with pytest.raises(StoreError, match="disk is full"):
        open_store(path)
    assert store_files_version(path) == 5


def test_who_comes_second_finds_the_work_done(tmp_path: Path) -> None:
    path = older(tmp_path / "test.db", 5)
    with Store(path) as slow:
        open_store(path).close()
        slow.migrate()
        assert slow.problems() == []


def newer(path: Path) -> None:
    open_store(path).close()
    set_version(path, str(SCHEMA_VERSION + 1))


def strange(path: Path) -> None:
    open_store(path).close()
    set_version(path, "six")


def without_a_table(path: Path) -> None:
    open_store(path).close()
    with closing(sqlite3.connect(path)) as run:
        run.execute("DROP TABLE blocks")
        run.commit()
        run.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def set_version(path: Path, version: str) -> None:
    with closing(sqlite3.connect(path)) as run:
        run.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (version,))
        run.commit()
        run.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (newer, f"schema version {SCHEMA_VERSION + 1}"),
        (strange, "schema version six"),
        (without_a_table, "lacks blocks"),
        (lambda path: older(path, 5) and set_version(path, "6"), "lacks alembic_version"),
        (lambda path: older(path, 3) and set_version(path, "2"), "schema version 2"),
    ],
    ids=["newer", "no number", "a table gone", "says too much", "too old"],
)
def test_what_cannot_be_moved_on_is_left_untouched(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    path = tmp_path / "some.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=message) as refusal:
        open_store(path)
    assert refusal.value.hint
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["some.db"]


def test_every_version_has_its_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions == [str(version) for version in range(SCHEMA_VERSION, 4, -1)]


def test_opening_a_store_does_not_load_alembic(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, pathlib; from rozmova.store import open_store; "
        f"open_store(pathlib.Path({str(tmp_path / 'new.db')!r})).close(); print('alembic' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
