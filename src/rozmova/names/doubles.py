"""Adjectives of two states: "polsko-ukraiński", "американо-російський" name both, the first one cut short.

The first part is the adjective without its ending, or without its suffix too, and a joining vowel.
"""

from __future__ import annotations

from functools import cache

from rozmova.languages import loader
from rozmova.text.script import fold_word
from rozmova.text.tokens import Token

_SUFFIX = 5
"""Letters that the first part may lack of the whole adjective: "американ" of "американский"."""
_LEAST = 4


@cache
def _adjectives(code: str) -> dict[str, str]:
    """The adjectives of states in the nominative, one word each -> the state."""
    table = loader.table(code, "states")
    words = ((fold_word(str(w)), key) for key, about in table.items() for w in about.get("adjectives", ()))
    return {word: key for word, key in words if " " not in word and "-" not in word}


@cache
def _begun(code: str, stem: str) -> str | None:
    """The state whose adjective begins with a stem and goes on no longer than its suffix; the shortest one wins."""
    fitting = [w for w in _adjectives(code) if w.startswith(stem) and len(w) - len(stem) <= _SUFFIX]
    return _adjectives(code)[min(fitting, key=len)] if fitting else None


def two_states(code: str, token: Token) -> tuple[str, str] | None:
    """The codes of the two states that a token names, in its order; None for any other word."""
    first, _, second = token.low.partition("-")
    if not second or "-" in second or len(first) <= _LEAST or (token.capital and token.text.isupper()):
        return None
    lemmas = {m.lemma.partition("-")[2] for m in token.morphs if "-" in m.lemma} | {second}
    other = next((_adjectives(code)[w] for w in lemmas if w in _adjectives(code)), None) or _begun(code, second[:-2])
    one = _begun(code, first[:-1])
    return (one, other) if one is not None and other is not None and one != other else None
