"""Mentions joined by "and" or commas stand in one slot together: "з Байденом, Шольцом та Макроном"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rozmova.languages.grammar import Grammar, grammar
from rozmova.names.agreement import agree
from rozmova.names.identity import Named
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK, Token

_PEOPLE = ("person", "office", "colleague", "group", "pronoun", "pair")
_QUOTES = frozenset('"”“»')
_TIES = frozenset("-–")


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions in one grammatical place: tokens ``first`` to ``end``, the preposition before them ('' for none)."""

    members: tuple[Named, ...]
    first: int
    end: int
    preposition: str
    cases: frozenset[str]

    @property
    def plural(self) -> bool:
        """True when several are meant."""
        return len(self.members) > 1 or self.members[0].mention.plural or self.members[0].mention.kind == "pair"


def groups(analysis: Analysis, named: Sequence[Named], sentence_first: int) -> list[Group]:
    """The coordinated groups of a sentence's mentions, in text order; the sentence begins at ``sentence_first``."""
    language = grammar(analysis.lang)
    found: list[Group] = []
    for one in named:
        mention = one.mention
        preposition = _preposition(analysis.tokens, mention.first, sentence_first)
        if preposition and not mention.cases - {"Nom", "Voc"} and _adverb(analysis.tokens, mention.first):
            preposition = ""  # "Напередодні Шольц побував у Києві"
        if preposition in language.clause_prepositions and mention.end < len(analysis.tokens):
            # "after Biden had left": before a subject such a word governs nothing
            preposition = "" if analysis.tokens[mention.end].verb() else preposition
        cases = mention.cases if language.has_cases else _by_place(analysis, mention.end, preposition)
        if preposition and not cases - {"Nom", "Voc"}:
            # no preposition governs these: it belongs to a word between ("об этом он сказал"), or right before them
            # stands a word that does not decline ("z prezydent Tajwanu")
            beside = analysis.tokens[mention.first - 1].low == preposition
            preposition, cases = (preposition, frozenset()) if beside else ("", cases)
        last = found[-1] if found else None
        # without cases only the first member of a list shows its place: "between Joe Biden and Vladimir Putin"
        shared = last.cases if last and not language.has_cases and not preposition else cases
        if last and _joined(analysis, last, one, preposition, shared):
            found[-1] = Group(
                (*last.members, one), last.first, mention.end, last.preposition, last.cases & shared or last.cases
            )
        else:
            found.append(Group((one,), mention.first, mention.end, preposition, cases))
    return [part for group in found for part in _apart(analysis, group)]


def _apart(analysis: Analysis, group: Group) -> list[Group]:
    """ "In a letter to X, Y said", "Jak podała Psaki, Biden przybył" are no lists: only a comma joins the two."""
    first, *rest = group.members
    between = analysis.tokens[first.mention.end : rest[0].mention.first] if len(rest) == 1 else ()
    if [t.text for t in between] != [","] or _same(first, rest[0]):
        return [group]
    if grammar(analysis.lang).has_cases:
        if group.preposition or "Nom" not in group.cases:
            return [group]
        behind = Group((rest[0],), rest[0].mention.first, group.end, "", rest[0].mention.cases)
        return [Group((first,), group.first, first.mention.end, "", first.mention.cases), behind]
    if not group.preposition:
        return [group]
    behind = Group((rest[0],), rest[0].mention.first, group.end, "", frozenset(("Nom", "Acc")))
    return [Group((first,), group.first, first.mention.end, group.preposition, group.cases), behind]


def _same(one: Named, other: Named) -> bool:
    """An apposition: two phrases for one actor."""
    return one.actor is not None and other.actor is not None and one.actor.id == other.actor.id


def _preposition(tokens: Sequence[Token], first: int, start: int) -> str:
    """The preposition that governs a phrase, past adjectives and articles before it."""
    for i in range(first - 1, max(first - 5, start) - 1, -1):
        token = tokens[i]
        if _governs(token) and (not token.capital or i == start):
            return token.low
        if not any(token.has(pos) for pos in ("ADJ", "DET", "NUM", "PRON")):
            return ""
    return ""


def _governs(token: Token) -> bool:
    """A preposition; the dictionary's with a nominative is none ("między Rosją a Ukrainą" is a list)."""
    return any(m.pos == "ADP" and m.case != "Nom" for m in token.morphs)


def _adverb(tokens: Sequence[Token], first: int) -> bool:
    return tokens[first - 1].has("ADV")


def _by_place(analysis: Analysis, end: int, preposition: str) -> frozenset[str]:
    """Where a language has no cases, the possessive and prepositions say what they would."""
    possessives = grammar(analysis.lang).possessives
    if end < len(analysis.tokens) and analysis.tokens[end].low in possessives:
        return frozenset(("Gen",))
    return frozenset(("Obl",)) if preposition else frozenset(("Nom", "Acc"))


def _list_between(
    between: Sequence[Token], last: Group, one: Named, preposition: str, language: Grammar
) -> bool | None:
    """Whether a comma or conjunction stands between two members of a list; None where something else does."""
    conjunction = False
    name = one.mention.name
    colleague = name is not None and one.mention.office is None and one.mention.first < name.first
    for n, token in enumerate(between):
        if token.text in _QUOTES and token.glued and conjunction:
            return None  # a quotation ends here: "... trust them," Kallas said
        if token.has("CCONJ") or token.text == ",":
            conjunction = True
        elif token.low == preposition and variants(preposition, last.preposition, language):
            continue
        elif n == 1 and between[0].has("CCONJ") and token.has("DET") and one.mention.kind != "pair":
            continue  # "between Russia and the United States"
        elif colleague and token is between[-1] and any(token.has(pos) for pos in ("PRON", "DET", "ADJ")):
            continue  # "Baerbock and her Dutch colleague Hoekstra"
        elif (token.kind != MARK and token.low not in language.joins | language.then) or token.text in ".:;—–()":
            return None
    return conjunction


def _both_bare(last: Group, one: Named) -> bool:
    """Two people or two states, each by name alone in the nominative: "Blinken - Ławrow"."""
    kinds = {last.members[-1].mention.kind, one.mention.kind}
    bare = all(
        n.mention.office is None and (not n.mention.cases or "Nom" in n.mention.cases) for n in (last.members[-1], one)
    )
    return len(last.members) == 1 and len(kinds) == 1 and bare and not last.preposition


def _joined(analysis: Analysis, last: Group, one: Named, preposition: str, cases: frozenset[str]) -> bool:
    """Only commas, "and", signs and a repeated preposition stand between two members of one list."""
    if one.mention.first < last.end:
        return True  # "the presidents of A and B": one phrase, several actors
    between = analysis.tokens[last.end : one.mention.first]
    if not between and last.members[-1].mention.name and one.mention.name and one.mention.office is not None:
        # "president X and president Y" share nothing but the list; a list's first office covers the rest
        return False
    if not between:
        offices = last.members[-1].mention.office, one.mention.office
        return offices[0] is not None and offices[0] == offices[1] and agree(last.cases, cases)
    if len(between) == 1 and between[0].text in _TIES and (between[0].glued or _both_bare(last, one)):
        return not preposition  # "a USA-Russia summit": one word of two, in which only one may decline
    conjunction = _list_between(between, last, one, preposition, grammar(analysis.lang))
    if conjunction is None:
        return False
    people = [m.mention.kind in _PEOPLE for m in (last.members[-1], one)]
    if people[0] != people[1]:
        if "place" in (last.members[-1].mention.kind, one.mention.kind):
            return False
        if not any(token.has("CCONJ") for token in between):
            return False  # "in Israel, Adviser X met": no list goes on between states and people by a comma alone
    if not conjunction or not agree(last.cases, cases):
        return False
    return not preposition or variants(preposition, last.preposition, grammar(analysis.lang))


def variants(one: str, other: str, language: Grammar) -> bool:
    """One preposition, however it is eased: "з", "із" and "зі"; "w" and "we"."""
    return language.variants.get(one, one) == language.variants.get(other, other)
