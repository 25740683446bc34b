"""What somebody types to search: words, phrases in quotes, filters as ``name:value``, a minus before what must not be.

``Зеленського channel:phone party:"Олаф Шольц" -status:cancelled before:2022-02-24``
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from msgspec import Struct

from rozmova.errors import InputError
from rozmova.languages import loader
from rozmova.names.actors import load
from rozmova.names.known import known_as
from rozmova.store.filters import CHANNELS, STATUSES
from rozmova.store.kinds import KINDS
from rozmova.store.period import Period, read_period

DISPUTABLE = ("parties", "channel", "status", "date", "initiator", "place", "duration_minutes")
"""Fields on which sources can differ."""

_PIECE = re.compile(r'(?P<minus>-)?(?:(?P<name>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))|(?P<open>")')
_EMPTY = re.compile(r"[^\W\d_]+:")
_HAS_FILTER = re.compile(r"(?:^|\s)-?[^\W\d_]+:")
_OF_WORDS = frozenset({"party", "topic", "place", "outlet"})
_ID = re.compile(r"Q\d+|[a-z]+:\S+")
_LONGEST = 1000
MOST = 30
"""Parts of a query."""


class Phrase(Struct, frozen=True):
    """Words that must stand one after another, or one word; with ``exclude`` they must not be there."""

    words: tuple[str, ...]
    exclude: bool = False


class Filter(Struct, frozen=True):
    """One condition by its name; ``period`` for those of time, ``values`` for the others."""

    name: str
    values: tuple[str, ...] = ()
    period: Period | None = None
    exclude: bool = False


class Query(Struct, frozen=True):
    """Everything must fit."""

    phrases: tuple[Phrase, ...] = ()
    filters: tuple[Filter, ...] = ()


def read_query(text: str) -> Query:
    """Understand what was typed. Raises :class:`InputError` that lists what is allowed for a wrong filter."""
    if len(text) > _LONGEST:
        raise InputError(f"a search of {len(text)} characters is too long", f"at most {_LONGEST}")
    phrases: list[Phrase] = []
    filters: list[Filter] = []
    for piece in _PIECE.finditer(_straight(text)):
        if piece["open"]:
            raise InputError("a quotation mark is not closed", 'write "two words" or party:"Olaf Scholz"')
        value, minus = piece["quoted"] if piece["quoted"] is not None else piece["bare"], bool(piece["minus"])
        if piece["name"] is not None or _EMPTY.fullmatch(value):
            name, value = (piece["name"], value.strip()) if piece["name"] else (value[:-1], "")
            filters.append(_filter(name, value, minus))
        elif words := tuple(word for word in value.split() if any(c.isalnum() for c in word)):
            phrases.append(Phrase(words, minus))
    if len(phrases) + len(filters) > MOST:
        raise InputError(f"a search of {len(phrases) + len(filters)} parts is too long", f"at most {MOST}")
    return Query(tuple(phrases), tuple(filters))


def from_arguments(arguments: Sequence[str]) -> str:
    """One query of the words of a command line, from which the shell has taken the quotes."""
    return " ".join(_requoted(argument) for argument in arguments)


def _requoted(argument: str) -> str:
    name, colon, value = argument.partition(":")
    if '"' in argument or not re.search(r"\s", argument):
        return argument
    if colon and name.lower().removeprefix("-") in _OF_WORDS:
        return argument if _HAS_FILTER.search(value) else f'{name}:"{value}"'
    return argument if _HAS_FILTER.search(argument) else f'"{argument}"'


def _straight(text: str) -> str:
    return re.sub("[«»„“”]", '"', text)


def _filter(name: str, value: str, exclude: bool) -> Filter:
    read = FILTERS.get(name.lower())
    if read is None:
        raise InputError(f"there is no filter {name}:", f"allowed: {', '.join(f'{f}:' for f in FILTERS)}")
    if not value:
        raise InputError(f"the filter {name.lower()}: says nothing", f"write {EXAMPLES[name.lower()]}")
    found = read(value)
    if isinstance(found, Period):
        return Filter(name.lower(), (), found, exclude)
    return Filter(name.lower(), found, None, exclude)


def _one_of(what: str, allowed: Callable[[], Sequence[str]]) -> Callable[[str], tuple[str, ...]]:
    def read(value: str) -> tuple[str, ...]:
        for one in allowed():
            if one.lower() == value.lower():
                return (one,)
        raise InputError(f"{value!r} is not a {what}", f"allowed: {', '.join(allowed())}")

    return read


def _free(value: str) -> tuple[str, ...]:
    return (value,)


def _state(value: str) -> tuple[str, ...]:
    code = next((code for code in _codes() if code.upper() == value.upper()), None)
    if code is None:
        raise InputError(f"{value!r} is not the code of a state or organisation", f"allowed: {', '.join(_codes())}")
    return (code,)


def _pair(value: str) -> tuple[str, ...]:
    sides = re.split("[-–—]", value)
    if len(sides) != 2:
        raise InputError(f"{value!r} is not a pair", f"write two codes as in {EXAMPLES['pair']}")
    return _state(sides[0].strip()) + _state(sides[1].strip())


def _place(value: str) -> tuple[str, ...]:
    ids = tuple(sorted({known.id for known in known_as(value)}))
    if not ids and not _ID.fullmatch(value):
        hint = "write the name of a town or country as a headline would, or the identifier of the place: place:Q1899"
        raise InputError(f"no place is known by the name {value!r}", hint)
    return ids or (value,)


def _disputed(value: str) -> tuple[str, ...]:
    if value.lower() == "duration":
        return ("duration_minutes",)
    return _one_of("dispute", lambda: ("yes", "no", *DISPUTABLE))(value)


@cache
def _codes() -> tuple[str, ...]:
    bodies = {about["affiliation"] for about in loader.table(loader.SHARED, "organisations").values()}
    return tuple(sorted({*loader.table(loader.SHARED, "states"), *bodies, *load().affiliations()} - {None, ""}))


def topics() -> tuple[str, ...]:
    """The labels that topics of contacts can have."""
    return tuple(topic["label"] for topic in loader.table(loader.SHARED, "topics").values())


FILTERS: Mapping[str, Callable[[str], tuple[str, ...] | Period]] = {
    "party": _free,
    "state": _state,
    "pair": _pair,
    "channel": _one_of("channel", lambda: CHANNELS),
    "status": _one_of("status", lambda: STATUSES),
    "topic": _one_of("topic", topics),
    "place": _place,
    "disputed": _disputed,
    "kind": _one_of("kind of result", lambda: KINDS),
    "lang": _one_of("language", loader.codes),
    "outlet": _free,
    "before": read_period,
    "after": read_period,
    "on": read_period,
}
"""Every filter, and what reads its value."""

EXAMPLES = {
    "party": 'party:Зеленський or party:"Olaf Scholz"',
    "state": "state:UKR",
    "pair": "pair:UKR-RUS",
    "channel": "channel:phone",
    "status": "status:held",
    "topic": 'topic:ceasefire or topic:"air defence"',
    "place": "place:Київ",
    "disputed": "disputed:yes or disputed:date",
    "kind": "kind:contact",
    "lang": "lang:uk",
    "outlet": "outlet:pap.pl",
    "before": "before:2022-02-24",
    "after": "after:2021-12",
    "on": "on:2022-01",
}
"""How each filter is written."""
