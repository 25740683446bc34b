"""One contact, many reports: the contacts of many readings put together, with every account and disagreement kept.

``accounts`` prepares what each article says, ``blocks`` tells which accounts may meet, ``compare`` (with ``timing`` and
``moves``) asks whether two may be of one contact, ``cluster`` puts them together, ``fields`` gives one value a field
(``people`` the parties, ``history`` the status, ``values`` when two values mean the same), ``ids`` names that stay.
What a person decided (``judgements``) goes before all rules; ``why`` tells what was decided and by what. The reasons:
docs/decisions/0004 and 0008.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rozmova.merge.accounts import ALWAYS, Told, accounts
from rozmova.merge.cluster import cluster
from rozmova.merge.fields import merged
from rozmova.merge.ids import assign
from rozmova.merge.judgements import Judgement, anchor, articles, constraints, find
from rozmova.records import MergedContact, Reading

__all__ = ["merge"]


def merge(
    readings: Iterable[Reading],
    judgements: Iterable[Judgement] = (),
    before: Iterable[MergedContact] = (),
    copies: Mapping[str, str] | None = None,
) -> tuple[MergedContact, ...]:
    """One record per real contact, newest last; those without a date come at the end, by their first publication.

    What a person decided (``judgements``) goes before all rules; the contacts of the build ``before`` keep their
    identifiers; ``copies`` (article -> its original, see :mod:`rozmova.merge.copies`) are no further witnesses. The
    result depends neither on the order of the readings nor on whether one comes twice.
    """
    told = accounts(readings, copies)
    judgements, before = tuple(judgements), tuple(before)
    by_article = articles(told) if judgements or before else {}
    clusters = cluster(told, constraints(judgements, by_article))
    known = {
        key: contact.id
        for contact in before
        for account in contact.accounts
        if (key := find(anchor(Told(account)), by_article)) is not None
    }
    ids = assign([[t.key for t in one] for one in clusters], known)
    del told, by_article
    found = []
    while clusters:  # what was worked out of the accounts of a contact goes as soon as it is merged
        found.append(merged(ids.pop(), clusters.pop()))
    return tuple(sorted(found, key=_in_time))


def _in_time(contact: MergedContact) -> tuple[str, str, str, str]:
    first = Told(contact.accounts[0]).published
    published = first.first.isoformat() if first else ALWAYS
    days = [span for account in contact.accounts if account.contact.date == contact.date for span in Told(account).days]
    if contact.date is None or not days:
        return ALWAYS, ALWAYS, published, contact.id
    return min(s.first for s in days).isoformat(), max(s.last for s in days).isoformat(), contact.date, contact.id
