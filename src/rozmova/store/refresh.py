"""The merged contacts brought up to date: where news met them, or all anew when the program is another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rozmova.merge import merge
from rozmova.merge.copies import Text, copies
from rozmova.records import Article, Dating, Reading
from rozmova.store.store import Store

Date = Callable[[Sequence[Reading], Callable[[str], Article | None]], tuple[list[Reading], Dating]]
"""Takes the readings and what finds an article by its id; see :func:`rozmova.pipeline.dated_together`."""


def refresh_contacts(store: Store, tool: str, date: Date | None = None) -> bool:
    """Bring the merged contacts up to date with the readings, the judgements and the program; true if it was needed.

    ``tool`` is the fingerprint of the program. ``date`` dates the articles by one another before they are merged: where
    any has no date of its own, all readings are looked at. What another process adds meanwhile leaves them stale.
    """
    if store.contacts_fresh(tool):
        return False
    changes = store.changes()
    if store.merged_by() == tool and changes.only_judged:
        store.update_contacts(_copied)
    elif store.merged_by() != tool or not 0 < 2 * changes.articles <= changes.of:
        _anew(store, tool, date)
    elif date is None:
        store.update_contacts(_copied)
    elif not changes.undated:
        store.update_contacts(_copied, dating=Dating())
    else:
        revision = store.revision()
        dated, dating = _dated(store, date)[1:]
        store.update_contacts(_copied, revision=revision, dating=dating, dated=dated)
    return True


def _anew(store: Store, tool: str, date: Date | None) -> None:
    revision = store.revision()  # before reading: what another process adds meanwhile must leave the contacts stale
    judged, before = store.judgements(), store.contacts().contacts
    readings, dated, dating = _dated(store, date) if date else (store.readings(), [], None)
    merged = merge(readings, judged, before, lambda ids: _copied(store.texts(ids)))
    store.save_contacts(merged, revision=revision, tool=tool, dating=dating, dated=dated)


def _dated(store: Store, date: Date) -> tuple[Iterable[Reading], list[Reading], Dating]:
    """All readings, those among them with a date that other articles gave, and how they were dated."""
    own = list(store.readings())
    readings, dating = date(own, store.article)
    return readings, [now for before, now in zip(own, readings, strict=True) if before is not now], dating


def _copied(texts: Iterable[Text]) -> Mapping[str, str]:
    """Article -> the one whose text it copies."""
    return {article: copy.of for article, copy in copies(texts).items()}
