"""One key for a name part whatever its spelling (Ukrainian, Polish, Russian, English) and script; romanisation.

The replacements are data: ``names/data/fold.yaml`` for the keys, ``languages/<xx>/romanisation.yaml`` for the
romanisation. Irregular spellings of foreign names (Байден, Biden) are no matter of rules; the table of persons lists
them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def _tables() -> tuple[dict[int, str], tuple[tuple[re.Pattern[str], str], ...], frozenset[str]]:
    raw: dict[str, Any] = yaml.safe_load(files("rozmova").joinpath("names/data/fold.yaml").read_text(encoding="utf-8"))
    letters = {ord(letter): str(value) for letter, value in raw["letters"].items()}
    rules = tuple((re.compile(pattern), str(value)) for pattern, value in raw["rules"])
    return letters, rules, frozenset(raw["keep"])


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Give the key of a name part in the nominative: regular spellings of one Slavic name meet in one key.

    Takes any text; gives small ASCII letters, with the hyphens and single spaces that stood between its parts. A text
    without a letter gives "". The key is for comparison only and does not spell the name.
    """
    letters, rules, keep = _tables()
    text = unicodedata.normalize("NFC", text).lower().translate(letters)
    text = unicodedata.normalize("NFKD", text)
    words = "".join(c if (c.isascii() and c.isalpha()) or c in keep else "" for c in text)
    return " ".join("-".join(_apply(part, rules) for part in word.split("-") if part) for word in words.split()).strip()


def _apply(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, value in rules:
        word = pattern.sub(value, word)
    return word.lower()


@cache
def _romanisation(lang: str) -> tuple[re.Pattern[str] | None, Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    path = files("rozmova").joinpath("languages", lang, "romanisation.yaml")
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    letters: dict[str, str] = raw.get("letters") or {}
    initial: dict[str, str] = raw.get("initial") or {}
    final: dict[str, str] = raw.get("final") or {}
    if not letters:
        return None, {}, {}, {}
    longest = sorted(letters, key=len, reverse=True)
    ends = "|".join(f"{re.escape(end)}(?!\\w)" for end in sorted(final, key=len, reverse=True)) or "(?!)"
    starts = "|".join(f"(?<![\\w']){re.escape(start)}" for start in sorted(initial, key=len, reverse=True)) or "(?!)"
    unit = re.compile(f"(?P<final>{ends})|(?P<initial>{starts})|(?P<letters>{'|'.join(map(re.escape, longest))})")
    return unit, letters, initial, final


def romanise(text: str, lang: str) -> str:
    """Romanise the name of a person whom no table knows, the way English texts usually write it.

    Takes a name in the nominative and the language of the article (a folder of ``languages/``); letters without an
    entry in that language's table stay as they are. Raises FileNotFoundError for an unknown language.
    """
    unit, letters, initial, final = _romanisation(lang)
    if unit is None:
        return text
    # The apostrophe takes no part in the system and would hide that a letter stands inside a word.
    text = re.sub(r"(?<=\w)['’ʼ`](?=\w)", "'", unicodedata.normalize("NFC", text))
    tables: dict[str, Mapping[str, str]] = {"letters": letters, "initial": initial, "final": final}
    out: list[str] = []
    at = 0
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)  # İ has a longer small form
    for match in unit.finditer(lower):
        out.append(text[at : match.start()])
        value = tables[match.lastgroup or "letters"][match.group()]
        source = text[match.start() : match.end()]
        if source[:1].isupper():
            whole = len(text) > 1 and text.isupper()
            value = value.upper() if whole else value[:1].upper() + value[1:]
        out.append(value)
        at = match.end()
    out.append(text[at:])
    return "".join(out)
