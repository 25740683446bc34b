"""An article: its text with everything that was read in it marked, and a table of the marks with their rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from rozmova.errors import InputError
from rozmova.records import Reading, Statement
from rozmova.store import Store
from rozmova.store.browse import Counted, Written, contact_ids, written
from rozmova.web import urls, words
from rozmova.web.marks import Mark, Piece, cut
from rozmova.web.pages.rows import Row, Table, rows

FOUND = "found"
"""The kind of mark that the address of the page asks for: words that a search found."""
KINDS = {"contact": "words for a contact", "statement": "statement", "name": "name", "time": "time expression"}
"""The kinds of mark with what the legend says of them."""
_PLACE = re.compile(r"[0-9]{1,8}-[0-9]{1,8}")
_MOST_PLACES = 10


class Kind(Struct, frozen=True, kw_only=True):
    """A line of the legend: a kind of mark, how many there are, and the URL that shows or hides it."""

    name: str
    label: str
    number: int
    shown: bool
    url: str


class Line(Struct, frozen=True, kw_only=True):
    """A mark in the table under the text."""

    id: str
    kind: str
    words: str
    means: str
    rule: str
    url: str | None


class ArticlePage(Struct, frozen=True, kw_only=True):
    """The page."""

    title: str
    id: str
    path: str
    source_url: str | None
    outlet: str | None
    lang: str
    language: str
    published: str | None
    published_words: str
    published_basis: str | None
    sha256: str
    legend: tuple[Kind, ...]
    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    contacts: tuple[Row, ...]
    found: int
    """How many marks the address asked for."""

    def table(self) -> Table:
        """What was read in the article, a mark a line."""
        lines = tuple((line.kind, line.words, line.means, line.rule, line.url or "") for line in self.lines)
        return ("kind", "words", "means", "rule", "url"), lines


class Articles(Struct, frozen=True, kw_only=True):
    """The list of articles, a page of it."""

    title: str
    articles: tuple[Written, ...]
    links: tuple[str, ...]
    date_words: tuple[str, ...]
    total: int
    previous: str | None
    next: str | None
    langs: tuple[Counted, ...]

    def table(self) -> Table:
        """Articles, one a line."""
        headings = Written.__struct_fields__
        return headings, tuple(tuple(getattr(a, name) or "" for name in headings) for a in self.articles)


def shown_kinds(given: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of mark to show, all where none are named. Raises :class:`InputError`."""
    for kind in given:
        if kind not in (*KINDS, "none"):
            raise InputError(f"{kind!r} is no kind of mark", f"allowed: {', '.join(KINDS)}, none")
    return tuple(kind for kind in KINDS if not given or kind in given)


def places(given: tuple[str, ...]) -> urls.Places:
    """Characters to mark, each ``start-end`` in code points of the text. Raises :class:`InputError`."""
    if len(given) > _MOST_PLACES:
        raise InputError(f"{len(given)} places to mark", f"at most {_MOST_PLACES} can be marked at once")
    found: dict[int, int] = {}
    for one in given:
        if not _PLACE.fullmatch(one):
            raise InputError(f"{one[:40]!r} is no place in a text", "write it as at=120-133")
        start, end = map(int, one.split("-"))
        found[start] = max(end, found.get(start, 0))
    return tuple(found.items())


def article_page(
    store: Store, id: str, shown: tuple[str, ...], newest: str | None, at: urls.Places = ()
) -> ArticlePage | None:
    """The view model of an article, or None where there is no such article; ``at`` are characters to mark besides."""
    text = store.text_of(id)
    reading = store.readings_of([id]).get(id)
    if text is None or reading is None:
        return None
    info = reading.article
    ids = contact_ids(store, id)
    found = list(_lines(reading, ids))
    marks = [mark for mark, _ in found]
    asked = [
        Mark(id=f"at{start}", kind=FOUND, start=start, end=min(end, len(text)), label="", rule="")
        for start, end in at
        if start < min(end, len(text))
    ]
    return ArticlePage(
        title=info.title or info.path.rpartition("/")[2],
        id=id,
        path=info.path,
        source_url=info.url,
        outlet=info.outlet,
        lang=info.lang,
        language=words.language(info.lang),
        published=info.published,
        published_words=words.date(info.published),
        published_basis=info.published_basis,
        sha256=info.sha256,
        legend=tuple(_kind(id, name, marks, shown, at) for name in KINDS),
        pieces=cut(text, [*(mark for mark in marks if mark.kind in shown), *asked]),
        lines=tuple(
            Line(
                id=mark.id, kind=mark.kind, words=text[mark.start : mark.end], means=mark.label, rule=mark.rule, url=url
            )
            for mark, url in sorted(found, key=lambda pair: (pair[0].start, pair[0].end))
            if mark.kind in shown
        ),
        contacts=rows(sorted(store.contacts_of([id]), key=lambda c: (c.date or "", c.id)), newest),
        found=len(asked),
    )


def articles_page(store: Store, number: int, per_page: int = 100) -> Articles:
    """The list of articles, newest first."""
    counts = store.counts()
    total = sum(counts.values())
    found = written(store, offset=(number - 1) * per_page, limit=per_page)
    return Articles(
        title="Articles",
        articles=tuple(found),
        links=tuple(urls.article(a.id) for a in found),
        date_words=tuple(words.date(a.published) for a in found),
        total=total,
        previous=urls.place("articles", number - 1) if number > 1 else None,
        next=urls.place("articles", number + 1) if number * per_page < total else None,
        langs=tuple(Counted(lang, n) for lang, n in counts.items()),
    )


def _kind(id: str, name: str, marks: list[Mark], shown: tuple[str, ...], at: urls.Places) -> Kind:
    other = tuple(kind for kind in KINDS if (kind in shown) != (kind == name))
    every = len(other) == len(KINDS)
    return Kind(
        name=name, label=KINDS[name], number=sum(mark.kind == name for mark in marks), shown=name in shown,
        url=urls.article(id, marks=() if every else other or ("none",), at=at),
    )  # fmt: skip


def statement_anchors(statements: Sequence[Statement]) -> tuple[str, ...]:
    """The anchor of each statement: where it begins; of several that begin there, their place in the reading too."""
    first: set[int] = set()
    found = []
    for index, s in enumerate(statements):
        found.append(f"p{s.start}-{index}" if s.start in first else f"p{s.start}")
        first.add(s.start)
    return tuple(found)


def _lines(reading: Reading, ids: dict[int, str]) -> Iterator[tuple[Mark, str | None]]:
    for index, contact in enumerate(reading.contacts):
        url = urls.contact(ids[index]) if index in ids else None
        sides = ", ".join(party.name for party in contact.parties)
        for n, e in enumerate(contact.evidence):
            label = f"{', '.join(map(words.field, e.supports))} of contact {index + 1}: {sides}"
            yield Mark(id=f"c{index}-{n}", kind="contact", start=e.start, end=e.end, label=label, rule=e.rule), url
    for s, anchor in zip(reading.statements, statement_anchors(reading.statements), strict=True):
        label = f"{s.speaker.name}: {s.act}"
        yield Mark(id=anchor, kind="statement", start=s.start, end=s.end, label=label, rule=s.rule), None
    for n, name in enumerate(reading.names):
        if name.kind == "pronoun" and not name.id:
            continue
        label = f"{name.label or name.lemma}, {name.kind}"
        url = urls.party_id(name.id) if name.id and name.kind in ("person", "organisation") else None
        if name.kind == "state" and name.affiliation:
            url = urls.state(name.affiliation)
        rule = name.why or "the words themselves"
        yield Mark(id=f"n{n}", kind="name", start=name.start, end=name.end, label=label, rule=rule), url
    for n, time in enumerate(reading.times):
        label = (
            words.date(time.value) if time.value and time.type == "DATE" else time.value or time.reason or "no value"
        )
        yield Mark(id=f"t{n}", kind="time", start=time.start, end=time.end, label=label, rule=time.rule), None
