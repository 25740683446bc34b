"""The time expressions of an article as the contract shows them."""

from __future__ import annotations

from rozmova.records import TimeMention
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span
from rozmova.times.find import Timex, finder, tense_near
from rozmova.times.resolve import resolve


def find(analysis: Analysis) -> list[list[Timex]]:
    """The time expressions of every sentence."""
    rules = finder(analysis.lang)
    return [rules.find(analysis, first, end) for first, end in analysis.sentences]


def mentions(analysis: Analysis, timexes: list[list[Timex]], published: tuple[Span, ...]) -> tuple[TimeMention, ...]:
    """Every expression with its value against the day of publication, or the reason why it has none."""
    found = []
    for (first, end), row in zip(analysis.sentences, timexes, strict=True):
        for timex in row:
            resolved = resolve(timex, published, tense_near(analysis, first, end, timex.first))
            start, stop = analysis.span(timex.first, timex.end)
            found.append(
                TimeMention(
                    start=start, end=stop, text=analysis.text[start:stop], type=timex.rule.type,  # type: ignore[arg-type]
                    value=resolved.value, rule=timex.rule.name, reason=resolved.reason,
                )
            )  # fmt: skip
    return tuple(found)
