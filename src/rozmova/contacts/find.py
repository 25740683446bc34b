"""The contacts of an article: sentences viewed, frames filled, contacts put together."""

from __future__ import annotations

from collections.abc import Sequence

from rozmova.contacts.assemble import Assembler
from rozmova.contacts.draft import Draft
from rozmova.contacts.frames import frames
from rozmova.contacts.record import contact
from rozmova.contacts.topics import topics
from rozmova.contacts.view import View
from rozmova.languages.grammar import grammar
from rozmova.names.groups import Group, groups
from rozmova.names.identity import Actor, Named
from rozmova.records import Contact
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import WORD
from rozmova.times.edtf import Span
from rozmova.times.find import Timex


def views(analysis: Analysis, named: list[list[Named]], timexes: list[list[Timex]]) -> list[View]:
    """Every sentence of an article as the frames see it."""
    rules, language = frames(analysis.lang), grammar(analysis.lang)
    found = [
        View(analysis, rules, n, first, end, groups(analysis, named[n], first), timexes[n], language)
        for n, (first, end) in enumerate(analysis.sentences)
    ]
    for n, view in enumerate(found):
        if analysis.tokens[view.end - 1].text == ":":
            view.listed = _list_below(analysis, found[n + 1 :])
    return found


def _list_below(analysis: Analysis, following: list[View]) -> Group | None:
    """The names under a line that ends in a colon, one or more a line and nothing else on it."""
    members: list[Named] = []
    first = end = 0
    for view in following:
        rest = [t for t in analysis.tokens[view.first : view.end] if t.i not in view.names and t.kind == WORD]
        if not view.groups or any(not t.has("CCONJ") for t in rest):
            break
        first = first or view.groups[0].first
        end = view.groups[-1].end
        members += [n for g in view.groups for n in g.members]
    return Group(tuple(members), first, end, "", frozenset(("Nom",))) if len(members) > 1 else None


def find(
    analysis: Analysis,
    sentences: list[View],
    published: tuple[Span, ...],
    speaker: Actor | None,
    spoken: Sequence[tuple[int, int, Actor]] = (),
) -> tuple[Draft, ...]:
    """The contacts of an article, in the order in which it first speaks of them.

    ``speaker`` says "I" in the article, others in what is ``spoken``: tokens from, to, and by whom.
    """
    return Assembler(analysis, sentences, published, speaker, spoken).read()


def records(analysis: Analysis, sentences: Sequence[View], drafts: Sequence[Draft]) -> tuple[Contact, ...]:
    """The contacts as the contract shows them."""
    of_each = topics(sentences, drafts)
    return tuple(contact(analysis, draft, about) for draft, about in zip(drafts, of_each, strict=True))
