"""What is said: how far a statement reaches in its sentence and beyond, and which words are the speaker's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rozmova.contacts.view import View
from rozmova.records import Quote, QuoteKind
from rozmova.statements import demands
from rozmova.statements.attribute import Voice
from rozmova.statements.quotes import Quoted
from rozmova.statements.words import SpeechWords
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK, WORD

_WHOLE = 4
"""Words of a quotation that may be a sentence of its own; fewer are part of somebody else's."""
_ASKING = ("demand", "request")
"""Acts whose objects are things to be done, one by one."""
_STOPS = frozenset(",.!?…")


@dataclass(slots=True)
class Content:
    """A voice with what it says: tokens ``first`` to ``end`` with the words of saying, and its quotations."""

    voice: Voice
    first: int
    end: int
    quoted: list[Quoted] = field(default_factory=list)
    via: Voice | None = None


def contents(voices: Sequence[Voice]) -> list[Content]:
    """The share of a sentence that each voice in it has: from its clause to that of the next one.

    Words of saying put into what somebody else does ("Putin, as the Kremlin said, offered") only pass it on. One who
    says what another says ("X said that Y had promised") passes it on too, and says it himself.
    """
    found: list[Content] = []
    outer = next((v for v in voices if v.inserted), None)
    if outer is None and len(voices) > 1 and _only_tells(voices[-1]):
        outer = voices[-1]
    inner = [v for v in voices if v is not outer and outer is not None and v.speaker.id != outer.speaker.id]
    kept: list[Voice] = []
    for voice in inner or voices:
        if not any(one.speaker.id == voice.speaker.id and not _demands_more(one, voice) for one in kept):
            kept.append(voice)
    for n, voice in enumerate(kept):
        first = voice.view.first if n == 0 else _start(voice)
        end = voice.view.end if n + 1 == len(kept) else max(_start(kept[n + 1]), voice.end)
        found.append(Content(voice, first, end))
    for content in found:
        if inner:
            content.via = outer
        elif content.voice.clause.relative:
            before = [c.voice for c in found if c.voice.first < content.voice.first and not c.voice.clause.relative]
            content.via = before[-1] if before else None
    for content in found:
        if content.via is not None and not inner:  # what X says that Y says, X says to the end
            passing = next(c for c in found if c.voice is content.via)
            passing.end = max(passing.end, content.end)
    told = {c.via.speaker.id for c in found if c.via is not None and c.via.told}
    return [c for c in found if not (c.voice.told and c.voice.speaker.id in told)] or found


def _only_tells(voice: Voice) -> bool:
    """The last clause of a sentence that holds nothing but words of saying and who says them: ", the Kremlin said"."""
    own = {*range(voice.first, voice.end), *(range(voice.group.first, voice.group.end) if voice.group else ())}
    tokens = voice.view.analysis.tokens
    rest = [t for t in tokens[voice.clause.first : voice.view.end] if t.i not in own and t.kind == WORD]
    tells = voice.saying.act in ("announce", "comment") and not any(t.has("CCONJ") for t in rest)
    inverted = voice.group is None or voice.group.first > voice.first or not voice.view.grammar.has_cases
    return tells and inverted and not voice.clause.relative and len(rest) <= 1


def _demands_more(one: Voice, other: Voice) -> bool:
    """Two acts of one speaker in one sentence are told apart when both are more than telling."""
    acts = {one.saying.act, other.saying.act}
    return len(acts) > 1 and acts.isdisjoint(("comment", "announce"))


def _start(voice: Voice) -> int:
    inside = voice.group is not None and voice.clause.first <= voice.group.first < voice.first
    return voice.group.first if inside and voice.group is not None else voice.clause.first


def assign(found: list[Content], quotations: Sequence[Quoted]) -> None:
    """Give every quotation to the statement that introduces or closes it, or that it goes on with.

    A quotation that begins before the sentence of its words of saying, or ends behind it, stretches the statement. One
    that stands alone in the paragraph behind a statement goes on with it.
    """
    last: Content | None = None
    for quotation in quotations:
        beside = [c for c in found if quotation.first < c.end and c.first < quotation.end]
        if not beside:
            beside = [c for c in found if quotation.end == c.first or quotation.first == c.end]
        content = beside[0] if beside else None
        if content is None and last is not None:
            content = last if quotation.goes_on or quotation.first == last.end else None
        if content is None:
            content = _just_before(found, quotation)
        if content is not None:
            content.quoted.append(quotation)
            if quotation.words >= _WHOLE:
                content.first = min(content.first, quotation.first)
                content.end = max(content.end, quotation.end)
            last = content


def _just_before(found: list[Content], quotation: Quoted) -> Content | None:
    """The statement whose paragraph or sentence the quotation follows at once."""
    before = [c for c in found if c.end <= quotation.first]
    if not before or before[-1].end != quotation.first:
        return None
    return before[-1]


def apart(words: SpeechWords, content: Content) -> list[Content]:
    """A statement as it is, or one for each item of the list of demands behind its verb.

    The first keeps the words of saying. A list with a quotation in it stays whole: its commas are the speaker's.
    """
    view, first = content.voice.view, content.voice.end
    end = min(content.end, view.end)
    asks = content.voice.saying.act in _ASKING and not content.quoted
    last = demands.demanded(words, view, first, end) if asks else None
    if last is None:
        return [content]
    found = [content]
    for separator, begins in _behind_separators(view, last.head + 1, end):
        item = demands.item(words, view, begins, end)
        if (
            item is not None
            and last.like(item)
            and (len(found) > 1 or not demands.deeper(words, view, last, separator))
        ):
            found[-1] = replace(found[-1], end=separator)
            found.append(replace(content, first=begins))
            last = item
    return found


def _behind_separators(view: View, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a comma or "and" stands among some tokens, and where what follows it begins."""
    i = first
    while i < end:
        separator = i
        while i < end and _separates(view, i):
            i += 1
        if separator < i < end:
            yield separator, i
        i += 1


def _separates(view: View, i: int) -> bool:
    token = view.analysis.tokens[i]
    return token.text in ",;" or (token.has("CCONJ") and not token.keys & view.frames.openers)


def quotes(analysis: Analysis, content: Content) -> tuple[Quote, ...]:
    """The speaker's words: direct where quoted whole, mixed where only parts are quoted, else their sense."""
    found: list[Quote] = []
    for quotation in content.quoted:
        start, end = analysis.span(quotation.first, quotation.end)
        found.append(Quote(start=start, end=end, kind=_kind(analysis, quotation)))
    if found:
        return tuple(found)
    sense = _sense(analysis, content)
    if sense is None:
        return ()
    start, end = analysis.span(*sense)
    return (Quote(start=start, end=end, kind="indirect"),)


def _kind(analysis: Analysis, quotation: Quoted) -> QuoteKind:
    """A quotation that begins like a sentence, or ends like one before the words of saying, is whole."""
    inside = [t for t in analysis.tokens[quotation.first : quotation.end] if t.kind == WORD]
    last = analysis.tokens[quotation.end - 2] if quotation.end - quotation.first > 1 else None
    after = analysis.tokens[quotation.end] if quotation.end < len(analysis.tokens) else None
    whole = inside[0].capital or (last is not None and last.text in _STOPS) or (after is not None and after.text == ",")
    opens = quotation.first == 0 or analysis.tokens[quotation.first - 1].text in ":.!?—–" or inside[0].capital
    return "direct" if quotation.words >= _WHOLE and whole and opens else "mixed"


def _sense(analysis: Analysis, content: Content) -> tuple[int, int] | None:
    """The tokens behind the words of saying, or before them where nothing stands behind: marks at the ends left out."""
    voice = content.voice
    item = content.first >= voice.end  # of a list, behind the first
    behind = (max(voice.end, voice.group.end if voice.group and voice.group.first >= voice.first else 0), content.end)
    before = (content.first, voice.first if voice.group is None else min(voice.first, voice.group.first))
    tag = voice.clause.first > content.first and not voice.clause.relative and voice.clause.end >= content.end
    for first, end in ((content.first, content.end),) if item else (before, behind) if tag else (behind, before):
        words = [t.i for t in analysis.tokens[first:end] if t.kind != MARK]
        if len(words) > 1:
            return words[0], words[-1] + 1
    return None
