"""The words of moving ("postponed", "перенесли") in a sentence: which of them are said of a contact, which of others.

"Sejm przełożył głosowanie po spotkaniu z kanclerzem" moves a vote and no meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rozmova.contacts.fields import clauses_of
from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN, Cue
from rozmova.contacts.view import View
from rozmova.text.clauses import Clause
from rozmova.text.patterns import Match
from rozmova.text.tokens import Token
from rozmova.times.find import Timex

_PERHAPS_REACH, _FORWARD_REACH = 5, 8
_OBJECT_REACH, _MARK_REACH = 3, 2
MODIFIERS = ("ADJ", "DET", "NUM", "PRON", "ADV")


def clauses_spread(filled: Filled) -> list[Clause]:
    """The clauses of the contact, and those behind them that go on without a subject of their own."""
    view = filled.view
    found = clauses_of(filled)
    phrase = max((g.end for _, g in filled.slots), default=filled.end)
    relative = view.relative_after(phrase) if filled.frame.type == NOUN else None
    if relative is not None and relative not in found:
        found.append(relative)  # "which was to take place on 12 May", and then the sentence goes on
    last = max(view.clauses.index(c) for c in found)
    for clause in view.clauses[last + 1 :]:
        verb = clause.verb if clause.verb is not None else clause.end
        before = view.analysis.tokens[clause.first : verb]
        if clause.relative or any(plain_noun(view, t) or t.i in view.names for t in before):
            break
        found.append(clause)
    return found


def moved_words(filled: Filled, reach: Sequence[Clause]) -> Iterator[Match[Cue]]:
    """The words of moving that are said of this contact."""
    view, own = filled.view, reach[0]
    noun = filled.frame.type == NOUN
    if noun and (view.adjunct(filled.first) is not None or view.spoken_of(filled.first, "comments")):
        return
    for cue in (c for c in view.cues if c.payload.field == "moved"):
        if not any(c.first <= cue.first < c.end for c in reach) or view.noun_between(
            filled.first, filled.end, cue.first
        ):
            continue
        inside = own.first <= cue.first < own.end
        if (noun or not inside) and _said_of(filled, cue, inside) and not _of_something_else(filled, cue):
            yield cue


def _said_of(filled: Filled, cue: Match[Cue], inside: bool) -> bool:
    """No other verb stands between the contact's word and the word of moving, and no "and" ends what that one says."""
    view, first = filled.view, filled.first
    low, high = (cue.end, first) if cue.first < first else (filled.end, cue.first)
    between = range(low, high)
    tells = ("status", "occur", "carry", "moved", "once_planned")
    for i in between:
        token = view.analysis.tokens[i]
        head = view.analysis.tokens[cue.first]
        chain = i == filled.governor and cue.first - i in (1, 2) and (head.has("ADJ") or _infinitive(head))
        tied = chain or token.has("AUX") or any(view.is_cue(i, name) for name in tells)
        alien = view.finite(i) and not tied
        if alien and i not in view.names and not any(t.first <= i < t.end for t in view.timexes):
            return False
    if cue.first < first and any(view.analysis.tokens[i].has("CCONJ") and i not in view.names for i in between):
        return False
    return not inside or cue.first >= first or _object(filled, cue)


def _infinitive(token: Token) -> bool:
    return bool(token.morphs) and token.morphs[0].verbform == "Inf"


def _object(filled: Filled, cue: Match[Cue]) -> bool:
    """A noun behind the word of moving is what is moved unless a preposition parts them: "because of the talks"."""
    tokens, at = filled.view.analysis.tokens, filled.first - 1
    while at >= cue.end and (at in filled.view.names or any(tokens[at].has(pos) for pos in MODIFIERS)):
        at -= 1
    return at < cue.end or not tokens[at].has("ADP") or at == cue.end


def _of_something_else(filled: Filled, cue: Match[Cue]) -> bool:
    """Another noun is what is moved: "the meeting postponed the vote", "через переговори голосування ..."."""
    view, tokens = filled.view, filled.view.analysis.tokens
    behind = cue.end
    while behind < view.end and any(tokens[behind].has(pos) for pos in MODIFIERS) and behind != filled.first:
        behind += 1
    if behind < view.end and plain_noun(view, tokens[behind]) and not _hangs_on(filled, behind):
        return True
    if filled.frame.type != NOUN or cue.first < filled.end:
        return False
    start = filled.first - 1
    while start >= view.first and any(tokens[start].has(pos) for pos in MODIFIERS):
        start -= 1
    if start >= view.first and tokens[start].has("ADP") and tokens[start].morphs[0].pos == "ADP":
        return not any(start in range(t.first, t.end) for t in view.timexes)
    if not view.grammar.has_cases:
        return False
    bare = (t for t in tokens[filled.end : cue.first] if plain_noun(view, t) and not tokens[t.i - 1].has("ADP"))
    return any(t.morphs[0].case in ("Nom", "Acc") and not tokens[t.i - 1].has("ADJ") for t in bare)


def _hangs_on(filled: Filled, noun: int) -> bool:
    """ "The date of the meeting": what is moved is the contact's own."""
    between = filled.view.analysis.tokens[noun + 1 : filled.first]
    parted = filled.view.grammar.has_cases and any(t.has("ADP") for t in between)
    return noun <= filled.first <= noun + _OBJECT_REACH and not parted


def plain_noun(view: View, token: Token) -> bool:
    """A noun that belongs to no name, no time and no cue."""
    told = view.cue_fields.get(token.i, set()) - {"status"}
    if not token.morphs or token.morphs[0].pos != "NOUN" or token.i in view.names or told:
        return False
    return not any(t.first <= token.i < t.end for t in view.timexes)


def in_doubt(view: View, word: Match[Cue]) -> bool:
    """ "May be moved", "asked to postpone", "was not moved"."""
    start = max(view.clause(word.first).first, word.first - _PERHAPS_REACH)
    for cue in (c for c in view.cues if c.payload.field == "moved_perhaps" and start <= c.first <= word.first):
        if not any(t.first <= cue.first < t.end for t in view.timexes):  # "12 May was"
            return True
    return view.cue("negation", max(view.first, word.first - 2), word.first) is not None


def forward(view: View, word: Match[Cue]) -> bool:
    """Whether the new date is the earlier of the two: "brought forward"."""
    return view.cue("moved_forward", word.first, min(view.end, word.end + _FORWARD_REACH)) is not None


def marked(view: View, name: str, timex: Timex) -> bool:
    """Whether the words of ``name`` stand right before a time expression, or begin it."""
    tokens = view.analysis.tokens
    for cue in (c for c in view.cues if c.payload.field == name):
        gap = tokens[cue.end : timex.first]
        near = cue.end <= timex.first and len(gap) <= _MARK_REACH and all(_modifies(view, t) for t in gap)
        if cue.first <= timex.first < cue.end or near:
            return True
    return False


def _modifies(view: View, token: Token) -> bool:
    inside = any(t.first <= token.i < t.end for t in view.timexes)
    return not inside and any(token.has(pos) for pos in MODIFIERS)


def of_others(filled: Filled, first: int, end: int) -> bool:
    """Whether the words at tokens ``first`` to ``end`` move something else, or tell from when or to when."""
    view = filled.view
    for cue in (c for c in view.cues if c.payload.field == "moved" and _of_something_else(filled, c)):
        timex = next((t for t in view.timexes if t.first == first and cue.first < first), None)
        dated = timex is not None and (marked(view, "moved_from", timex) or marked(view, "moved_to", timex))
        near = dated and not view.noun_between(cue.first, cue.end, first) and not first > filled.first > cue.first
        if (first < cue.end and cue.first < end) or near:
            return True
    return False
