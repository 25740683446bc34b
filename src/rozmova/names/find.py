"""The names of an article: found sentence by sentence, then resolved over the whole article."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from rozmova.names.actors import ActorTable
from rozmova.names.fold import fold
from rozmova.names.identity import Actor, Named
from rozmova.names.lexicon import lexicon
from rozmova.names.mention import Mention
from rozmova.names.phrases import PhraseReader
from rozmova.names.resolve import Resolver
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span

_BYLINE_SENTENCES = 3
_LONGEST_BYLINE = 8


@cache
def _reader(code: str, table: ActorTable) -> PhraseReader:
    return PhraseReader(lexicon(code), table)


def read(analysis: Analysis, table: ActorTable) -> list[list[Mention]]:
    """The phrases of every sentence that stand for somebody or something, whoever that is."""
    return _reader(analysis.lang, table).read(analysis)


def find(
    analysis: Analysis, published: tuple[Span, ...], table: ActorTable, mentions: list[list[Mention]] | None = None
) -> list[list[Named]]:
    """The mentions of every sentence with whom they mean; ``published`` are the possible days of publication.

    ``mentions`` are those of :func:`read` where they were read before.
    """
    days = (
        (min(s.first for s in published).isoformat(), max(s.last for s in published).isoformat()) if published else None
    )
    mentions = read(analysis, table) if mentions is None else mentions
    named = Resolver(table, analysis, days).resolve(mentions)
    named = [[_in_its_cases(analysis, table, one) for one in row] for row in named]
    who = speaker(analysis, named)
    if who is None:
        return named
    if any(n.mention.kind == "pronoun" and n.actor and n.actor.id == who.id for row in named for n in row):
        named = Resolver(table, analysis, days, who.id).resolve(mentions)  # "he" cannot be whoever speaks
        named = [[_in_its_cases(analysis, table, one) for one in row] for row in named]
    first = replace(who, why="speaks in this text")
    return [[Named(n.mention, first) if _says_i(n) else n for n in row] for row in named]


def _in_its_cases(analysis: Analysis, table: ActorTable, named: Named) -> Named:
    """An unknown surname may be a nominative as it stands; whom it means tells that "Bidenowi" is none."""
    name, actor = named.mention.name, named.actor
    if name is None or actor is None or actor.kind != "person" or not named.mention.cases:
        return named
    parts = {fold(part) for part in actor.label.split()}
    last = analysis.tokens[name.end - 1]
    if any(person.id == actor.id for person in table.people(fold(last.low))):
        return named  # "Łukaszenka" is how the table has it too
    cases = frozenset(m.case for m in last.morphs if m.case and fold(m.lemma) in parts) & named.mention.cases
    return replace(named, mention=replace(named.mention, cases=cases)) if cases else named


def _says_i(named: Named) -> bool:
    entry = named.mention.entry
    return entry is not None and entry.speaker


def speaker(analysis: Analysis, named: list[list[Named]]) -> Actor | None:
    """Who says "I" in an article that is a speech or statement, or None.

    A line near its top that is nothing but a name tells, or a title such as "Statement from President X".
    """
    words = lexicon(analysis.lang)
    for i in range(analysis.title_end):
        match = words.bylines.first(analysis.tokens, i, analysis.title_end)
        author = next((n.actor for n in named[0] if match and n.mention.first == match.end), None)
        if author and author.kind == "person" and author.affiliation:
            return author
    for n, (first, end) in enumerate(analysis.sentences[:_BYLINE_SENTENCES]):
        row = named[n]
        if n and end - first <= _LONGEST_BYLINE and len(row) == 1 and row[0].mention.kind == "person":
            covers = row[0].mention.end - row[0].mention.first
            if covers == end - first and row[0].actor and row[0].actor.affiliation:
                return row[0].actor
    return None
