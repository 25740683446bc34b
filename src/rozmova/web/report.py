"""The record, or some of it, as one HTML file that needs nothing else: no network, no script, no file beside it.

It is written as it is made, a few contacts at a time, so its length is not bound by memory.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TextIO

from markupsafe import Markup
from msgspec import Struct
from sqlalchemy import select

from rozmova import __version__
from rozmova.pictures import stylesheet
from rozmova.records import ArticleInfo, MergedContact
from rozmova.store import Store
from rozmova.store.browse import Asked, Counts
from rozmova.store.counting import Counted, Counting
from rozmova.store.filters import Filters
from rozmova.store.rows import portions
from rozmova.store.schema import contacts
from rozmova.web import urls, words
from rozmova.web.pages.contact import ContactPage, made_page
from rozmova.web.pages.figures import figures, sums
from rozmova.web.pages.lists import Dispute, about_page, dispute
from rozmova.web.pages.passages import Passage, passages
from rozmova.web.pages.rows import Row, day_of, row
from rozmova.web.query import Query
from rozmova.web.render import environment

GENERATOR = "Rozmova report"
"""By which a file is known as a report; stands among its first characters."""

_AT_ONCE = 40
_PIECES = 20


Entry = tuple[ContactPage, dict[str, tuple[Passage, ...]]]
"""A contact with the passages of its articles."""


class Source(Struct, frozen=True, kw_only=True):
    """An article at the end of the report; ``url`` only where it is one of the web, and no folder of this machine."""

    anchor: str
    title: str
    outlet: str | None
    language: str
    lang: str
    published_words: str
    url: str | None
    file: str
    sha256: str


class Day(Struct, frozen=True, kw_only=True):
    """The contacts of a date."""

    date: str | None
    date_words: str
    weekday: str
    contacts: Iterable[Entry]


class Written(Struct, frozen=True, kw_only=True):
    """How many contacts fit, how many of them were written, and how many fit but for having no date."""

    total: int
    contacts: int
    undated: int


def write_report(
    store: Store, out: TextIO, filters: Filters, *, title: str, limit: int, oldest_first: bool = False
) -> Written:
    """Write the contacts that fit, at most ``limit`` of them, with all that the record has on each."""
    report = Report(store, filters, limit=limit, oldest_first=oldest_first)
    template = environment().get_template("report.html")
    stream = template.stream(report=report, title=title, reach=report.reach, links=None)
    stream.enable_buffering(_PIECES)
    for piece in stream:
        out.write(piece)
    out.write("\n")
    return Written(total=report.total, contacts=report.written, undated=report.undated)


class Report:
    """What the template asks for, in the order of the file: what comes last is known only when the rest is written."""

    def __init__(self, store: Store, filters: Filters, *, limit: int, oldest_first: bool) -> None:
        self._store, self._asked = store, Asked(filters=filters)
        counts = Counts(store)
        self.about, self.newest = about_page(store), counts.newest()
        self.oldest_first = oldest_first
        self.counted: Counted = Counting(store, counts).of(self._asked)
        self.ids, self.total, self.undated = counts.found(self._asked, limit=limit, oldest_first=oldest_first)
        self.filters = tuple(_said(filters))
        self.made = words.date(datetime.now(UTC).date().isoformat())
        self.generator = f"{GENERATOR} {__version__}"
        self.style = style()
        self.policy = policy(self.style)
        self.written = 0
        self._anchors = {urls.contact(id): f"#{self.anchor(id)}" for id in self.ids}
        self._disputed: list[str] = []
        self._planned: list[str] = []
        self._articles: dict[str, str] = {}

    def reach(self, url: str) -> str | None:
        """The anchor for what is a page on the web: contacts and articles have one.

        Other pages are not in the file, and neither are the texts, so no place in a text can be reached.
        """
        article = url.removeprefix("/article/")
        return f"#article-{article}" if article != url and article.isalnum() else self._anchors.get(url)

    @property
    def left_out(self) -> int:
        """Contacts that fit and are not in the file."""
        return self.total - len(self.ids)

    @property
    def changed(self) -> int:
        """Contacts that were gone when their turn came; known when all are written."""
        return len(self.ids) - self.written

    @property
    def prefix(self) -> str:
        """Before the anchors inside the contact that is being written."""
        return f"k{self.written}-"

    def anchor(self, id: str) -> str:
        """The anchor of a contact."""
        return f"contact-{id}"

    @property
    def period(self) -> str:
        """The days of the contacts that fit, first and last."""
        first = min((d.first for d in self.counted.days if d.first), default=None)
        last = max((d.last for d in self.counted.days if d.last), default=None)
        return f"{words.date(first)} to {words.date(last)}" if first and last else ""

    def figures(self) -> Iterable[object]:
        """The pictures of all contacts that fit; they lead nowhere."""
        return figures(sums(self.counted), Query()) if self.total else ()

    def days(self) -> Iterator[Day]:
        """The contacts, date by date."""
        for date, some in groupby(self._pages(), key=lambda entry: day_of(entry[0].row.date)):
            yield Day(date=date, date_words=words.date(date), weekday=words.weekday(date), contacts=some)

    def disputes(self) -> Iterator[Dispute]:
        """Of the contacts written those on which sources differ."""
        return (dispute(contact, self.newest) for contact in self._contacts(self._disputed))

    def planned(self) -> Iterator[Row]:
        """Of the contacts written those proposed or planned for a day that is not past."""
        return (row(contact, self.newest) for contact in self._contacts(self._planned))

    def sources(self) -> Iterator[Source]:
        """The articles of the contacts written, oldest first."""
        order = sorted(self._articles, key=lambda id: (self._articles[id], id))
        for some in portions(order, _AT_ONCE):
            found = self._store.readings_of(some)
            yield from (_source(found[id].article) for id in some if id in found)

    def _contacts(self, ids: Iterable[str]) -> Iterator[MergedContact]:
        """These contacts in this order; what another process has merged anew meanwhile is left out."""
        for some in portions(ids, _AT_ONCE):
            with self._store.reading() as run:
                lines = run.execute(select(contacts.c.id, contacts.c.contact).where(contacts.c.id.in_(some))).all()
                found = {line.id: self._store.decode(line.contact, MergedContact) for line in lines}
            yield from (found[id] for id in some if id in found)

    def _pages(self) -> Iterator[Entry]:
        judgements = self._store.judgements()
        for some in portions(self._contacts(self.ids), _AT_ONCE):
            articles = {account.article for contact in some for account in contact.accounts}
            readings = self._store.readings_of(articles)
            texts = {text.article: text.text for text in self._store.texts(articles)}
            for contact in some:
                page = made_page(contact, texts, readings, judgements, self.newest)
                self._note(contact, page)
                yield page, passages(contact, texts)

    def _note(self, contact: MergedContact, page: ContactPage) -> None:
        self.written += 1
        self._articles |= {source.article: source.published or "" for source in page.sources}
        if page.row.disputed:
            self._disputed.append(contact.id)
        if contact.status in ("proposed", "planned") and not page.row.announced:
            self._planned.append(contact.id)


def style() -> Markup:
    """The styles of the file: those of the pages and of the pictures, and what a report has beside them."""
    static = files("rozmova").joinpath("web/static")
    own = [static.joinpath(f"{name}.css").read_text(encoding="utf-8") for name in ("figures", "report")]
    return Markup("\n".join([static.joinpath("style.css").read_text(encoding="utf-8"), stylesheet(), *own]))


def policy(styles: str) -> str:
    """What a browser may do with the file: show it with exactly these styles, and nothing else."""
    digest = b64encode(sha256(styles.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _said(filters: Filters) -> Iterator[str]:
    yield from filters.parties
    if filters.since:
        yield f"since {words.date(filters.since.first)}"
    if filters.until:
        yield f"until {words.date(filters.until.last)}"
    yield from map(words.channel, filters.channels)
    yield from filters.statuses


def _source(info: ArticleInfo) -> Source:
    return Source(
        anchor=f"article-{info.id}",
        title=info.title or info.path.rpartition("/")[2],
        outlet=info.outlet,
        language=words.language(info.lang),
        lang=info.lang,
        published_words=words.date(info.published) if info.published else "date of publication unknown",
        url=info.url if (info.url or "").startswith(("https://", "http://")) else None,
        file=info.path.rpartition("/")[2],
        sha256=info.sha256,
    )
