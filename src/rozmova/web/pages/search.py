"""The search: what was typed, what was found with the words that were found in it, and what to try when nothing was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from rozmova.errors import InputError
from rozmova.store import Store
from rozmova.store.browse import Counts, Written, written
from rozmova.store.finding import Hit
from rozmova.store.kinds import KINDS
from rozmova.store.query import read_query
from rozmova.store.snippets import Snippet
from rozmova.web import urls, words
from rozmova.web.pages.rows import Table
from rozmova.web.pages.search_help import QUOTES, Help, examples_of, help_lines, samples_of
from rozmova.web.pages.sides import Link
from rozmova.web.query import page_of

PER_PAGE = 20
LONGEST = 1000
"""Characters that the store reads."""

_MOST_MARKS = 8
"""Words whose places the link to an article carries."""
_MOST_TRIED = 4
_WHOLE = 200
"""A snippet of so many characters may have been cut."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that HTML cannot hold."""
_PIECE = re.compile(rf"(?P<name>-?[^\W\d_]+:)?(?:[{QUOTES}][^{QUOTES}]*[{QUOTES}]|[^\s{QUOTES}]+)")


class Part(Struct, frozen=True, kw_only=True):
    """Characters of a snippet, and whether they are what was asked for."""

    text: str
    found: bool


class Found(Struct, frozen=True, kw_only=True):
    """One thing found; ``text_url`` is the place in the article where the snippet stands, ``lang`` the article's."""

    kind: str
    id: str
    title: str
    title_lang: str | None
    url: str
    date: tuple[str, str] | None
    date_words: str
    outlet: str | None
    lang: str | None
    language: str
    article: str | None
    article_title: str | None
    published_words: str
    snippet: tuple[Part, ...]
    before: bool
    after: bool
    text_url: str | None


class KindLink(Struct, frozen=True, kw_only=True):
    """A kind of result and the URL that shows those alone (or, where it does, all again).

    ``number`` is None where the query asks for other kinds: to count what it leaves out would be a search of its own.
    """

    kind: str
    label: str
    number: int | None
    url: str
    chosen: bool


class SearchPage(Struct, frozen=True, kw_only=True):
    """The page. ``error`` and ``hint`` are set where the query cannot be asked; ``tried`` where it finds nothing."""

    title: str
    q: str
    error: str
    hint: str
    total: int
    first: int
    last: int
    hits: tuple[Found, ...]
    kinds: tuple[KindLink, ...]
    tried: tuple[Link, ...]
    examples: tuple[Link, ...]
    help: tuple[Help, ...]
    timeline_url: str
    previous: str | None
    next: str | None

    @property
    def status(self) -> int:
        """The status of the answer."""
        return 400 if self.error else 200

    def table(self) -> Table:
        """What was found, a hit a line."""
        headings = "kind", "id", "title", "first", "last", "outlet", "lang", "article", "snippet", "url"
        lines = tuple(
            (
                h.kind, h.id, h.title, *(h.date or ("", "")), h.outlet or "", h.lang or "", h.article or "",
                "".join(part.text for part in h.snippet), h.url,
            )
            for h in self.hits
        )  # fmt: skip
        return headings, lines


def search_page(store: Store, counts: Counts, given: list[tuple[str, str]]) -> SearchPage:
    """The view model of a search by the parameters of its URL; a wrong query is a page too. Raises for a wrong page."""
    values = dict(given)
    q, number = values.get("q", "").strip(), page_of(values.get("page", ""))
    samples, shown = counts.once("samples", lambda: samples_of(counts)), _CONTROL.sub("\ufffd", q[:LONGEST])
    blank = SearchPage(
        title=f"Search: {shown[:60]}" if q else "Search", q=shown, error="", hint="",
        total=0, first=0, last=0, hits=(), kinds=(), tried=(), examples=examples_of(samples),
        help=tuple(help_lines(samples)), timeline_url=urls.timeline(), previous=None, next=None,
    )  # fmt: skip
    if not q:
        return blank
    try:
        return _found(store, blank, q, number)
    except InputError as error:
        return replace(blank, error=error.message, hint=error.hint)


def _found(store: Store, blank: SearchPage, q: str, number: int) -> SearchPage:
    if _CONTROL.search(q):
        raise InputError("the search holds a character that controls a terminal", "leave it out")
    offset = (number - 1) * PER_PAGE
    found = store.search(q, PER_PAGE, offset)
    pages = max(1, -(-found.total // PER_PAGE))
    return replace(
        blank,
        total=found.total,
        first=offset + 1 if found.hits else 0,
        last=offset + len(found.hits),
        hits=tuple(_hits(store, found.hits)),
        kinds=_kinds(q, found.kinds),
        tried=() if found.total else tuple(_tried(store, q)),
        previous=urls.search(q, min(number - 1, pages)) if number > 1 else None,
        next=urls.search(q, number + 1) if number < pages else None,
    )


def _hits(store: Store, hits: tuple[Hit, ...]) -> Iterator[Found]:
    ids = dict.fromkeys(id for hit in hits if (id := hit.snippet.article if hit.snippet else hit.article))
    about = {article.id: article for article in written(store, list(ids), limit=len(ids))} if ids else {}
    for hit in hits:
        shown = hit.snippet
        article = about.get(shown.article if shown else hit.article or "")
        place = _place(hit, shown)
        yield Found(
            kind=hit.kind,
            id=hit.id,
            title=hit.title or "sides unknown",
            title_lang=hit.lang if hit.kind == "article" else None,
            url=urls.contact(hit.id) if hit.kind == "contact" else place or urls.article(hit.article or hit.id),
            date=hit.date,
            date_words=words.period(hit.date) if hit.date else "",
            outlet=article.outlet if article else hit.outlet,
            lang=article.lang if article else hit.lang,
            language=words.language(article.lang) if article else "",
            article=article.id if article else hit.article,
            article_title=_title(article),
            snippet=parts(shown) if shown else (),
            published_words=words.date(article.published) if article and article.published else "",
            before=bool(shown and shown.text[:1].islower()),
            after=bool(shown and _goes_on(shown.text, hit.kind)),
            text_url=place,
        )


def _title(article: Written | None) -> str | None:
    return (article.title or article.path.rpartition("/")[2]) if article else None


def _goes_on(text: str, kind: str) -> bool:
    """Whether a snippet was cut off: words for a contact are no sentences, others may end where the text does."""
    ended = text.rstrip().endswith((".", "!", "?", "…", "»", "”", '"'))
    return not ended and (kind == "contact" or len(text) > _WHOLE)


def _place(hit: Hit, shown: Snippet | None) -> str | None:
    """The words in the article; without any, the beginning of what the snippet shows."""
    if shown is None:
        return None
    marks = tuple((mark.start, mark.end) for mark in shown.marks[:_MOST_MARKS])
    if not marks and hit.kind == "article":
        return urls.article(shown.article)
    return urls.article_at(shown.article, marks or ((shown.start, shown.end),))


def parts(shown: Snippet) -> tuple[Part, ...]:
    """A snippet cut where the words found begin and end; together the parts are its text."""
    found: list[Part] = []
    at = shown.start
    for mark in shown.marks:
        for start, end, is_found in ((at, mark.start, False), (mark.start, mark.end, True)):
            if end > start:
                text = shown.text[start - shown.start : end - shown.start]
                found.append(Part(text=text, found=is_found))
        at = max(at, mark.end)
    rest = shown.text[at - shown.start :]
    return (*found, Part(text=rest, found=False)) if rest else tuple(found)


def _kinds(q: str, found: dict[str, int]) -> tuple[KindLink, ...]:
    rest = without(q, "kind")
    chosen = {value for f in read_query(q).filters if f.name == "kind" and not f.exclude for value in f.values}
    return tuple(
        KindLink(
            kind=kind, label=f"{kind}s", number=None if chosen and kind not in chosen else found[kind],
            chosen=kind in chosen,
            url=urls.search(rest if kind in chosen else f"{rest} kind:{kind}".strip()),
        )
        for kind in KINDS
    )  # fmt: skip


def without(q: str, *names: str) -> str:
    """A query without the filters of these names; without any filters where none are named."""
    return " ".join(text for name, text in _pieces(q) if not name or (names and name not in names))


def _filters(q: str) -> str:
    return " ".join(text for name, text in _pieces(q) if name)


def _pieces(q: str) -> Iterator[tuple[str, str]]:
    for piece in _PIECE.finditer(q):
        yield (piece["name"] or "").removeprefix("-").removesuffix(":").lower(), piece.group()


def _tried(store: Store, q: str) -> Iterator[Link]:
    """Searches near this one that find something; each costs a search, so few are asked."""
    plain = without(q)
    bare = [word for word in re.split(rf"[\s{QUOTES}]+", plain) if word and not word.startswith("-")]
    words_alone = bare if len(bare) > 1 else []
    near = dict.fromkeys((without(q, "kind"), plain, " ".join(bare), *words_alone[:2], _filters(q)))
    for other in [one for one in near if one and one != q][:_MOST_TRIED]:
        if total := store.search(other, 0).total:
            yield Link(label=other, url=urls.search(other), number=total)
