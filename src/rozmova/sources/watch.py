"""Feeds, lists of feeds and pages, asked politely: each new page is given once, and a stopped run goes on.

A page that a feed names waits in the state until it was fetched and taken; only then it counts as seen. So neither a
stop nor an error of whoever takes it loses a page, and a feed need not be sent again for the pages still to come.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, field

from rozmova.errors import Skipped
from rozmova.sources.addresses import FetchError, Refused, normal_url
from rozmova.sources.feeds import MAX_FEEDS, Entry, Feed, FeedList, charset, read
from rozmova.sources.fetch import Page, TooMuch
from rozmova.sources.files import real
from rozmova.sources.polite import FIRST_PAUSE, LONGEST_PAUSE, Guest, NotNow, moment
from rozmova.sources.safe_xml import BadXml
from rozmova.sources.watch_state import FeedState, State, Waiting, save

MAX_TRIES = 5
"""So often a page is asked for, over all runs, before it is given up."""
PATIENCE = 30.0
"""Seconds a round waits for a host in trouble; who wants to be left alone for longer is asked in the next one."""
_SAVE_EVERY = 2.0
_FILE_BYTES = 5_000_000
_HTML = ("text/html", "application/xhtml+xml")


class Found(Struct, frozen=True, kw_only=True):
    """A page, with what the feed said of it. ``url`` is where it lies, after redirects."""

    url: str
    data: bytes
    declared: str | None
    retrieved: str
    entry: Entry


class Report(Struct):
    """What became of a round; it counts on while the round goes on."""

    feeds: int = 0
    unchanged: int = 0
    pages: int = 0
    later: int = 0
    skipped: list[Skipped] = field(default_factory=list)


class _Task(Struct):
    url: str
    feed: bool
    tries: int = 0


class Watch:
    """``sources`` are addresses of feeds, lists or pages, and files with feeds or lists; ``path`` keeps the state."""

    def __init__(
        self,
        sources: Sequence[str],
        path: Path,
        state: State,
        guest: Guest,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.sources, self.path, self.state, self.guest, self.tell = sources, path, state, guest, tell
        self.report = Report()
        self._queues: dict[str, deque[_Task]] = {}
        self._asked: set[str] = set()
        self._saved = 0.0

    def round(self) -> Generator[Found]:
        """Ask every feed once, and give the pages that are new; :attr:`report` tells of this round."""
        self.report, self._queues, self._asked = Report(), {}, set()
        self.state.forget(self._today())
        try:
            for url in self.state.waiting:
                self._put(_Task(url, feed=False))
            for source in self.sources:
                self._expand(source)
            yield from self._work()
        finally:
            self.report.later = len(self.state.waiting)
            save(self.path, self.state)

    def _work(self) -> Iterator[Found]:
        while self._queues:
            host = min(self._queues, key=lambda host: self.guest.ready(self._queues[host][0].url))
            task = self._queues[host].popleft()
            if not self._queues[host]:
                del self._queues[host]
            now = self.guest.clock.now()
            if (after := self.guest.paused(task.url)) - now > PATIENCE:
                if task.feed:
                    self._skip(task.url, "its host is left alone for now", f"not before {moment(after)}")
                continue
            if (wait := self.guest.ready(task.url) - now) > 0:
                self.guest.clock.sleep(wait)
            try:
                yield from self._feed(task) if task.feed else self._page(task)
            except NotNow as error:
                self._again(task, error)
            except FetchError as error:
                self._give_up(task, error)
            if self.guest.clock.now() - self._saved > _SAVE_EVERY:
                save(self.path, self.state)
                self._saved = self.guest.clock.now()

    def _expand(self, source: str) -> None:
        if "://" in source or source.startswith("feed:"):
            self._ask(source.removeprefix("feed:") if "://" in source.removeprefix("feed:") else source)
            return
        path = Path(source)
        try:
            if path.stat().st_size > _FILE_BYTES:
                self._skip(source, f"is larger than {_FILE_BYTES / 1e6:g} MB", "no list of feeds is that large")
                return
            found = read(path.read_bytes(), url=real(path).as_uri())
        except OSError as error:
            reason = f"cannot be read: {(error.strerror or str(error)).lower()}"
            self._skip(source, reason, "name a file, or an address with https://")
        except BadXml as error:
            self._skip(source, error.message, error.hint)
        else:
            self._take(source, found)

    def _ask(self, address: str) -> None:
        try:
            url = normal_url(address)
        except Refused as error:
            self._skip(address, error.message, error.hint)
            return
        if url in self._asked:
            return
        self._asked.add(url)
        known = self.state.feeds.setdefault(url, FeedState())
        if known.after > self.guest.clock.now():
            self._skip(url, "failed before and is left alone for now", f"not before {moment(known.after)}")
        else:
            self._put(_Task(url, feed=True))

    def _feed(self, task: _Task) -> Iterator[Found]:
        known = self.state.feeds[task.url]
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        page = self.guest.get(task.url, {name: value for name, value in headers.items() if value})
        if page.status == 304:
            self.report.feeds += 1
            self.report.unchanged += 1
            known.failures = 0
            return
        if page.status != 200:
            raise FetchError(f"{task.url}: the host answers {page.status}", "look at it in a browser")
        try:
            found = read(page.body, url=page.url, content_type=page.headers.get("content-type"))
        except BadXml as error:
            raise FetchError(f"{task.url}: {error.message}", error.hint) from error
        if found is not None:
            self.report.feeds += 1
            self._take(task.url, found)
        elif _is_html(page):
            yield self._found(page, Entry(url=task.url))
            self.report.pages += 1
        else:
            raise FetchError(f"{task.url}: is neither a feed nor a page", "look at it in a browser")
        # Only now: until all of it was taken it must be sent again.
        known.etag, known.modified = _validator(page, "etag"), _validator(page, "last-modified")
        known.failures, known.after = 0, 0.0

    def _take(self, source: str, found: Feed | FeedList | None) -> None:
        match found:
            case None:
                self._skip(source, "is neither a feed nor a list of feeds", "give RSS, Atom or OPML")
                return
            case FeedList():
                for url in found.feeds:
                    if len(self._asked) < MAX_FEEDS:
                        self._ask(url)
            case Feed():
                new = [entry for entry in found.entries if not self._known(entry.url)]
                for entry in new:
                    self.state.waiting[entry.url] = Waiting(entry=entry, feed=source)
                    self._put(_Task(entry.url, feed=False))
                self.tell(f"{source}: {len(new)} new of {len(found.entries)} entries")
        self.report.skipped += found.skipped

    def _known(self, url: str) -> bool:
        if url in self.state.seen:
            self.state.seen[url] = self._today()
        return url in self.state.seen or url in self.state.waiting

    def _page(self, task: _Task) -> Iterator[Found]:
        waiting = self.state.waiting[task.url]
        page = self.guest.get(task.url)
        if page.status != 200:
            raise FetchError(f"{task.url}: the host answers {page.status}", "look at it in a browser")
        if not _is_html(page):
            kind = page.headers.get("content-type", "of no known type")
            raise Refused(f"{task.url}: is {kind}, not a page", "only HTML pages are read from feeds")
        if page.url == task.url or page.url not in self.state.seen:
            yield self._found(page, waiting.entry)
            self.report.pages += 1
        self._done(task.url, page.url)

    def _found(self, page: Page, entry: Entry) -> Found:
        declared = charset(page.headers.get("content-type"))
        return Found(url=page.url, data=page.body, declared=declared, retrieved=page.retrieved, entry=entry)

    def _again(self, task: _Task, error: NotNow) -> None:
        """Later in this round where the host allows it, else in the next; after too many tries never."""
        task.tries += 1
        if not task.feed:
            waiting = self.state.waiting[task.url]
            waiting.tries += 1
            if waiting.tries >= MAX_TRIES:
                self._give_up(task, error)
                return
        if error.after - self.guest.clock.now() <= PATIENCE and task.tries < MAX_TRIES:
            self._put(task)
        elif task.feed:
            self._skip(task.url, _without(task.url, error.message), error.hint)

    def _give_up(self, task: _Task, error: FetchError) -> None:
        self._skip(task.url, _without(task.url, error.message), error.hint)
        if not task.feed:
            self._done(task.url)
            return
        known = self.state.feeds[task.url]
        known.failures += 1
        if not isinstance(error, TooMuch | Refused):
            pause = min(FIRST_PAUSE * 2.0 ** min(known.failures, 20), LONGEST_PAUSE)
            known.after = self.guest.clock.now() + pause

    def _done(self, *urls: str) -> None:
        for url in urls:
            self.state.seen[url] = self._today()
            self.state.waiting.pop(url, None)

    def _put(self, task: _Task) -> None:
        queue = self._queues.setdefault(urlsplit(task.url).hostname or "", deque())
        if task.feed:
            queue.appendleft(task)
        else:
            queue.append(task)

    def _skip(self, source: str, reason: str, hint: str) -> None:
        self.report.skipped.append(Skipped(source, reason, hint))

    def _today(self) -> int:
        return int(self.guest.clock.now() // 86_400)


def _is_html(page: Page) -> bool:
    kind = page.headers.get("content-type", "").split(";")[0].strip().lower()
    return kind in _HTML or (not kind and page.body.lstrip()[:1] == b"<")


def _validator(page: Page, header: str) -> str | None:
    """What may be sent back as it came: one line of plain characters."""
    value = page.headers.get(header, "")
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= 300 else None


def _without(url: str, message: str) -> str:
    return message.removeprefix(f"{url}: ")
