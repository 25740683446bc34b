"""An account as the merging sees it: who stands on which side, and on which days the contact may have been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from rozmova.merge.voices import says, voice
from rozmova.records import Account, ArticleInfo, Contact, Party, Reading
from rozmova.times import edtf
from rozmova.times.edtf import Span

PENDING = frozenset({"proposed", "planned"})
"""Statuses of a contact that was still to come when the article was written."""

HOSTS = frozenset({"host", "mediator"})
"""Parts of those who bring others together."""

ALWAYS = "9999"
"""Sorts after every date: stands for an unknown one."""

_KNOWN = 2**16
"""How many of the things that most accounts have in common (dates, sets of parties) are kept at hand."""
_MONTH = 31
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The parties of one affiliation; ``people`` in the order in which the article names them; ``ids`` of everybody.

    Accounts with the same parties share their sides, so one side is equal only to itself and is told at a glance.
    """

    people: tuple[Party, ...]
    offices: tuple[Party, ...]
    bodies: tuple[Party, ...]
    ids: frozenset[str]


@dataclass(frozen=True)
class Told:
    """One account with what is worked out of it once, because every comparison needs it.

    ``siblings``: how many contacts of the same day and sides its article tells of, itself included.
    """

    account: Account
    siblings: int = 1

    @property
    def key(self) -> tuple[str, int]:
        """Article and place in it: names the account on every machine."""
        return self.account.article, self.account.index

    @property
    def family(self) -> str:
        """The article that the text comes from: its own, or the one it copies."""
        return self.account.copy_of or self.account.article

    @cached_property
    def sides(self) -> dict[str, Side]:
        """Affiliation (of a party without one: its id) -> who is there."""
        return _sides(self.account.contact.parties)

    @cached_property
    def published(self) -> Span | None:
        """The days between which the article came out, or None when unknown."""
        return _day_of(self.account.published)

    @cached_property
    def exact(self) -> date | None:
        """The one day the account is sure of."""
        value = self.account.contact.date or ""
        found = spans(value)
        sure = len(found) == 1 and found[0].first == found[0].last and not set("?~%") & set(value)
        return found[0].first if sure else None

    @cached_property
    def instant(self) -> datetime | None:
        """The moment the account gives, if it tells the time of a day and the zone."""
        value = self.account.contact.date or ""
        try:
            moment = datetime.fromisoformat(value) if "T" in value and self.exact else None
        except ValueError:
            return None
        return moment if moment is not None and moment.tzinfo is not None else None

    @cached_property
    def days(self) -> tuple[Span, ...]:
        """The days the account allows; none when it gives no date.

        A vague date is narrowed by the day of publication: what was still to come "in February" on the fifth cannot
        be what took place on the first. An uncertain day (``?``) may be its neighbour.
        """
        value = self.account.contact.date or ""
        found = spans(value)
        if self.exact or not found:
            return found
        if set("?~%") & set(value):
            found = tuple(Span(_shift(s.first, -1), _shift(s.last, 1), "span") for s in found)
        narrowed = tuple(filter(None, map(self._narrowed, found)))
        return narrowed or found

    @cached_property
    def moved(self) -> tuple[Span, ...]:
        """The days from which the account says the contact was moved; none when it does not say, or too vaguely."""
        if not self.account.contact.moved_from:
            return ()
        found = spans(self.account.contact.moved_from)
        return found if sum((span.last - span.first).days + 1 for span in found) <= _MONTH else ()

    def _narrowed(self, span: Span) -> Span | None:
        first, last = span.first, span.last
        if self.published and self.account.contact.status in PENDING:
            first = max(first, self.published.first)
        if self.published and self.account.contact.status == "held":
            last = min(last, self.published.last)
        return Span(first, last, "span") if first <= last else None

    @cached_property
    def width(self) -> int:
        """How many days lie between the first and the last the account allows, both counted; 0 without a date."""
        whole = _whole(self.days)
        return (whole.last - whole.first).days + 1 if whole else 0

    @cached_property
    def signature(self) -> bytes:
        """Equal for accounts that every comparison treats alike; the article itself is not part of it."""
        c = self.account.contact
        day = None if self.exact else self.account.published
        place = c.place and (c.place.id, c.place.state)
        minutes = (c.duration_minutes, c.duration_qualifier)
        said = [c.channel, c.form, c.status, c.date, c.initiator, place, minutes, day, c.moved_from]
        return blake2b(_signed(c.parties) + msgspec.json.encode(said), digest_size=16).digest()

    @cached_property
    def initiator(self) -> str | None:
        """The side that called, wrote or invited: its affiliation, even where the account gives a person."""
        said = self.account.contact.initiator
        return next((p.affiliation or p.id for p in self.account.contact.parties if p.id == said), said)


def accounts(readings: Iterable[Reading]) -> list[Told]:
    """Every contact of the readings, in an order that does not depend on theirs.

    An article read twice counts once: of readings with the same article id the one stays whose encoding has the smaller
    digest. Nothing of a reading is kept but its contacts, and what they have in common only once.
    """
    once: dict[str, tuple[bytes, ArticleInfo, tuple[Contact, ...]]] = {}
    share = _Shared()
    for reading in readings:
        digest = blake2b(msgspec.json.encode(reading), digest_size=16).digest()
        old = once.get(reading.article.id)
        if old is None or digest < old[0]:
            once[reading.article.id] = digest, reading.article, tuple(map(share.contact, reading.contacts))
    found: list[Told] = []
    for _, article, contacts in (once.pop(id) for id in sorted(once)):
        found += _told(article, contacts, share)
    return found


def _told(article: ArticleInfo, contacts: Sequence[Contact], share: _Shared) -> list[Told]:
    told = []
    for index, contact in enumerate(contacts):
        whose, affiliation = voice(article, contact)
        account = Account(
            article=article.id, path=article.path, outlet=share(article.outlet), lang=article.lang,
            published=share(article.published), index=index, contact=contact, voice=whose, affiliation=affiliation,
            says=share(says(contact)),
        )  # fmt: skip
        told.append(Told(account))
    apart = siblings(told) if len(told) > 1 else {}
    return [Told(t.account, apart[t.key]) if t.key in apart else t for t in told]


def siblings(told: Iterable[Told]) -> dict[tuple[str, int], int]:
    """How many contacts of one exact day and the same sides, or some of them, an article tells of, if several.

    All accounts of an article must be given together; all others have one.
    """
    told = list(told)
    several = {t.account.article for t in told if t.account.index}
    days: dict[tuple[str, date], list[Told]] = {}
    for t in told:
        if t.account.article in several and t.exact:
            days.setdefault((t.account.article, t.exact), []).append(t)
    return {
        one.key: sum(_told_apart(frozenset(one.sides), frozenset(other.sides)) for other in here)
        for here in days.values()
        if len(here) > 1
        for one in here
    }


def _told_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    # Those with two sides in common have a key in common as well: no account elsewhere changes the order.
    return one == other or (one & other in (one, other) and len(one & other) > 1)


class _Shared:
    """One copy of what many accounts say in the same words: parties, places, dates."""

    def __init__(self) -> None:
        self._seen: dict[object, object] = {}

    def __call__(self, value: _T) -> _T:
        return self._seen.setdefault((type(value), value), value)  # type: ignore[return-value]

    def contact(self, contact: Contact) -> Contact:
        """The same contact, its values shared with others."""
        return replace(
            contact,
            parties=self(tuple(map(self, contact.parties))),
            date=self(contact.date),
            form=self(contact.form),
            initiator=self(contact.initiator),
            place=self(contact.place),
        )


def in_time(told: Told) -> tuple[str, str, int]:
    """Sorts accounts by publication, unknown last, then by article and place in it."""
    return told.published.first.isoformat() if told.published else ALWAYS, *told.key


@lru_cache(_KNOWN)
def _sides(parties: tuple[Party, ...]) -> dict[str, Side]:
    found: dict[str, list[Party]] = {}
    for party in parties:
        found.setdefault(party.affiliation or party.id, []).append(party)
    return {
        name: Side(
            tuple(p for p in here if p.kind == "person"),
            tuple(p for p in here if p.kind == "office"),
            tuple(p for p in here if p.kind in ("state", "organisation")),
            frozenset(p.id for p in here),
        )
        for name, here in found.items()
    }


@lru_cache(_KNOWN)
def _signed(parties: tuple[Party, ...]) -> bytes:
    return msgspec.json.encode(
        [(p.id, p.kind, p.affiliation, p.role, p.part if p.part in HOSTS else None) for p in parties]
    )


@lru_cache(_KNOWN)
def _day_of(published: str | None) -> Span | None:
    return _whole(spans(published))


@lru_cache(_KNOWN)
def spans(value: str | None) -> tuple[Span, ...]:
    """Like :func:`edtf.read`; a value it cannot read counts as unknown, so that one bad date does not stop a merge."""
    try:
        return edtf.read(value) if value else ()
    except ValueError:
        return ()


def _whole(found: tuple[Span, ...]) -> Span | None:
    return Span(min(s.first for s in found), max(s.last for s in found), "span") if found else None


def _shift(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
