"""What a query finds: conditions on the rows of search, hits with the words found in their text, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select, true

from rozmova.errors import InputError
from rozmova.store.conditions import Conditions
from rozmova.store.fulltext import FullText, Wanted, Words, fulltext
from rozmova.store.kinds import KINDS, Kind, counted, is_kind, kind_of
from rozmova.store.query import Phrase, Query
from rozmova.store.rows import numbers, portions
from rozmova.store.schema import search
from rozmova.store.snippets import Snippet
from rozmova.store.terms import Asked, asked

RANKED = 200
"""So many of the rows that fit are ranked by their words, contacts first and what came last; the others follow them.

To rank a row costs many times what it costs to find it, and nobody reads all that a frequent word finds.
"""

_FEW = 5000
"""So many rows are found and put in order; of more the whole record is gone through in order, up to those shown."""

_MOST_ALIKE = 20


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


class _Question(NamedTuple):
    """A query as the database is asked: ``of`` are the kinds wanted, those with the highest numbers first."""

    run: Connection
    texts: FullText
    words: Words
    conditions: Conditions
    of: Sequence[Kind]


def find(run: Connection, query: Query, limit: int, offset: int) -> tuple[list[Place], Counter[Kind]]:
    """The rows that fit from ``offset`` on, best first, and how many fit of each kind.

    Without words, all that fits the filters is found, newest first.
    """
    without = [_wanted(found) for phrase in query.phrases if phrase.exclude and (found := _asked(phrase))]
    words = Words(tuple(map(_wanted, words_of(query))), tuple(without))
    ask = _Question(run, fulltext(run.dialect.name), words, Conditions(run, query), _kinds(query))
    scores: dict[int, float] = {}
    if words.must:
        ids, scores, kinds = _said(ask, limit, offset)
    elif words.without or ask.conditions or len(ask.of) < len(KINDS):
        ids, kinds = _in_time(ask, limit, offset)
    else:
        return [], Counter()
    return _places(run, ids, scores), kinds


def _said(ask: _Question, limit: int, offset: int) -> tuple[list[int], dict[int, float], Counter[Kind]]:
    """Rows in which words stand: those that came last are ranked, the others follow them by their numbers.

    In what is ranked all of a kind is there if one of a lower kind is, and need not be counted.
    """
    run, texts, words, conditions, of = ask
    scores = texts.last(run, words, RANKED, lambda id: _of_kinds(id, of) & conditions.hold(id)) if limit else {}
    kinds, uncounted = counted(scores), list(of)
    if limit:
        uncounted = uncounted[of.index(kind_of(min(scores))) :] if len(scores) == RANKED else []
    found = texts.found(words)
    fits = conditions.among(found)
    if uncounted:
        kinds |= _counted(run, fits.where(_of_kinds(found.c.id, uncounted)), uncounted)
    ids = sorted(scores, key=lambda id: (-scores[id], -id))
    if (more := offset + limit - RANKED) > 0 and len(ids) == RANKED:
        rest = fits.where(_of_kinds(found.c.id, of), found.c.id < min(scores))
        ids += numbers(run, rest.order_by(found.c.id.desc()).limit(more))
    return ids[offset : offset + limit], scores, kinds


def _in_time(ask: _Question, limit: int, offset: int) -> tuple[list[int], Counter[Kind]]:
    """Rows that fit the filters, and in which some words do not stand: newest first, those without a date last."""
    run, texts, words, conditions, of = ask
    said = [texts.found(Words((wanted,))).c.id for wanted in words.without]

    def also(id: ColumnElement[int]) -> ColumnElement[bool]:
        return and_(_of_kinds(id, of), *(id.not_in(select(one)) for one in said))

    fits = conditions.rows(also)
    some = numbers(run, select(fits.c.id).limit(_FEW + 1))
    c = search.c
    if len(some) <= _FEW:
        kinds, rows = counted(some), select(c.id).where(c.id.in_(select(fits.c.id)))
    else:  # the newest are soon met on the way through time
        kinds, rows = _counted(run, select(fits.c.id), of), select(c.id).where(conditions.of_search(), also(c.id))
    order = c.first.desc().nulls_last(), c.last.desc().nulls_last(), c.id.desc()
    return numbers(run, rows.order_by(*order).limit(limit).offset(offset)) if limit and some else [], kinds


def _counted(run: Connection, rows: Select[tuple[int]], of: Sequence[Kind]) -> Counter[Kind]:
    """How many rows there are of some kinds."""
    id = rows.subquery().c.id
    counts = run.execute(select(*(func.count().filter(is_kind(id, kind)) for kind in of))).one()
    return Counter(dict(zip(of, counts, strict=True)))


def _of_kinds(row: ColumnElement[int], of: Sequence[Kind]) -> ColumnElement[bool]:
    return true() if len(of) == len(KINDS) else or_(false(), *(is_kind(row, kind) for kind in of))


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
