"""Who with whom: a square of cells, shaded by count, in an order that puts together those who talk to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rozmova.pictures.order import together
from rozmova.pictures.records import Actor, Picture, Row, Table, Tie, TieLink, contacts, no_link
from rozmova.pictures.svg import SMALL, TEXT, element, mark, number, picture, shorten, width, words

Pairs = Mapping[tuple[str, str], int]

LEVELS = 5
"""Shades of a cell."""


class Counted(NamedTuple):
    """Ties put together: each pair once, its ids in order; what each actor has of them; the actors by id."""

    pairs: dict[tuple[str, str], int]
    totals: Counter[str]
    actors: dict[str, Actor]


class _Square(NamedTuple):
    left: float
    top: float
    cell: float
    size: float
    actors: Sequence[Actor]
    names: Sequence[str]
    heads: Sequence[str]


def counted(ties: Iterable[Tie]) -> Counted:
    """Ties between the same two put together, whichever is named first."""
    pairs: Counter[tuple[str, str]] = Counter()
    actors: dict[str, Actor] = {}
    totals: Counter[str] = Counter()
    for tie in ties:
        if tie.count <= 0:
            continue
        for actor in (tie.one, tie.other):
            # Of several ways to write one actor the first in the alphabet, so that the order of input has no say.
            known = actors.setdefault(actor.id, actor)
            if (actor.label, actor.kind, actor.short) < (known.label, known.kind, known.short):
                actors[actor.id] = actor
        one, other = sorted((tie.one.id, tie.other.id))
        pairs[one, other] += tie.count
        for id in {one, other}:
            totals[id] += tie.count
    return Counted(dict(pairs), totals, actors)


def pair_table(all_pairs: Counted, link: TieLink, title: str, who: str) -> Table:
    """The pairs, those with most contacts first."""
    actors = all_pairs.actors
    rows = []
    for one, other in sorted(all_pairs.pairs, key=lambda pair: (-all_pairs.pairs[pair], _names(actors, pair))):
        a, b = actors[one], actors[other]
        rows.append(Row((a.label, b.label, all_pairs.pairs[one, other]), link(a, b)))
    return Table(title, (who, "with", "contacts"), tuple(rows))


def _names(actors: Mapping[str, Actor], pair: tuple[str, str]) -> tuple[str, ...]:
    return (actors[pair[0]].label, actors[pair[1]].label, *pair)


def who_with_whom(
    ties: Iterable[Tie],
    link: TieLink = no_link,
    *,
    most: int | None = None,
    wide: float = 880,
    name: str = "who-with-whom",
    title: str = "Who talked with whom",
) -> Picture:
    """A matrix of the ``most`` actors with most contacts (24, on a phone 14); the table has all of them."""
    pairs = counted(ties)
    table = pair_table(pairs, link, title, "who")
    ranked = sorted(pairs.totals, key=lambda id: (-pairs.totals[id], pairs.actors[id].label, id))
    chosen = together(ranked[: most or (24 if wide >= 600 else 14)], pairs.pairs)
    if not chosen:
        nothing = words("No contacts", wide / 2, 60, "middle faint")
        return Picture(picture(name, "matrix", (wide, 120), title, "No contacts.", [nothing]), table)
    left_out = len(ranked) - len(chosen)
    said = f"{len(ranked)} parties, {len(pairs.pairs)} pairs of them in contact"
    said += f", of which the {len(chosen)} with most contacts are drawn. " if left_out else ". "
    square, (right, high) = _place([pairs.actors[id] for id in chosen], wide)
    shift = max(0.0, (wide - right) / 2)
    square = square._replace(left=square.left + shift)
    levels = Levels(max((n for (a, b), n in pairs.pairs.items() if a in chosen and b in chosen), default=1))
    parts = [*_names_around(square, link), *_cells(square, pairs.pairs, levels, link)]
    foot = square.top + square.cell * len(chosen)
    edge = square.left if wide >= 600 else 8.0
    parts += levels.legend(edge, foot + 26, max(wide, right))
    if left_out:
        parts.append(words(f"and {left_out} more in the table", edge, foot + 48, "small faint"))
        high += 20
    size = (max(wide, right), high)
    return Picture(picture(name, "matrix", size, title, said + "The table says the same.", parts), table)


class Levels:
    """Counts in five shades, each so many times the one before, so that one large count does not pale all others."""

    def __init__(self, most: int) -> None:
        steps = min(LEVELS, most)
        self.tops: list[int] = []
        for step in range(1, steps):
            self.tops.append(max(step, int(most ** (step / steps)), *(top + 1 for top in self.tops)))
        self.tops.append(most)

    def of(self, count: int) -> int:
        """The shade of a count, 1 (palest) to 5; few shades are spread over all five."""
        place = next((n for n, top in enumerate(self.tops) if count <= top), len(self.tops) - 1)
        if len(self.tops) == 1:
            return 3
        return 1 + round(place * (LEVELS - 1) / (len(self.tops) - 1))

    def legend(self, x: float, y: float, edge: float) -> Iterator[str]:
        """The shades with their counts, in one line; what they count is named where there is room before the edge."""
        low = 1
        for top in self.tops:
            label = str(top) if low >= top else f"{low}–{top}"
            yield element("rect", x=x, y=y - 10, width=14, height=12, rx=2, class_=f"lv-{self.of(top)}")
            yield words(label, x + 19, y, "small faint")
            x += 19 + width(label, SMALL) + 12
            low = top + 1
        if x + width("contacts", SMALL) <= edge:
            yield words("contacts", x, y, "small faint")


def _place(actors: Sequence[Actor], wide: float) -> tuple[_Square, tuple[float, float]]:
    """Where the square lies, and how far right and down the picture goes."""
    roomy = wide >= 600
    size = TEXT if roomy else SMALL
    names = [_called(actor, roomy, 210 if roomy else 112, size) for actor in actors]
    heads = [_called(actor, roomy, 150 if roomy else 84, size, short=not roomy) for actor in actors]
    left = max(width(name, size) for name in names) + 12
    reach = max(width(head, size) for head in heads)
    # Names at the top lean by 50 degrees: they need 0.64 of their length to the right and 0.77 upwards.
    cell = (wide - left - 0.64 * reach) / len(actors)
    cell = max(13.0, min(cell, 34.0 if roomy else 30.0))
    top = 0.77 * reach + 14
    right = left + cell * (len(actors) - 0.5) + 0.64 * reach + 12
    square = _Square(left, top, cell, size, actors, names, heads)
    return square, (right, top + cell * len(actors) + 36)


def _called(actor: Actor, roomy: bool, room: float, size: float, short: bool = False) -> str:
    """What an actor is called where there is so much room: a short name is better than one that is cut."""
    fits = width(actor.label, size) <= room
    return shorten(actor.short if actor.short and (short or (not fits and not roomy)) else actor.label, room, size)


def _names_around(square: _Square, link: TieLink) -> Iterator[str]:
    small = "" if square.size == TEXT else " small"
    for place, actor in enumerate(square.actors):
        middle = square.cell * (place + 0.5)
        # No number: a contact of three is in two pairs of each.
        said = f"contacts of {actor.label}"
        row = words(square.names[place], square.left - 8, square.top + middle + 4, f"end{small}")
        turn = f"translate({number(square.left + middle + 3)} {number(square.top - 7)}) rotate(-50)"
        column = words(square.heads[place], 0, 0, small.strip() or None, transform=turn)
        yield mark(link(actor, None), said, row)
        yield mark(link(actor, None), said, column)


def _cells(square: _Square, pairs: Pairs, levels: Levels, link: TieLink) -> Iterator[str]:
    side = square.cell * len(square.actors)
    yield element("rect", x=square.left, y=square.top, width=side, height=side, class_="field")
    for down, one in enumerate(square.actors):
        for across, other in enumerate(square.actors):
            x, y = square.left + square.cell * across, square.top + square.cell * down
            key = (one.id, other.id) if one.id <= other.id else (other.id, one.id)
            count = pairs.get(key, 0)
            box = {"x": x + 0.75, "y": y + 0.75, "width": square.cell - 1.5, "height": square.cell - 1.5}
            if not count:
                if one is other:
                    yield element("rect", **box, class_="self")
                continue
            level = levels.of(count)
            shapes = [element("rect", **box, rx=1.5, class_=f"lv-{level}")]
            if width(str(count), SMALL) + 3 < square.cell and square.cell >= 15:
                ink = "on-dark" if level >= 4 else "on-light"
                shapes.append(words(str(count), x + square.cell / 2, y + square.cell / 2 + 4, f"small middle {ink}"))
            yield mark(link(one, other), f"{one.label} with {other.label}: {contacts(count)}", *shapes)
