"""Version 8: which contacts a row of search tells of is answered out of an index alone."""

from __future__ import annotations

from alembic import op

revision = "8"
down_revision = "7"


def upgrade() -> None:
    """Change the index; no row changes."""
    op.drop_index("ix_tells_search", "tells")
    op.create_index("tells_by_search", "tells", ["search", "contact"])
