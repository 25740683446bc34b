"""Whose account of a contact an article is, and whom it names as the source of the contact.

What is known of outlets stands in ``languages/shared/outlets.yaml``, the rubrics of commentaries in ``rubrics.yaml``
beside it. A source tells how much an account can know, not whether it is true.
"""

from __future__ import annotations

import re
from functools import cache

from rozmova.languages import loader
from rozmova.records import Account, Affiliation, ArticleInfo, Contact, Lang, Voice
from rozmova.statements.outlets import outlet_of

_RANK: dict[Voice | None, int] = {"party": 0, "agency": 1}
LAST = len(_RANK)
"""The rank of whoever has none of his own."""


def voice(article: ArticleInfo, contact: Contact) -> tuple[Voice | None, Affiliation | None]:
    """Whose account of the contact the article is, and of which state or organisation where that is official."""
    outlet = outlet_of(article.outlet, article.url)
    if outlet and outlet.kind == "official":
        own = any(party.affiliation == outlet.affiliation for party in contact.parties)
        return "party" if own else "official", outlet.affiliation
    if commentary(article.lang, article.title):
        return "commentary", None
    return outlet.kind if outlet else None, None


def rank(account: Account) -> int:
    """Whose value stands where equally many accounts give another: a party's own readout, an agency, all the rest."""
    return _RANK.get(account.voice, LAST)


def commentary(lang: Lang, title: str | None) -> bool:
    """Whether a rubric at the head of the article says that it is an opinion and no report."""
    rubric = _rubrics().get(lang) if title else None
    return bool(rubric and rubric.match(title or ""))


def says(contact: Contact) -> tuple[str, ...]:
    """Whom the article names as the source of the contact, an outlet that passes it on last."""
    teller = contact.told_by
    return tuple(filter(None, (teller.name, teller.through))) if teller else ()


@cache
def _rubrics() -> dict[Lang, re.Pattern[str]]:
    """Language -> a rubric by itself, in brackets, or before a mark that parts it from the title."""
    table = loader.table(loader.SHARED, "rubrics")
    return {lang: _rubric("|".join(map(re.escape, data["rubrics"]))) for lang, data in table.items()}


def _rubric(words: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[\[(](?:{words})[\])]|(?:{words})\s*(?:$|[:.|/](?:\s|$)|\s[—–-]\s))", re.IGNORECASE)
