"""Names of contacts that stay: a contact keeps its identifier as long as it keeps one of its accounts.

A contact that nobody has seen is named after its anchor, so that every machine gives it the same name. Afterwards the
name goes with the accounts: earlier news, more news, or the loss of the anchor change nothing. Where contacts grow
together the one with more accounts gives its name; where one falls apart, most of its accounts keep it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

Key = tuple[str, int]
"""Article and place among the contacts of its reading."""


def fresh(key: Key) -> str:
    """``c:`` and twelve hexadecimal digits that name an anchor: the account published first (then: smallest key)."""
    return "c:" + sha256(f"{key[0]}:{key[1]}".encode()).hexdigest()[:12]


def _free(_: str) -> bool:
    return False


def assign(
    clusters: Sequence[Sequence[Key]], before: Mapping[Key, str], other: Callable[[str], bool] = _free
) -> list[str]:
    """One identifier for each cluster of account keys (its anchor first); ``before`` has that of known accounts.

    No two clusters get the same, nor one that an ``other`` contact has. The result depends on these three, not on the
    order of the clusters.
    """
    claims: list[tuple[int, bool, Key, str, int]] = []
    for number, keys in enumerate(clusters):
        known = Counter(before[key] for key in keys if key in before)
        claims += [(-count, fresh(keys[0]) != id, keys[0], id, number) for id, count in known.items()]
    named: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, _, id, number in sorted(claims):
        if number not in named and id not in taken:
            named[number] = id
            taken.add(id)
    for number, keys in sorted(enumerate(clusters), key=lambda item: item[1][0]):
        if number not in named:
            named[number] = next(id for id in _names(keys) if id not in taken and not other(id))
            taken.add(named[number])
    return [named[number] for number in range(len(clusters))]


def _names(keys: Sequence[Key]) -> Iterable[str]:
    """The fresh name of each account, the anchor's first: another contact may have kept that one."""
    yield from map(fresh, keys)
    yield from (fresh((keys[0][0], -n)) for n in range(1, 1_000_000))
