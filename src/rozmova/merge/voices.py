"""Who says it: what kind of source an account comes from, and whom its article names as the source of the contact.

Official sites and agencies stand in ``languages/shared/outlets.yaml``, the rubrics of commentaries in ``rubrics.yaml``
beside it. A source tells how much an account can know, not whether it is true.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from rozmova.languages import loader
from rozmova.records import Account, Affiliation, ArticleInfo, Contact, Lang, Reading, Statement, Voice

_KNOWN = 2**14
"""How many outlets are kept at hand."""
_TELLING = frozenset({"announce", "comment", "confirm"})
"""Acts of those who tell of something; whoever accuses, demands or promises speaks of something else."""
_RANK: dict[Voice | None, int] = {"party": 0, "agency": 1}
LAST = len(_RANK)
"""The rank of whoever has none of his own."""
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


def rank(account: Account) -> int:
    """Whose value stands where equally many accounts give another: a party's own readout, an agency, all the rest."""
    return _RANK.get(account.voice, LAST)


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

    The source tells of the contact in so many words, its statement points back to them ("the Kremlin reported this"),
    or somebody who is no party is cited by an outlet in the sentence. Who passes words on, where somebody does, is the
    one who tells. What parties say to or of one another makes none of them a source.
    """
    contact = reading.contacts[index]
    told = [(e.start, e.end) for e in contact.evidence if "contact" in e.supports]
    ids = {party.id for party in contact.parties}
    sides = {party.affiliation or party.id for party in contact.parties}
    for statement in reading.statements:
        if statement.act not in _TELLING or _in_it(statement, sides):
            continue
        if _tells(statement, told, ids, index, reading.article.lang):
            teller = statement.via or statement.speaker
            return tuple(dict.fromkeys(filter(None, (teller.name, statement.reported_by))))
    return ()


def _in_it(statement: Statement, sides: Collection[str]) -> bool:
    """Whether one side says it to another, as far as nobody passes it on: so they do in the contact itself."""
    to = any((party.affiliation or party.id) in sides for party in statement.addressee)
    return to and statement.via is None and (statement.speaker.affiliation or statement.speaker.id) in sides


def _tells(
    statement: Statement, told: Sequence[tuple[int, int]], parties: Collection[str], index: int, lang: Lang
) -> bool:
    apart = not any(statement.start < end and start < statement.end for start, end in told)
    head = _back(lang)
    back = bool(head and head.match(statement.text))
    if apart or back:  # what points back does not tell of what else its sentence names ("... on the way to talks")
        return apart and back and statement.about == index
    if any(quote.start < end <= quote.end for quote in statement.quotes for _, end in told):
        return True
    cited = statement.via or (statement.speaker if statement.reported_by else None)
    return cited is not None and cited.id not in parties and any(statement.start <= start for start, _ in told)


@cache
def _back(lang: Lang) -> re.Pattern[str] | None:
    """The words that point back, at the head of a statement; of those in the language's data the ones to be exact."""
    listed = [str(words).split() for words in loader.table(lang, "statements").get("back", ())]
    exact = [words for words in listed if all(one.startswith("=") for word in words for one in word.split("|"))]
    heads = [" ".join(f"(?:{word.replace('=', '')})" for word in words) for words in exact]
    return re.compile(rf"(?:{'|'.join(heads)})\b", re.IGNORECASE) if heads else None


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
