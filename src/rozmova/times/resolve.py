"""From a time expression to its value: against the day of publication, by tense, never by a global preference.

The day of publication may itself be unknown, an interval or a set; the value is then what follows from each possible
day, written as one date where they agree and as a set or interval where they do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rozmova.times import edtf
from rozmova.times.edtf import Span
from rozmova.times.find import Timex

_LEAP = 4
"""Years to look at on each side: 29 February comes every four."""
PAST, FUTURE = "Past", "Fut"
_DEFAULT_NUMBERS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value of a time expression (EDTF or ISO 8601 duration), or None with the reason; ``spans`` are its days."""

    value: str | None
    spans: tuple[Span, ...] = ()
    reason: str | None = None
    basis: str | None = None
    minutes: float | None = None
    qualifier: str | None = None
    clock: str | None = None
    zone: str | None = None


def resolve(timex: Timex, published: tuple[Span, ...], tense: str, earlier: Span | None = None) -> Resolved:
    """The value of one expression.

    ``published`` are the days on which the article may have appeared (empty: unknown); ``tense`` is that of the verb
    it belongs to; ``earlier`` the last full date said before it, which lends its year where the publication day is
    unknown.
    """
    if timex.rule.op == "duration":
        return _duration(timex)
    if timex.rule.op == "clock":
        return _clock(timex)
    operation = _OPERATIONS[timex.rule.op]
    try:
        absolute = operation(timex, None, tense)
        if absolute is not None:
            return Resolved(edtf.write([absolute]), (absolute,), basis="explicit", clock=_time_of(timex))
        if not published:
            if earlier is not None and timex.rule.op == "calendar":
                near = operation(timex, earlier.first, "")
                if near is not None:
                    return Resolved(edtf.write([near]), (near,), basis="inferred", clock=_time_of(timex))
            return Resolved(None, reason="relative to the day of publication, which is not known")
        spans = {s for anchor in edtf.days(published) if (s := operation(timex, anchor, tense)) is not None}
    except ValueError:
        return Resolved(None, reason="there is no such day in the calendar")
    if not spans:
        return Resolved(None, reason="no day agrees with the weekday and the date")
    if timex.rule.op == "calendar" and "weekday" in timex.captures:
        spans = {s for s in spans if s.first.isoweekday() == timex.captures["weekday"]} or spans
    value = edtf.write(spans)
    reason = None if value else "too many days are possible"
    basis = "explicit" if timex.rule.op == "calendar" else "relative"
    return Resolved(
        value, tuple(sorted(spans)) if value else (), reason, basis if value else None, clock=_time_of(timex)
    )


def _number(value: Any) -> float:
    return float(str(value).replace(",", "."))


def _year(captures: dict[str, Any]) -> int | None:
    return int(captures["year"]) if "year" in captures else None


def _nearest_year(make: Callable[[int], Span], anchor: date, tense: str) -> Span | None:
    """The year missing beside a month: the last one up to the day in the past, the next one in the future."""
    options = []
    for number in range(anchor.year - _LEAP, anchor.year + _LEAP + 1):
        try:
            options.append(make(number))
        except ValueError:
            continue  # 29 February
    if tense == PAST:
        fitting = [s for s in options if s.first <= anchor]
        return fitting[-1] if fitting else None
    if tense == FUTURE:
        fitting = [s for s in options if s.last >= anchor]
        return fitting[0] if fitting else None
    return min(options, key=lambda s: abs((s.first - anchor).days), default=None)


def _calendar(timex: Timex, anchor: date | None, tense: str) -> Span | None:
    """A date of the calendar: day, month and year as far as they are said; "21-22 лютого" is an interval."""
    captures = timex.captures
    if "numeric" in captures:
        d, m, y = (int(p) for p in str(captures["numeric"]).split("."))
        return edtf.day(date(y, m, d))
    number = _year(captures)
    if "month" not in captures:
        return edtf.year(number) if number and "day" not in captures else _day_alone(captures, anchor, tense)
    m = int(captures["month"])
    if number is None and "which" in captures and anchor:  # "у січні минулого року"
        number = anchor.year + int(captures["which"])

    def make(y: int) -> Span:
        if "day" not in captures:
            return edtf.month(y, m)
        first = date(y, m, int(captures["day"]))
        if "to" in captures:
            return Span(first, date(y, int(captures.get("to_month", m)), int(captures["to"])), "span")
        return edtf.day(first)

    if number is not None:
        return make(number)
    if "day" in captures:
        make(2024)  # a leap year: raises for 31 June, not for 29 February
    return _nearest_year(make, anchor, tense) if anchor else None


def _day_alone(captures: dict[str, Any], anchor: date | None, tense: str) -> Span | None:
    """ "12-го": the month is that of the anchor, or its neighbour when the tense asks for it."""
    if anchor is None or "day" not in captures:
        return None
    for shift in (0, -1 if tense == PAST else 1):
        m = (anchor.month - 1 + shift) % 12 + 1
        y = anchor.year + (anchor.month - 1 + shift) // 12
        found = date(y, m, int(captures["day"]))
        if (tense != PAST or found <= anchor) and (tense != FUTURE or found >= anchor):
            return edtf.day(found)
    return None


def _weekday(timex: Timex, anchor: date | None, tense: str) -> Span | None:
    """A weekday: the last one up to the day of publication in the past, the next one from it on in the future.

    ``week`` (-1, 0, 1) ties it to last, this or next week instead.
    """
    if anchor is None:
        return None
    wanted = int(timex.captures["weekday"])
    week = timex.rule.arguments.get("week")
    if week is not None:
        monday = anchor - timedelta(anchor.isoweekday() - 1) + timedelta(7 * int(week))
        return edtf.day(monday + timedelta(wanted - 1))
    ahead = (wanted - anchor.isoweekday()) % 7
    if tense == FUTURE:
        return edtf.day(anchor + timedelta(ahead))
    return edtf.day(anchor - timedelta((7 - ahead) % 7))


def _shift(timex: Timex, anchor: date | None, tense: str) -> Span | None:
    """So many units before or after the anchor: "завтра", "три дні тому", "za dwa tygodnie"."""
    if anchor is None:
        return None
    arguments = timex.rule.arguments
    unit = str(arguments.get("unit") or timex.captures.get("unit", "day"))
    counted = timex.captures.get("number", timex.captures.get("count", 1))
    by = int(arguments["by"]) if "by" in arguments else int(_number(timex.captures.get("day_word", 0)))
    if arguments.get("direction"):
        by = int(_number(counted)) * (1 if arguments["direction"] == "future" else -1)
    if unit == "month":
        return _months(anchor, by, "month")
    if unit == "year":
        return edtf.year(anchor.year + by)
    if unit in ("hour", "minute"):
        return edtf.day(anchor)
    return edtf.day(anchor + timedelta(by * _DEFAULT_NUMBERS.get(unit, 1)))


def _months(anchor: date, by: int, grain: str) -> Span:
    y, m = divmod(anchor.year * 12 + anchor.month - 1 + by, 12)
    return edtf.month(y, m + 1)


def _period(timex: Timex, anchor: date | None, tense: str) -> Span | None:
    """A whole week, month or year counted from the anchor's, or the beginning or end of one.

    The end of a year is its December, its beginning January; of a month the last or first ten days or so.
    """
    arguments = timex.rule.arguments
    captures = timex.captures
    unit = str(arguments.get("unit") or captures.get("unit", ""))
    by = int(arguments.get("by", captures.get("which", 0)))
    part = str(arguments.get("part") or captures.get("part", ""))
    whole: Span | None
    if "month" in captures:
        whole = _calendar(timex, anchor, tense)
    elif _year(captures):
        whole = edtf.year(_year(captures) or 0)
    elif anchor is None:
        return None
    elif unit == "week":
        monday = anchor - timedelta(anchor.isoweekday() - 1) + timedelta(7 * by)
        whole = Span(monday, monday + timedelta(6), "span")
    elif unit == "month":
        whole = _months(anchor, by, "month")
    elif unit == "year":
        whole = edtf.year(anchor.year + by)
    else:
        return None
    return _part(whole, part) if whole and part else whole


def _part(whole: Span, part: str) -> Span:
    if whole.grain == "year":
        number = {"start": 1, "end": 12}.get(part)
        return edtf.month(whole.first.year, number) if number else whole
    if whole.grain == "month":
        cuts = {"start": (1, 10), "middle": (11, 20), "end": (21, whole.last.day)}
        first, last = cuts.get(part, (1, whole.last.day))
        return Span(whole.first.replace(day=first), whole.first.replace(day=last), "span")
    return whole


def _season(timex: Timex, anchor: date | None, tense: str) -> Span | None:
    """A season: three whole months; winter begins in December."""
    first = int(timex.captures["season"])

    def make(y: int) -> Span:
        last = edtf.month(y + (first + 2 > 12), (first + 1) % 12 + 1).last
        return Span(date(y, first, 1), last, "span")

    number = _year(timex.captures)
    if number is None and "which" in timex.captures and anchor:  # "latem ubiegłego roku"
        number = anchor.year + int(timex.captures["which"])
    if number is not None:
        return make(number)
    return _nearest_year(make, anchor, tense) if anchor else None


_OPERATIONS: dict[str, Callable[[Timex, date | None, str], Span | None]] = {
    "calendar": _calendar,
    "weekday": _weekday,
    "shift": _shift,
    "period": _period,
    "season": _season,
}


def _time_of(timex: Timex) -> str | None:
    clock = timex.captures.get("clock")
    return str(clock).replace(".", ":").zfill(5) if clock else None


def _clock(timex: Timex) -> Resolved:
    """A time of day; ``half: pm`` adds twelve hours where the words say afternoon or evening."""
    captures = timex.captures
    text = str(captures.get("clock") or f"{captures.get('hour', 0)}:00").replace(".", ":")
    hours, minutes = (int(p) for p in text.split(":"))
    half = str(timex.rule.arguments.get("half") or captures.get("half", ""))
    if half == "pm" and hours < 12:
        hours += 12
    if half == "am" and hours == 12:
        hours = 0
    zone = captures.get("zone")
    clock = f"{hours % 24:02d}:{minutes:02d}"
    return Resolved(f"T{clock}", clock=clock, zone=str(zone) if zone else None, basis="explicit")


def _duration(timex: Timex) -> Resolved:
    """Minutes of a duration, with what the words say about its exactness."""
    captures, arguments = timex.captures, timex.rule.arguments
    amount = _number(captures.get("number", captures.get("count", arguments.get("count", 1))))
    unit = str(arguments.get("unit") or captures.get("unit", "minute"))
    factor = {"minute": 1, "hour": 60}.get(unit)
    if factor is None:
        letter = {"day": "D", "week": "W", "month": "M", "year": "Y"}.get(unit, "D")
        return Resolved(f"P{amount:g}{letter}", basis="explicit")
    minutes = amount * factor + float(arguments.get("plus", 0)) + _number(captures.get("minutes", 0))
    hours, rest = divmod(int(minutes), 60)
    value = "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
    return Resolved(value, minutes=minutes, qualifier=captures.get("qualifier"), basis="explicit")


def with_clock(day: str, clock: str, zone: str | None) -> str:
    """A day with its time in EDTF; the offset is that of the zone (IANA name) on that very day."""
    if not zone:
        return f"{day}T{clock}"
    moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))
    return moment.isoformat()
