"""How well things were put together: B-cubed (Bagga and Baldwin 1998), which counts every thing once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)


class BCubed(NamedTuple):
    """Each between 0 and 1; 1 where there is nothing to count."""

    precision: float
    recall: float
    f1: float


def b_cubed(ours: Mapping[K, Hashable], theirs: Mapping[K, Hashable], chosen: Iterable[K] | None = None) -> BCubed:
    """The mean over ``chosen`` things (all where left out) of how pure and how whole the cluster of each is.

    ``ours`` and ``theirs`` have the cluster of every thing, found and true, and the same keys. Clusters are taken
    whole: what was wrongly joined from elsewhere counts against a chosen thing. Raises ``ValueError`` for different
    keys.
    """
    if ours.keys() != theirs.keys():
        raise ValueError("both clusterings must be of the same things")
    found, true = Counter(ours.values()), Counter(theirs.values())
    shared = Counter((ours[key], theirs[key]) for key in ours)
    number = precision = recall = 0.0
    for key in ours if chosen is None else chosen:
        both = shared[ours[key], theirs[key]]
        number, precision, recall = number + 1, precision + both / found[ours[key]], recall + both / true[theirs[key]]
    if not number:
        return BCubed(1.0, 1.0, 1.0)
    precision, recall = precision / number, recall / number
    return BCubed(precision, recall, 2 * precision * recall / (precision + recall))
