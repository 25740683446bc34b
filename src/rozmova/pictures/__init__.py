"""Pictures where people would rather look: plain SVG from plain data, and a table that says the same.

``bars`` draws contacts over time, ``matrix`` who met whom, ``network`` (with ``layout``) parties and their ties,
``places`` (with ``outline``) a map. ``naming`` has the names of actors and coordinates. Every function is pure: the
same data give the same text. Words are escaped, nothing is fetched, styles are in ``pictures.css`` alone.
"""

from __future__ import annotations

from rozmova.pictures.bars import contacts_over_time
from rozmova.pictures.files import for_screen_and_phone, stylesheet, svg_file
from rozmova.pictures.matrix import who_with_whom
from rozmova.pictures.network import network_of_parties
from rozmova.pictures.places import map_of_places
from rozmova.pictures.records import Actor, Bar, Period, Picture, Row, Spot, Table, Tie

__all__ = [
    "Actor",
    "Bar",
    "Period",
    "Picture",
    "Row",
    "Spot",
    "Table",
    "Tie",
    "contacts_over_time",
    "for_screen_and_phone",
    "map_of_places",
    "network_of_parties",
    "stylesheet",
    "svg_file",
    "who_with_whom",
]
