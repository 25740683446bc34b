"""How to ask a host as a guest: by its robots.txt, one request every few seconds, none while it is in trouble."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from msgspec.structs import replace

from rozmova.sources.addresses import PUBLIC, FetchError, Policy, Refused, Unreachable
from rozmova.sources.fetch import USER_AGENT, Page, TooMuch, fetch
from rozmova.sources.robots import ALL, NOTHING, Rules, read_robots
from rozmova.sources.watch_state import HostState

INTERVAL = 3.0
"""Seconds between two requests to one host, at least."""
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 6 * 3600.0
"""Seconds a host is left alone after its first failure, and at most; the pause doubles with each failure."""
LONGEST_WISH = 24 * 3600.0
"""Seconds a host may ask to be left alone."""
_ROBOTS_KEPT = 24 * 3600.0
_ROBOTS_BYTES = 512 * 1024


class NotNow(FetchError):
    """The host wants to be left alone until ``after`` (seconds since 1970)."""

    def __init__(self, message: str, after: float) -> None:
        super().__init__(message, f"not before {moment(after)}")
        self.after = after


class Clock:
    """The time, and waiting; tests have one of their own."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Guest:
    """Fetches politely. ``hosts`` is what is remembered of hosts from run to run."""

    def __init__(
        self,
        hosts: dict[str, HostState],
        *,
        policy: Policy = PUBLIC,
        clock: Clock | None = None,
        interval: float = INTERVAL,
        agent: str = USER_AGENT,
    ) -> None:
        self.hosts, self.policy, self.interval, self.agent = hosts, policy, interval, agent
        self.clock = clock or Clock()
        self._turn: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Rules]] = {}

    def ready(self, url: str) -> float:
        """The moment from which the host of this address may be asked."""
        return max(self._turn.get(urlsplit(url).hostname or "", 0.0), self.paused(url))

    def paused(self, url: str) -> float:
        """The moment until which the host of this address is left alone because it is in trouble."""
        host = self.hosts.get(urlsplit(url).hostname or "")
        return host.after if host else 0.0

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Page:
        """Wait for the turn and get the page. Raises what ``fetch`` raises, and :class:`NotNow`.

        An answer that asks for patience (429, 5xx) raises :class:`NotNow` too and is remembered, like a host that
        does not answer.
        """
        last = url

        def before(next_url: str) -> None:
            nonlocal last
            last = next_url
            self._admit(next_url)

        try:
            page = fetch(url, self.policy, headers=headers, agent=self.agent, before=before)
        except Unreachable as error:
            raise NotNow(error.message, self._failed(last, None)) from error
        if page.status == 429 or page.status >= 500:
            after = self._failed(page.url, page.headers.get("retry-after"))
            raise NotNow(f"{url}: the host answers {page.status}", after)
        for passed in (url, page.url):
            self.hosts.pop(urlsplit(passed).hostname or "", None)
        return page

    def _admit(self, url: str) -> None:
        """Let one request begin: the host is not in trouble, allows the page, and had its rest."""
        parts = urlsplit(url)
        host, now = parts.hostname or "", self.clock.now()
        if host in self.hosts and self.hosts[host].after > now:
            raise NotNow(f"{url}: its host is left alone for now", self.hosts[host].after)
        rules = self._rules(f"{parts.scheme}://{parts.netloc}")
        if not rules.allow(url):
            raise Refused(f"{url}: its site does not want robots there", "robots.txt says so; save the page by hand")
        self._wait(host, rules.delay)

    def _wait(self, host: str, delay: float = 0.0) -> None:
        now = self.clock.now()
        if (until := self._turn.get(host, 0.0)) > now:
            self.clock.sleep(until - now)
        self._turn[host] = self.clock.now() + max(self.interval, delay)

    def _rules(self, origin: str) -> Rules:
        kept = self._robots.get(origin)
        if kept is None or kept[0] < self.clock.now():
            kept = self._ask_rules(origin)
            self._robots[origin] = kept
        return kept[1]

    def _ask_rules(self, origin: str) -> tuple[float, Rules]:
        """RFC 9309: no file is a permission, a file that cannot be got is none."""
        policy = replace(self.policy, max_bytes=_ROBOTS_BYTES)
        now = self.clock.now()

        def before(url: str) -> None:
            self._wait(urlsplit(url).hostname or "")

        try:
            page = fetch(f"{origin}/robots.txt", policy, agent=self.agent, before=before)
        except TooMuch:
            return now + _ROBOTS_KEPT, NOTHING
        except Unreachable:
            raise
        except Refused:
            # Its robots.txt leads where nothing is fetched: there is none for us.
            return now + _ROBOTS_KEPT, ALL
        if page.status == 429 or page.status >= 500:
            raise NotNow(
                f"{origin}/robots.txt: the host answers {page.status}",
                self._failed(origin, page.headers.get("retry-after")),
            )
        return now + _ROBOTS_KEPT, read_robots(page.body) if page.status == 200 else ALL

    def _failed(self, url: str, wish: str | None) -> float:
        """Note that a host failed; gives the moment until which it is left alone."""
        now = self.clock.now()
        host = self.hosts.setdefault(urlsplit(url).hostname or "", HostState())
        host.failures += 1
        pause = min(FIRST_PAUSE * 2.0 ** min(host.failures - 1, 20), LONGEST_PAUSE)
        host.after = now + max(pause, min(_wish(wish, now), LONGEST_WISH))
        return host.after


def moment(seconds: float) -> str:
    """A moment for people, in their own time zone."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


def _wish(header: str | None, now: float) -> float:
    """Seconds that Retry-After asks for, as a number or a date; 0 where it says nothing that can be read."""
    if not header:
        return 0.0
    if header.strip().isdecimal():
        return float(header.strip()[:9])
    try:
        when = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError):
        return 0.0
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now)
