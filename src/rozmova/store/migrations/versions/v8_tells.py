"""Version 8: rows of search say channel and status of a contact, and which contacts others tell of by number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "8"
down_revision = "7"


def upgrade() -> None:
    """Change the tables and fill them; what search looks through stays as it is."""
    for column in ("channel", "status"):
        op.add_column("search", sa.Column(column, sa.String(20)))
        op.create_index(f"ix_search_{column}", "search", [column])
        op.execute(f"UPDATE search SET {column} = (SELECT {column} FROM contacts WHERE contacts.id = search.contact)")
    op.rename_table("tells", "tells_7")
    op.create_table(
        "tells",
        sa.Column("contact", sa.Integer(), sa.ForeignKey("search.id"), primary_key=True),
        sa.Column("search", sa.Integer(), sa.ForeignKey("search.id"), primary_key=True),
    )
    op.execute(
        "INSERT INTO tells (contact, search) SELECT search.id, tells_7.search FROM tells_7 "
        "JOIN search ON search.contact = tells_7.contact"
    )
    op.drop_table("tells_7")
    op.create_index("tells_by_search", "tells", ["search", "contact"])
