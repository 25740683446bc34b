"""By what contacts are filtered and counted, and by what the rows of search are that tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rozmova.records import MergedContact, Party
from rozmova.store.filters import folded_words

KINDS = ("party", "state", "pair", "topic", "place", "lang", "outlet", "disputed")
"""The kinds of facet of a contact that have rows of their own, beside channel and status."""

OF_SOURCE = ("lang", "outlet")
"""Kinds of what is so of a source, not of what it tells of."""

Facet = tuple[str, str]
"""A kind and a value."""

_MOST_SIDES = 12
"""A summit of thirty states would have 435 pairs; nobody looks for the meetings of two there."""


def facets(contact: MergedContact) -> Iterator[Facet]:
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


def sought(contact: MergedContact) -> Iterator[Facet]:
    """What search filters a contact by; some may come twice."""
    yield "contact", contact.id
    yield "channel", contact.channel
    yield "status", contact.status
    for party in contact.parties:
        yield from side(party)
    for kind, value in facets(contact):
        if kind in ("topic", "place", "disputed", *OF_SOURCE):
            yield kind, value
    yield "disputed", "yes" if "disputed" in contact.agreement.values() else "no"


def side(party: Party) -> Iterator[Facet]:
    """By what search knows somebody who takes part: identifier, whose side it is, and the folded words of the name,
    with spaces around them."""
    yield "side", party.id
    yield "side", folded_words(party.name)
    if party.affiliation:
        yield "side", party.affiliation


def source(lang: str | None, outlet: str | None) -> Iterator[Facet]:
    """Where something was said."""
    yield from (("lang", lang),) if lang else ()
    yield from (("outlet", outlet),) if outlet else ()


def pair(one: str, other: str) -> str:
    """The name of a pair of sides, the same whichever comes first."""
    return "-".join(sorted((one, other)))
