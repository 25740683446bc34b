"""The store keeps what it is given, all of it or nothing, and refuses files that are not its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from handmade import make_article, make_contact, make_merged, make_reading
from rozmova.errors import InputError, StoreError
from rozmova.records import Article, MergedContact
from rozmova.store import Store, open_store
from rozmova.store.filters import make_filters

TOOL = "0.1+test"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "test.db") as opened:
        yield opened


def add(store: Store, article: Article, source: str = "/a.txt", tool: str = TOOL) -> None:
    store.add_article(article, make_reading(article, make_contact()), source=source, tool=tool)


def ids(store: Store) -> list[str]:
    return [reading.article.id for reading in store.readings()]


def test_an_article_comes_back_as_it_was(store: Store) -> None:
    article = make_article("\ufeffПеретин — e\u0301\r\n", published="2022-01-03")
    reading = make_reading(article, make_contact(date=None))
    store.add_article(article, reading, source="/a.txt", tool=TOOL)
    assert list(store.readings()) == [reading]
    assert store.text_of(article.id) == article.text
    known = store.known(article.id)
    assert known is not None
    assert (known.tool, known.given) == (TOOL, "2022-01-03")
    assert store.counts() == {"en": 1}


def test_readings_come_in_one_order_however_they_were_added(tmp_path: Path) -> None:
    articles = [make_article(f"text {number}") for number in range(20)]
    orders = []
    for name, order in (("a", articles), ("b", articles[::-1])):
        with open_store(tmp_path / f"{name}.db") as store:
            for article in order:
                add(store, article, source=f"/{article.id}")
            orders.append(ids(store))
    assert orders[0] == orders[1] == sorted(orders[0])


def test_new_content_of_a_source_replaces_the_old(store: Store) -> None:
    old, new = make_article("old"), make_article("new")
    add(store, old)
    add(store, new)
    assert ids(store) == [new.id]
    assert store.known(old.id) is None
    assert store.text_of(old.id) is None


def test_a_text_stays_while_another_source_has_it(store: Store) -> None:
    shared, new = make_article("shared"), make_article("new")
    add(store, shared, source="/1.txt")
    assert store.add_source("/2.txt", shared.id)
    add(store, new, source="/1.txt")
    assert ids(store) == sorted([shared.id, new.id])
    add(store, new, source="/2.txt")
    assert ids(store) == [new.id]


def test_every_change_makes_contacts_stale_until_they_are_saved(store: Store) -> None:
    assert store.contacts_fresh()
    article = make_article("text")
    add(store, article)
    assert not store.contacts_fresh()
    store.save_contacts([], revision=store.revision(), tool=TOOL)
    assert store.contacts_fresh(TOOL)
    assert not store.contacts_fresh("another program")
    assert not store.add_source("/a.txt", article.id)
    assert store.contacts_fresh()


def test_contacts_of_an_older_revision_stay_stale(store: Store) -> None:
    revision = store.revision()
    add(store, make_article("added by another process meanwhile"))
    store.save_contacts([], revision=revision, tool=TOOL)
    assert not store.contacts_fresh()


def merged(id: str, *names: str, **values: str | None) -> MergedContact:
    article = make_article(id)
    contact = make_contact(*names, **values)  # type: ignore[arg-type]
    return make_merged(id, (contact, make_reading(article, contact)))


@pytest.fixture
def filled(store: Store) -> Store:
    contacts = [
        merged("call", "Zelenskyy", "Biden", date="2022-01-02"),
        merged("visit", "Poland", "Zelenskyy", date="2022-01", channel="in_person", status="planned"),
        merged("choice", "Poland", "Biden", date="[2021-12-23,2021-12-30]", channel="letter"),
        merged("undated", "Biden", "Poland", date=None),
    ]
    store.save_contacts(contacts, revision=store.revision(), tool=TOOL)
    return store


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, ["undated", "choice", "visit", "call"]),
        ({"parties": ("Volodymyr Zelenskyy",)}, ["visit", "call"]),
        ({"parties": ("зеленський",)}, ["visit", "call"]),
        ({"parties": ("Зеленский",)}, ["visit", "call"]),
        ({"parties": ("Джо Байден",)}, ["undated", "choice", "call"]),
        ({"parties": ("Емануель Байден",)}, []),
        ({"parties": ("Q6279",)}, ["undated", "choice", "call"]),
        ({"parties": ("usa", "POL")}, ["undated", "choice"]),
        ({"parties": ("Zelen",)}, []),
        ({"parties": ("%",)}, []),
        ({"channels": ("phone", "letter")}, ["undated", "choice", "call"]),
        ({"statuses": ("planned",)}, ["visit"]),
        ({"since": "2022-01-02"}, ["visit", "call"]),
        ({"since": "2022-01-03"}, ["visit"]),
        ({"until": "2021"}, ["choice"]),
        ({"since": "2021-12-24", "until": "2021-12-25"}, ["choice"]),
        ({"since": "2021-12-31", "until": "2022-01-01"}, ["visit"]),
    ],
)
def test_filters_choose(filled: Store, words: dict[str, str], expected: list[str]) -> None:
    found = filled.contacts(make_filters(**words))  # type: ignore[arg-type]
    assert [contact.id for contact in found.contacts] == expected
    assert found.undated == (1 if {"since", "until"} & set(words) else 0)


def test_undated_contacts_left_out_are_those_that_fit_otherwise(filled: Store) -> None:
    assert filled.contacts(make_filters(since="2022", channels=("letter",))).undated == 0
    assert filled.contacts(make_filters(since="2022", parties=("USA",))).undated == 1


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ({"channels": ("fax",)}, "phone, video, in_person, letter, unspecified"),
        ({"statuses": ("done",)}, "proposed, planned, held, cancelled, declined"),
        ({"since": "yesterday"}, "2021-12-30"),
        ({"until": "2022-13"}, "2021-12-30"),
        ({"since": ""}, "2021-12-30"),
        ({"parties": (" ",)}, "name a person"),
    ],
)
def test_unknown_filter_values_are_refused_with_what_is_allowed(words: dict[str, str], hint: str) -> None:
    with pytest.raises(InputError) as refusal:
        make_filters(**words)  # type: ignore[arg-type]
    assert hint in refusal.value.hint


def test_a_contact_is_found_by_the_beginning_of_its_id(filled: Store) -> None:
    assert filled.contact("vis").id == "visit"
    with pytest.raises(StoreError, match="2 contacts begin with 'c'"):
        filled.contact("c")
    for nothing in ("x", "", "%", "_all"):
        with pytest.raises(StoreError, match="there is no contact"):
            filled.contact(nothing)


def test_saving_contacts_replaces_all(filled: Store) -> None:
    filled.save_contacts([merged("only", "Biden", "Poland")], revision=0, tool=TOOL)
    assert [contact.id for contact in filled.contacts().contacts] == ["only"]


def test_a_failing_save_changes_nothing(filled: Store) -> None:
    twice = [merged("same", "Biden", "Poland"), merged("same", "Biden", "Poland")]
    with pytest.raises(StoreError):
        filled.save_contacts(twice, revision=0, tool=TOOL)
    assert len(filled.contacts().contacts) == 4


def test_a_whole_file_has_no_problems_and_a_broken_one_has(tmp_path: Path) -> None:
    with open_store(tmp_path / "test.db") as store:
        add(store, make_article("text"))
        assert store.problems() == []
    with sqlite3.connect(tmp_path / "test.db") as run:
        run.execute("DELETE FROM readings")
    run.close()
    with open_store(tmp_path / "test.db") as store:
        assert store.problems() == ["1 articles without a reading"]


def other_database(path: Path) -> None:
    run = sqlite3.connect(path)
    run.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    run.commit()
    run.close()


def older_store(path: Path) -> None:
    open_store(path).close()
    run = sqlite3.connect(path)
    run.execute("UPDATE meta SET value = '0' WHERE key = 'schema_version'")
    run.commit()
    run.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    run.close()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("a shopping list, long enough to have a header"), "not a rozmova store"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 200), "cannot be opened"),
        (other_database, "not a rozmova store"),
        (older_store, "schema version 0"),
    ],
    ids=["text", "broken", "other database", "older"],
)
def test_a_file_that_is_no_store_of_ours_is_refused_untouched(tmp_path: Path, make: object, message: str) -> None:
    path = tmp_path / "some.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(StoreError, match=message) as refusal:
        open_store(path)
    assert refusal.value.hint
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["some.db"]


def test_a_store_that_should_be_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        open_store(tmp_path / "no.db", create=False)
    with pytest.raises(StoreError, match="is not a file"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="there is no folder"):
        open_store(tmp_path / "no" / "test.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    with open_store(tmp_path / "new.db") as store:
        assert store.counts() == {}


def test_others_read_while_one_writes(tmp_path: Path) -> None:
    with open_store(tmp_path / "test.db") as writer, open_store(tmp_path / "test.db") as reader:
        add(writer, make_article("first"))
        open_reading = reader.readings()
        next(open_reading)
        add(writer, make_article("second"), source="/b.txt")
        open_reading.close()
        assert len(ids(reader)) == 2
