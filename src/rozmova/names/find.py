"""The names of an article: found sentence by sentence, then resolved over the whole article."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from rozmova.names.actors import ActorTable
from rozmova.names.identity import Actor, Named
from rozmova.names.lexicon import lexicon
from rozmova.names.phrases import PhraseReader
from rozmova.names.resolve import Resolver
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span

_BYLINE_SENTENCES = 3
_LONGEST_BYLINE = 8


@cache
def _reader(code: str, table: ActorTable) -> PhraseReader:
    return PhraseReader(lexicon(code), table)


def find(analysis: Analysis, published: tuple[Span, ...], table: ActorTable) -> list[list[Named]]:
    """The mentions of every sentence with whom they mean; ``published`` are the possible days of publication."""
    reader = _reader(analysis.lang, table)
    days = (
        (min(s.first for s in published).isoformat(), max(s.last for s in published).isoformat()) if published else None
    )
    mentions = reader.read(analysis)
    named = Resolver(table, analysis, days).resolve(mentions)
    who = speaker(analysis, named)
    if who is None:
        return named
    if any(n.mention.kind == "pronoun" and n.actor and n.actor.id == who.id for row in named for n in row):
        named = Resolver(table, analysis, days, who.id).resolve(mentions)  # "he" cannot be whoever speaks
    first = replace(who, why="speaks in this text")
    return [[Named(n.mention, first) if _says_i(n) else n for n in row] for row in named]


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
