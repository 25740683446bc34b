"""The land of the earth as rings of points, cut to what a map shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

Point = tuple[float, float]
Ring = tuple[Point, ...]

FILE = Path(__file__).parent / "data" / "outline.txt"


@cache
def land() -> tuple[Ring, ...]:
    """Rings of longitude and latitude in degrees; an inner sea is a ring inside a ring."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple((int(x) / 10, int(y) / 10) for x, y in (pair.split(",") for pair in line.split()))
        for line in lines
        if line and not line.startswith("#")
    )


def cut(ring: Sequence[Point], left: float, top: float, right: float, foot: float) -> list[Point]:
    """What of a ring lies in a rectangle (Sutherland and Hodgman 1974); ``top`` is the larger latitude."""
    sides: tuple[tuple[int, Callable[[float], bool], float], ...] = (
        (0, lambda value: value >= left, left),
        (0, lambda value: value <= right, right),
        (1, lambda value: value >= foot, foot),
        (1, lambda value: value <= top, top),
    )
    points = list(ring)
    for axis, inside, border in sides:
        points = _cut_one(points, axis, inside, border)
    return points


def _cut_one(points: Sequence[Point], axis: int, inside: Callable[[float], bool], border: float) -> list[Point]:
    kept: list[Point] = []
    for n, here in enumerate(points):
        before = points[n - 1]
        if inside(here[axis]) != inside(before[axis]):
            part = (border - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + part * (here[1 - axis] - before[1 - axis])
            kept.append((border, other) if axis == 0 else (other, border))
        if inside(here[axis]):
            kept.append(here)
    return kept
