"""States, places and organisations by their names, whatever language those are in: what search knows them by.

The names are those of ``languages/<xx>/states.yaml``, ``places.yaml`` and ``organisations.yaml``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rozmova.languages import loader
from rozmova.text.script import fold_word

_PATTERN = re.compile(r"[|<>~]")
"""In what is no name, but a pattern of names."""
_TABLES = ("states", "places", "organisations")


class Known(NamedTuple):
    """Something that the language data names: its identifier, as mentions of it have it, and its English label."""

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
    for table in _TABLES:
        shared = loader.table(loader.SHARED, table)
        for code in loader.codes():
            for key, words in loader.table(code, table).items():
                about = shared.get(key, {})
                known = Known(about.get("qid") or f"x:{key.lower()}", about.get("label", key))
                for name in (*words.get("names", ()), *words.get("exact", ())):
                    if not _PATTERN.search(name):
                        found[fold_word(name)].add(known)
    return {name: frozenset(some) for name, some in found.items()}
