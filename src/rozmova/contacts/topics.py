"""What contacts are about: topics of ``languages/<code>/topics.yaml`` told where the contact is told.

A topic counts where the article speaks of the talk: behind the contact's word in its sentence, or behind words such as
"discussed" or "the agenda" in the sentences that follow, until another contact is spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from rozmova.contacts.draft import Draft
from rozmova.contacts.view import View
from rozmova.languages import loader
from rozmova.records import Topic
from rozmova.text.analysis import analyst
from rozmova.text.patterns import PatternSet

_FOLLOWING = 2
"""Sentences behind a contact in which its topics may still be told."""


@cache
def topic_words(code: str) -> PatternSet[str]:
    """The words for topics of a language, each meaning a key of ``shared/topics.yaml``; loaded once."""
    found: PatternSet[str] = PatternSet(analyst(code))
    for key, word in listed(loader.table(code, "topics")):
        found.add(word, key)
    return found


def listed(data: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Every phrase of a ``topics.yaml`` with its topic."""
    return ((key, str(word)) for key, words in data.items() for word in words)


def label(key: str) -> str:
    """The English name of a topic, from ``shared/topics.yaml``."""
    return str(loader.table(loader.SHARED, "topics")[key]["label"])


def topics(views: Sequence[View], drafts: Sequence[Draft]) -> list[tuple[Topic, ...]]:
    """The topics of each contact, each topic once, with the first words that tell it."""
    told = [[(a, b) for a, b, _, supports in draft.spans if "contact" in supports] for draft in drafts]
    found: list[dict[str, Topic]] = [{} for _ in drafts]
    for view in views:
        analysis = view.analysis
        for match in topic_words(analysis.lang).scan(analysis.tokens, view.first, view.end):
            n = _spoken_of(views, view, told, match.first)
            if n is not None and match.payload not in found[n]:
                start, end = analysis.span(match.first, match.end)
                found[n][match.payload] = Topic(label=label(match.payload), start=start, end=end)
    return [tuple(of_one.values()) for of_one in found]


def _spoken_of(views: Sequence[View], view: View, told: Sequence[Sequence[tuple[int, int]]], at: int) -> int | None:
    """The contact that a topic at token ``at`` was talked about in, None for none."""
    here = _contacts_of(view, told)
    if here:
        before = [n for first, n in here if first < at]
        return before[-1] if before else None
    if view.cue("about", view.first, at) is None:
        return None
    for earlier in reversed(views[max(0, view.index - _FOLLOWING) : view.index]):
        last = _contacts_of(earlier, told)
        if last:
            return last[-1][1]
    return None


def _contacts_of(view: View, told: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The contacts that a sentence tells of: first token and number of each, in text order."""
    return sorted((a, n) for n, spans in enumerate(told) for a, _ in spans if view.first <= a < view.end)
