"""An order of actors in which those who talk to each other stand together: blocks become visible in a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

_ROUNDS = 20


def together(ids: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> list[str]:
    """The same ids, ordered.

    A count weighs by what both have in all: else those with most contacts draw everybody to them. Groups are joined
    from the strongest mean tie down (average linkage), each time at the ends that fit best; then single ones move
    as long as that makes the sum of weight times distance smaller (minimum linear arrangement).
    """
    weight = _weights(ids, pairs)
    groups = [[id] for id in ids]
    while len(groups) > 1:
        _, a, b = max(
            (_mean(weight, groups[a], groups[b]), -a, -b) for a in range(len(groups)) for b in range(a + 1, len(groups))
        )
        one, other = groups[-a], groups.pop(-b)
        groups[-a] = max(
            (one + other, one + other[::-1], one[::-1] + other, other + one),
            key=lambda order: -_length(weight, order),
        )
    return _settle(weight, groups[0]) if groups else []


def _weights(ids: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> dict[str, dict[str, float]]:
    chosen = set(ids)
    kept = {pair: n for pair, n in pairs.items() if chosen.issuperset(pair) and pair[0] != pair[1]}
    total: dict[str, int] = dict.fromkeys(ids, 0)
    for (one, other), n in kept.items():
        total[one] += n
        total[other] += n
    weight: dict[str, dict[str, float]] = {id: {} for id in ids}
    for (one, other), n in kept.items():
        weight[one][other] = weight[other][one] = n / sqrt(total[one] * total[other])
    return weight


def _mean(weight: Mapping[str, Mapping[str, float]], one: Sequence[str], other: Sequence[str]) -> float:
    return sum(weight[a].get(b, 0.0) for a in one for b in other) / (len(one) * len(other))


def _length(weight: Mapping[str, Mapping[str, float]], order: Sequence[str]) -> float:
    at = {id: place for place, id in enumerate(order)}
    return sum(w * abs(at[a] - at[b]) for a in order for b, w in weight[a].items() if b in at)


def _settle(weight: Mapping[str, Mapping[str, float]], order: list[str]) -> list[str]:
    for _ in range(_ROUNDS):
        before = list(order)
        for id in before:
            order = _moved(weight, order, id)
        if order == before:
            break
    return order


def _moved(weight: Mapping[str, Mapping[str, float]], order: list[str], id: str) -> list[str]:
    """The order with one of them where the sum is smallest; it stays where no other place is better.

    It wanders from the front to the end, each step past one other: that changes the sum by what both have on either
    side, and nothing else.
    """
    rest = [other for other in order if other != id]
    at = {other: place for place, other in enumerate(rest)}
    own = weight[id]
    left, right = 0.0, sum(w for other, w in own.items() if other in at)
    change, changes = 0.0, [0.0]
    for place, other in enumerate(rest):
        right -= own.get(other, 0.0)
        lean = sum(w if at[third] < place else -w for third, w in weight[other].items() if third in at)
        change += left - right - lean
        changes.append(change)
        left += own.get(other, 0.0)
    here = order.index(id)
    best = min(range(len(changes)), key=lambda place: changes[place])
    if changes[best] >= changes[here] - 1e-9:
        return order
    return [*rest[:best], id, *rest[best:]]
