"""What actors and places of contacts are called in pictures, and where places lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rozmova.languages import loader
from rozmova.pictures.records import Actor

COORDINATES = Path(__file__).parent / "data" / "coordinates.tsv"


def actor(id: str, name: str, kind: str, affiliation: str | None) -> Actor:
    """A party: of a person the last name stands where there is little room."""
    short = name.rsplit(maxsplit=1)[-1] if kind == "person" and name.split() else affiliation or ""
    return Actor(id, name, "person" if kind in ("person", "office") else kind, short)


@cache
def affiliation(code: str) -> Actor:
    """A state or an organisation by the code that parties carry."""
    if state := loader.table("shared", "states").get(code):
        return Actor(code, str(state["label"]), "state", code)
    organisation = loader.table("shared", "organisations").get(code)
    label = str(organisation["label"]) if organisation and "label" in organisation else code
    return Actor(code, label, "organisation", code)


def coordinates(place: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place by its id (that of the table of places, or of Wikidata); None: not known."""
    return _coordinates().get(_keys().get(place, place))


@cache
def _keys() -> dict[str, str]:
    table = loader.table("shared", "places")
    return {entry["qid"]: key for key, entry in table.items() if "qid" in entry}


@cache
def _coordinates() -> dict[str, tuple[float, float]]:
    lines = COORDINATES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: (float(latitude), float(longitude)) for key, latitude, longitude in rows}
