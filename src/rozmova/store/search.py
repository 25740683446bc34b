"""The rows that search looks through: one for each article, statement and merged contact, made of their terms.

All of this works inside the transaction that changes what they are made of (:class:`rozmova.store.store.Store`), so
search never shows what is no longer there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from rozmova.records import MergedContact, Party, Reading
from rozmova.store.facets import OF_SOURCE, Facet, facets, side, sought, source
from rozmova.store.fulltext import fulltext
from rozmova.store.kinds import Kind, is_kind, numbered
from rozmova.store.period import period
from rozmova.store.rows import insert_all, portions
from rozmova.store.schema import (
    accounts,
    articles,
    contact_facets,
    contacts,
    search,
    search_facets,
    search_text,
)
from rozmova.store.terms import NAMED, Word, id_term, joined, name_terms, plain, words

_OWN = search.alias("own")
"""The row of a contact itself, beside those that tell of it."""
_TOLD = search_facets.alias("told")


class Rows(NamedTuple):
    """What search has of one article; made outside of the transaction that stores it, which others wait for."""

    article: str
    search: list[tuple[Kind, dict[str, Any]]]


def put_article(run: Connection, rows: Rows) -> None:
    """Index an article and its statements, in place of what was there of it."""
    drop_articles(run, {rows.article})
    _insert(run, rows.search)
    _link(run, accounts.c.article == rows.article)


def article_rows(reading: Reading, text: str) -> Rows:
    """The rows of an article and its statements."""
    info, lang = reading.article, reading.article.lang
    days = period(info.published)
    about = {"article": info.id, "lang": lang, "outlet": info.outlet}
    told = [*source(lang, info.outlet)]
    found = list(words(text, lang))
    named = [(n.start, n.end, id_term(n.id)) for n in reading.names if n.id and n.kind in NAMED]
    head = list(words(info.title or "", lang))
    whole = {
        **about, **_dated(days), "place": None, "about": None, "title": _line(head), "line": _line(found),
        "extra": _extra(found, head, (id for _, _, id in named)), "facets": told,
    }  # fmt: skip
    rows: list[tuple[Kind, dict[str, Any]]] = [("article", whole)]
    for place, said in enumerate(reading.statements):
        inside = [word for word in found if said.start <= word.start and word.end <= said.end]
        parties = _sides(said.speaker, said.via, *said.addressee)
        meant = {id for start, end, id in named if said.start <= start and end <= said.end}
        meant |= {id_term(party.id) for party in parties}
        names = " ".join(party.name for party in parties)
        row = {
            **about, **_dated(period(said.date)), "place": place, "about": said.about, "title": _named(names),
            "line": _line(inside), "extra": _extra(inside, (), {*meant, *name_terms(names)}),
            "facets": [*told, *(facet for party in parties for facet in side(party))],
        }  # fmt: skip
        rows.append(("statement", row))
    return Rows(info.id, rows)


def drop_articles(run: Connection, ids: Collection[str]) -> None:
    """Take articles and their statements out of the index."""
    for some in portions(sorted(ids)):
        _delete(run, search.c.article.in_(some))


def put_contacts(run: Connection, merged: Iterable[MergedContact]) -> None:
    """Index contacts that are not in it."""
    for some in portions(merged):
        _insert(run, (("contact", _contact(contact)) for contact in some))
        insert_all(run, contact_facets, (row for contact in some for row in _facets(contact)))
        _link(run, accounts.c.contact.in_([contact.id for contact in some]))


def drop_contacts(run: Connection, ids: Iterable[str] | None = None) -> None:
    """Take contacts out of the index, all of them if none are named."""
    if ids is None:
        run.execute(delete(search_facets).where(search_facets.c.contact != 0))
        _delete(run, search.c.contact.is_not(None))
        run.execute(delete(contact_facets))
    for some in portions(sorted(ids or ())):
        own = select(search.c.id).where(search.c.contact.in_(some))
        told = select(_TOLD.c.search).where(_TOLD.c.kind == "contact", _TOLD.c.value.in_(some))
        run.execute(delete(search_facets).where(search_facets.c.search.in_(told), search_facets.c.contact.in_(own)))
        _delete(run, search.c.contact.in_(some))
        run.execute(delete(contact_facets).where(contact_facets.c.contact.in_(some)))


def reindex(
    run: Connection,
    readings: Callable[[list[str]], Iterable[Reading]],
    merged: Callable[[list[str]], Iterable[MergedContact]],
) -> int:
    """Make all rows of search anew; gives their number. ``readings`` and ``merged`` give some records by their ids."""
    index = fulltext(run.dialect.name)
    index.drop(run)
    drop_contacts(run)
    for table in (search_text, search_facets, search):
        run.execute(delete(table))
    for some in portions(run.scalars(select(articles.c.id).order_by(articles.c.id)).all(), 100):
        query = select(articles.c.id, articles.c.text).where(articles.c.id.in_(some))
        texts: Mapping[str, str] = {row.id: row.text for row in run.execute(query)}
        for reading in readings(some):
            _insert(run, article_rows(reading, texts[reading.article.id]).search)
    for some in portions(run.scalars(select(contacts.c.id).order_by(contacts.c.id)).all(), 100):
        put_contacts(run, merged(some))
    index.make(run)
    return run.scalar(select(func.count()).select_from(search)) or 0


def problems(run: Connection) -> Iterator[str]:
    """Where search and what it should find differ, a line each."""
    kinds: tuple[tuple[Kind, Any, Any], ...] = (
        ("article", articles.c.id, search.c.article),
        ("contact", contacts.c.id, search.c.contact),
    )
    for kind, ids, column in kinds:
        here = is_kind(search.c.id, kind)
        if number := run.scalar(select(func.count()).where(ids.not_in(select(column).where(here)))):
            yield f"search lacks {number} {kind}s"
        rows, different = run.execute(select(func.count(), func.count(column.distinct())).where(here)).one()
        if rows != different:
            yield f"search has some {kind}s twice"
    told = select(accounts.c.contact).where(
        ~select(_TOLD.c.search)
        .join(search, search.c.id == _TOLD.c.search)
        .where(_TOLD.c.kind == "contact", _TOLD.c.value == accounts.c.contact)
        .where(search.c.article == accounts.c.article)
        .exists()
    )
    if run.execute(told.limit(1)).first():
        yield "search does not know of which contacts some articles tell"
    if run.scalar(select(func.count()).where(search.c.id.not_in(select(search_text.c.id)))):
        yield "rows of search lack their text"
    if not fulltext(run.dialect.name).in_step(run):
        yield "the full text index differs from its rows"


def _insert(run: Connection, rows: Iterable[tuple[Kind, dict[str, Any]]]) -> None:
    found = list(numbered(run, rows))
    insert_all(run, search, ({k: v for k, v in row.items() if k in search.c} for row in found))
    insert_all(run, search_text, ({k: v for k, v in row.items() if k in search_text.c} for row in found))
    insert_all(run, search_facets, (facet for row in found for facet in _facet_rows(row)))


def _facet_rows(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Of a contact's row, what the contact itself has, and where it was told of, which is the row's own."""
    facets: dict[Facet, None] = dict.fromkeys(row["facets"])
    for kind, value in facets:
        contact = row["id"] if row.get("contact") and kind not in OF_SOURCE else 0
        yield {"search": row["id"], "kind": kind, "value": value, "contact": contact}


def _delete(run: Connection, where: ColumnElement[bool]) -> None:
    rows = select(search.c.id).where(where)
    run.execute(delete(search_facets).where(search_facets.c.search.in_(rows)))
    run.execute(delete(search_text).where(search_text.c.id.in_(rows)))
    run.execute(delete(search).where(where))


def _link(run: Connection, those: ColumnElement[bool]) -> None:
    """Give what the contacts of some accounts have to the articles and statements that tell of them.

    Nothing of it may be there yet.
    """
    about = search.c.place.is_(None) | (search.c.about == accounts.c.place)
    rows = (
        select(search.c.id, _TOLD.c.kind, _TOLD.c.value, _TOLD.c.contact)
        .select_from(accounts)
        .join(search, (search.c.article == accounts.c.article) & about)
        .join(_OWN, _OWN.c.contact == accounts.c.contact)
        .join(_TOLD, (_TOLD.c.search == _OWN.c.id) & (_TOLD.c.contact == _OWN.c.id))
    )
    run.execute(insert(search_facets).from_select(list(search_facets.c.keys()), rows.where(those).distinct()))


def _contact(contact: MergedContact) -> dict[str, Any]:
    places = [contact.place, *(account.contact.place for account in contact.accounts)]
    names = [party.name for party in contact.parties]
    labels = " ".join(topic.label for topic in contact.topics)
    told: dict[tuple[str, str], None] = {}
    for account in contact.accounts:
        for evidence in account.contact.evidence:
            told[account.lang, evidence.text] = None
    found = [word for lang, text in told if not _inside(text, told) for word in words(text, lang)]
    where = {place.name for place in places if place}
    also = {id_term(party.id) for party in contact.parties} | name_terms(" ".join([*names, *where]))
    head = list(words(" ".join([*names, labels, contact.form, *sorted(where)]), "en"))
    return {
        **_dated(period(contact.date)), "contact": contact.id, "title": _line(head),
        "line": _line(found), "extra": _extra(found, head, also),
        "facets": list(sought(contact)),
    }  # fmt: skip


def _inside(text: str, told: Iterable[tuple[str, str]]) -> bool:
    """Whether a longer piece of evidence has these words too."""
    return any(len(other) > len(text) and text in other for _, other in told)


def _facets(contact: MergedContact) -> Iterator[dict[str, Any]]:
    for kind, value in facets(contact):
        yield {"contact": contact.id, "kind": kind, "value": value}


def _sides(*parties: Party | None) -> list[Party]:
    return [party for party in parties if party]


def _dated(days: Any) -> dict[str, str | None]:
    return {"first": days.first if days else None, "last": days.last if days else None}


def _named(names: str) -> str:
    return " ".join(part for word in names.replace("-", " ").split() if (part := plain(word)))


def _line(found: Iterable[Word]) -> str:
    return " ".join(part for word in found for part in word.parts)


def _extra(found: Iterable[Word], head: Iterable[Word], ids: Iterable[str]) -> str:
    """The terms that the lines lack."""
    lines = {part for word in (*found, *head) for part in word.parts}
    return joined({term for word in (*found, *head) for term in word.terms if term not in lines} | set(ids))
