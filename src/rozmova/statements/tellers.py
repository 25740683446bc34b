"""Who told the article of a contact: "the Kremlin said that ...", "..., as reported by PAP", "Про це повідомив Кулеба".

The first words outside the title that tell of the contact decide, then those of the title. They must be part of what is
said, not of its frame: what somebody said *at* a meeting is not where the article has the meeting from. An official
goes before an outlet, which then passes his words on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from rozmova.contacts.view import View
from rozmova.names.identity import Actor
from rozmova.records import Contact, Teller, TellerKind
from rozmova.statements.content import Content
from rozmova.statements.outlets import label_of
from rozmova.statements.words import ATTRIBUTION, OWN, VERB, Saying, SpeechWords
from rozmova.text.analysis import Analysis
from rozmova.text.clauses import Clause
from rozmova.text.patterns import Match
from rozmova.text.tokens import MARK, WORD

_TELLING = frozenset({"announce", "comment", "confirm"})
"""Acts that tell of something; whoever demands or offers a meeting does not report it, nor whoever denies it."""
_NEAR = 2
"""Tokens between an outlet and the words of saying at most: "повідомляє агентство Reuters"."""
_OPENS = frozenset(':«"“„')
"""Marks behind words of saying that what is said may follow."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Words of saying (tokens ``first`` to ``end``, in ``clause``) and whose they are, named at the tokens ``named``.

    ``back``: they point to the sentence before. ``apart``: they stand beside what is said ("according to X"), in
    no clause of their own. ``reach``: the last token of what is said, exclusive. ``quoted``: quotations of theirs.
    ``wishes``: where conjunctions follow behind which something is wanted. ``to``: the outlet to which it is told.
    """

    view: View
    first: int
    end: int
    clause: Clause
    reach: int
    back: bool
    inserted: bool
    apart: bool
    named: tuple[int, int] | None
    quoted: tuple[tuple[int, int], ...]
    wishes: frozenset[int]
    who: Actor | None
    outlet: str | None
    to: Match[str] | None


def credits(words: SpeechWords, view: View) -> Iterator[Telling]:
    """The outlets that a sentence says it has something from."""
    tokens = view.analysis.tokens
    media = list(words.media.scan(tokens, view.first, view.end))
    sayings = list(words.sayings.scan(tokens, view.first, view.end)) if media else []
    for outlet in media:
        saying = next((m for m in sayings if m.payload.act in _TELLING and _credits(view, m, outlet)), None)
        if saying is not None:
            yield _telling(words, view, saying, (outlet.first, outlet.end), view.end, outlet=label_of(outlet.payload))


def told_by(
    analysis: Analysis,
    words: SpeechWords,
    contents: Sequence[Content],
    credited: Sequence[Telling],
    contacts: Sequence[Contact],
) -> tuple[Contact, ...]:
    """The contacts, each with whoever told the article of it, where the article says so."""
    found = [*filter(None, (_speaker(words, content) for content in contents)), *credited]
    return tuple(_with(analysis, found, contact) for contact in contacts) if found else tuple(contacts)


def _with(analysis: Analysis, tellings: Sequence[Telling], contact: Contact) -> Contact:
    spans = [(e.start, e.end) for e in contact.evidence if "contact" in e.supports]
    title = analysis.span(0, analysis.title_end)[1] if analysis.title_end else 0
    firsts = (min((s for s in spans if (s[0] >= title) is body), default=None) for body in (True, False))
    found: list[Telling] = []
    for start, end in filter(None, firsts):
        first = bisect_right([t.end for t in analysis.tokens], start)
        last = bisect_left([t.start for t in analysis.tokens], end)
        found = found or [one for one in tellings if _tells(one, first, last)]
    if not found:
        return contact
    one = found[0]
    to = label_of(one.to.payload) if one.to else None
    passed_on = [to, *(other.outlet for other in found)] if one.who else []
    at = analysis.span(min(one.first, *(one.named or (one.first,))), max(one.end, *(one.named or (one.end,))))
    teller = Teller(
        name=one.who.label if one.who else str(one.outlet), kind=_kind(one.who), id=one.who.id if one.who else None,
        affiliation=one.who.affiliation if one.who else None, through=next(filter(None, passed_on), None),
        start=at[0], end=at[1], text=analysis.text[at[0] : at[1]],
    )  # fmt: skip
    return replace(contact, told_by=teller)


def _speaker(words: SpeechWords, content: Content) -> Telling | None:
    """What the speaker of a statement tells, or whoever passes his words on."""
    voice = content.via or content.voice
    if voice.saying.act not in _TELLING:
        return None
    group, view = voice.group, voice.view
    return _telling(
        words, view, Match(voice.first, voice.end, voice.saying, {}), (group.first, group.end) if group else None,
        max(content.end, voice.end), tuple((q.first, q.end) for q in content.quoted), voice.speaker,
        to=_told_to(words, view, voice.end), inserted=voice.inserted,
    )  # fmt: skip


def _telling(
    words: SpeechWords, view: View, match: Match[Saying], named: tuple[int, int] | None, reach: int,
    quoted: tuple[tuple[int, int], ...] = (), who: Actor | None = None, outlet: str | None = None,
    to: Match[str] | None = None, inserted: bool = False,
) -> Telling:  # fmt: skip
    clause = view.clause(match.first)
    cues = words.cues_of(view.analysis.tokens, view.first, clause.end)
    opening = words.cues_of(view.analysis.tokens, clause.first, min(clause.first + _NEAR, clause.end))
    inside = inserted or bool(opening.get("insertions"))
    apart = match.payload.kind in (ATTRIBUTION, OWN) or (outlet is not None and not _verb(view, match))
    wishes = words.cues_of(view.analysis.tokens, clause.end, view.end).get("wishes", ())
    return Telling(
        view, match.first, match.end, clause, reach, bool(cues.get("back")), inside,
        apart, named, quoted, frozenset(m.first for m in wishes), who, outlet, to,
    )  # fmt: skip


def _told_to(words: SpeechWords, view: View, end: int) -> Match[str] | None:
    """The outlet to which somebody tells it, named right behind the words of saying: "told Reuters"."""
    return words.media.first(view.analysis.tokens, end, view.end) if end < view.end else None


def _kind(who: Actor | None) -> TellerKind:
    return "outlet" if who is None else who.kind  # type: ignore[return-value]


def _credits(view: View, match: Match[Saying], outlet: Match[str]) -> bool:
    """Whether words of saying are an outlet's: "według PAP", "Reuters reported", "повідомляє Укрінформ".

    "powiedział PAP minister" and "told Reuters" are said to the outlet: somebody else follows or stands before.
    """
    tokens = view.analysis.tokens
    if match.payload.kind == ATTRIBUTION or not _verb(view, match):
        return 0 <= outlet.first - match.end <= _NEAR and not _marks(view, match.end, outlet.first)
    verb = next((i for i in range(match.first, match.end) if view.finite(i)), None)
    if match.payload.kind != VERB or verb is None or any(m.person in ("1", "2") for m in tokens[verb].morphs[:1]):
        return False
    if 0 <= match.first - outlet.end <= 1 and not _marks(view, outlet.end, match.first):
        return outlet.first == view.first or not tokens[outlet.first - 1].has("ADP")
    if not 0 <= outlet.first - match.end <= _NEAR or _marks(view, match.end, outlet.first):
        return False
    alone = outlet.end >= view.end or tokens[outlet.end].kind == MARK
    before = view.clause(match.first)
    leads = not any(t.kind == WORD and t.i in view.names for t in tokens[before.first : match.first])
    cased = view.grammar.has_cases or (match.first > view.first and tokens[match.first - 1].kind == MARK)
    present = any(m.verbform == "Fin" and m.tense == "Pres" for m in tokens[verb].morphs)
    onward = outlet.end < view.end and tokens[outlet.end].has("ADP") and present
    return leads and cased and (alone or onward)


def _verb(view: View, match: Match[Saying]) -> bool:
    """Whether words of saying have a verb; "według agencji" keeps an attribution from the names of officials."""
    return any(t.has("VERB") for t in view.analysis.tokens[match.first : match.end])


def _tells(telling: Telling, first: int, last: int) -> bool:
    """Whether the tokens ``first`` to ``last`` are part of what the teller says."""
    view = telling.view
    if any(a <= first and last <= b for a, b in telling.quoted):
        return True
    if not (view.first <= first and last <= view.end):
        return telling.back and _sentence_before(view, first, last)
    if telling.back or not (view.first <= last - 1 < telling.reach):
        return False
    if telling.apart:
        return telling.named is None or last <= telling.named[0] or telling.named[1] <= first
    told = view.clause(last - 1)
    if told == telling.clause:
        return _bare_clause(telling, first, last)
    if telling.inserted:
        return not told.pronoun
    if told.first >= telling.clause.end:
        return _opens_content(telling, _after(telling))
    tokens = view.analysis.tokens
    joined = any(
        t.has("CCONJ") for t in tokens[telling.clause.first : min(telling.clause.first + 2, telling.clause.end)]
    )
    return not told.relative and not joined and not _opens_content(telling, _after(telling))


def _bare_clause(telling: Telling, first: int, last: int) -> bool:
    """ "The Kremlin said Putin had called": no mark parts what is said from the words of saying."""
    tokens = telling.view.analysis.tokens
    gap = tokens[telling.end : first]
    near = 0 <= first - telling.end <= _NEAR and not any(t.has("ADP") or t.kind == MARK for t in gap)
    return near and any(telling.view.finite(i) for i in range(first, last))


def _after(telling: Telling) -> Clause | None:
    return next((c for c in telling.view.clauses if c.first >= telling.clause.end), None)


def _opens_content(telling: Telling, clause: Clause | None) -> bool:
    """A clause that tells what is said: behind a conjunction, a colon or a quotation mark.

    Where one word is conjunction and pronoun ("that"), it takes up whoever stands before it: nobody does right behind
    the words of saying, or behind their day.
    """
    if clause is None:
        return False
    tokens = telling.view.analysis.tokens[clause.first : min(clause.first + 2, clause.end)]
    if tokens[0].text in _OPENS:
        return True
    if not clause.relative or any(t.i in telling.wishes for t in tokens):
        return False
    outlet = telling.to.end if telling.to else telling.end
    ends = {telling.end, outlet, *(t.end for t in telling.view.timexes if t.first >= telling.end)}
    conjunction = not clause.pronoun and any(t.has("SCONJ") or t.has("CCONJ") for t in tokens)
    return conjunction or clause.first in ends


def _sentence_before(view: View, first: int, last: int) -> bool:
    if view.index == 0:
        return False
    low, high = view.analysis.sentences[view.index - 1]
    return low <= first and last <= high


def _marks(view: View, first: int, end: int) -> bool:
    return any(t.kind == MARK and t.text not in "\"«“„'" for t in view.analysis.tokens[first:end])
