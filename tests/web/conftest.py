from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rozmova.names.actors import load
from rozmova.store import Store, open_store
from rozmova.web.app import make_app
from web_pages import BASE, fill, serving


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
    """The hostile store behind a real server."""
    with serving(Path(hostile.path)) as address:
        yield address
