"""Where the nodes of a network go: springs between all of them, started from a seed that their ids give."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import cos, hypot, log2, pi, sin, sqrt

Point = tuple[float, float]

_ROUNDS = 120
_APART = 3.0
"""How far parts of a network lie from one another that no tie joins, in lengths of a tie."""


def place(ids: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> dict[str, Point]:
    """A point for each id, about one length of a tie between neighbours.

    Springs hold every two nodes as far apart as their shortest way through the network is long (Kamada and Kawai
    1989), relaxed by stress majorization (Gansner et al. 2004). The same ids and counts give the same points.
    """
    if not ids:
        return {}
    ids = sorted(ids)
    wanted = _distances(ids, pairs)
    chance = random.Random(int.from_bytes(sha256("\n".join(ids).encode()).digest()[:8], "big"))
    size = sqrt(len(ids))
    at = [(chance.random() * size, chance.random() * size) for _ in ids]
    weights = [[1 / (d * d) if d else 0.0 for d in row] for row in wanted]
    sums = [sum(row) or 1.0 for row in weights]
    for _ in range(_ROUNDS):
        at = [_pulled(n, at, wanted[n], weights[n], sums[n]) for n in range(len(ids))]
    return dict(zip(ids, at, strict=True))


def _pulled(n: int, at: Sequence[Point], wanted: Sequence[float], weights: Sequence[float], total: float) -> Point:
    """Where all springs together would have one node."""
    x, y = at[n]
    new_x = new_y = 0.0
    for (other_x, other_y), length, weight in zip(at, wanted, weights, strict=True):
        if not weight:
            continue
        dx, dy = x - other_x, y - other_y
        far = hypot(dx, dy) or 1e-9
        new_x += weight * (other_x + length * dx / far)
        new_y += weight * (other_y + length * dy / far)
    return (new_x / total, new_y / total) if total and any(weights) else (x, y)


def _distances(ids: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> list[list[float]]:
    """Lengths of shortest ways; a strong tie is a little shorter, and a busy node keeps a little more room."""
    near: dict[str, dict[str, float]] = {id: {} for id in ids}
    for (one, other), count in pairs.items():
        if one != other and one in near and other in near:
            near[one][other] = near[other][one] = 1.15 - min(0.3, 0.08 * log2(count))
    crowd = {id: min(0.5, 0.04 * len(near[id])) for id in ids}
    rows = []
    for id in ids:
        steps = {id: 0.0}
        queue = deque([id])
        while queue:
            here = queue.popleft()
            for there in sorted(near[here]):
                if there not in steps:
                    steps[there] = steps[here] + near[here][there]
                    queue.append(there)
        rows.append([0.0 if id == to else steps.get(to, _APART) + crowd[id] + crowd[to] for to in ids])
    # Ways of the same number of steps may differ in length with the end they are begun from.
    return [[(rows[a][b] + rows[b][a]) / 2 for b in range(len(ids))] for a in range(len(ids))]


def fit(points: Mapping[str, Point], wide: float, high: float, edge: tuple[float, float]) -> dict[str, Point]:
    """The points stretched into a frame, ``edge`` left free at the sides and above and below.

    The longer axis of the drawing is turned to the longer one of the frame; the stretch of the two may differ by half.
    """
    if not points:
        return {}
    turned = _turned(points, wide >= high)
    left, right = min(x for x, _ in turned.values()), max(x for x, _ in turned.values())
    top, foot = min(y for _, y in turned.values()), max(y for _, y in turned.values())
    by_x = (wide - 2 * edge[0]) / max(right - left, 1e-6)
    by_y = (high - 2 * edge[1]) / max(foot - top, 1e-6)
    by_x, by_y = min(by_x, 1.6 * by_y), min(by_y, 1.6 * by_x)
    return {
        id: (wide / 2 + (x - (left + right) / 2) * by_x, high / 2 + (y - (top + foot) / 2) * by_y)
        for id, (x, y) in turned.items()
    }


def _turned(points: Mapping[str, Point], flat: bool) -> dict[str, Point]:
    """The points turned so that they spread most along x (``flat``) or along y."""
    n = len(points)
    mean_x = sum(x for x, _ in points.values()) / n
    mean_y = sum(y for _, y in points.values()) / n
    best: dict[str, Point] = {}
    most = -1.0
    for step in range(24):
        along, across = _TURNS[step]
        tried = {
            id: ((x - mean_x) * along - (y - mean_y) * across, (x - mean_x) * across + (y - mean_y) * along)
            for id, (x, y) in points.items()
        }
        spread_x = max(x for x, _ in tried.values()) - min(x for x, _ in tried.values())
        spread_y = max(y for _, y in tried.values()) - min(y for _, y in tried.values())
        gain = (spread_x + 1e-6) / (spread_y + 1e-6) if flat else (spread_y + 1e-6) / (spread_x + 1e-6)
        if gain > most * 1.0001:
            best, most = tried, gain
    return best


_TURNS = [(cos(step * pi / 24), sin(step * pi / 24)) for step in range(24)]
