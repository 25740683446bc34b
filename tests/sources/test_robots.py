"""robots.txt, by the examples of RFC 9309 and by what the standard library's parser gets wrong."""

from __future__ import annotations

import time

import pytest

from rozmova.sources.robots import ALL, NOTHING, Rules, read_robots


def allows(text: str, path: str) -> bool:
    return read_robots(text.encode()).allow(f"https://news.test{path}")


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /private", "/private/a", False),
        ("Disallow: /private", "/news", True),
        ("Disallow:", "/anything", True),
        ("Allow: /\nDisallow: /private", "/private/a", False),  # the longest rule, not the first
        ("Disallow: /\nAllow: /news", "/news/a", True),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Disallow: /*?print", "/news/a?print=1", False),
        ("Disallow: /*?print", "/news/a", True),
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x", True),
        ("Disallow: /a*b*b$", "/ab", True),
        ("Disallow: /a*b*b$", "/a-b-b", False),
        ("Disallow: /новини", "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/1", False),
        ("disallow : /x # not x", "/x", False),
        ("Disallow: /$", "/", False),
        ("Disallow: /$", "/a", True),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:
    assert allows(f"User-agent: *\n{rules}\n", path) is allowed


def test_the_group_that_names_us_goes_before_the_one_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Rozmova/2\nDisallow: /a\nCrawl-delay: 7\n"
    assert allows(text, "/b")
    assert not allows(text, "/a")
    assert read_robots(text.encode()).delay == 7
    assert not allows("User-agent: *\nDisallow: /\nUser-agent: rozmova-images\nAllow: /", "/b")
    assert not allows(
        "User-agent: rozmova\nDisallow: /a\nUser-agent: x\nAllow: /a\nUser-agent: rozmova\nDisallow: /b", "/b"
    )


@pytest.mark.parametrize(("wish", "delay"), [("10", 10), ("1e9", 120), ("-5", 0), ("soon", 0), ("nan", 0)])
def test_a_wish_for_distance_is_heard_within_reason(wish: str, delay: float) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {wish}".encode()).delay == delay


def test_what_is_no_robots_file_forbids_nothing() -> None:
    for data in (b"", b"<html>not found</html>", b"\xff\xfe\x00", b"Disallow: /before/any/agent"):
        assert read_robots(data) == Rules()
    assert ALL.allow("https://news.test/")
    assert not NOTHING.allow("https://news.test/")


def test_a_hostile_pattern_takes_no_time() -> None:
    text = "User-agent: *\n" + ("Disallow: /" + "*a" * 500 + "b$\n") * 500
    started = time.monotonic()
    assert allows(text, "/" + "a" * 1900)
    assert time.monotonic() - started < 2
