"""Who says it: what kind of source an account comes from, and whom its article names as the source of the contact.

Official sites and agencies stand in ``languages/shared/outlets.yaml``, the rubrics of commentaries in ``rubrics.yaml``
beside it. A source tells how much an account can know, not whether it is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from rozmova.languages import loader
from rozmova.records import Affiliation, ArticleInfo, Contact, Lang, Reading, Statement, Voice

_KNOWN = 2**14
"""How many outlets are kept at hand."""
_QUOTES = re.compile('["«»“”„]')
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")


class Source(NamedTuple):
    """What is known of an outlet; ``affiliation`` says whose site an official one is."""

    kind: Literal["official", "agency", "press"]
    affiliation: Affiliation | None = None


def voice(article: ArticleInfo, contact: Contact) -> tuple[Voice | None, Affiliation | None]:
    """Whose account of the contact the article is, and of which state or organisation where that is official."""
    source = source_of(article.outlet, article.url)
    if source and source.kind == "official":
        own = any(party.affiliation == source.affiliation for party in contact.parties)
        return "party" if own else "official", source.affiliation
    if commentary(article.lang, article.title):
        return "commentary", None
    return source.kind if source else None, None


@lru_cache(_KNOWN)
def source_of(outlet: str | None, url: str | None) -> Source | None:
    """What is known of an outlet by its name, else by its address; an unknown one is of the press, none is None."""
    name = _name(outlet or "")
    known = _names().get(name) or _site(name) or _site(_host(url or ""))
    return known or (Source("press") if name else None)


def commentary(lang: Lang, title: str | None) -> bool:
    """Whether a rubric at the head of the article says that it is an opinion and no report."""
    rubric = _rubrics().get(lang) if title else None
    return bool(rubric and rubric.match(title or ""))


def says(reading: Reading, index: int) -> tuple[str, ...]:
    """Whom an article names as the source of one of its contacts, an outlet that passes it on last.

    That is whoever says what tells of the contact (who passes it on, where somebody does: he tells of what the other
    one did). Somebody who is no party may also say so in a sentence of its own ("the Kremlin reported this").
    """
    contact = reading.contacts[index]
    told = [(e.start, e.end) for e in contact.evidence if "contact" in e.supports]
    ids = {party.id for party in contact.parties}
    for statement in reading.statements:
        teller = statement.via or statement.speaker
        if statement.via is None and _within(statement, contact):
            continue
        covers = any(statement.start <= start and end <= statement.end for start, end in told)
        apart = not any(statement.start < end and start < statement.end for start, end in told)
        back = statement.about == index and apart and statement.speaker.id not in ids
        if covers or back:
            return tuple(dict.fromkeys(filter(None, (teller.name, statement.reported_by))))
    return ()


def _within(statement: Statement, contact: Contact) -> bool:
    """Whether it was said in the contact, by one party to another."""
    sides = {party.affiliation or party.id for party in contact.parties}
    ends = (statement.speaker, *statement.addressee)
    return len(ends) > 1 and all((party.affiliation or party.id) in sides for party in ends)


@cache
def _names() -> dict[str, Source]:
    found = {}
    for label, source, data in _outlets():
        for name in (label, *data.get("names", ())):
            found[_name(name)] = source
    return found


@cache
def _sites() -> dict[str, Source]:
    return {site: source for _, source, data in _outlets() for site in data["sites"]}


def _outlets() -> Iterator[tuple[str, Source, dict[str, Any]]]:
    kinds: tuple[Literal["official", "agency"], ...] = ("official", "agency")
    for kind in kinds:
        for label, data in loader.table(loader.SHARED, "outlets")[kind].items():
            yield label, Source(kind, data.get("affiliation")), data


def _name(text: str) -> str:
    """A name as it is looked up: case, quotation marks, kinds of apostrophe and white space do not matter."""
    return " ".join(_QUOTES.sub("", text).replace("’", "'").replace("ʼ", "'").casefold().split())


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "") if "//" in url else url.split("/", 1)[0].casefold()
    except ValueError:
        return ""


def _site(host: str) -> Source | None:
    """The outlet of a domain or of one above it."""
    labels = host.split(".") if _DOMAIN.fullmatch(host) else []
    return next(filter(None, (_sites().get(".".join(labels[n:])) for n in range(len(labels) - 1))), None)


@cache
def _rubrics() -> dict[Lang, re.Pattern[str]]:
    """Language -> a rubric by itself, in brackets, or before a mark that parts it from the title."""
    table = loader.table(loader.SHARED, "rubrics")
    return {lang: _rubric("|".join(map(re.escape, data["rubrics"]))) for lang, data in table.items()}


def _rubric(words: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[\[(](?:{words})[\])]|(?:{words})\s*(?:$|[:.|/](?:\s|$)|\s[—–-]\s))", re.IGNORECASE)
