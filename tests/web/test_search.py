"""The page of the search: what it finds and marks, and what it says when nothing fits or the query is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from handmade import PARTIES, make_article, make_contact, make_reading
from rozmova.merge import merge
from rozmova.names.actors import load
from rozmova.records import Evidence, Reading, Statement
from rozmova.store import Store, open_store
from rozmova.store.query import FILTERS, read_query
from rozmova.web import words
from rozmova.web.app import make_app
from rozmova.web.pages.search import PER_PAGE, without
from rozmova.web.pages.search_help import ABOUT
from web_pages import BASE, EVIL

TEXTS = {
    "uk": "Увечері Володимир Зеленський розмовляв із Варшавою телефоном. Про припинення вогню мовили мало.",
    "pl": "Wieczorem prezydent Zełenski zadzwonił do Warszawy. O zawieszeniu broni mówiono niewiele.",
    "en": "In the evening President Zelensky called Warsaw. The ceasefire was hardly mentioned.",
}


def reading_of(lang: str, text: str, n: int) -> tuple[Any, Reading]:
    article = replace(make_article(text, f"{n}-{lang}.txt", f"2022-01-{n + 2:02}"), outlet=f"Outlet {lang}")
    end = text.index(".") + 1
    whole = Evidence(start=0, end=end, text=text[:end], supports=("contact", "parties", "channel"), rule="hand")
    contact = make_contact("Zelenskyy", "Poland", date=f"2022-01-{n + 1:02}", evidence=(whole,))
    said = Statement(
        speaker=PARTIES["Zelenskyy"], via=None, reported_by=None, addressee=(), event=None, act="says", channel="phone",
        quotes=(), date=None, about=0, start=end + 1, end=len(text), text=text[end + 1 :], rule="hand",
    )  # fmt: skip
    made = make_reading(article, contact)
    return article, replace(made, article=replace(made.article, lang=lang), statements=(said,))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(tmp_path_factory.mktemp("search") / "record.db") as store:
        readings = []
        for n, (lang, text) in enumerate(TEXTS.items()):
            article, reading = reading_of(lang, text, n)
            store.add_article(article, reading, source=f"/in/{n}", tool="hand")
            readings.append(reading)
        store.save_contacts(merge(readings), revision=store.revision(), tool="hand")
        yield TestClient(make_app(store, load()), base_url=BASE, follow_redirects=False)


def model(client: TestClient, q: str, rest: str = "") -> Any:
    return client.get(f"/search.json?q={quote(q)}{rest}").json()


def elements(html: str) -> list[Any]:
    return list(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html).iter())


def marked(html: str) -> list[str]:
    return ["".join(e.itertext()) for e in elements(html) if e.tag == "mark"]


def test_a_name_is_found_in_every_script_and_marked(asked: TestClient) -> None:
    found = model(asked, "Зеленського kind:article")
    assert {hit["lang"] for hit in found["hits"]} == {"uk", "pl", "en"}
    spelt = {part["text"].split()[-1] for hit in found["hits"] for part in hit["snippet"] if part["found"]}
    assert spelt == {"Зеленський", "Zełenski", "Zelensky"}
    html = asked.get(f"/search?q={quote('Зеленського kind:article')}").text
    assert {word.split()[-1] for word in marked(html)} == spelt
    snippets = [e for e in elements(html) if e.attrib.get("class") == "snippet"]
    assert {e.attrib["lang"] for e in snippets} == {"uk", "pl", "en"}


def test_words_of_two_scripts_in_one_query(asked: TestClient) -> None:
    assert {h["lang"] for h in model(asked, "Зеленського Warsaw kind:article")["hits"]} == {"en"}
    assert model(asked, "Zełenskiego вогню kind:article")["total"] == 1


def test_the_words_found_are_marked_on_the_page_that_a_hit_leads_to(asked: TestClient) -> None:
    hits = model(asked, "Zelensky")["hits"]
    assert {hit["kind"] for hit in hits} == {"contact", "statement", "article"}
    followed = 0
    for hit in hits:
        shown = [part["text"] for part in hit["snippet"] if part["found"]]
        address, _, anchor = hit["text_url"].partition("#")
        answer = asked.get(address)
        assert answer.status_code == 200 and f'id="{anchor}"' in answer.text
        assert not shown or shown == [w for w in marked(answer.text) if w != "found by your search"]
        followed += bool(shown)
        assert hit["url"] == (f"/contact/{hit['id']}" if hit["kind"] == "contact" else hit["text_url"])
    assert followed >= 3


def test_kinds_are_counted_by_links_that_hold_to_one(asked: TestClient) -> None:
    found = model(asked, "Zelensky")
    assert sum(kind["number"] for kind in found["kinds"]) == found["total"]
    for kind in found["kinds"]:
        path, _, question = kind["url"].partition("?")
        there = asked.get(f"{path}.json?{question}").json()
        assert there["total"] == kind["number"] and {hit["kind"] for hit in there["hits"]} <= {kind["kind"]}
        again = {k["kind"]: k for k in there["kinds"]}
        assert all(k["number"] in (None, kind["number"]) for k in there["kinds"])
        assert again[kind["kind"]]["chosen"] and again[kind["kind"]]["url"] == "/search?q=Zelensky"


def test_pages_of_results_join(asked: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [hit["id"] for hit in model(asked, "Zelensky")["hits"]]
    assert len(whole) <= PER_PAGE
    monkeypatch.setattr("rozmova.web.pages.search.PER_PAGE", 4)
    seen: list[str] = []
    url = "/search?q=Zelensky"
    while url:
        page = asked.get(url.replace("/search?", "/search.json?")).json()
        assert page["first"] == len(seen) + 1
        seen += [hit["id"] for hit in page["hits"]]
        url = page["next"]
    assert seen == whole
    past = asked.get("/search?q=Zelensky&page=99")
    assert past.status_code == 200 and "past the last" in past.text


def test_nothing_found_says_what_to_try(asked: TestClient) -> None:
    found = model(asked, "Zelensky submarine channel:phone")
    assert found["total"] == 0 and found["error"] == ""
    assert [link["label"] for link in found["tried"]] == ["Zelensky", "channel:phone"]
    for link in found["tried"]:
        path, _, question = link["url"].partition("?")
        assert asked.get(f"{path}.json?{question}").json()["total"] == link["number"] > 0
    assert "What to try" in asked.get("/search?q=submarine").text


@pytest.mark.parametrize(
    ("q", "hint"),
    [
        ("channel:smoke", "phone"),
        ("colour:red", "party:"),
        ('"open', "two words"),
        ("before:tomorrow", "2021-12"),
        ("outlet:Nobody", "Outlet en"),
        ("party:", "party:"),
        ("a" * 1001, "1000"),
        ("a\0b", "leave it out"),
        ("a\x1bb", "leave it out"),
    ],
)
def test_a_wrong_query_is_answered_with_its_form(asked: TestClient, q: str, hint: str) -> None:
    answer = asked.get(f"/search?q={quote(q)}")
    assert answer.status_code == 400
    form = next(e for e in elements(answer.text) if e.attrib.get("id") == "q")
    assert form.attrib["value"] == q.replace("\0", "\ufffd").replace("\x1b", "\ufffd")[:1000]
    assert form.attrib["aria-invalid"] == "true"
    said = next(e for e in elements(answer.text) if e.attrib.get("id") == "q-error")
    assert hint in "".join(said.itertext())
    assert asked.get(f"/search.json?q={quote(q)}").status_code == 400


def test_ten_thousand_characters_are_refused_with_words(asked: TestClient) -> None:
    for q in ("a" * 10_000, "я" * 10_000):
        answer = asked.get(f"/search?q={quote(q)}")
        assert answer.status_code in (400, 414) and "too long" in answer.text
    assert asked.get(f"/search?q={quote('я' * 1000)}").status_code == 200


@pytest.mark.parametrize("q", [EVIL, f'"{EVIL[:30]}', "<b>x</b>", "' OR 1=1 --", "NEAR(a b)", "title:x*", "{{7*7}}"])
def test_markup_in_a_query_stays_text(asked: TestClient, q: str) -> None:
    answer = asked.get("/search", params={"q": q})
    assert answer.status_code in (200, 400)
    found = elements(answer.text)
    assert not {"img", "b", "iframe"} & {e.tag for e in found}
    assert all(e.attrib.get("src", "").startswith("/static/") for e in found if e.tag == "script")
    assert next(e for e in found if e.attrib.get("id") == "q").attrib["value"] == q
    assert "49" not in answer.text


def test_the_help_has_every_filter_and_its_examples_find_something(asked: TestClient) -> None:
    assert set(ABOUT) == set(FILTERS)
    page = model(asked, "")
    assert [line["name"] for line in page["help"]] == list(FILTERS)
    for line in page["help"]:
        read_query(line["example"])
        path, _, question = line["url"].partition("?")
        if line["name"] not in ("topic", "place", "disputed"):  # this record has none
            assert asked.get(f"{path}.json?{question}").json()["total"], line
    assert page["examples"]
    for link in page["examples"]:
        assert asked.get(link["url"]).status_code == 200


def test_an_empty_store_has_a_search_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db") as store:
        client = TestClient(make_app(store, load()), base_url=BASE)
        assert client.get("/search").status_code == 200
        assert client.get("/search?q=Zelensky").status_code == 200


def test_every_page_has_one_search_field(client: TestClient, hostile: Store) -> None:
    for address in ("/timeline", "/about", "/search", "/nowhere"):
        forms = [e for e in elements(client.get(address).text) if e.attrib.get("role") == "search"]
        assert len(forms) == 1 and forms[0].attrib["action"] == "/search"


@pytest.mark.parametrize(
    ("q", "names", "rest"),
    [
        ("Biden kind:contact -kind:article", ("kind",), "Biden"),
        ('"kind:contact it said" kind:contact', ("kind",), '"kind:contact it said"'),
        ("party:«Olaf Scholz» gas -lang:uk", (), "gas"),
        ("Байден", ("kind",), "Байден"),
    ],
)
def test_filters_are_taken_out_of_a_query(q: str, names: tuple[str, ...], rest: str) -> None:
    assert without(q, *names) == rest


@pytest.mark.parametrize("at", ["x", "1", "5-", "-5-9", "1-2-3", "9" * 9 + "-1", "<b>"])
def test_a_wrong_place_in_an_article_is_told(client: TestClient, hostile: Store, at: str) -> None:
    article = next(iter(hostile.contacts().contacts)).accounts[0].article
    assert client.get(f"/article/{article}", params={"at": at}).status_code == 400
    assert client.get(f"/article/{article}?at=99999-99999999&at=5-2").status_code == 200


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2022-02-24", "2022-02-24"), "24 February 2022"),
        (("2022-02-01", "2022-02-28"), "February 2022"),
        (("2021-01-01", "2021-12-31"), "2021"),
        (("2022-02-21", "2022-02-22"), "21–22 February 2022"),
        (("2022-01-31", "2022-02-02"), "31 January – 2 February 2022"),
        (("2021-12-31", "2022-01-02"), "31 December 2021 – 2 January 2022"),
    ],
)
def test_a_period_in_words(days: tuple[str, str], said: str) -> None:
    assert words.period(days) == said
