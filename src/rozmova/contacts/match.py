"""Frames in a sentence: each word of a frame, with the phrases around it that fit its slots."""

from __future__ import annotations

from collections.abc import Iterator

from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN, Frame
from rozmova.contacts.nouns import fill_noun
from rozmova.contacts.verbs import fill_verb
from rozmova.contacts.view import View

_APPOSED = 4
"""Tokens behind a contact noun within which another only says of what kind it was."""


def fill(view: View) -> Iterator[Filled]:
    """Every frame met in a sentence, filled as far as the sentence goes; frames that lack a needed word say so."""
    i = view.first
    last = -_APPOSED
    while i < view.end:
        matches = view.triggers.get(i, [])
        if not matches or _inside_name(view, i):
            i += 1
            continue
        longest = matches[0].end
        tried = [_fill_one(view, m.payload, m.first, m.end) for m in matches if m.end == longest]
        complete = [f for f in tried if not f.lacks]
        best = max(complete or tried, key=lambda f: (_likely(view, f), len(f.slots)))
        if best.frame.type != NOUN or best.slots or not _names_the_same(view, i, last):
            yield best
        last = best.end
        # inside a verb's phrase a noun may speak of a contact of its own: "відповів на лист"
        i = longest if best.frame.type == NOUN else i + 1


def _names_the_same(view: View, i: int, last: int) -> bool:
    """A second noun right behind a frame's word only says what kind it was: "переговори в режимі відеоконференції"."""
    near = 0 <= i - last < _APPOSED and view.clause(i) == view.clause(last - 1)
    return near and view.adjunct(i) is None


def _likely(view: View, filled: Filled) -> bool:
    """The word's likeliest reading is of the frame's kind ("переговори" is talks, rarely "talk it over!").

    Without cases, a form that can be a finite verb right behind a name is one: "Blinken visits Kyiv".
    """
    token = view.analysis.tokens[filled.first]
    noun = bool(token.morphs) and token.morphs[0].pos == "NOUN"
    if not view.grammar.has_cases and noun and any(m.person == "3" or m.tense == "Past" for m in token.morphs):
        noun = not any(g.end == filled.first and "Nom" in g.cases for g in view.groups)
    return noun == (filled.frame.type == NOUN)


def _inside_name(view: View, i: int) -> bool:
    return any(
        n.mention.first <= i < n.mention.end and n.mention.kind in ("person", "organisation", "place", "state")
        for g in view.groups
        for n in g.members
    )


def _fill_one(view: View, frame: Frame, first: int, end: int) -> Filled:
    found = Filled(frame, view, first, end)
    clause = view.clause(first)
    if frame.needs and not any(t.keys & frame.needs for t in view.analysis.tokens[clause.first : clause.end]):
        found.lacks = "a word it needs"
    if frame.type == NOUN:
        fill_noun(found)
    else:
        fill_verb(found)
    return found
