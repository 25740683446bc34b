"""One contact, many reports: the contacts of many readings put together, with every account and disagreement kept.

``accounts`` prepares what each article says, ``blocks`` tells which accounts may meet, ``compare`` (with ``timing``)
asks whether two may be of one contact, ``cluster`` puts them together, ``fields`` gives one value a field (``people``
the parties, ``history`` the status, ``values`` when two values mean the same). The reasons: docs/decisions/0004.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from rozmova.merge.accounts import ALWAYS, Told, accounts
from rozmova.merge.cluster import cluster
from rozmova.merge.fields import merged
from rozmova.records import MergedContact, Reading

__all__ = ["merge"]


def merge(readings: Iterable[Reading]) -> tuple[MergedContact, ...]:
    """One record per real contact, newest last; those without a date come at the end, by their first publication.

    The result depends neither on the order of the readings nor on whether one comes twice.
    """
    found = [merged(_id(told), told) for told in cluster(accounts(readings))]
    return tuple(sorted(found, key=_in_time))


def _id(told: Sequence[Told]) -> str:
    """``c:`` and twelve hexadecimal digits that name the anchor: the account published first (then: smallest key).

    Later news of the contact changes nothing about it; an earlier account, or the loss of the anchor, does.
    """
    article, index = told[0].key
    return "c:" + sha256(f"{article}:{index}".encode()).hexdigest()[:12]


def _in_time(contact: MergedContact) -> tuple[str, str, str, str]:
    first = Told(contact.accounts[0]).published
    published = first.first.isoformat() if first else ALWAYS
    days = [span for account in contact.accounts if account.contact.date == contact.date for span in Told(account).days]
    if contact.date is None or not days:
        return ALWAYS, ALWAYS, published, contact.id
    return min(s.first for s in days).isoformat(), max(s.last for s in days).isoformat(), contact.date, contact.id
