"""Saved pages of many layouts give title, text and date; what surrounds the article stays out, what is hostile too."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from rozmova.errors import Skipped
from rozmova.records import Article
from rozmova.sources import html, limits
from rozmova.sources.html import read_page
from rozmova.sources.limits import LimitError, time_limit
from rozmova.sources.read import read_source

PAGES = Path(__file__).parent / "pages"
EXPECTED: list[dict[str, Any]] = yaml.safe_load((PAGES / "expected.yaml").read_text("utf-8"))
BODY = (
    "<p>The ministers of the two countries spoke by telephone on Monday about the new bridge and the old road.</p>" * 3
)


def test_every_page_is_in_the_table() -> None:
    assert len(EXPECTED) == 20
    assert {row["page"] for row in EXPECTED} == {path.stem for path in PAGES.glob("*.html")}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["page"])
def test_a_page_gives_title_text_and_date(row: dict[str, Any]) -> None:
    article = next(iter(read_source(PAGES / f"{row['page']}.html")))
    assert isinstance(article, Article)
    assert article.title == row["title"]
    assert article.published == (str(row["published"]) if row["published"] else None)
    assert article.text.startswith(f"{row['title']}\n\n")
    assert article.text.count(row["title"]) == 1
    assert [words for words in row["has"] if words not in article.text] == []
    assert [words for words in row["hasnt"] if words in article.text] == []
    assert article.encoding == row.get("encoding", "utf-8")
    for name in ("author", "outlet", "url"):
        if name in row:
            assert getattr(article, name) == row[name]


LONG = " He waves and says that the talks about the bridge and the road will go on until the evening."


def page(head: str = "", body: str = BODY) -> Article | Skipped:
    return read_page("p.html", f"<html><head><title>A bridge</title>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize("mark", ["class='post'", "class='entry'", "itemprop='articleBody'", ""])
def test_all_posts_of_a_live_blog_are_read_with_their_headings(mark: str) -> None:
    posts = "".join(
        f"<section {mark}><h2>{hour}.00 News</h2><p>The minister of the {word} state arrives.{LONG}</p></section>"
        for hour, word in ((11, "third"), (10, "second"), (9, "first"))
    )
    article = page(body=f"<main><article><h1>A bridge</h1>{posts}</article><p>App</p></main>")
    assert isinstance(article, Article)
    lines = article.text.splitlines()[2:]
    assert [line.split()[0] for line in lines] == ["11.00", "The", "10.00", "The", "9.00", "The"]


def test_an_article_in_a_single_post_is_still_told_from_what_surrounds_it() -> None:
    article = page(body=f"<article><div class='text'>Our app is new</div><div class='post'>{BODY}</div></article>")
    assert isinstance(article, Article)
    assert "app" not in article.text


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//", "http://user:word@host.example/"]
)
def test_an_address_one_must_not_follow_is_left_out(href: str) -> None:
    article = page(f'<link rel="canonical" href="{href}"><meta property="og:url" content="{href}">')
    assert isinstance(article, Article)
    assert article.url is None


@pytest.mark.parametrize(
    "line",
    [
        "<p>The leaders will meet again on 5 May 2022.</p>" + "<p>Between 3 May 2022 and 9 May 2022.</p>",
        "<p>31 February 2022</p>",
        "<p>On 5 May 2022 the leaders of the two states will come together in the old town hall.</p>",
        "<footer>Printed on 5 May 2022</footer>",
    ],
    ids=["two dates", "no such day", "a sentence", "footer"],
)
def test_a_date_that_may_be_another_is_not_taken(line: str) -> None:
    article = page(body=f"<h1>A bridge</h1>{line}{BODY}")
    assert isinstance(article, Article)
    assert article.published is None


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ('lang="uk"', "", "uk"),
        ('lang="pl-PL"', '<meta property="og:locale" content="en_GB">', "pl"),
        ('xml:lang="pl"', "", "pl"),
        ("", '<meta property="og:locale" content="ru_RU">', "ru"),
        ("", '<meta http-equiv="Content-Language" content="en">', "en"),
        ("", '<meta http-equiv="Content-Language" content="en, uk">', None),
        ('lang="UA"', "", "uk"),
        ('lang=""', "", None),
        ('lang="polski"', "", None),
        ('lang="<b>"', "<body lang='pl'>", None),
        ("", "", None),
    ],
)
def test_the_language_a_page_says_it_is_in(html: str, head: str, language: str | None) -> None:
    article = read_page(
        "p.html", f"<html {html}><head><title>A</title>{head}</head><body>{BODY}</body></html>".encode()
    )
    assert isinstance(article, Article)
    assert article.language == language


def test_a_page_without_an_article_is_refused() -> None:
    for body in ("", "<a href='/'>Home</a>"):
        found = page(body=body)
        assert isinstance(found, Skipped)
        assert "no text of an article" in found.reason


def refused(content: bytes) -> Skipped:
    start = time.monotonic()
    found = read_page("p.html", content)
    assert time.monotonic() - start < 10
    assert isinstance(found, Skipped)
    assert found.hint
    return found


def test_deep_nesting_is_refused() -> None:
    assert "nested deeper" in refused(b"<html><body>" + b"<div>" * 100_000 + BODY.encode()).reason


def test_many_elements_are_refused() -> None:
    assert "elements" in refused(b"<html><body>" + b"<br>" * (limits.MAX_HTML_ELEMENTS + 1) + BODY.encode()).reason


def test_a_tag_of_many_attributes_is_refused_before_it_is_parsed() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    assert "a tag with" in refused(f"<html><body><p {attributes}>{BODY}".encode()).reason


def test_a_large_page_is_refused() -> None:
    assert "10.00 MB" in refused(b"<p>" + b"word " * (limits.MAX_HTML_BYTES // 5)).reason


def test_the_text_of_a_page_has_the_limit_of_a_text() -> None:
    text = "The ministers spoke of the bridge. " * (limits.MAX_FILE_BYTES // 30)
    assert "the limit is 1 MB" in refused(f"<html><body><p>{text}</p></body></html>".encode()).reason


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object) -> None:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(html, "MAX_PAGE_SECONDS", 0.1)
    monkeypatch.setattr(html, "_extract", hang)
    assert "0.1 seconds" in refused(f"<p>{BODY}".encode()).reason
    with pytest.raises(LimitError), time_limit(0.05):
        hang()


def test_who_goes_on_after_errors_is_stopped_too() -> None:
    with pytest.raises(LimitError), time_limit(0.05):
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                continue


@pytest.mark.parametrize("start", ["<script>", "<!-- >", "<style>", "<a"])
@pytest.mark.parametrize("codec", ["utf-8", "cp1251"])
def test_what_is_never_closed_takes_no_time(start: str, codec: str) -> None:
    content = f"<html><body><p>Розмова про міст, їхня й ґрунтовна.</p>{start * 300_000}</body></html>".encode(codec)
    started = time.monotonic()
    found = read_page("p.html", content)
    assert isinstance(found, Skipped) or found.text == "Розмова про міст, їхня й ґрунтовна."
    assert time.monotonic() - started < 10


def test_a_page_of_as_many_paragraphs_as_allowed_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_PAGE_SECONDS", 1.0)
    assert "1 seconds" in refused(b"<html><body>" + b"<p>word word word word" * 90_000).reason


def test_entities_and_outer_files_are_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret of the machine")
    content = f"""<?xml version="1.0"?><!DOCTYPE html [
    <!ENTITY x SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY a "aaaaaaaaaa">
    <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html><body><h1>A bridge</h1>
    <p>&x; &b;</p>{BODY}</body></html>"""
    article = read_page("p.xhtml", content.encode())
    assert isinstance(article, Article)
    assert "secret of" not in article.text
    assert "aaaa" not in article.text
