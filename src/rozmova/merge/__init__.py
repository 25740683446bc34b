"""One contact, many reports: the contacts of many readings put together, with every account and disagreement kept.

``accounts`` prepares what each article says (``voices``: and who says it), ``blocks`` tells which accounts may meet,
``compare`` (with ``timing`` and ``moves``) asks whether two may be of one contact, ``cluster`` which of several
contacts an account joins, ``partition`` puts all together and changes what there is where news comes in. ``copies`` are
told from witnesses, ``fields`` gives one value a field (``people`` the parties, ``history`` the status, ``values`` when
two values mean the same), ``ids`` names that stay. What a person decided (``judgements``) goes before all rules;
``why`` tells what was decided and by what, ``readouts`` what each side says. The reasons: docs/decisions/0004 and 0008.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from rozmova.merge.accounts import ALWAYS, Told, accounts
from rozmova.merge.fields import merged
from rozmova.merge.ids import assign
from rozmova.merge.judgements import Judgement, Key, anchor, articles, constraints, find
from rozmova.merge.partition import Kept, Partition, Stored
from rozmova.records import MergedContact, Reading

__all__ = ["Changes", "Kept", "Stored", "merge", "update"]

Copied = Callable[[Sequence[str]], Mapping[str, str]]
"""Given the articles that tell of one contact: article -> the one that it copies."""


def _no_copies(_: Sequence[str]) -> Mapping[str, str]:
    return {}


class Changes(NamedTuple):
    """What became of the contacts of a build: these are ``gone``, those are ``new`` or stand in their place."""

    gone: frozenset[str]
    new: tuple[MergedContact, ...]


def merge(
    readings: Iterable[Reading],
    judgements: Iterable[Judgement] = (),
    before: Iterable[MergedContact] = (),
    copied: Copied = _no_copies,
) -> tuple[MergedContact, ...]:
    """One record per real contact, newest last; those without a date come at the end, by their first publication.

    What a person decided (``judgements``) goes before all rules; the contacts of the build ``before`` keep their
    identifiers; articles that ``copied`` one of the same contact are no further witnesses. The result depends neither
    on the order of the readings nor on whether one comes twice.
    """
    told = accounts(readings)
    judgements, before = tuple(judgements), tuple(before)
    by_article = articles(told) if judgements or before else {}
    partition = Partition(constraints(judgements, by_article))
    partition.update(told)
    _, clusters = partition.changed()
    names = [(Told(account), contact.id) for contact in before for account in contact.accounts]
    ids = assign([[t.key for t in one] for one in clusters], _known(names, by_article))
    del told, by_article, partition
    found = []
    while clusters:  # what was worked out of the accounts of a contact goes as soon as it is merged
        found.append(merged(ids.pop(), _witnesses(clusters.pop(), copied)))
    return tuple(sorted(found, key=_in_time))


def update(
    stored: Stored,
    changed: Collection[str],
    readings: Iterable[Reading],
    judgements: Iterable[Judgement] = (),
    copied: Copied = _no_copies,
) -> Changes:
    """Change the contacts of a build where articles ``changed``: came, went, were read anew, or were judged.

    ``readings`` are those that these articles have now. With the other contacts, those that are new are what
    :func:`merge` makes of all readings and the build before.
    """
    judgements = tuple(judgements)
    judged = {a.article for j in judgements for a in (*j.accounts, *j.others)}
    kept = {contact.id: contact for contact in stored.holding({*changed, *judged})}
    old = [told for contact in kept.values() for told in contact.accounts]
    fresh = accounts(readings)
    if not judged.isdisjoint(changed):
        # What a judgement finds again may rule its other accounts anew: they choose again as well.
        fresh += [told for told in old if told.account.article in judged.difference(changed)]
        changed = judged.union(changed)
    left = [told for told in old if told.account.article not in changed]
    by_article = articles([*left, *fresh])
    partition = Partition(constraints(judgements, by_article), stored)
    partition.take(kept.values())
    partition.update(fresh, [told.key for told in old if told.account.article in changed])
    gone, clusters = partition.changed()
    again = [(told, partition.names[told.key]) for told in old if told.account.article in changed]
    known = {key: id for key, id in partition.names.items() if key[0] not in changed} | _known(again, by_article)
    ids = assign([[t.key for t in one] for one in clusters], known, lambda id: id not in gone and stored.has(id))
    new = [merged(id, _witnesses(one, copied)) for id, one in zip(ids, clusters, strict=True)]
    return Changes(frozenset(gone), tuple(sorted(new, key=_in_time)))


def _known(names: Iterable[tuple[Told, str]], by_article: Mapping[str, Sequence[Told]]) -> dict[Key, str]:
    """The identifier of the build before for each account that is there again, at whatever place in its article."""
    known: dict[Key, str] = {}
    for told, id in sorted(names, key=lambda named: named[0].key):
        if (key := find(anchor(told), by_article, told.account.index)) is not None:
            known.setdefault(key, id)
    return known


def _witnesses(accounts: Sequence[Told], copied: Copied) -> list[Told]:
    """The accounts of a contact, each with the article of the same contact that it copies."""
    of = copied([told.account.article for told in accounts]) if len(accounts) > 1 else {}
    return [
        told
        if told.account.copy_of == (original := of.get(told.account.article))
        else Told(replace(told.account, copy_of=original), told.siblings)
        for told in accounts
    ]


def _in_time(contact: MergedContact) -> tuple[str, str, str, str]:
    first = Told(contact.accounts[0]).published
    published = first.first.isoformat() if first else ALWAYS
    days = [span for account in contact.accounts if account.contact.date == contact.date for span in Told(account).days]
    if contact.date is None or not days:
        return ALWAYS, ALWAYS, published, contact.id
    return min(s.first for s in days).isoformat(), max(s.last for s in days).isoformat(), contact.date, contact.id
