"""Watching feeds: each page once, nothing lost by a stop, hosts asked as a guest asks. Servers are on 127.0.0.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest

from rozmova.errors import InputError
from rozmova.sources.addresses import Refused
from rozmova.sources.polite import Clock, Guest, NotNow
from rozmova.sources.watch import Found, Watch
from rozmova.sources.watch_state import HostState, State, load, save
from webserver import Asked, Reply, Site, local, raw_server, site

HTML = {"Content-Type": "text/html; charset=windows-1251"}
XML = {"Content-Type": "application/rss+xml"}


class FakeClock(Clock):
    def __init__(self) -> None:
        self.time = 1_700_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as made:
        yield made


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>T {link}</title><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


@pytest.fixture
def start(tmp_path: Path, clock: FakeClock) -> Callable[..., Watch]:
    """A watch as a new process would begin it: with what lies in the file."""

    def make(*sources: str) -> Watch:
        path = tmp_path / "state.json"
        state = load(path)
        policy = local(lambda host: [host] if host[0].isdigit() else ["127.0.0.1"])
        return Watch(sources, path, state, Guest(state.hosts, policy=policy, clock=clock))

    return make


def urls(found: Iterator[Found]) -> list[str]:
    return [one.url.rsplit("/", 1)[1] for one in found]


def test_each_page_comes_once_with_all_that_the_feed_says(web: Site, start: Callable[..., Watch]) -> None:
    web.pages["/rss"] = Reply(rss("/a", "/b", "/a#again"), headers={**XML, "ETag": '"1"'})
    web.pages["/a"] = Reply("Пес".encode("windows-1251"), headers=HTML)
    web.pages["/b"] = Reply(b"<p>b", headers=HTML)
    first = start(web.url("/rss"))
    a, _ = first.round()
    assert (a.url, a.data.decode(a.declared or ""), a.entry.title) == (web.url("/a"), "Пес", "T /a")
    assert (first.report.feeds, first.report.pages, first.report.later, first.report.skipped) == (1, 2, 0, [])
    web.pages["/rss"] = Reply(rss("/c", "/a", "/b"), headers=XML)
    web.pages["/c"] = Reply(b"<p>c", headers=HTML)
    assert urls(start(web.url("/rss")).round()) == ["c"]
    assert web.paths() == ["/rss", "/a", "/b", "/rss", "/c"]


def test_a_feed_that_did_not_change_is_not_sent_again(web: Site, start: Callable[..., Watch]) -> None:
    def feed(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"1"' and asked.headers.get("if-modified-since") == "yesterday":
            return Reply(status=304)
        return Reply(rss("/a"), headers={**XML, "ETag": '"1"', "Last-Modified": "yesterday"})

    web.pages |= {"/rss": feed, "/a": Reply(b"<p>a", headers=HTML)}
    assert urls(start(web.url("/rss")).round()) == ["a"]
    again = start(web.url("/rss"))
    assert urls(again.round()) == []
    assert (again.report.feeds, again.report.unchanged) == (1, 1)


def test_a_stopped_run_goes_on_although_the_feed_is_unchanged(web: Site, start: Callable[..., Watch]) -> None:
    """The page at hand when it stopped comes again; the feed need not be sent again for those that waited."""
    web.pages["/rss"] = lambda asked: (
        Reply(status=304)
        if "if-none-match" in asked.headers
        else Reply(rss("/a", "/b", "/c"), headers={**XML, "ETag": "x"})
    )
    web.pages |= {f"/{name}": Reply(b"<p>", headers=HTML) for name in "abc"}
    pages = start(web.url("/rss")).round()
    assert [next(pages).url, next(pages).url] == [web.url("/a"), web.url("/b")]
    pages.close()
    assert urls(start(web.url("/rss")).round()) == ["b", "c"]
    assert urls(start(web.url("/rss")).round()) == []


def test_an_error_of_who_takes_the_page_loses_nothing(web: Site, start: Callable[..., Watch]) -> None:
    web.pages |= {"/rss": Reply(rss("/a"), headers=XML), "/a": Reply(b"<p>", headers=HTML)}
    pages = start(web.url("/rss")).round()
    next(pages)
    with pytest.raises(RuntimeError):
        pages.throw(RuntimeError("the disk is full"))
    assert urls(start(web.url("/rss")).round()) == ["a"]


def test_bad_feeds_are_named_and_the_rest_goes_on(web: Site, start: Callable[..., Watch], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("my notes")
    (tmp_path / "bomb.opml").write_text('<!DOCTYPE opml [<!ENTITY a "b">]><opml>&a;</opml>')
    web.pages |= {
        "/good": Reply(rss("/a", "/gone", "/pdf", "file:///etc/passwd"), headers=XML),
        "/broken": Reply(b"<rss><channel>", headers=XML),
        "/bomb": Reply(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', headers=XML),
        "/picture": Reply(b"\x89PNG", headers={"Content-Type": "image/png"}),
        "/a": Reply(b"<p>", headers=HTML),
        "/pdf": Reply(b"%PDF", headers={"Content-Type": "application/pdf"}),
    }
    files = [str(tmp_path / name) for name in ("missing.opml", "notes.txt", "bomb.opml")]
    bad = [web.url(path) for path in ("/broken", "/bomb", "/picture", "/missing")]
    watch = start(*files, *bad, "ftp://news.test/rss", "http://169.254.169.254/latest", web.url("/good"))
    assert urls(watch.round()) == ["a"]
    reasons = {one.path: one.reason for one in watch.report.skipped}
    expected = {
        files[0]: "cannot be read: no such file",
        files[1]: "neither a feed nor a list",
        files[2]: "entities of its own",
        bad[0]: "not well-formed",
        bad[1]: "entities of its own",
        bad[2]: "neither a feed nor a page",
        bad[3]: "answers 404",
        "ftp://news.test/rss": "not fetched",
        "http://169.254.169.254/latest": "no address of the public internet",
        web.url("/gone"): "answers 404",
        web.url("/pdf"): "is application/pdf",
        web.url("/good"): "file: are not fetched",
    }
    for path, reason in expected.items():
        assert reason in reasons[path], path
    assert watch.report.feeds == 1
    again = start(bad[3])
    assert urls(again.round()) == []
    assert "left alone" in again.report.skipped[0].reason
    assert web.paths().count("/missing") == 1


def test_addresses_of_the_own_network_in_feeds_are_not_asked(web: Site, start: Callable[..., Watch]) -> None:
    with site("127.0.0.2", web.port) as private:
        web.pages |= {
            "/rss": Reply(rss(f"http://127.0.0.2:{web.port}/x", "http://10.0.0.1/", "/hop", "/a"), headers=XML),
            "/hop": Reply(status=302, headers={"Location": f"http://127.0.0.2:{web.port}/x"}),
            "/a": Reply(b"<p>", headers=HTML),
        }
        watch = start(web.url("/rss"))
        assert urls(watch.round()) == ["a"]
        assert private.asked == []
    assert ["no address of the public internet" in one.reason for one in watch.report.skipped] == [True] * 3


def test_lists_of_feeds_in_files_and_on_the_web(web: Site, start: Callable[..., Watch], tmp_path: Path) -> None:
    opml = '<opml><body><outline text="x"><outline xmlUrl="{}"/></outline><outline xmlUrl="{}"/></body></opml>'
    (tmp_path / "feeds.opml").write_text(opml.format(web.url("/rss"), web.url("/list")))
    (tmp_path / "saved.xml").write_bytes(rss(web.url("/c")))
    web.pages["/list"] = Reply(opml.format(web.url("/rss2"), web.url("/list")).encode())
    web.pages |= {"/rss": Reply(rss("/a"), headers=XML), "/rss2": Reply(rss("/b"), headers=XML)}
    web.pages |= {f"/{name}": Reply(b"<p>", headers=HTML) for name in "abc"}
    watch = start(str(tmp_path / "feeds.opml"), str(tmp_path / "saved.xml"))
    assert sorted(urls(watch.round())) == ["a", "b", "c"]
    assert watch.report.feeds == 3
    assert watch.report.skipped == []


def test_a_page_can_be_watched_itself(web: Site, start: Callable[..., Watch]) -> None:
    web.pages["/a"] = Reply(b"<p>one", headers={**HTML, "ETag": "1"})
    assert [one.data for one in start(web.url("/a")).round()] == [b"<p>one"]
    web.pages["/a"] = lambda asked: Reply(status=304 if asked.headers.get("if-none-match") == "1" else 500)
    assert urls(start(web.url("/a")).round()) == []


def test_one_page_under_two_addresses_comes_once(web: Site, start: Callable[..., Watch]) -> None:
    web.pages["/rss"] = Reply(rss("/a", "/short"), headers=XML)
    web.pages |= {"/a": Reply(b"<p>", headers=HTML), "/short": Reply(status=301, headers={"Location": "/a"})}
    assert urls(start(web.url("/rss")).round()) == ["a"]


def test_robots_are_respected_and_asked_for_once(web: Site, start: Callable[..., Watch]) -> None:
    web.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\nCrawl-delay: 20")
    web.pages |= {"/rss": Reply(rss("/private/a", "/b"), headers=XML), "/b": Reply(b"<p>", headers=HTML)}
    watch = start(web.url("/rss"))
    assert urls(watch.round()) == ["b"]
    assert [one.path for one in web.asked] == ["/robots.txt", "/rss", "/b"]
    assert "does not want robots" in watch.report.skipped[0].reason
    assert urls(start(web.url("/rss")).round()) == []


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        (Reply(status=404), True),
        (Reply(status=403), True),
        (Reply(status=302, headers={"Location": "http://10.0.0.1/"}), True),
        (Reply(status=503), False),
        (Reply(status=429), False),
        (Reply(b"#" * 600_000), False),
    ],
)
def test_robots_that_cannot_be_got(web: Site, clock: FakeClock, robots: Reply, asked: bool) -> None:
    web.pages |= {"/robots.txt": robots, "/a": Reply(b"a")}
    guest = Guest({}, policy=local(lambda host: [host] if host[0].isdigit() else ["127.0.0.1"]), clock=clock)
    if asked:
        assert guest.get(web.url("/a")).body == b"a"
    else:
        with pytest.raises((NotNow, Refused)):
            guest.get(web.url("/a"))
        assert web.paths() == []


def test_a_long_distance_that_robots_ask_for_is_kept(web: Site, start: Callable[..., Watch], clock: FakeClock) -> None:
    web.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 100")
    web.pages |= {"/rss": Reply(rss("/a", "/b"), headers=XML)} | {
        f"/{name}": Reply(b"<p>", headers=HTML) for name in "ab"
    }
    assert urls(start(web.url("/rss")).round()) == ["a", "b"]
    assert sum(clock.slept) >= 200


def test_a_redirect_to_another_site_asks_its_robots_too(web: Site, clock: FakeClock) -> None:
    web.pages |= {
        "/a": Reply(status=302, headers={"Location": web.url("/x", "other.test")}),
        "other.test/robots.txt": Reply(b"User-agent: rozmova\nDisallow: /x"),
    }
    with pytest.raises(Refused, match=r"other\.test.*does not want robots"):
        Guest({}, policy=local(), clock=clock).get(web.url("/a"))


def test_one_host_is_asked_every_few_seconds_and_others_meanwhile(
    web: Site, start: Callable[..., Watch], clock: FakeClock
) -> None:
    times: list[tuple[float, str]] = []

    def page(asked: Asked) -> Reply:
        times.append((clock.now(), asked.host))
        return Reply(b"<p>", headers=HTML)

    links = [web.url(f"/{number}", host) for host in ("one.test", "two.test") for number in range(3)]
    web.pages |= {"/rss": Reply(rss(*links), headers=XML), **{f"/{number}": page for number in range(3)}}
    assert len(urls(start(web.url("/rss")).round())) == 6
    for host in ("one.test", "two.test"):
        moments = [at for at, whose in times if whose == host]
        assert all(later - earlier >= 3 for earlier, later in pairwise(moments))
    assert times[-1][0] - times[0][0] < 12, "while one rests the other is asked"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_in_trouble_is_left_alone_for_longer_and_longer(web: Site, clock: FakeClock, status: int) -> None:
    web.pages["/a"] = Reply(status=status)
    hosts: dict[str, HostState] = {}
    guest = Guest(hosts, policy=local(), clock=clock)
    pauses = []
    for _ in range(12):
        with pytest.raises(NotNow) as failed:
            guest.get(web.url("/a"))
        pauses.append(failed.value.after - clock.now())
        with pytest.raises(NotNow, match="left alone"):
            guest.get(web.url("/b"))
        clock.time = failed.value.after
    assert [round(pause) for pause in pauses[:4]] == [30, 60, 120, 240]
    assert pauses[-1] == 6 * 3600
    assert web.paths() == ["/a"] * 12
    web.pages["/a"] = Reply(b"well again")
    assert guest.get(web.url("/a")).status == 200
    assert hosts == {}


def test_what_a_host_wishes_is_kept_across_runs(web: Site, start: Callable[..., Watch], clock: FakeClock) -> None:
    web.pages |= {"/rss": Reply(rss("/a", "/b"), headers={**XML}), "/b": Reply(b"<p>", headers=HTML)}
    web.pages["/a"] = Reply(status=429, headers={"Retry-After": "3600"})
    first = start(web.url("/rss"))
    assert urls(first.round()) == []
    assert first.report.later == 2
    second = start(web.url("/rss"))
    assert urls(second.round()) == []
    assert "left alone" in second.report.skipped[0].reason
    assert web.paths() == ["/rss", "/a"]
    clock.time += 3700
    web.pages["/a"] = Reply(b"<p>", headers=HTML)
    assert sorted(urls(start(web.url("/rss")).round())) == ["a", "b"]


@pytest.mark.parametrize(
    ("wish", "pause"),
    [
        ("120", 120),
        ("5", 30),
        ("9" * 30, 86_400),
        ("soon", 30),
        ("-3", 30),
        (formatdate(1_700_000_900, usegmt=True), 900),
    ],
)
def test_how_long_a_host_wishes_to_be_left_alone(web: Site, clock: FakeClock, wish: str, pause: int) -> None:
    web.pages["/a"] = Reply(status=503, headers={"Retry-After": wish})
    guest = Guest({}, policy=local(), clock=clock, interval=0)
    with pytest.raises(NotNow) as failed:
        guest.get(web.url("/a"))
    assert failed.value.after - clock.now() == pytest.approx(pause)


def test_a_page_that_always_fails_is_given_up_and_the_others_come(
    web: Site, start: Callable[..., Watch], clock: FakeClock
) -> None:
    web.pages |= {"/rss": Reply(rss("/bad", "/b"), headers=XML), "/b": Reply(b"<p>", headers=HTML)}
    web.pages["/bad"] = Reply(status=500)
    got: list[str] = []
    named: list[str] = []
    for _ in range(6):
        watch = start(web.url("/rss"))
        got += urls(watch.round())
        named += [one.path for one in watch.report.skipped]
        clock.time += 86_400
    assert got == ["b"]
    assert web.paths().count("/bad") == 5
    assert named == [web.url("/bad")]


def test_a_host_that_does_not_answer_is_asked_again_later(start: Callable[..., Watch], clock: FakeClock) -> None:
    asked: list[bytes] = []
    with raw_server(lambda connection: asked.append(connection.recv(100))) as port:
        watch = start(f"http://news.test:{port}/rss")
        assert urls(watch.round()) == []
    assert watch.report.skipped
    assert len(asked) == 2
    assert sum(clock.slept) <= 30, "one that is dead does not keep the run"


def test_validators_that_could_carry_more_than_themselves_are_not_kept(web: Site, start: Callable[..., Watch]) -> None:
    web.pages["/rss"] = Reply(rss(), headers={**XML, "ETag": "é", "Last-Modified": "x" * 400})
    watch = start(web.url("/rss"))
    assert urls(watch.round()) == []
    assert watch.state.feeds[web.url("/rss")].etag is None
    assert watch.state.feeds[web.url("/rss")].modified is None


def test_the_state_is_always_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.json"
    state = State(seen={"https://news.test/a": 1})
    save(path, state)
    assert load(path) == state
    monkeypatch.setattr("os.fsync", lambda handle: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(path, State())
    assert load(path) == state
    assert [file.name for file in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"seen": 3}', json.dumps({"version": 9})])
def test_a_file_that_is_no_state_is_refused_and_left(tmp_path: Path, content: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(content)
    with pytest.raises(InputError, match=r"state\.json"):
        load(path)
    assert path.read_text() == content


def test_what_no_feed_names_any_more_is_forgotten() -> None:
    state = State(seen={"old": 0, "new": 399}, hosts={"well": HostState(), "ill": HostState(failures=1)})
    state.forget(400)
    assert (list(state.seen), list(state.hosts)) == (["new"], ["ill"])
