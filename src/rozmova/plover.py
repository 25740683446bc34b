"""What contacts amount to in PLOVER, the event ontology of POLECAT.

Roots and modes are those of the PLOVER manual, version 0.8 of 2021, and of its conversion table from CAMEO
(github.com/openeventdata/PLOVER). There a contact that took place is CONSULT; one that is agreed on is AGREE, one that
is asked for REQUEST, and one that is refused REJECT, each with the mode ``meet`` where the table has it.
"""

from __future__ import annotations

from typing import NamedTuple

from rozmova.records import Contact, MergedContact

ROOTS = frozenset(
    {
        "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    }
)  # fmt: skip
"""The event types of PLOVER 2021."""


class Event(NamedTuple):
    """A PLOVER event: its root, and its mode where PLOVER has one for it ('' where not)."""

    root: str
    mode: str = ""


_OF_STATUS = {
    "held": Event("CONSULT"), "planned": Event("AGREE"), "proposed": Event("REQUEST", "meet"),
    "declined": Event("REJECT", "meet"),
}  # fmt: skip
_SEVERAL = 3


def of_contact(contact: Contact | MergedContact) -> Event | None:
    """The event that a contact amounts to; None for one called off, which PLOVER has no event for.

    The mode of CONSULT is ``phone`` for calls, ``third-party`` for an encounter in a state that none of the parties
    stands for, ``multilateral`` for one of three sides or more, and ``visit`` where one side came to the other.
    """
    event = _OF_STATUS.get(contact.status)
    return Event(event.root, _mode(contact)) if event is not None and event.root == "CONSULT" else event


def _mode(contact: Contact | MergedContact) -> str:
    if contact.channel == "phone":
        return "phone"
    sides = {p.affiliation for p in contact.parties if p.affiliation}
    if len(sides) >= _SEVERAL:
        return "multilateral"
    where = contact.place.state if contact.place else None
    if contact.channel == "in_person" and where and len(sides) > 1 and where not in sides:
        return "third-party"
    came = contact.form == "visit" or any(p.part in ("visitor", "host") for p in contact.parties)
    return "visit" if contact.channel == "in_person" and (came or where in sides) else ""
