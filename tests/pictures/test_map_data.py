"""The data of the map: towns that the program knows, on land, where people know them to be."""

from __future__ import annotations

from itertools import pairwise
from math import acos, cos, hypot, radians, sin

import pytest

from rozmova.languages import loader
from rozmova.pictures import outline
from rozmova.pictures.naming import COORDINATES, coordinates

ISLANDS = {
    "apia", "basseterre", "bridgetown", "castries", "funafuti", "kingstown", "majuro", "male", "moroni", "ngerulmud",
    "nukualofa", "palikir", "port-louis", "port-vila", "praia", "roseau", "sao-tome", "st-johns", "tarawa", "victoria",
    "yaren",
}  # fmt: skip
"""Towns on islands that the outline is too coarse for."""


def rows() -> list[tuple[str, float, float]]:
    lines = COORDINATES.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(key, float(latitude), float(longitude)) for key, latitude, longitude in cells]


def on_land(latitude: float, longitude: float) -> bool:
    """In a ring of land, or within a degree and a half of a coast: points were left out and rounded."""
    crossings = 0
    for ring in outline.land():
        for (x, y), (other_x, other_y) in pairwise((ring[-1], *ring)):
            if (y > latitude) != (other_y > latitude):
                crossings += longitude < (other_x - x) * (latitude - y) / (other_y - y) + x
            if abs(y - latitude) < 1.5 and hypot((x - longitude) * cos(radians(latitude)), y - latitude) < 1.5:
                return True
    return crossings % 2 == 1


def test_every_row_is_a_place_of_the_language_data_once() -> None:
    places = loader.table("shared", "places")
    keys = [key for key, *_ in rows()]
    assert len(keys) == len(set(keys)) > 600
    assert set(keys) <= places.keys()
    assert not [key for key in keys if places[key].get("kind") == "region"]


def test_towns_lie_on_the_land_that_is_drawn() -> None:
    assert all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for _, latitude, longitude in rows())
    assert {key for key, latitude, longitude in rows() if not on_land(latitude, longitude)} == ISLANDS
    swapped = [key for key, latitude, longitude in rows() if abs(longitude) <= 90 and not on_land(longitude, latitude)]
    assert len(swapped) > 100, "the test would not see rows with latitude and longitude exchanged"


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ("kyiv", "warsaw", 690),
        ("kyiv", "moscow", 756),
        ("geneva", "vienna", 806),
        ("washington", "brussels", 6220),
        ("canberra", "buenos-aires", 11700),
    ],
)
def test_known_distances(one: str, other: str, kilometres: float) -> None:
    (a, b), (c, d) = ([radians(x) for x in coordinates(key) or ()] for key in (one, other))
    found = 6371 * acos(sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d))
    assert found == pytest.approx(kilometres, rel=0.02)
