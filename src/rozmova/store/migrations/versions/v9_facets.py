"""Version 9: by what rows of search are filtered stands in one table, in place of which contacts they tell of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "9"
down_revision = "8"


def upgrade() -> None:
    """Make the table out of those that it replaces; what search looks through stays as it is."""
    op.create_table(
        "search_facets",
        sa.Column("search", sa.Integer(), sa.ForeignKey("search.id"), primary_key=True),
        sa.Column("kind", sa.String(12), primary_key=True),
        sa.Column("value", sa.Text(), primary_key=True),
        sa.Column("contact", sa.Integer(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    sides = ("party", "affiliation", "name")
    own = "JOIN search AS own ON own.contact = f.contact"
    for rows in (
        "SELECT id, 'contact', contact, id FROM search WHERE contact IS NOT NULL",
        "SELECT id, 'channel', channel, id FROM search WHERE contact IS NOT NULL",
        "SELECT id, 'status', status, id FROM search WHERE contact IS NOT NULL",
        "SELECT id, 'disputed', CASE WHEN contact IN (SELECT contact FROM contact_facets WHERE kind = 'disputed') "
        "THEN 'yes' ELSE 'no' END, id FROM search WHERE contact IS NOT NULL",
        f"SELECT own.id, f.kind, f.value, own.id FROM contact_facets AS f {own} "
        "WHERE f.kind IN ('topic', 'place', 'disputed')",
        " UNION ".join(  # whoever has the code of a state for an identifier has it once
            f"SELECT own.id, 'side', f.{side}, own.id FROM contact_parties AS f {own} WHERE f.{side} IS NOT NULL"
            for side in sides
        ),
        # What is an article's or a statement's own; then what the contacts have of which they tell.
        "SELECT id, 'lang', lang, 0 FROM search WHERE lang IS NOT NULL",
        "SELECT id, 'outlet', outlet, 0 FROM search WHERE outlet IS NOT NULL",
        f"SELECT own.id, f.kind, f.value, 0 FROM contact_facets AS f {own} WHERE f.kind IN ('lang', 'outlet')",
        " UNION ".join(
            f"SELECT search.id, 'side', f.{side}, 0 FROM statement_parties AS f "
            f"JOIN search ON search.article = f.article AND search.place = f.statement WHERE f.{side} IS NOT NULL"
            for side in sides
        ),
        "SELECT tells.search, f.kind, f.value, f.contact FROM tells "
        "JOIN search_facets AS f ON f.search = tells.contact AND f.contact = tells.contact "
        "WHERE tells.search <> tells.contact",
    ):
        op.execute(f"INSERT INTO search_facets (search, kind, value, contact) SELECT DISTINCT * FROM ({rows}) AS f")
    op.create_index("search_by_facet", "search_facets", ["kind", "value", "search", "contact"])
    op.create_index("search_in_time", "search", ["first", "last", "id"])
    for table in ("tells", "statement_parties"):
        op.drop_table(table)
    for column in ("channel", "status"):
        op.drop_index(f"ix_search_{column}", "search")
        op.drop_column("search", column)
