"""What is demanded, and where each item of a list of demands begins.

"Russia wants a ban on A, a pledge of B and guarantees of C" demands three things, "wants tanks and planes withdrawn"
one. What is demanded begins with a noun that names an action or a good (the cue ``demanded`` of ``statements.yaml``,
and every verbal noun that a dictionary knows), with an infinitive, or with a subordinating conjunction; the items of a
list begin alike, behind commas and "and".
"""

from __future__ import annotations

from typing import NamedTuple

from rozmova.contacts.view import View
from rozmova.statements.words import SpeechWords
from rozmova.text.tokens import MARK

_REACH = 6
"""Tokens between a verb and what is demanded at most: to whom it is said may stand there."""
_BEFORE_HEAD = ("ADJ", "DET", "NUM", "ADP", "ADV", "PRON")
"""Parts of speech of what may stand before the noun that an item begins with."""
_NOUN, _INFINITIVE, _CLAUSE = "noun", "infinitive", "clause"


class Opening(NamedTuple):
    """The word that an item of a list begins with: which token, what it is, and in which ``forms``.

    Those are the cases of a noun (none: no telling) and the word itself for a conjunction.
    """

    head: int
    kind: str
    forms: frozenset[str]

    def like(self, other: Opening) -> bool:
        """Whether both begin items of one list."""
        alike = self.kind == other.kind
        return alike and (not self.forms or not other.forms or bool(self.forms & other.forms))


def demanded(words: SpeechWords, view: View, first: int, end: int) -> Opening | None:
    """The first thing demanded behind a verb that ends at token ``first``; None where something else follows."""
    for i in range(first, min(first + _REACH, end)):
        token = view.analysis.tokens[i]
        opening = _opening(words, view, i, end)
        if opening is not None:
            return opening
        if view.finite(i) or (token.kind == MARK and token.text not in ",:"):
            return None
    return None


def wanted(words: SpeechWords, view: View, first: int) -> bool:
    """Whether others are to do what follows a verb such as "want": a thing, or a clause behind a comma."""
    one = demanded(words, view, first, view.end)
    if one is None or one.kind == _INFINITIVE:
        return False
    return one.kind == _NOUN or view.analysis.tokens[one.head - 1].text == ","


def item(words: SpeechWords, view: View, first: int, end: int) -> Opening | None:
    """What an item that begins at token ``first`` opens with, attributes of its noun passed over; None for no item."""
    for i in range(first, min(first + _REACH, end)):
        opening = _opening(words, view, i, end)
        if opening is not None:
            return opening
        token = view.analysis.tokens[i]
        if i in view.names or not any(token.has(pos) for pos in _BEFORE_HEAD):
            return None
    return None


def deeper(words: SpeechWords, view: View, one: Opening, separator: int) -> bool:
    """Whether "and" joins what stands within an item: "answers on the arrest and expulsion of X" are one demand."""
    before = separator - 1
    near = before <= one.head + 1 or view.analysis.tokens[separator].text == ","
    return not near and _opening(words, view, before, separator) is not None


def _opening(words: SpeechWords, view: View, i: int, end: int) -> Opening | None:
    tokens = view.analysis.tokens
    token = tokens[i]
    if i in view.names:
        return None
    verbal = {m.case for m in token.morphs if m.verbform == "Vnoun"}
    nouns = {m.case for m in token.morphs if m.pos == "NOUN"} if _listed(words, view, i, end) else verbal
    if nouns:
        return Opening(i, _NOUN, frozenset(c for c in nouns if c))
    forms = {m.verbform for m in token.morphs if m.pos == "VERB"}
    if "Inf" in forms and ("Fin" not in forms or tokens[i - 1].low in view.grammar.infinitive):
        return Opening(i, _INFINITIVE, frozenset())
    return Opening(i, _CLAUSE, frozenset((token.low,))) if token.keys & view.frames.openers else None


def _listed(words: SpeechWords, view: View, i: int, end: int) -> bool:
    return any(m.payload == "demanded" for m in words.cues.at(view.analysis.tokens, i, end))
