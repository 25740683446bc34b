"""A contact as one row: what every list of contacts shows, and its line in a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from rozmova.exports.fields import earlier_dates
from rozmova.merge.history import unreported
from rozmova.records import MergedContact, Party
from rozmova.web import urls, words

Table = tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]
"""Headings and lines of a table."""

_MOST_PARTIES = 6


class PartyLink(Struct, frozen=True, kw_only=True):
    """A side with its page."""

    id: str
    name: str
    affiliation: str | None
    role: str | None
    part: str
    url: str
    by_office: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """A contact in a list. ``announced``: it was planned, its day is past, and nobody reports it."""

    id: str
    url: str
    date: str | None
    date_words: str
    channel: str
    channel_words: str
    form: str
    status: str
    parties: tuple[PartyLink, ...]
    more: int
    place: str | None
    moved_from: str | None
    topics: tuple[str, ...]
    articles: int
    independent: int
    disputed: tuple[str, ...]
    announced: bool


class Day(Struct, frozen=True, kw_only=True):
    """The contacts of one date, in the order of the list."""

    date: str | None
    date_words: str
    weekday: str
    rows: tuple[Row, ...]


def party_link(party: Party) -> PartyLink:
    """A side with the URL of its page."""
    own = party.kind == "state" or party.affiliation == party.name
    return PartyLink(
        id=party.id, name=party.name, affiliation=None if own else party.affiliation,
        role=party.role, part=party.part, url=urls.party(party), by_office=party.by_office,
    )  # fmt: skip


def row(contact: MergedContact, newest: str | None = None) -> Row:
    """A contact in a list; ``newest`` is the day of the latest news."""
    return Row(
        id=contact.id,
        url=urls.contact(contact.id),
        date=contact.date,
        date_words=words.date(contact.date),
        channel=contact.channel,
        channel_words=words.channel(contact.channel),
        form=contact.form,
        status=contact.status,
        parties=tuple(map(party_link, contact.parties[:_MOST_PARTIES])),
        more=max(0, len(contact.parties) - _MOST_PARTIES),
        place=contact.place.name if contact.place else None,
        moved_from=earlier_dates(contact),
        topics=tuple(dict.fromkeys(topic.label for topic in contact.topics)),
        articles=len({account.article for account in contact.accounts}),
        independent=contact.independent,
        disputed=tuple(name for name, agreement in contact.agreement.items() if agreement == "disputed"),
        announced=unreported(contact, newest),
    )


def rows(contacts: Iterable[MergedContact], newest: str | None = None) -> tuple[Row, ...]:
    """Contacts as rows."""
    return tuple(row(contact, newest) for contact in contacts)


def days(found: Sequence[Row]) -> tuple[Day, ...]:
    """Rows grouped by their date, a moment under its day; their order stays."""
    return tuple(
        Day(date=date, date_words=words.date(date), weekday=words.weekday(date), rows=tuple(group))
        for date, group in groupby(found, key=lambda r: day_of(r.date))
    )


def table(found: Iterable[Row]) -> Table:
    """Rows as a table, a contact a line."""
    headings = (
        "id", "date", "channel", "form", "status", "parties", "affiliations", "place", "topics", "articles",
        "independent", "disputed", "url",
    )  # fmt: skip
    lines = tuple(
        (
            r.id, r.date or "", r.channel, r.form, r.status, "; ".join(p.name for p in r.parties),
            "; ".join(dict.fromkeys(p.affiliation or p.name for p in r.parties)), r.place or "", "; ".join(r.topics),
            r.articles, r.independent, "; ".join(r.disputed), r.url,
        )
        for r in found
    )  # fmt: skip
    return headings, lines


def day_of(date: str | None) -> str | None:
    """The day of a moment; any other date as it is."""
    return date.partition("T")[0] if date and "/" not in date and not date.startswith("[") else date
