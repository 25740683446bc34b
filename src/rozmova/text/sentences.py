"""Where sentences begin and end: a small splitter over tokens, with the abbreviations of the language's data.

Nearly all errors of general splitters on news are false splits after abbreviations, after initials and inside quoted
speech (measured in docs/decisions/0002); so the splitter is shy: it splits only where nothing speaks against it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rozmova.text.tokens import NUMBER, WORD, Token

_FINAL = frozenset({".", "!", "?", "…", "..", "...", "...."})
_CLOSING = frozenset("\"”»“’')]")
_OPENING = frozenset("\"“„«‘'([—–-•")


def split(text: str, tokens: Sequence[Token], abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Token ranges ``(first, end)`` of the sentences of a text, covering every token.

    A line break ends a sentence unless the next line goes on in lower case; a blank line always does.
    """
    bounds: list[tuple[int, int]] = []
    first = 0
    for i in range(len(tokens) - 1):
        gap = text[tokens[i].end : tokens[i + 1].start]
        if _line_end(gap, tokens[i + 1]) or _sentence_end(tokens, i, first, gap, abbreviations):
            bounds.append((first, i + 1))
            first = i + 1
    if tokens:
        bounds.append((first, len(tokens)))
    return bounds


def _line_end(gap: str, following: Token) -> bool:
    breaks = gap.count("\n")
    return breaks > 1 or (breaks == 1 and not following.text[0].islower()) or ("\r" in gap and breaks == 0)


def _sentence_end(tokens: Sequence[Token], i: int, first: int, gap: str, abbreviations: frozenset[str]) -> bool:
    if not gap:
        return False
    mark = i
    while mark > first and tokens[mark].text in _CLOSING and tokens[mark].glued:
        mark -= 1
    if tokens[mark].text not in _FINAL:
        return False
    following = tokens[i + 1]
    starts = following.text in _OPENING or following.text[0].isupper() or following.kind == NUMBER
    if not starts:
        return False
    spoken = mark < i or (i + 2 < len(tokens) and tokens[i + 2].text[0].islower())
    if following.text in "—–-" and spoken:
        return False  # «...!» — сказав він: the dash goes on with the attribution
    if tokens[mark].text == "." and mark > first and tokens[mark].glued:
        before = tokens[mark - 1]
        if before.kind == WORD and (before.low in abbreviations or _initial(before)):
            return False
        if before.kind == NUMBER and mark - 1 == first:
            return False  # "1. Перший пункт"
    return True


def _initial(token: Token) -> bool:
    return token.kind == WORD and len(token.text) == 1 and token.text.isupper()
