"""The fields of a contact as people see them: heading, order, value in words. Terminal and web show the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rozmova.records import Account, Contact, MergedContact, Party


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a contact as the page shows it: its heading, its name in the record, and how to write its value."""

    heading: str
    name: str

    def value(self, contact: Contact | MergedContact) -> str | None:
        """The value in words, or None when it is null or empty."""
        return _VALUES.get(self.name, _plain)(contact, self.name)


def party_name(party: Party) -> str:
    """A side in few words."""
    # A state is its own affiliation: "Ukraine", not "Ukraine (UKR)".
    return f"{party.name} ({party.affiliation})" if party.affiliation and party.kind == "person" else party.name


def _plain(contact: Contact | MergedContact, name: str) -> str | None:
    value = getattr(contact, name)
    return None if value is None else str(value)


def _parties(contact: Contact | MergedContact, _: str) -> str | None:
    whole = [f"{party_name(p)}, {', '.join(filter(None, (p.role, p.part)))}" for p in contact.parties]
    return "; ".join(sorted(whole)) or None  # sorted: the order in which an article names them is no disagreement


def _date(contact: Contact | MergedContact, _: str) -> str | None:
    return f"{contact.date} ({contact.date_basis})" if contact.date_basis else contact.date


def earlier_dates(contact: Contact | MergedContact, _: str = "") -> str | None:
    """The earlier date; of a merged contact every one that some article gives, but for that of the contact itself."""
    if isinstance(contact, Contact):
        return contact.moved_from
    told = {account.contact.moved_from for account in contact.accounts} - {None, contact.date}
    return ", ".join(sorted(filter(None, told))) or None


def _place(contact: Contact | MergedContact, _: str) -> str | None:
    place = contact.place
    if place is None:
        return None
    return f"{place.name} ({place.state})" if place.state else place.name


def _duration(contact: Contact | MergedContact, _: str) -> str | None:
    if contact.duration_minutes is None:
        return None
    return (
        f"{contact.duration_qualifier + ' ' if contact.duration_qualifier else ''}{contact.duration_minutes:g} minutes"
    )


def _topics(contact: Contact | MergedContact, _: str) -> str | None:
    return "; ".join(dict.fromkeys(topic.label for topic in contact.topics)) or None


_VALUES: dict[str, Callable[[Contact | MergedContact, str], str | None]] = {
    "contact": lambda contact, _: contact.form,
    "parties": _parties,
    "date": _date,
    "moved_from": earlier_dates,
    "place": _place,
    "duration_minutes": _duration,
    "topics": _topics,
}

FIELDS = (
    Field("form", "contact"),
    Field("parties", "parties"),
    Field("channel", "channel"),
    Field("status", "status"),
    Field("date", "date"),
    Field("moved from", "moved_from"),
    Field("initiator", "initiator"),
    Field("place", "place"),
    Field("duration", "duration_minutes"),
    Field("topics", "topics"),
)
"""The fields in the order of the page; names are those of the record and of ``Evidence.supports``.

``contact`` is what evidence for the whole contact supports; the page shows the form there.
"""


def by_value(field: Field, contact: MergedContact) -> list[tuple[str, list[Account]]]:
    """Each value that some account gives for a field, with those accounts; what most say first."""
    found: dict[str, list[Account]] = {}
    for account in contact.accounts:
        value = field.value(account.contact)
        if value is not None and not (field.name == "channel" and value == "unspecified"):
            found.setdefault(value, []).append(account)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
