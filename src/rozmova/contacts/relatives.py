"""Whom a relative pronoun means where it is no subject: "Zelensky, with whom Macron spoke", "Лавров, которого принял".

The name before the comma stands in the pronoun's place too, in its case and behind its preposition. The pronoun must
agree with it: "розмова з Меркель, які" speaks of somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rozmova.languages.grammar import Grammar
from rozmova.names.groups import Group
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import Token

_PLACES = ("place",)


def with_relatives(analysis: Analysis, groups: Sequence[Group], grammar: Grammar, first: int, end: int) -> list[Group]:
    """The groups of a sentence (tokens ``first`` to ``end``) with one more for each such pronoun, in text order."""
    tokens = analysis.tokens
    found = list(groups)
    for i in range(first + 2, end):
        if not tokens[i].keys & grammar.relatives:
            continue
        behind = i - 1 if tokens[i - 1].has("ADP") else i
        if tokens[behind - 1].text != ",":
            continue
        preposition = tokens[i - 1].low if behind < i else ""
        found = [_freed(group, i, preposition, tokens) for group in found]
        before = next((g for g in found if g.end == behind - 1), None)
        cases = frozenset(m.case for m in tokens[i].morphs if m.case) - {"Nom"}
        if before is None or before.members[0].mention.kind in _PLACES:
            continue
        meant = _meant(before, tokens[i])
        if meant is not None and (cases or not grammar.has_cases):
            cases = cases if grammar.has_cases else frozenset(("Obl",) if preposition else ("Acc",))
            found.append(replace(meant, first=i, end=i + 1, preposition=preposition, cases=cases))
    return sorted(found, key=lambda g: g.first)


def _freed(group: Group, pronoun: int, preposition: str, tokens: Sequence[Token]) -> Group:
    """A name behind the pronoun, past adjectives, is not governed by the preposition before it."""
    near = pronoun < group.first <= pronoun + 3 and group.preposition == preposition != ""
    if not near or any(t.low == preposition for t in tokens[pronoun + 1 : group.first]):
        return group
    return replace(group, preposition="", cases=group.members[0].mention.cases or frozenset(("Nom", "Acc")))


def _meant(before: Group, pronoun: Token) -> Group | None:
    """The members of a group that the pronoun agrees with: all of a list for a plural, else the last; None for none."""
    numbers = {m.number for m in pronoun.morphs if m.number}
    genders = {m.gender for m in pronoun.morphs if m.gender}
    if numbers == {"Plur"}:
        return before if before.plural else None
    last = before.members[-1]
    own = last.actor.gender if last.actor is not None and last.actor.kind == "person" else last.mention.gender
    if last.mention.plural or (own and genders and own not in genders):
        return None
    return replace(before, members=(last,))
