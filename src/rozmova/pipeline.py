"""The product on one page: article -> analysis -> names, times, statements, contacts; readings -> merged contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rozmova.contacts import find as contacts
from rozmova.contacts.draft import Draft
from rozmova.contacts.view import View
from rozmova.dating import article as dating
from rozmova.dating import together
from rozmova.dating.article import Told, clues
from rozmova.errors import UnsupportedLanguage
from rozmova.languages import loader
from rozmova.names import find as names
from rozmova.names.actors import ActorTable, load
from rozmova.names.identity import Actor, Named
from rozmova.names.mention import Mention
from rozmova.names.mentions import mentions as name_mentions
from rozmova.records import (
    Article,
    ArticleInfo,
    Clue,
    Contact,
    Dating,
    NameMention,
    PublishedBasis,
    Reading,
    Statement,
    TimeMention,
)
from rozmova.statements import find as statements
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.language import detect
from rozmova.times import edtf
from rozmova.times import mentions as times
from rozmova.times.edtf import Span
from rozmova.times.find import Timex

Inferred = tuple[str, PublishedBasis]
"""A day of publication that was worked out (EDTF), and from what."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Everything the steps found in one article, for those who want to look inside."""

    article: Article
    analysis: Analysis
    named: list[list[Named]]
    timexes: list[list[Timex]]
    views: list[View]
    published: tuple[Span, ...]
    speaker: Actor | None
    said: statements.Said
    names: tuple[NameMention, ...]
    times: tuple[TimeMention, ...]
    contacts: tuple[Contact, ...]
    statements: tuple[Statement, ...]
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class _Followed:
    """One article followed to the drafts of its contacts, before any record is made."""

    analysis: Analysis
    named: list[list[Named]]
    timexes: list[list[Timex]]
    views: list[View]
    published: tuple[Span, ...]
    speaker: Actor | None
    said: statements.Said
    drafts: tuple[Draft, ...]
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What an article holds whatever day it came out: the analysis, the phrases for names, the time expressions."""

    analysis: Analysis
    mentions: list[list[Mention]]
    timexes: list[list[Timex]]


def _found(analysis: Analysis, table: ActorTable) -> _Found:
    return _Found(analysis, names.read(analysis, table), times.find(analysis))


def _follow(article: Article, found: _Found, table: ActorTable, published: str | None) -> _Followed:
    analysis, timexes = found.analysis, found.timexes
    value = article.published or published
    days = edtf.read(value) if value else ()
    named = names.find(analysis, days, table, found.mentions)
    views = contacts.views(analysis, named, timexes)
    speaker = names.speaker(analysis, named)
    said = statements.listen(analysis, views, speaker)
    drafts = contacts.find(analysis, views, days, speaker, said.spoken)
    told = Told(analysis, [t for row in timexes for t in row], drafts, [n for row in named for n in row], table)
    ordered = dating.order_of_contacts(told) if article.published is not None else clues(told)
    return _Followed(analysis, named, timexes, views, days, speaker, said, drafts, ordered)


def _steps(article: Article, followed: _Followed, table: ActorTable) -> Steps:
    """The records of what was followed."""
    f = followed
    found = statements.told_by(f.analysis, f.said, contacts.records(f.analysis, f.views, f.drafts))
    return Steps(
        article, f.analysis, f.named, f.timexes, f.views, f.published, f.speaker, f.said,
        name_mentions(f.analysis, f.named, table), times.mentions(f.analysis, f.timexes, f.published), found,
        statements.records(f.analysis, f.said, found, f.published), f.clues,
    )  # fmt: skip


def read_steps(
    article: Article,
    lang: str | None = None,
    table: ActorTable | None = None,
    published: str | None = None,
    analysis: Analysis | None = None,
) -> Steps:
    """Read one article and keep every step.

    ``lang`` says the language instead of having it detected, ``table`` has other actors than the product's own,
    ``published`` (EDTF) stands in for a day of publication that the article does not have, ``analysis`` is that of its
    text where it was made before. Raises :class:`UnsupportedLanguage` when no language data fits.
    """
    table = table or load()
    found = _found(analysis or _analysed(article, lang), table)
    return _steps(article, _follow(article, found, table, published), table)


def _analysed(article: Article, lang: str | None) -> Analysis:
    lang, supported = (lang, True) if lang else detect(article.text)
    if not supported:
        raise UnsupportedLanguage(
            f"{article.path}: the text is in a language Rozmova does not read ({lang or 'none could be told'})",
            f"languages it reads: {', '.join(loader.codes())}; to add one, see docs/adding-a-language.md",
        )
    return analyst(lang).analyse(article.text)


def read_article(article: Article, table: ActorTable | None = None, inferred: Inferred | None = None) -> Reading:
    """Everything the product reads in one article, with its own table of actors or another one.

    An article that nobody dated is dated by its own words, unless ``inferred`` says what other articles make of it.
    Raises :class:`UnsupportedLanguage`.
    """
    basis: PublishedBasis | None = "metadata" if article.published else None
    published = article.published
    table = table or load()
    found = _found(_analysed(article, None), table)
    followed = _follow(article, found, table, inferred and inferred[0])
    if inferred and not published:
        published, basis = inferred
    elif not published and (published := together.alone(followed.clues)):
        basis = "text"
        followed = _follow(article, found, table, published)
    steps = _steps(article, followed, table)
    info = ArticleInfo(
        id=article.id, path=article.path, url=article.url, sha256=article.sha256, lang=steps.analysis.lang,
        title=article.title or _title(steps.analysis), outlet=article.outlet, published=published,
        published_basis=basis,
    )  # fmt: skip
    return Reading(
        article=info, names=steps.names, times=steps.times, contacts=steps.contacts, statements=steps.statements,
        clues=steps.clues,
    )  # fmt: skip


def dated_together(
    readings: Sequence[Reading], article: Callable[[str], Article | None], table: ActorTable | None = None
) -> tuple[list[Reading], Dating]:
    """Date the articles that nobody dated by one another too.

    ``article`` finds an article by its id. Gives the readings in their order, those made anew for which another day was
    found than they were read with, and what was found.
    """
    found = together.together(readings)
    better = {d.article: (d.published, d.basis) for d in found.dated if d.published and d.basis}
    anew = list(readings)
    for place, reading in enumerate(readings):
        inferred = better.get(reading.article.id)
        known = inferred is None or inferred[0] == reading.article.published
        again = None if known else article(reading.article.id)
        if again is not None:
            anew[place] = read_article(again, table, inferred)
    return anew, found


def _title(analysis: Analysis) -> str | None:
    """The first line, when more follows."""
    return analysis.text.strip().split("\n", 1)[0].strip() if analysis.title_end else None
