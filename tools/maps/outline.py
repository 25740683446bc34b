"""The land as rings of points in tenths of a degree, from the 1:50m land of Natural Earth, made simpler."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from math import cos, radians
from typing import Any

Point = tuple[float, float]

HEAD = """\
# Land: rings of longitude,latitude in tenths of a degree, the largest first. From Natural Earth 1:50m land (public
# domain), as world-atlas 2.0.2 (ISC) has it, made simpler (Visvalingam and Whyatt); small islands are left out.
# It has coasts and no borders: a border would say whose a land is, and that is not for a picture of meetings to say.
# Built by tools/maps.
"""

LEAST_TRIANGLE = 0.06
"""Points go whose triangle with their neighbours is smaller, in square degrees at the equator."""
LEAST_ISLAND = 0.25
"""Rings go whose area is smaller, in the same measure."""
_ANTARCTIC = -60.0


def build(topology: Any) -> str:
    """The file."""
    rings = [part for ring in _rings(topology) for part in _on_the_map(ring)]
    kept: list[tuple[float, list[tuple[int, int]]]] = []
    for ring in rings:
        shrunk = cos(radians(sum(y for _, y in ring) / len(ring)))
        if _area(ring) * shrunk < LEAST_ISLAND or max(y for _, y in ring) < _ANTARCTIC:
            continue
        tenths = [(round(x * 10), round(y * 10)) for x, y in _simpler(ring)]
        apart = [point for n, point in enumerate(tenths) if n == 0 or point != tenths[n - 1]]
        if len(apart) > 3:
            kept.append((_area(ring), apart))
    kept.sort(key=lambda item: -item[0])
    return HEAD + "\n".join(" ".join(f"{x},{y}" for x, y in ring) for _, ring in kept) + "\n"


def _rings(topology: Any) -> Iterator[list[Point]]:
    """The rings of a TopoJSON: arcs are kept once, as steps from point to point, and shared."""
    (scale_x, scale_y), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + x0, y * scale_y + y0))
        arcs.append(arc)
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            points: list[Point] = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            yield points


def _on_the_map(ring: Sequence[Point]) -> Iterator[list[Point]]:
    """A ring that crosses the date line, cut at it; none of one that goes round the pole."""
    unrolled = [ring[0]]
    for x, y in ring[1:]:
        turns = round((unrolled[-1][0] - x) / 360)
        unrolled.append((x + 360 * turns, y))
    if abs(unrolled[0][0] - unrolled[-1][0]) > 1:
        return
    for shift in (-360, 0, 360):
        moved = [(x + shift, y) for x, y in unrolled]
        if max(x for x, _ in moved) > -180 and min(x for x, _ in moved) < 180:
            cut = _cut(_cut(moved, -180, lambda x: x >= -180), 180, lambda x: x <= 180)
            if len(cut) > 3:
                yield cut


def _cut(ring: Sequence[Point], border: float, inside: Callable[[float], bool]) -> list[Point]:
    kept = []
    for n, here in enumerate(ring):
        before = ring[n - 1]
        if inside(here[0]) != inside(before[0]):
            part = (border - before[0]) / (here[0] - before[0])
            kept.append((border, before[1] + part * (here[1] - before[1])))
        if inside(here[0]):
            kept.append(here)
    return kept


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(ring[n][0] * ring[n - 1][1] - ring[n - 1][0] * ring[n][1] for n in range(len(ring)))) / 2


def _simpler(ring: Sequence[Point]) -> list[Point]:
    """The ring without the points that matter least (Visvalingam and Whyatt 1993); four stay."""
    points = list(ring[:-1] if ring[0] == ring[-1] else ring)
    count = len(points)
    before = [(n - 1) % count for n in range(count)]
    after = [(n + 1) % count for n in range(count)]
    shrunk = [max(cos(radians(y)), 0.25) for _, y in points]

    def weight(n: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[n]], points[n], points[after[n]]
        return abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2 * shrunk[n]

    weights = [weight(n) for n in range(count)]
    queue = [(w, n) for n, w in enumerate(weights)]
    heapq.heapify(queue)
    alive = [True] * count
    left = count
    while queue and left > 4:
        least, n = heapq.heappop(queue)
        if not alive[n] or least != weights[n]:
            continue
        if least >= LEAST_TRIANGLE:
            break
        alive[n] = False
        left -= 1
        one, other = before[n], after[n]
        after[one], before[other] = other, one
        for neighbour in (one, other):
            weights[neighbour] = max(least, weight(neighbour))
            heapq.heappush(queue, (weights[neighbour], neighbour))
    return [point for point, keep in zip(points, alive, strict=True) if keep]
