"""Version 5: where Alembic begins. Stores of version 3 and 4 get the tables that they lack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = None

_metadata = sa.MetaData()


def _table(name: str, *columns: sa.Column[object] | sa.Index) -> None:
    sa.Table(name, _metadata, *columns)


def _text(name: str, size: int | None = None, **options: object) -> sa.Column[object]:
    return sa.Column(name, sa.String(size) if size else sa.Text(), **options)  # type: ignore[arg-type]


def _number(name: str, **options: object) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), **options)  # type: ignore[arg-type]


def _of(name: str, table: str, size: int, **options: object) -> sa.Column[object]:
    return sa.Column(name, sa.String(size), sa.ForeignKey(f"{table}.id"), **options)  # type: ignore[arg-type]


_table("meta", _text("key", 40, primary_key=True), _text("value", nullable=False))
_table(
    "articles",
    _text("id", 16, primary_key=True),
    _text("sha256", 64, nullable=False),
    _text("path", nullable=False),
    _text("text", nullable=False),
    _text("lang", 8, nullable=False),
    _text("title"),
    _text("outlet"),
    _text("published", 40),
    _text("given", 40),
    _text("tool", 60, nullable=False),
    _text("added", 40, nullable=False),
)
_table("sources", _text("source", primary_key=True), _of("article", "articles", 16, nullable=False, index=True))
_table("readings", _of("article", "articles", 16, primary_key=True), _text("reading", nullable=False), _text("dated"))
_table(
    "contacts",
    _text("id", 64, primary_key=True),
    _text("first", 10),
    _text("last", 10),
    _text("date", 60),
    _text("channel", 20, nullable=False, index=True),
    _text("status", 20, nullable=False, index=True),
    _text("contact", nullable=False),
    sa.Index("contacts_in_time", "first", "date", "id"),
)
_table(
    "contact_parties",
    _of("contact", "contacts", 64, primary_key=True),
    _number("place", primary_key=True),
    _text("party", nullable=False, index=True),
    _text("affiliation", 20, index=True),
    _text("name", nullable=False),
)
_table(
    "accounts",
    _text("article", 16, primary_key=True),
    _number("place", primary_key=True),
    _of("contact", "contacts", 64, nullable=False, index=True),
    _number("siblings", nullable=False),
)
_table(
    "blocks",
    _text("key", primary_key=True),
    _of("contact", "contacts", 64, primary_key=True, index=True),
    _number("day", nullable=False),
    _number("since"),
    _number("until"),
)
_table(
    "changed",
    _text("article", 16, primary_key=True),
    _number("revision", nullable=False),
    sa.Column("judged", sa.Boolean(), nullable=False),
)
_table(
    "judgements",
    _number("id", primary_key=True, autoincrement=True),
    _text("undone", 40),
    _text("judgement", nullable=False),
)


def upgrade() -> None:
    """Make what is not there."""
    run = op.get_bind()
    _metadata.create_all(run)
    # The rows by which news finds its contacts are made by the next build: it takes the program for another one.
    run.execute(sa.text("UPDATE meta SET value = '' WHERE key = 'merged_by'"))
