from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from rozmova.errors import InputError
from rozmova.names.actors import load
from rozmova.store import Store
from rozmova.web.app import make_app
from rozmova.web.security import CSP, check_bind
from web_pages import BASE


@pytest.mark.parametrize(
    "address", ["/", "/timeline", "/timeline.json", "/nowhere", "/static/style.css", "/timeline?page=x"]
)
def test_headers_stand_on_every_answer(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"] == CSP
    assert "script-src 'self';" in CSP and "unsafe" not in CSP and "default-src 'none'" in CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil", "", "0.0.0.0"]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/timeline", headers={"host": host})
    assert answer.status_code == 421
    assert "contact" not in answer.text
    assert answer.headers["content-security-policy"] == CSP


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8765", "[::1]:8765"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/timeline", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading(client: TestClient, method: str) -> None:
    answer = client.request(method, "/timeline")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD"


def test_long_addresses_are_refused(client: TestClient) -> None:
    assert client.get("/timeline?x=" + "a" * 9000).status_code == 414
    assert client.get("/party/" + "a" * 2000).status_code == 414


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "", "127.0.0.1.example.org"])
def test_binding_elsewhere_is_refused(host: str) -> None:
    with pytest.raises(InputError, match="authentication"):
        check_bind(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_binding_to_this_machine_is_let_through(host: str) -> None:
    check_bind(host)


def test_a_mistake_of_the_program_shows_nothing_of_it(hostile: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("rozmova.web.pages.lists.about_page", broken)
    app = make_app(hostile, load())
    answer = TestClient(app, base_url=BASE, raise_server_exceptions=False).get("/about")
    assert answer.status_code == 500 and "secret" not in answer.text
    assert answer.headers["content-security-policy"] == CSP
