"""What ``shared/outlets.yaml`` knows of an outlet by its name or its address: official sites and news agencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

from rozmova.languages import loader
from rozmova.records import Affiliation
from rozmova.text.script import APOSTROPHES

Listed = Literal["official", "agency"]
"""The kinds of outlets that the table has."""
KINDS: tuple[Listed, ...] = get_args(Listed)
_KNOWN = 2**14
"""How many outlets are kept at hand."""
_QUOTES = re.compile('["«»“”„]')
_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES), "'")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")


class Outlet(NamedTuple):
    """What is known of an outlet; ``affiliation`` says whose site an official one is."""

    kind: Literal["official", "agency", "press"]
    affiliation: Affiliation | None = None


@lru_cache(_KNOWN)
def outlet_of(outlet: str | None, url: str | None) -> Outlet | None:
    """What is known of an outlet by its name, else by its address; an unknown one is of the press, none is None."""
    name = folded(outlet or "")
    known = _names().get(name)
    site = None if known else _site(name) or _site(_host(url or ""))
    return known[1] if known else site or (Outlet("press") if name else None)


def label_of(name: str) -> str:
    """The usual English name of an outlet; of one that the table does not have, the name itself."""
    known = _names().get(folded(name))
    return known[0] if known else name


def folded(text: str) -> str:
    """A name as it is looked up: case, quotation marks, kinds of apostrophe and white space do not matter."""
    return " ".join(_QUOTES.sub("", text).translate(_APOSTROPHES).casefold().split())


@cache
def _names() -> dict[str, tuple[str, Outlet]]:
    found = {}
    for label, outlet, data in _outlets():
        for name in (label, *data.get("names", ())):
            found[folded(name)] = label, outlet
    return found


@cache
def _sites() -> dict[str, Outlet]:
    return {site: outlet for _, outlet, data in _outlets() for site in data["sites"]}


def _outlets() -> Iterator[tuple[str, Outlet, dict[str, Any]]]:
    for kind in KINDS:
        for label, data in loader.table(loader.SHARED, "outlets")[kind].items():
            yield label, Outlet(kind, data.get("affiliation")), data


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "") if "//" in url else url.split("/", 1)[0].casefold()
    except ValueError:
        return ""


def _site(host: str) -> Outlet | None:
    """The outlet of a domain or of one above it."""
    labels = host.split(".") if _DOMAIN.fullmatch(host) else []
    return next(filter(None, (_sites().get(".".join(labels[n:])) for n in range(len(labels) - 1))), None)
