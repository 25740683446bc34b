"""What a query finds: conditions on the rows of search, hits with the words found in their text, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, not_, or_, select

from rozmova.errors import InputError
from rozmova.store.filters import party_condition
from rozmova.store.fulltext import Wanted, fulltext
from rozmova.store.kinds import KINDS, Kind, counted, is_kind, kind_of
from rozmova.store.query import Filter, Phrase, Query
from rozmova.store.rows import numbers, portions
from rozmova.store.schema import (
    articles,
    contact_facets,
    contact_parties,
    contacts,
    search,
    statement_parties,
    tells,
)
from rozmova.store.snippets import Snippet
from rozmova.store.terms import Asked, asked

RANKED = 500
"""So many of the rows that fit are ranked by their words, contacts first and what came last; the others follow them.

To rank a row costs many times what it costs to find it, and nobody reads all that a frequent word finds.
"""

_FEW = 5000
"""Of so many contacts all rows that tell of them are looked up before words are looked for in them."""

_MOST_ALIKE = 20
_EITHER = frozenset({"channel", "status", "kind", "lang", "outlet"})
"""Filters of which a thing has one value: given twice, either will do. Of the others all must fit."""
_WHO = frozenset({"party", "state", "pair"})
_OF_CONTACTS = _WHO | {"channel", "status", "topic", "disputed"}


class Hit(Struct, frozen=True):
    """One thing found. ``id`` is that of the article or contact; of a statement ``article:index``.

    ``date`` are the first and last day that its date allows (of an article, when it came out), None if unknown.
    """

    kind: Kind
    id: str
    score: float
    article: str | None
    date: tuple[str, str] | None
    lang: str | None
    outlet: str | None
    title: str
    snippet: Snippet | None


class Results(Struct, frozen=True):
    """A page of hits, best first; how many there are in all, and of each kind."""

    query: str
    total: int
    kinds: dict[str, int]
    offset: int
    hits: tuple[Hit, ...]


class Place(Struct, frozen=True):
    """A row of search that was found."""

    id: int
    kind: Kind
    score: float
    article: str | None
    index: int | None
    contact: str | None
    date: tuple[str, str] | None
    lang: str | None
    outlet: str | None


def words_of(query: Query) -> list[list[Asked]]:
    """What finds each phrase that must be there, word by word."""
    return [found for phrase in query.phrases if not phrase.exclude and (found := _asked(phrase))]


def find(run: Connection, query: Query, limit: int, offset: int) -> tuple[list[Place], Counter[Kind]]:
    """The rows that fit from ``offset`` on, best first, and how many fit of each kind.

    Without words, all that fits the filters is found, newest first.
    """
    _check_outlets(run, query)
    index = fulltext(run.dialect.name)
    must = [_wanted(words) for words in words_of(query)]
    where = _conditions(run, query)
    for phrase in query.phrases:
        if phrase.exclude and (words := _asked(phrase)):
            where.append(search.c.id.not_in(select(index.found([_wanted(words)]).c.id)))
    of = _kinds(query)
    if not must and not where and len(of) == len(KINDS):
        return [], Counter()
    kinds: Counter[Kind] = Counter()
    ids: list[int] = []
    if must and not where:  # what is only found is counted by the index, and its rows are not looked at
        found, most = index.found(must), max(RANKED, offset + limit)
        for kind in of:
            here = is_kind(found.c.id, kind)
            kinds[kind] = run.scalar(select(func.count()).select_from(found).where(here)) or 0
            last = select(found.c.id).where(here).order_by(found.c.id.desc()).limit(most - len(ids))
            ids += numbers(run, last) if len(ids) < most else ()
    else:
        if len(of) < len(KINDS):
            where.append(or_(false(), *(is_kind(search.c.id, kind) for kind in of)))
        if must:
            found = index.found(must)
            # By the sum the database begins with the words: it would ask the index anew for each row of a filter.
            fit = select(search.c.id).select_from(found).join(search, search.c.id == found.c.id + 0)
            ids = sorted(numbers(run, fit.where(*where)), reverse=True)
        else:
            order = search.c.first.is_(None), search.c.first.desc(), search.c.id
            ids = numbers(run, select(search.c.id).where(*where).order_by(*order))
        kinds.update(counted(ids))
    if must and limit and offset < RANKED:
        scores = index.scores(run, must, ids[:RANKED])
        ids = [*sorted(scores, key=lambda id: (-scores[id], -id)), *ids[RANKED:]]
    else:
        scores = {}
    return _places(run, ids[offset : offset + limit], scores), kinds


def _kinds(query: Query) -> list[Kind]:
    """The kinds that are asked for, those with the highest numbers first."""
    named = {value for f in query.filters if f.name == "kind" and not f.exclude for value in f.values}
    other = {value for f in query.filters if f.name == "kind" and f.exclude for value in f.values}
    return [kind for kind in KINDS if kind not in other and (not named or kind in named)]


def _places(run: Connection, ids: Sequence[int], scores: Mapping[int, float]) -> list[Place]:
    """The rows with these numbers, in their order."""
    there = {row.id: row for some in portions(ids) for row in run.execute(select(search).where(search.c.id.in_(some)))}
    return [
        Place(
            id, kind_of(id), round(scores.get(id, 0.0), 4), r.article, r.place, r.contact,
            (r.first, r.last) if r.first else None, r.lang, r.outlet,
        )
        for id in ids
        for r in (there[id],)
    ]  # fmt: skip


def _asked(phrase: Phrase) -> list[Asked]:
    return [found for word in phrase.words if (found := asked(word)).lines]


def _wanted(words: Sequence[Asked]) -> Wanted:
    """One word by any of its terms or by its parts in a row; several by what may stand for them in a row."""
    if len(words) == 1:
        runs = {(term,) for term in words[0].terms} | {line for line in words[0].lines if len(line) > 1}
        return sorted(runs)
    rows: set[tuple[str, ...]] = {()}
    for word in words:
        rows = {(*row, *line) for row in rows for line in sorted(word.lines)[:_MOST_ALIKE]}
        if len(rows) > 500:
            raise InputError("the words in quotes can be read in too many ways", "search for fewer words in a row")
    return sorted(rows)


def _conditions(run: Connection, query: Query) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    alike: dict[str, list[ColumnElement[bool]]] = {}
    who: list[Filter] = []
    other: list[ColumnElement[bool]] = []
    for f in query.filters:
        if f.name == "kind":
            continue
        if f.name in _OF_CONTACTS and f.exclude:
            where.append(not_(_tells([f], [_contact(f)], _many(run, query, [_contact(f)]))))
        elif f.name in _WHO:
            who.append(f)
        elif f.name in _OF_CONTACTS and f.name not in _EITHER:
            other.append(_contact(f))
        elif f.name in _EITHER and not f.exclude:
            alike.setdefault(f.name, []).append(_contact(f) if f.name in _OF_CONTACTS else _own(f))
        else:
            here = _own(f)
            where.append(not_(func.coalesce(here, False)) if f.exclude else here)
    for name, either in alike.items():
        (other if name in _OF_CONTACTS else where).append(or_(*either))
    if who or other:
        every = [*map(_contact, who), *other]
        where.append(_tells([] if other else who, every, _many(run, query, every)))
    return where


def _many(run: Connection, query: Query, every: Sequence[ColumnElement[bool]]) -> bool:
    """Whether to look for words first, and then at the contacts that each row tells of: so many contacts fit."""
    if not any(words_of(query)):
        return False
    some = select(contacts.c.id).where(*every).limit(_FEW + 1).subquery()
    return (run.scalar(select(func.count()).select_from(some)) or 0) > _FEW


def _tells(who: Sequence[Filter], every: Sequence[ColumnElement[bool]], many: bool) -> ColumnElement[bool]:
    """Such a contact, an article or a statement about one; or a statement by or to somebody, if that is all."""
    ways: list[ColumnElement[bool]]
    if many:
        fit = select(contacts.c.id).where(contacts.c.id == tells.c.contact, *every).correlate(tells).exists()
        ways = [select(tells.c.search).where(tells.c.search == search.c.id, fit).correlate(search).exists()]
    else:
        fits = select(contacts.c.id).where(*every)
        ways = [search.c.id.in_(select(tells.c.search).where(tells.c.contact.in_(fits)))]
    if who:
        sides = (
            select(statement_parties.c.article)
            .where(
                statement_parties.c.article == search.c.article,
                statement_parties.c.statement == search.c.place,
                side,
            )
            .correlate(search)
            .exists()
            for f in who
            for side in _sides(f, statement_parties)
        )
        ways.append(and_(is_kind(search.c.id, "statement"), *sides))
    return or_(*ways)


def _sides(f: Filter, table: object) -> list[ColumnElement[bool]]:
    """For each side that a filter names, the condition on a row of parties."""
    parties = statement_parties if table is statement_parties else contact_parties
    if f.name == "party":
        return [party_condition(f.values[0], parties)]
    return [parties.c.affiliation == code for code in f.values]


def _contact(f: Filter) -> ColumnElement[bool]:
    """The condition on the table of contacts."""
    if f.name in _WHO:
        return and_(
            *(contacts.c.id.in_(select(contact_parties.c.contact).where(side)) for side in _sides(f, contact_parties))
        )
    if f.name == "topic":
        return contacts.c.id.in_(_with("topic").where(contact_facets.c.value.in_(f.values)))
    if f.name == "disputed":
        disputed = _with("disputed")
        if f.values[0] in ("yes", "no"):
            return contacts.c.id.in_(disputed) if f.values[0] == "yes" else contacts.c.id.not_in(disputed)
        return contacts.c.id.in_(disputed.where(contact_facets.c.value.in_(f.values)))
    return cast("ColumnElement[bool]", contacts.c[f.name].in_(f.values))


def _own(f: Filter) -> ColumnElement[bool]:
    """The condition on the row of search itself; a contact has the languages and outlets that tell of it."""
    if f.period and f.name == "before":
        return search.c.first < f.period.first
    if f.period and f.name == "after":
        return search.c.last > f.period.last
    if f.period:
        return and_(search.c.first <= f.period.last, search.c.last >= f.period.first)
    telling = _with(f.name).where(contact_facets.c.value.in_(f.values))
    return or_(search.c[f.name].in_(f.values), search.c.contact.in_(telling))


def _check_outlets(run: Connection, query: Query) -> None:
    asked_for = {value for f in query.filters if f.name == "outlet" for value in f.values}
    if not asked_for:
        return
    there = articles.c.outlet
    for value in sorted(asked_for):
        if run.scalar(select(there).where(there == value).limit(1)) is None:
            known = run.scalars(select(there).where(there.is_not(None)).distinct().order_by(there)).all()
            some = ", ".join(known[:_MOST_ALIKE]) + (", ..." if len(known) > _MOST_ALIKE else "")
            raise InputError(f"no article comes from the outlet {value!r}", f"there are: {some or 'none with a name'}")


def _with(kind: str) -> Select[tuple[str]]:
    """The contacts that have some facet of a kind."""
    return select(contact_facets.c.contact).where(contact_facets.c.kind == kind)
