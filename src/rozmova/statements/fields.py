"""The fields of a statement: where it was made, to whom, what event it amounts to, when, and about which contact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rozmova.contacts.parties import official
from rozmova.names.identity import Actor
from rozmova.records import Contact
from rozmova.statements.content import Content
from rozmova.statements.words import Address, SpeechWords, event_of
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK
from rozmova.times.edtf import Span
from rozmova.times.operations import PAST
from rozmova.times.resolve import resolve

TELLING = ("announce", "comment")
"""Acts of verbs that only tell; what is told may be a demand or a promise."""
_MEMORY = 3
"""Sentences behind a contact in which its parties still speak of it."""


def channel(words: SpeechWords, content: Content) -> str | None:
    """Where it was said: the nearest word for it, in the clause of saying first, else anywhere in the sentence.

    What stands inside a quotation says nothing of it. None where no word does.
    """
    voice, view = content.voice, content.voice.view
    inside = frozenset(i for q in content.quoted for i in range(q.first, q.end))
    clause = voice.clause
    for first, end in ((clause.first, clause.end), (view.first, view.end)):
        found = [m for m in words.channels.scan(view.analysis.tokens, first, end) if m.first not in inside]
        if found:
            return min(found, key=lambda m: abs(m.first - voice.first)).payload
    return None


def in_contact(
    content: Content, addressees: Sequence[Actor], contacts: Sequence[Contact], about: int | None
) -> str | None:
    """The channel of a held contact in which one party says it to another; None for what is said elsewhere."""
    if about is None or contacts[about].status != "held":
        return None
    parties = {p.id for p in contacts[about].parties} | {p.affiliation for p in contacts[about].parties}
    told = any(a.id in parties or a.affiliation in parties for a in addressees)
    speaker = content.voice.speaker
    return contacts[about].channel if told and (speaker.id in parties or speaker.affiliation in parties) else None


def act(words: SpeechWords, content: Content, contacts: Sequence[Contact], contact: int | None) -> str:
    """What is done with the words: the verb's act; where the verb only tells, what the content does.

    Telling of a contact still to come announces it.
    """
    voice, view = content.voice, content.voice.view
    if voice.saying.act not in TELLING:
        return voice.saying.act
    tokens = view.analysis.tokens
    for match in words.said.scan(tokens, content.first, content.end):
        return match.payload
    ahead = contact is not None and contacts[contact].status in ("planned", "proposed")
    return "announce" if ahead else voice.saying.act


def event(words: SpeechWords, content: Content, act: str) -> str | None:
    """The PLOVER root: what words of the statement's clause say beyond its act, else what the act amounts to."""
    voice, view = content.voice, content.voice.view
    found = words.events.scan(view.analysis.tokens, voice.first, view.end)
    first = next((m for m in found if m.first < voice.end), None)
    return first.payload if first is not None else event_of(act)


def addressees(words: SpeechWords, content: Content, act: str) -> tuple[Actor, ...]:
    """To whom it is said, of whom it is demanded, or who is accused."""
    voice, view = content.voice, content.voice.view
    found: list[Actor] = []
    for group in view.groups:
        if group is voice.group or not (voice.clause.first <= group.first < voice.clause.end):
            continue
        behind = group.first >= voice.end
        if not view.grammar.has_cases and not behind:
            continue
        before = view.analysis.tokens[group.first - 1] if group.first > view.first else None
        genitive = not group.cases or "Gen" in group.cases or not view.grammar.has_cases
        if not group.preposition and genitive and before is not None and before.has("NOUN") and not before.capital:
            continue  # "jedność NATO"
        cut = any(t.kind == MARK and t.text in ",:;—–(" for t in view.analysis.tokens[voice.end : group.first])
        if behind and cut:
            continue
        if any(_reaches(address, group.preposition, group.cases, act) for address in words.addressees):
            found += [n.actor for n in group.members if n.actor is not None and official(n.actor)]
            break
    return tuple(a for a in found if a.id != voice.speaker.id and a.affiliation != voice.speaker.affiliation)


def _reaches(address: Address, preposition: str, cases: frozenset[str], act: str) -> bool:
    if address.acts and act not in address.acts:
        return False
    if bool(address.prepositions) != bool(preposition) or (preposition and preposition not in address.prepositions):
        return False
    return not address.cases or not cases or bool(address.cases & cases)


def date(content: Content, published: tuple[Span, ...]) -> str | None:
    """The day it was said (EDTF): a date in the clause of saying."""
    voice, view = content.voice, content.voice.view
    inside = [
        t for t in view.timexes
        if t.rule.type == "DATE" and not t.bound and voice.clause.first <= t.first < voice.clause.end
    ]  # fmt: skip
    for timex in sorted(inside, key=lambda t: abs(t.first - voice.first)):
        value = resolve(timex, published, PAST).value
        if value:
            return value
    return None


class Tellings:
    """Where the contacts of an article are told, to ask which of them some part of it tells."""

    def __init__(self, contacts: Sequence[Contact]) -> None:
        self.contacts = contacts
        self._spans = sorted(
            (e.start, e.end, n)
            for n, contact in enumerate(contacts)
            for e in contact.evidence
            if "contact" in e.supports
        )
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def between(self, start: int, end: int) -> list[int]:
        """The places of the contacts that some words between two offsets tell, in their order."""
        first, last = bisect_left(self._spans, (start - self._longest,)), bisect_left(self._spans, (end,))
        return sorted({n for _, until, n in self._spans[first:last] if start < until})


def about(analysis: Analysis, words: SpeechWords, content: Content, tellings: Tellings) -> int | None:
    """The contact it is about: one told in it, the one before where it points back, else one its speaker was in."""
    inside = tellings.between(*analysis.span(content.first, content.end))
    if inside:
        return inside[0]
    view = content.voice.view
    if words.cues_of(view.analysis.tokens, view.first, content.voice.first).get("back"):
        return next(_just_told(analysis, content, tellings, 1), None)
    for n in _just_told(analysis, content, tellings, _MEMORY):
        if any(p.id == content.voice.speaker.id for p in tellings.contacts[n].parties):
            return n
    return None


def _just_told(analysis: Analysis, content: Content, tellings: Tellings, sentences: int) -> Iterator[int]:
    """Contacts told in the sentences before, the nearest first."""
    index = content.voice.view.index
    for back in range(1, sentences + 1):
        if index - back < 0:
            return
        yield from tellings.between(*analysis.span(*analysis.sentences[index - back]))
