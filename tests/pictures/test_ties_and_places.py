"""Matrix, network and map: what is drawn, what the table says, and that neither trusts a name."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from rozmova.languages import loader
from rozmova.pictures import (
    Actor,
    Picture,
    Spot,
    Tie,
    for_screen_and_phone,
    labels,
    map_of_places,
    network_of_parties,
    order,
    outline,
    stylesheet,
    svg_file,
    who_with_whom,
)
from rozmova.pictures.matrix import Levels
from rozmova.pictures.naming import coordinates
from rozmova.pictures.svg import width

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Володимир Зеленський", "Радослав Сікорський", "Żółć Gęślą-Jaźń", "Łukasz Ćwikła", "Щербань Юхимович")
HOSTILE = "</text><script>alert(1)</script>\"' &\x0b]]>"


def actors(count: int) -> list[Actor]:
    return [Actor(f"id{n}", f"{NAMES[n % 5]} {n}", ("person", "state", "organisation")[n % 3]) for n in range(count)]


def many(count: int) -> list[Tie]:
    chance, all_of_them = random.Random(5), actors(40)
    return [Tie(*chance.sample(all_of_them, 2), chance.randrange(1, 6)) for _ in range(count)]


def spots(count: int) -> list[Spot]:
    chance = random.Random(5)
    return [
        Spot(f"p{n}", f"Місто {n}", n % 7 + 1, (chance.uniform(-60, 75), chance.uniform(-180, 180)) if n % 4 else None)
        for n in range(count)
    ]


def titles(picture: Picture) -> list[str]:
    root = ElementTree.fromstring(picture.svg)
    return [node.text or "" for node in root.iter(f"{SVG}title") if "id" not in node.attrib]


Draw = Callable[[int, float], Picture]
DRAWS: dict[str, Draw] = {
    "matrix": lambda count, wide: who_with_whom(many(count), wide=wide),
    "network": lambda count, wide: network_of_parties(many(count), wide=wide),
    "map": lambda count, wide: map_of_places(spots(count), wide=wide),
}


@pytest.mark.parametrize("wide", [360, 880])
@pytest.mark.parametrize("count", [0, 1, 500])
@pytest.mark.parametrize("kind", DRAWS)
def test_any_number_gives_a_whole_picture_twice_the_same(kind: str, count: int, wide: float) -> None:
    picture = DRAWS[kind](count, wide)
    root = ElementTree.fromstring(picture.svg)
    assert picture == DRAWS[kind](count, wide)
    assert root.get("aria-labelledby") in {node.get("id") for node in root.iter(f"{SVG}title")}
    assert bool(picture.table.rows) == bool(count)
    assert not re.search(r"nan|inf\b|style=|<script", picture.svg.replace("information", ""))
    assert len(picture.svg) < 150_000


def test_the_table_has_every_contact_and_the_matrix_those_of_its_rows() -> None:
    ties = many(500)
    picture = who_with_whom(ties, most=40)
    assert sum(int(row.cells[2]) for row in picture.table.rows) == sum(tie.count for tie in ties)
    said = [re.fullmatch(r"(.+ with .+): (\d+) contacts?", title) for title in titles(picture)]
    cells = {found[1]: int(found[2]) for found in said if found}
    rows = [row.cells for row in picture.table.rows]
    assert cells == {f"{a} with {b}": n for a, b, n in rows} | {f"{b} with {a}": n for a, b, n in rows}


def test_the_network_draws_the_strongest_ties_of_its_table() -> None:
    picture = network_of_parties(many(500), most=12)
    drawn = [int(found[1]) for t in titles(picture) if (found := re.fullmatch(r".+ and .+: (\d+) contacts?", t))]
    assert sorted(drawn, reverse=True) == [row.cells[2] for row in picture.table.rows[:12]]
    assert f"{len(picture.table.rows) - 12} weaker ties in the table" in picture.svg


def test_nothing_in_a_network_leaves_its_frame() -> None:
    for wide in (360.0, 880.0):
        root = ElementTree.fromstring(network_of_parties(many(60), wide=wide).svg)
        for text in (node for node in root.iter(f"{SVG}text") if "halo" in node.get("class", "")):
            long = width(text.text or "", 13 if wide > 600 else 11)
            shift = {"start": 0, "middle": 0.5, "end": 1}[text.get("class", "").split()[-1]]
            left = float(text.get("x", "")) - long * shift
            assert left > -2 and left + long < wide + 2, text.text


def test_a_place_without_coordinates_is_told_and_not_drawn() -> None:
    given = [Spot("a", "Kyiv", 3, (50.45, 30.52)), Spot("b", "Turkey", 2), Spot("c", "Nowhere", 1, (999.0, 0.0))]
    picture = map_of_places(given, lambda spot: f"/timeline?place={spot.id}")
    assert [row.cells for row in picture.table.rows] == [("Kyiv", 3, "yes"), ("Turkey", 2, "no"), ("Nowhere", 1, "no")]
    root = ElementTree.fromstring(picture.svg)
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    assert {node.get("href") for node in root.iter(f"{SVG}a")} == {f"/timeline?place={id}" for id in "abc"}


def test_places_nobody_can_find_need_no_map() -> None:
    picture = map_of_places([Spot("b", "Turkey", 2), Spot("c", "Nowhere", 1)])
    root = ElementTree.fromstring(picture.svg)
    assert not [node for node in root.iter() if node.get("class") in ("land", "sea", "dot")]
    assert float(root.get("height", "")) < 60 and len(picture.table.rows) == 2


@pytest.mark.parametrize("wide", [360, 880])
def test_the_legend_of_a_matrix_stays_in_its_frame(wide: float) -> None:
    ties = [replace(tie, count=3 ** (n % 9)) for n, tie in enumerate(many(300))]
    root = ElementTree.fromstring(who_with_whom(ties, wide=wide).svg)
    for text in (node for node in root.iter(f"{SVG}text") if node.get("class") == "small faint"):
        assert float(text.get("x", "")) + width(text.text or "", 11) <= float(root.get("width", ""))


@pytest.mark.parametrize("kind", ["matrix", "network", "map"])
def test_hostile_names_stay_text(kind: str) -> None:
    one, other = Actor(HOSTILE, HOSTILE, HOSTILE, HOSTILE), Actor("b", "B")
    picture = {
        "matrix": lambda: who_with_whom([Tie(one, other)], lambda *_: HOSTILE),
        "network": lambda: network_of_parties([Tie(one, other)], lambda *_: HOSTILE),
        "map": lambda: map_of_places([Spot("x", HOSTILE, 1, (1.0, 1.0)), Spot("y", HOSTILE)], lambda _: HOSTILE),
    }[kind]()
    root = ElementTree.fromstring(picture.svg)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "g", "a", "rect", "text", "path", "circle", "line",
    }  # fmt: skip
    assert any("<script>alert(1)</script>" in title for title in titles(picture))


def test_blocks_stand_together() -> None:
    groups = {"a": "135", "b": "246"}
    pairs = {(x, y): 3 for ids in groups.values() for x in ids for y in ids if x < y} | {("1", "2"): 1}
    found = "".join(order.together("123456", pairs))
    assert {frozenset(found[:3]), frozenset(found[3:])} == {frozenset("135"), frozenset("246")}


@pytest.mark.parametrize("most", [*range(1, 60), 500, 99_999])
def test_shades_rise_with_counts(most: int) -> None:
    levels = Levels(most)
    assert levels.tops == sorted(set(levels.tops)) and levels.tops[-1] == most
    shades = [levels.of(count) for count in levels.tops]
    assert shades == sorted(set(shades)) and all(1 <= shade <= 5 for shade in shades)


def test_names_do_not_cover_one_another_where_there_is_room() -> None:
    wanted = [labels.Label(name, 100 + 30 * n, 100 + 4 * n, 5, 13, n) for n, name in enumerate(NAMES)]
    assert None in labels.put(wanted, labels.Box(0, 0, 400, 130), must=False)
    assert None not in labels.put(wanted, labels.Box(0, 0, 400, 130), must=True)


def test_land_is_cut_at_the_edge_of_the_map() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert set(outline.cut(square, 5, 20, 20, 5)) == {(5, 5), (10, 5), (10, 10), (5, 10)}
    assert outline.cut(square, 11, 20, 20, 0) == []
    for ring in outline.land():
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def test_towns_have_coordinates_and_regions_have_none() -> None:
    places = loader.table("shared", "places")
    missing = {key for key, place in places.items() if place.get("kind") != "region" and not coordinates(key)}
    assert missing <= {"klarysew", "bulboaca", "redzikowo", "tongchang-ri", "fordow"}
    assert not any(coordinates(key) for key, place in places.items() if place.get("kind") == "region")
    assert coordinates("Q1899") == coordinates("kyiv") == (50.45, 30.52)


def test_a_file_carries_its_colours_and_a_page_gets_both_widths() -> None:
    text = svg_file(who_with_whom(many(9)))
    root = ElementTree.fromstring(text)
    assert "--pic-level-1" in (root.find(f"{SVG}style").text or "")  # type: ignore[union-attr]
    both = for_screen_and_phone(lambda wide, name: who_with_whom(many(9), wide=wide, name=name), "who")
    ids = re.findall(r'id="([^"]+)"', both.svg)
    assert len(ids) == len(set(ids)) == 4
    ElementTree.fromstring(f"<div>{both.svg}</div>")


def test_every_class_of_a_picture_is_in_the_style_sheet() -> None:
    used: set[str] = set()
    for draw in DRAWS.values():
        for wide in (360.0, 880.0):
            root = ElementTree.fromstring(draw(200, wide).svg)
            used |= {name for node in root.iter() for name in node.get("class", "").split()}
    # Where a text starts, what a kind of picture is called and the plain state need no rule of their own.
    free = {"start", "pic-matrix", "pic-network", "pic-places", "node-state"}
    assert {name for name in used - free if f".{name}" not in stylesheet()} == set()
    assert "url(" not in stylesheet() and "@import" not in stylesheet()
