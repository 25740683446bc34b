"""Servers on 127.0.0.1 for tests of what reads the web: a site of pages by host and path, and one that sends bytes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

from rozmova.sources.addresses import Policy


class Reply(NamedTuple):
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}


class Asked(NamedTuple):
    host: str
    path: str
    headers: Mapping[str, str]


class Site:
    """Answers by path, or by ``host/path`` first; keeps what it was asked."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []

    def url(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        found = self.pages.get(asked.host + asked.path, self.pages.get(asked.path, Reply(b"", 404)))
        return found if isinstance(found, Reply) else found(asked)


@contextmanager
def site(address: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "").rsplit(":", 1)[0]
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = made.reply(Asked(host, self.path, headers))
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((address, port), Handler)
    made = Site(server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Hands each connection to ``talk``; gives the port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                try:
                    talk(connection)
                except OSError:
                    continue

    Thread(target=run, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def local(resolver: Callable[[str], Sequence[str]] = lambda host: ["127.0.0.1"], **more: object) -> Policy:
    """A policy that lets 127.0.0.1 through, for every name unless the resolver says otherwise."""
    return Policy(ports=None, also=("127.0.0.1/32",), resolver=resolver, **more)  # type: ignore[arg-type]
