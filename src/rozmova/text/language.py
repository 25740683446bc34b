"""Which language an article is in."""

from __future__ import annotations

import py3langid

from rozmova.languages import loader

_SAMPLE = 3_000
"""Characters that are enough to tell a language."""
_ENOUGH = 40
"""Letters below which the script and letters of the languages decide alone."""


def detect(text: str) -> tuple[str, bool]:
    """The language code of a text and whether the product can read it.

    ``py3langid`` names the language; the letters of the language data then settle what it takes for a neighbour
    (short Ukrainian for Bulgarian or Belarusian): a text with a language's own letters and none foreign to it is in it.
    """
    sample = text[:_SAMPLE]
    guess: str = py3langid.classify(sample)[0]
    supported = loader.codes()
    letters = [c for c in sample.lower() if c.isalpha()]
    if guess in supported and len(letters) >= _ENOUGH:
        return guess, True
    present = set(letters)
    for code in supported:
        marks = loader.describe(code).get("letters", {})
        own, foreign = set(marks.get("own", "")), set(marks.get("foreign", ""))
        if present & own and not present & foreign and len(letters) < 10 * _ENOUGH:
            return code, True
    return guess, guess in supported and len(letters) > 0
