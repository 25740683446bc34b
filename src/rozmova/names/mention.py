"""A phrase that stands for an actor or a place, and the cases, number and gender that its words show."""

from __future__ import annotations

from dataclasses import dataclass

from rozmova.names import lexicon as lx
from rozmova.names.lexicon import Entry, Hit
from rozmova.names.persons import NameSpan
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import Token

STANDS_FOR = (lx.STATE, lx.ORGANISATION, lx.SEAT, lx.PLACE)
"""Kinds of words that can stand for an actor."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that stands for an actor or place: tokens ``first`` to ``end``, ``head`` the word that carries the case.

    ``cases`` is empty when nothing tells (then any case fits). ``affiliations`` are state and organisation codes;
    a group or a plural office may have several. ``of`` is what an office belongs to, ``to`` the state an ambassador is
    sent to. ``office_first`` to ``office_end`` are the words of the office alone; ``shared`` says
    that its plural was shared out among several states.
    """

    first: int
    end: int
    head: int
    kind: str
    cases: frozenset[str] = frozenset()
    plural: bool = False
    gender: str = ""
    affiliations: tuple[str, ...] = ()
    office: Entry | None = None
    entry: Entry | None = None
    name: NameSpan | None = None
    former: bool = False
    of: Mention | None = None
    to: str = ""
    office_first: int = 0
    office_end: int = 0
    shared: bool = False


def thing(analysis: Analysis, hit: Hit) -> Mention:
    """The mention of a state, organisation, seat of power or place that the data found."""
    entry = hit.payload
    kind = {lx.STATE: "state", lx.PLACE: "place"}.get(entry.kind, "organisation")
    cases, plural, gender = phrase_features(analysis.tokens[hit.first : hit.end])
    if entry.words and cases and tuple(t.low for t in analysis.tokens[hit.first : hit.end]) == tuple(entry.words):
        cases |= {"Nom"}  # "Chiny": the very name, whatever else the form may be
    own = (entry.affiliation,) if entry.affiliation else ()
    nouns = [t for t in range(hit.first, hit.end) if analysis.tokens[t].has("NOUN")]
    head = nouns[0] if nouns else hit.end - 1
    return Mention(hit.first, hit.end, head, kind, cases, plural, gender, own, entry=entry)


def noun_features(token: Token) -> tuple[frozenset[str], bool, str]:
    """Cases, plural or not, and gender of a noun; a word that can be singular counts as singular."""
    nouns = [m for m in token.morphs if m.pos in ("NOUN", "PRON", "PROPN")] or list(token.morphs)
    numbers = {m.number for m in nouns if m.number}
    plural = numbers == {"Plur"}
    genders = {m.gender for m in nouns if m.gender}
    wanted = "Plur" if plural else "Sing"
    cases = frozenset(m.case for m in nouns if m.case and m.number in (wanted, ""))
    return cases, plural, next(iter(genders)) if len(genders) == 1 else ""


def phrase_features(tokens: tuple[Token, ...]) -> tuple[frozenset[str], bool, str]:
    """Cases that the inflected words of a proper name share, up to its first noun; a genitive behind it is its own.

    "Рада Безпеки" is a nominative, "Республіки Польща" a genitive whose second noun does not decline. An adjective
    right behind the noun agrees with it: "Stanów Zjednoczonych" is no nominative of a man named Stanów.
    """
    shared: frozenset[tuple[str, str]] | None = None
    plural = noun = attributes = False
    for token in tokens:
        forms = frozenset((m.case, m.number) for m in token.morphs if m.case and m.pos in ("NOUN", "ADJ", "PROPN"))
        if not forms or token.text.isupper():  # abbreviations do not decline, whatever a dictionary makes of "NATO"
            continue
        attributes = attributes or (noun and not all(m.pos == "ADJ" for m in token.morphs))
        if noun and attributes and any(case == "Gen" for case, _ in forms):
            continue
        noun = noun or any(m.pos == "NOUN" for m in token.morphs)
        plural = plural or all(m.number == "Plur" for m in token.morphs if m.case)
        shared = forms if shared is None else (shared & forms) or shared
    wanted = {"Plur"} if plural else {number for _, number in shared or ()} - {"Plur"} or {"Plur"}
    return frozenset(case for case, number in shared or () if number in wanted), plural, ""
