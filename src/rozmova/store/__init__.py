"""The embedded store: articles with their text, what was read in each, and the merged contacts, in one SQLite file."""

from rozmova.store.store import Store, open_store

__all__ = ["Store", "open_store"]
