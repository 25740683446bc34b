"""What a picture is drawn from, and what drawing gives: plain data in, an SVG and a table that says the same out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct


class Bar(Struct, frozen=True):
    """So many contacts over one channel that took place on one day, or some time between two days.

    Both days are None where nothing is known of the date.
    """

    first: date | None
    last: date | None
    channel: str
    count: int = 1


class Period(Struct, frozen=True):
    """One column of contacts over time: its days (both included) and its name."""

    first: date
    last: date
    label: str


class Actor(Struct, frozen=True):
    """A state, an organisation or a person; ``short`` stands where there is little room."""

    id: str
    label: str
    kind: str = "state"
    short: str = ""


class Tie(Struct, frozen=True):
    """So many contacts in which two actors both took part."""

    one: Actor
    other: Actor
    count: int = 1


class Spot(Struct, frozen=True):
    """So many contacts at one place; ``at`` is latitude and longitude in degrees, None where nobody knows them."""

    id: str
    label: str
    count: int = 1
    at: tuple[float, float] | None = None


class Row(Struct, frozen=True):
    """One line of a table, and the address of the list that it counts."""

    cells: tuple[str | int, ...]
    href: str | None = None


class Table(Struct, frozen=True):
    """What a picture shows, in words and numbers; numbers stand as ``int``."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Picture(Struct, frozen=True):
    """An SVG element and the table that says the same.

    The SVG carries classes only: ``pictures.css`` (or :func:`rozmova.pictures.svg_file`) gives it its colours.
    """

    svg: str
    table: Table


PeriodLink = Callable[[Period | None, str | None], str | None]
"""Address of the contacts of a period (None: those without a date so exact) over a channel (None: over any)."""

TieLink = Callable[[Actor, Actor | None], str | None]
"""Address of the contacts of two actors, or of one with anybody."""

SpotLink = Callable[[Spot], str | None]
"""Address of the contacts at a place."""


def no_link(*_: object) -> None:
    """For pictures that lead nowhere."""


def contacts(count: int) -> str:
    """``1 contact``, ``12 contacts``."""
    return f"{count} contact{'' if count == 1 else 's'}"
