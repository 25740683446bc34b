"""Statements: a verb of saying with an official as its subject, or an attribution such as "according to".

The words are data (``languages/<code>/statements.yaml``): acts with their verbs, attributions, channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rozmova.contacts.record import party
from rozmova.contacts.view import View
from rozmova.languages import loader
from rozmova.names.groups import Group
from rozmova.names.identity import Actor
from rozmova.records import Contact, Quote, Statement
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.patterns import Match, PatternSet

_OPEN, _CLOSE = '"“„«', '"”“»'
ATTRIBUTION = "attribution"


class SpeechWords:
    """The speech data of one language, ready to be met in tokens."""

    def __init__(self, code: str) -> None:
        """Load ``statements.yaml``; a language without one reads no statements."""
        data = loader.table(code, "statements")
        self.acts: PatternSet[str] = PatternSet(analyst(code))
        self.channels: PatternSet[str] = PatternSet(analyst(code))
        for act, words in data.get("acts", {}).items():
            for word in words:
                plain = " " not in word and "/" not in word and not word.startswith("=")
                self.acts.add(f"{word}/VERB" if plain else word, act)
        for word in data.get("attributions", ()):
            self.acts.add(word, ATTRIBUTION)
        for channel, words in data.get("channels", {}).items():
            for word in words:
                self.channels.add(word, channel)


@cache
def speech_words(code: str) -> SpeechWords:
    """The speech data of a language, loaded once."""
    return SpeechWords(code)


def find(
    analysis: Analysis, views: Sequence[View], contacts: Sequence[Contact], speaker: Actor | None
) -> tuple[Statement, ...]:
    """The statements of an article in text order, at most one for a speaker in a sentence."""
    words = speech_words(analysis.lang)
    found: list[Statement] = []
    for view in views:
        said: set[str] = set()
        for i in range(view.first, view.end):
            match = words.acts.first(analysis.tokens, i, view.end)
            if match is None or i in view.names:
                continue
            actor = _speaker(view, match)
            if actor and actor.affiliation and actor.official and actor.id not in said:
                said.add(actor.id)
                found.append(_statement(analysis, view, words, contacts, match, actor))
    return tuple(found)


def _speaker(view: View, match: Match[str]) -> Actor | None:
    group: Group | None
    if match.payload == ATTRIBUTION:
        group = next((g for g in view.groups if 0 <= g.first - match.end <= 1), None)
    elif view.finite(match.first):
        group = view.subject(match.first)
    else:
        return None
    return group.members[0].actor if group else None


def _statement(
    analysis: Analysis, view: View, words: SpeechWords, contacts: Sequence[Contact], match: Match[str], actor: Actor
) -> Statement:
    start, end = analysis.span(view.first, view.end)
    clause = view.clause(match.first)
    near = [*range(clause.first, clause.end), *range(view.first, clause.first), *range(clause.end, view.end)]
    channels = (words.channels.first(analysis.tokens, i, view.end) for i in near)
    channel = next((c.payload for c in channels if c), "unspecified")
    about = next((n for n, c in enumerate(contacts) if any(e.start < end and start < e.end for e in c.evidence)), None)
    return Statement(
        speaker=party(actor, "participant"), via=None, reported_by=None, addressee=(), event=None,
        act="announce" if match.payload == ATTRIBUTION else match.payload, channel=channel,
        quotes=_quotes(analysis, view), date=None, about=about, start=start, end=end, text=analysis.text[start:end],
        rule=analysis.words(match.first, match.end),
    )  # fmt: skip


def _quotes(analysis: Analysis, view: View) -> tuple[Quote, ...]:
    """What stands between quotation marks in the sentence, when it is longer than a title or a word."""
    found: list[Quote] = []
    opened: int | None = None
    for token in analysis.tokens[view.first : view.end]:
        if opened is None and token.text in _OPEN:
            opened = token.i
        elif opened is not None and token.text in _CLOSE:
            if token.i - opened > 4:
                start, _ = analysis.span(opened, opened + 1)
                found.append(Quote(start=start, end=token.end, kind="direct"))
            opened = None
    return tuple(found)
