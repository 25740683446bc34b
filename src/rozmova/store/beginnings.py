"""Where in a text words may stand that somebody asked for, judged by how they begin.

To look up every word of a text in the dictionary takes long, and forms of one word nearly always begin alike and differ
in their last letters. Those of which that is not so (``go``, ``went``) are missed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from rozmova.names.fold import fold
from rozmova.store.terms import Asked, plain
from rozmova.text.script import APOSTROPHES, INVISIBLE

_ENDING, _NAME_ENDING = 5, 4
"""So many letters at the end of a lemma, or of a key (with its ``~`` not counted), other forms may replace."""

_LETTERS = [char for code in (*range(0x250), *range(0x400, 0x530)) if (char := chr(code)).isalnum()]
"""Digits, and the letters of Latin and Cyrillic."""
_INSIDE = re.escape(APOSTROPHES + INVISIBLE)
_REST = rf"(?<![^\W_].)[^\W_]*(?:[{_INSIDE}]+[^\W_]+)*"
"""The rest of a word after its first letter; a look back comes behind it, for a pattern that begins with letters leaps
from one of them to the next."""
_NAME = re.compile(rf"[{''.join(filter(str.isupper, _LETTERS))}](?<![^\W_].)[^\W_]*", re.DOTALL)


def beginning_like(wanted: Iterable[Asked]) -> Callable[[str], Iterator[int]]:
    """What gives the places of a text at which some form of one of these words may begin, in no order."""
    every = {term for asked in wanted for term in (*asked.terms, *(part for line in asked.lines for part in line))}
    letters = tuple({term[: max(2, len(term) - _ENDING)] for term in every if term[0] not in "~@"})
    keys = tuple({term[1 : max(2, len(term) - _NAME_ENDING)] for term in every if term[0] == "~"})

    def places(text: str) -> Iterator[int]:
        if letters:
            for found in _beginning_with(frozenset(head[0] for head in letters)).finditer(text):
                if _plain(found.group()).startswith(letters):
                    yield found.start()
        if keys:
            for found in _NAME.finditer(text):
                if fold(found.group()).startswith(keys):
                    yield found.start()

    return places


@lru_cache(maxsize=1000)
def _beginning_with(letters: frozenset[str]) -> re.Pattern[str]:
    """Words that begin with one of some plain letters, however they are printed."""
    printed = _printed()
    return re.compile(f"[{''.join(printed.get(one, re.escape(one)) for one in sorted(letters))}]{_REST}", re.DOTALL)


@cache
def _printed() -> Mapping[str, str]:
    """For each plain letter those that are folded into it, look-alikes among letters of the other script too."""
    found: dict[str, str] = defaultdict(str)
    for letter in _LETTERS:
        for plain_letter in {plain(beside + letter)[len(beside) :][:1] for beside in ("", "жжж", "zzz")}:
            found[plain_letter] += letter
    return found


_plain = lru_cache(maxsize=100_000)(plain)
