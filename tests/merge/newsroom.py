"""Readings made by hand for the tests of merging: an article a day, a contact a line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256

from rozmova.merge import Changes, Kept, blocks
from rozmova.merge.accounts import Told, accounts
from rozmova.merge.cluster import Cluster, rank
from rozmova.records import (
    ArticleInfo,
    Channel,
    Contact,
    MergedContact,
    Part,
    Party,
    PartyKind,
    Place,
    Qualifier,
    Reading,
    Status,
    Topic,
)

PLACES = {
    "Switzerland": ("Q39", "CHE"),
    "Turkey": ("Q43", "TUR"),
    "Ukraine": ("Q212", "UKR"),
    "Geneva": ("Q71", "CHE"),
    "Kyiv": ("Q1899", "UKR"),
    "Antalya": ("Q6487", "TUR"),
}


def party(text: str, role: str | None = None, part: Part = "participant") -> Party:
    """``"Biden/USA"`` is a person; ``"office:President of Russia/RUS"`` and ``"state:Russia/RUS"`` what they say."""
    kind, _, rest = text.rpartition(":")
    name, _, affiliation = rest.partition("/")
    kinds: dict[str, PartyKind] = {"": "person", "office": "office", "state": "state", "org": "organisation"}
    return Party(
        id=f"x:{name.lower().replace(' ', '-')}",
        name=name,
        kind=kinds[kind],
        affiliation=affiliation or None,
        role=role,
        part=part,
    )


def contact(
    *parties: str | Party,
    date: str | None = None,
    channel: Channel = "phone",
    status: Status = "held",
    initiator: str | None = None,
    place: str | None = None,
    minutes: float | None = None,
    qualifier: Qualifier | None = None,
    form: str = "call",
    topics: Sequence[str] = (),
    moved_from: str | None = None,
) -> Contact:
    """A contact of the parties, Biden and Putin when none are given."""
    where = PLACES.get(place, (f"x:{place.lower()}", None)) if place else None
    return Contact(
        parties=tuple(p if isinstance(p, Party) else party(p) for p in parties or ("Biden/USA", "Putin/RUS")),
        channel=channel,
        form=form,
        status=status,
        date=date,
        date_basis="explicit" if date else None,
        initiator=initiator,
        place=Place(id=where[0], name=str(place), state=where[1]) if where else None,
        duration_minutes=minutes,
        duration_qualifier=qualifier,
        topics=tuple(Topic(label=label, start=0, end=0) for label in topics),
        evidence=(),
        moved_from=moved_from,
    )


def reading(path: str, published: str | None, *contacts: Contact) -> Reading:
    """The reading of an article with these contacts; ``path`` stands for its text."""
    digest = sha256(path.encode()).hexdigest()
    info = ArticleInfo(
        id=digest[:16], path=path, url=None, sha256=digest, lang="en", title=None, outlet=None, published=published,
        published_basis="metadata" if published else None,
    )  # fmt: skip
    return Reading(article=info, names=(), times=(), contacts=contacts, statements=())


class Newsroom:
    """Makes the readings of one test: each call of :meth:`tell` is one more article."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def tell(self, published: str | None, *contacts: Contact) -> Reading:
        """One more article of that day."""
        self.readings.append(reading(f"article-{len(self.readings)}.txt", published, *contacts))
        return self.readings[-1]


class Shelf:
    """The contacts of a build as a store would keep them; what was asked for is noted."""

    def __init__(self, contacts: Iterable[MergedContact], readings: Iterable[Reading]) -> None:
        self.siblings = {told.key: told.siblings for told in accounts(readings)}
        self.contacts = {contact.id: contact for contact in contacts}
        self.asked = set[str]()

    def filed(self, keys: Collection[blocks.Key], days: tuple[int, int] | None = None) -> Iterator[Kept]:
        for kept in list(self._kept()):
            cluster = Cluster(sorted(kept.accounts, key=rank))
            near = not days or not cluster.day or days[0] <= cluster.day <= days[1]
            if near and any(not set(blocks.filed(told)).isdisjoint(keys) for told in kept.accounts):
                self.asked.add(kept.id)
                yield kept

    def seeking(self, keys: Collection[blocks.Key], day: int = 0) -> Iterator[Kept]:
        for kept in list(self._kept()):
            there = [told for told in kept.accounts if not set(blocks.sought(told)).isdisjoint(keys)]
            if any(not day or told.exact or blocks.reach(told)[0] <= day <= blocks.reach(told)[1] for told in there):
                self.asked.add(kept.id)
                yield kept

    def holding(self, articles: Collection[str]) -> Iterator[Kept]:
        yield from [kept for kept in self._kept() if any(told.account.article in articles for told in kept.accounts)]

    def has(self, id: str) -> bool:
        return id in self.contacts

    def change(self, changes: Changes) -> None:
        """Put what became of the contacts in their place."""
        for id in changes.gone:
            del self.contacts[id]
        assert not self.contacts.keys() & {contact.id for contact in changes.new}
        self.contacts |= {contact.id: contact for contact in changes.new}

    def _kept(self) -> Iterator[Kept]:
        for contact in self.contacts.values():
            told = (Told(a, self.siblings.get((a.article, a.index), 1)) for a in contact.accounts)
            yield Kept(contact.id, tuple(told))
