"""Disputes, what is ahead, and what the record rests on."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from msgspec import Struct

from rozmova import __version__
from rozmova.exports.fields import FIELDS, by_value
from rozmova.records import MergedContact
from rozmova.store import Store
from rozmova.store.browse import Asked, Counted, Counts, Coverage, coverage, upcoming
from rozmova.web import urls, words
from rozmova.web.pages.rows import Row, Table, row, rows, table
from rozmova.web.pages.sides import Link
from rozmova.web.query import PER_PAGE

_NAMES = {field.name: field for field in FIELDS}


class Value(Struct, frozen=True, kw_only=True):
    """A value that some articles give, with those articles."""

    value: str
    sources: tuple[Link, ...]


class DisputedField(Struct, frozen=True, kw_only=True):
    """A field on which articles differ."""

    name: str
    heading: str
    values: tuple[Value, ...]


class Dispute(Struct, frozen=True, kw_only=True):
    """A contact with the fields on which articles differ."""

    row: Row
    fields: tuple[DisputedField, ...]


class Disputes(Struct, frozen=True, kw_only=True):
    """The page."""

    title: str
    disputes: tuple[Dispute, ...]
    total: int
    by_field: tuple[Link, ...]
    field: str
    previous: str | None
    next: str | None

    def table(self) -> Table:
        """Every value of every disputed field."""
        headings = "contact", "date", "field", "value", "articles"
        lines = tuple(
            (d.row.id, d.row.date or "", f.name, v.value, "; ".join(s.label for s in v.sources))
            for d in self.disputes
            for f in d.fields
            for v in f.values
        )
        return headings, lines


class Upcoming(Struct, frozen=True, kw_only=True):
    """Contacts that are planned; ``newest`` is the day of the latest news at hand, from which "ahead" is counted."""

    title: str
    newest: str | None
    newest_words: str
    contacts: tuple[Row, ...]
    total: int
    previous: str | None
    next: str | None

    def table(self) -> Table:
        """The contacts, one a line."""
        return table(self.contacts)


class Measured(Struct, frozen=True, kw_only=True):
    """How well a language is read, on articles that the rules never saw."""

    lang: str
    language: str
    articles: str
    precision: str
    recall: str
    f1: str


class About(Struct, frozen=True, kw_only=True):
    """What the record rests on, and how far it can be trusted."""

    title: str
    version: str
    coverage: Coverage
    languages: tuple[str, ...]
    measured: tuple[Measured, ...]

    def table(self) -> Table:
        """Articles by language, outlet and month."""
        c = self.coverage
        parts = {"language": c.langs, "outlet": c.outlets, "month": c.months, "program": c.tools}
        return ("kind", "value", "articles"), tuple(
            (kind, one.value, one.number) for kind, counted in parts.items() for one in counted
        )


def disputes_page(counts: Counts, field: str, number: int) -> Disputes:
    """Contacts on which articles differ, about one field or ("") any."""
    found = counts.page(Asked(disputed=(field or "any",)), offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    parameters = [("field", field)] if field else []
    last = number * PER_PAGE >= found.total
    newest = counts.newest()
    return Disputes(
        title="Where sources differ",
        disputes=tuple(_dispute(contact, newest) for contact in found.contacts),
        total=found.total,
        by_field=tuple(
            Link(label=words.field(c.value), url=urls.place("disputes", query=[("field", c.value)]), number=c.number)
            for c in counts.of(Asked())["disputed"]
        ),
        field=field,
        previous=urls.place("disputes", number - 1, parameters) if number > 1 else None,
        next=None if last else urls.place("disputes", number + 1, parameters),
    )


def _dispute(contact: MergedContact, newest: str | None) -> Dispute:
    named = {a.article: a.outlet or a.path.rpartition("/")[2] for a in contact.accounts}
    fields = [_NAMES[name] for name, how in contact.agreement.items() if how == "disputed" and name in _NAMES]
    return Dispute(
        row=row(contact, newest),
        fields=tuple(
            DisputedField(
                name=field.name,
                heading=field.heading,
                values=tuple(
                    Value(
                        value=words.channel(value) if field.name == "channel" else value,
                        sources=tuple(
                            Link(label=named[id], url=urls.article(id)) for id in dict.fromkeys(a.article for a in by)
                        ),
                    )
                    for value, by in by_value(field, contact)
                ),
            )
            for field in fields
        ),
    )


def upcoming_page(store: Store, newest: str | None, number: int) -> Upcoming:
    """Contacts planned or proposed whose day is not past the newest news."""
    found = upcoming(store, newest, PER_PAGE, (number - 1) * PER_PAGE)
    return Upcoming(
        title="Ahead",
        newest=newest,
        newest_words=words.date(newest),
        contacts=rows(found.contacts, newest),
        total=found.total,
        previous=urls.place("upcoming", number - 1) if number > 1 else None,
        next=urls.place("upcoming", number + 1) if number * PER_PAGE < found.total else None,
    )


def about_page(store: Store) -> About:
    """What the record rests on."""
    found = coverage(store)
    return About(
        title="About this record",
        version=__version__,
        coverage=found,
        languages=tuple(words.language(c.value) for c in found.langs),
        measured=tuple(_measured(found.langs)),
    )


def _measured(langs: tuple[Counted, ...]) -> list[Measured]:
    scores = {line[0]: line[1:] for line in measured()}
    nothing = ("", "", "", "")
    return [
        Measured(lang=c.value, language=words.language(c.value), **dict(
            zip(("articles", "precision", "recall", "f1"), scores.get(c.value, nothing), strict=True)
        ))
        for c in langs
    ]  # fmt: skip


@cache
def measured() -> tuple[tuple[str, ...], ...]:
    """The lines of ``measured.tsv``: language, which articles, precision, recall, F1, as README has them."""
    lines = files("rozmova").joinpath("web/measured.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
