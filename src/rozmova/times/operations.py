"""What the rules of ``dates.yaml`` count: captures, an anchor day and a tense in, days out.

An operation gives the days that an expression means seen from one anchor day, one span or, where the words leave
several, more. It gives nothing when it needs an anchor and has none, and raises ``ValueError`` for a day that does not
exist. Which anchor that is, :mod:`rozmova.times.resolve` decides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from rozmova.times import edtf
from rozmova.times.edtf import Span

Captures = dict[str, Any]
Spans = tuple[Span, ...]
Operation = Callable[[Captures, Captures, date | None, str], Spans]
"""Captures, arguments of the rule, anchor, tense -> days."""

PAST, FUTURE = "Past", "Fut"
_TOWARD = {"past": PAST, "future": FUTURE, "nearest": ""}
_FEBRUARY, _LAST = 2, 29
_LEAP = 4
"""Years to look at on each side: 29 February comes every four."""
_LEAP_YEAR = 2024
_CENTURY = 2000
_MONTHS, _QUARTERS, _HALVES = 12, 4, 2
_PARTS_OF_A_MONTH = {"start": (1, 10), "middle": (11, 20), "end": (21, 31)}
_PARTS_OF_A_WEEK = {"start": (0, 1), "middle": (2, 3), "end": (4, 6)}
_PARTS_OF_A_YEAR = {"start": 1, "end": 12}


def direction(arguments: Captures, tense: str) -> str:
    """Past, Fut or '' for either: what the words say themselves (``toward``), else the tense of the verb."""
    return _TOWARD.get(arguments.get("toward", ""), tense)


def number(value: Any) -> float:
    """A number as the text writes it, with a decimal comma or point."""
    return float(str(value).replace(",", "."))


def calendar(captures: Captures, arguments: Captures, anchor: date | None, tense: str) -> Spans:
    """A date of the calendar: day, month and year as far as they are said; "21-22 лютого" is an interval.

    A weekday beside it must agree.
    """
    tense = direction(arguments, tense)
    weekday = captures.get("weekday")
    if "numeric" in captures:
        d, m, y = (int(p) for p in str(captures["numeric"]).split("."))
        return _agreeing([edtf.day(date(y if y > _CENTURY // 10 else _CENTURY + y, m, d))], weekday)
    if "one" in captures:
        return _either_order(int(captures["one"]), int(captures["other"]), year_of(captures))
    year = year_of(captures)
    if "month" not in captures:
        return (edtf.year(year),) if year and day_of(captures) is None else _day_alone(captures, anchor, tense)
    if year is None and "which" in captures:  # "у січні минулого року"
        if anchor is None:
            return ()
        year = anchor.year + int(captures["which"])
    if year is not None:
        return _agreeing([_in_year(captures, year)], weekday)
    if day_of(captures):
        _in_year(captures, _LEAP_YEAR)  # raises for 31 June, not for 29 February
    if anchor is None:
        return ()
    options: list[Span] = []
    # only a weekday and 29 February can ask for a year further off than the next or the last
    far = weekday is not None or (captures.get("month") in (_FEBRUARY, str(_FEBRUARY)) and day_of(captures) == _LAST)
    reach = _LEAP if far else 1
    for y in range(anchor.year - reach, anchor.year + reach + 1):
        try:
            options += _agreeing([_in_year(captures, y)], weekday)
        except ValueError:
            continue  # 29 February
    return _nearest(options, anchor, tense)


def _in_year(captures: Captures, year: int) -> Span:
    m, d = int(captures["month"]), day_of(captures)
    if d is None:
        return edtf.month(year, m)
    first = date(year, m, d)
    if "to" not in captures:
        return edtf.day(first)
    to_month = int(captures.get("to_month", m))
    return Span(first, date(year + (to_month < m), to_month, int(captures["to"])), "span")


def day_of(captures: Captures) -> int | None:
    """The day of the month that the words give, in figures or in words ("двадцять п'яте"); None where they do not."""
    named = captures.get("day", captures.get("ordinal"))
    tens = int(captures.get("tens", 0))
    return None if named is None and not tens else tens + int(named or 0)


def year_of(captures: Captures) -> int | None:
    """The year that the words give in full."""
    return int(captures["year"]) if "year" in captures else None


def _agreeing(spans: list[Span], weekday: Any) -> Spans:
    return tuple(s for s in spans if weekday is None or s.first.isoweekday() == int(weekday))


def _nearest(options: list[Span], anchor: date, tense: str) -> Spans:
    """The last one up to the anchor in the past, the next one from it on in the future, else the nearest.

    Where the tense allows none ("was put off until Tuesday, 1 March"), the nearest it is.
    """
    past, future = [s for s in options if s.first <= anchor], [s for s in options if s.last >= anchor]
    if tense == PAST and past:
        return (past[-1],)
    if tense == FUTURE and future:
        return (future[0],)
    return (min(options, key=lambda s: abs((s.first - anchor).days)),) if options else ()


def _either_order(one: int, other: int, year: int | None) -> Spans:
    """ "03/04/2022" is a day in March or in April; where one number is no month, the order is known."""
    if year is None:
        return ()
    pairs = {(m, d) for m, d in ((one, other), (other, one)) if m <= _MONTHS}
    if not pairs:
        raise ValueError("no month")
    return tuple(sorted(edtf.day(date(year, m, d)) for m, d in pairs))


def _day_alone(captures: Captures, anchor: date | None, tense: str) -> Spans:
    """ "12-го": the month is that of the anchor, or its neighbour when the tense asks for it."""
    d = day_of(captures)
    if anchor is None or d is None:
        return ()
    for shift in (0, -1 if tense == PAST else 1):
        y, m = divmod(anchor.year * _MONTHS + anchor.month - 1 + shift, _MONTHS)
        found = date(y, m + 1, d)
        if (tense != PAST or found <= anchor) and (tense != FUTURE or found >= anchor):
            return (edtf.day(found),)
    return ()


def weekday(captures: Captures, arguments: Captures, anchor: date | None, tense: str) -> Spans:
    """A weekday: the last one up to the anchor, the next one from it on in the future.

    ``week`` (-1, 0, 1) ties it to last, this or next week instead; ``toward`` is a direction that the words say. Toward
    the past ("минулої середи") it is not the anchor itself.
    """
    if anchor is None:
        return ()
    wanted = int(captures["weekday"])
    week = arguments.get("week")
    if week is not None:
        return (edtf.day(_monday(anchor) + timedelta(7 * int(week) + wanted - 1)),)
    toward = _TOWARD.get(arguments.get("toward", ""))
    ahead = (wanted - anchor.isoweekday()) % 7
    if (toward or tense) == FUTURE:
        return (edtf.day(anchor + timedelta(ahead)),)
    return (edtf.day(anchor - timedelta((7 - ahead) % 7 or 7 * bool(toward))),)


def _monday(anchor: date) -> date:
    return anchor - timedelta(anchor.isoweekday() - 1)


def shift(captures: Captures, arguments: Captures, anchor: date | None, tense: str) -> Spans:
    """So many units before or after the anchor: "завтра", "три дні тому", "za dwa tygodnie"."""
    if anchor is None:
        return ()
    if arguments.get("night"):  # the night that tells of a day belongs to two
        before = tense != FUTURE
        return (Span(anchor - timedelta(before), anchor + timedelta(not before), "span"),)
    unit = str(arguments.get("unit") or captures.get("unit", "day"))
    by = steps(captures, arguments)
    if unit == "month":
        return (_months(anchor, by),)
    if unit == "year":
        return (edtf.year(anchor.year + by),)
    if unit in ("hour", "minute"):
        return (edtf.day(anchor),)
    return (edtf.day(anchor + timedelta(by * (7 if unit == "week" else 1))),)


def steps(captures: Captures, arguments: Captures) -> int:
    """How many units an expression counts from its anchor, back below zero."""
    if arguments.get("direction"):
        counted = captures.get("number", captures.get("count", 1))
        return int(number(counted)) * (1 if arguments["direction"] == "future" else -1)
    return int(arguments["by"]) if "by" in arguments else int(number(captures.get("day_word", 0)))


def _months(anchor: date, by: int) -> Span:
    y, m = divmod(anchor.year * _MONTHS + anchor.month - 1 + by, _MONTHS)
    return edtf.month(y, m + 1)


def period(captures: Captures, arguments: Captures, anchor: date | None, tense: str) -> Spans:
    """A whole week, month or year counted from the anchor's, or the beginning or end of one.

    The end of a year is its December, its beginning January; of a month the last or first ten days or so.
    """
    unit = str(arguments.get("unit") or captures.get("unit", ""))
    by = int(number(arguments.get("by", captures.get("which", 0))))
    year = year_of(captures)
    if "month" in captures:
        whole = calendar(captures, arguments, anchor, tense)
    elif year:
        whole = (edtf.year(year),)
    elif anchor is None:
        return ()
    elif unit == "week":
        monday = _monday(anchor) + timedelta(7 * by)
        whole = (Span(monday, monday + timedelta(6), "week"),)
    elif unit == "month":
        whole = (_months(anchor, by),)
    elif unit == "year":
        whole = (edtf.year(anchor.year + by),)
    else:
        return ()
    part = str(arguments.get("part") or captures.get("part", ""))
    return tuple(_part(span, part) for span in whole) if part else whole


def _part(whole: Span, part: str) -> Span:
    if whole.grain == "year":
        month = _PARTS_OF_A_YEAR.get(part)
        return edtf.month(whole.first.year, month) if month else whole
    if whole.grain == "month":
        first, last = _PARTS_OF_A_MONTH[part]
        return Span(whole.first.replace(day=first), whole.first.replace(day=min(last, whole.last.day)), "span")
    if whole.grain == "week":
        first, last = _PARTS_OF_A_WEEK[part]
        return Span(whole.first + timedelta(first), whole.first + timedelta(last), "span")
    return whole


def season(captures: Captures, arguments: Captures, anchor: date | None, tense: str) -> Spans:
    """A season: three whole months from the one captured on; winter begins in December."""
    return _of_a_year(captures, anchor, tense, int(captures["season"]), 3)


def quarter(captures: Captures, arguments: Captures, anchor: date | None, tense: str) -> Spans:
    """A quarter (``quarter``, 1 to 4) or a half (``half_year``, 1 or 2) of a year."""
    count = _MONTHS // (_QUARTERS if "quarter" in captures else _HALVES)
    place = int(captures["quarter"] if count == _MONTHS // _QUARTERS else captures["half_year"])
    return _of_a_year(captures, anchor, tense, (place - 1) * count + 1, count)


def _of_a_year(captures: Captures, anchor: date | None, tense: str, first: int, count: int) -> Spans:
    year = year_of(captures)
    if year is None and anchor is None:
        return ()
    if year is None and anchor and "which" in captures:  # "latem ubiegłego roku"
        year = anchor.year + int(captures["which"])
    if year is not None:
        return (edtf.months(year, first, count),)
    assert anchor is not None
    options = [edtf.months(y, first, count) for y in range(anchor.year - 2, anchor.year + 3)]
    return _nearest(options, anchor, tense)


OPERATIONS: dict[str, Operation] = {
    "calendar": calendar,
    "weekday": weekday,
    "shift": shift,
    "period": period,
    "season": season,
    "quarter": quarter,
}
"""Operations that give days. ``clock``, ``duration`` and ``set`` give something else: :mod:`rozmova.times.amounts`."""
