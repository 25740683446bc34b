"""The day of a contact: which time expression of its clause dates it, and what that expression means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from rozmova.contacts.fields import Said, clauses_of
from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN
from rozmova.contacts.moved_words import of_others
from rozmova.contacts.view import View
from rozmova.times import amounts
from rozmova.times.amounts import Clock
from rozmova.times.edtf import Span, meet
from rozmova.times.find import Timex
from rozmova.times.operations import FUTURE, PAST
from rozmova.times.resolve import Resolved, resolve

_ADJECTIVE_FIRST = 20
"""An adjective before the contact's noun ("czwartkowa rozmowa") dates it before any other words do."""
_CLOCK_REACH, _ZONE_REACH = 3, 2


@dataclass(frozen=True, slots=True)
class When:
    """A date of a contact: EDTF (None with the reason), its days, how the words gave it, and the words themselves."""

    edtf: str | None
    spans: tuple[Span, ...]
    basis: str | None
    timex: Timex
    reason: str | None = None

    @property
    def width(self) -> float:
        """How many days lie between the first and the last it allows, without end when none can be told."""
        days = [day for span in self.spans for day in (span.first, span.last)]
        return (max(days) - min(days)).days if days else inf


def clash(one: When, other: When) -> bool:
    """True when two dates cannot be of one contact; where a year is missing, day and month tell."""
    if one.spans and other.spans:
        return not meet(one.spans, other.spans)
    a, b = one.timex.captures, other.timex.captures
    return any(a[part] != b[part] for part in ("month", "day") if part in a and part in b)


def same_day(one: When, other: When) -> bool:
    """True when two dates are the same; where their days cannot be told, by day and month or by weekday."""
    if one.spans or other.spans:
        return one.spans == other.spans
    a, b = one.timex.captures, other.timex.captures
    said = [(c.get("month"), c.get("day"), c.get("weekday")) for c in (a, b)]
    return said[0] == said[1] and ("day" in a or "weekday" in a)


def date(filled: Filled, planned: bool, published: tuple[Span, ...], proposed: bool = False) -> Said[When] | None:
    """The day or days of the contact, from the nearest time expression of its clause, with a time of day beside it.

    When the noun only hangs on another verb ("сказав у понеділок після зустрічі"), the expression must stand right
    beside the noun: others date what the verb tells. None when no words date the contact; a value of None when some do,
    but cannot be told.
    """
    view = filled.view
    tense = FUTURE if planned else PAST
    ranked = sorted(_options(filled), key=lambda option: option[0])
    found = [(timex, resolve(timex, published, tense)) for _, timex in ranked]
    if proposed:
        found = [
            (timex, resolved) for timex, resolved in found if not _of_the_proposal(filled, timex, resolved, published)
        ]
    known = [(timex, resolved) for timex, resolved in found if resolved.value]
    if not known:
        # the same holds while nobody knows what "today" is
        found.sort(key=lambda one: one[0].rule.op != "calendar")
        return _said(*found[0]) if found else None
    timex, resolved = known[0]
    if timex.rule.op != "calendar":
        # a "today" left over in a reused text does not win over the month beside it
        for other, value in known[1:]:
            if other.rule.op == "calendar" and not meet(value.spans, resolved.spans):
                return with_time(view, other, value)
    return with_time(view, timex, resolved)


def _of_the_proposal(filled: Filled, timex: Timex, resolved: Resolved, published: tuple[Span, ...]) -> bool:
    """A day that is over is not that of a contact still proposed; "proposed today" dates the proposal."""
    if not published or not resolved.spans:
        return False
    last = max(span.last for span in resolved.spans)
    told = timex.rule.op == "shift" and PAST in (filled.view.tense(filled.first), filled.view.tense(filled.governor))
    return last < min(span.first for span in published) or (told and last <= max(span.last for span in published))


def _options(filled: Filled) -> Iterator[tuple[int, Timex]]:
    """The time expressions that may date a contact, each with its distance."""
    view = filled.view
    adjunct = view.adjunct(filled.first)
    during = adjunct is not None and adjunct.payload.value == "during"
    reports = filled.frame.type == NOUN and filled.governor is not None and not (filled.carried or during)
    _first, end = filled.reach()
    anchor = filled.governor if filled.governor is not None and not reports else filled.first
    own = view.clause(filled.first)
    for clause in clauses_of(filled):
        for timex in view.timexes:
            if not clause.first <= timex.first < clause.end or timex.rule.type != "DATE" or timex.bound:
                continue
            if view.noun_between(filled.first, filled.end, timex.first) or _year_of_a_noun(view, timex):
                continue
            adjective = timex.end == filled.first
            if reports and clause == own and not (adjective or filled.first < timex.first <= end + 1):
                continue
            if not adjective and (_told_by_another(view, timex, filled) or of_others(filled, timex.first, timex.end)):
                continue
            distance = min(abs(timex.first - filled.first), abs(timex.first - anchor))
            yield distance - _ADJECTIVE_FIRST * adjective, timex


def _told_by_another(view: View, timex: Timex, filled: Filled) -> bool:
    """ "прибув із візитом і в неділю виступить": the time stands right before another verb, which it dates."""
    behind = timex.end
    if behind not in view.verbs or behind in (filled.first, filled.governor):
        return False
    auxiliary = view.analysis.tokens[behind].has("AUX")
    return not (auxiliary or view.is_cue(behind, "carry") or view.is_cue(behind, "occur"))


def _year_of_a_noun(view: View, timex: Timex) -> bool:
    """ "обсудили выборы 2020 года": the year belongs to the elections."""
    before = view.analysis.tokens[timex.first - 1] if timex.first > view.first else None
    bare = set(timex.captures) == {"year"} and not view.analysis.tokens[timex.first].has("ADP")
    return bare and before is not None and before.has("NOUN") and before.i not in view.triggers


def _said(timex: Timex, resolved: Resolved) -> Said[When]:
    when = When(resolved.value, resolved.spans, resolved.basis, timex, resolved.reason)
    return Said(when, timex.first, timex.end, timex.rule.name)


def with_time(view: View, timex: Timex, resolved: Resolved) -> Said[When]:
    """The date that a time expression gives, to the minute where a time of day stands beside it."""
    said = _said(timex, resolved)
    at = next((n for n, t in enumerate(view.timexes) if _clock_beside(t, timex.end, _CLOCK_REACH)), None)
    if at is None or len(resolved.spans) != 1 or resolved.spans[0].grain != "day":
        return said
    day = resolved.spans[0].first.isoformat()
    first, *rest = view.timexes[at : at + 2]
    one, other = _clock(first), _clock(rest[0]) if rest and _clock_beside(rest[0], first.end, _ZONE_REACH) else None
    if other and one.zone and other.zone and not amounts.agree(day, one, other):
        return said  # the article contradicts itself about the hour, not about the day
    end = rest[0].end if other and other.zone else first.end
    when = When(amounts.at(day, one), resolved.spans, resolved.basis, timex)
    return Said(when, timex.first, end, timex.rule.name)


def _clock_beside(timex: Timex, end: int, reach: int) -> bool:
    return timex.rule.op == "clock" and 0 <= timex.first - end <= reach


def _clock(timex: Timex) -> Clock:
    return amounts.clock(timex.captures, timex.rule.arguments)
