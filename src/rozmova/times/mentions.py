"""The time expressions of an article as the contract shows them."""

from __future__ import annotations

from rozmova.records import TimeMention
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span
from rozmova.times.find import Timex, finder
from rozmova.times.narrative import place
from rozmova.times.resolve import resolve


def find(analysis: Analysis) -> list[list[Timex]]:
    """The time expressions of every sentence, each with its place in the story."""
    rules = finder(analysis.lang)
    return place(analysis, [rules.find(analysis, first, end) for first, end in analysis.sentences])


def mentions(analysis: Analysis, timexes: list[list[Timex]], published: tuple[Span, ...]) -> tuple[TimeMention, ...]:
    """Every expression with its value, or the reason why it has none."""
    found = []
    for timex in (timex for row in timexes for timex in row):
        resolved = resolve(timex, published)
        start, stop = analysis.span(timex.first, timex.end)
        found.append(
            TimeMention(
                start=start, end=stop, text=timex.text, type=timex.rule.type,  # type: ignore[arg-type]
                value=resolved.value, rule=timex.rule.name, anchor=resolved.anchor, reason=resolved.reason,
            )
        )  # fmt: skip
    return tuple(found)
