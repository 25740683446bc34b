"""Where each time expression stands in the story: tense, quotation, and the dates mentioned before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from rozmova.languages.grammar import grammar
from rozmova.text.analysis import Analysis
from rozmova.text.clauses import finite
from rozmova.text.tokens import MARK
from rozmova.times.find import Timex
from rozmova.times.operations import FUTURE, OPERATIONS, day_of

_CLOSE = 12
"""Tokens within which a verb of the same part of the sentence surely belongs to the expression."""
_CHAIN = 8
""" "The next day ... the next day ...": so many links hold, then nobody knows the day any more."""
_CUTS = frozenset(",;:—–()")
_OPENING, _CLOSING, _EITHER = "«“„", "»”“", '"'
_MARKS = frozenset(_OPENING + _CLOSING + _EITHER)
_INFINITIVE_REACH = 4
_JOINED = 5
"""How much further away a verb is behind an "and"."""


@dataclass(frozen=True, slots=True)
class _Tenses:
    """The finite verbs of a sentence: their tokens in order, and the tense of each; ``parts`` numbers its parts.

    ``joints`` are the tokens of "and" and its like.
    """

    first: int
    at: list[int]
    tense: list[str]
    parts: list[int]
    joints: list[int]

    def nearest(self, i: int, end: int) -> tuple[str, bool]:
        """Tense of the verb nearest to tokens ``i`` to ``end``, one of the same part first; and if it is close."""
        here = bisect_left(self.at, i)
        around = [n for n in range(here - 2, here + 2) if 0 <= n < len(self.at)]
        if not around:
            return "", False

        def distance(n: int) -> tuple[bool, int]:
            verb = self.at[n]
            part = self.parts[verb - self.first] != self.parts[i - self.first]
            low, high = sorted((verb, i))
            joined = bisect_right(self.joints, low) < bisect_left(self.joints, high)  # "spoke on Monday and will meet"
            return part, (i - verb if verb < i else verb - end + 1) + _JOINED * joined

        best = min(around, key=distance)
        other, far = distance(best)
        return self.tense[best], not other and far <= _CLOSE


def place(analysis: Analysis, found: Sequence[Sequence[Timex]]) -> list[list[Timex]]:
    """The expressions of every sentence, each with its place in the story; takes them as the finder gives them."""
    placed: list[list[Timex]] = []
    before: Timex | None = None
    full: Timex | None = None
    chain = 0
    quoted = _quoted(analysis)
    for (first, end), row in zip(analysis.sentences, found, strict=True):
        placed.append([])
        days = any(one.rule.op in OPERATIONS for one in row)  # a duration asks for no tense
        tenses = _tenses(analysis, first, end) if days else None
        for found_here in row:
            tense, close = tenses.nearest(found_here.first, found_here.end) if tenses else ("", False)
            start, stop = analysis.span(found_here.first, found_here.end)
            chain = chain + 1 if found_here.rule.arguments.get("anchor") == "last" else 0
            timex = replace(
                found_here, text=analysis.text[start:stop], tense=tense, close=close,
                quoted=bisect_right(quoted, found_here.first) % 2 == 1,
                before=before if chain <= _CHAIN else None, full=full,
                apart=before is not None and "\n" in analysis.text[analysis.tokens[before.end - 1].end : start],
            )  # fmt: skip
            placed[-1].append(timex)
            if timex.rule.op in OPERATIONS and not timex.bound:
                before = timex
                full = timex if _is_full(timex) else full
    return placed


def _quoted(analysis: Analysis) -> list[int]:
    """The tokens at which a quotation opens and closes, by turns; a straight mark does whichever is due."""
    found: list[int] = []
    for token in analysis.tokens:
        if token.text in _MARKS:
            inside = len(found) % 2 == 1
            if token.text in (_CLOSING if inside else _OPENING) or token.text == _EITHER:
                found.append(token.i)
    return found


def _is_full(timex: Timex) -> bool:
    return "numeric" in timex.captures or ("year" in timex.captures and day_of(timex.captures) is not None)


def _tenses(analysis: Analysis, first: int, end: int) -> _Tenses:
    """Finite verbs with their tense; a present that an infinitive follows ("мають провести") looks ahead."""
    tokens = analysis.tokens[first:end]
    language = grammar(analysis.lang)
    words = [t for t in tokens if t.morphs]
    infinitives = {t.i for t in words if any(m.verbform == "Inf" for m in t.morphs)}
    sure = [t for t in words if finite(t)] or [t for t in words if t.verb() and not t.capital]
    verbs = {t.i for t in sure}
    at: list[int] = []
    tense: list[str] = []
    led = ""  # "will", "to": what the next verb's tense hangs on
    for token in tokens:
        small = not token.capital or token.i == first  # May is no "may"
        if small and (token.low in language.future or token.low in language.infinitive):
            led = FUTURE if token.low in language.future else "Inf"
            if led == FUTURE:
                at.append(token.i)
                tense.append(FUTURE)
            continue
        verb = token.verb() if token.i in verbs else None
        if led and token.i in infinitives:
            verb, led = None, ""  # "will speak", "to meet": no present tense
        elif token.kind == MARK:
            led = ""
        if verb and verb.tense and verb.voice != "Pass":
            ahead = verb.tense == "Pres" and infinitives & set(range(token.i + 1, token.i + 1 + _INFINITIVE_REACH))
            at.append(token.i)
            tense.append(FUTURE if ahead else verb.tense)
    parts = list(accumulate(int(t.kind == MARK and t.text in _CUTS) for t in tokens))
    return _Tenses(first, at, tense, parts, [t.i for t in tokens if t.has("CCONJ")])
