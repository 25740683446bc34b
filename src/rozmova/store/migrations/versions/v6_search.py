"""Version 6: where an article came from; the tables of search, which the store fills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Add the columns and the tables; the index over ``search`` is made by the store, for each database its own."""
    for name, size in (("url", None), ("author", None), ("retrieved", 40), ("encoding", 40)):
        op.add_column("articles", sa.Column(name, sa.String(size) if size else sa.Text()))
    op.create_table(
        "contact_facets",
        sa.Column("contact", sa.String(64), sa.ForeignKey("contacts.id"), primary_key=True),
        sa.Column("kind", sa.String(12), primary_key=True),
        sa.Column("value", sa.Text(), primary_key=True),
    )
    op.create_index("facets_by_value", "contact_facets", ["kind", "value", "contact"])
    op.create_table(
        "search",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("article", sa.String(16), sa.ForeignKey("articles.id")),
        sa.Column("place", sa.Integer()),
        sa.Column("about", sa.Integer()),
        sa.Column("contact", sa.String(64), sa.ForeignKey("contacts.id")),
        sa.Column("first", sa.String(10)),
        sa.Column("last", sa.String(10)),
        sa.Column("lang", sa.String(8)),
        sa.Column("outlet", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
    )
    op.create_index("ix_search_article", "search", ["article"])
    op.create_index("ix_search_contact", "search", ["contact"])
    op.create_table(
        "statement_parties",
        sa.Column("article", sa.String(16), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("statement", sa.Integer(), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.String(20)),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_index("ix_statement_parties_party", "statement_parties", ["party"])
    op.create_index("ix_statement_parties_affiliation", "statement_parties", ["affiliation"])
