"""The merged contacts as rows, and the store as merging sees it: the contacts that some news meets, no others.

A contact lies under the keys of its accounts (:mod:`rozmova.merge.blocks`), and each account knows its contact. All of
this works inside a transaction of :class:`rozmova.store.store.Store`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, select, true

from rozmova.merge import Changes, Kept, blocks
from rozmova.merge.accounts import Told, siblings
from rozmova.merge.cluster import Cluster, rank
from rozmova.merge.judgements import Key
from rozmova.records import MergedContact
from rozmova.store import schema, search
from rozmova.store.changes import next_edition, put
from rozmova.store.filters import folded_words
from rozmova.store.period import period
from rozmova.store.rows import insert_all, portions

_EVER = 10**7
"""After every day: who is sure of one finds others by it, and is not kept from them by another."""


class StoredContacts:
    """The contacts of the build before (:class:`rozmova.merge.Stored`), inside a transaction.

    ``decode`` makes the record of its JSON.
    """

    def __init__(self, run: Connection, decode: Callable[[str], MergedContact]) -> None:
        self._run, self._decode = run, decode
        self._siblings: dict[Key, int] = {}
        self._given: set[str] = set()

    def filed(self, keys: Collection[blocks.Key], days: tuple[int, int] | None = None) -> Iterator[Kept]:
        """Those with an account under one of these keys, each once in the life of this object."""
        day = schema.blocks.c.day
        near = (day == 0) | day.between(*days) if days else true()
        return self._kept(schema.blocks, schema.blocks.c.key, map(_key, keys), near)

    def seeking(self, keys: Collection[blocks.Key], day: int = 0) -> Iterator[Kept]:
        """Those with an account that looks for others under one of them, each once in the life of this object."""
        since, until = schema.blocks.c.since, schema.blocks.c.until
        looks = (since <= day) & (until >= day) if day else since.is_not(None)
        return self._kept(schema.blocks, schema.blocks.c.key, map(_key, keys), looks)

    def holding(self, articles: Collection[str]) -> Iterator[Kept]:
        """Those with an account of one of these articles, each once in the life of this object."""
        return self._kept(schema.accounts, schema.accounts.c.article, articles, true())

    def has(self, id: str) -> bool:
        """Whether a contact has this identifier."""
        contacts = schema.contacts
        return self._run.scalar(select(contacts.c.id).where(contacts.c.id == id)) is not None

    def change(self, changes: Changes, changed: Collection[str]) -> None:
        """Put what became of the contacts where articles ``changed`` in their place."""
        remove(self._run, changes.gone)
        there = {key: n for key, n in self._siblings.items() if key[0] not in changed}
        told = (Told(a) for contact in changes.new for a in contact.accounts if a.article in changed)
        edition = save(self._run, changes.new, there | siblings(told))
        put(self._run, "gone", "\n".join([str(edition), *sorted(changes.gone)]))

    def _kept(self, table: Table, column: Any, values: Iterable[str], also: Any) -> Iterator[Kept]:
        accounts, contacts = schema.accounts, schema.contacts
        for some in portions(sorted(values)):
            ids = set(self._run.scalars(select(table.c.contact).where(column.in_(some) & also))) - self._given
            self._given |= ids
            for few in portions(sorted(ids)):
                here = select(accounts.c.article, accounts.c.place, accounts.c.siblings).where(
                    accounts.c.contact.in_(few)
                )
                self._siblings.update(((article, place), n) for article, place, n in self._run.execute(here))
                lines = self._run.scalars(select(contacts.c.contact).where(contacts.c.id.in_(few))).all()
                for contact in map(self._decode, lines):
                    told = (Told(a, self._siblings[a.article, a.index]) for a in contact.accounts)
                    yield Kept(contact.id, tuple(told))


def save(run: Connection, contacts: Iterable[MergedContact], apart: Mapping[Key, int]) -> int:
    """Insert contacts with all rows that lead to them; ``apart`` has the siblings of accounts that have some.

    Gives the number of this saving.
    """
    edition = next_edition(run)
    for some in portions(contacts):
        insert_all(run, schema.contacts, (_contact(contact) | {"edition": edition} for contact in some))
        insert_all(run, schema.contact_parties, (row for contact in some for row in _parties(contact)))
        insert_all(run, schema.accounts, (row for contact in some for row in _accounts(contact, apart)))
        insert_all(run, schema.blocks, (row for contact in some for row in _blocks(contact, apart)))
        search.put_contacts(run, some)
    return edition


def remove(run: Connection, ids: Iterable[str]) -> None:
    """Delete contacts with all rows that lead to them."""
    search.drop_contacts(run, ids := sorted(ids))
    for some in portions(ids):
        for table in _LEADING:
            run.execute(delete(table).where(table.c.contact.in_(some)))
        run.execute(delete(schema.contacts).where(schema.contacts.c.id.in_(some)))


def clear(run: Connection) -> None:
    """Delete all contacts."""
    search.drop_contacts(run)
    for table in (*_LEADING, schema.contacts):
        run.execute(delete(table))


_LEADING = (schema.contact_parties, schema.accounts, schema.blocks)


def _contact(contact: MergedContact) -> dict[str, Any]:
    days = period(contact.date)
    return {
        "id": contact.id,
        "first": days.first if days else None,
        "last": days.last if days else None,
        "date": contact.date,
        "channel": contact.channel,
        "status": contact.status,
        "contact": msgspec.json.encode(contact).decode(),
    }


def _parties(contact: MergedContact) -> Iterator[dict[str, Any]]:
    for place, party in enumerate(contact.parties):
        name = folded_words(party.name)
        affiliation = party.affiliation
        yield {"contact": contact.id, "place": place, "party": party.id, "affiliation": affiliation, "name": name}


def _accounts(contact: MergedContact, apart: Mapping[Key, int]) -> Iterator[dict[str, Any]]:
    for a in contact.accounts:
        number = apart.get((a.article, a.index), 1)
        yield {"article": a.article, "place": a.index, "contact": contact.id, "siblings": number}


def _blocks(contact: MergedContact, apart: Mapping[Key, int]) -> Iterator[dict[str, Any]]:
    told = sorted((Told(a, apart.get((a.article, a.index), 1)) for a in contact.accounts), key=rank)
    cluster = Cluster(told)
    reach: dict[blocks.Key, tuple[int, int]] = {}
    for t in told:
        first, last = (1, _EVER) if t.exact else blocks.reach(t)
        for key in blocks.sought(t):
            least, most = reach.get(key, (first, last))
            reach[key] = min(first, least), max(last, most)
    for key in sorted({key for t in told for key in blocks.filed(t)}):
        since, until = reach.get(key, (None, None))
        yield {"key": _key(key), "contact": contact.id, "day": cluster.day, "since": since, "until": until}


def _key(key: blocks.Key) -> str:
    one, other, number = key
    return f"{one} {other} {number}"
