"""Time expressions as the text has them: found by the rules of the language's data, not yet resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rozmova.languages import loader
from rozmova.languages.grammar import grammar
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.patterns import PatternSet


@dataclass(frozen=True, slots=True)
class TimeRule:
    """A rule of ``dates.yaml``: its name, TIMEX3 type, and the operation that turns captures into a value."""

    name: str
    type: str
    op: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: tokens ``first`` to ``end``, the rule that found it and what the rule captured."""

    first: int
    end: int
    rule: TimeRule
    captures: dict[str, Any]


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
        found: list[Timex] = []
        i = first
        while i < end:
            match = self.patterns.first(analysis.tokens, i, end)
            if match and match.payload.op != "none":
                found.append(Timex(match.first, match.end, match.payload, match.captures))
            i = match.end if match else i + 1
        return found


@cache
def finder(code: str) -> TimeFinder:
    """The time rules of a language, loaded once."""
    return TimeFinder(code)


def tense_near(analysis: Analysis, first: int, end: int, at: int) -> str:
    """Tense of the finite verb nearest to token ``at`` within a sentence: Past, Pres, Fut, or '' when there is none."""
    best, distance = "", 10_000
    future = grammar(analysis.lang).future
    for token in analysis.tokens[first:end]:
        if token.low in future:
            return "Fut"
        verb = token.verb()
        if verb and verb.tense and verb.voice != "Pass" and abs(token.i - at) < distance and not token.has("NOUN"):
            best, distance = verb.tense, abs(token.i - at)
    return best


def between(timexes: Sequence[Timex], first: int, end: int) -> list[Timex]:
    """The expressions that lie wholly among tokens ``first`` to ``end``."""
    return [t for t in timexes if first <= t.first and t.end <= end]
