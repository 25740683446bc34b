"""States, places and organisations by their names, whatever language those are in: what search knows them by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rozmova.languages import loader
from rozmova.names.lexicon import ORGANISATION, PLACE, SEAT, STATE, proper_names
from rozmova.text.script import fold_word

_KINDS = frozenset({STATE, ORGANISATION, SEAT, PLACE})
"""Adjectives and residents name no thing by itself."""


class Known(NamedTuple):
    """Something that the language data name: its identifier, as mentions of it have it, and its English label."""

    id: str
    label: str


def known_as(name: str) -> frozenset[Known]:
    """What has this name in some language: in the nominative, or a form that the data list; empty for none.

    Capitals do not matter, so a word that is a name and an ordinary word as well means what it names too.
    """
    return _names().get(fold_word(name), frozenset())


@cache
def _names() -> Mapping[str, frozenset[Known]]:
    found: dict[str, set[Known]] = defaultdict(set)
    for code in loader.codes():
        for name, entry, _ in proper_names(code):
            if entry.kind in _KINDS:
                found[fold_word(name)].add(Known(entry.id, entry.label))
    return {name: frozenset(some) for name, some in found.items()}
