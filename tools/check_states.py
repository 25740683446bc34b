"""Checks the hand-written names of states against the Unicode CLDR.

Prints every state whose CLDR name is in neither list of ``languages/<code>/states.yaml``, and every state without an
adjective. CLDR names differ from newspaper usage here and there ("Türkiye", "Congo - Kinshasa"): the output is for a
reader to judge, it fails nothing. Needs Babel: ``python tools/check_states.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import get_global

LANGUAGES = Path(__file__).parents[1] / "src" / "rozmova" / "languages"
CODES = ("uk", "pl", "ru", "en")


def fold(name: str) -> str:
    """A name in lower case, with one kind of apostrophe and one kind of "and"."""
    for mark in "’ʼ":
        name = name.replace(mark, "'")
    return name.replace("&", "and").lower()


def alpha_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 to alpha-2, as far as CLDR knows them."""
    aliases = get_global("territory_aliases")
    codes = {three: two[0] for three, two in aliases.items() if len(three) == 3 and three.isalpha()}
    return codes | {"XKX": "XK"}


def findings(code: str) -> Iterator[str]:
    """What to look at in the states of one language, a line each."""
    shared: dict[str, Any] = yaml.safe_load((LANGUAGES / "shared" / "states.yaml").read_text(encoding="utf-8"))
    words: dict[str, Any] = yaml.safe_load((LANGUAGES / code / "states.yaml").read_text(encoding="utf-8"))
    territories = Locale(code).territories
    two = alpha_codes()
    for state, about in shared.items():
        entry = words.get(state, {})
        if not entry.get("adjectives"):
            yield f"{code} {state}: no adjective"
        name = territories.get(two.get(state, ""))
        known = {fold(n) for n in (*entry.get("names", ()), *entry.get("exact", ()))}
        if not about.get("former") and name and fold(name) not in known:
            yield f"{code} {state}: CLDR says {name}"


if __name__ == "__main__":
    for language in CODES:
        print("\n".join(findings(language)))
