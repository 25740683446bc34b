"""Text with marks over it that may overlap in any way, cut into pieces of which each knows the marks that cover it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct


class Mark(Struct, frozen=True, kw_only=True):
    """Some characters of a text, what kind of thing they are, and what is known of them.

    ``id`` is unique on the page and plain letters and digits.
    """

    id: str
    kind: str
    start: int
    end: int
    label: str
    rule: str


class Piece(Struct, frozen=True, kw_only=True):
    """Characters under the same marks. ``kinds`` are sorted; ``begins`` are the ids of the marks that begin here."""

    text: str
    kinds: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    label: str = ""


def cut(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The pieces of the text in order; together they are the text unchanged.

    Marks are held to the text: one outside of it, or empty, is left out.
    """
    held = [m for m in marks if 0 <= m.start < min(m.end, len(text))]
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in held:
        starts.setdefault(mark.start, []).append(mark)
        ends.setdefault(min(mark.end, len(text)), []).append(mark)
    edges = sorted({0, len(text), *starts, *ends})
    pieces: list[Piece] = []
    active: dict[str, Mark] = {}
    for start, end in pairwise(edges):
        for mark in ends.get(start, ()):
            active.pop(mark.id, None)
        begun = starts.get(start, [])
        active |= {mark.id: mark for mark in begun}
        shortest = sorted(active.values(), key=lambda m: (m.end - m.start, m.id))
        pieces.append(
            Piece(
                text=text[start:end],
                kinds=tuple(sorted({mark.kind for mark in shortest})),
                begins=tuple(mark.id for mark in begun),
                label="; ".join(dict.fromkeys(f"{mark.label} ({mark.rule})" for mark in shortest if mark.label)),
            )
        )
    return tuple(pieces)


class Excerpt(Struct, frozen=True, kw_only=True):
    """Words of a text with some of what stands around them."""

    before: str
    words: str
    after: str


def excerpt(text: str, start: int, end: int, words: str, context: int = 140) -> Excerpt:
    """The words with their context, cut at spaces; without the text, the words alone."""
    before, after = text[max(0, start - context) : start], text[end : end + context]
    if start > context:
        before = "… " + before.partition(" ")[2]
    if end + context < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Excerpt(before=before, words=words, after=after)
