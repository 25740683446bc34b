"""The statements of an article: voices attributed, what each says, and the fields of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rozmova.contacts.record import party
from rozmova.contacts.view import View
from rozmova.names.identity import Actor
from rozmova.records import Contact, Statement
from rozmova.statements import fields, tellers
from rozmova.statements.attribute import Attributor
from rozmova.statements.content import Content, apart, assign, contents, quotes
from rozmova.statements.quotes import quotations
from rozmova.statements.words import SpeechWords, speech_words
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span

_SPOKEN = 4
"""Words of a quotation within which nobody else speaks to the reader."""


@dataclass(frozen=True, slots=True)
class Said:
    """Everything said in an article before its contacts are known: who says what, and the outlets that report it.

    ``spoken`` are the quotations (tokens ``first`` to ``end``) whose "I" is known, with whoever that is; ``credited``
    the outlets from which sentences say they have something.
    """

    contents: tuple[Content, ...]
    media: dict[int, str | None]
    spoken: tuple[tuple[int, int, Actor], ...]
    credited: tuple[tellers.Telling, ...]


def listen(analysis: Analysis, views: Sequence[View], author: Actor | None) -> Said:
    """Who says what in an article; ``author`` is whoever says "I" in it outside of quotations."""
    words = speech_words(analysis.lang)
    end = len(analysis.tokens)
    quoted = quotations(analysis, lambda i: i < end and words.sayings.first(analysis.tokens, i, end) is not None)
    inside = frozenset(i for q in quoted if q.words >= _SPOKEN for i in range(q.first, q.end))
    attributor = Attributor(words, author)
    found: list[Content] = []
    media: dict[int, str | None] = {}
    credited: list[tellers.Telling] = []
    for view in views:
        here = tuple(tellers.credits(words, view))
        credited += here
        # "Biden called Putin, Reuters reported": it is not Biden who says so
        voices = attributor.voices(view, inside, frozenset(one.first for one in here))
        if voices:
            media[view.index] = attributor.media(view)
            found += contents(voices)
    assign(found, quoted)
    found = [item for content in found for item in apart(words, content)]
    spoken = tuple((q.first, q.end, c.voice.speaker) for c in found for q in c.quoted)
    return Said(tuple(found), media, spoken, tuple(credited))


def records(
    analysis: Analysis, said: Said, contacts: Sequence[Contact], published: tuple[Span, ...] = ()
) -> tuple[Statement, ...]:
    """The statements as the contract shows them, in text order."""
    words, tellings = speech_words(analysis.lang), fields.Tellings(contacts)
    return tuple(_record(analysis, words, said.media, c, tellings, published) for c in said.contents)


def told_by(analysis: Analysis, said: Said, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """The contacts with whoever told the article of each."""
    return tellers.told_by(analysis, speech_words(analysis.lang), said.contents, said.credited, contacts)


def _record(
    analysis: Analysis, words: SpeechWords, media: dict[int, str | None], content: Content,
    tellings: fields.Tellings, published: tuple[Span, ...],
) -> Statement:  # fmt: skip
    voice, contacts = content.voice, tellings.contacts
    start, end = analysis.span(content.first, content.end)
    about = fields.about(analysis, words, content, tellings)
    act = fields.act(words, content, contacts, about)
    addressees = fields.addressees(words, content, act)
    channel = fields.channel(words, content) or fields.in_contact(content, addressees, contacts, about)
    return Statement(
        speaker=party(voice.speaker, "participant"),
        via=party(content.via.speaker, "participant") if content.via else None,
        reported_by=media[voice.view.index],
        addressee=tuple(party(a, "addressee") for a in addressees),
        event=fields.event(words, content, act), act=act, channel=channel or "unspecified",
        quotes=quotes(analysis, content), date=fields.date(content, published), about=about,
        start=start, end=end, text=analysis.text[start:end], rule=voice.saying.name,
    )  # fmt: skip
