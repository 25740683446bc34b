"""What of the timeline a user asks for, checked by hand-given words and turned into conditions on the tables."""

from __future__ import annotations

from typing import get_args

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, or_, select

from rozmova.errors import InputError
from rozmova.names.actors import load, name_keys
from rozmova.names.fold import fold
from rozmova.records import Channel, Status
from rozmova.store.period import Period, read_period
from rozmova.store.schema import contact_parties, contacts

CHANNELS: tuple[str, ...] = get_args(Channel)
STATUSES: tuple[str, ...] = get_args(Status)


class Filters(Struct, frozen=True, kw_only=True):
    """Conditions that all must hold; of several parties each must take part."""

    parties: tuple[str, ...] = ()
    since: Period | None = None
    until: Period | None = None
    channels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    @property
    def in_time(self) -> bool:
        """Whether a period is asked for, so that contacts without a date cannot be shown."""
        return self.since is not None or self.until is not None


def make_filters(
    parties: tuple[str, ...] = (),
    since: str | None = None,
    until: str | None = None,
    channels: tuple[str, ...] = (),
    statuses: tuple[str, ...] = (),
) -> Filters:
    """Check words given by hand. Raises :class:`InputError` with what is allowed."""
    for what, given, allowed in (("channel", channels, CHANNELS), ("status", statuses, STATUSES)):
        for value in given:
            if value not in allowed:
                raise InputError(f"{value!r} is not a {what}", f"allowed: {', '.join(allowed)}")
    for party in parties:
        if not party.strip():
            raise InputError("an empty name matches nobody", "name a person, a state, an identifier or a code")
    return Filters(
        parties=parties,
        since=read_period(since) if since is not None else None,
        until=read_period(until) if until is not None else None,
        channels=channels,
        statuses=statuses,
    )


def condition(filters: Filters, dated: bool = True) -> ColumnElement[bool]:
    """The condition on the table of contacts; with ``dated`` false, all but the period, for those without a date."""
    every: list[ColumnElement[bool]] = [_takes_part(party) for party in filters.parties]
    if filters.channels:
        every.append(contacts.c.channel.in_(filters.channels))
    if filters.statuses:
        every.append(contacts.c.status.in_(filters.statuses))
    if not dated:
        every.append(contacts.c.first.is_(None))
    else:
        # A contact counts when some day its date allows lies in the period.
        if filters.since:
            every.append(contacts.c.last >= filters.since.first)
        if filters.until:
            every.append(contacts.c.first <= filters.until.last)
    return and_(True, *every)


def folded_words(name: str) -> str:
    """A name as stored for matching: its folded words, each between spaces."""
    return f" {' '.join(_words(name))} "


def _words(name: str) -> list[str]:
    return fold(name).replace("-", " ").split()


def _takes_part(party: str) -> ColumnElement[bool]:
    return contacts.c.id.in_(select(contact_parties.c.contact).where(_is_called(party)))


def _is_called(party: str) -> ColumnElement[bool]:
    """A party has this identifier or affiliation, a name with all these words, or is known by it."""
    called = Called(party)
    same = [contact_parties.c.party.in_(called.ids), contact_parties.c.affiliation == called.affiliation]
    if called.words:
        same.append(and_(*(contact_parties.c.name.contains(word, autoescape=True) for word in called.words)))
    return or_(*same)


class Called:
    """What a party given by hand may be: ``ids``, an ``affiliation``, or a name with all of some ``words``, which stand
    between spaces as in :func:`folded_words`.

    Байден and Biden meet in no key of letters; the table of actors knows that they are one.
    """

    def __init__(self, party: str) -> None:
        party = party.strip()
        self.ids = [party, *_people(party)]
        self.affiliation = party.upper()
        self.words = [f" {word} " for word in _words(party)]


def _people(name: str) -> list[str]:
    """The identifiers of the people whom the table of actors knows by this name, in any spelling it has for them."""
    keys = name_keys(name)
    found: dict[str, None] = {}
    for first in range(len(keys)):
        for person in load().people(" ".join(keys[first:])):
            if all(key in person.given for key in keys[:first]):
                found[person.id] = None
    return list(found)
