"""What a URL asks for: every filter of the timeline, read from its parameters with limits, as a question to the store.

A :class:`Query` and the parameters of a URL say the same (``rozmova.web.urls`` writes them): each URL is a permalink.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from rozmova.errors import InputError
from rozmova.exports.fields import FIELDS
from rozmova.store.browse import Asked
from rozmova.store.filters import make_filters

PER_PAGE = 50

LONGEST_VALUE = 200
MOST_VALUES = 10
LAST_PAGE = 100_000

Order = Literal["newest", "oldest"]
_CODE = re.compile(r"[A-Z]{2,8}")
_SIDE = r"[A-Z]{2,8}|Q[0-9]+|x:.+?"
_PAIR = re.compile(rf"({_SIDE})-({_SIDE})", re.DOTALL)
_PAGE = re.compile(r"[1-9][0-9]{0,5}")


class Query(Struct, frozen=True, kw_only=True):
    """The parameters of a list of contacts; names are those of the URL, in the order in which URLs have them."""

    party: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    disputed: tuple[str, ...] = ()
    order: Order = "newest"
    page: int = 1

    @property
    def plain(self) -> bool:
        """Whether nothing is filtered."""
        return self.asked() == Asked()

    def asked(self) -> Asked:
        """The question to the store. Raises :class:`InputError` for what is no channel, date and so on."""
        pairs = [side for pair in self.pair for side in sides_of(pair)]
        return Asked(
            filters=make_filters(self.party, self.since or None, self.until or None, self.channel, self.status),
            sides=(*self.state, *pairs),
            topics=self.topic,
            places=self.place,
            langs=self.lang,
            outlets=self.outlet,
            disputed=self.disputed,
        )


def sides_of(pair: str) -> list[str]:
    """The two sides that a pair joins; identifiers hold hyphens themselves."""
    found = _PAIR.fullmatch(pair)
    return list(found.groups()) if found else pair.split("-", 1)


FILTERS = tuple(name for name in Query.__struct_fields__ if name not in ("order", "page"))
"""The parameters that filter, in the order of a URL."""

_DISPUTABLE = {field.name for field in FIELDS} | {"any"}


def read_query(given: Iterable[tuple[str, str]]) -> Query:
    """The parameters of a URL; those with other names are left alone.

    Raises :class:`InputError` that says what is wrong with one.
    """
    values: dict[str, list[str]] = {}
    for name, value in given:
        if name in Query.__struct_fields__ and value.strip():
            values.setdefault(name, []).append(checked(name, value.strip()))
    for name, some in values.items():
        if len(set(some)) > MOST_VALUES:
            raise InputError(f"{len(set(some))} values for {name}", f"at most {MOST_VALUES} can be asked for at once")
    several = {name: tuple(dict.fromkeys(values.get(name, ()))) for name in FILTERS if name not in ("since", "until")}
    query = Query(
        **several,
        since=_one(values, "since"),
        until=_one(values, "until"),
        order="oldest" if _one(values, "order") == "oldest" else "newest",
        page=page_of(_one(values, "page")),
    )
    _check(query)
    query.asked()
    return query


def page_of(value: str) -> int:
    """A number of a page; 1 where none is given. Raises :class:`InputError`."""
    if not value:
        return 1
    if not _PAGE.fullmatch(value) or int(value) > LAST_PAGE:
        raise InputError(f"{value!r} is no number of a page", f"a number from 1 to {LAST_PAGE}")
    return int(value)


def checked(name: str, value: str) -> str:
    """A value short enough to be looked up. Raises :class:`InputError`."""
    if len(value) > LONGEST_VALUE:
        raise InputError(f"the value of {name} is {len(value)} characters long", f"at most {LONGEST_VALUE} are read")
    if "\0" in value:
        raise InputError(f"the value of {name} holds a NUL character", "leave it out")
    return value


def _check(query: Query) -> None:
    for state in query.state:
        if not _CODE.fullmatch(state):
            raise InputError(f"{state!r} is no code of a state", "write it as UKR, POL, EU")
    for pair in query.pair:
        if pair.count("-") < 1 or not all(pair.split("-", 1)):
            raise InputError(f"{pair!r} is no pair", "write it as POL-UKR")
    for field in query.disputed:
        if field not in _DISPUTABLE:
            raise InputError(f"{field!r} is no field that sources can dispute", "any, or one of the record's fields")


def _one(values: Mapping[str, list[str]], name: str) -> str:
    return values[name][-1] if name in values else ""
