"""Network of parties: who is tied to whom, drawn so that neighbours lie together."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from rozmova.pictures import labels, layout
from rozmova.pictures.labels import Box, Label
from rozmova.pictures.layout import Point
from rozmova.pictures.matrix import Counted, counted, pair_table
from rozmova.pictures.records import Actor, Picture, Tie, TieLink, contacts, no_link
from rozmova.pictures.svg import SMALL, TEXT, element, mark, number, picture, shorten, width, words

KINDS = {"state": "state", "organisation": "organisation", "person": "person"}
"""The kinds of actors in words; another one is drawn as a state is."""


class _Drawn(NamedTuple):
    """What is drawn: the strongest ties, their ends, where these lie and how large they are."""

    pairs: dict[tuple[str, str], int]
    at: Mapping[str, Point]
    radius: Mapping[str, float]
    actors: Mapping[str, Actor]


def network_of_parties(
    ties: Iterable[Tie],
    link: TieLink = no_link,
    *,
    most: int = 40,
    wide: float = 880,
    name: str = "network",
    title: str = "Network of parties",
) -> Picture:
    """The ``most`` strongest ties between actors; lines are as broad as contacts are many. The table has all ties."""
    pairs = counted(ties)
    table = pair_table(pairs, link, title, "party")
    strongest = [(row, pairs.pairs[row]) for row in _strongest(pairs) if row[0] != row[1]][:most]
    if not strongest:
        nothing = words("No contacts", wide / 2, 60, "middle faint")
        return Picture(picture(name, "network", (wide, 120), title, "No contacts.", [nothing]), table)
    high = 560.0 if wide >= 600 else 440.0
    drawn = _placed(dict(strongest), pairs, wide, high)
    said = f"{len(pairs.actors)} parties, {len(pairs.pairs)} pairs of them in contact"
    said += f"; the {len(strongest)} strongest pairs are drawn. " if len(strongest) < len(pairs.pairs) else ". "
    parts = [*_lines(drawn, link), *_nodes(drawn, pairs.totals, link, wide, high)]
    parts += _legend(drawn, high + 20, wide)
    if len(strongest) < len(pairs.pairs):
        note = f"{len(pairs.pairs) - len(strongest)} weaker ties in the table"
        parts.append(words(note, 2, high + 42, "small faint"))
        high += 22
    size = (wide, high + 30)
    return Picture(picture(name, "network", size, title, said + "The table says the same.", parts), table)


def _strongest(pairs: Counted) -> list[tuple[str, str]]:
    """Pairs by count; of equal ones first those of busy actors, so that the picture hangs together."""
    totals = pairs.totals
    return sorted(pairs.pairs, key=lambda pair: (-pairs.pairs[pair], -totals[pair[0]] - totals[pair[1]], pair))


def _placed(chosen: dict[tuple[str, str], int], pairs: Counted, wide: float, high: float) -> _Drawn:
    ids = sorted({id for pair in chosen for id in pair})
    at = _layout(tuple(ids), tuple(sorted(chosen.items())))
    edge = (min(90.0, wide * 0.14), 30.0)
    largest = max(pairs.totals[id] for id in ids)
    top = 20.0 if wide >= 600 else 13.0
    radius = {id: 5 + (top - 5) * sqrt(pairs.totals[id] / largest) for id in ids}
    spread = _apart(layout.fit(at, wide, high, edge), radius, wide, high)
    return _Drawn(chosen, spread, radius, {id: pairs.actors[id] for id in ids})


@lru_cache(maxsize=64)
def _layout(ids: tuple[str, ...], pairs: tuple[tuple[tuple[str, str], int], ...]) -> Mapping[str, Point]:
    """The layout takes a tenth of a second for a full picture, which both widths and the next request can share."""
    return layout.place(ids, dict(pairs))


def _apart(at: dict[str, Point], radius: Mapping[str, float], wide: float, high: float) -> dict[str, Point]:
    """Nodes that lie on one another, or closer than a line of letters, are pushed apart."""
    for _ in range(60):
        moved = False
        for a, b in itertools.combinations(sorted(at), 2):
            (ax, ay), (bx, by) = at[a], at[b]
            # Names run sideways, so nodes may lie closer above one another than beside one another.
            dx, dy = bx - ax, (by - ay) * 1.15
            far = sqrt(dx * dx + dy * dy)
            short = radius[a] + radius[b] + 16 - far
            if short <= 0:
                continue
            moved = True
            ux, uy = (dx / far, dy / far) if far > 1e-6 else (0.6, 0.8)
            at[a] = (ax - ux * short / 2, ay - uy * short / 2)
            at[b] = (bx + ux * short / 2, by + uy * short / 2)
        for id, (x, y) in at.items():
            room = radius[id] + 3
            at[id] = (min(max(x, room), wide - room), min(max(y, room + 4), high - room - 12))
        if not moved:
            break
    return at


def _lines(drawn: _Drawn, link: TieLink) -> Iterator[str]:
    """Ties, the strongest last and so on top; each has a broad unseen line that is easy to point at."""
    largest = max(drawn.pairs.values())
    for (one, other), count in sorted(drawn.pairs.items(), key=lambda item: (item[1], item[0])):
        (ax, ay), (bx, by) = drawn.at[one], drawn.at[other]
        ends = {"x1": ax, "y1": ay, "x2": bx, "y2": by}
        said = f"{drawn.actors[one].label} and {drawn.actors[other].label}: {contacts(count)}"
        broad = 1.2 + 7.8 * (count / largest) if largest > 1 else 1.6
        line = element("line", **ends, stroke_width=broad, class_="tie")
        yield mark(
            link(drawn.actors[one], drawn.actors[other]),
            said,
            element("line", **ends, stroke_width=max(broad, 11), class_="touch"),
            line,
        )


def _nodes(drawn: _Drawn, totals: Counter[str], link: TieLink, wide: float, high: float) -> Iterator[str]:
    size = TEXT if wide >= 600 else SMALL
    ids = sorted(drawn.at)
    texts = [shorten(_called(drawn.actors[id], wide), 180 if wide >= 600 else 110, size) for id in ids]
    wanted = [
        Label(text, *drawn.at[id], drawn.radius[id], size, totals[id]) for id, text in zip(ids, texts, strict=True)
    ]
    lines = [box for pair in drawn.pairs for box in _along(drawn.at[pair[0]], drawn.at[pair[1]])]
    places = labels.put(wanted, Box(2, 0, wide - 2, high), must=True, lines=lines)
    small = "" if wide >= 600 else " small"
    for id, text, place in zip(ids, texts, places, strict=True):
        actor = drawn.actors[id]
        shapes = [_shape(actor.kind, *drawn.at[id], drawn.radius[id])]
        if place:
            shapes.append(words(text, place.x, place.y, f"halo{small} {place.anchor}"))
        yield mark(link(actor, None), f"contacts of {actor.label}", *shapes)


def _called(actor: Actor, wide: float) -> str:
    return actor.label if wide >= 600 or actor.kind != "person" else actor.short or actor.label


def _along(one: Point, other: Point) -> Iterator[Box]:
    """Small boxes along a line: a name should not lie on it where it can lie elsewhere."""
    long = sqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2)
    steps = max(1, int(long / 9))
    for step in range(1, steps):
        x = one[0] + (other[0] - one[0]) * step / steps
        y = one[1] + (other[1] - one[1]) * step / steps
        yield Box(x - 3, y - 3, x + 3, y + 3)


def _shape(kind: str, x: float, y: float, radius: float) -> str:
    """People are round, organisations stand on a corner, states are square."""
    if kind == "person":
        return element("circle", cx=x, cy=y, r=radius, class_="node node-person")
    if kind == "organisation":
        r = radius * 1.2
        step = number(r)
        path = f"M{number(x)} {number(y - r)}l{step} {step} -{step} {step} -{step} -{step}z"
        return element("path", d=path, class_="node node-organisation")
    side = radius * 1.75
    return element(
        "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=radius * 0.4, class_="node node-state"
    )


def _legend(drawn: _Drawn, y: float, wide: float) -> Iterator[str]:
    """The shapes that occur, and how broad the strongest line is."""
    x = 10.0
    present = {actor.kind if actor.kind in KINDS else "state" for actor in drawn.actors.values()}
    for kind in (kind for kind in KINDS if kind in present):
        yield element("g", _shape(kind, x, y - 4, 6), words(KINDS[kind], x + 12, y, "small faint"))
        x += 12 + width(KINDS[kind], SMALL) + 22
    largest = max(drawn.pairs.values())
    if largest > 1:
        text = f"{largest} contacts"
        if x + 34 + width(text, SMALL) < wide:
            yield element("line", x1=x, x2=x + 22, y1=y - 4, y2=y - 4, stroke_width=9, class_="tie")
            yield words(text, x + 32, y, "small faint")
