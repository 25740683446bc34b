"""Names of states that the Unicode CLDR has and the hand-written language data have not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from babel import Locale
from babel.core import get_global

from rozmova.languages.loader import SHARED, table

LANGUAGES = ("uk", "pl", "ru", "en")
HEAD = "# Names of states in the Unicode CLDR that languages/ lacks; written by tools.actors. Columns: alpha-3, "
ODD = re.compile(r"[()\[\]]| [-–—] ")  # "Myanmar (Burma)", "Congo - Kinshasa": to tell two apart, not as texts write it
# ISO 3166-1 has no code for Kosovo; this one is in general use.
OWN_CODES = {"XKX": "XK"}


def lines() -> list[str]:
    """Lines of states-cldr.tsv: alpha-3 and a name or nothing for each language; no line for a state without a name."""
    rows = [(state, [_new_name(state, code) for code in LANGUAGES]) for state in _states()]
    return [HEAD + ", ".join(LANGUAGES), *("\t".join((state, *names)) for state, names in rows if any(names))]


def report() -> Iterator[str]:
    """What a reader may want to look at, a line each: states without a name or an adjective in a language."""
    for code in LANGUAGES:
        words: dict[str, Any] = table(code, "states")
        for state in _states():
            entry = words.get(state, {})
            for key in ("names", "adjectives"):
                if not entry.get(key):
                    yield f"{code} {state}: no {key}"


def _states() -> list[str]:
    return [state for state, about in table(SHARED, "states").items() if not about.get("former")]


def _new_name(state: str, code: str) -> str:
    """CLDR's name of a state, or "" when the language data have it, or when it is no name as texts write it."""
    aliases = get_global("territory_aliases")
    name = str(Locale(code).territories.get(OWN_CODES.get(state) or next(iter(aliases.get(state, ())), ""), ""))
    entry = table(code, "states").get(state, {})
    known = [_plain(each) for each in (*entry.get("names", ()), *entry.get("exact", ()))]
    # A word that the language has only inside a longer name is an ordinary word too: "Республіка Того", and "того".
    inside = any(f" {_plain(name)} " in f" {each} " for each in known)
    return "" if inside or ODD.search(name) else name


def _plain(name: str) -> str:
    return name.replace("’", "'").replace("ʼ", "'").replace("&", "and").lower()
