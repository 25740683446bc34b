"""Where in a TOML text its tables and keys stand.

``tomllib`` gives values without places, and the maintained parsers that keep the layout (tomlkit) give no line numbers
either. So the values come from ``tomllib``, and the lines from here: text that ``tomllib`` has accepted needs no second
parser, only strings and comments out of the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Place = tuple[str | int, ...]
"""Keys and list positions from the top: ``("person", 0, "office", 1, "from")``."""

_HIDDEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|\#[^\n]*", re.DOTALL
)
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]*)\]")
_PLAIN_KEY = re.compile(r"""["']([\w-]+)["']""")


def line_of(lines: dict[Place, int], place: Place) -> int:
    """The line of a place, or of what is nearest above it; the first line when there is nothing."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def find_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of every table header and of every key of a text that ``tomllib`` has accepted.

    What stands inside a list in brackets or an inline table has no line of its own; its key has.
    """
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    here: Place = ()
    depth = 0
    for number, line in enumerate(_HIDDEN.sub(_hide, text).split("\n"), 1):
        if depth == 0 and (header := _HEADER.match(line)):
            here = _table(_parts(header[2]), header[1] == "[[", counts)
            lines.setdefault(here, number)
        elif depth == 0 and "=" in line:
            key, _, value = line.partition("=")
            parts = _parts(key)
            for end in range(1, len(parts) + 1):
                lines.setdefault((*here, *parts[:end]), number)
            depth = _deeper(value)
        else:
            depth += _deeper(line)
    return lines


def _hide(match: re.Match[str]) -> str:
    """What stands for a string or a comment: a plain quoted key stays readable, line ends stay in number."""
    return _PLAIN_KEY.sub(r"\1", match[0]) if _PLAIN_KEY.fullmatch(match[0]) else "\n" * match[0].count("\n")


def _parts(dotted: str) -> list[str]:
    return [part.strip() for part in dotted.split(".")]


def _table(parts: Iterable[str], repeated: bool, counts: dict[Place, int]) -> Place:
    """The place that a header opens; ``counts`` has the last position of every list of tables."""
    place: Place = ()
    *outer, last = parts
    for part in outer:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place])
    place = (*place, last)
    if repeated:
        counts[place] = counts.get(place, -1) + 1
        place = (*place, counts[place])
    return place


def _deeper(text: str) -> int:
    return sum(map(text.count, "[{")) - sum(map(text.count, "]}"))
