"""One page from the web, safely: a checked address, bounded bytes, bounded time, redirects checked like the first.

Only :func:`fetch` of the whole package opens connections. It sends no cookies and no passwords, uses no proxy, and
waits for no one longer than its :class:`~rozmova.sources.addresses.Policy` says.
"""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from http.client import HTTPException
from threading import Event, Timer
from time import monotonic

from msgspec import Struct
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import HTTPResponse

from rozmova import __version__
from rozmova.sources.addresses import (
    PUBLIC,
    FetchError,
    Policy,
    Refused,
    Target,
    Unreachable,
    authority,
    check,
    normal_url,
)

USER_AGENT = f"rozmova/{__version__} (news reader; obeys robots.txt for 'rozmova')"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536


class TooMuch(FetchError):
    """The answer is larger than allowed, packed or unpacked."""


class Page(Struct, frozen=True, kw_only=True):
    """An answer: what came from where, and when. ``headers`` have names in lower case."""

    url: str
    asked: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    retrieved: str


def fetch(
    url: str,
    policy: Policy = PUBLIC,
    *,
    headers: Mapping[str, str] | None = None,
    agent: str = USER_AGENT,
    before: Callable[[str], None] = lambda url: None,
) -> Page:
    """Get a page, whatever its status; redirects are followed, each checked as the first address was.

    ``before`` is called with every address before it is asked (to wait for one's turn, to read robots.txt); what it
    raises goes through. Raises :class:`Refused`, :class:`Unreachable` or :class:`TooMuch`.
    """
    asked = url = normal_url(url)
    for _ in range(policy.max_redirects + 1):
        before(url)
        page = _ask(check(url, policy), policy, {**(headers or {}), "User-Agent": agent}, asked)
        if page.status not in _REDIRECTS or "location" not in page.headers:
            return page
        url = normal_url(_as_utf8(page.headers["location"]), base=url)
    raise Refused(
        f"{asked}: more than {policy.max_redirects} redirects, the last one to {url}", "look at it in a browser"
    )


def _ask(target: Target, policy: Policy, headers: Mapping[str, str], asked: str) -> Page:
    """One request to one of the addresses that were checked."""
    started = monotonic()
    failed: Exception | None = None
    for address in target.addresses:
        left = policy.total_seconds - (monotonic() - started)
        if left <= 0:
            break
        connection = _connection(target, address, min(policy.step_seconds, left), policy.certificates)
        try:
            with _deadline(left) as (connection.watch, over):
                page = _answer(connection, target, policy, headers, asked)
                if not over.is_set():  # an answer without a length looks whole when it was cut
                    return page
        except ssl.SSLError as error:
            raise Unreachable(f"{target.url}: no secure connection: {error}", "look at it in a browser") from error
        except (HTTPError, HTTPException, OSError, ValueError, zlib.error) as error:
            failed = error
        finally:
            connection.close()
        if connection.connected:
            break
    late = monotonic() - started >= policy.total_seconds
    reason = f"took longer than {policy.total_seconds:g} seconds" if late else _words(failed)
    raise Unreachable(f"{target.url}: {reason}", "try it later") from failed


def _answer(
    connection: _Plain | _Secure, target: Target, policy: Policy, headers: Mapping[str, str], asked: str
) -> Page:
    connection.request(
        "GET",
        target.path,
        headers={
            "Host": authority(target.scheme, target.host, target.port),
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **headers,
        },
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    got = {name.lower(): ", ".join(response.headers.getlist(name)) for name in response.headers}
    redirects = response.status in _REDIRECTS and "location" in got
    body = b"" if redirects else b"".join(_unpacked(_sent(response, target, policy), got, target, policy))
    return Page(
        url=target.url,
        asked=asked,
        status=response.status,
        headers=got,
        body=body,
        retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _sent(response: HTTPResponse, target: Target, policy: Policy) -> Iterator[bytes]:
    """The bytes as they come, packed or not; no more than allowed."""
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > policy.max_bytes:
        raise _too_much(target, policy)
    count = 0
    # read1 gives what is there: a read of a whole chunk would wait for the last byte of it.
    while part := response.read1(_CHUNK, decode_content=False):
        count += len(part)
        if count > policy.max_bytes:
            raise _too_much(target, policy)
        yield part


def _unpacked(parts: Iterator[bytes], headers: Mapping[str, str], target: Target, policy: Policy) -> Iterator[bytes]:
    """Undo gzip in steps, so that a bomb is seen when it passes the limit and not when it filled the memory."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        yield from parts
        return
    if encoding not in ("gzip", "x-gzip"):
        raise Unreachable(f"{target.url}: is packed as {encoding!r}, which nobody asked for", "try it later")
    count, unpack = 0, zlib.decompressobj(wbits=31)
    for part in parts:
        data = part
        while data and not unpack.eof:
            try:
                out = unpack.decompress(data, _CHUNK)
            except zlib.error as error:
                raise Unreachable(f"{target.url}: is broken gzip: {error}", "try it later") from error
            data = unpack.unconsumed_tail
            count += len(out)
            if count > policy.max_bytes:
                raise _too_much(target, policy, "unpacked, ")
            yield out
    # What still waits inside comes a step at a time too; bytes after the end of the stream are nobody's.
    while not unpack.eof:
        out = unpack.decompress(unpack.unconsumed_tail, _CHUNK)
        if not out:
            raise Unreachable(f"{target.url}: the packed answer ends too early", "try it later")
        count += len(out)
        if count > policy.max_bytes:
            raise _too_much(target, policy, "unpacked, ")
        yield out


def _too_much(target: Target, policy: Policy, how: str = "") -> TooMuch:
    limit = f"{policy.max_bytes / 1e6:g} MB"
    return TooMuch(f"{target.url}: {how}larger than {limit}", "no article has that size; it was not read further")


def _connection(target: Target, address: str, seconds: float, certificates: str | None) -> _Plain | _Secure:
    made: _Plain | _Secure
    if target.scheme == "https":
        made = _Secure(target.host, target.port, timeout=seconds, ssl_context=_trust(certificates))
    else:
        made = _Plain(target.host, target.port, timeout=seconds)
    made.pinned = address
    return made


@cache
def _trust(certificates: str | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificates)


Watch = Callable[[socket.socket], None]


class _Pinned(HTTPConnection):
    """A connection to an address that was checked, under the name it was checked for."""

    pinned = ""
    connected = False
    watch: Watch = staticmethod(lambda sock: None)

    def _new_conn(self) -> socket.socket:
        # The one place where urllib3 would look the name up again.
        timeout = self.timeout if isinstance(self.timeout, (int, float)) else None
        made = socket.create_connection((self.pinned, self.port), timeout)
        self.connected = True
        self.watch(made)
        return made


class _Plain(_Pinned):
    pass


class _Secure(_Pinned, HTTPSConnection):
    pass


@contextmanager
def _deadline(seconds: float) -> Iterator[tuple[Watch, Event]]:
    """Cut the connection when the time is over, whatever it is doing then; the event says that this happened.

    Time limits of a socket begin anew with every byte. One who sends a byte a second would keep us for days.
    """
    over, doors = Event(), list[socket.socket]()

    def watch(sock: socket.socket) -> None:
        doors.append(sock.dup())  # the first one is taken over when the connection becomes a secure one
        if over.is_set():
            raise TimeoutError

    def cut() -> None:
        over.set()
        for door in doors:
            with suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield watch, over
    finally:
        timer.cancel()
        timer.join()
        for door in doors:
            door.close()


def _as_utf8(header: str) -> str:
    """A header that was read as Latin-1, as headers are, although servers write UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _words(error: Exception | None) -> str:
    if isinstance(error, TimeoutError | ReadTimeoutError):
        return "no answer in time"
    if isinstance(error, ConnectionRefusedError):
        return "the host refuses the connection"
    return f"the connection failed ({type(error).__name__}: {error})"
