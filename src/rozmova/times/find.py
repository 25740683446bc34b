"""Time expressions as the text has them: found by the rules of the language's data, not yet resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rozmova.languages import loader
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.patterns import PatternSet


@dataclass(frozen=True, slots=True)
class TimeRule:
    """A rule of ``dates.yaml``: its name, TIMEX3 type, and the operation that turns captures into a value."""

    name: str
    type: str
    op: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Timex:
    """A time expression: tokens ``first`` to ``end``, the rule that found it and what the rule captured.

    Where it stands in the story, :mod:`rozmova.times.narrative` adds: ``tense`` of the nearest finite verb (``close``
    when that stands in the same part of the sentence), ``quoted`` inside quotation marks, ``before`` the last date
    mentioned before it (in another paragraph where it is ``apart``), ``full`` the last one with day and year. ``known``
    keeps what :mod:`rozmova.times.resolve` made of it.
    """

    first: int
    end: int
    rule: TimeRule
    captures: dict[str, Any]
    text: str = ""
    tense: str = ""
    close: bool = False
    quoted: bool = False
    before: Timex | None = None
    apart: bool = False
    full: Timex | None = None
    known: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def bound(self) -> bool:
        """True for "since 2014" and "by Friday": a date that begins or ends a time, and is the day of nothing."""
        return "bound" in self.rule.arguments

    @property
    def unsaid(self) -> bool:
        """True for "in the evening": a part of a day of which the words do not say which it is."""
        return bool(self.rule.arguments.get("unsaid"))


class TimeFinder:
    """The date rules of one language, ready to be met in tokens."""

    def __init__(self, code: str) -> None:
        """Load ``dates.yaml``; raises ``ValueError`` naming the rule whose pattern cannot be read."""
        data = loader.table(code, "dates")
        self.patterns: PatternSet[TimeRule] = PatternSet(analyst(code), data.get("words", {}))
        for entry in data.get("rules", ()):
            value = dict(entry.get("value", {}))
            rule = TimeRule(entry["name"], entry.get("type", "DATE"), value.pop("op", entry.get("op", "none")), value)
            for pattern in entry["find"]:
                try:
                    self.patterns.add(pattern, rule)
                except ValueError as error:
                    raise loader.LanguageDataError(
                        f"languages/{code}/dates.yaml, rule {rule.name!r}: {error}"
                    ) from error

    def find(self, analysis: Analysis, first: int, end: int) -> list[Timex]:
        """Time expressions among tokens ``first`` to ``end``; the longest wins, then the rule listed first."""
        return [
            Timex(match.first, match.end, match.payload, match.captures)
            for match in self.patterns.scan(analysis.tokens, first, end)
            if match.payload.op != "none"
        ]


@cache
def finder(code: str) -> TimeFinder:
    """The time rules of a language, loaded once."""
    return TimeFinder(code)
