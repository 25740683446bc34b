"""robots.txt by RFC 9309: the longest rule that fits decides, ``*`` and ``$`` have a meaning, errors are no permission.

The standard library's parser takes the first rule that fits and reads ``*`` as a letter; both let a robot in where the
RFC keeps it out.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from msgspec import Struct

AGENT = "rozmova"
MAX_RULES = 5000
MAX_DELAY = 120.0
"""Seconds between two requests that a site may ask for."""


class Rules(Struct, frozen=True):
    """What one site lets us do: patterns of paths, and the seconds between two requests it asks for."""

    allowed: tuple[str, ...] = ()
    disallowed: tuple[str, ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """Whether the page may be asked; of rules that are equally long the permission wins."""
        parts = urlsplit(url)
        path = _spelled((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        best = max((len(rule) for rule in self.disallowed if _fits(rule, path)), default=-1)
        return best < 0 or max((len(rule) for rule in self.allowed if _fits(rule, path)), default=-1) >= best


ALL = Rules()
NOTHING = Rules(disallowed=("/",))


def read_robots(data: bytes, agent: str = AGENT) -> Rules:
    """The rules for ``agent``: those of the groups that name it, else those of the groups for everybody."""
    groups: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    named = general = found = False
    in_names = False
    for line in data.decode("utf-8", errors="replace").lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not in_names:
                named = general = False
            in_names = True
            token = value.split("/")[0].strip().lower()
            named |= token == agent
            general |= token == "*"
            found |= token == agent
        elif key in ("allow", "disallow", "crawl-delay"):
            in_names = False
            for group, applies in ((True, named), (False, general)):
                if applies and len(groups[group]) < MAX_RULES:
                    groups[group].append((key, value))
    rules = groups[found]
    return Rules(
        allowed=tuple(_spelled(value) for key, value in rules if key == "allow" and value),
        disallowed=tuple(_spelled(value) for key, value in rules if key == "disallow" and value),
        delay=max((_seconds(value) for key, value in rules if key == "crawl-delay"), default=0.0),
    )


def _fits(rule: str, path: str) -> bool:
    """Whether a pattern fits the beginning of the path; in one pass, for the patterns are strangers'."""
    ends = rule.endswith("$")
    first, *rest = (rule[:-1] if ends else rule).split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not ends or path == first
    at = len(first)
    for piece in rest[:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at if ends else path.find(rest[-1], at) >= 0


def _spelled(path: str) -> str:
    return quote(path, safe="/%:@!$&'()*+,;=~?")


def _seconds(value: str) -> float:
    try:
        wish = float(value)
    except ValueError:
        return 0.0
    return min(wish, MAX_DELAY) if wish > 0 else 0.0  # "nan" is not above anything
