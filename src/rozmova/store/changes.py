"""What changed since the contacts were derived, and the numbers that tell: inside a transaction of the store.

Every change of articles or judgements has a revision, and leaves the articles whose contacts are to be merged anew.
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from rozmova.store import search
from rozmova.store.rows import insert_all, portions
from rozmova.store.schema import articles, changed, meta, readings, sources


class Since(Struct, frozen=True):
    """How many articles changed, ``of`` how many; whether only people's judgement did; whether any lacks a date."""

    articles: int
    of: int
    only_judged: bool
    undated: bool


def note(run: Connection, ids: Collection[str], judged: bool = False) -> None:
    """Note articles whose contacts are to be merged anew, under a revision of its own.

    ``judged``: what people decided changed, the articles have not.
    """
    if not ids:
        return
    revision = number(run, "readings") + 1
    for some in portions(sorted(ids)):
        here = changed.c.article.in_(some)
        unread = set(run.scalars(select(changed.c.article).where(here & ~changed.c.judged)))
        run.execute(delete(changed).where(here))
        rows = [{"article": id, "revision": revision, "judged": judged and id not in unread} for id in some]
        insert_all(run, changed, rows)
    put(run, "readings", str(revision))


def upto(run: Connection, revision: int) -> set[str]:
    """The articles that changed up to a revision."""
    return set(run.scalars(select(changed.c.article).where(changed.c.revision <= revision)))


def merged(run: Connection, revision: int) -> None:
    """Note that the contacts are those of this revision."""
    run.execute(delete(changed).where(changed.c.revision <= revision))
    put(run, "contacts", str(revision))


def since(run: Connection) -> Since:
    """What changed since the contacts were derived."""
    rows = run.execute(select(changed.c.judged, func.count()).group_by(changed.c.judged)).all()
    undated = select(articles.c.id).where(articles.c.given.is_(None)).limit(1)
    return Since(
        articles=sum(count for _, count in rows),
        of=run.scalar(select(func.count()).select_from(articles)) or 0,
        only_judged=bool(rows) and all(judged for judged, _ in rows),
        undated=run.scalar(undated) is not None,
    )


def point(run: Connection, source: str, article: str) -> set[str]:
    """Let a source stand for an article; gives the article it stood for before, if that is gone with it."""
    before: str | None = run.scalar(select(sources.c.article).where(sources.c.source == source))
    if before == article:
        return set()
    run.execute(delete(sources).where(sources.c.source == source))
    run.execute(insert(sources).values(source=source, article=article))
    return _unless_elsewhere(run, before)


def drop(run: Connection, source: str) -> set[str]:
    """Forget a source; gives the article it stood for, if that is gone with it."""
    before: str | None = run.scalar(select(sources.c.article).where(sources.c.source == source))
    run.execute(delete(sources).where(sources.c.source == source))
    return _unless_elsewhere(run, before)


def _unless_elsewhere(run: Connection, before: str | None) -> set[str]:
    if before is None or run.scalar(select(func.count()).where(sources.c.article == before)):
        return set()
    search.drop_articles(run, {before})
    run.execute(delete(readings).where(readings.c.article == before))
    run.execute(delete(articles).where(articles.c.id == before))
    return {before}


_VALUE = select(meta.c.value).where(meta.c.key == bindparam("key"))
"""Made once: pages ask for it several times each."""


def number(run: Connection, key: str) -> int:
    """The value of a key of ``meta`` that is a number."""
    return int(run.scalar(_VALUE, {"key": key}) or 0)


def put(run: Connection, key: str, value: str) -> None:
    """Set the value of a key of ``meta``."""
    if run.execute(update(meta).where(meta.c.key == key).values(value=value)).rowcount == 0:
        run.execute(insert(meta).values(key=key, value=value))


def next_edition(run: Connection) -> int:
    """The number of the saving of contacts that begins with this; by it a reader sees which rows it has not seen."""
    edition = number(run, "edition") + 1
    put(run, "edition", str(edition))
    return edition
