"""By what a contact is filtered and counted, beside channel and status: sides, topics, place, languages, outlets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rozmova.records import MergedContact

KINDS = ("party", "state", "pair", "topic", "place", "lang", "outlet", "disputed")
"""The kinds of facet of a contact that have rows of their own."""

_MOST_SIDES = 12
"""A summit of thirty states would have 435 pairs; nobody looks for the meetings of two there."""


def facets(contact: MergedContact) -> Iterator[tuple[str, str]]:
    """Each kind and value once."""
    sides = sorted({party.affiliation for party in contact.parties if party.affiliation})
    yield from (("party", id) for id in dict.fromkeys(party.id for party in contact.parties))
    yield from (("state", side) for side in sides)
    if len(sides) <= _MOST_SIDES:
        yield from (("pair", pair(one, other)) for one, other in combinations(sides, 2))
    yield from (("topic", label) for label in dict.fromkeys(topic.label for topic in contact.topics))
    if contact.place:
        yield "place", contact.place.id
    yield from (("lang", lang) for lang in sorted({account.lang for account in contact.accounts}))
    yield from (("outlet", outlet) for outlet in sorted({a.outlet for a in contact.accounts if a.outlet}))
    yield from (("disputed", name) for name, agreement in contact.agreement.items() if agreement == "disputed")


def pair(one: str, other: str) -> str:
    """The name of a pair of sides, the same whichever comes first."""
    return "-".join(sorted((one, other)))
