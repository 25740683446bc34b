"""What holds for every answer: who may ask, how much, and what a browser may do with the page.

There is no authentication, so the pages are for people on this machine: the server binds to loopback, and a request
counts only when its Host names this machine. Without that check a page elsewhere could point a name of its own at
127.0.0.1 and read the record with the visitor's browser (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from ipaddress import ip_address
from typing import Any

from rozmova.errors import InputError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LONGEST_QUERY = 8000
LONGEST_PATH = 1000

CSP = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)
"""Scripts only out of files of this server: none in a page, none made of words (``unsafe-eval``)."""
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def check_bind(host: str) -> None:
    """Refuse an address that other machines reach. Raises :class:`InputError`."""
    bare = host.strip("[]")
    try:
        here = bare == "localhost" or ip_address(bare).is_loopback
    except ValueError:
        here = False
    if not here:
        raise InputError(
            f"{host} can be reached from other machines, and there is no authentication yet",
            "serve on 127.0.0.1 and use a tunnel: ssh -L 8765:127.0.0.1:8765 THIS-MACHINE",
        )


class Guard:
    """Wraps an application: refuses what it must not see, and puts :data:`HEADERS` on every answer."""

    def __init__(self, app: App, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = {host.lower() for host in (*LOOPBACK, *map(bracketed, hosts))}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no websockets here

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                own = {name.encode() for name in HEADERS} | {b"server"}
                kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in own]
                message["headers"] = [*kept, *((name.encode(), value.encode()) for name, value in HEADERS.items())]
            await send(message)

        refused = self._refuse(scope)
        if refused:
            await _plain(guarded, *refused)
        else:
            await self._app(scope, receive, guarded)

    def _refuse(self, scope: Scope) -> tuple[int, str] | None:
        given = [value for name, value in scope["headers"] if name.lower() == b"host"]
        if len(given) != 1 or hostname(given[0].decode("latin-1")) not in self._hosts:
            return 421, "This server answers only to the name of this machine (localhost, 127.0.0.1)."
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "These pages can only be read (GET)."
        if len(scope.get("query_string", b"")) > LONGEST_QUERY or len(scope["path"]) > LONGEST_PATH:
            return 414, f"The address is too long: at most {LONGEST_QUERY} characters after the question mark."
        return None


def hostname(host: str) -> str:
    """The name in a Host header, without the port, in lower case; an IPv6 address keeps its brackets."""
    name = host.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


def bracketed(host: str) -> str:
    """A host as a URL and a Host header write it: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


async def _plain(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if status == 405:
        headers.append((b"allow", b"GET, HEAD"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{words}\n".encode()})
