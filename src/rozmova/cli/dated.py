"""Dates that were worked out, as text for people: the days that are left and the words that left them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rich.text import Text

from rozmova.cli.render import quote
from rozmova.records import DateConflict, Dated, Words

_BASIS = {"text": "by its own words", "other articles": "by other articles too"}


def dated_lines(dated: Dated, text_of: Callable[[str], str]) -> Iterator[Text]:
    """An article with the days on which it may have come out, and the words behind them."""
    line = Text("  ")
    line.append(dated.path, "bold")
    line.append(f"  {dated.published or 'unknown: its words leave too much open'}")
    if dated.basis:
        line.append(f"  ({_BASIS[dated.basis]})", "dim")
    yield line
    yield from _words(dated.because, text_of, dated.article)


def conflict_lines(conflict: DateConflict, text_of: Callable[[str], str]) -> Iterator[Text]:
    """Words that cannot all be right, and which of them were left out."""
    articles = len({words.article for words in conflict.words})
    who = "these words" if articles == 1 else f"these {articles} articles"
    yield Text(f"  {who} cannot all be right", "magenta")
    yield from _words(conflict.words, text_of)
    left = dict.fromkeys(words.clue.rule for words in conflict.left_out)
    yield Text(f"      left out: {'; '.join(left)}", "dim")


def _words(found: Sequence[Words], text_of: Callable[[str], str], own: str = "") -> Iterator[Text]:
    """The words in their context, each once with all that it says; those of other articles with the file's name."""
    for (article, path, start, end), group in groupby(
        found, key=lambda w: (w.article, w.path, w.clue.start, w.clue.end)
    ):
        clues = [words.clue for words in group]
        rules = "; ".join(dict.fromkeys(clue.rule for clue in clues))
        margin = "      " if article == own else f"      {Path(path).name}: "
        yield Text(margin).append_text(quote(text_of(article), start, end, clues[0].text, rules))
