"""Which language an article is in."""

from __future__ import annotations

import py3langid

from rozmova.languages import loader
from rozmova.text.analysis import analyst
from rozmova.text.script import fold_word
from rozmova.text.tokens import WORD, cut

_SAMPLE = 3_000
"""Characters that are enough to tell a language."""
_ENOUGH = 40
"""Letters below which the script and letters of the languages decide alone."""
_LONG = 400
"""Letters from which the guess needs no help: names are few among them."""
_CLOSE = 10.0
"""How far (natural logarithms) a language may lie behind the first guess, which foreign names drew there."""


def detect(text: str) -> tuple[str, bool]:
    """The language code of a text and whether the product can read it.

    ``py3langid`` names the language; the letters of the language data then settle what it takes for a neighbour
    (short Ukrainian for Bulgarian or Belarusian): a text with a language's own letters and none foreign to it is in it.
    A short text that seems to be in another language because of the names in it (``Scholz met Macron in Paris``) is in
    the one close behind whose dictionary knows all its ordinary words.
    """
    sample = text[:_SAMPLE]
    ranks = {code: float(rank) for code, rank in py3langid.rank(sample)}
    guess = next(iter(ranks))
    supported = loader.codes()
    letters = [c for c in sample.lower() if c.isalpha()]
    if guess in supported and len(letters) >= _ENOUGH:
        return guess, True
    present = set(letters)
    for code in supported:
        marks = loader.describe(code).get("letters", {})
        own, foreign = set(marks.get("own", "")), set(marks.get("foreign", ""))
        if present & own and not present & foreign and len(letters) < _LONG:
            return code, True
    if guess not in supported and len(letters) < _LONG:
        near = (code for code in ranks if code in supported and ranks[guess] - ranks[code] <= _CLOSE)  # best first
        guess = next((code for code in near if _knows(code, sample)), guess)
    return guess, guess in supported and len(letters) > 0


def _knows(code: str, text: str) -> bool:
    """Whether a language's dictionary has every word of a text that is no name, and there are two."""
    found = (text[start:end] for start, end, kind in cut(text, analyst(code).clitics) if kind == WORD)
    words = {fold_word(word) for word in found if word.islower() and len(word) > 1}
    return len(words) > 1 and all(any(m.known for m in analyst(code).readings(word, False)[0]) for word in words)
