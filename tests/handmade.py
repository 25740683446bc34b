"""Records made by hand, and a pipeline of a few lines in place of the real one, for tests of what lies around it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import msgspec

from rozmova.errors import UnsupportedLanguage
from rozmova.records import (
    Account,
    Article,
    ArticleInfo,
    Channel,
    Contact,
    Dating,
    Evidence,
    MergedContact,
    Party,
    Reading,
    Status,
    StatusStep,
)
from rozmova.store.filters import folded_words
from rozmova.store.schema import SINCE

PARTIES = {
    "Zelenskyy": Party(
        id="Q3874799",
        name="Volodymyr Zelenskyy",
        kind="person",
        affiliation="UKR",
        role="president",
        part="participant",
    ),
    "Biden": Party(
        id="Q6279", name="Joe Biden", kind="person", affiliation="USA", role="president", part="participant"
    ),
    "Poland": Party(id="Q36", name="Poland", kind="state", affiliation="POL", role=None, part="participant"),
}


def make_contact(
    *names: str,
    date: str | None = "2022-01-02",
    channel: Channel = "phone",
    status: Status = "held",
    evidence: tuple[Evidence, ...] = (),
) -> Contact:
    """A contact between some of :data:`PARTIES`, with a place it does not know and the reason why."""
    return Contact(
        parties=tuple(PARTIES[name] for name in names or ("Zelenskyy", "Biden")),
        channel=channel,
        form="call",
        status=status,
        date=date,
        date_basis="explicit" if date else None,
        initiator=None,
        place=None,
        duration_minutes=None,
        duration_qualifier=None,
        topics=(),
        evidence=evidence,
        reasons={"place": "no place is named"},
    )


def make_article(text: str, path: str = "article.txt", published: str | None = None) -> Article:
    """An article as a source would give it."""
    digest = sha256(text.encode()).hexdigest()
    return Article(id=digest[:16], path=path, text=text, sha256=digest, published=published)


def make_reading(article: Article, *contacts: Contact) -> Reading:
    """A reading with these contacts and nothing else."""
    info = ArticleInfo(
        id=article.id,
        path=article.path,
        url=None,
        sha256=article.sha256,
        lang="en",
        title=None,
        outlet=article.outlet,
        published=article.published,
        published_basis="metadata" if article.published else None,
    )
    return Reading(article=info, names=(), times=(), contacts=contacts, statements=())


def make_merged(id: str, *accounts: tuple[Contact, Reading]) -> MergedContact:
    """A merged contact with the values of the first account."""
    first = accounts[0][0]
    values = {name: getattr(first, name) for name in first.__struct_fields__ if name in MergedContact.__struct_fields__}
    return MergedContact(
        **values,
        id=id,
        agreement={"channel": "single", "status": "agreed"},
        status_history=tuple(
            StatusStep(status=contact.status, date=contact.date, article=reading.article.id, published=None)
            for contact, reading in accounts
        ),
        accounts=tuple(
            Account(
                article=reading.article.id,
                path=reading.article.path,
                outlet=None,
                lang="en",
                published=None,
                index=0,
                contact=contact,
            )
            for contact, reading in accounts
        ),
    )


_SEARCH_6 = """
CREATE TABLE search (id INTEGER PRIMARY KEY, kind VARCHAR(10) NOT NULL, article VARCHAR(16), place INTEGER,
    about INTEGER, contact VARCHAR(64), first VARCHAR(10), last VARCHAR(10), lang VARCHAR(8), outlet TEXT,
    title TEXT NOT NULL, line TEXT NOT NULL, extra TEXT NOT NULL);
CREATE VIRTUAL TABLE search_terms USING fts5 (title, line, extra, content = 'search', content_rowid = 'id');
CREATE TRIGGER search_come AFTER INSERT ON search BEGIN
    INSERT INTO search_terms (rowid, title, line, extra) VALUES (new.id, new.title, new.line, new.extra); END;
INSERT INTO search (kind, article, title, line, extra) SELECT 'article', id, '', 'old terms', '' FROM articles;
"""


_PARTIES_6 = """
CREATE TABLE statement_parties (
    article VARCHAR(16) NOT NULL, statement INTEGER NOT NULL, place INTEGER NOT NULL, party TEXT NOT NULL,
    affiliation VARCHAR(20), name TEXT NOT NULL, PRIMARY KEY (article, statement, place),
    FOREIGN KEY(article) REFERENCES articles (id));
CREATE INDEX ix_statement_parties_party ON statement_parties (party);
CREATE INDEX ix_statement_parties_affiliation ON statement_parties (affiliation);
"""


_SEARCH_8 = """
CREATE TABLE tells (
    contact INTEGER NOT NULL, search INTEGER NOT NULL, PRIMARY KEY (contact, search),
    FOREIGN KEY(contact) REFERENCES search (id), FOREIGN KEY(search) REFERENCES search (id));
INSERT INTO tells SELECT contact, search FROM search_facets WHERE kind = 'contact';
CREATE INDEX tells_by_search ON tells (search, contact);
DROP TABLE search_facets;
DROP INDEX search_in_time;
ALTER TABLE search ADD COLUMN channel VARCHAR(20);
ALTER TABLE search ADD COLUMN status VARCHAR(20);
UPDATE search SET channel = (SELECT channel FROM contacts WHERE contacts.id = search.contact),
    status = (SELECT status FROM contacts WHERE contacts.id = search.contact);
CREATE INDEX ix_search_channel ON search (channel);
CREATE INDEX ix_search_status ON search (status);
"""


_TELLS_7 = """
CREATE TABLE tells_7 (
    contact VARCHAR(64) NOT NULL, search INTEGER NOT NULL, PRIMARY KEY (contact, search),
    FOREIGN KEY(contact) REFERENCES contacts (id), FOREIGN KEY(search) REFERENCES search (id));
INSERT INTO tells_7 SELECT own.contact, tells.search FROM tells JOIN search AS own ON own.id = tells.contact;
DROP TABLE tells;
ALTER TABLE tells_7 RENAME TO tells;
CREATE INDEX ix_tells_search ON tells (search);
DROP INDEX ix_search_channel;
DROP INDEX ix_search_status;
ALTER TABLE search DROP COLUMN channel;
ALTER TABLE search DROP COLUMN status;
"""


def make_older(path: Path, version: int) -> None:
    """Take from a store what versions after this one brought, so that it is as a program of that version left it."""
    with closing(sqlite3.connect(path)) as run:
        if version in (7, 8):
            run.executescript(_PARTIES_6)
            run.executemany("INSERT INTO statement_parties VALUES (?, ?, ?, ?, ?, ?)", list(_statement_parties(run)))
            run.executescript(_SEARCH_8 + (_TELLS_7 if version == 7 else ""))
            run.execute("UPDATE alembic_version SET version_num = ?", (str(version),))
            run.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(version),))
            run.commit()
            run.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        run.execute("DROP TABLE search_terms")
        for table in sorted((table for table, since in SINCE.items() if since > version), key=lambda t: t == "search"):
            run.execute(f"DROP TABLE {table}")
        if version < 7:
            run.execute("DROP INDEX articles_in_time")
            for table, column in (("contacts", "channel"), ("contacts", "status"), ("accounts", "contact")):
                if SINCE.get(table, 0) <= version:
                    run.execute(f"DROP INDEX {table}_by_{column}")
                    run.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")
            run.execute("DROP INDEX ix_contacts_edition")
            run.execute("ALTER TABLE contacts DROP COLUMN edition")
            run.execute("DELETE FROM meta WHERE key = 'edition'")
        if version == 6:
            run.execute("DROP TABLE search")
            run.executescript(_SEARCH_6 + _PARTIES_6)
            run.execute("UPDATE alembic_version SET version_num = '6'")
        if version < 6:
            for column in ("url", "author", "retrieved", "encoding"):
                run.execute(f"ALTER TABLE articles DROP COLUMN {column}")
            run.execute("DELETE FROM meta WHERE key = 'search'")
        run.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(version),))
        run.commit()
        run.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _statement_parties(run: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    for (line,) in run.execute("SELECT reading FROM readings").fetchall():
        reading = msgspec.json.decode(line, type=Reading)
        for place, said in enumerate(reading.statements):
            for n, party in enumerate(party for party in (said.speaker, said.via, *said.addressee) if party):
                name = folded_words(party.name)
                yield reading.article.id, place, n, party.id, party.affiliation, name


def read_simply(article: Article) -> Reading:
    """Read articles of the form ``call 2022-01-02 Zelenskyy Biden``, a contact a line; other lines say nothing."""
    if "esperanto" in article.text:
        raise UnsupportedLanguage(f"is in a language that cannot be read: {article.path}", "languages: en")
    if "crash" in article.text:
        raise ZeroDivisionError("made to fail")
    contacts = []
    at = 0
    for line in article.text.splitlines(keepends=True):
        words = line.split()
        if words and words[0] in ("call", "planned"):
            held: Status = "held" if words[0] == "call" else "planned"
            evidence = Evidence(
                start=at, end=at + len(words[0]), text=words[0], supports=("contact", "channel"), rule="a test's rule"
            )
            date = None if words[1] == "-" else words[1]
            contacts.append(make_contact(*words[2:], date=date, status=held, evidence=(evidence,)))
        at += len(line)
    return make_reading(article, *contacts)


class SimplePipeline(ModuleType):
    """Stands in for ``rozmova.pipeline`` and remembers which articles it was asked to read."""

    def __init__(self) -> None:
        super().__init__("rozmova.pipeline")
        self.asked: list[Article] = []

    def read_article(self, article: Article, table: object = None) -> Reading:
        self.asked.append(article)
        return read_simply(article)

    def dated_together(
        self, readings: Sequence[Reading], article: object, table: object = None
    ) -> tuple[list[Reading], Dating]:
        return list(readings), Dating()


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str
