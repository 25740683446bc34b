"""What one article says about the day it came out: its clues, each with the words it rests on.

Times tie themselves to the day of publication by tense, contacts to the times that date them, and people to their terms
of office. Nothing here guesses: a clue that follows from habits of writing (a month named without its year is not the
present one) is marked as usual, and gives way where the words contradict it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rozmova.contacts.draft import Draft
from rozmova.dating import daysets
from rozmova.dating.terms import terms_of_office
from rozmova.names.actors import ActorTable
from rozmova.names.identity import Named
from rozmova.records import Clue
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK, WORD
from rozmova.times.find import Timex
from rozmova.times.operations import FUTURE, OPERATIONS, PAST, day_of, direction, steps, year_of
from rozmova.times.resolve import resolve

PUBLISHED = "published"
_YEAR, _NEAREST, _WEEK = 364, 200, 6
_HEADER_LINES, _HEADER_WORDS = 3, 3
_DATELINE = 6
"""Tokens at most before the date of a dateline: "КИЇВ, 11 лютого - "."""
_DATE, _ANOTHER = "the date of the contact", "another date of the same contact"
_DASHES = frozenset("-–—")
_MOST = 150
"""Time expressions of an article that count; what has more is a table of dates, and no story."""
_UNITS = ("week", "month", "year")


@dataclass(frozen=True, slots=True)
class Told:
    """An article as far as its date is concerned; ``timexes`` in the order of the text."""

    analysis: Analysis
    timexes: Sequence[Timex]
    drafts: Sequence[Draft]
    named: Iterable[Named]
    table: ActorTable

    def clue(self, first: int, end: int, rule: str, about: str, **fields: object) -> Clue:
        """A clue that rests on tokens ``first`` to ``end``."""
        start, stop = self.analysis.span(first, end)
        text = self.analysis.text[start:stop]
        return Clue(start=start, end=stop, text=text, rule=rule, about=about, **fields)  # type: ignore[arg-type]


def clues(told: Told) -> tuple[Clue, ...]:
    """Everything an article says about its unknown days."""
    tenses = _tenses_of_contacts(told.drafts)
    number = _numbered(told)
    found: list[Clue] = []
    for timex, name in number.items():
        if timex.rule.op in OPERATIONS and not timex.bound and not timex.unsaid:
            found += _value(told, timex, name)
            found += _from_anchor(told, timex, name, number, tenses.get(timex))
    found += _headers(told, number)
    found += _one_day(told, number)
    found += _dates_of_contacts(told, number)
    found += _terms_of_parties(told)
    found += (clue for _, clue in _previous(told))
    found += _background(told, number)
    found += _offices(told)
    return tuple(found)


def order_of_contacts(told: Told) -> tuple[Clue, ...]:
    """What a dated article can still tell others: which contact was the previous one of the same parties."""
    return tuple(clue for _, clue in _previous(told))


def _numbered(told: Told) -> dict[Timex, str]:
    return {timex: f"time {n}" for n, timex in enumerate(told.timexes[:_MOST])}


def _tenses_of_contacts(drafts: Iterable[Draft]) -> dict[Timex, str]:
    """The direction of the times that date contacts: what is held is past, what is planned is to come."""
    toward = {"held": PAST, "planned": FUTURE, "proposed": FUTURE}
    return {
        said.value.timex: toward[draft.status.value]
        for draft in drafts
        if draft.status and draft.status.value in toward
        for said in draft.dates
    }


# times


def _value(told: Told, timex: Timex, name: str) -> Iterator[Clue]:
    """Which days the words name by themselves."""
    captures, arguments = timex.captures, timex.rule.arguments
    rule, at = timex.rule.name, (timex.first, timex.end)
    full = resolve(timex, ())
    if full.value and full.basis == "explicit" and "approximate" not in captures:
        if daysets.matching(full.value):  # what was before the days that are counted says nothing of the article's
            yield told.clue(*at, rule, name, days=full.value)
        return
    if timex.rule.op == "calendar" and year_of(captures) is None:
        month, day = captures.get("month"), day_of(captures)
        if month or day:
            named = f"XXXX-{int(month):02d}" if month else "XXXX-XX"
            yield told.clue(*at, rule, name, days=named + (f"-{day:02d}" if day else ""))
    if "weekday" in captures:
        yield told.clue(*at, rule, name, days=f"XXXX-WXX-{captures['weekday']}")
    part = str(arguments.get("part") or captures.get("part", ""))
    unit = arguments.get("unit") or captures.get("unit")
    if timex.rule.op == "period" and unit == "year" and part in ("start", "end"):
        yield told.clue(*at, rule, name, days="XXXX-01" if part == "start" else "XXXX-12")


def _from_anchor(
    told: Told, timex: Timex, name: str, number: dict[Timex, str], of_contact: str | None
) -> Iterator[Clue]:
    """How far the words lie from the day of publication, or from the date mentioned before."""
    captures, arguments = timex.captures, timex.rule.arguments
    rule, at = timex.rule.name, (timex.first, timex.end)
    tense = direction(arguments, of_contact or (timex.tense if timex.close else ""))
    last = arguments.get("anchor") == "last"
    if last and timex.before is None:
        return
    anchor = number[timex.before] if last and timex.before else PUBLISHED
    op = timex.rule.op
    unit = str(arguments.get("unit") or captures.get("unit", "day"))
    if op == "shift" and unit in ("day", "week"):
        by = steps(captures, arguments) * (7 if unit == "week" else 1)
        night = bool(arguments.get("night"))  # it belongs to two days
        said_before = timex.quoted and not last  # what is quoted may have been said the day before
        yield told.clue(*at, rule, name, anchor=anchor, least=by - said_before - night, most=by + night)
    elif op == "shift" and unit in _UNITS:
        by = steps(captures, arguments)
        yield told.clue(*at, rule, name, anchor=anchor, unit=unit, least=by, most=by)
    elif op == "period" and unit in _UNITS and "month" not in captures and not year_of(captures):
        by = int(arguments.get("by", captures.get("which", 0)))
        yield told.clue(*at, rule, name, anchor=anchor, unit=unit, least=by, most=by)
    elif op == "weekday" and "week" in arguments:
        yield told.clue(*at, rule, name, anchor=anchor, unit="week", least=arguments["week"], most=arguments["week"])
    elif op == "weekday" and not timex.quoted and tense in (PAST, FUTURE):
        yield _toward(told, timex, name, tense, _WEEK)
    elif "which" in captures and not last:
        by = int(captures["which"])
        yield told.clue(*at, rule, name, anchor=anchor, unit="year", least=by, most=by)
    elif op == "calendar" and not timex.quoted:
        yield from _calendar(told, timex, name, number, tense)


def _calendar(told: Told, timex: Timex, name: str, number: dict[Timex, str], tense: str) -> Iterator[Clue]:
    """A date is past or to come by its tense; without its year it is not far away."""
    captures = timex.captures
    at = (timex.first, timex.end)
    yearless = year_of(captures) is None and "numeric" not in captures
    if tense in (PAST, FUTURE):
        yield _toward(told, timex, name, tense, _YEAR if yearless else None)
        if yearless and day_of(captures) is None:
            ahead = tense == FUTURE
            limits = {"least": 1} if ahead else {"most": -1}
            rule = "a month named without its year is not the present one"
            yield told.clue(*at, rule, name, anchor=PUBLISHED, unit="month", usual=True, **limits)
    elif yearless:
        rule = "a date without its year is the nearest one"
        yield told.clue(*at, rule, name, anchor=PUBLISHED, least=-_NEAREST, most=_NEAREST, usual=True)
    if yearless and timex.full is not None and day_of(captures):
        rule = "a date without its year is near the last full date before it"
        anchor = number[timex.full]
        yield told.clue(*at, rule, name, anchor=anchor, least=-_NEAREST, most=_NEAREST, usual=True)


def _toward(told: Told, timex: Timex, name: str, tense: str, reach: int | None) -> Clue:
    past = tense == PAST
    least, most = (None if reach is None else -reach, 0) if past else (0, reach)
    rule = f"{timex.rule.name}, {'past' if past else 'still to come'}"
    return told.clue(timex.first, timex.end, rule, name, anchor=PUBLISHED, least=least, most=most)


def _headers(told: Told, number: dict[Timex, str]) -> Iterator[Clue]:
    """A line that is nothing but a date, and a dateline ("КИЇВ, 11 лютого - ")."""
    tokens = told.analysis.tokens
    lines: list[Clue] = []
    top = told.analysis.sentences[: _HEADER_LINES + 1]
    for timex, name in number.items():
        dated = timex.rule.op == "calendar" and (day_of(timex.captures) or "numeric" in timex.captures)
        sentence = next(((a, b) for a, b in (*top, told.analysis.sentences[-1]) if a <= timex.first < b), None)
        if not dated or sentence is None:
            continue
        first, end = sentence
        others = [t for t in (*tokens[first : timex.first], *tokens[timex.end : end]) if t.kind == WORD]
        if len(others) <= _HEADER_WORDS and not any(t.verb() for t in others):
            lines.append(
                told.clue(timex.first, timex.end, "a line with the date", name, anchor=PUBLISHED, least=0, most=0)
            )
        before, after = tokens[first : timex.first], tokens[timex.end : timex.end + _DATELINE]
        dash = any(t.kind == MARK and t.text in _DASHES for t in after)
        if 0 < len(before) <= _DATELINE and dash and not any(t.verb() for t in (*before, *after[:2])):
            yield told.clue(timex.first, timex.end, "dateline", PUBLISHED, anchor=name, least=0, most=1)
    if len({line.text for line in lines}) == 1:  # several are the headings of a chronicle
        yield from lines


def _one_day(told: Told, number: dict[Timex, str]) -> Iterator[Clue]:
    """The same day said twice: side by side ("вчора, 10 лютого"), or by one weekday in one article."""
    days = [t for t in number if t.rule.op in OPERATIONS and t.rule.type == "DATE" and not t.bound]
    for one, other in pairwise(days):
        between = told.analysis.tokens[one.end : other.first]
        beside = len(between) == 1 and between[0].text in (",", "(")
        grains = {t.rule.op for t in (one, other)}
        if beside and grains <= {"calendar", "weekday", "shift"} and len(grains) > 1:
            at = (one.first, other.end)
            yield told.clue(*at, "one day said twice", number[one], anchor=number[other], least=0, most=0)
    by_weekday: dict[int, Timex] = {}
    for timex in days:
        if timex.rule.op == "weekday" and not timex.rule.arguments.keys() & {"week", "toward"} and not timex.quoted:
            first = by_weekday.setdefault(int(timex.captures["weekday"]), timex)
            if first is not timex:
                rule = "one weekday in one article is one day"
                at = (timex.first, timex.end)
                yield told.clue(*at, rule, number[timex], anchor=number[first], least=0, most=0, usual=True)


# contacts and people


def _dates_of_contacts(told: Told, number: dict[Timex, str]) -> Iterator[Clue]:
    """A contact is on the day of the words that date it."""
    for n, draft in enumerate(told.drafts):
        timex = draft.date.value.timex if draft.date else None
        if timex is None or timex not in number:
            continue
        about = f"contact {n}"
        yield told.clue(timex.first, timex.end, _DATE, about, anchor=number[timex], least=0, most=0)
        for said in draft.dates:
            other = said.value.timex
            if {timex.rule.op, other.rule.op} == {"calendar", "shift"} and not other.unsaid and other in number:
                at = (other.first, other.end)
                yield told.clue(*at, _ANOTHER, about, anchor=number[other], least=0, most=0, usual=True)


def _terms_of_parties(told: Told) -> Iterator[Clue]:
    """A contact is of officials, so each of its people held some office on its day."""
    for n, draft in enumerate(told.drafts):
        first, end, *_ = draft.spans[0]
        for actor, _part in draft.parties.values():
            named = actor.kind == "person" and not actor.by_office
            days = terms_of_office(told.table, actor.id) if named else None
            if days:
                rule = f"{actor.label} in office when the contact was"
                yield told.clue(first, end, rule, f"contact {n}", days=days, usual=True)


def _previous(told: Told) -> Iterator[tuple[Draft, Clue]]:
    """Which contact was the previous one of the same parties; in time order they are the other way round."""
    number = {id(draft): n for n, draft in enumerate(told.drafts)}
    for draft in told.drafts:
        after = number.get(id(draft.before))
        if draft.previous and after is not None:
            first, end, *_ = draft.spans[0]
            about, anchor = f"contact {number[id(draft)]}", f"contact {after}"
            rule = "the previous contact of the same parties"
            yield draft, told.clue(first, end, rule, about, anchor=anchor, most=0, previous=True)


def _background(told: Told, number: dict[Timex, str]) -> Iterator[Clue]:
    """What is counted on from the previous contact ("десять днів потому") is told before the story comes back."""
    for draft, clue in _previous(told):
        own = {said.value.timex for said in draft.dates}
        for timex, name in number.items():
            if timex.rule.arguments.get("anchor") == "last" and timex.before in own and timex.tense == PAST:
                rule = "told as what led up to the contact"
                yield told.clue(timex.first, timex.end, rule, name, anchor=clue.anchor, most=0, usual=True)


def _offices(told: Told) -> Iterator[Clue]:
    """An office named with its holder: the article came out in the holder's term."""
    seen: set[tuple[str, str, str]] = set()
    for named in told.named:
        mention, actor = named.mention, named.actor
        if actor is None or actor.kind != "person" or not mention.name or not mention.office or mention.former:
            continue
        key = (actor.id, actor.affiliation or "", mention.office.level)
        if key in seen or not mention.name.whole:
            continue
        seen.add(key)
        days = terms_of_office(told.table, actor.id, actor.affiliation, mention.office.levels)
        if days:
            rule = f"{actor.label} as {mention.office.label}"
            yield told.clue(mention.first, mention.end, rule, PUBLISHED, days=days, usual=True)
