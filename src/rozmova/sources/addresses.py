"""Which addresses of the web may be asked: http and https on their own ports, at hosts of the public internet alone.

A feed is written by strangers, and what it names is fetched from inside the user's network. So nothing that it can
write may lead to a machine which only the user can reach: the host's addresses are looked up once and all of them
checked, and the caller connects to what was checked (:class:`Target`), never to a name that is looked up again.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from msgspec import Struct

from rozmova.errors import RozmovaError

IpAddress = IPv4Address | IPv6Address
Resolver = Callable[[str], Sequence[str]]
"""Name of a host -> its addresses; raises ``OSError`` when it has none."""

MAX_URL = 2000
"""Longer addresses are refused: servers refuse them too, and no article has one."""

_PORTS = {"http": 80, "https": 443}

_PUBLIC_V6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ip_network(net)
    for net in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # protocol assignments: Teredo and others, with IPv4 addresses inside
        "2002::/16",  # 6to4: any IPv4 address inside
        "3fff::/20",  # documentation
    )
)
"""What ``ipaddress`` of some Python counts as global, and is not."""


class FetchError(RozmovaError):
    """An address could not be fetched: the message says which one and why.

    Messages tell what a stranger sent, and are printed: what would steer a terminal is taken out.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__("".join(sign if sign.isprintable() else "?" for sign in message[:2500]), hint)


class Unreachable(FetchError):
    """Nothing came, or not in time: it may be otherwise later."""


class Refused(FetchError):
    """An address that must not be fetched, today or later."""


def system_resolver(host: str) -> Sequence[str]:
    """Ask the operating system for the addresses of a host."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Policy(Struct, frozen=True, kw_only=True):
    """What may be fetched and how much of it; the defaults are for everybody, the rest is for tests."""

    ports: tuple[int, ...] | None = tuple(_PORTS.values())
    """None: all of them."""
    also: tuple[str, ...] = ()
    """Networks that are let through although they are not public."""
    max_bytes: int = 5_000_000
    """Of an answer, as sent and as unpacked."""
    total_seconds: float = 30.0
    """For one request, from the connection to the last byte."""
    step_seconds: float = 10.0
    """For the look-up of the host, for the connection, and for each wait on the next bytes."""
    max_redirects: int = 5
    certificates: str | None = None
    """A file with those to trust; None: what the system trusts (the variable SSL_CERT_FILE names others)."""
    resolver: Resolver = system_resolver


PUBLIC = Policy()
"""For everything but tests."""


class Target(Struct, frozen=True, kw_only=True):
    """An address that was checked, taken apart, with the addresses of the host to connect to."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Scheme, host and port: whom one robots.txt is for."""
        return f"{self.scheme}://{authority(self.scheme, self.host, self.port)}"


def authority(scheme: str, host: str, port: int) -> str:
    """Host and port as they stand in an address and in the Host header."""
    name = f"[{host}]" if ":" in host else host
    return name if port == _PORTS[scheme] else f"{name}:{port}"


def normal_url(url: str, base: str = "") -> str:
    """An address in one spelling: ASCII, host in lower case, no fragment; relative ones count from ``base``.

    Raises :class:`Refused` for what is no address of a web page, says a password, or cannot be read in one way only.
    """
    parts = _split(url, base)
    host, port = _host(url, parts), _port(url, parts)
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~") or "/"
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?") if parts.query else ""
    return f"{parts.scheme}://{authority(parts.scheme, host, port)}{path}{query}"


def check(url: str, policy: Policy) -> Target:
    """Take an address apart and look its host up; raises :class:`Refused` where it may not be fetched."""
    url = normal_url(url)
    parts = urlsplit(url)
    host, port = _host(url, parts), _port(url, parts)
    if policy.ports is not None and port not in policy.ports:
        raise Refused(f"{url}: port {port} is not asked", "web pages are on ports 80 and 443")
    try:
        addresses = _looked_up(host, policy)
    except TimeoutError as error:
        raise Unreachable(
            f"{url}: the look-up of its host took longer than {policy.step_seconds:g} seconds", "try it later"
        ) from error
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{url}: no host of that name is found", "check the spelling and the network") from error
    if not addresses:
        raise Unreachable(f"{url}: no host of that name is found", "check the spelling and the network")
    allowed = [ip_network(net) for net in policy.also]
    for address in addresses:
        # One that is not public is enough to refuse the name: a mixed answer is what an attack on the lookup gives.
        if not is_public(address) and not any(_inside(address, net) for net in allowed):
            raise Refused(
                f"{url}: leads to {address}, which is no address of the public internet",
                "pages of a private network are not fetched: save them and give the files to `rozmova add`",
            )
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return Target(url=url, scheme=parts.scheme, host=host, port=port, path=path, addresses=addresses)


def _looked_up(host: str, policy: Policy) -> tuple[str, ...]:
    """Ask for the addresses, and for no longer than a step may take: the system's own limit may be minutes.

    What nobody waits for any more ends in its own time; it keeps neither another look-up nor the end of the program.
    """
    found: list[tuple[str, ...] | Exception] = []

    def ask() -> None:
        try:
            found.append(tuple(policy.resolver(host)))
        except Exception as error:
            found.append(error)

    asking = threading.Thread(target=ask, name=f"look-up of {host}", daemon=True)
    asking.start()
    asking.join(policy.step_seconds)
    if not found:
        raise TimeoutError
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, as far as the address says it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip in _NAT64:
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        # Of all the rest only this part is given out; mapped, compatible, local and multicast addresses lie outside.
        if ip not in _PUBLIC_V6:
            return False
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified or not ip.is_global:
        return False
    return not any(ip in net for net in _NOT_PUBLIC)


def _inside(address: str, net: IPv4Network | IPv6Network) -> bool:
    try:
        return ip_address(address) in net
    except ValueError:
        return False


def _split(url: str, base: str) -> SplitResult:
    url = url.strip(" \t\r\n")
    if len(url) > MAX_URL:
        raise Refused(f"{url[:60]}...: the address has {len(url)} characters", f"at most {MAX_URL} are read")
    # Programs differ in how they read these: what one takes for the path is the host for another.
    if re.search(r"[\x00-\x1f\x7f\\]", url):
        raise Refused(f"{url!r}: has a control character or a backslash in it", "check the spelling")
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
    except ValueError as error:
        raise Refused(f"{url!r} is no address: {error}", "an address begins with https://") from error
    if parts.scheme not in _PORTS:
        what = f"addresses with {parts.scheme}: are not fetched" if parts.scheme else "is no address"
        raise Refused(f"{url}: {what}", "an address begins with https:// or http://")
    if "@" in parts.netloc:
        shown = url.replace(parts.netloc, "..." + parts.netloc[parts.netloc.rindex("@") :])
        raise Refused(f"{shown}: has a name or password in it", "such addresses are neither fetched nor stored")
    return parts


def _host(url: str, parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Refused(f"{url}: {host!r} is no name of a host", "check the spelling") from error
    if not re.fullmatch(r"[0-9a-f:.]+" if ":" in name else r"[a-z0-9_.-]+", name):
        raise Refused(f"{url}: {host!r} is no name of a host", "check the spelling")
    return name


def _port(url: str, parts: SplitResult) -> int:
    try:
        return _PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError as error:
        raise Refused(f"{url}: {error}", "a port is a number, and web pages need none") from error
