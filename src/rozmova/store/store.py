"""One file that holds a record: opened, filled article by article, and asked.

Merged contacts are derived from the readings. Every change of the readings raises their revision in the same
transaction, and contacts are saved with the revision they were derived from: a run that was killed, or another process
that wrote meanwhile, leaves contacts that are known to be stale.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, TypeVar

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from rozmova import merge
from rozmova.errors import NotInStore, StoreError
from rozmova.merge.accounts import Told, siblings
from rozmova.merge.copies import Text
from rozmova.merge.judgements import Judgement
from rozmova.records import Article, Dating, MergedContact, Reading
from rozmova.store import changes, files, search
from rozmova.store.changes import number, put
from rozmova.store.filters import Filters, condition
from rozmova.store.finding import Hit, Place, Results, find, words_of
from rozmova.store.fulltext import fulltext
from rozmova.store.hits import ArticleText, hit
from rozmova.store.kinds import KINDS
from rozmova.store.merging import StoredContacts, clear, save
from rozmova.store.migrations import upgrade
from rozmova.store.period import period
from rozmova.store.query import read_query
from rozmova.store.rows import portions, values
from rozmova.store.schema import (
    REINDEXED_SINCE,
    SCHEMA_VERSION,
    accounts,
    alembic_version,
    articles,
    contacts,
    judgements,
    meta,
    metadata,
    readings,
    sources,
)
from rozmova.store.terms import RULES, Asked

_LOG = logging.getLogger(__name__)
"""Nobody need ask for it: Python writes warnings that nobody handles to standard error."""
BUSY_SECONDS = 30
"""How long to wait for another process that is writing."""

_MOST_SHOWN = 3
"""Accounts of a contact in which the words that were found are looked for."""

Record = TypeVar("Record")


class Known(msgspec.Struct, frozen=True):
    """What the store has on a text: the program that read it and what was given with it, None where nothing was."""

    tool: str
    given: str | None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    retrieved: str | None = None


class Found(msgspec.Struct, frozen=True):
    """Contacts asked for, oldest first, and how many more fit but for having no date in the period."""

    contacts: tuple[MergedContact, ...]
    undated: int


def open_store(path: Path, create: bool = True) -> Store:
    """Open a store, or make one where there is no file yet or an empty one (unless ``create`` is false).

    A store of an older version is moved on, and kept as it was in a copy beside it. Raises :class:`StoreError` and
    leaves the file untouched when it is no store, or one of a version that cannot be moved on.
    """
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is not a file", files.OTHER_FILE)
    if path.exists() and path.stat().st_size > 0:
        version = files.check(path)
        store = Store(path)
        if version != SCHEMA_VERSION:
            try:
                store.migrate()
            except StoreError:
                store.close()
                raise
        return store
    if not create:
        raise StoreError(f"there is no store at {path}", "make one: rozmova build PATH..., or name it with --db")
    if not path.parent.is_dir():
        raise StoreError(f"there is no folder {path.parent} for the store", "make it first, or choose another --db")
    store = Store(path)
    try:
        store.make_tables()
    except StoreError:
        store.close()
        raise
    return store


class Store:
    """An open store; use it as a context manager. Every method raises :class:`StoreError` when the database fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used after it."""
        self._engine.dispose()

    # Articles

    def known(self, article: str) -> Known | None:
        """What the store has on the text with this id, or None if it has nothing."""
        with self._reading() as run:
            columns = [articles.c[name] for name in Known.__struct_fields__]
            row = run.execute(select(*columns).where(articles.c.id == article)).first()
        return Known(*row) if row else None

    def add_article(self, article: Article, reading: Reading, *, source: str, tool: str) -> None:
        """Store an article and its reading, in one transaction: all of it or nothing.

        ``source`` is the absolute path (or address) it came from, ``tool`` the fingerprint of the program that read
        it. A reading of the same text is replaced; a text the source had before goes, unless another source has it.
        """
        row = {
            "id": article.id,
            "sha256": article.sha256,
            "path": article.path,
            "text": article.text,
            "lang": reading.article.lang,
            "title": reading.article.title,
            "outlet": reading.article.outlet,
            "published": reading.article.published,
            "given": article.published,
            "tool": tool,
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
            "url": article.url,
            "author": article.author,
            "retrieved": article.retrieved,
            "encoding": article.encoding,
        }
        rows = search.article_rows(reading, article.text)
        with self._writing() as run:
            run.execute(delete(readings).where(readings.c.article == article.id))
            if run.execute(update(articles).where(articles.c.id == article.id).values(row)).rowcount == 0:
                run.execute(insert(articles).values(row))
            run.execute(insert(readings).values(article=article.id, reading=_encode(reading)))
            search.put_article(run, rows)
            changes.note(run, {article.id, *changes.point(run, source, article.id)})

    def add_source(self, source: str, article: str) -> bool:
        """Note that a text the store has came from this source too; false if that was known."""
        with self._writing() as run:
            current = run.scalar(select(sources.c.article).where(sources.c.source == source))
            if current == article:
                return False
            changes.note(run, changes.point(run, source, article))
        return True

    def forget_others(self, source: str, seen: Collection[str]) -> int:
        """Forget what a source that holds many articles had before and has no more; gives how many articles went.

        ``seen`` are the ids of those it has now, each stored under ``source#id``.
        """
        begin = f"{source}#"
        with self._writing() as run:
            rows = run.execute(select(sources).where(sources.c.source.startswith(begin, autoescape=True))).all()
            gone = [row for row in rows if row.source.removeprefix(begin) not in seen]
            changed = {id for row in gone for id in changes.drop(run, row.source)}
            if changed:
                changes.note(run, changed)
        return len(changed)

    def article(self, id: str) -> Article | None:
        """The article with this id as it was stored, or None if there is none."""
        with self._reading() as run:
            row = run.execute(select(articles).where(articles.c.id == id)).first()
        if row is None:
            return None
        return Article(
            id=row.id, path=row.path, text=row.text, sha256=row.sha256, url=row.url, outlet=row.outlet,
            published=row.given, title=row.title, author=row.author, retrieved=row.retrieved, encoding=row.encoding,
        )  # fmt: skip

    def dating(self) -> Dating:
        """What the last merge could tell of the articles without a date."""
        with self._reading() as run:
            value = run.scalar(select(meta.c.value).where(meta.c.key == "dating"))
        return self._decode(value, Dating) if value else Dating()

    def readings(self) -> Iterator[Reading]:
        """Every reading of an article by itself, ordered by the article's id, whatever order they were added in."""
        query = select(readings.c.reading).order_by(readings.c.article)
        with self._reading() as run:
            for row in run.execution_options(yield_per=200).execute(query):
                yield self._decode(row[0], Reading)

    def readings_of(self, ids: Iterable[str]) -> dict[str, Reading]:
        """The readings of some articles by their ids, as they were merged: dated by other articles where that is so."""
        with self._reading() as run:
            return {reading.article.id: reading for reading in self._readings(run, ids)}

    def texts(self, ids: Iterable[str]) -> list[Text]:
        """Some articles as far as copying goes, by their ids."""
        with self._reading() as run:
            return _texts(run, ids)

    def newest(self) -> str | None:
        """The day (ISO) up to which the store surely has news, None where no article has a date."""
        with self._reading() as run:
            published = select(articles.c.published).where(articles.c.published.is_not(None)).distinct()
            days = [period(day) for day in values(run, published)]
        return max((day.first for day in days if day), default=None)

    def text_of(self, article: str) -> str | None:
        """The text of the article with this id, unchanged, or None if there is none."""
        with self._reading() as run:
            found: str | None = run.scalar(select(articles.c.text).where(articles.c.id == article))
        return found

    def counts(self) -> dict[str, int]:
        """How many articles there are, by language, in alphabetical order."""
        with self._reading() as run:
            query = select(articles.c.lang, func.count()).group_by(articles.c.lang).order_by(articles.c.lang)
            return {row[0]: row[1] for row in run.execute(query)}

    # Merged contacts

    def contacts_fresh(self, tool: str | None = None) -> bool:
        """Whether the merged contacts are those of the readings as they are now (and made by this program)."""
        with self._reading() as run:
            same = tool is None or tool == run.scalar(select(meta.c.value).where(meta.c.key == "merged_by"))
            return same and number(run, "contacts") == number(run, "readings")

    def merged_by(self) -> str:
        """The fingerprint of the program that derived the contacts; empty where none did."""
        with self._reading() as run:
            return run.scalar(select(meta.c.value).where(meta.c.key == "merged_by")) or ""

    def changes(self) -> changes.Since:
        """What changed since the contacts were derived."""
        with self._reading() as run:
            return changes.since(run)

    def revision(self) -> int:
        """A number that grows with every change of the readings and the judgements."""
        with self._reading() as run:
            return number(run, "readings")

    def save_contacts(
        self,
        merged: Sequence[MergedContact],
        *,
        revision: int,
        tool: str,
        dating: Dating | None = None,
        dated: Iterable[Reading] = (),
    ) -> None:
        """Replace all merged contacts, in one transaction.

        ``revision`` is that of the readings they come from, ``tool`` the fingerprint of the program that merged them,
        ``dated`` are readings with the date that other articles gave, and ``dating`` says how. Where another process
        has saved those of a later revision meanwhile, these are out of date and nothing is done.
        """
        apart = siblings(Told(account) for contact in merged for account in contact.accounts)
        with self._writing() as run:
            if number(run, "contacts") > revision:
                return
            clear(run)
            self._dated(run, dated)
            save(run, merged, apart)
            put(run, "merged_by", tool)
            put(run, "dating", _encode(dating) if dating else "")
            changes.merged(run, revision)

    def update_contacts(
        self,
        copied: Callable[[Iterable[Text]], Mapping[str, str]],
        *,
        revision: int | None = None,
        dating: Dating | None = None,
        dated: Iterable[Reading] = (),
    ) -> None:
        """Change the merged contacts that the changes since meet, in one transaction (:func:`rozmova.merge.update`).

        ``dating`` is what was worked out for the readings at ``revision``, with ``dated`` as in :meth:`save_contacts`;
        without it no date has changed. ``copied`` finds copies among the texts of one contact.
        """
        with self._writing() as run:
            upto = number(run, "readings") if revision is None else revision
            ids = changes.upto(run, upto)  # what another process added while dates were worked out waits
            if dating is not None:
                ids |= self._dated(run, dated)
                put(run, "dating", _encode(dating))
            stored = StoredContacts(run, lambda line: self._decode(line, MergedContact))
            now = merge.update(
                stored, ids, self._readings(run, ids), self._judgements(run), lambda of: copied(_texts(run, of))
            )
            stored.change(now, ids)
            changes.merged(run, upto)

    def _dated(self, run: Connection, dated: Iterable[Reading]) -> set[str]:
        other = _redate(run, dated)
        for some in portions(sorted(other)):
            texts = {row.id: row.text for row in run.execute(select(articles).where(articles.c.id.in_(some)))}
            for reading in self._readings(run, some):
                search.put_article(run, search.article_rows(reading, texts[reading.article.id]))
        return other

    def contacts(self, filters: Filters | None = None) -> Found:
        """The merged contacts that fit, newest last, those without a date first; see :class:`Found`."""
        filters = filters or Filters()
        in_time = contacts.c.first, contacts.c.date, contacts.c.id
        with self._reading() as run:
            dated = self._contacts(run, condition(filters) & contacts.c.first.is_not(None), in_time)
            rest = self._contacts(run, condition(filters, dated=False), in_time)
        return Found(dated, len(rest)) if filters.in_time else Found(rest + dated, 0)

    def contact(self, prefix: str) -> MergedContact:
        """The merged contact whose id begins so. Raises :class:`NotInStore` when there is none, or more than one."""
        with self._reading() as run:
            whole = self._contacts(run, contacts.c.id == prefix, (contacts.c.id,))
            found = whole or self._contacts(run, contacts.c.id.startswith(prefix, autoescape=True), (contacts.c.id,))
        if not prefix or not found:
            raise NotInStore(f"there is no contact {prefix!r} in {self.path}", "rozmova timeline shows their ids")
        if len(found) > 1:
            some = ", ".join(contact.id for contact in found[:5])
            raise NotInStore(f"{len(found)} contacts begin with {prefix!r}: {some}", "give more of the id")
        return found[0]

    def contacts_of(self, ids: Iterable[str]) -> tuple[MergedContact, ...]:
        """The merged contacts of which some articles tell, by the articles' ids."""
        found: dict[str, MergedContact] = {}
        with self._reading() as run:
            for some in portions(sorted(ids)):
                here = contacts.c.id.in_(select(accounts.c.contact).where(accounts.c.article.in_(some)))
                found |= {contact.id: contact for contact in self._contacts(run, here, (contacts.c.id,))}
        return tuple(found.values())

    def search(self, words: str, limit: int = 20, offset: int = 0) -> Results:
        """What fits a query (:mod:`rozmova.store.query`), best first, from ``offset`` on and at most ``limit``.

        Raises :class:`InputError` for a wrong filter, with what is allowed.
        """
        query = read_query(words)
        with self._reading() as run:
            places, kinds = find(run, query, limit, offset)
            hits = tuple(self._hits(run, places, words_of(query))) if places else ()
        return Results(words, kinds.total(), {kind: kinds[kind] for kind in KINDS}, offset, hits)

    def _hits(self, run: Connection, places: Sequence[Place], wanted: list[list[Asked]]) -> Iterator[Hit]:
        contact_ids = [place.contact for place in places if place.contact]
        found = {c.id: c for c in self._contacts(run, contacts.c.id.in_(contact_ids), (contacts.c.id,))}
        ids = {place.article for place in places if place.article}
        ids |= {account.article for contact in found.values() for account in contact.accounts[:_MOST_SHOWN]}
        texts: dict[str, ArticleText] = {}
        by_id = {reading.article.id: reading for reading in self._readings(run, ids)}
        for some in portions(sorted(ids)):
            query = select(articles.c.id, articles.c.text, articles.c.title).where(articles.c.id.in_(some))
            for row in run.execute(query):
                texts[row.id] = ArticleText(row.text, row.title, by_id[row.id])
        for place in places:
            yield hit(place, found.get(place.contact or ""), texts, wanted)

    # What people decided

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement, oldest first, those taken back too."""
        with self._reading() as run:
            return self._judgements(run)

    def judge(self, judgement: Judgement) -> int:
        """Store a judgement; the contacts are stale after it. Gives its number."""
        with self._writing() as run:
            row = run.execute(insert(judgements).values(judgement=_encode(replace(judgement, id=0, undone=None))))
            changes.note(run, self._judged(run), judged=True)
        return int(row.inserted_primary_key[0]) if row.inserted_primary_key else 0

    def undo(self, number: int | None = None) -> Judgement:
        """Take back the judgement with this number, or the last that stands; it stays on record.

        Raises :class:`StoreError` when there is none to take back.
        """
        with self._writing() as run:
            standing = [j for j in self._judgements(run) if j.undone is None and number in (None, j.id)]
            if not standing:
                which = f"no judgement {number} that stands" if number is not None else "no judgement to take back"
                raise StoreError(f"there is {which} in {self.path}", "rozmova judgements lists them")
            undone = replace(standing[-1], undone=datetime.now(UTC).isoformat(timespec="seconds"))
            run.execute(update(judgements).where(judgements.c.id == undone.id).values(undone=undone.undone))
            changes.note(run, self._judged(run), judged=True)
        return undone

    def _judged(self, run: Connection) -> set[str]:
        """The articles of all judgements: one may change what another one means."""
        return {a.article for j in self._judgements(run) for a in (*j.accounts, *j.others)}

    def _judgements(self, run: Connection) -> tuple[Judgement, ...]:
        rows = run.execute(select(judgements).order_by(judgements.c.id)).all()
        return tuple(replace(self._decode(r.judgement, Judgement), id=r.id, undone=r.undone) for r in rows)

    # For the modules beside this one

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for reading one state of the store, whatever is written meanwhile."""
        return self._reading()

    def decode(self, line: str, record: type[Record]) -> Record:
        """The record that a row holds as JSON. Raises :class:`StoreError` where it is one of another version."""
        return self._decode(line, record)

    # The file

    def migrate(self) -> Path:
        """Move a store of an older version on, all of it or nothing; done by :func:`open_store`.

        Gives the copy of the store as it was, which is kept beside it. It takes a while, so it is said before.
        """
        size = self.path.stat().st_size / 1e6
        _LOG.warning(
            "%s (%.1f MB) is of an older version: it is moved on, and stays as it is in a copy", self.path, size
        )
        copy = files.copy_before(self.path, SCHEMA_VERSION)
        with self._writing() as run:
            version = number(run, "schema_version")
            if version < SCHEMA_VERSION:  # else another process was quicker
                upgrade(run, version)
                put(run, "schema_version", str(SCHEMA_VERSION))
                if version < REINDEXED_SINCE:
                    put(run, "search", str(RULES))
                    self._reindex(run)
        return copy

    def reindex(self) -> int:
        """Make everything that search looks through anew; gives the number of its rows."""
        with self._writing() as run:
            found = self._reindex(run)
            put(run, "search", str(RULES))
        return found

    def backup(self, file: Path, force: bool = False) -> None:
        """Copy the store as it is at this moment into another file, while others may read and write it.

        Raises :class:`StoreError` when there is such a file, unless ``force`` lets it be replaced.
        """
        files.backup(self.path, file, force)

    def problems(self) -> list[str]:
        """What is wrong with the file, a line each; empty when it is whole."""
        with self._writing() as run:  # to ask FTS5 whether it is whole is written as an insert
            found = [str(row[0]) for row in run.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
            lost = [f"a row of {row[0]} points to nothing" for row in run.execute(text("PRAGMA foreign_key_check"))]
            found += dict.fromkeys(lost)
            unread = select(func.count()).where(articles.c.id.not_in(select(readings.c.article)))
            if count := run.scalar(unread.select_from(articles)):
                found.append(f"{count} articles without a reading")
            query = select(articles.c.id, articles.c.sha256, articles.c.text)
            for row in run.execution_options(yield_per=200).execute(query):
                digest = sha256(row.text.encode()).hexdigest()
                if (row.sha256, row.id) != (digest, digest[:16]):
                    found.append(f"the text of article {row.id} is not the one that was read (its sha256 differs)")
            found += search.problems(run)
            if number(run, "search") != RULES:
                found.append("search was indexed by other rules: rozmova doctor --reindex")
        return found

    def make_tables(self) -> None:
        """Make the tables of a new file, in one transaction; done by :func:`open_store`."""
        start: dict[str, object] = {"readings": 0, "contacts": 0, "edition": 0, "merged_by": "", "dating": ""}
        start |= {"search": RULES, "schema_version": SCHEMA_VERSION}
        with self._writing() as run:
            if not inspect(run).has_table(meta.name):  # else another process was quicker
                metadata.create_all(run)
                fulltext(run.dialect.name).make(run)
                run.execute(insert(meta), [{"key": key, "value": str(value)} for key, value in start.items()])
                run.execute(insert(alembic_version).values(version_num=str(SCHEMA_VERSION)))

    def _reindex(self, run: Connection) -> int:
        def merged(ids: list[str]) -> tuple[MergedContact, ...]:
            return self._contacts(run, contacts.c.id.in_(ids), (contacts.c.id,))

        return search.reindex(run, lambda ids: self._readings(run, ids), merged)

    def _readings(self, run: Connection, ids: Iterable[str]) -> list[Reading]:
        found: list[str] = []
        for some in portions(sorted(ids)):
            line = func.coalesce(readings.c.dated, readings.c.reading)
            found += run.scalars(select(line).where(readings.c.article.in_(some)).order_by(readings.c.article)).all()
        return [self._decode(line, Reading) for line in found]

    def _contacts(self, run: Connection, where: Any, order: Sequence[Any]) -> tuple[MergedContact, ...]:
        rows = run.execute(select(contacts.c.contact).where(where).order_by(*order))
        return tuple(self._decode(line, MergedContact) for (line,) in rows)

    def _decode(self, line: str, record: type[Record]) -> Record:
        try:
            return msgspec.json.decode(line, type=record)
        except msgspec.DecodeError as error:
            hint = "build a new one from the articles: rozmova build PATH... --db NEW.db"
            raise StoreError(f"{self.path} holds records of another version ({error})", hint) from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._named_errors(), self._engine.connect() as run:
            yield run

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._named_errors(), self._engine.execution_options(writes=True).begin() as run:
            yield run

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            hint = "is it being written, on a full disk, or damaged? rozmova doctor checks it"
            raise StoreError(f"{self.path}: {error.orig}", hint) from error


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions on its own: see _begin
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -32000")  # KB: what a search looks at again and again is at hand

    @event.listens_for(engine, "begin")
    def _begin(run: Connection) -> None:
        # A writer takes its turn at the start: one that began by reading could not wait for another to finish.
        run.exec_driver_sql("BEGIN IMMEDIATE" if run.get_execution_options().get("writes") else "BEGIN")

    return engine


def _texts(run: Connection, ids: Iterable[str]) -> list[Text]:
    columns = articles.c.id, articles.c.lang, articles.c.text, articles.c.published, articles.c.outlet
    found: list[Text] = []
    for some in portions(sorted(ids)):
        found += [Text(*row) for row in run.execute(select(*columns).where(articles.c.id.in_(some)))]
    return found


def _redate(run: Connection, dated: Iterable[Reading]) -> set[str]:
    """Note the dates that other articles give; which articles have another than before."""
    rows = run.execute(select(readings.c.article, readings.c.dated).where(readings.c.dated.is_not(None))).all()
    before: dict[str, str] = {row.article: row.dated for row in rows}
    now = {reading.article.id: _encode(reading) for reading in dated}
    other = {id for id in {*before, *now} if before.get(id) != now.get(id)}
    for id in sorted(other):
        run.execute(update(readings).where(readings.c.article == id).values(dated=now.get(id)))
    return other


def _encode(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
