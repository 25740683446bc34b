"""Names beside points: each where it covers no other name and no point, the important ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rozmova.pictures.svg import width


class Box(NamedTuple):
    """A rectangle: left, top, right, foot."""

    left: float
    top: float
    right: float
    foot: float

    def covers(self, other: Box) -> float:
        """The area that two rectangles share."""
        if self.left >= other.right or self.right <= other.left or self.top >= other.foot or self.foot <= other.top:
            return 0.0
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.foot, other.foot) - max(self.top, other.top)
        return across * down


class Label(NamedTuple):
    """A name to be put beside a round mark; ``weight`` says which go first."""

    text: str
    x: float
    y: float
    radius: float
    size: float
    weight: float


class Put(NamedTuple):
    """Where a name went: the foot of its letters, and whether it begins, ends or is centred there."""

    x: float
    y: float
    anchor: str


def put(
    labels: Sequence[Label], frame: Box, *, must: bool, lines: Sequence[Box] = (), most: int = 100
) -> list[Put | None]:
    """A place for each name. None where every one is taken, unless each ``must`` have one: then the least bad.

    After the ``most`` weighty ones no more are tried: there is no room left, and trying takes time.
    """
    marks = [Box(a.x - a.radius, a.y - a.radius, a.x + a.radius, a.y + a.radius) for a in labels]
    taken: list[Box] = []
    found: list[Put | None] = [None] * len(labels)
    for n in sorted(range(len(labels)), key=lambda n: (-labels[n].weight, labels[n].text, n))[:most]:
        best: tuple[float, Put, Box] | None = None
        for rank, (place, box) in enumerate(_choices(labels[n])):
            outside = (box.right - box.left) * (box.foot - box.top) - box.covers(frame)
            harm = 60 * outside + 3 * sum(map(box.covers, taken))
            harm += 4 * sum(box.covers(mark) for other, mark in enumerate(marks) if other != n)
            if not must and harm > 1.0:
                continue
            harm += 0.3 * sum(map(box.covers, lines)) + rank * 2.0
            if best is None or harm < best[0] - 1e-9:
                best = (harm, place, box)
        if best:
            found[n] = best[1]
            taken.append(best[2])
    return found


def _choices(label: Label) -> list[tuple[Put, Box]]:
    """The places to try, the usual ones first."""
    long, size, gap = width(label.text, label.size), label.size, label.radius + 4
    up, down = label.y - label.radius - 4, label.y + label.radius + size
    aside = label.y + size * 0.35
    lean = label.radius * 0.75 + 2
    places = [
        Put(label.x + gap, aside, "start"),
        Put(label.x - gap, aside, "end"),
        Put(label.x, down, "middle"),
        Put(label.x, up, "middle"),
        Put(label.x + lean, label.y - lean, "start"),
        Put(label.x + lean, label.y + lean + size * 0.7, "start"),
        Put(label.x - lean, label.y - lean, "end"),
        Put(label.x - lean, label.y + lean + size * 0.7, "end"),
    ]
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}
    return [
        (
            place,
            Box(
                place.x - long * shift[place.anchor],
                place.y - size * 0.85,
                place.x + long * (1 - shift[place.anchor]),
                place.y + size * 0.25,
            ),
        )
        for place in places
    ]
