"""The report: one file, all of it text, and it says what it leaves out."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from typer.testing import CliRunner

from rozmova.cli.app import app
from rozmova.errors import InputError
from rozmova.evaluation.synthetic import readings
from rozmova.merge import merge
from rozmova.store import Store, open_store
from rozmova.store.browse import Asked, Counts
from rozmova.store.filters import Filters, make_filters
from rozmova.web.report import Written, write_report
from web_pages import EVIL


def made(store: Store, filters: Filters | None = None, **more: Any) -> tuple[str, Written]:
    out = io.StringIO()
    done = write_report(store, out, filters or Filters(), **{"title": EVIL, "limit": 1000, **more})
    return out.getvalue(), done


def elements(html: str) -> list[Any]:
    return list(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html).iter())


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("report") / "many.db") as store:
        store.save_contacts(list(merge(readings(200, 3))), revision=0, tool="test")
        yield store


def test_hostile_text_stays_text_and_the_file_is_valid(hostile: Store) -> None:
    html, done = made(hostile)
    assert done == Written(total=2, contacts=2, undated=0)
    found = elements(html)
    tags = [e.tag for e in found]
    assert not {"script", "iframe", "object", "embed", "base", "link", "img", "form"} & set(tags)
    assert tags.count("style") == 1 and tags.count("h1") == 1
    for element in found:
        for name, value in element.attrib.items():
            assert not str(name).startswith("on") and name not in ("style", "src", "action"), (name, value)
            if name == "href":
                assert value.startswith("#"), value
    assert EVIL in next("".join(e.itertext()) for e in found if e.tag == "h1")


def test_every_anchor_of_the_file_is_there_once(hostile: Store) -> None:
    found = elements(made(hostile)[0])
    ids = [e.attrib["id"] for e in found if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert {e.attrib["href"].removeprefix("#") for e in found if "href" in e.attrib} <= set(ids)


def test_only_its_own_style_may_be_applied(hostile: Store) -> None:
    found = elements(made(hostile)[0])
    policy = next(e.attrib["content"] for e in found if e.attrib.get("http-equiv") == "Content-Security-Policy")
    style = next("".join(e.itertext()) for e in found if e.tag == "style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "@import" not in style and "url(" not in style


def test_every_contact_is_told_in_full(hostile: Store) -> None:
    html, _ = made(hostile)
    text = " ".join(" ".join("".join(e.itertext()).split()) for e in elements(html) if e.tag == "article")
    for contact in hostile.contacts().contacts:
        assert f'id="contact-{contact.id}"' in html
        for account in contact.accounts:
            for evidence in account.contact.evidence:
                assert " ".join(evidence.text.split()) in text
    marked = "".join("".join(e.itertext()) for e in elements(html) if e.tag == "mark")
    assert marked.count("numb") >= 3 and "<script>" in marked


def test_no_folder_of_this_machine_is_named(hostile: Store) -> None:
    assert "/in/" not in made(hostile)[0]


def test_a_limit_is_kept_and_told(many: Store) -> None:
    html, done = made(many, title="Some", limit=7)
    assert done.contacts == 7 < done.total
    assert len(re.findall(r'<article class="whole"', html)) == 7
    assert f"This file has 7 of them, the newest. {done.total - 7} more fit and are not here" in html
    first = [e.attrib["id"] for e in elements(html) if e.attrib.get("class") == "whole"]
    other = [
        e.attrib["id"]
        for e in elements(made(many, title="Some", limit=7, oldest_first=True)[0])
        if e.attrib.get("class") == "whole"
    ]
    assert not set(first) & set(other)
    whole, done = made(many, title="All")
    assert done.contacts == done.total and "are not here" not in whole


def test_filters_are_kept_and_told(many: Store) -> None:
    filters = make_filters((), "2004-02", "2004-03", ("phone",), ("held",))
    html, done = made(many, filters, title="Some")
    fitting = many.contacts(filters).contacts
    assert done.total == done.contacts == len(fitting) > 0
    assert all(f'id="contact-{c.id}"' in html for c in fitting)
    assert "since 1 February 2004, until 31 March 2004, phone, held" in re.sub("</?bdi>", "", html)
    nothing, done = made(many, make_filters(("Nobody At All",)), title="None")
    assert done.total == 0 and elements(nothing) and "<svg" not in nothing


def test_contacts_that_are_merged_anew_meanwhile_are_told(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Counts.found

    def with_two_more(counts: Counts, asked: Asked, **how: Any) -> tuple[list[str], int, int]:
        ids, total, undated = found(counts, asked, **how)
        return ["c:gone", *ids, "c:gone-too"], total + 2, undated

    monkeypatch.setattr(Counts, "found", with_two_more)
    html, done = made(many, title="Some")
    assert "2 contacts were merged anew while this file was written" in html
    assert done.contacts == done.total - 2


def test_it_is_written_piece_by_piece(many: Store) -> None:
    class Pieces(io.StringIO):
        most = 0

        def write(self, text: str) -> int:
            self.most = max(self.most, text.count('<article class="whole"'))
            return super().write(text)

    out = Pieces()
    write_report(many, out, Filters(), title="x", limit=1000)
    assert 0 < out.most <= 5 < out.getvalue().count('<article class="whole"')


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["report", *arguments])


def test_the_command_replaces_reports_and_nothing_else(many: Store, tmp_path: Path) -> None:
    db, file = str(many.path), tmp_path / "report.html"
    assert run("--db", db, "-o", str(file), "--limit", "2", "-q").exit_code == 0
    before = file.read_text(encoding="utf-8")
    assert run("--db", db, "-o", str(file), "--limit", "1", "-q").exit_code == 0
    assert file.read_text(encoding="utf-8") != before
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    refused = run("--db", db, "-o", str(mine))
    assert isinstance(refused.exception, InputError) and "is no report" in refused.exception.message
    assert mine.read_text() == "mine"
    assert run("--db", db, "-o", str(mine), "--force", "--limit", "1", "-q").exit_code == 0
    for wrong, words in (
        (tmp_path, "is not a file"),
        (many.path, "the store itself"),
        (tmp_path / "no/x", "no folder"),
    ):
        answer = run("--db", db, "-o", str(wrong), "--force")
        assert isinstance(answer.exception, InputError) and words in answer.exception.message
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.html", "report.html"]


def test_a_report_that_fails_leaves_the_one_before(
    many: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.html"
    assert run("--db", str(many.path), "-o", str(file), "--limit", "1", "-q").exit_code == 0
    before = file.read_bytes()

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rozmova.web.report.made_page", fails)
    answer = run("--db", str(many.path), "-o", str(file))
    assert answer.exception is not None and "No space left on device" in str(answer.exception)
    assert file.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_minus_writes_to_standard_output(many: Store) -> None:
    answer = run("--db", str(many.path), "-o", "-", "--limit", "1", "-q")
    assert answer.exit_code == 0 and answer.stdout.startswith("<!DOCTYPE html>") and answer.stdout.endswith("</html>\n")
