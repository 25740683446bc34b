"""Every link of the pages is built here, so that each is a permalink, escaped, and in one form."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from msgspec.structs import replace

from rozmova.records import Party
from rozmova.web.query import Query

_PLAIN = re.compile(r"[\w:-]+")
FORMATS = ("json", "csv")
"""In which a page can be had beside HTML: as a suffix of the path, or as ``format=``."""


def parameters(query: Query) -> list[tuple[str, str]]:
    """The parameters of a query in the order of a URL; what is as usual is left out."""
    found: list[tuple[str, str]] = []
    usual = Query()
    for name in Query.__struct_fields__:
        value = getattr(query, name)
        if value != getattr(usual, name):
            found += [(name, one) for one in value] if isinstance(value, tuple) else [(name, str(value))]
    return found


def _url(*parts: str, query: list[tuple[str, str]] | None = None, anchor: str = "") -> str:
    path = "/" + "/".join(quote(part, safe=":") for part in parts)
    return path + (f"?{urlencode(query)}" if query else "") + (f"#{quote(anchor)}" if anchor else "")


def timeline(query: Query | None = None) -> str:
    """The timeline, filtered."""
    return _url("timeline", query=parameters(query or Query()))


def more(query: Query, name: str, value: str) -> Query:
    """The query with one more value of a filter, from its first page."""
    before = getattr(query, name)
    return replace(query, page=1, **{name: before if value in before else (*before, value)})


def less(query: Query, name: str, value: str) -> Query:
    """The query without a value of a filter, from its first page."""
    before = getattr(query, name)
    now = tuple(v for v in before if v != value) if isinstance(before, tuple) else ""
    return replace(query, page=1, **{name: now})


def with_value(query: Query, name: str, value: str) -> str:
    """The timeline with one more value of a filter, from its first page."""
    return timeline(more(query, name, value))


def without_value(query: Query, name: str, value: str) -> str:
    """The timeline without a value of a filter, from its first page."""
    return timeline(less(query, name, value))


def turned(query: Query, number: int) -> Query:
    """The query for another page of the same list."""
    return replace(query, page=number)


def page(query: Query, number: int) -> str:
    """Another page of the same timeline."""
    return timeline(turned(query, number))


def pictures(query: Query | None = None) -> str:
    """The pictures of the contacts that fit."""
    return _url("pictures", query=parameters(replace(query or Query(), page=1, order="newest")))


def contact(id: str) -> str:
    """The page of a contact."""
    return _url("contact", id)


Places = tuple[tuple[int, int], ...]
"""Where characters of a text begin and end."""


def article(id: str, anchor: str = "", marks: tuple[str, ...] = (), at: Places = ()) -> str:
    """The page of an article, at a mark in its text; only the kinds ``marks`` are shown, and ``at`` is marked too."""
    query = [("marks", kind) for kind in marks] + [("at", f"{start}-{end}") for start, end in at]
    return _url("article", id, query=query, anchor=anchor)


def article_at(id: str, places: Places) -> str:
    """The page of an article with some of its characters marked, at the first of them."""
    return article(id, f"at{places[0][0]}", at=places)


def search(q: str = "", number: int = 1) -> str:
    """What a query finds, or the empty form."""
    return _url("search", query=[*([("q", q)] if q else []), *([("page", str(number))] if number > 1 else [])])


def party(of: Party) -> str:
    """The page of a side: a state has one of its own."""
    return state(of.affiliation) if of.kind == "state" and of.affiliation else party_id(of.id)


def party_id(id: str) -> str:
    """The page of a person, office or organisation."""
    return _url("party", id)


def state(code: str) -> str:
    """The page of a state or of an organisation of states."""
    return _url("state", code)


def pair(one: str, other: str) -> str:
    """The page of two sides: codes of states or identifiers of parties, in one order.

    A server cannot tell a slash of an identifier from one of the path, so such a pair is asked for by parameters.
    """
    sides = sorted((one, other))
    if all(_PLAIN.fullmatch(side) for side in sides):
        return _url("pair", *sides)
    return _url("pair", query=list(zip(("one", "other"), sides, strict=True)))


def office(affiliation: str, level: str) -> str:
    """The page of an office."""
    return _url("office", affiliation, level)


def place(name: str, number: int = 1, query: list[tuple[str, str]] | None = None) -> str:
    """One of the pages that stand by themselves: ``disputes``, ``upcoming``, ``articles``, ``about``."""
    return _url(name, query=[*(query or ()), *([("page", str(number))] if number > 1 else [])])


def static(name: str) -> str:
    """A file that pages bring with them."""
    return _url("static", name)


def in_format(path: str, parameters: list[tuple[str, str]], form: str) -> str:
    """The same page as JSON or CSV."""
    return f"{path}.{form}" + (f"?{urlencode(parameters)}" if parameters else "")
