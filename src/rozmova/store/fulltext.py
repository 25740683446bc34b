"""The one part of search that each database does in its own way: finding rows of ``search`` by terms, with a score.

SQLite has FTS5 over the rows of ``search_text``, kept in step by triggers, so that whatever changes a row changes the
index in the same transaction. Another database brings a class with the same methods.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Label,
    column,
    literal_column,
    select,
    table,
)
from sqlalchemy.exc import DatabaseError

from rozmova.errors import StoreError
from rozmova.store.rows import values

Run = tuple[str, ...]
"""Terms that stand one after another in the line of words or the title; of one term, anywhere."""
Wanted = Collection[Run]
"""Of these, one must be there."""


class Words(Struct, frozen=True):
    """What must stand in it, all of it, and what none of may, for a row of search to be found."""

    must: tuple[Wanted, ...]
    without: tuple[Wanted, ...] = ()


OfId = Callable[[ColumnElement[int]], ColumnElement[bool]]
"""A condition on the id of a row."""


class FullText(Protocol):
    """What search needs of a database."""

    def make(self, run: Connection) -> None:
        """Make the index of the rows there are, and what keeps it in step with the table ``search_text``."""

    def found(self, words: Words) -> FromClause:
        """The rows in which words stand, by the column ``id``."""

    def last(self, run: Connection, words: Words, most: int, where: OfId) -> dict[int, float]:
        """The ``most`` rows with the highest ids of those in which words stand and for whose id some condition holds,
        and how well each fits: the higher the better."""

    def drop(self, run: Connection) -> None:
        """Take the index away, whatever state it is in."""

    def in_step(self, run: Connection) -> bool:
        """Whether the index says what the rows say."""


class Fts5:
    """SQLite's own full text search."""

    _COLUMNS = ("title", "line", "extra")
    _WEIGHTS = "6.0, 1.0, 1.0"
    _TERMS = table("search_terms", column("rowid", Integer))
    _ID: ColumnElement[int] = _TERMS.c.rowid

    def make(self, run: Connection) -> None:
        """Make the index of the rows there are, and what keeps it in step with the table ``search_text``."""
        names, new, old = (", ".join(f"{row}{name}" for name in self._COLUMNS) for row in ("", "new.", "old."))
        gone = f"INSERT INTO search_terms (search_terms, rowid, {names}) VALUES ('delete', old.id, {old});"
        come = f"INSERT INTO search_terms (rowid, {names}) VALUES (new.id, {new});"
        for statement in (
            f"CREATE VIRTUAL TABLE search_terms USING fts5 ({names}, content = 'search_text', content_rowid = 'id', "
            "tokenize = \"unicode61 remove_diacritics 0 tokenchars '~@_'\")",
            f"CREATE TRIGGER search_come AFTER INSERT ON search_text BEGIN {come} END",
            f"CREATE TRIGGER search_gone AFTER DELETE ON search_text BEGIN {gone} END",
            f"CREATE TRIGGER search_other AFTER UPDATE OF {names} ON search_text BEGIN {gone} {come} END",
        ):
            run.exec_driver_sql(statement)
        run.exec_driver_sql("INSERT INTO search_terms (search_terms) VALUES ('rebuild')")

    def found(self, words: Words) -> FromClause:
        """The rows in which words stand, by the column ``id``."""
        return select(self._ID.label("id")).where(self._fits(words)).subquery()

    def last(self, run: Connection, words: Words, most: int, where: OfId) -> dict[int, float]:
        """The rows that came last of those that fit, and how well they do."""
        line: Label[str] = literal_column(f"rowid || ' ' || -bm25(search_terms, {self._WEIGHTS})").label("line")
        # The limit keeps SQLite from drawing the score into what puts the lines together, where it has none.
        query = (
            select(line)
            .select_from(self._TERMS)
            .where(self._fits(words), where(self._ID))
            .order_by(self._ID.desc())
            .limit(most)
        )
        return {int(id): float(score) for id, score in map(str.split, values(run, query))}

    def _fits(self, words: Words) -> ColumnElement[bool]:
        query = _all(words.must) + "".join(f" NOT ({_any(wanted)})" for wanted in words.without)
        return literal_column("search_terms").op("MATCH")(query)

    def drop(self, run: Connection) -> None:
        """Take the index away, whatever state it is in."""
        for trigger in ("come", "gone", "other"):
            run.exec_driver_sql(f"DROP TRIGGER IF EXISTS search_{trigger}")
        run.exec_driver_sql("DROP TABLE IF EXISTS search_terms")

    def in_step(self, run: Connection) -> bool:
        """Whether the index says what the rows say."""
        try:
            run.exec_driver_sql("INSERT INTO search_terms (search_terms, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            if "malformed" in str(error.orig):
                return False
            raise
        return True


def fulltext(database: str) -> FullText:
    """The full text search of a database, by SQLAlchemy's name of it. Raises :class:`StoreError` if it has none yet."""
    if database == "sqlite":
        return Fts5()
    raise StoreError(f"search does not know {database} yet", "use a store in a file")


def _all(must: Iterable[Wanted]) -> str:
    return f"({' AND '.join(f'({_any(wanted)})' for wanted in must)})"


def _any(wanted: Wanted) -> str:
    return " OR ".join(sorted(map(_run, wanted)))


def _run(run: Run) -> str:
    quoted = " ".join(run).replace('"', '""')
    return f'"{quoted}"' if len(run) == 1 else f'{{title line}} : "{quoted}"'
