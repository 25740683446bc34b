"""Words are found whatever their form and script; filters choose; what is found is never stale."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from handmade import PARTIES, make_article, make_contact, make_merged, make_reading
from rozmova.errors import InputError, StoreError
from rozmova.records import Evidence, NameMention, Place, Reading, Statement, Topic
from rozmova.store import Store, conditions, finding, open_store
from rozmova.store.query import from_arguments, read_query

TEXTS = {
    "uk": "Розмова у вівторок\nДепутати чекали на Зеленського біля прем'єр-міністра. Війна триває, ґанок зачинено.",
    "pl": "Rozmowa we wtorek\nMinister czekał na Zełenskiego w Łodzi. O spotkaniach nikt nie mówił.",
    "ru": "Звонок во вторник\nСоветник напомнил Байдену о вине. Речь шла о сталях и ёлках.",
    "en": "A call on Tuesday\nBiden spoke first. No meetings were planned & <b>nobody</b> left.",
}


def article_of(lang: str, text: str, published: str | None = "2022-01-03") -> Reading:
    reading = make_reading(make_article(text, path=f"{lang}.txt", published=published))
    return replace(reading, article=replace(reading.article, lang=lang, outlet=f"{lang}.example"))


def add(store: Store, reading: Reading, text: str, source: str) -> None:
    article = make_article(text, published=reading.article.published)
    store.add_article(replace(article, outlet=reading.article.outlet), reading, source=source, tool="t")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "test.db") as opened:
        for lang, text in TEXTS.items():
            reading = article_of(lang, text)
            if lang == "en":
                at = text.index("Biden")
                biden = NameMention(
                    start=at, end=at + 5, text="Biden", lemma="Biden", kind="person", id="Q6279", label="Joe Biden"
                )
                said = Statement(
                    speaker=PARTIES["Biden"], via=None, reported_by=None, addressee=(PARTIES["Poland"],), event=None,
                    act="state", channel="press", quotes=(), date="2022-01-02", about=None, start=at, end=at + 18,
                    text=text[at : at + 18], rule="r",
                )  # fmt: skip
                reading = replace(reading, names=(biden,), statements=(said,))
            add(opened, reading, text, f"/{lang}")
        yield opened


def found(store: Store, words: str) -> list[str]:
    return sorted(f"{hit.kind}:{hit.lang}" if hit.lang else f"{hit.kind}:{hit.id}" for hit in store.search(words).hits)


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("Зеленський", ["pl", "uk"]),
        ("зеленському", ["pl", "uk"]),
        ("Зеленский", ["pl", "uk"]),
        ("Zełenski", ["pl", "uk"]),
        ("Zelensky", ["pl", "uk"]),
        ("війни", ["uk"]),
        ("вина", ["ru"]),
        ("Lodz", ["pl"]),
        ("łódź", ["pl"]),
        ("ганку", ["uk"]),
        ("елка", ["ru"]),
        ("сталь", ["ru"]),
        ("spotkanie", ["pl"]),
        ("meeting", ["en"]),
        ("премʼєр-міністр", ["uk"]),
        ("міністр", ["uk"]),
        ("Зеленський Łódź", ["pl"]),
        ("Зеленський -Łódź", ["uk"]),
        ('"чекати на Зеленського"', ["uk"]),
        ('"Зеленського на"', []),
        ("вівторок lang:uk", ["uk"]),
        ("lang:uk lang:pl", ["pl", "uk"]),
        ("-lang:uk -lang:pl -lang:en", ["ru"]),
        ("outlet:ru.example", ["ru"]),
        ("kind:article after:2022-01-02 lang:pl", ["pl"]),
        ("kind:article before:2022-01-03", []),
        ("kind:article on:2022-01 lang:pl", ["pl"]),
        ("nothing", []),
        ("«»  - ", []),
        ("", []),
        ('x" OR "1', []),
        ('x "y', None),
        ("NEAR(a AND *", []),
        ("%", []),
    ],
)
def test_words_and_filters_find(store: Store, words: str, articles: list[str] | None) -> None:
    if articles is None:
        with pytest.raises(InputError, match="not closed"):
            store.search(words)
        return
    assert found(store, words) == [f"article:{lang}" for lang in articles]


def test_a_person_is_found_however_the_name_is_spelt(store: Store) -> None:
    assert found(store, "Байден") == ["article:en", "article:ru", "statement:en"]
    marked = {hit.kind: hit.snippet for hit in store.search("Байден lang:en").hits}["article"]
    assert marked is not None
    assert [TEXTS["en"][mark.start : mark.end] for mark in marked.marks] == ["Biden"]


@pytest.mark.parametrize("words", ["party:Biden", "state:usa", "pair:USA-POL", "pair:pol-usa party:Q6279"])
def test_a_statement_is_found_by_who_takes_part(store: Store, words: str) -> None:
    assert found(store, words) == ["statement:en"]
    assert found(store, f"kind:statement -{words.split(maxsplit=1)[0]}") in ([], ["statement:en"])


@pytest.mark.parametrize("words", ["Київ", "києва", "Kijów", "Киев", "Kyiv"])
def test_a_place_is_found_in_whatever_language_it_is_named(store: Store, words: str) -> None:
    texts = {"pl": "Delegacja wróciła z Kijowa do domu.", "ru": "Делегация вернулась из Киева домой."}
    for lang, text in texts.items():
        at = text.index("Ки" if lang == "ru" else "Ki")
        kyiv = NameMention(
            start=at, end=at + 5 + (lang == "pl"), text=text[at:], lemma="Kyiv", kind="place", id="Q1899", label="Kyiv"
        )
        add(store, replace(article_of(lang, text), names=(kyiv,)), text, f"/kyiv-{lang}")
    hits = {hit.lang: hit.snippet for hit in store.search(words).hits}
    assert set(hits) == {"pl", "ru"}
    for lang, shown in hits.items():
        assert shown is not None
        assert [shown.text[mark.start : mark.end] for mark in shown.marks] == [
            {"pl": "Kijowa", "ru": "Киева"}[lang or ""]
        ]


def test_snippets_are_the_words_of_the_article(store: Store) -> None:
    long = "Початок статті. " + "Слова без ваги стоять тут. " * 40 + "Наприкінці згадали про Зеленського й каву."
    add(store, article_of("uk", long), long, "/long")
    hits = {hit.article: hit for hit in store.search("Зеленський").hits}
    hit = next(hit for hit in hits.values() if hit.article == make_article(long).id)
    assert hit.snippet is not None
    assert hit.snippet.text == long[hit.snippet.start : hit.snippet.end]
    assert len(hit.snippet.text) < 400
    assert [long[m.start : m.end] for m in hit.snippet.marks] == ["Зеленського"]


@pytest.fixture
def merged(store: Store) -> Store:
    text = "Zelenskyy called Biden and spoke of grain corridors."
    evidence = Evidence(start=0, end=len(text), text=text, supports=("contact",), rule="r")
    contact = make_contact("Zelenskyy", "Biden", evidence=(evidence,))
    reading = replace(article_of("en", text), contacts=(contact,))
    add(store, reading, text, "/contact")
    call = make_merged("call", (contact, reading))
    call = replace(
        call, topics=(Topic(label="ceasefire", start=0, end=1),), agreement={"date": "disputed"},
        accounts=tuple(replace(account, index=0) for account in call.accounts),
    )  # fmt: skip
    visit = make_merged("visit", (make_contact("Poland", "Zelenskyy", channel="in_person", status="planned"), reading))
    visit = replace(visit, accounts=(), place=Place(id="Q270", name="Warsaw", state="POL"))
    store.save_contacts([call, visit], revision=store.revision(), tool="t")
    return store


@pytest.mark.parametrize(
    ("words", "contacts"),
    [
        ("Зеленський", ["call", "visit"]),
        ("corridor", ["call"]),
        ("channel:phone", ["call"]),
        ("channel:phone channel:in_person", ["call", "visit"]),
        ("-channel:phone", ["visit"]),
        ("status:planned", ["visit"]),
        ("topic:ceasefire", ["call"]),
        ("place:Варшава", ["visit"]),
        ("place:warszawa place:Київ", ["visit"]),
        ("place:Q270 status:planned", ["visit"]),
        ("-place:Warsaw", ["call"]),
        ("place:Kyiv", []),
        ("disputed:yes", ["call"]),
        ("disputed:no", ["visit"]),
        ("disputed:date", ["call"]),
        ("disputed:channel", []),
        ("pair:UKR-USA", ["call"]),
        ("party:Зеленський party:POL", ["visit"]),
        ("party:Зеленський -party:POL", ["call"]),
        ("lang:en", ["call"]),
    ],
)
def test_contacts_are_found(merged: Store, words: str, contacts: list[str]) -> None:
    assert found(merged, f"kind:contact {words}") == [f"contact:{id}" for id in contacts]


def test_articles_are_found_by_the_contacts_that_they_tell_of(merged: Store) -> None:
    assert found(merged, "channel:phone kind:article") == ["article:en"]
    assert found(merged, "channel:in_person kind:article") == []


@pytest.mark.parametrize(
    "words",
    [
        "Зеленський channel:phone", "Зеленський -channel:phone", "розмова channel:phone", "call channel:in_person",
        "Зеленський status:planned kind:contact", "Зеленський disputed:no", "spoke topic:ceasefire",
        "spoke state:USA", "spoke pair:USA-POL", "Biden party:Biden -nobody", "corridor party:Зеленський lang:en",
        "grain before:2022-02 channel:phone", "Зеленський channel:phone channel:in_person status:held",
    ],
)  # fmt: skip
def test_however_many_contacts_fit_the_same_is_found(
    merged: Store, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = merged.search(words, 99)
    monkeypatch.setattr(conditions, "_FEW", 0)
    assert merged.search(words, 99) == few


@pytest.mark.parametrize("kinds", ["", "kind:article", "kind:contact", "-kind:contact", "kind:contact kind:article"])
def test_all_that_is_found_is_counted(merged: Store, kinds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = f"Зеленський {kinds}"
    whole = merged.search(words, 99)
    assert whole.total == len(whole.hits) > 1
    for ranked in range(1, whole.total + 2):
        monkeypatch.setattr(finding, "RANKED", ranked)
        for limit in (0, 1, 99):
            assert merged.search(words, limit).kinds == whole.kinds


def test_pages_follow_one_another(merged: Store) -> None:
    whole = merged.search("lang:en")
    pages = [merged.search("lang:en", limit=1, offset=n).hits for n in range(whole.total + 1)]
    assert [hit for page in pages for hit in page] == list(whole.hits)
    assert sum(whole.kinds.values()) == whole.total == len(whole.hits)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("fax:1", "party:, state:"),
        ("channel:fax", "phone, video"),
        ("status:done", "planned"),
        ("topic:chess", "ceasefire"),
        ("place:Nowhereville", "place:Q1899"),
        ("lang:de", "en, pl, ru, uk"),
        ("kind:book", "contact, statement, article"),
        ("disputed:maybe", "yes, no"),
        ("state:XXX", "UKR"),
        ("pair:UKR", "UKR-RUS"),
        ("before:soon", "2021-12-30"),
        ("party:", "party:"),
        ("outlet:no.example", "uk.example"),
        ("a " * 600, "at most"),
    ],
)
def test_a_wrong_filter_is_told_what_is_allowed(store: Store, words: str, hint: str) -> None:
    with pytest.raises(InputError) as refusal:
        store.search(words)
    assert hint in refusal.value.hint


def test_the_shell_takes_quotes_and_they_come_back() -> None:
    query = read_query(from_arguments(["Київ", "party:Olaf Scholz", "-on 2022", "a b", "channel:phone мир"]))
    assert [f.values for f in query.filters] == [("Olaf Scholz",), ("phone",)]
    assert [phrase.words for phrase in query.phrases] == [("Київ",), ("-on", "2022"), ("a", "b"), ("мир",)]


def test_what_is_gone_is_not_found(merged: Store) -> None:
    add(merged, article_of("uk", "Про погоду."), "Про погоду.", "/uk")
    assert found(merged, "ганок") == []
    merged.save_contacts([], revision=merged.revision(), tool="t")
    assert found(merged, "kind:contact") == []
    assert merged.problems() == []


def test_a_failed_change_leaves_search_as_it_was(merged: Store) -> None:
    twice = [make_merged("same", (make_contact(), article_of("en", "x")))] * 2
    with pytest.raises(StoreError):
        merged.save_contacts(twice, revision=merged.revision(), tool="t")
    assert found(merged, "corridor kind:contact") == ["contact:call"]
    assert merged.problems() == []


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("DELETE FROM search WHERE contact IS NOT NULL", "search lacks 2 contacts"),
        ("DELETE FROM search WHERE article IS NOT NULL AND place IS NULL", "search lacks 5 articles"),
        ("DELETE FROM search_text", "rows of search lack their text"),
        ("INSERT INTO search_terms (search_terms) VALUES ('delete-all')", "index differs"),
        ("UPDATE meta SET value = '0' WHERE key = 'search'", "other rules"),
    ],
)
def test_doctor_sees_an_index_out_of_step_and_makes_it_anew(merged: Store, damage: str, problem: str) -> None:
    before = found(merged, "Зеленський")
    with closing(sqlite3.connect(merged.path)) as run:
        run.execute(damage)
        run.commit()
    assert any(problem in line for line in merged.problems())
    merged.reindex()
    assert merged.problems() == []
    assert found(merged, "Зеленський") == before


def test_doctor_sees_a_text_that_was_changed(merged: Store) -> None:
    with closing(sqlite3.connect(merged.path)) as run:
        run.execute("UPDATE articles SET text = text || '!' WHERE lang = 'uk'")
        run.commit()
    assert any("sha256 differs" in line for line in merged.problems())


def test_what_is_not_ranked_follows_what_is(merged: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = [(hit.kind, hit.id) for hit in merged.search("Зеленський", limit=99).hits]
    assert len(everything) > 4
    monkeypatch.setattr(finding, "RANKED", 2)
    for size in (1, 2, 3):
        pages = [merged.search("Зеленський", size, offset) for offset in range(0, len(everything) + size, size)]
        assert {page.total for page in pages} == {len(everything)}
        shown = [(hit.kind, hit.id) for page in pages for hit in page.hits]
        assert sorted(shown) == sorted(everything)
        assert [kind for kind, _ in shown[:2]] == ["contact", "contact"]  # of each kind the last, contacts first
        assert shown[:2] == [hit for hit in everything if hit in shown[:2]]  # and these by rank


def test_many_read_while_one_writes(store: Store, tmp_path: Path) -> None:
    errors: list[BaseException] = []
    totals: list[int] = []
    done = threading.Event()

    def read() -> None:
        try:
            with open_store(store.path) as reader:
                last = 0
                while not done.is_set():
                    results = reader.search("Зеленський", limit=5)
                    assert results.total >= last, "what was found is lost"
                    assert all(hit.snippet and hit.snippet.marks for hit in results.hits)
                    last = results.total
                totals.append(last)
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    for number in range(40):
        text = f"Про Зеленського, {number}."
        add(store, article_of("uk", text), text, f"/{number}")
        if number == 20:
            store.backup(tmp_path / "copy.db")
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert len(totals) == 6
    assert store.search("Зеленський").total == 42
    with open_store(tmp_path / "copy.db") as copy:
        assert copy.search("Зеленський").total == 23
        assert copy.problems() == []


def test_a_copy_replaces_nothing_without_force(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        store.backup(copy)
    assert copy.read_text() == "mine"
    with pytest.raises(StoreError, match="is the store itself"):
        store.backup(store.path, force=True)
    with pytest.raises(StoreError, match="no folder"):
        store.backup(tmp_path / "no" / "copy.db")
    store.backup(copy, force=True)
    with open_store(copy) as opened:
        assert opened.counts() == store.counts()
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


def test_an_article_read_anew_is_still_found_by_its_contact(merged: Store) -> None:
    before = found(merged, "channel:phone")
    assert before == ["article:en", "contact:call"]
    for reading in list(merged.readings()):
        article = merged.article(reading.article.id)
        assert article is not None
        merged.add_article(article, reading, source=f"/again/{article.id}", tool="other")
    assert found(merged, "channel:phone") == before
    assert merged.problems() == []
