"""A contact moved to another date: the status, the earlier date and the new one.

"The meeting planned for 12 May was postponed to 19 May" speaks of one contact. The earlier date is told by the words
right before it (``moved_from``, and ``instead_of``, which needs no word of moving), by a plan that is over ("planned
for", "was to take place on"), or by its place before the noun ("Monday's meeting"); the new one by the words before
it (``moved_to``) behind the word of moving. Where a weekday leaves it open, the earlier date is the last one before the
new one, or the next one behind it where the contact is brought forward (``moved_forward``). What is put off with no new
date is cancelled, as the words of status say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rozmova.contacts import dates, status
from rozmova.contacts.dates import When
from rozmova.contacts.fields import Said
from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN, Cue
from rozmova.contacts.moved_words import clauses_spread, forward, in_doubt, marked, moved_words, plain_noun
from rozmova.contacts.view import View
from rozmova.text.clauses import Clause
from rozmova.text.patterns import Match
from rozmova.text.tokens import NUMBER
from rozmova.times.edtf import Span
from rozmova.times.find import Timex
from rozmova.times.operations import FUTURE, PAST
from rozmova.times.resolve import Resolved, resolve

MOVED = "moved to another date"
"""The rule behind a status and behind an earlier date, as evidence shows it."""
FROM = "the date it was moved from"
_NOT_YET, _PUT_OFF = "not moved, or not yet", "put off with no new date"
_SURELY_APART = 60
"""Days: of two days further apart than this, the one nearer to the publication is meant."""


@dataclass(frozen=True, slots=True)
class Move:
    """What the words say of a move: the status, the earlier date and the new one, None where the words do not say.

    What is not ``done`` keeps its date as ``new``: "may be moved from 12 May", "due on Friday, has been postponed".
    """

    status: Said[str] | None
    old: Said[When] | None
    new: Said[When] | None
    done: bool = True


def move(filled: Filled, said: Said[str] | None, published: tuple[Span, ...]) -> Move | None:
    """The move that a mention tells of; None when it tells of none. ``said`` is the status without it.

    What is only proposed has not been moved; a letter never is.
    """
    if filled.frame.family in ("letter", "reply") or (said and said.value in ("proposed", "declined")):
        return None
    view, reach = filled.view, clauses_spread(filled)
    word = next(moved_words(filled, reach), None)
    if (word is not None and status.negated(filled)) or (word is None and view.has_cue("moved")):
        return None
    old_words, new_words = _roles(filled, reach, word)
    took = _took_place(filled, reach, word)
    ahead = took is None and (said is None or said.value != "held" or word is not None)
    new = _read(view, new_words, published, FUTURE if ahead else PAST)
    if took is not None:
        new = new or _day_of(view, took, old_words, published)
    ahead = word is not None and forward(view, word)
    old = earlier(old_words, new, published, forward=ahead) if old_words is not None else None
    if word is None:
        return Move(None, old, new) if old is not None else None
    kept = replace(old, rule=old.value.timex.rule.name) if old is not None else None
    if in_doubt(view, word):
        by_it = said is not None and said.first < word.end and word.first < said.end
        planned = Said("planned", word.first, word.end, _NOT_YET, weak=True)
        return Move(planned, None, kept, done=False) if by_it else None
    if took is not None:
        return Move(Said("held", took, took + 1, MOVED), old, new) if old or new else None
    off = said is not None and said.value == "cancelled"
    if not off and new is None and any(view.status_cue(i) == "cancelled" for i in range(word.first, word.end)):
        return Move(Said("cancelled", word.first, word.end, _PUT_OFF), None, kept, done=False)
    if (off and new is None) or not (old or new or _only_moved(filled, word, said)):
        return None
    return Move(Said("planned", word.first, word.end, MOVED, weak=True), old, new)


def told_apart(view: View, published: tuple[Span, ...]) -> Move | None:
    """The move that a sentence without a contact's noun tells of the last one: "It was moved to 19 May"."""
    word = next((c for c in view.cues if c.payload.field == "moved"), None)
    if word is None or in_doubt(view, word):
        return None
    clause = view.clause(word.first)
    tokens = view.analysis.tokens[clause.first : clause.end]
    others = [t for t in tokens if plain_noun(view, t) and not view.analysis.tokens[t.i - 1].has("ADP")]
    if others or not any(t.has("PRON") for t in tokens):
        return None
    new_words = next((t for t in _dates(view, [clause]) if _role(view, t, word) == "new"), None)
    new = _read(view, new_words, published, FUTURE)
    return Move(Said("planned", word.first, word.end, MOVED, weak=True), None, new) if new is not None else None


# what the words say of it


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
        moving = cue is None or any(
            view.is_cue(i, "moved") or view.is_cue(i, "status") for i in range(cue.first, cue.end)
        )
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
    if old is None and word is not None:
        old = _told_on_the_noun(filled)
    return old, new


def _told_on_the_noun(filled: Filled) -> Timex | None:
    """A clause on the noun with a subject of its own: "the call, which London had scheduled for Monday, was moved"."""
    view = filled.view
    phrase = max((g.end for _, g in filled.slots), default=filled.end)
    clause = next((c for c in view.clauses if c.first >= phrase), None)
    if filled.frame.type != NOUN or clause is None or not clause.relative or clause.first - phrase > 1:
        return None
    plans = [c for c in view.cues if c.payload.field == "once_planned" or c.payload.value == "planned"]
    return next((t for t in _dates(view, [clause]) if any(c.first < t.first <= c.end for c in plans)), None)


def _of_the_noun(view: View, timex: Timex) -> bool:
    """ "Monday's call", "понеділкова зустріч", and not "on Monday the call was moved"."""
    if view.grammar.has_cases:
        return view.analysis.tokens[timex.end - 1].has("ADJ")
    return not view.analysis.tokens[timex.first].has("ADP")


def _dates(view: View, reach: Sequence[Clause]) -> list[Timex]:
    return [t for t in view.timexes if t.rule.type == "DATE" and any(c.first <= t.first < c.end for c in reach)]


def _role(view: View, timex: Timex, word: Match[Cue] | None) -> str:
    """ "old", "new" or "" for neither, such as the day on which somebody told of it."""
    if marked(view, "instead_of", timex) or (word is not None and marked(view, "moved_from", timex)):
        return "old"
    if word is None:
        return ""
    plans = [
        c for c in view.cues
        if (c.payload.field == "once_planned" or (c.payload.field == "status" and c.payload.value == "planned"))
        and c.first < timex.first
        and not any(view.is_cue(i, "moved") for i in range(c.first, min(c.end, timex.first)))
    ]  # fmt: skip
    plan = max((c for c in plans if _beside(view, c, timex)), key=lambda c: c.first, default=None)
    if word.first < timex.first and (plan is None or plan.first < word.first):
        return "new" if marked(view, "moved_to", timex) else ""
    if plan is None:
        return ""
    if _is_over(view, plan, word):
        return "old"
    return "new" if word.first < plan.first else ""  # "was moved and will take place on 19 May"


def _is_over(view: View, plan: Match[Cue], word: Match[Cue]) -> bool:
    """A plan told as one that is over: "planned for", "was to", and not "will", "is planned", "now planned"."""
    tokens = view.analysis.tokens
    told = [i for i in range(max(view.first, plan.first - 1), plan.end) if i >= plan.first or tokens[i].has("AUX")]
    tenses = [{m.tense for m in tokens[i].morphs if m.verbform == "Fin"} for i in told if i in view.verbs]
    if any(found & {"Pres", "Fut"} and PAST not in found for found in tenses):
        return False
    finite = any(i in view.verbs and tokens[i].verb() and not tokens[i].has("AUX") for i in range(plan.first, plan.end))
    return plan.first < word.first or not finite or not view.grammar.has_cases


def _beside(view: View, plan: Match[Cue], timex: Timex) -> bool:
    """No other date stands between a plan and the one it is for."""
    return not any(plan.first < t.first and t.end <= timex.first for t in view.timexes if t.rule.type == "DATE")


def _range(view: View, timex: Timex) -> tuple[Timex, Timex] | None:
    """ "From 12 to 19 May" is one time expression; of what is moved it names two days."""
    captures = timex.captures
    at = next((c.first for c in view.cues if c.payload.field == "moved_to" and timex.first < c.first < timex.end), None)
    if at is None or not {"to", "to_month"} & captures.keys() or not marked(view, "moved_from", timex):
        return None
    rest = {k: v for k, v in captures.items() if k not in ("to", "to_month", "day", "month")}
    old = {k: v for k, v in captures.items() if k in ("day", "month")}
    new = {"month": captures.get("to_month", captures.get("month"))}
    if "to" in captures:
        new["day"] = captures["to"]
    return Timex(timex.first, at, timex.rule, rest | old), Timex(at, timex.end, timex.rule, rest | new)


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


def earlier(
    timex: Timex, new: Said[When] | None, published: tuple[Span, ...], *, forward: bool = False
) -> Said[When] | None:
    """The earlier date, read so that it lies before the ``new`` one, or behind it where that was brought ``forward``.

    None when both are the same day; a value of None when the words leave the day open.
    """
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
    if best is None:
        open_ = When(None, (), None, timex, "the words leave open which day it was")
        return Said(open_, timex.first, timex.end, FROM)
    if new is not None and best.value == new.value.edtf:
        return None
    return Said(When(best.value, best.spans, best.basis, timex), timex.first, timex.end, FROM)


def _first(resolved: Resolved) -> date:
    return min(s.first for s in resolved.spans)
