"""When a party, a date or a span that was read is the one of the gold: the tolerant comparisons behind the scores.

Names are compared in a romanised, lower-case form with a little room for spelling, because canonical English spellings
of one person differ between sources. Predicted values come first in every comparison; the order matters, since the
similarity measure is not symmetric.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Protocol

Spans = list[tuple[int, int]]
"""Places in a text, code points from its start, end exclusive."""

_SURNAME, _FIRST_NAME, _WHOLE = 0.85, 0.6, 0.9  # how alike two spellings of one name must be
_NOT_PLAIN = re.compile(r"[^a-z0-9 ]+")
_QUALIFIERS = re.compile(r"[?~%\[\]{}\s]")
_SEPARATOR = re.compile(r"[/,]|\.\.")
_DAY = re.compile(r"(\d[\dX]{3})(?:-([\dX]{2}))?(?:-([\dX]{2}))?")


class Side(Protocol):
    """What both a party that was read and a gold party have."""

    @property
    def name(self) -> str:
        """The canonical English name."""

    @property
    def kind(self) -> str:
        """The sort of party: person, office, state or organisation."""

    @property
    def affiliation(self) -> str | None:
        """The code of its state or organisation, if known."""


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """The name in lower-case ASCII letters and digits; what has no such form is dropped."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub(" ", ascii_only.lower()).strip()


def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b).ratio()


@lru_cache(maxsize=10_000)
def same_person(predicted: str, gold: str) -> bool:
    """Whether two English names may mean one person: like surnames whose first names do not disagree, if both given."""
    a, b = plain(predicted), plain(gold)
    if not a or not b:
        return False
    words_a, words_b = a.split(), b.split()
    if _alike(words_a[-1], words_b[-1]) < _SURNAME:
        return _alike(a, b) >= _WHOLE
    first_a, first_b = words_a[0], words_b[0]
    surname_only = len(words_a) == 1 or len(words_b) == 1
    return surname_only or first_a[0] == first_b[0] or _alike(first_a, first_b) > _FIRST_NAME


def same_party(predicted: Side, gold: Side) -> bool:
    """Whether a party is the gold one.

    A person must be that person. Otherwise the same affiliation or the same name is enough: how far a state, its
    government and an unnamed minister are told apart is a matter of taste. A person may stand for a gold office, since
    an office may be resolved to its holder, but not for a state or an organisation.
    """
    if gold.kind == "person":
        return predicted.kind == "person" and same_person(predicted.name, gold.name)
    if predicted.kind == "person" and gold.kind != "office":
        return False
    same_affiliation = (predicted.affiliation or "").upper() == (gold.affiliation or "").upper()
    return same_affiliation or plain(predicted.name) == plain(gold.name)


def shared_parties(predicted: Sequence[Side], gold: Sequence[Side]) -> int:
    """How many parties agree; each gold party is given to the first predicted one that fits it."""
    left = list(gold)
    for party in predicted:
        hit = next((i for i, other in enumerate(left) if same_party(party, other)), None)
        if hit is not None:
            del left[hit]
    return len(gold) - len(left)


def party_agreement(predicted: Sequence[Side], gold: Sequence[Side]) -> float:
    """F1 of the parties, 0 to 1."""
    return 2 * shared_parties(predicted, gold) / ((len(predicted) + len(gold)) or 1)


def days(edtf: str) -> tuple[str, str] | None:
    """The first and the last day a date allows, as strings that sort by time; None if it cannot be read.

    Qualifiers and times of day are ignored; an interval or a set reaches from its first to its last day. An open
    interval cannot be read. The last day of any month is written 31, which is enough for comparing.
    """
    first, last = [], []
    for part in _SEPARATOR.split(_QUALIFIERS.sub("", edtf)):
        match = _DAY.match(part)
        if match is None:
            return None
        year, month, day = match.groups()
        first.append("-".join((year.replace("X", "0"), _filled(month, "01", "0"), _filled(day, "01", "0"))))
        last.append("-".join((year.replace("X", "9"), _filled(month, "12", "9"), _filled(day, "31", "9"))))
    return min(first), max(last)


def _filled(digits: str | None, unknown: str, digit: str) -> str:
    return unknown if digits in (None, "XX") else str(digits).replace("X", digit)


def date_agrees(predicted: str | None, gold: str | None, also: Iterable[str] = ()) -> bool:
    """Whether the predicted days lie within the gold days or the date is one of ``also``; any will do for gold null."""
    if not gold:
        return True
    if not predicted:
        return False
    if predicted.replace(" ", "") in also:
        return True
    inner, outer = days(predicted), days(gold)
    return inner is not None and outer is not None and outer[0] <= inner[0] and inner[1] <= outer[1]


def places(text: str, words: Iterable[str]) -> Spans:
    """Where each of the substrings stands first in the text; one that is not there is left out."""
    starts = ((text.find(piece), len(piece)) for piece in words)
    return [(start, start + length) for start, length in starts if start >= 0]


def overlap(a: Spans, b: Spans) -> bool:
    """Whether any span of the one shares a character with any of the other."""
    return any(start < other_end and other_start < end for start, end in a for other_start, other_end in b)
