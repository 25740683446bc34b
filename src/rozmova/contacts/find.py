"""The contacts of an article: sentences viewed, frames filled, contacts put together."""

from __future__ import annotations

from rozmova.contacts.assemble import Assembler
from rozmova.contacts.frames import frames
from rozmova.contacts.view import View
from rozmova.languages import loader
from rozmova.names.groups import groups
from rozmova.names.resolve import Actor, Named
from rozmova.records import Contact
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span
from rozmova.times.find import Timex


def views(analysis: Analysis, named: list[list[Named]], timexes: list[list[Timex]]) -> list[View]:
    """Every sentence of an article as the frames see it."""
    has_cases = bool(loader.describe(analysis.lang).get("has_cases", True))
    return [
        View(
            analysis, frames(analysis.lang), n, first, end,
            groups(analysis, named[n], first, has_cases), timexes[n], has_cases,
        )
        for n, (first, end) in enumerate(analysis.sentences)
    ]  # fmt: skip


def find(analysis: Analysis, sentences: list[View], published: tuple[Span, ...], speaker: Actor | None) -> tuple[Contact, ...]:
    """The contacts of an article, in the order in which it first speaks of them."""
    return Assembler(analysis, sentences, published, speaker).read()
