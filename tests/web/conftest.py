from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rozmova.names.actors import load
from rozmova.store import Store, open_store
from rozmova.web.app import make_app
from web_pages import BASE, fill


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("web") / "hostile.db") as store:
        fill(store)
        yield store


@pytest.fixture(scope="session")
def client(hostile: Store) -> TestClient:
    return TestClient(make_app(hostile, load()), base_url=BASE, raise_server_exceptions=True, follow_redirects=False)


@pytest.fixture(scope="session")
def served(hostile: Store) -> Iterator[str]:
    """The hostile store behind a real server on a free port."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(open_store(Path(hostile.path)), load())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)
