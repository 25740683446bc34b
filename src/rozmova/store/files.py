"""The file of a store: what it is before it is opened, and copies of it while others write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from secrets import token_hex

from rozmova.errors import StoreError
from rozmova.store.schema import MIGRATES_FROM, SCHEMA_VERSION, SINCE, metadata

OTHER_FILE = "name another file with --db, or move this one away"

_MAGIC = b"SQLite format 3\x00"
_PAGES = 2000
"""Pages of 4 KB that are copied at a time; others may write in between."""


def check(path: Path) -> int:
    """The version of a store, reading only; refuses what is none, or cannot be moved on."""
    stranger = StoreError(f"{path} is not a rozmova store", OTHER_FILE)
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise stranger
        # Without a log beside it nobody is writing, and `immutable` keeps SQLite from leaving files of its own there.
        how = "mode=ro" if Path(f"{path}-wal").exists() else "mode=ro&immutable=1"
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as run:
            tables = {name for (name,) in run.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "meta" not in tables:
                raise stranger
            row = run.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}", OTHER_FILE) from error
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be opened as a store: {error}", OTHER_FILE) from error
    if row is None or not {t.name for t in metadata.sorted_tables if SINCE.get(t.name, 0) <= MIGRATES_FROM} <= tables:
        raise stranger
    version = int(row[0]) if str(row[0]).isdecimal() else -1
    if not MIGRATES_FROM <= version <= SCHEMA_VERSION:
        newer = "install the newer program" if version > SCHEMA_VERSION else "use that version"
        hint = f"{newer}, or build a new store from the articles: rozmova build PATH... --db NEW.db"
        raise StoreError(
            f"{path} is a store of schema version {row[0]}, and this program writes {SCHEMA_VERSION}", hint
        )
    lacking = {t.name for t in metadata.sorted_tables if SINCE.get(t.name, 0) <= version} - tables
    if lacking:
        raise StoreError(
            f"{path} says that it is of schema version {version}, but lacks {', '.join(sorted(lacking))}", OTHER_FILE
        )
    return version


def copy_before(path: Path, version: int) -> Path:
    """Copy a store beside it before it becomes one of this version; a copy that is there already is left alone."""
    number, copy = 1, path.with_name(f"{path.name}.before-v{version}.db")
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.before-v{version}-{number}.db")
    backup(path, copy)
    return copy


def backup(path: Path, file: Path, force: bool = False) -> None:
    """Copy a store as it is at one moment, while others read and write it; the copy is whole or not there.

    Raises :class:`StoreError` when the file is there (unless ``force``), is the store itself, or cannot be written.
    """
    if file.exists() and path.exists() and file.samefile(path):
        raise StoreError(f"{file} is the store itself", "name another file for the copy")
    if file.exists() and (not force or not file.is_file()):
        raise StoreError(f"{file} is there already", "name another file, or replace it with --force")
    if not file.parent.is_dir():
        raise StoreError(f"there is no folder {file.parent} for the copy", "make it first, or name another file")
    part = file.with_name(f".{file.name}.{token_hex(4)}.part")
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.execute("BEGIN")  # what is committed from here on is not for this copy, and does not start it anew
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(target, pages=_PAGES)
            target.execute("PRAGMA journal_mode = DELETE")
        if not force and file.exists():
            raise StoreError(f"{file} is there already", "name another file, or replace it with --force")
        part.replace(file)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"{path} cannot be copied to {file}: {error}", "is there room, and may you write there?"
        ) from error
    finally:
        part.unlink(missing_ok=True)
