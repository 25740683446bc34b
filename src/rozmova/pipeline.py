"""The product on one page: article -> analysis -> names, times, statements, contacts; readings -> merged contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rozmova.contacts import find as contacts
from rozmova.contacts.view import View
from rozmova.errors import UnsupportedLanguage
from rozmova.languages import loader
from rozmova.merge import merge
from rozmova.names import find as names
from rozmova.names.actors import ActorTable, load
from rozmova.names.identity import Actor, Named
from rozmova.names.mentions import mentions as name_mentions
from rozmova.records import Article, ArticleInfo, Contact, MergedContact, NameMention, Reading, Statement, TimeMention
from rozmova.statements import find as statements
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.language import detect
from rozmova.times import edtf
from rozmova.times import mentions as times
from rozmova.times.edtf import Span
from rozmova.times.find import Timex


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
    names: tuple[NameMention, ...]
    times: tuple[TimeMention, ...]
    contacts: tuple[Contact, ...]
    statements: tuple[Statement, ...]


def read_steps(article: Article, lang: str | None = None, table: ActorTable | None = None) -> Steps:
    """Read one article and keep every step.

    ``lang`` says the language instead of having it detected, ``table`` has other actors than the product's own. Raises
    :class:`UnsupportedLanguage` when no language data fits.
    """
    lang, supported = (lang, True) if lang else detect(article.text)
    if not supported:
        raise UnsupportedLanguage(
            f"{article.path}: the text is in a language Rozmova does not read ({lang or 'none could be told'})",
            f"languages it reads: {', '.join(loader.codes())}; to add one, see docs/adding-a-language.md",
        )
    published = edtf.read(article.published) if article.published else ()
    analysis = analyst(lang).analyse(article.text)
    table = table or load()
    named = names.find(analysis, published, table)
    timexes = times.find(analysis)
    views = contacts.views(analysis, named, timexes)
    speaker = names.speaker(analysis, named)
    found = contacts.find(analysis, views, published, speaker)
    said = statements.find(analysis, views, found, speaker)
    return Steps(
        article, analysis, named, timexes, views, published, speaker,
        name_mentions(analysis, named, table), times.mentions(analysis, timexes, published), found, said,
    )  # fmt: skip


def read_article(article: Article, table: ActorTable | None = None) -> Reading:
    """Everything the product reads in one article, with its own table of actors or another one.

    Raises :class:`UnsupportedLanguage`.
    """
    steps = read_steps(article, table=table)
    info = ArticleInfo(
        id=article.id, path=article.path, url=article.url, sha256=article.sha256, lang=steps.analysis.lang,
        title=_title(steps.analysis), outlet=article.outlet, published=article.published,
        published_basis="metadata" if article.published else None,
    )  # fmt: skip
    return Reading(
        article=info, names=steps.names, times=steps.times, contacts=steps.contacts, statements=steps.statements
    )


def merge_readings(readings: Iterable[Reading]) -> tuple[MergedContact, ...]:
    """The contacts of many readings, one record per real contact, the same for every order of the readings."""
    return merge(readings)


def _title(analysis: Analysis) -> str | None:
    """The first line, when more follows."""
    return analysis.text.strip().split("\n", 1)[0].strip() if analysis.title_end else None
