"""Map of places: coasts, a net of meridians, and a dot for each place as large as contacts there are many.

The projection is equirectangular, true to scale along the middle of the map. There are no borders: a picture of
meetings need not say whose a land is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rozmova.pictures import labels, outline
from rozmova.pictures.labels import Box, Label
from rozmova.pictures.records import Picture, Row, Spot, SpotLink, Table, contacts, no_link
from rozmova.pictures.svg import SMALL, TEXT, element, mark, number, picture, shorten, width, words

_LEAST = 24.0
"""A map shows at least so many degrees of latitude: a town alone needs some coast to be recognised."""
_NORTH, _SOUTH = 78.0, -58.0
"""Where the map ends where nothing is shown beyond."""
_LINES = 3
"""Lines under the map for places that it cannot show."""


class View(NamedTuple):
    """A part of the earth and how it is drawn: edges in degrees, pixels a degree of longitude and of latitude."""

    left: float
    top: float
    right: float
    foot: float
    by_x: float
    by_y: float

    def x(self, longitude: float) -> float:
        """Where a longitude lies in the picture."""
        return (longitude - self.left) * self.by_x

    def y(self, latitude: float) -> float:
        """Where a latitude lies in the picture."""
        return (self.top - latitude) * self.by_y


def map_of_places(
    spots: Iterable[Spot],
    link: SpotLink = no_link,
    *,
    wide: float = 880,
    name: str = "places",
    title: str = "Where contacts took place",
) -> Picture:
    """Places with known coordinates as dots on a map, the others in lines under it; the table has all of them.

    Where no place has coordinates there are the lines alone.
    """
    known = _counted(spots)
    shown = [spot for spot in known if spot.at]
    others = [spot for spot in known if not spot.at]
    rows = tuple(Row((s.label, s.count, "yes" if s.at else "no"), link(s)) for s in known)
    table = Table(title, ("place", "contacts", "on the map"), rows)
    said = f"{contacts(sum(spot.count for spot in known))} at {len(known)} places"
    said += f", {len(others)} of them not on the map. " if others else ". "
    points = [spot.at for spot in shown if spot.at]
    high, parts = 0.0, []
    if shown or not others:  # land alone says nothing of places that lie nobody knows where
        high = _height(points, wide)
        view = view_of(points, wide, high)
        parts = [*_ground(view, wide, high), *_dots(shown, view, link, wide, high)]
    lines, height = _others(others, link, wide, high)
    size = (wide, high + height)
    return Picture(picture(name, "places", size, title, said + "The table says the same.", [*parts, *lines]), table)


def _counted(spots: Iterable[Spot]) -> list[Spot]:
    """Each place once, those with most contacts first."""
    found: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda spot: (spot.id, spot.label, spot.at is None, spot.at or (0.0, 0.0))):
        if spot.count > 0:
            before = found.get(spot.id, Spot(spot.id, spot.label, 0, spot.at))
            at = before.at or spot.at
            found[spot.id] = Spot(spot.id, before.label, before.count + spot.count, at if _on_earth(at) else None)
    return sorted(found.values(), key=lambda spot: (-spot.count, spot.label, spot.id))


def _on_earth(at: tuple[float, float] | None) -> bool:
    return at is not None and -90 <= at[0] <= 90 and -180 <= at[1] <= 180


def _height(points: Sequence[tuple[float, float]], wide: float) -> float:
    """A flat picture for places that lie side by side, a higher one for those that lie above one another."""
    tall, long, squeeze, *_ = _extent(points)
    low, most = (0.42, 0.6) if wide >= 600 else (0.7, 1.0)
    return wide * min(max(tall / (long * squeeze), low), most)


def view_of(points: Sequence[tuple[float, float]], wide: float, high: float) -> View:
    """The part of the earth that holds all points (latitude, longitude) with some air around, in this frame."""
    tall, long, squeeze, middle, centre = _extent(points)
    by_y = min(high / tall, wide / (long * squeeze))
    # Never wider than the earth: rather stretch the map than show it twice.
    by_x = max(by_y * squeeze, wide / 360)
    by_y = max(by_x / squeeze, high / 180)
    long, tall = wide / by_x, high / by_y
    left = min(max(centre - long / 2, -180.0), 180.0 - long)
    top = min(max(middle + tall / 2, -90 + tall), 90.0)
    return View(left, top, left + long, top - tall, by_x, by_y)


def _extent(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float, float]:
    """Degrees of latitude and longitude needed, how much a degree of longitude is shorter, and the middle of both."""
    latitudes = [latitude for latitude, _ in points] or [_SOUTH + 10, _NORTH - 10]
    longitudes = [longitude for _, longitude in points] or [-170.0, 170.0]
    middle = (max(latitudes) + min(latitudes)) / 2
    squeeze = max(0.35, math.cos(math.radians(middle)))
    tall = max((max(latitudes) - min(latitudes)) * 1.35 + 4, _LEAST)
    long = (max(longitudes) - min(longitudes)) * 1.16 + 6
    return tall, long, squeeze, middle, (max(longitudes) + min(longitudes)) / 2


def _ground(view: View, wide: float, high: float) -> Iterator[str]:
    yield element("rect", x=0, y=0, width=wide, height=high, rx=4, class_="sea")
    yield element("path", d=_land(view), class_="land", fill_rule="evenodd")
    step = next(step for step in (1, 2, 5, 10, 20, 30, 60) if (view.right - view.left) / step <= 10 or step == 60)
    net = []
    for line in range(-180, 181, step):
        if view.left < line < view.right:
            net.append(f"M{number(view.x(line))} 0V{number(high)}")
        if view.foot < line < view.top:
            net.append(f"M0 {number(view.y(line))}H{number(wide)}")
    yield element("path", d="".join(net), class_="meridian")


def _land(view: View) -> str:
    """The coasts as one path; points closer than a letter's stroke are left out."""
    found = []
    for ring in outline.land():
        inside = outline.cut(ring, view.left, view.top, view.right, view.foot)
        drawn: list[tuple[float, float]] = []
        for longitude, latitude in inside:
            x, y = view.x(longitude), view.y(latitude)
            if not drawn or abs(x - drawn[-1][0]) + abs(y - drawn[-1][1]) >= 1.2:
                drawn.append((x, y))
        if len(drawn) > 2:
            found.append("M" + " ".join(f"{number(x)} {number(y)}" for x, y in drawn) + "z")
    return "".join(found)


def _dots(shown: Sequence[Spot], view: View, link: SpotLink, wide: float, high: float) -> Iterator[str]:
    if not shown:
        return
    largest = shown[0].count
    top = 17.0 if wide >= 600 else 11.0
    size = TEXT if wide >= 600 else SMALL
    wanted = []
    for spot in shown:
        latitude, longitude = spot.at or (0.0, 0.0)
        radius = 4 + (top - 4) * math.sqrt(spot.count / largest) if largest > 1 else 5.0
        text = shorten(spot.label, 150, size)
        wanted.append(Label(text, view.x(longitude), view.y(latitude), radius, size, spot.count))
    places = labels.put(wanted, Box(2, 2, wide - 2, high - 2), must=False, most=50)
    small = "" if wide >= 600 else " small"
    # The smallest last, so that no dot hides another one.
    for spot, label, place in zip(shown, wanted, places, strict=True):
        shapes = [element("circle", cx=label.x, cy=label.y, r=label.radius, class_="dot")]
        if place:
            shapes.append(words(label.text, place.x, place.y, f"halo{small} {place.anchor}"))
        yield mark(link(spot), f"{spot.label}: {contacts(spot.count)}", *shapes)


def _others(others: Sequence[Spot], link: SpotLink, wide: float, high: float) -> tuple[list[str], float]:
    """The places without coordinates, in a few lines, and how high these are."""
    if not others:
        return [], 0.0
    head = "Not on the map:"
    parts = [words(head, 2, high + 24, "small faint")]
    x, line = 2 + width(head, SMALL) + 6, 0
    for n, spot in enumerate(others):
        text = shorten(f"{spot.label} {spot.count}", wide / 2, SMALL)
        room = width(text, SMALL)
        last = line == _LINES - 1
        if x + room > wide - (90 if last else 2):
            if last:
                parts.append(words(f"and {len(others) - n} more", x, high + 24 + 18 * line, "small faint"))
                break
            x, line = 2.0, line + 1
        said = f"{spot.label}: {contacts(spot.count)}"
        parts.append(mark(link(spot), said, words(text, x, high + 24 + 18 * line, "small")))
        x += room + 12
    return parts, 34.0 + 18 * line
