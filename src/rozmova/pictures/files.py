"""Pictures for pages of two widths, and as files that carry their colours with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from rozmova.pictures.records import Picture
from rozmova.pictures.svg import element

CSS = Path(__file__).with_name("pictures.css")

Draw = Callable[[float, str], Picture]
"""Draws a picture of a width; the second value is its ``name``, which must differ from others of the page."""


@cache
def stylesheet() -> str:
    """The style sheet of the pictures."""
    return CSS.read_text(encoding="utf-8")


def svg_file(picture: Picture) -> str:
    """The picture as an SVG file that needs nothing else; dark where its reader prefers that."""
    ground = element("rect", x=-1000, y=-1000, width=10000, height=10000, class_="ground")
    head, rest = picture.svg.split(">", 1)
    rules = stylesheet() + ".ground { fill: var(--pic-ground); }\n"
    style = f"<style>{rules.replace('&', '&amp;').replace('<', '&lt;')}</style>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{style}{ground}{rest}\n'


def for_screen_and_phone(draw: Draw, name: str, wide: float = 880, narrow: float = 360) -> Picture:
    """A picture in two widths, of which the style sheet shows one: readable on a phone without a script."""
    large, small = draw(wide, name), draw(narrow, f"{name}-narrow")
    both = element("div", large.svg, class_="pic-wide") + element("div", small.svg, class_="pic-narrow")
    return Picture(both, large.table)
