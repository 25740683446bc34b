"""What a query finds: conditions on the rows of search, hits with the words found in their text, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, not_, or_, select, true

from rozmova.errors import InputError
from rozmova.store.filters import party_condition
from rozmova.store.fulltext import FullText, Wanted, fulltext
from rozmova.store.kinds import KINDS, Kind, counted, is_kind, kind_of
from rozmova.store.query import Filter, Phrase, Query
from rozmova.store.rows import numbers, portions
from rozmova.store.schema import (
    articles,
    contact_facets,
    contact_parties,
    search,
    statement_parties,
    tells,
)
from rozmova.store.snippets import Snippet
from rozmova.store.terms import Asked, asked

RANKED = 200
"""So many of the rows that fit are ranked by their words, contacts first and what came last; the others follow them.

To rank a row costs many times what it costs to find it, and nobody reads all that a frequent word finds.
"""

_FEW = 5000
"""Of so many contacts all rows that tell of them are looked up before words are looked for in them."""

_MOST_ALIKE = 20
_EITHER = frozenset({"channel", "status", "place", "kind", "lang", "outlet"})
"""Filters of which a thing has one value: given twice, either will do. Of the others all must fit."""
_WHO = frozenset({"party", "state", "pair"})
_OF_CONTACTS = _WHO | {"channel", "status", "topic", "place", "disputed"}
_BESIDE = _OF_CONTACTS | {"kind"}
"""Filters for which the rows of search themselves need not be read."""


_CONTACT = search.alias("contact")
"""The rows of contacts, by which it is asked what contacts others tell of."""


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
    must, of = [_wanted(words) for words in words_of(query)], _kinds(query)
    without = [_wanted(words) for phrase in query.phrases if phrase.exclude and (words := _asked(phrase))]
    index = fulltext(run.dialect.name)
    if must and not without and not _narrows(query):
        ids, scores, kinds = _said(run, index, must, of, limit, offset)
    elif must or without or len(of) < len(KINDS) or query.filters:
        ids = _fitting(run, index, query, must, without, of)
        kinds, scores = counted(ids), {}
        if must and ids and limit and offset < RANKED:
            scores = index.last(run, must, RANKED, index.among(ids[:RANKED]))
            ids = [*_ranked(scores), *ids[RANKED:]]
    else:
        return [], Counter()
    return _places(run, ids[offset : offset + limit], scores), kinds


def _said(
    run: Connection, index: FullText, must: Sequence[Wanted], of: Sequence[Kind], limit: int, offset: int
) -> tuple[list[int], dict[int, float], Counter[Kind]]:
    """Rows in which words stand, whatever else they are: by the index alone, which counts quicker than one can read.

    Those that came last are ranked; in them all of a kind is there if one of a lower kind is, and need not be counted.
    """
    found = index.found(must)
    scores = index.last(run, must, RANKED, lambda id: _of_kinds(id, of)) if limit else {}
    kinds, uncounted = counted(scores), list(of)
    if limit:
        uncounted = uncounted[of.index(kind_of(min(scores))) :] if len(scores) == RANKED else []
    for kind in uncounted:
        kinds[kind] = run.scalar(select(func.count()).select_from(found).where(is_kind(found.c.id, kind))) or 0
    ids = _ranked(scores)
    if (more := offset + limit - RANKED) > 0 and len(ids) == RANKED:
        rest = select(found.c.id).where(_of_kinds(found.c.id, of), found.c.id < min(scores))
        ids += numbers(run, rest.order_by(found.c.id.desc()).limit(more))
    return ids, scores, kinds


def _fitting(
    run: Connection,
    index: FullText,
    query: Query,
    must: Sequence[Wanted],
    without: Sequence[Wanted],
    of: Sequence[Kind],
) -> list[int]:
    """All rows that fit words and filters, what came last first; without words by their dates."""
    found = index.found(must) if must else None
    if found is None:
        row: ColumnElement[int] = search.c.id
    else:
        # By the sum the database begins with the words: it would ask the index anew for each row of a filter.
        row = found.c.id + 0
    where = _conditions(run, query, row)
    where += [row.not_in(select(index.found([words]).c.id)) for words in without]
    where.append(_of_kinds(row, of))
    if found is None:
        order = search.c.first.is_(None), search.c.first.desc(), search.c.id
        return numbers(run, select(row).where(*where).order_by(*order))
    fit = select(row).select_from(found)
    if any(f.name not in _BESIDE for f in query.filters):
        fit = fit.join(search, search.c.id == row)
    return sorted(numbers(run, fit.where(*where)), reverse=True)


def _narrows(query: Query) -> bool:
    return any(f.name != "kind" for f in query.filters)


def _of_kinds(row: ColumnElement[int], of: Sequence[Kind]) -> ColumnElement[bool]:
    return true() if len(of) == len(KINDS) else or_(false(), *(is_kind(row, kind) for kind in of))


def _ranked(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda id: (-scores[id], -id))


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


def _conditions(run: Connection, query: Query, row: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """What must be true of the row of search with the number ``row``."""
    where: list[ColumnElement[bool]] = []
    alike: dict[str, list[ColumnElement[bool]]] = {}
    who: list[Filter] = []
    other: list[ColumnElement[bool]] = []
    for f in query.filters:
        if f.name == "kind":
            continue
        if f.name in _OF_CONTACTS and f.exclude:
            where.append(not_(_tells(row, [f], [_contact(f)], _many(run, query, [_contact(f)]))))
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
        where.append(_tells(row, [] if other else who, every, _many(run, query, every)))
    return where


def _many(run: Connection, query: Query, every: Sequence[ColumnElement[bool]]) -> bool:
    """Whether to look for words first, and then at the contacts that each row tells of: so many contacts fit."""
    if not any(words_of(query)):
        return False
    some = select(_CONTACT.c.id).where(is_kind(_CONTACT.c.id, "contact"), *every).limit(_FEW + 1).subquery()
    return (run.scalar(select(func.count()).select_from(some)) or 0) > _FEW


def _tells(
    row: ColumnElement[int], who: Sequence[Filter], every: Sequence[ColumnElement[bool]], many: bool
) -> ColumnElement[bool]:
    """Such a contact, an article or a statement about one; or a statement by or to somebody, if that is all."""
    ways: list[ColumnElement[bool]]
    if many:
        fit = select(_CONTACT.c.id).where(_CONTACT.c.id == tells.c.contact, *every).exists()
        ways = [select(tells.c.search).where(tells.c.search == row, fit).exists()]
    else:
        fits = select(_CONTACT.c.id).where(*every)
        ways = [row.in_(select(tells.c.search).where(tells.c.contact.in_(fits)))]
    if who:
        said = search.alias()  # looked up where all else about the number is true, and for statements alone
        sides = (
            select(said.c.id)
            .where(
                said.c.id == row,
                statement_parties.c.article == said.c.article,
                statement_parties.c.statement == said.c.place,
                side,
            )
            .exists()
            for f in who
            for side in _sides(f, statement_parties)
        )
        ways.append(and_(is_kind(row, "statement"), *sides))
    return or_(*ways)


def _sides(f: Filter, table: object) -> list[ColumnElement[bool]]:
    """For each side that a filter names, the condition on a row of parties."""
    parties = statement_parties if table is statement_parties else contact_parties
    if f.name == "party":
        return [party_condition(f.values[0], parties)]
    return [parties.c.affiliation == code for code in f.values]


def _contact(f: Filter) -> ColumnElement[bool]:
    """The condition on the row of a contact."""
    contact = _CONTACT.c.contact
    if f.name in _WHO:
        sides = _sides(f, contact_parties)
        return and_(*(contact.in_(select(contact_parties.c.contact).where(side)) for side in sides))
    if f.name in ("topic", "place"):
        return contact.in_(_with(f.name).where(contact_facets.c.value.in_(f.values)))
    if f.name == "disputed":
        disputed = _with("disputed")
        if f.values[0] in ("yes", "no"):
            return contact.in_(disputed) if f.values[0] == "yes" else contact.not_in(disputed)
        return contact.in_(disputed.where(contact_facets.c.value.in_(f.values)))
    return cast("ColumnElement[bool]", _CONTACT.c[f.name].in_(f.values))


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
