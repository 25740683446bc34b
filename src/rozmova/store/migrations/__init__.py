"""How a store of an older version becomes one of this: Alembic's migrations, run with the store's own connection."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

HERE = Path(__file__).parent


def upgrade(run: Connection, version: int) -> None:
    """Take the tables of a store of this version to the newest, inside the transaction that is open."""
    # imported only when a store is moved on: it takes a third of a second
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = run
    if version >= 5:  # older ones never had a revision: they begin at the beginning
        command.stamp(config, str(version), purge=True)
    command.upgrade(config, "head")
