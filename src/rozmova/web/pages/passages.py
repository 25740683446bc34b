"""What articles say of a contact, passage by passage: words that stand close together are shown once, all marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from rozmova.exports.fields import FIELDS
from rozmova.records import Account, Evidence, MergedContact
from rozmova.web.marks import Mark, Piece, cut

CONTEXT = 140
"""Characters around words that are shown with them."""

_NEAR = 200
"""Words no further apart than this share a passage."""

_HEADINGS = {field.name: field.heading for field in FIELDS}


class Support(Struct, frozen=True, kw_only=True):
    """Words of a passage, the fields that rest on them, and the rule that read them."""

    words: str
    fields: tuple[str, ...]
    rule: str


class Passage(Struct, frozen=True, kw_only=True):
    """A part of an article in pieces, some of them marked."""

    pieces: tuple[Piece, ...]
    supports: tuple[Support, ...]


def passages(contact: MergedContact, texts: Mapping[str, str]) -> dict[str, tuple[Passage, ...]]:
    """The passages of each article, in the order of its text, by its id."""
    found: dict[str, list[Evidence]] = {}
    for account in contact.accounts:
        found.setdefault(account.article, []).extend(_evidence(account))
    return {id: tuple(_passage(texts.get(id, ""), near) for near in _together(some)) for id, some in found.items()}


def _evidence(account: Account) -> Iterator[Evidence]:
    return (e for e in account.contact.evidence if _fields(e))


def _fields(evidence: Evidence) -> tuple[str, ...]:
    return tuple(heading for name, heading in _HEADINGS.items() if name in evidence.supports)


def _together(evidence: Sequence[Evidence]) -> Iterator[list[Evidence]]:
    near: list[Evidence] = []
    for one in sorted(evidence, key=lambda e: (e.start, e.end)):
        if near and one.start - max(e.end for e in near) > _NEAR:
            yield near
            near = []
        near.append(one)
    if near:
        yield near


def _passage(text: str, near: Sequence[Evidence]) -> Passage:
    supports: dict[tuple[str, str], dict[str, None]] = {}
    for e in near:
        supports.setdefault((e.text, e.rule), {}).update(dict.fromkeys(_fields(e)))
    return Passage(
        pieces=_pieces(text, near),
        supports=tuple(
            Support(words=words, fields=tuple(fields), rule=rule) for (words, rule), fields in supports.items()
        ),
    )


def _pieces(text: str, near: Sequence[Evidence]) -> tuple[Piece, ...]:
    first, last = near[0].start, max(e.end for e in near)
    if not text:
        return tuple(Piece(text=e.text, kinds=("contact",)) for e in near)
    start, end = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    if start:
        start = min(first, text.find(" ", start) + 1 or first)
    if end < len(text):
        end = max(last, text.rfind(" ", last, end))
    marks = [
        Mark(id=str(n), kind="contact", start=e.start - start, end=e.end - start, label="", rule="")
        for n, e in enumerate(near)
    ]
    cuts = cut(text[start:end], marks)
    before = (Piece(text="… "),) if start else ()
    after = (Piece(text=" …"),) if end < len(text) else ()
    return (*before, *cuts, *after)
