"""Every mark of a picture leads to a list of as many contacts as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from starlette.testclient import TestClient

from rozmova.evaluation.synthetic import readings
from rozmova.merge import merge
from rozmova.names.actors import load
from rozmova.store import open_store
from rozmova.web.app import make_app
from web_pages import BASE

QUESTIONS = ("", "channel=phone", "since=2004-02-10&until=2004-03", "status=held&channel=phone&channel=in_person")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_store(tmp_path_factory.mktemp("pictures") / "many.db") as store:
        store.save_contacts(list(merge(readings(300, 3))), revision=0, tool="test")
        yield TestClient(make_app(store, load()), base_url=BASE)


def marks(client: TestClient, address: str) -> list[tuple[str, str]]:
    """What each linked mark of the pictures says, and its address."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(client.get(address).text)
    found: list[tuple[str, str]] = []
    for svg in (e for e in tree.iter() if e.tag.endswith("svg") and "pic" in e.attrib.get("class", "")):
        links: list[Any] = [e for e in svg.iter() if e.tag.rpartition("}")[2] == "a"]
        found += [("".join(link[0].itertext()), link.attrib["href"]) for link in links]
    return list(dict.fromkeys(found))


def total(client: TestClient, address: str) -> int:
    path, _, question = address.partition("?")
    return int(client.get(f"{path}.json?{question}").json()["total"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_marks_say_how_many_their_lists_hold(many: TestClient, question: str) -> None:
    found = marks(many, f"/pictures?{question}")
    counted = [(says, int(n[1]), url) for says, url in found if (n := re.search(r": (\d+) contacts?$", says))]
    kinds = {"time": 0, "pair": 0, "place": 0}
    for says, number, url in counted[:: max(1, len(counted) // 60)]:
        here = total(many, url)
        if "pair=" in url or "place=" in url:
            assert here == number, (says, url)
            kinds["pair" if "pair=" in url else "place"] += 1
        else:
            assert here >= number and "since=" in url, (says, url)
            kinds["time"] += 1
        for name, value in re.findall(r"(status|channel)=(\w+)", question):
            assert f"{name}={value}" in url or name == "channel"
    assert kinds["time"] and kinds["pair"] and (kinds["place"] or question), kinds


def test_columns_stay_within_the_period_that_is_asked_for(many: TestClient) -> None:
    for _, url in marks(many, "/pictures?since=2004-02-10&until=2004-02-25"):
        since, until = re.search(r"since=([\d-]+)", url), re.search(r"until=([\d-]+)", url)
        assert since and until and since[1] >= "2004-02-10"[: len(since[1])] and until[1] <= "2004-02-25"


def test_a_table_stands_beside_every_picture(many: TestClient) -> None:
    html = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(many.get("/pictures").text)
    figures = [e for e in html.iter() if e.tag == "figure"]
    assert len(figures) == 4
    for figure in figures:
        assert any(e.tag == "table" for e in figure.iter())
        assert any(e.tag.endswith("svg") for e in figure.iter())


def test_csv_has_every_line_of_every_table_and_json_no_drawing(many: TestClient) -> None:
    lines = many.get("/pictures.csv?channel=phone").text.splitlines()
    model = many.get("/pictures.json?channel=phone").json()
    pairs = [line for line in lines if line.startswith("states,")]
    assert len(pairs) == len(model["sums"]["states"])
    assert (
        sum(day["number"] for day in model["sums"]["days"])
        == model["sums"]["total"]
        == total(many, "/timeline?channel=phone")
    )
    assert "<svg" not in many.get("/pictures.json").text


def test_the_timeline_and_its_pictures_lead_to_each_other(many: TestClient) -> None:
    question = "channel=phone&since=2004-02"
    assert many.get(f"/timeline.json?{question}").json()["pictures_url"] == f"/pictures?{question}"
    assert many.get(f"/pictures.json?{question}").json()["timeline_url"] == f"/timeline?{question}"


def test_the_style_of_pictures_is_served(many: TestClient) -> None:
    assert ".pic" in many.get("/static/pictures.css").text
    assert "--pic-ground: var(--paper)" in many.get("/static/figures.css").text
    assert "/static/pictures.css" not in many.get("/timeline").text
