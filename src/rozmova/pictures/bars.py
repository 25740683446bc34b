"""Contacts over time: a column a day, week, month or year, cut into channels."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from rozmova.pictures import periods
from rozmova.pictures.periods import Unit
from rozmova.pictures.records import Bar, PeriodLink, Picture, Row, Table, contacts, no_link
from rozmova.pictures.svg import SMALL, element, mark, number, picture, width, words

CHANNELS = {
    "in_person": "in person",
    "video": "video",
    "phone": "phone",
    "letter": "letter",
    "unspecified": "not said",
}
"""The channels from the foot of a column to its top, in words. Another one is drawn as ``unspecified`` is."""

UNDATED = "without a date so exact"


class _Columns(NamedTuple):
    """Contacts by period and channel; under None those that fit in no one period."""

    unit: Unit
    counts: dict[date | None, Counter[str]]
    starts: list[date]


class _Frame(NamedTuple):
    left: float
    right: float
    top: float
    foot: float
    most: int

    def y(self, count: float) -> float:
        return self.foot - (self.foot - self.top) * count / self.most


def contacts_over_time(
    bars: Iterable[Bar],
    link: PeriodLink = no_link,
    *,
    unit: Unit | None = None,
    wide: float = 880,
    name: str = "over-time",
    title: str = "Contacts over time, by channel",
) -> Picture:
    """Stacked columns; the unit of time is chosen by the span unless it is given.

    A contact is drawn where all days that its date allows lie in one column. The others are counted under the picture
    and in the table: to draw them somewhere would say more than is known.
    """
    columns = _counted(bars, unit)
    table = _table(columns, link, title)
    total = sum(sum(counts.values()) for counts in columns.counts.values())
    said = f"{contacts(total)}, a column a {columns.unit}. The table says the same."
    high = 320 if wide >= 600 else 280
    parts = list(_legend(columns, link, wide))
    below = 24.0 * parts.pop().count("\n")
    if not columns.starts:
        text = "No contacts" if not total else f"{contacts(total)} {UNDATED}"
        parts.append(words(text, wide / 2, high / 2, "middle faint"))
        return Picture(picture(name, "bars", (wide, high), title, said, parts), table)
    most = max((sum(columns.counts[first].values()) for first in columns.starts if first in columns.counts), default=1)
    step = _step(most)
    most = -(-most // step) * step
    frame = _Frame(12 + width(str(most), SMALL), wide - 4, 40 + below, high - 62, most)
    parts += _grid(frame, step)
    parts += _stacks(columns, frame, link)
    parts += _axis(columns, frame)
    parts += _rest(columns, frame, link, high)
    return Picture(picture(name, "bars", (wide, high), title, said, parts), table)


def _counted(bars: Iterable[Bar], unit: Unit | None) -> _Columns:
    rows = [bar for bar in bars if bar.count > 0]
    days = [bar.first for bar in rows if bar.first and bar.first == bar.last] or [
        day for bar in rows for day in (bar.first, bar.last) if day
    ]
    unit = unit or (periods.unit_for(min(days), max(days)) if days else "day")
    counts: dict[date | None, Counter[str]] = {}
    for bar in rows:
        first = periods.start(bar.first, unit) if bar.first else None
        last = periods.start(bar.last, unit) if bar.last else None
        counts.setdefault(first if first == last else None, Counter())[bar.channel] += bar.count
    drawn = [first for first in counts if first]
    return _Columns(unit, counts, periods.starts(min(drawn), max(drawn), unit) if drawn else [])


def _order(columns: _Columns) -> list[str]:
    """The channels that occur, known ones first."""
    present = {channel for counts in columns.counts.values() for channel in counts}
    return [channel for channel in CHANNELS if channel in present] + sorted(present - CHANNELS.keys())


def _table(columns: _Columns, link: PeriodLink, title: str) -> Table:
    order = _order(columns)
    rows = []
    for first in sorted(day for day in columns.counts if day):
        period = periods.period(first, columns.unit)
        counts = columns.counts[first]
        rows.append(Row((period.label, *(counts[c] for c in order), counts.total()), link(period, None)))
    if None in columns.counts:
        counts = columns.counts[None]
        rows.append(Row((UNDATED, *(counts[c] for c in order), counts.total()), link(None, None)))
    return Table(title, (columns.unit, *(CHANNELS.get(c, c) for c in order), "all"), tuple(rows))


def _legend(columns: _Columns, link: PeriodLink, wide: float) -> Iterator[str]:
    """The channels with their sums, in as many lines as they need; last, a line break for each further line."""
    x, y, breaks = 2.0, 14.0, 0
    for channel in _order(columns):
        count = sum(counts[channel] for counts in columns.counts.values())
        label = f"{CHANNELS.get(channel, channel)} {count}"
        room = 18 + width(label) + 18
        if x > 2 and x + room - 18 > wide:
            x, y, breaks = 2.0, y + 24, breaks + 1
        square = element("rect", x=x, y=y - 10, width=11, height=11, rx=2, class_=_class(channel))
        yield element("g", square, words(label, x + 17, y))
        x += room
    yield "\n" * breaks


def _class(channel: str) -> str:
    return f"ch-{channel if channel in CHANNELS else 'unspecified'}"


def _step(most: int) -> int:
    """The distance of lines: 1, 2 or 5 times a power of ten, so that there are at most five of them."""
    power = 1
    while True:
        for times in (1, 2, 5):
            if most <= times * power * 5:
                return times * power
        power *= 10


def _grid(frame: _Frame, step: int) -> Iterator[str]:
    for count in range(0, frame.most + 1, step):
        y = frame.y(count)
        yield element("line", x1=frame.left, x2=frame.right, y1=y, y2=y, class_="axis" if count == 0 else "grid")
        yield words(str(count), frame.left - 6, y + 4, "small faint end")


def _stacks(columns: _Columns, frame: _Frame, link: PeriodLink) -> Iterator[str]:
    """Each column: a piece a channel, and its sum above where there is room for it."""
    order = _order(columns)
    each = (frame.right - frame.left) / len(columns.starts)
    broad = min(each * 0.72 if each > 4 else each, 56.0)
    for place, first in enumerate(columns.starts):
        counts = columns.counts.get(first)
        if not counts:
            continue
        period = periods.period(first, columns.unit)
        x = frame.left + each * (place + 0.5) - broad / 2
        low = 0
        for channel in order:
            if not counts[channel]:
                continue
            top, foot = frame.y(low + counts[channel]), frame.y(low)
            low += counts[channel]
            gap = 1.0 if foot - top > 4 and low < counts.total() else 0.0
            piece = element("rect", x=x, y=top + gap, width=broad, height=foot - top - gap, class_=_class(channel))
            said = f"{period.label}, {CHANNELS.get(channel, channel)}: {contacts(counts[channel])}"
            yield mark(link(period, channel), said, piece)
        total = str(counts.total())
        if width(total, SMALL) < each:
            text = words(total, x + broad / 2, frame.y(low) - 5, "halo small middle")
            yield mark(link(period, None), f"{period.label}: {contacts(counts.total())}", text)


def _axis(columns: _Columns, frame: _Frame) -> Iterator[str]:
    """What stands under the columns; labels that would touch are left out, evenly."""
    labels = periods.ticks(columns.starts, columns.unit)
    each = (frame.right - frame.left) / len(labels)
    every = math.ceil((max(width(above, SMALL) for above, _ in labels) + 7) / each)
    free = -1.0
    for place, (above, below) in enumerate(labels):
        x = frame.left + each * (place + 0.5)
        if place % every == 0:
            yield words(above, x, frame.foot + 16, "small faint middle")
        left = frame.left + each * place
        if below and left + 4 >= free and left + 4 + width(below, SMALL) <= frame.right + 4:
            if place:
                yield element("path", d=f"M{number(left)} {number(frame.foot)}v34", class_="grid")
            yield words(below, left + 4, frame.foot + 32, "small")
            free = left + 4 + width(below, SMALL) + 8


def _rest(columns: _Columns, frame: _Frame, link: PeriodLink, high: float) -> Iterator[str]:
    """The contacts that no column shows."""
    missing = columns.counts.get(None, Counter()).total()
    if missing:
        said = f"{contacts(missing)} {UNDATED}"
        yield mark(link(None, None), said, words(f"and {said}", frame.left, high - 8, "small faint"))
    older = [day for day in columns.counts if day and day < columns.starts[0]]
    if older:
        count = sum(columns.counts[day].total() for day in older)
        yield words(f"{contacts(count)} before, see the table", frame.right, high - 8, "small faint end")
