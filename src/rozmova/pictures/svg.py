"""SVG as text: escaped, without styles or scripts, and with an estimate of how wide words will be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

TEXT = 13.0
SMALL = 11.0
"""Sizes of letters in units of the picture; ``pictures.css`` sets the same."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_EMS: dict[str, float] = {
    letter: em
    for em, letters in (
        (0.33, "ijlIJіїІЇł .,:;'’|!·"),
        (0.42, 'frt-()[]/"r'),
        (0.56, "cszгґєзсэ–"),
        (0.75, "ABCKNRUVXZднпцъАБВЄИЙКСХЧЬЯЭ"),
        (0.82, "wDGHOQюыДЛНОПЦ&"),
        (0.94, "mMжфшщмФЫ@%—…"),
        (1.1, "WЖШЩЮ"),
    )
    for letter in letters
}
"""Widths of letters of DejaVu Sans, the broadest of the usual fonts: what fits there fits in the others too."""


def escape(value: object) -> str:
    """Text for XML content and attribute values; what XML cannot hold becomes a replacement sign."""
    text = _ILLEGAL.sub("\ufffd", str(value))
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(sign, entity)
    return text


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") and text != "-0.0" else text.replace("-0.0", "0")


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """An element with escaped attributes (``class_`` becomes ``class``, ``_`` becomes ``-``); children are SVG."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, int | float) else escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def words(text: str, x: float, y: float, class_: str | None = None, **attributes: str | float | None) -> str:
    """A line of text; where it is anchored is up to its classes (``end``, ``middle``)."""
    return element("text", escape(text), x=x, y=y, class_=class_, **attributes)


def mark(href: str | None, title: str, *shapes: str, class_: str | None = None) -> str:
    """Shapes that say ``title`` when pointed at and lead to ``href``, unless there is none or it is no web address."""
    said = element("title", escape(title))
    scheme = _SCHEME.match(href or "")
    if not href or (scheme and scheme[1].lower() not in ("http", "https")):
        return element("g", said, *shapes, class_=class_)
    return element("a", said, *shapes, href=href, class_=class_)


def width(text: str, size: float = TEXT) -> float:
    """About how wide a text is, rather too much than too little."""
    return sum(map(_em, text)) * size


def _em(letter: str) -> float:
    if letter in _EMS:
        return _EMS[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    base = unicodedata.normalize("NFD", letter)[0]
    return _EMS.get(base, 0.67 if letter.isupper() else 0.64)


def shorten(text: str, room: float, size: float = TEXT) -> str:
    """The text, cut with ``…`` where it is wider than the room."""
    text = " ".join(text.split())
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def picture(name: str, kind: str, size: tuple[float, float], title: str, said: str, parts: Iterable[str]) -> str:
    """The outer element, named by its title and described by ``said``.

    A group and no ``img``: what lies in an image is hidden from screen readers, and here every mark is a link.
    """
    wide, high = size
    key = re.sub(r"[^A-Za-z0-9_-]", "-", name)
    return element(
        "svg",
        element("title", escape(title), id=f"{key}-title"),
        element("desc", escape(said), id=f"{key}-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"pic pic-{kind}",
        viewBox=f"0 0 {number(wide)} {number(high)}",
        width=wide,
        height=high,
        role="group",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )
