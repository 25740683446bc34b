"""Version 7: search in two tables, short rows and their text; which saving wrote a contact; an index over articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Change the tables; the store fills those of search and of facets anew, and indexes their text."""
    op.add_column("contacts", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_contacts_edition", "contacts", ["edition"])
    op.create_index("articles_in_time", "articles", ["published", "id", "lang", "outlet", "tool"])
    op.drop_table("search")
    op.create_table(
        "search",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("article", sa.String(16), sa.ForeignKey("articles.id")),
        sa.Column("place", sa.Integer()),
        sa.Column("about", sa.Integer()),
        sa.Column("contact", sa.String(64), sa.ForeignKey("contacts.id")),
        sa.Column("first", sa.String(10)),
        sa.Column("last", sa.String(10)),
        sa.Column("lang", sa.String(8)),
        sa.Column("outlet", sa.Text()),
    )
    op.create_index("ix_search_article", "search", ["article"])
    op.create_index("ix_search_contact", "search", ["contact"])
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
    )
