"""Fetching, attacked: private addresses in every spelling, rebinding, redirects, bombs, and servers that take time."""

from __future__ import annotations

import gzip
import socket
import subprocess
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest

from rozmova.sources.addresses import FetchError, Policy, Refused, check, is_public, normal_url
from rozmova.sources.fetch import TooMuch, Unreachable, fetch
from webserver import Reply, Site, local, raw_server, site


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::7f00:1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700::1%eth0",
        "fec0::1",
        "ff02::1",
        "no address",
        "",
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(Refused):
        check("https://news.test/", Policy(resolver=lambda host: ["93.184.216.34", address]))


def test_a_look_up_without_an_answer_is_not_waited_for() -> None:
    ends = Event()

    def hang(host: str) -> Sequence[str]:
        ends.wait(30)
        return ["93.184.216.34"]

    start = time.monotonic()
    with pytest.raises(Unreachable, match=r"https://news.test/: the look-up of its host took longer than 0.2 seconds"):
        check("https://news.test/", Policy(resolver=hang, step_seconds=0.2))
    assert time.monotonic() - start < 5
    ends.set()


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "172.32.0.1", "2606:4700::6810:85e5", "64:ff9b::808:808"]
)
def test_public_addresses_are_let_through(address: str) -> None:
    target = check("https://news.test/a?b=c#d", Policy(resolver=lambda host: [address]))
    assert target.addresses == (address,)
    assert (target.host, target.port, target.path) == ("news.test", 443, "/a?b=c")


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "[::1]",
        "[::ffff:7f00:1]",
        "localhost",
        "①②⑦.0.0.1",
    ],
)
def test_spellings_of_the_own_machine_are_seen_through(host: str) -> None:
    """The real resolver: what the system would connect to counts, not how it is written."""
    with pytest.raises(FetchError):
        check(f"http://{host}/", Policy())


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "file: are not fetched"),
        ("ftp://news.test/", "ftp: are not fetched"),
        ("gopher://news.test/", "not fetched"),
        ("javascript:alert(1)", "not fetched"),
        ("news.test/a", "no address"),
        ("http://user:secret@news.test/", "password"),
        ("http://news.test@10.0.0.1/", "password"),
        ("http://news.test\\@10.0.0.1/", "backslash"),
        ("http://news.test/\r\nHost: evil", "control character"),
        ("http://new s.test/", "no name of a host"),
        ("http:///a", "no name of a host"),
        ("http://news.test:99999/", "ort"),
        ("http://[::1/", "no address"),
        ("http://news.test/" + "a" * 3000, "3017 characters"),
    ],
)
def test_what_is_no_plain_address_is_refused(url: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        normal_url(url)
    assert "secret" not in refused.value.message


@pytest.mark.parametrize("port", [0, 22, 25, 6379, 8080])
def test_other_ports_are_not_asked(port: int) -> None:
    with pytest.raises(Refused, match=f"port {port}"):
        check(f"http://news.test:{port}/", Policy(resolver=lambda host: ["93.184.216.34"]))


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://News.Test:443/A?q=%20#x", "https://news.test/A?q=%20"),
        ("http://news.test", "http://news.test/"),
        ("https://президент.укр/новини та інше?мова=uk", "https://xn--d1abbgf6aiiy.xn--j1amh/%D0%BD"),
        (" http://news.test/a\n", "http://news.test/a"),
    ],
)
def test_an_address_has_one_spelling(url: str, normal: str) -> None:
    assert normal_url(url).startswith(normal)
    assert normal_url(normal_url(url)) == normal_url(url)


def test_a_page_comes_with_all_that_is_known_of_it(web: Site) -> None:
    web.pages["/a?b"] = Reply("Привіт".encode(), headers={"ETag": '"1"', "Content-Type": "text/html; charset=utf-8"})
    page = fetch(web.url("/a?b#c"), local(), headers={"If-None-Match": '"0"'})
    assert page.body.decode() == "Привіт"
    assert page.headers["etag"] == '"1"'
    assert page.url == page.asked == web.url("/a?b")
    assert page.retrieved.endswith("+00:00")
    (asked,) = web.asked
    assert asked.headers["host"] == f"news.test:{web.port}"
    assert asked.headers["user-agent"].startswith("rozmova/")
    assert asked.headers["if-none-match"] == '"0"'
    assert "cookie" not in asked.headers


def test_the_name_is_looked_up_once_so_rebinding_gains_nothing(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a public machine when it is checked, and a private one when it is looked up again."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]])
    real = socket.getaddrinfo

    def no_names(host: str, *rest: object, **more: object) -> object:
        assert host[0].isdigit(), f"{host} was looked up behind the back of the policy"
        return real(host, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    web.pages["/"] = Reply(b"public")
    with site("127.0.0.2", web.port) as private:
        private.pages["/"] = Reply(b"secret")
        policy = local(lambda host: next(answers))
        assert fetch(web.url("/"), policy).body == b"public"
        with pytest.raises(Refused, match=r"127\.0\.0\.2"):
            fetch(web.url("/"), policy)
        assert private.asked == []


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1/",
        "//127.0.0.2/",
        "http://metadata.test/latest",
        "file:///etc/passwd",
        "http://[::1]:80/",
        "http://u:p@news.test/",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(web: Site, to: str) -> None:
    def resolver(host: str) -> Sequence[str]:
        return {"news.test": ["127.0.0.1"], "metadata.test": ["169.254.169.254"]}.get(host, [host])

    web.pages["/"] = Reply(b"", 302, {"Location": to})
    with pytest.raises(Refused):
        fetch(web.url("/"), local(resolver))
    assert web.paths() == ["/"]


def test_redirects_are_followed_and_told(web: Site) -> None:
    web.pages["/"] = Reply(b"x" * 100, 301, {"Location": "a"})
    web.pages["/a"] = Reply(b"", 307, {"Location": web.url("/b", "other.test")})
    web.pages["/b"] = Reply(b"here")
    before: list[str] = []
    page = fetch(web.url("/"), local(), before=before.append)
    assert (page.body, page.asked, page.url) == (b"here", web.url("/"), web.url("/b", "other.test"))
    assert before == [web.url("/"), web.url("/a"), web.url("/b", "other.test")]
    assert [one.host for one in web.asked] == ["news.test", "news.test", "other.test"]


def test_redirects_end(web: Site) -> None:
    web.pages["/"] = Reply(b"", 302, {"Location": "/"})
    with pytest.raises(Refused, match="more than 5 redirects"):
        fetch(web.url("/"), local())
    assert len(web.asked) == 6


def test_a_page_that_says_its_size_is_refused_before_it_is_read(web: Site) -> None:
    web.pages["/"] = Reply(b"x", headers={"Content-Length": "5000001"})
    with pytest.raises(TooMuch, match="larger than 5 MB"):
        fetch(web.url("/"), local())


def test_a_page_that_does_not_end_is_cut() -> None:
    sent = 0

    def endless(connection: socket.socket) -> None:
        nonlocal sent
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            sent += connection.send(b"x" * 65536)

    with raw_server(endless) as port, pytest.raises(TooMuch):
        fetch(f"http://news.test:{port}/", local(max_bytes=1_000_000))
    assert sent < 20_000_000


def test_a_decompression_bomb_is_refused(web: Site) -> None:
    """Less than a megabyte that unpacks to two hundred; also in two members, of which only the first is small."""
    small, bomb = gzip.compress(b"small"), zlib.compressobj(1, wbits=31)
    zeros = bytes(1_000_000)
    packed = b"".join(bomb.compress(zeros) for _ in range(200)) + bomb.flush()
    assert len(packed) < 1_000_000
    for path, body in (("/one", packed), ("/two", small + packed)):
        web.pages[path] = Reply(body, headers={"Content-Encoding": "gzip"})
    started = time.monotonic()
    with pytest.raises(TooMuch, match="unpacked, larger than 5 MB"):
        fetch(web.url("/one"), local())
    assert time.monotonic() - started < 5
    assert fetch(web.url("/two"), local()).body == b"small"


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", gzip.compress(b"whole" * 1000)[:-12], "ends too early"),
        ("gzip", b"no gzip at all", "broken gzip"),
        ("gzip", b"", "ends too early"),
        ("br", b"anything", "packed as 'br'"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "packed as 'gzip, gzip'"),
    ],
)
def test_packing_that_is_not_right_is_named(web: Site, encoding: str, body: bytes, reason: str) -> None:
    web.pages["/"] = Reply(body, headers={"Content-Encoding": encoding})
    with pytest.raises(Unreachable, match=reason):
        fetch(web.url("/"), local())


def test_a_packed_page_is_unpacked(web: Site) -> None:
    text = bytes(range(256)) * 2000
    web.pages["/"] = Reply(gzip.compress(text), headers={"Content-Encoding": "gzip"})
    assert fetch(web.url("/"), local()).body == text
    assert web.asked[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    "slow",
    [
        b"HTTP/1.1 200 OK\r\nX-Header: " + b"a" * 1000,
        b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 1000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"0" * 1000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 40,
    ],
)
def test_a_byte_now_and_then_does_not_keep_us(slow: bytes) -> None:
    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        for byte in slow:
            connection.sendall(bytes([byte]))
            time.sleep(0.02)

    started = time.monotonic()
    with raw_server(drip) as port, pytest.raises(Unreachable, match=r"longer than 0\.5 seconds"):
        fetch(f"http://news.test:{port}/", local(total_seconds=0.5, step_seconds=0.3))
    assert time.monotonic() - started < 1.5


def test_a_slow_handshake_does_not_keep_us_either() -> None:
    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"\x16\x03\x03\x3f\xff")
        for _ in range(1000):
            connection.sendall(b"\x02")
            time.sleep(0.02)

    started = time.monotonic()
    with raw_server(drip) as port, pytest.raises(Unreachable):
        fetch(f"https://news.test:{port}/", local(total_seconds=0.5, step_seconds=0.3))
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "no answer|connection failed"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "connection failed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "connection failed"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "connection failed"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", "connection failed"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "connection failed"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "connection failed"),
    ],
)
def test_what_is_no_whole_answer_is_named(answer: bytes, reason: str) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(answer)

    with raw_server(talk) as port, pytest.raises(Unreachable, match=reason):
        fetch(f"http://news.test:{port}/", local())


def test_what_a_server_sends_does_not_steer_the_terminal() -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall("\x1b]0;owned\x07\x9b2J\u202e nonsense\r\n".encode())

    with raw_server(talk) as port, pytest.raises(Unreachable, match="owned") as failed:
        fetch(f"http://news.test:{port}/", local())
    assert failed.value.message.isprintable()


def test_a_server_that_says_nothing_is_left() -> None:
    with raw_server(lambda connection: time.sleep(1)) as port, pytest.raises(Unreachable, match="no answer in time"):
        fetch(f"http://news.test:{port}/", local(step_seconds=0.2))


def test_the_next_address_is_tried_when_one_does_not_answer(web: Site) -> None:
    web.pages["/"] = Reply(b"here")
    policy = Policy(ports=None, also=("127.0.0.0/24",), resolver=lambda host: ["127.0.0.9", "127.0.0.1"])
    assert fetch(web.url("/"), policy).body == b"here"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.test -addext subjectAltName=DNS:news.test"
    )
    try:
        subprocess.run([*command.split(), "-keyout", file, "-out", f"{file}.crt"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no openssl to make a certificate with: {error}")
    return file


def test_a_secure_connection_is_to_the_checked_address_under_the_right_name(certificate: Path) -> None:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{certificate}.crt", certificate)
    names: list[str | None] = []
    context.sni_callback = lambda sock, name, _: names.append(name)

    def talk(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(4096)
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with raw_server(talk) as port:
        trusting = local(certificates=f"{certificate}.crt")
        assert fetch(f"https://news.test:{port}/", trusting).body == b"ok"
        assert names == ["news.test"]
        with pytest.raises(Unreachable, match=r"no secure connection.*other\.test"):
            fetch(f"https://other.test:{port}/", trusting)
        with pytest.raises(Unreachable, match="no secure connection"):
            fetch(f"https://news.test:{port}/", local())
