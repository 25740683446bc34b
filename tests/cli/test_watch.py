"""``rozmova watch`` as a user meets it, over servers on 127.0.0.1, with a stand-in for what reads pages."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

from handmade import Ran, SimplePipeline
from rozmova.cli import watch as command
from rozmova.errors import InputError, Skipped
from rozmova.records import Article
from rozmova.sources.polite import Clock, Guest
from rozmova.sources.watch_state import HostState
from webserver import Asked, Reply, Site, local, site

Run = Callable[..., Ran]
HTML = {"Content-Type": "text/html"}


class NoTime(Clock):
    """Waits without waiting; ``at_pause`` is what happens in the pause between two rounds."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0
        self.at_pause: Callable[[], None] = lambda: None

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        if seconds >= 60:
            self.at_pause()


def read_page(
    path: str, content: bytes, *, declared: str | None = None, url: str | None = None, retrieved: str | None = None
) -> Article | Skipped:
    if b"advert" in content:
        return Skipped(path, "has no text of an article in it", "")
    assert retrieved
    text = content.decode(declared or "utf-8")
    digest = sha256(text.encode()).hexdigest()
    return Article(id=digest[:16], path=path, text=text, sha256=digest, url=url)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, pipeline: SimplePipeline) -> NoTime:
    made = NoTime()
    pages = ModuleType("rozmova.sources.html")
    pages.read_page = read_page  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rozmova.sources.html", pages)

    def guest(hosts: dict[str, HostState], contact: str | None) -> Guest:
        return Guest(hosts, policy=local(), clock=made)

    monkeypatch.setattr(command, "make_guest", guest)
    return made


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as made:
        made.pages |= {
            "/rss": Reply(feed("/a", "/b", "/advert")),
            "/a": Reply(b"call 2022-01-02 Zelenskyy Biden\n", headers=HTML),
            "/b": Reply(b"call 2022-01-03 Zelenskyy Poland\n", headers=HTML),
            "/advert": Reply(b"advert", headers=HTML),
        }
        yield made


def feed(*links: str) -> bytes:
    date = "Mon, 03 Jan 2022 23:30:00 -0500"
    items = "".join(
        f"<item><title>T {link}</title><link>{link}</link><pubDate>{date}</pubDate></item>" for link in links
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def test_new_articles_of_a_feed_come_into_the_store(
    rozmova_command: Run, clock: NoTime, web: Site, pipeline: SimplePipeline
) -> None:
    ran = rozmova_command("watch", web.url("/rss"), "--db", "news.db", "--once")
    assert ran.code == 3, "a page without an article was skipped"
    assert ran.out == ""
    assert "has no text of an article" in ran.err
    assert "1 contact: T /a" in ran.err
    assert "1 feed (0 unchanged), 3 pages fetched, 2 new articles; stored in news.db" in ran.err
    dates = {article.url: article.published for article in pipeline.asked}
    assert dates == {web.url("/a"): "2022-01-03T23:30:00-05:00", web.url("/b"): "2022-01-03T23:30:00-05:00"}
    shown = rozmova_command("timeline", "--db", "news.db", "--format", "jsonl").out
    assert [json.loads(line)["date"] for line in shown.splitlines()] == ["2022-01-02", "2022-01-03"]
    assert json.loads(Path("news.db.watch.json").read_text())["waiting"] == {}


def test_a_second_run_finds_nothing_new(
    rozmova_command: Run, clock: NoTime, web: Site, pipeline: SimplePipeline
) -> None:
    rozmova_command("watch", web.url("/rss"))
    asked = len(pipeline.asked)
    ran = rozmova_command("watch", web.url("/rss"))
    assert (ran.code, len(pipeline.asked)) == (0, asked)
    assert "0 pages fetched, 0 new articles" in ran.err
    assert rozmova_command("watch", web.url("/rss"), "--quiet").err == ""


def test_bad_feeds_are_named_and_the_exit_code_says_whether_anything_was_done(
    rozmova_command: Run, clock: NoTime, web: Site
) -> None:
    web.pages["/rss"] = Reply(feed("/a"))
    both = rozmova_command("watch", web.url("/missing"), web.url("/rss"))
    assert both.code == 3
    assert f"skipped: {web.url('/missing')}: the host answers 404" in both.err
    assert "1 new article;" in both.err
    assert rozmova_command("watch", "missing.opml", "--db", "other.db").code == 1


def test_going_on_until_it_is_stopped(rozmova_command: Run, clock: NoTime, web: Site) -> None:
    web.pages["/rss"] = Reply(feed("/a"))
    pauses: list[float] = []

    def pause() -> None:
        pauses.append(clock.time)
        web.pages["/rss"] = Reply(feed("/a", "/b"))
        if len(pauses) == 3:
            raise KeyboardInterrupt

    clock.at_pause = pause
    ran = rozmova_command("watch", web.url("/rss"), "--every", "15m")
    assert ran.code == 0
    assert [f"{number} new article" in line for number, line in zip((1, 1, 0), summaries(ran), strict=True)] == [
        True
    ] * 3
    assert all(later - earlier >= 900 for earlier, later in itertools.pairwise(pauses))
    assert "stopped" in ran.err


def test_what_services_are_stopped_with_stops_cleanly_and_the_next_run_goes_on(
    rozmova_command: Run, clock: NoTime, web: Site
) -> None:
    def stop(asked: Asked) -> Reply:
        os.kill(os.getpid(), signal.SIGTERM)
        return Reply(b"call 2022-01-03 Zelenskyy Poland\n", headers=HTML)

    web.pages |= {"/rss": Reply(feed("/a", "/b")), "/b": stop}
    before = signal.getsignal(signal.SIGTERM)
    ran = rozmova_command("watch", web.url("/rss"))
    assert ran.code == 3
    assert "1 new article, 1 left for the next run" in ran.err
    assert "stopped; the next run goes on from here" in ran.err
    assert signal.getsignal(signal.SIGTERM) is before
    assert len(rozmova_command("timeline").out.splitlines()) == 1
    web.pages["/b"] = Reply(b"call 2022-01-03 Zelenskyy Poland\n", headers=HTML)
    again = rozmova_command("watch", web.url("/rss"))
    assert (again.code, "1 page fetched, 1 new article" in again.err) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("watch",),
        ("watch", "feed", "--every", "soon"),
        ("watch", "feed", "--every", "5s"),
        ("watch", "feed", "--once", "--every", "15m"),
    ],
)
def test_a_wrong_call(rozmova_command: Run, clock: NoTime, arguments: tuple[str, ...]) -> None:
    ran = rozmova_command(*arguments)
    assert ran.code == 2
    assert not Path("rozmova.db").exists()


def test_a_state_that_is_something_else_is_left_as_it_is(rozmova_command: Run, clock: NoTime) -> None:
    Path("rozmova.db.watch.json").write_text("my notes")
    assert rozmova_command("watch", "feed").code == 2
    assert Path("rozmova.db.watch.json").read_text() == "my notes"


def test_two_watches_into_one_store_exclude_each_other(rozmova_command: Run, clock: NoTime, web: Site) -> None:
    seen: list[Ran] = []

    def second(asked: Asked) -> Reply:
        Path("other.db").unlink(missing_ok=True)
        Path("other.db").symlink_to("news.db")
        for db in ("news.db", "other.db"):
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
            command = [sys.executable, "-m", "rozmova", "watch", "missing.opml", "--db", db]
            ran = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
            seen.append(Ran(ran.returncode, ran.stdout, ran.stderr))
        return Reply(feed("/a"))

    web.pages["/rss"] = second
    assert rozmova_command("watch", web.url("/rss"), "--db", "news.db").code == 0
    assert [ran.code for ran in seen] == [1, 1]
    for ran, db in zip(seen, ("news.db", "other.db"), strict=True):
        assert f"error: watching into {db} is done by another process (process {os.getpid()})" in ran.err
        assert "stop that one first" in ran.err
    assert rozmova_command("watch", web.url("/rss"), "--db", "other.db").code == 0


def test_lengths_of_time() -> None:
    assert [command.seconds(text) for text in ("90s", "15m", " 2h ", "1d")] == [90, 900, 7200, 86_400]


def test_hosts_see_whom_to_write_to() -> None:
    assert command.make_guest({}, "desk@news.test").agent.endswith("; desk@news.test)")
    assert command.make_guest({}, None).agent.startswith("rozmova/")
    for bad in ("a\r\nHost: evil", "ü@news.test", "(x)", ""):
        with pytest.raises(InputError):
            command.make_guest({}, bad)


@pytest.mark.parametrize(
    ("page", "entry", "published"),
    [
        (None, None, None),
        (None, "2022-01-03T10:15:00Z", "2022-01-03T10:15:00Z"),
        ("2022-01-03", "2022-01-03T10:15:00Z", "2022-01-03T10:15:00Z"),
        ("2022-01-02", "2022-01-03T10:15:00Z", "2022-01-02"),
        ("2022-01-02", None, "2022-01-02"),
    ],
)
def test_the_date_of_the_page_goes_before_that_of_the_feed(
    page: str | None, entry: str | None, published: str | None
) -> None:
    assert command._published(page, entry) == published


def summaries(ran: Ran) -> list[str]:
    return [line for line in ran.err.splitlines() if "stored in" in line]
