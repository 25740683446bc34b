"""An account as the merging sees it: who stands on which side, and on which days the contact may have been."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import msgspec

from rozmova.records import Account, Party, Reading
from rozmova.times import edtf
from rozmova.times.edtf import Span

PENDING = frozenset({"proposed", "planned"})
"""Statuses of a contact that was still to come when the article was written."""

ALWAYS = "9999"
"""Sorts after every date: stands for an unknown one."""


@dataclass(frozen=True, slots=True)
class Side:
    """The parties of one affiliation; ``people`` in the order in which the article names them."""

    people: tuple[Party, ...]
    offices: tuple[Party, ...]
    bodies: tuple[Party, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Identifiers of everybody on this side."""
        return frozenset(p.id for p in (*self.people, *self.offices, *self.bodies))


@dataclass(frozen=True)
class Told:
    """One account with what is worked out of it once, because every comparison needs it."""

    account: Account

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
        found: dict[str, list[Party]] = {}
        for party in self.account.contact.parties:
            found.setdefault(party.affiliation or party.id, []).append(party)
        return {
            name: Side(
                tuple(p for p in parties if p.kind == "person"),
                tuple(p for p in parties if p.kind == "office"),
                tuple(p for p in parties if p.kind in ("state", "organisation")),
            )
            for name, parties in found.items()
        }

    @cached_property
    def published(self) -> Span | None:
        """The days between which the article came out, or None when unknown."""
        return _whole(_spans(self.account.published))

    @cached_property
    def exact(self) -> date | None:
        """The one day the account is sure of."""
        value = self.account.contact.date or ""
        spans = _spans(value)
        sure = len(spans) == 1 and spans[0].first == spans[0].last and not set("?~%") & set(value)
        return spans[0].first if sure else None

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
        spans = _spans(value)
        if self.exact or not spans:
            return spans
        if set("?~%") & set(value):
            spans = tuple(Span(_shift(s.first, -1), _shift(s.last, 1), "span") for s in spans)
        narrowed = tuple(filter(None, map(self._narrowed, spans)))
        return narrowed or spans

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
        parties = [(p.id, p.kind, p.affiliation, p.role) for p in c.parties]
        day = None if self.exact else self.account.published
        place = c.place and (c.place.id, c.place.state)
        minutes = (c.duration_minutes, c.duration_qualifier)
        return msgspec.json.encode([parties, c.channel, c.form, c.status, c.date, c.initiator, place, minutes, day])

    @cached_property
    def initiator(self) -> str | None:
        """The side that called, wrote or invited: its affiliation, even where the account gives a person."""
        said = self.account.contact.initiator
        return next((p.affiliation or p.id for p in self.account.contact.parties if p.id == said), said)


def accounts(readings: Iterable[Reading], copies: Mapping[str, str] | None = None) -> list[Told]:
    """Every contact of the readings, in an order that does not depend on theirs; ``copies``: article -> its original.

    An article read twice counts once: of readings with the same article id the one whose encoding sorts first stays.
    """
    once: dict[str, tuple[bytes, Reading]] = {}
    for reading in readings:
        entry = (msgspec.json.encode(reading), reading)
        old = once.get(reading.article.id)
        if old is None or entry[0] < old[0]:
            once[reading.article.id] = entry
    return [
        Told(
            Account(
                article=reading.article.id, path=reading.article.path, outlet=reading.article.outlet,
                lang=reading.article.lang, published=reading.article.published, index=index, contact=contact,
                copy_of=(copies or {}).get(reading.article.id),
            )
        )
        for _, (_, reading) in sorted(once.items())
        for index, contact in enumerate(reading.contacts)
    ]  # fmt: skip


def in_time(told: Told) -> tuple[str, str, int]:
    """Sorts accounts by publication, unknown last, then by article and place in it."""
    return told.published.first.isoformat() if told.published else ALWAYS, *told.key


def _spans(value: str | None) -> tuple[Span, ...]:
    """Like :func:`edtf.read`; a value it cannot read counts as unknown, so that one bad date does not stop a merge."""
    try:
        return edtf.read(value) if value else ()
    except ValueError:
        return ()


def _whole(spans: tuple[Span, ...]) -> Span | None:
    return Span(min(s.first for s in spans), max(s.last for s in spans), "span") if spans else None


def _shift(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
