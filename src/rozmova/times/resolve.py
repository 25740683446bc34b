"""From a time expression to its value: which anchor it is counted from, and what follows from each possible anchor.

An anchor is the day of publication, or the last date that the article mentioned before. Either may itself be unknown,
an interval or a set; the value is then what follows from each possible day, written as one date where they agree and
as a set or interval where they do not. The direction is that of the verb's tense, never a global preference.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rozmova.times import amounts, edtf
from rozmova.times.edtf import Span
from rozmova.times.find import Timex
from rozmova.times.operations import FUTURE, OPERATIONS, PAST, day_of

_WIDEST = 370
"""Of a publication known no better than this (days), nothing relative can be told."""
_MOST = 31
"""A day that may be any of more than these is not worth saying."""
_NEWS = 10
"""Days on either side of the publication within which something is the news itself."""
EXPLICIT, RELATIVE, INFERRED = "explicit", "relative", "inferred"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value of a time expression (EDTF, ISO 8601 or TIMEX3), or None with the reason; ``spans`` are its days.

    ``anchor`` says what it was counted from, None where the words say all.
    """

    value: str | None
    spans: tuple[Span, ...] = ()
    reason: str | None = None
    basis: str | None = None
    anchor: str | None = None
    minutes: float | None = None
    qualifier: str | None = None


def resolve(timex: Timex, published: tuple[Span, ...], tense: str | None = None) -> Resolved:
    """The value of one expression.

    ``published`` are the days on which the article may have appeared (empty: unknown); ``tense`` that of the verb it
    belongs to, its own nearest verb's where None.
    """
    tense = timex.tense if tense is None else tense
    found = timex.known.get((published, tense))
    if found is None:
        found = timex.known[published, tense] = _resolve(timex, published, tense)
    assert isinstance(found, Resolved)
    return found


def _resolve(timex: Timex, published: tuple[Span, ...], tense: str) -> Resolved:
    captures, arguments = timex.captures, timex.rule.arguments
    match timex.rule.op:
        case "duration":
            value, minutes = amounts.duration(captures, arguments)
            return Resolved(value, minutes=minutes, qualifier=captures.get("qualifier"), basis=EXPLICIT)
        case "clock":
            time = amounts.clock(captures, arguments)
            return Resolved(f"T{time.text}", basis=EXPLICIT, anchor=time.zone and f"the clocks of {time.zone}")
        case "set":
            return Resolved(amounts.repeated(captures, arguments), basis=EXPLICIT)
    try:
        found = _days(timex, published, tense)
    except (ValueError, OverflowError):
        return Resolved(None, reason="there is no such day in the calendar")
    if found.value and "approximate" in captures:
        found = replace(found, value=f"{found.value}~")
    return found


def _days(timex: Timex, published: tuple[Span, ...], tense: str) -> Resolved:
    operation = OPERATIONS[timex.rule.op]
    captures, arguments = timex.captures, timex.rule.arguments
    absolute = operation(captures, arguments, None, tense)
    if absolute:
        return _written(absolute, EXPLICIT, None)
    if _impossible(timex):
        return Resolved(None, reason="no day agrees with the weekday and the date")
    if arguments.get("anchor") == "last":
        return _after(timex, published)
    if not published or _width(published) > _WIDEST:
        return _beside(timex) or Resolved(None, reason="relative to the day of publication, which is not known")
    spans = {s for anchor in edtf.days(published) for s in operation(captures, arguments, anchor, tense)}
    if not spans:
        return Resolved(None, reason="no day agrees with the weekday and the date")
    anchor = f"the day of publication, {edtf.write(published)}"
    return _written(tuple(sorted(spans)), EXPLICIT if timex.rule.op == "calendar" else RELATIVE, anchor)


def _after(timex: Timex, published: tuple[Span, ...]) -> Resolved:
    """ "десять днів потому", "того ж дня": counted from the last date that the article mentioned."""
    before = timex.before
    known = resolve(before, published) if before else Resolved(None)
    days = "day" in (timex.rule.arguments.get("unit"), timex.captures.get("unit"))
    vague = days and any(span.grain != "day" for span in known.spans)  # no day is a day before a month
    lost = before is None or vague or (timex.apart and not _recent(known.spans, published))
    back = timex.rule.arguments.get("direction") == "past"
    if published and (timex.tense == FUTURE or (lost and (back or timex.tense == "Pres"))):
        # "the next day they will", "a day earlier" where no other date is near: counted from the news itself
        known, anchor = Resolved(None, published), f"the day of publication, {edtf.write(published)}"
    elif before is None:
        return Resolved(None, reason="relative to another date, which the article does not give")
    elif lost and not vague:
        return Resolved(None, reason="relative to another date, and the last one stands in another part of the story")
    else:
        anchor = f"«{before.text}», {known.value}"
    if not known.spans or _width(known.spans) > _WIDEST:
        return Resolved(None, reason=f"relative to a date that is not known: {known.reason or 'it is too wide'}")
    operation = OPERATIONS[timex.rule.op]
    spans = {s for day in edtf.days(known.spans) for s in operation(timex.captures, timex.rule.arguments, day, PAST)}
    return _written(tuple(sorted(spans)), RELATIVE, anchor)


def _recent(spans: tuple[Span, ...], published: tuple[Span, ...]) -> bool:
    """Whether a date may be that of the news itself, to which a new paragraph comes back."""
    if not spans or not published:
        return False
    age = min(s.first for s in published) - max(s.last for s in spans)
    return abs(age.days) <= _NEWS


def _beside(timex: Timex) -> Resolved | None:
    """A date without its year, while the publication is unknown, is the nearest to the last full date before it."""
    full = timex.full
    if full is None or timex.rule.op != "calendar":
        return None
    known = resolve(full, ())
    if not known.spans:
        return None  # "31 June 2021"
    spans = OPERATIONS["calendar"](timex.captures, timex.rule.arguments, known.spans[0].first, "")
    return _written(spans, INFERRED, f"«{full.text}», {known.value}") if spans else None


def _impossible(timex: Timex) -> bool:
    """A weekday with a full date that does not fall on it."""
    captures = timex.captures
    return "weekday" in captures and ("numeric" in captures or ("year" in captures and day_of(captures) is not None))


def _width(spans: tuple[Span, ...]) -> int:
    return (max(s.last for s in spans) - min(s.first for s in spans)).days


def _written(spans: tuple[Span, ...], basis: str, anchor: str | None) -> Resolved:
    value = edtf.write(spans) if len(spans) <= _MOST else None
    if value is None:
        return Resolved(None, reason="too many days are possible", anchor=anchor)
    return Resolved(value, tuple(spans), basis=basis, anchor=anchor)
