"""Clauses of a sentence, roughly: where one finite verb's reach ends, and what governs a word inside it.

No parser runs here. Commas, dashes, brackets and quotation marks cut a sentence into pieces; a piece with a finite verb
or a subordinating word is a clause of its own, one without goes on with the clause before it (lists, appositions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rozmova.languages.grammar import Grammar
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK, Token

_BARE_OPENER = 2
"""A comma and a subordinating word, whose verb comes after an insertion: ", який, за словами речника, прибув"."""
_CUTS = frozenset(',;:—–()[]"“”„«»…')


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens ``first`` to ``end``; ``relative`` when a subordinating word opens it; ``verb`` its first finite verb.

    ``pronoun``: the opening word is a relative pronoun ("who", "który") and no conjunction ("that", "że").
    """

    first: int
    end: int
    relative: bool
    verb: int | None
    pronoun: bool = False


def verbs(
    analysis: Analysis, first: int, end: int, names: frozenset[int], grammar: Grammar | None = None
) -> frozenset[int]:
    """The finite verbs of a sentence, none of them inside ``names``.

    The language's ``grammar`` tells which words stand behind nothing but verbs, and which forms are always verbs or
    never, whatever a dictionary makes of them.

    When no word is one in its likeliest reading, words that can be one count ("посол привіз": brought, or delivery).
    """
    always = grammar.finite_words if grammar else frozenset()
    never = grammar.not_finite if grammar else frozenset()
    reflexive = grammar.reflexive if grammar else frozenset()
    tokens = [t for t in analysis.tokens[first:end] if t.i not in names and t.low not in never]
    sure = frozenset(
        t.i for t in tokens if finite(t) or (t.verb() and (t.low in always or _before(analysis, t, reflexive)))
    )
    return sure or frozenset(t.i for t in tokens if t.verb() and not t.capital)


def _before(analysis: Analysis, token: Token, words: frozenset[str]) -> bool:
    return token.i + 1 < len(analysis.tokens) and analysis.tokens[token.i + 1].low in words


def finite(token: Token) -> bool:
    """True when a word is a finite verb in its likeliest reading, or can be one and is not a capitalised name."""
    if not token.morphs or (token.capital and token.morphs[0].verbform != "Fin"):
        return False
    verb = token.verb()
    if verb is None:
        return False
    return token.morphs[0].verbform == "Fin" or not any(m.pos in ("NOUN", "ADP", "CCONJ") for m in token.morphs)


def clauses(
    analysis: Analysis,
    first: int,
    end: int,
    openers: frozenset[str],
    found_verbs: frozenset[int],
    lists: frozenset[int] = frozenset(),
    commas: bool = True,
) -> list[Clause]:
    """The clauses of a sentence in order, covering all its tokens.

    ``openers`` are the language's subordinating words; ``found_verbs`` its finite verbs, and
    ``lists`` tokens inside lists of names, where no comma cuts. ``commas`` says that the language sets a comma before
    every clause; where it does not, a subordinating word cuts by itself.
    """
    tokens = analysis.tokens
    pieces: list[tuple[int, int]] = []
    start = first
    for i in range(first, end):
        if i in lists:
            continue
        if (tokens[i].kind == MARK and tokens[i].text in _CUTS) or (tokens[i].text in ("-",) and not tokens[i].glued):
            if i > start:
                pieces.append((start, i))
            start = i
        elif not commas and i > start + 1 and tokens[i].low in openers and not _determiner(tokens, i, end):
            pieces.append((start, i))
            start = i
    pieces.append((start, end))
    found: list[Clause] = []
    for a, b in pieces:
        verb = next((i for i in range(a, b) if i in found_verbs), None)
        opened = _opened(tokens, a, b, openers)
        if found and verb is None and (opened is None or b - a > _BARE_OPENER):
            last = found[-1]
            if not last.relative or tokens[a].text == ",":
                found[-1] = Clause(last.first, b, last.relative, last.verb, last.pronoun)
                continue
        if found and found[-1].verb is None and not found[-1].relative and opened is None and verb is not None:
            last = found.pop()
            found.append(Clause(last.first, b, last.relative, verb))
            continue
        found.append(Clause(a, b, opened is not None, verb, opened is not None and _pronoun(opened)))
    return found


def _determiner(tokens: Sequence[Token], i: int, end: int) -> bool:
    """ "that meeting": the word belongs to a noun and opens nothing; "that talks" does."""
    if i + 1 < end and tokens[i].low == "that" and tokens[i + 1].morphs and tokens[i + 1].morphs[0].number == "Plur":
        return False
    return i + 1 < end and bool(tokens[i + 1].morphs) and tokens[i + 1].morphs[0].pos in ("NOUN", "ADJ", "ADP")


def _pronoun(token: Token) -> bool:
    """A word that declines and is no conjunction."""
    return not any(token.has(pos) for pos in ("SCONJ", "CCONJ", "ADV")) and any(
        token.has(pos) for pos in ("PRON", "DET", "ADJ")
    )


def _opened(tokens: Sequence[Token], a: int, b: int, openers: frozenset[str]) -> Token | None:
    """The subordinating word at the beginning of the piece, perhaps behind a comma and a preposition."""
    for token in tokens[a : min(a + 3, b)]:
        if token.keys & openers and not (token.i == b - 1 and token.i > a and tokens[token.i - 1].has("ADP")):
            return token  # but "before that" opens nothing
        if token.kind != MARK and not token.has("ADP"):
            return None
    return None


def clause_of(found: Sequence[Clause], i: int) -> Clause:
    """The clause that token ``i`` lies in."""
    return next(c for c in found if c.first <= i < c.end)


def governor(clause: Clause, i: int, found_verbs: frozenset[int]) -> int | None:
    """The finite verb that token ``i`` most likely depends on: the nearest to the left in its clause, else right."""
    left = next((j for j in range(i - 1, clause.first - 1, -1) if j in found_verbs), None)
    right = next((j for j in range(i + 1, clause.end) if j in found_verbs), None)
    if left is not None and right is not None:
        return left if i - left <= 2 * (right - i) else right
    return left if left is not None else right
