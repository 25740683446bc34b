"""What Alembic runs: the migrations on the connection of the store, or on the address given to its own command."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from rozmova.store.schema import metadata

config = context.config
run = config.attributes.get("connection")
if run is None:  # `alembic revision`, for those who write migrations: CONTRIBUTING.md
    run = create_engine(config.get_main_option("sqlalchemy.url") or "sqlite://").connect()
context.configure(connection=run, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
