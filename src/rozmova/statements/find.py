"""The statements of an article: voices attributed, what each says, and the fields of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rozmova.contacts.record import party
from rozmova.contacts.view import View
from rozmova.names.identity import Actor
from rozmova.records import Contact, Statement
from rozmova.statements import fields
from rozmova.statements.attribute import Attributor
from rozmova.statements.content import Content, assign, contents, quotes
from rozmova.statements.quotes import Quoted, quotations
from rozmova.statements.words import SpeechWords, speech_words
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span

_SPOKEN = 4
"""Words of a quotation within which nobody else speaks to the reader."""


def find(
    analysis: Analysis,
    views: Sequence[View],
    contacts: Sequence[Contact],
    speaker: Actor | None,
    published: tuple[Span, ...] = (),
) -> tuple[Statement, ...]:
    """The statements of an article in text order."""
    words = speech_words(analysis.lang)
    quoted = quotations(analysis)
    spoken = frozenset(i for q in quoted if q.words >= _SPOKEN for i in range(q.first, q.end))
    attributor = Attributor(words, speaker)
    found: list[Content] = []
    media: dict[int, str | None] = {}
    for view in views:
        voices = attributor.voices(view, spoken)
        if voices:
            media[view.index] = attributor.media(view)
            found += contents(voices)
    assign(found, quoted)
    return tuple(s for c in found for s in _records(analysis, words, attributor, c, contacts, media, published, quoted))


def _records(
    analysis: Analysis, words: SpeechWords, attributor: Attributor, content: Content, contacts: Sequence[Contact],
    media: dict[int, str | None], published: tuple[Span, ...], quoted: Sequence[Quoted],
) -> Iterator[Statement]:  # fmt: skip
    voice = content.voice
    start, end = analysis.span(content.first, content.end)
    back = attributor.cue(voice.view, "back", voice.view.first, voice.first)
    about = fields.about(analysis, words, content, contacts, back)
    act = fields.act(words, content, contacts, about)
    yield Statement(
        speaker=party(voice.speaker, "participant"),
        via=party(content.via.speaker, "participant") if content.via else None,
        reported_by=media[voice.view.index],
        addressee=tuple(party(a, "addressee") for a in fields.addressees(words, content, act)),
        event=fields.event(words, content, act), act=act, channel=fields.channel(words, content),
        quotes=quotes(analysis, content), date=fields.date(content, published),
        about=about,
        start=start, end=end, text=analysis.text[start:end], rule=voice.saying.name,
    )  # fmt: skip
