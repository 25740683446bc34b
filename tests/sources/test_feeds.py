"""Feeds and lists of feeds: what real ones look like, what careless ones look like, and what attacks look like."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozmova.sources.feeds import MAX_ENTRIES, Entry, Feed, FeedList, read
from rozmova.sources.safe_xml import BadXml

URL = "https://news.test/rss/all.xml"

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Вісті</title><link>https://news.test/</link>
<item><title>Розмова  двох
 президентів</title>
<link>https://news.test/a?x=1&amp;y=2#top</link><pubDate>Mon, 03 Jan 2022 10:15:00 +0200</pubDate></item>
<item><title><![CDATA[Зустріч & переговори]]></title><link>/b</link><dc:date>2022-01-04</dc:date></item>
<item><title>Без сторінки</title><description>нотатка</description></item>
<item><guid isPermaLink="true">https://news.test/c</guid></item>
<item><link>https://news.test/b</link><title>Ще раз</title></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.test/x/"><title>Wie\xc5\x9bci</title>
<entry><title type="html">Rozmowa &lt;b>dw\xc3\xb3ch&lt;/b></title><link rel="self" href="https://news.test/self"/>
<link rel="alternate" href="../y"/><published>2022-01-03T10:15:00+02:00</published>
<updated>2022-02-01T00:00:00Z</updated></entry>
<entry><link href="z"/><updated>2022-02-01T00:00:00Z</updated></entry></feed>"""


def feed_of(data: bytes, content_type: str | None = None) -> Feed:
    found = read(data, url=URL, content_type=content_type)
    assert isinstance(found, Feed)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-u", "utf-16"])
def test_an_rss_feed(encoding: str) -> None:
    feed = feed_of(RSS.format(encoding=encoding).encode(encoding))
    assert feed.title == "Вісті"
    assert feed.entries == (
        Entry(
            url="https://news.test/a?x=1&y=2", title="Розмова двох президентів", published="2022-01-03T10:15:00+02:00"
        ),
        Entry(url="https://news.test/b", title="Зустріч & переговори", published="2022-01-04"),
        Entry(url="https://news.test/c", title=None),
    )
    assert feed.skipped == ()


def test_an_atom_feed_and_its_last_change_is_no_date_of_publication() -> None:
    feed = feed_of(ATOM)
    assert feed.title == "Wieści"
    assert [(entry.url, entry.published) for entry in feed.entries] == [
        ("https://news.test/y", "2022-01-03T10:15:00+02:00"),
        ("https://news.test/x/z", None),
    ]


def test_rss_of_the_first_kinds() -> None:
    old = b"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
    <rss version="0.91"><channel><item><link>https://news.test/a</link></item></channel></rss>"""
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x"><title>t</title><link>https://news.test/a</link>
    <dc:date>2022-01-03T10:15:00+02:00</dc:date></item></rdf:RDF>"""
    assert [entry.url for entry in feed_of(old).entries] == ["https://news.test/a"]
    assert feed_of(rdf).entries == (Entry(url="https://news.test/a", title="t", published="2022-01-03T10:15:00+02:00"),)


def test_what_the_server_declares_holds_where_the_feed_says_nothing() -> None:
    data = RSS.replace(' encoding="{encoding}"', "").encode("windows-1251")
    assert feed_of(data, "application/rss+xml; charset=windows-1251").title == "Вісті"


def test_careless_feeds_are_repaired_outside_cdata_only() -> None:
    feed = feed_of(
        "<rss><channel><title>Новини&nbsp;&mdash; A & B &unknown;</title><item><title>\x0bтак</title>"
        "<link><![CDATA[https://news.test/?a=1&b=2]]></link></item></channel></rss>".encode()
    )
    assert feed.title == "Новини — A & B &unknown;"
    assert feed.entries == (Entry(url="https://news.test/?a=1&b=2", title="так"),)


def test_entries_that_lead_elsewhere_are_named() -> None:
    links = ["file:///etc/passwd", "javascript:alert(1)", "https://u:p@news.test/", "https://news.test/good"]
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    feed = feed_of(f"<rss><channel>{items}</channel></rss>".encode())
    assert [entry.url for entry in feed.entries] == ["https://news.test/good"]
    assert len(feed.skipped) == 3
    assert all(one.path == URL for one in feed.skipped)


def test_a_title_does_not_steer_the_terminal() -> None:
    title = "a\x9b2Jb&amp;#27;[31m &#x202e;c"
    feed = feed_of(f"<rss><channel><title>{title}</title></channel></rss>".encode())
    assert feed.title
    assert feed.title.isprintable()


def test_a_list_of_feeds_with_folders_in_folders() -> None:
    data = b"""<?xml version="1.0"?><opml version="2.0"><head><title>mine</title></head><body>
    <outline text="PL"><outline text="deeper"><outline type="rss" text="a" xmlUrl="https://a.test/rss"/></outline>
    <outline xmlurl="feed://b.test/rss" text="b"/></outline><outline text="again" xmlUrl="https://a.test/rss"/>
    <outline xmlUrl="feed:https://c.test/rss"/><outline xmlUrl="file:///etc/passwd"/><outline text="empty" xmlUrl=""/>
    </body></opml>"""
    found = read(data, url="feeds.opml")
    assert isinstance(found, FeedList)
    assert found.feeds == ("https://a.test/rss", "https://b.test/rss", "https://c.test/rss")
    assert [one.path for one in found.skipped] == ["feeds.opml"]


@pytest.mark.parametrize(
    "page",
    [b"<!DOCTYPE html><html><p>rss feed</p></html>", b"", b"plain text", b"\xff\xfe\x00", b"{}", b"<?<?" * 1000],
)
def test_what_is_no_feed_is_no_feed(page: bytes) -> None:
    assert read(page, url=URL) is None


LAUGHS = b"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""
ITEM = b"<channel><item><title>%s</title><link>https://news.test/a</link></item></channel></rss>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LAUGHS + b"<rss>" + ITEM % b"&c;", "entities of its own"),
        (LAUGHS.decode().encode("utf-16"), "entities of its own"),
        (b'<?xml version="1.0"?>' + LAUGHS + b"<rss>" + ITEM % b"&c; &nbsp; &", "entities of its own"),
        (b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>' + ITEM % b"&x;", "entities of its own"),
        (b'<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]><rss>' + ITEM % b"", "entities of its own"),
        (b"<!DOCTYPE rss [<!ELEMENT rss ANY>]><rss>" + ITEM % b"", "entities of its own"),
        (
            b'<!DOCTYPE rss SYSTEM "http://a"><!DOCTYPE rss [<!ENTITY x "y">]><rss>' + ITEM % b"&x;",
            "entities of its own",
        ),
        (b"<rss>" + b"<a>" * 101 + b"</a>" * 101 + b"</rss>", "100 deep"),
        (b"<rss>" + b"<a>" * 1_000_000, "100 deep"),
        (b"<rss>" + b"<a/>" * 50_001 + b"</rss>", "more than 50000 elements"),
        (b"<rss " + b" ".join(b'a%d="x"' % n for n in range(100_000)) + b"/>", "more than 100 attributes"),
        (b"<rss><channel>", r"not well-formed XML: .* \(line 1"),
        (b"<rss><channel></rss>", "mismatched tag"),
        (b'<?xml version="1.0" encoding="utf-8"?><rss>\xff</rss>', "is not text in utf-8"),
        (b'<?xml version="1.0" encoding="unicode_escape"?><rss>\\u0041\xff</rss>', "is not text in unicode_escape"),
        (b"<opml>" + b"<outline>" * 200, "100 deep"),
    ],
)
def test_attacks_and_broken_ones_are_refused(data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    started = time.process_time()
    with pytest.raises(BadXml, match=reason):
        read(data, url=URL)
    assert time.process_time() - started < 3


def test_a_feed_is_never_taken_for_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """feedparser opens a file or an address of the name that it is given."""
    monkeypatch.chdir(tmp_path)
    opened: list[object] = []
    feed_of(ATOM)  # the libraries are loaded
    monkeypatch.setattr("builtins.open", lambda *path, **more: opened.append(path))
    feed_of(ATOM)
    assert opened == []


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel>" + b"<item><link>https://news.test/a</link></item>" * 20_000 + b"</channel></rss>",
        b"<rss><channel><title>" + b"&amp;&lt;" * 400_000 + b"</title></channel></rss>",
        b"<rss><channel><title>" + b"<![CDATA[" * 400_000 + b"]]></title></channel></rss>",
        b"<rss><channel><title>" + b"& " * 300_000 + b"</title></channel></rss>",
        b"<rss><channel><item><pubDate>"
        + b"1 " * 100_000
        + b"</pubDate><link>https://news.test/a</link></item></channel></rss>",
        b"<?x ?>" * 300_000 + b"<rss/>",
        b"<!" * 1_000_000,
    ],
)
def test_no_feed_takes_long(data: bytes) -> None:
    started = time.process_time()
    found = read(data, url=URL)
    assert time.process_time() - started < 10
    assert not isinstance(found, Feed) or len(found.entries) <= MAX_ENTRIES


def test_whatever_a_feed_makes_its_parser_do_it_is_one_bad_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in (b"http://[", b"//[::1", b"http://news.test:port/", b"\xd0" * 3):
        item = b"<item><link>" + broken + b"</link></item><item><link>https://news.test/a</link></item>"
        with contextlib.suppress(BadXml):
            assert feed_of(b"<rss xml:base='http://['><channel>" + item + b"</channel></rss>").entries

    def fail(*given: object, **more: object) -> None:
        raise RecursionError

    monkeypatch.setattr("feedparser.parse", fail)
    with pytest.raises(BadXml, match="cannot be read as a feed: RecursionError"):
        read(ATOM, url=URL)


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=150, deadline=None)
def test_a_damaged_feed_is_read_or_refused(junk: bytes, start: int, end: int) -> None:
    """Nothing else comes out, whatever bytes are put wherever."""
    for whole in (ATOM, RSS.format(encoding="utf-8").encode()):
        try:
            found = read(whole[:start] + junk + whole[end:], url=URL)
        except BadXml as error:
            assert error.message
        else:
            assert found is None or isinstance(found, Feed | FeedList)
