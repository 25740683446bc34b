"""What is no day: times of day with their zone, durations, and sets of days (TIMEX3 TIME, DURATION and SET)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rozmova.times.operations import Captures, number

_MINUTES = {"minute": 1, "hour": 60}
_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_NOON, _HOURS = 12, 24


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: ``text`` as 15:35, ``zone`` an IANA name or None."""

    text: str
    zone: str | None


def clock(captures: Captures, arguments: Captures) -> Clock:
    """A time of day; ``half: pm`` adds twelve hours where the words say afternoon or evening."""
    text = str(captures.get("clock") or f"{captures.get('hour', 0)}:00").replace(".", ":")
    hours, minutes = (int(p) for p in text.split(":"))
    half = str(arguments.get("half") or captures.get("half", ""))
    if half == "pm" and hours < _NOON:
        hours += _NOON
    if half == "am" and hours == _NOON:
        hours = 0
    zone = captures.get("zone")
    return Clock(f"{hours % _HOURS:02d}:{minutes:02d}", str(zone) if zone else None)


def at(day: str, time: Clock) -> str:
    """A day with its time in EDTF; the offset is that of the zone on that very day."""
    return _moment(day, time).isoformat() if time.zone else f"{day}T{time.text}"


def agree(day: str, one: Clock, other: Clock) -> bool:
    """Whether two times of one day in two zones are the same moment, also when midnight lies between them."""
    gap = (_moment(day, one) - _moment(day, other)).total_seconds()
    return gap % (_HOURS * 3600) == 0


def _moment(day: str, time: Clock) -> datetime:
    return datetime.fromisoformat(f"{day}T{time.text}").replace(tzinfo=ZoneInfo(time.zone or "UTC"))


def duration(captures: Captures, arguments: Captures) -> tuple[str, float | None]:
    """ISO 8601 of a duration, and its minutes where it is counted in hours or minutes."""
    amount = number(captures.get("number", captures.get("count", arguments.get("count", 1))))
    unit = str(arguments.get("unit") or captures.get("unit", "minute"))
    factor = _MINUTES.get(unit)
    if factor is None:
        return f"P{amount:g}{_LETTERS.get(unit, 'D')}", None
    minutes = amount * factor + float(arguments.get("plus", 0)) + number(captures.get("minutes", 0))
    hours, rest = divmod(int(minutes), 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else ""), minutes


def repeated(captures: Captures, arguments: Captures) -> str:
    """TIMEX3 value of a set: ``XXXX-WXX-1`` for every Monday, ``P2W`` for every other week."""
    if "weekday" in captures:
        return f"XXXX-WXX-{captures['weekday']}"
    if "month" in captures:
        return f"XXXX-{int(captures['month']):02d}"
    amount: Any = captures.get("number", captures.get("count", arguments.get("count", 1)))
    unit = str(arguments.get("unit") or captures.get("unit", "day"))
    return f"P{'T' * (unit in _MINUTES)}{number(amount):g}{_LETTERS.get(unit, unit[:1].upper())}"
