"""A contact moved to another date: the words of moving, the earlier date and the new one.

"The meeting planned for 12 May was postponed to 19 May" speaks of one contact. Which date is the earlier one is told by
the words right before it (``moved_from``, and ``instead_of``, which need no word of moving), by a plan that is over ("planned for", "was to take
place on"), or by its place before the noun ("Monday's meeting"); the new one follows the word of moving and its own
words (``moved_to``). Where a weekday leaves it open, the earlier date is the last one before the new one, or the next
one behind it where the words bring the contact forward (``moved_forward``). Putting off without a new date stays with
the words of status.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rozmova.contacts import dates, status
from rozmova.contacts.dates import When
from rozmova.contacts.fields import Said, clauses_of
from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN, Cue
from rozmova.contacts.view import View
from rozmova.text.clauses import Clause
from rozmova.text.patterns import Match
from rozmova.text.tokens import NUMBER, Token
from rozmova.times.edtf import Span
from rozmova.times.find import Timex
from rozmova.times.operations import FUTURE, PAST
from rozmova.times.resolve import Resolved, resolve

MOVED = "moved to another date"
"""The rule behind a status and behind an earlier date, as evidence shows it."""
FROM = "the date it was moved from"
_PERHAPS_REACH, _FORWARD_REACH = 5, 5
_OBJECT_REACH, _MARK_REACH = 3, 2
_SURELY_APART = 60
"""Days: of two days further apart than this, the one nearer to the publication is meant."""
_MODIFIERS = ("ADJ", "DET", "NUM", "PRON", "ADV")


@dataclass(frozen=True, slots=True)
class Move:
    """What the words say of a move: the status, the earlier date and the new one, None where the words do not say."""

    status: Said[str] | None
    old: Said[When] | None
    new: Said[When] | None


def move(filled: Filled, said: Said[str] | None, published: tuple[Span, ...]) -> Move | None:
    """The move that a mention tells of; None when it tells of none. ``said`` is the status without it.

    What is only proposed, doubted or denied has not been moved; a letter never is.
    """
    if filled.frame.family in ("letter", "reply") or (said and said.value in ("proposed", "declined")):
        return None
    reach = _clauses(filled)
    word = next(_words(filled, reach), None)
    if word is not None and (_in_doubt(filled.view, word) or status.negated(filled)):
        return None
    if word is None and any(c.payload.field == "moved" for c in filled.view.cues):
        return None
    old_words, new_words = _roles(filled, reach, word)
    took = _took_place(filled, reach, word)
    ahead = took is None and (said is None or said.value != "held" or word is not None)
    new = _read(filled.view, new_words, published, FUTURE if ahead else PAST)
    if took is not None:
        new = new or _day_of(filled.view, took, old_words, published)
    forward = word is not None and _forward(filled.view, word)
    old = _earlier(old_words, new, forward, published) if old_words is not None else None
    if word is None:
        return Move(None, old, new) if old is not None else None
    off = said is not None and said.value == "cancelled"
    if took is not None:
        return Move(Said("held", took, took + 1, MOVED), old, new) if old or new else None
    if (off and new is None) or not (old or new or _only_moved(filled, word, said)):
        return None
    return Move(Said("planned", word.first, word.end, MOVED, weak=True), old, new)


def told_apart(view: View, published: tuple[Span, ...]) -> Move | None:
    """The move that a sentence without a contact's noun tells of the last one: "It was moved to 19 May"."""
    word = next((c for c in view.cues if c.payload.field == "moved"), None)
    if word is None or _in_doubt(view, word):
        return None
    clause = view.clause(word.first)
    tokens = view.analysis.tokens[clause.first : clause.end]
    others = [t for t in tokens if _plain_noun(view, t) and not view.analysis.tokens[t.i - 1].has("ADP")]
    if others or not any(t.has("PRON") for t in tokens):
        return None
    new_words = next((t for t in _dates(view, [clause]) if _role(view, t, word) == "new"), None)
    new = _read(view, new_words, published, FUTURE)
    return Move(Said("planned", word.first, word.end, MOVED, weak=True), None, new) if new is not None else None


# the word of moving


def _clauses(filled: Filled) -> list[Clause]:
    """The clauses of the contact, and those behind them that go on without a subject of their own."""
    view = filled.view
    found = clauses_of(filled)
    last = max(view.clauses.index(c) for c in found)
    for clause in view.clauses[last + 1 :]:
        verb = clause.verb if clause.verb is not None else clause.end
        before = view.analysis.tokens[clause.first : verb]
        if clause.relative or any(_plain_noun(view, t) or t.i in view.names for t in before):
            break
        found.append(clause)
    return found


def _words(filled: Filled, reach: Sequence[Clause]) -> Iterator[Match[Cue]]:
    """The words of moving that are said of this contact."""
    view, own = filled.view, reach[0]
    noun = filled.frame.type == NOUN
    if noun and (view.adjunct(filled.first) is not None or view.spoken_of(filled.first, "comments")):
        return
    for cue in (c for c in view.cues if c.payload.field == "moved"):
        if not any(c.first <= cue.first < c.end for c in reach) or view.noun_between(filled.first, filled.end, cue.first):
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
        passive = i == filled.governor and cue.first - i in (1, 2) and view.analysis.tokens[cue.first].has("ADJ")
        tied = passive or token.has("AUX") or any(view.is_cue(i, name) for name in tells)
        alien = view.finite(i) and not tied
        if alien and i not in view.names and not any(t.first <= i < t.end for t in view.timexes):
            return False
    if cue.first < first and any(view.analysis.tokens[i].has("CCONJ") and i not in view.names for i in between):
        return False
    return not inside or cue.first >= first or _object(filled, cue)


def _object(filled: Filled, cue: Match[Cue]) -> bool:
    """A noun behind the word of moving is what is moved unless a preposition parts them: "because of the talks"."""
    tokens, at = filled.view.analysis.tokens, filled.first - 1
    while at >= cue.end and (at in filled.view.names or any(tokens[at].has(pos) for pos in _MODIFIERS)):
        at -= 1
    return at < cue.end or not tokens[at].has("ADP") or at == cue.end


def _of_something_else(filled: Filled, cue: Match[Cue]) -> bool:
    """Another noun is what is moved: "the meeting of A and B postponed the vote", "через переговори голосування ..."."""
    view, tokens = filled.view, filled.view.analysis.tokens
    behind = cue.end
    while behind < view.end and any(tokens[behind].has(pos) for pos in _MODIFIERS) and behind != filled.first:
        behind += 1
    if behind < view.end and _plain_noun(view, tokens[behind]) and not behind <= filled.first <= behind + _OBJECT_REACH:
        return True
    if filled.frame.type != NOUN or cue.first < filled.end:
        return False
    start = filled.first - 1
    while start >= view.first and any(tokens[start].has(pos) for pos in _MODIFIERS):
        start -= 1
    if start >= view.first and tokens[start].has("ADP") and tokens[start].morphs[0].pos == "ADP":
        return not any(start in range(t.first, t.end) for t in view.timexes)
    if not view.grammar.has_cases:
        return False
    bare = (t for t in tokens[filled.end : cue.first] if _plain_noun(view, t) and not tokens[t.i - 1].has("ADP"))
    return any(t.morphs[0].case in ("Nom", "Acc") and not tokens[t.i - 1].has("ADJ") for t in bare)


def _plain_noun(view: View, token: Token) -> bool:
    """A noun that belongs to no name, no time and no cue."""
    if not token.morphs or token.morphs[0].pos != "NOUN" or token.i in view.names or token.i in view.cue_fields:
        return False
    return not any(t.first <= token.i < t.end for t in view.timexes)


def _in_doubt(view: View, word: Match[Cue]) -> bool:
    """ "May be moved", "asked to postpone", "was not moved"."""
    start = max(view.clause(word.first).first, word.first - _PERHAPS_REACH)
    for cue in (c for c in view.cues if c.payload.field == "moved_perhaps" and start <= c.first <= word.first):
        if not any(t.first <= cue.first < t.end for t in view.timexes):  # "12 May was"
            return True
    return view.cue("negation", max(view.first, word.first - 2), word.first) is not None


def _forward(view: View, word: Match[Cue]) -> bool:
    return view.cue("moved_forward", word.first, min(view.end, word.end + _FORWARD_REACH)) is not None


def _only_moved(filled: Filled, word: Match[Cue], said: Said[str] | None) -> bool:
    """Moved, and no word says from when or to when, nor to which place: what was told before may say it."""
    clause = filled.view.clause(word.first)
    groups = (g for g in filled.view.groups if word.end <= g.first < clause.end and g.preposition)
    elsewhere = any(g.members[0].mention.kind in ("place", "state") for g in groups)
    inside = said is not None and word.first <= said.first < word.end
    return not elsewhere and said is not None and said.value == "planned" and (inside or said.weak)


def _took_place(filled: Filled, reach: Sequence[Clause], word: Match[Cue] | None) -> int | None:
    """The verb that says that what had been moved then took place: "The visit, postponed from May, began on Monday"."""
    view = filled.view
    if word is None or view.tense(filled.governor) == FUTURE:
        return None
    heads = [c.verb for c in reach if not (c.relative and c.first > filled.first)]
    for verb in (filled.governor, *heads, *sorted(view.verbs)):
        if verb is None or not any(c.first <= verb < c.end for c in reach) or word.first <= verb < word.end:
            continue
        cue = next((c for c in view.cues if c.payload.field == "occur" and c.first == verb), None)
        moving = cue is None or any(view.is_cue(i, "moved") or view.is_cue(i, "status") for i in range(cue.first, cue.end))
        if moving or view.tense(verb) != PAST or view.cue("negation", max(view.first, verb - 2), verb) is not None:
            continue
        if not view.analysis.tokens[verb].has("AUX") and not view.noun_between(filled.first, filled.end, verb):
            return verb
    return None


# which date is which


def _roles(filled: Filled, reach: Sequence[Clause], word: Match[Cue] | None) -> tuple[Timex | None, Timex | None]:
    """The words of the earlier date and of the new one."""
    view = filled.view
    old: Timex | None = None
    new: Timex | None = None
    for timex in _dates(view, reach):
        if view.noun_between(filled.first, filled.end, timex.first):
            continue
        both = _range(view, timex) if word is not None else None
        if both is not None:
            return both
        before = word is not None and timex.end == filled.first and _of_the_noun(view, timex)
        role = "old" if before else _role(view, timex, word)
        if role == "old":
            old = old or timex
        elif role == "new":
            new = new or timex
    if old is None and new is not None:
        old = _shortened(view, new)
    return old, new


def _of_the_noun(view: View, timex: Timex) -> bool:
    """ "Monday's call", "понеділкова зустріч", and not "on Monday the call was moved"."""
    if view.grammar.has_cases:
        return view.analysis.tokens[timex.end - 1].has("ADJ")
    return not view.analysis.tokens[timex.first].has("ADP")


def _dates(view: View, reach: Sequence[Clause]) -> list[Timex]:
    return [t for t in view.timexes if t.rule.type == "DATE" and any(c.first <= t.first < c.end for c in reach)]


def _role(view: View, timex: Timex, word: Match[Cue] | None) -> str:
    """ "old", "new" or "" for neither, such as the day on which somebody told of it."""
    if _marked(view, "instead_of", timex) or (word is not None and _marked(view, "moved_from", timex)):
        return "old"
    if word is None:
        return ""
    plans = [
        c for c in view.cues
        if (c.payload.field == "once_planned" or (c.payload.field == "status" and c.payload.value == "planned"))
        and c.first < timex.first
        and not any(view.is_cue(i, "moved") for i in range(c.first, min(c.end, timex.first)))
    ]  # fmt: skip
    plan = max(plans, key=lambda c: c.first, default=None)
    if word.first < timex.first and (plan is None or plan.first < word.first):
        return "new" if _marked(view, "moved_to", timex) else ""
    return "old" if plan is not None and _is_over(view, plan, word) and _beside(view, plan, timex) else ""


def _marked(view: View, name: str, timex: Timex) -> bool:
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
    return not inside and any(token.has(pos) for pos in _MODIFIERS)


def _is_over(view: View, plan: Match[Cue], word: Match[Cue]) -> bool:
    """A plan told as one that is over: "planned for", "was to", and not "will", "is planned", "now planned"."""
    tokens = view.analysis.tokens
    told = [i for i in range(max(view.first, plan.first - 1), plan.end) if i >= plan.first or tokens[i].has("AUX")]
    if any(view.tense_of(i) in ("Pres", "Fut") for i in told if i in view.verbs):
        return False
    finite = any(i in view.verbs and tokens[i].verb() and not tokens[i].has("AUX") for i in range(plan.first, plan.end))
    return plan.first < word.first or not finite or not view.grammar.has_cases


def _beside(view: View, plan: Match[Cue], timex: Timex) -> bool:
    """No other date stands between a plan and the one it is for."""
    return not any(plan.end <= t.first and t.end <= timex.first for t in view.timexes if t.rule.type == "DATE")


def _range(view: View, timex: Timex) -> tuple[Timex, Timex] | None:
    """ "From 12 to 19 May" is one time expression; of what is moved it names two days."""
    captures = timex.captures
    at = next((c.first for c in view.cues if c.payload.field == "moved_to" and timex.first < c.first < timex.end), None)
    if at is None or "to" not in captures or not _marked(view, "moved_from", timex):
        return None
    rest = {k: v for k, v in captures.items() if k not in ("to", "to_month", "day", "month")}
    month = captures.get("month")
    old = {**rest, "day": captures.get("day"), "month": month}
    new = {**rest, "day": captures["to"], "month": captures.get("to_month", month)}
    return Timex(timex.first, at, timex.rule, old), Timex(at, timex.end, timex.rule, new)


def _shortened(view: View, new: Timex) -> Timex | None:
    """ "З 12 на 19 травня": the earlier day stands right before the new one and shares its month."""
    tokens, at = view.analysis.tokens, new.first - 1
    while at > view.first and at >= new.first - 2 and tokens[at].kind != NUMBER:
        at -= 1
    if at <= view.first or tokens[at].kind != NUMBER or "day" not in new.captures or not tokens[at].low.isdigit():
        return None
    cue = next((c for c in view.cues if c.payload.field == "moved_from" and c.end == at), None)
    return Timex(cue.first, at + 1, new.rule, {**new.captures, "day": tokens[at].low}) if cue is not None else None


# what the words mean


def _read(view: View, timex: Timex | None, published: tuple[Span, ...], tense: str) -> Said[When] | None:
    if timex is None:
        return None
    resolved = resolve(timex, published, tense)
    return dates.with_time(view, timex, resolved) if resolved.value else None


def _day_of(view: View, verb: int, old: Timex | None, published: tuple[Span, ...]) -> Said[When] | None:
    """The day on which it took place: the date nearest to the verb that says so."""
    clause = view.clause(verb)
    free = [t for t in _dates(view, [clause]) if t is not old and not t.bound]
    return _read(view, min(free, key=lambda t: abs(t.first - verb), default=None), published, PAST)


def _earlier(
    timex: Timex, new: Said[When] | None, forward: bool, published: tuple[Span, ...]
) -> Said[When] | None:
    """The earlier date, read so that it lies before the new one (behind it where the contact is brought forward)."""
    read = {resolve(timex, published, tense).value: resolve(timex, published, tense) for tense in (PAST, FUTURE)}
    found = [r for r in read.values() if r.value and r.spans]
    if new is not None and new.value.spans:
        limit = min(s.first for s in new.value.spans)
        either = timex.rule.op == "calendar"  # day and month: the year nearest to the new date's
        fitting = [r for r in found if either or (_first(r) > limit if forward else _first(r) < limit)]
        best = min(fitting or found, key=lambda r: abs((_first(r) - limit).days), default=None)
    elif len(found) > 1:
        today = min(s.first for s in published)
        near, far = sorted(found, key=lambda r: abs((_first(r) - today).days))[:2]
        best = near if abs((_first(near) - _first(far)).days) > _SURELY_APART else None
    else:
        best = found[0] if found else None
    if best is None or (new is not None and best.value == new.value.edtf):
        return None
    return Said(When(best.value, best.spans, best.basis, timex), timex.first, timex.end, FROM)


def _first(resolved: Resolved) -> date:
    return min(s.first for s in resolved.spans)
