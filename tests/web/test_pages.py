from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

import rozmova
from rozmova.errors import StoreError
from rozmova.names.actors import load
from rozmova.store import Store
from rozmova.web import urls
from rozmova.web.app import make_app
from rozmova.web.marks import Mark, cut
from rozmova.web.pages.article import statement_anchors
from rozmova.web.pages.lists import measured
from rozmova.web.query import sides_of
from web_pages import BASE, EVIL, KINDS, addresses, hostile_reading


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, hostile: Store) -> str:
    return addresses(hostile)[request.param]


def elements(html: str) -> list[Any]:
    return list(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html).iter())


def scripts(found: list[Any]) -> list[tuple[str | None, str]]:
    """Address and words of every script."""
    return [(e.attrib.get("src"), "".join(e.itertext())) for e in found if e.tag == "script"]


SCRIPTS = [("/static/htmx-2.0.10.min.js", ""), ("/static/pages.js", "")]
"""The scripts of every page: files of the product, no words of a page."""


def test_hostile_text_stays_text_and_the_page_is_valid(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    found = elements(answer.text)  # raises where the HTML is not valid
    tags = [e.tag for e in found]
    assert scripts(found) == SCRIPTS
    assert not {"iframe", "style", "object", "base"} & set(tags)
    assert "img" not in tags
    for element in found:
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name != "style", (name, value)
            if name in ("href", "src", "action"):
                assert value.startswith(("/", "#")) and not value.startswith("//"), value
    ids = [e.attrib["id"] for e in found if "id" in e.attrib]
    assert len(ids) == len(set(ids)), "an identifier stands twice"
    assert tags.count("h1") == 1
    assert "49}}" not in answer.text and "&amp;49" not in answer.text


def test_every_link_of_a_page_leads_somewhere(client: TestClient, address: str) -> None:
    links = {e.attrib["href"] for e in elements(client.get(address).text) if "href" in e.attrib}
    for link in sorted(links):
        answer = client.get(link.partition("#")[0] or address)
        assert answer.status_code in (200, 307), link


def test_json_is_the_view_model_and_csv_its_table(client: TestClient, address: str) -> None:
    path, _, rest = address.partition("?")
    question = f"?{rest}" if rest else ""
    by_suffix = client.get(f"{path}.json{question}")
    by_name = client.get(f"{address}{'&' if rest else '?'}format=json")
    assert by_suffix.content == by_name.content
    model = json.loads(by_suffix.content)
    html = "".join("".join(e.itertext()) for e in elements(client.get(address).text) if e.tag == "title")
    assert model["title"] in html
    table = list(csv.reader(io.StringIO(client.get(f"{path}.csv{question}").text, newline="")))
    assert all(len(line) == len(table[0]) for line in table)


def test_html_shows_what_json_says(client: TestClient) -> None:
    model = client.get("/timeline.json").json()
    html = elements(client.get("/timeline").text)
    links = [e.attrib["href"] for e in html if e.tag == "a" and e.attrib.get("class") == "through"]
    assert links == [row["url"] for day in model["days"] for row in day["rows"]]
    table = list(csv.DictReader(io.StringIO(client.get("/timeline.csv").text, newline="")))
    assert [line["url"] for line in table] == links


def test_the_marks_of_an_article_leave_its_text_unchanged(client: TestClient, hostile: Store) -> None:
    address = addresses(hostile)["article"]
    text = hostile.text_of(address.rpartition("/")[2])
    shown = next(e for e in elements(client.get(address).text) if e.attrib.get("class") == "text")
    assert "".join(shown.itertext()) == text
    without = next(e for e in elements(client.get(f"{address}?marks=none").text) if e.attrib.get("class") == "text")
    assert "".join(without.itertext()) == text and len(list(without)) == 0


def test_evidence_on_the_page_of_a_contact_leads_to_its_mark(client: TestClient, hostile: Store) -> None:
    model = client.get(addresses(hostile)["contact"] + ".json").json()
    found = [e["url"] for field in model["fields"] for said in field["said"] for e in said["evidence"]]
    assert found
    for url in found:
        address, _, anchor = url.partition("#")
        assert f'id="{anchor}"' in client.get(address).text
    readouts = [s["url"] for side in model["sides"] for s in side["statements"]]
    assert readouts and all(f'id="{u.partition("#")[2]}"' in client.get(u.partition("#")[0]).text for u in readouts)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("", 2),
        ("channel=phone", 2),
        ("channel=letter", 0),
        ("status=planned", 1),
        ("party=Байден", 1),
        ("party=UKR", 1),
        ("state=UKR&state=USA", 1),
        ("state=UKR&state=POL", 0),
        ("pair=POL-USA", 1),
        ("pair=Q3874799-USA", 1),
        ("lang=uk", 2),
        ("lang=ru", 0),
        ("since=2022-01&until=2022-01-02", 1),
        ("since=2024", 0),
        ("disputed=any", 1),
        ("disputed=channel", 1),
        ("disputed=date", 0),
        ("disputed=any&status=planned", 0),
        ("topic=sanctions", 0),
        ("place=p", 1),
        ("place=nowhere", 0),
    ],
)
def test_filters(client: TestClient, question: str, number: int) -> None:
    model = client.get(f"/timeline.json?{question}").json()
    assert model["total"] == number
    assert sum(len(day["rows"]) for day in model["days"]) == number


def test_facets_count_what_their_links_lead_to(client: TestClient) -> None:
    for facet in client.get("/timeline.json").json()["facets"]:
        for value in facet["values"]:
            path, _, question = value["url"].partition("?")
            found = client.get(f"{path}.json?{question}").json()
            assert found["total"] == value["number"], value
            assert any(chip["name"] == facet["name"] for chip in found["chips"])
            back = next(chip["url"] for chip in found["chips"])
            assert back == "/timeline"


def test_the_form_keeps_the_other_filters(client: TestClient) -> None:
    html = elements(client.get("/timeline?state=UKR&party=Biden&channel=phone&order=oldest&page=2").text)
    kept = {(e.attrib["name"], e.attrib.get("value")) for e in html if e.tag == "input" and e.attrib.get("name")}
    assert {("state", "UKR"), ("party", "Biden"), ("channel", "phone"), ("order", "oldest")} <= kept
    assert not any(name == "page" for name, _ in kept)


@pytest.mark.parametrize(
    "address",
    [
        "/timeline?channel=smoke",
        "/timeline?since=tomorrow",
        "/timeline?page=0",
        "/timeline?page=9999999",
        "/timeline?state=ukr%22",
        "/timeline?pair=POL",
        "/timeline?disputed=everything",
        "/timeline?party=" + "a" * 201,
        "/timeline?" + "&".join(f"topic={n}" for n in range(11)),
        "/timeline?party=a%00b",
        "/timeline?format=xml",
        "/disputes?field=nothing",
        "/article/x?marks=all",
    ],
)
def test_what_cannot_be_asked_is_told(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text and "h1" in [e.tag for e in elements(answer.text)]


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere", "/contact/c:none", "/article/none", "/party/none", "/state/NONE", "/pair/UKR/none",
        "/office/UKR/none", "/static/none.css", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/docs",
        "/openapi.json", "/party/%3Cscript%3E",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert not address.startswith("/static") or "text/html" in answer.headers["content-type"]
    assert scripts(elements(answer.text)) == SCRIPTS
    assert str(Path(rozmova.__file__).parent) not in answer.text


def test_a_failing_database_is_no_missing_page(hostile: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(self: Store, *_: object) -> None:
        raise StoreError(f"{self.path}: database disk image is malformed", "rozmova doctor checks it")

    monkeypatch.setattr(Store, "_contacts", broken)
    client = TestClient(make_app(hostile, load()), base_url=BASE, raise_server_exceptions=False)
    answer = client.get("/contact/c:anything")
    assert answer.status_code == 500
    assert "doctor" in answer.text and str(hostile.path) not in answer.text


def test_statements_that_begin_together_keep_their_own_marks() -> None:
    said = hostile_reading()[1].statements[0]
    wider, later = replace(said, end=said.end + 9), replace(said, start=said.start + 1)
    assert statement_anchors((said, wider, later)) == ("p0", "p0-1", "p1")
    marks = [
        Mark(id=id, kind="statement", start=s.start, end=s.end, label="", rule="")
        for id, s in zip(statement_anchors((said, wider)), (said, wider), strict=True)
    ]
    pieces = cut("a" * 100, marks)
    assert [(len(p.text), p.kinds, p.begins) for p in pieces] == [
        (30, ("statement",), ("p0", "p0-1")), (9, ("statement",), ()), (61, (), ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sides", "url"),
    [
        (("USA", "UKR"), "/pair/UKR/USA"),
        (("x:emily-horne", "UKR"), "/pair/UKR/x:emily-horne"),
        (("x:a/b", "UKR"), "/pair?one=UKR&other=x%3Aa%2Fb"),
        (("x:a.json", "Q1"), "/pair?one=Q1&other=x%3Aa.json"),
        (("..", "Q1"), "/pair?one=..&other=Q1"),
    ],
)
def test_every_pair_has_an_address(client: TestClient, sides: tuple[str, str], url: str) -> None:
    assert urls.pair(*sides) == url


def test_a_pair_with_a_slash_leads_to_its_contacts(client: TestClient) -> None:
    page = client.get(urls.pair("UKR", f"x:{EVIL}").replace("?", ".json?")).json()
    assert page["total"] == 1 and page["sides"][1]["label"] == EVIL
    assert client.get(page["all_url"].replace("?", ".json?")).json()["total"] == 1
    assert client.get("/pair?one=UKR").status_code == 404


@pytest.mark.parametrize(
    ("pair", "sides"),
    [
        ("POL-UKR", ["POL", "UKR"]),
        ("UKR-x:emily-horne", ["UKR", "x:emily-horne"]),
        ("x:emily-horne-UKR", ["x:emily-horne", "UKR"]),
        ("Q123-x:a-b", ["Q123", "x:a-b"]),
        ("x:a-b-x:c-d", ["x:a-b", "x:c-d"]),
        ("odd-one-out", ["odd", "one-out"]),
    ],
)
def test_a_pair_is_parted_where_its_sides_meet(pair: str, sides: list[str]) -> None:
    assert sides_of(pair) == sides


def test_templates_write_no_address_by_hand() -> None:
    folder = Path(rozmova.__file__).parent / "web/templates"
    for template in folder.iterdir():
        assert not re.search(r"""(?:href|src|action)=["']/""", template.read_text(encoding="utf-8")), template


def test_the_beginning_of_an_identifier_leads_to_the_contact(client: TestClient, hostile: Store) -> None:
    whole = addresses(hostile)["contact"]
    answer = client.get(whole[:-3])
    assert answer.status_code == 307 and answer.headers["location"] == whole


def test_a_spreadsheet_runs_nothing() -> None:
    from rozmova.web.render import as_csv

    class Page:
        title = "t"

        def table(self) -> Any:
            return ("a",), (("=cmd|' /C calc'!A0",), ("@x",), (-1,), ("plain",))

    assert as_csv(Page()).splitlines() == ["a", "'=cmd|' /C calc'!A0", "'@x", "-1", "plain"]


def test_error_rates_are_those_of_the_readme() -> None:
    readme = (Path(rozmova.__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    scores = readme.partition("<!-- scores -->")[2].partition("<!-- /scores -->")[0]
    sealed = scores.partition("| exam, sealed |")[2].splitlines()[1:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in sealed]
    by_lang = {line[1]: line[2:5] for line in cells if len(line) > 5}
    for lang, articles, *numbers in measured():
        assert articles == "exam, sealed"
        assert by_lang[lang] == numbers
