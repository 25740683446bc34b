"""The tables. Types are those every SQL database has; JSON is kept as text, in the form of the output contract."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 9
"""Raised with every change of these tables, with a migration in ``migrations/versions``; it is what people see."""
MIGRATES_FROM = 3
"""The oldest version whose stores are moved on: up to 5 tables were only added, from then on migrations say how."""
REINDEXED_SINCE = 7
"""The last version that changed the rows of search: stores of an older one are indexed anew."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column(
        "key",
        String(40),
        primary_key=True,
        comment="schema_version; readings, contacts: revision of what there is and of what is merged; "
        "edition: how often contacts were saved; gone: an edition and the contacts that it took away; "
        "merged_by: fingerprint; dating: Dating as JSON; "
        "search: which rules made the terms of search",
    ),
    Column("value", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(16), primary_key=True, comment="first digits of sha256: one text, one row"),
    Column("sha256", String(64), nullable=False),
    Column("path", Text, nullable=False, comment="as it was named when the article was read"),
    Column("text", Text, nullable=False, comment="the content unchanged: all offsets count in it"),
    Column("lang", String(8), nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", String(40), comment="EDTF, as given or by its own words"),
    Column("given", String(40), comment="EDTF of the date of publication given with the article, if one was"),
    Column("tool", String(60), nullable=False, comment="fingerprint of the program that made the reading"),
    Column("added", String(40), nullable=False, comment="moment of the reading, UTC"),
    Column("url", Text, comment="http or https"),
    Column("author", Text),
    Column("retrieved", String(40), comment="moment at which the source was fetched, UTC, where it says so"),
    Column("encoding", String(40), comment="what the bytes of the source were decoded with"),
    # Covers lists and counts of articles: rows with their texts are not touched.
    Index("articles_in_time", "published", "id", "lang", "outlet", "tool"),
)

sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True, comment="absolute path; the same text may come from several"),
    Column("article", String(16), ForeignKey("articles.id"), nullable=False, index=True),
)

readings = Table(
    "readings",
    metadata,
    Column("article", String(16), ForeignKey("articles.id"), primary_key=True),
    Column("reading", Text, nullable=False, comment="Reading as JSON, of the article by itself"),
    Column("dated", Text, comment="Reading as JSON with the date that other articles give it, where they do"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("first", String(10), comment="first day the date allows"),
    Column("last", String(10), comment="last day the date allows"),
    Column("date", String(60), comment="EDTF"),
    Column("channel", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column(
        "edition", Integer, nullable=False, server_default="0", index=True, comment="of the saving that wrote the row"
    ),
    Column("contact", Text, nullable=False, comment="MergedContact as JSON"),
    Index("contacts_in_time", "first", "date", "id"),
    # These hold what is asked by them: rows with their records are not touched.
    Index("contacts_by_channel", "channel", "id"),
    Index("contacts_by_status", "status", "id"),
)

contact_parties = Table(
    "contact_parties",
    metadata,
    Column("contact", String(64), ForeignKey("contacts.id"), primary_key=True),
    Column("place", Integer, primary_key=True, comment="index among the parties of the contact"),
    Column("party", Text, nullable=False, index=True),
    Column("affiliation", String(20), index=True),
    Column("name", Text, nullable=False, comment="folded words between spaces, for matching whole words"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("article", String(16), primary_key=True),
    Column("place", Integer, primary_key=True, comment="index among the contacts of the article's reading"),
    Column("contact", String(64), ForeignKey("contacts.id"), nullable=False),
    Column("siblings", Integer, nullable=False, comment="contacts of its day and sides that the article tells of"),
    Index("accounts_by_contact", "contact", "article", "place"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", Text, primary_key=True, comment="two sides and the number of a day or a month"),
    Column("contact", String(64), ForeignKey("contacts.id"), primary_key=True, index=True),
    Column("day", Integer, nullable=False, comment="ordinal of the day it is sure of; 0: none, or more than one"),
    Column("since", Integer, comment="ordinal of the first day that accounts which look for others there allow"),
    Column("until", Integer, comment="of the last"),
    comment="where contacts meet others: what news has to be compared with",
)

contact_facets = Table(
    "contact_facets",
    metadata,
    Column("contact", String(64), ForeignKey("contacts.id"), primary_key=True),
    Column("kind", String(12), primary_key=True, comment="see store/facets.py"),
    Column("value", Text, primary_key=True),
    Index("facets_by_value", "kind", "value", "contact"),
    comment="what contacts are filtered and counted by",
)

changed = Table(
    "changed",
    metadata,
    Column("article", String(16), primary_key=True),
    Column("revision", Integer, nullable=False, comment="of the change"),
    Column("judged", Boolean, nullable=False, comment="its reading is as it was: only people's judgement changed"),
    comment="articles whose contacts are to be merged anew: they came, went, were read anew or were judged",
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("undone", String(40), comment="moment at which it was taken back, UTC"),
    Column("judgement", Text, nullable=False, comment="Judgement as JSON, but for id and undone"),
    comment="what people decided about contacts; never deleted by a build",
)

search = Table(
    "search",
    metadata,
    Column("id", Integer, primary_key=True, comment="says the kind too: see store/kinds.py"),
    Column("article", String(16), ForeignKey("articles.id"), index=True, comment="of an article or a statement"),
    Column("place", Integer, comment="index among the statements of the article's reading"),
    Column("about", Integer, comment="index among its contacts of the one that a statement belongs to"),
    Column("contact", String(64), ForeignKey("contacts.id"), index=True),
    Column("first", String(10), comment="first day its date allows"),
    Column("last", String(10), comment="last day its date allows"),
    Column("lang", String(8), comment="of an article or a statement"),
    Column("outlet", Text, comment="of an article or a statement"),
    Index("search_in_time", "first", "last", "id"),
    comment="what search finds: articles, statements and contacts",
)

search_text = Table(
    "search_text",
    metadata,
    Column("id", Integer, primary_key=True, comment="of the row of search"),
    Column("title", Text, nullable=False, comment="terms of the title, or of who takes part"),
    Column("line", Text, nullable=False, comment="terms of the words in their order, one for each"),
    Column("extra", Text, nullable=False, comment="the other terms of the words, each once: lemmas, names, people"),
    comment="what search looks through, apart: filters read only short rows; terms are made by store/terms.py",
)

search_facets = Table(
    "search_facets",
    metadata,
    Column("search", Integer, ForeignKey("search.id"), primary_key=True),
    Column("kind", String(12), primary_key=True, comment="see store/facets.py"),
    Column("value", Text, primary_key=True),
    Column(
        "contact", Integer, primary_key=True, autoincrement=False,
        comment="the row of a contact that has it and of which the row of search tells; 0: it is its own",
    ),
    Index("search_by_facet", "kind", "value", "search", "contact"),
    comment="by what the rows of search are filtered",
    sqlite_with_rowid=False,
)  # fmt: skip

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
    comment="where Alembic keeps its place: schema_version as text",
)

SINCE = {
    "judgements": 4,
    "accounts": 5,
    "blocks": 5,
    "changed": 5,
    "contact_facets": 6,
    "search": 6,
    "search_text": 7,
    "search_facets": 9,
    "alembic_version": 6,
}
"""The version that brought a table, for those that the oldest does not have."""
