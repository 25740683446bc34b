"""Days and spans of days, and how EDTF (Library of Congress, 2019; levels 0, 1 and sets of level 2) writes them."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

_WIDEST = 370
"""An interval of more days than this is not walked through day by day; its ends stand for it."""
_LARGEST_SET = 12


class Span(NamedTuple):
    """An interval of days, both ends included; ``grain`` (day, month, year, span) says how the text gave it."""

    first: date
    last: date
    grain: str = "day"


def day(value: date) -> Span:
    """One day as a span."""
    return Span(value, value, "day")


def month(year: int, number: int) -> Span:
    """A month as a span; ``number`` 1 to 12."""
    return Span(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def months(year: int, number: int, count: int) -> Span:
    """So many whole months from month ``number`` (1 to 12) of a year on."""
    y, m = divmod(year * 12 + number - 1 + count - 1, 12)
    return Span(date(year, number, 1), month(y, m + 1).last, "month")


def year(number: int) -> Span:
    """A year as a span."""
    return Span(date(number, 1, 1), date(number, 12, 31), "year")


def write(spans: Iterable[Span]) -> str | None:
    """EDTF of one span or of one-of-a-set; None when there are none, or too many to be worth saying.

    Days that follow one another are written as an interval.
    """
    unique = sorted(set(spans))
    if not unique:
        return None
    if len(unique) == 1:
        return _write_one(unique[0])
    if len(unique) > _LARGEST_SET or all(b.first <= a.last + timedelta(1) for a, b in itertools.pairwise(unique)):
        if (unique[-1].last - unique[0].first).days > _WIDEST:
            return None
        return f"{unique[0].first.isoformat()}/{unique[-1].last.isoformat()}"
    return "[" + ",".join(_write_one(s) for s in unique) + "]"


def write_runs(runs: Sequence[tuple[date, date]]) -> str | None:
    """EDTF of days that follow one another in runs, given by first and last day in order.

    One day, an interval, or one-of-a-set of both (``[a,b..c]``, level 2). None when there are none, or too many gaps to
    be worth saying.
    """
    if not runs or len(runs) > _LARGEST_SET:
        return None
    if len(runs) == 1:
        first, last = runs[0]
        return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return "[" + ",".join(a.isoformat() if a == b else f"{a.isoformat()}..{b.isoformat()}" for a, b in runs) + "]"


def _write_one(span: Span) -> str:
    if span.grain == "month":
        first, last = span.first.strftime("%Y-%m"), span.last.strftime("%Y-%m")
        return first if first == last else f"{first}/{last}"
    if span.grain == "year":
        return span.first.strftime("%Y")
    if span.first == span.last:
        return span.first.isoformat()
    return f"{span.first.isoformat()}/{span.last.isoformat()}"


_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")


def read(value: str) -> tuple[Span, ...]:
    """The spans an EDTF value allows: one, or each member of a set. ``?``, ``~`` and ``%`` are passed over.

    Raises ``ValueError`` saying what is expected when the value is not EDTF of the supported forms.
    """
    text = re.sub(r"[?~%\s]", "", value)
    if text.startswith(("[", "{")) and text.endswith(("]", "}")):
        return tuple(span for part in text[1:-1].split(",") for span in read(part))
    if "/" in text or ".." in text:
        left, _, right = text.replace("..", "/").partition("/")
        return (Span(_part(left, value).first, _part(right, value).last, "span"),)
    return (_part(text, value),)


def _part(text: str, whole: str) -> Span:
    match = _PART.fullmatch(text)
    try:
        if not match:
            raise ValueError(text)
        y, m, d = match.groups()
        if d:
            return day(date(int(y), int(m), int(d)))
        return month(int(y), int(m)) if m else year(int(y))
    except ValueError:
        raise ValueError(f"{whole!r} is not a date; write 2022-02-11, 2022-02, 2022, a/b or [a,b]") from None


def bounds(value: str) -> tuple[date, date]:
    """First and last day an EDTF value allows; raises ``ValueError`` as :func:`read` does."""
    spans = read(value)
    return min(s.first for s in spans), max(s.last for s in spans)


def meet(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """True when some span of one and some span of the other share a day."""
    others = tuple(other)
    return any(a.first <= b.last and b.first <= a.last for a in one for b in others)


def days(spans: Iterable[Span]) -> tuple[date, ...]:
    """Every single day of some spans, in order; a span wider than a year gives its first and last day only."""
    found: set[date] = set()
    for span in spans:
        width = (span.last - span.first).days
        if width > _WIDEST:
            found |= {span.first, span.last}
        else:
            found |= {span.first + timedelta(n) for n in range(width + 1)}
    return tuple(sorted(found))
