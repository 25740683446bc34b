"""Can a Cyrillic spelling be the transcription of a Latin one, whatever language the name comes from?

A key (:func:`rozmova.names.fold.fold`) reads each letter one way. Newspapers transcribe by sound: Wainwright is
Уэйнрайт, Boucheron Бушерон, Cacciatore Каччаторе. ``names/data/graphemes.yaml`` says which sounds each group of Latin
letters may stand for; a pair agrees when some way to cut the Latin name into groups gives the sounds of the Cyrillic
one.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

_END, _START = "$", "^"
_APART = str.maketrans("-–'’ʼ", "     ")


@cache
def _data() -> tuple[dict[str, str], dict[str, tuple[tuple[str, str], ...]]]:
    """Sounds of Cyrillic letters, and graphemes with one of their sounds each, by their first letter."""
    path = files("rozmova").joinpath("names/data/graphemes.yaml")
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    graphemes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for letters, sounds in raw["graphemes"].items():
        graphemes[letters.lstrip(_START)[0]] += [(letters, sound) for sound in sounds]
    return raw["sounds"], {first: tuple(found) for first, found in graphemes.items()}


@lru_cache(maxsize=4096)
def agree(latin: str, cyrillic: str) -> bool:
    """Whether the Cyrillic name, in the nominative, may transcribe the Latin one, word for word. Takes any case."""
    words = [unicodedata.normalize("NFC", text).lower().translate(_APART).split() for text in (latin, cyrillic)]
    if len(words[0]) != len(words[1]):
        words = [["".join(each)] for each in words]
    return bool(words[0]) and all(_word(a, b) for a, b in zip(*words, strict=True))


def _word(latin: str, cyrillic: str) -> bool:
    letters, graphemes = _data()
    sounds = _single("".join(letters.get(letter, "") for letter in cyrillic))
    latin = _START + "".join(_known(letter, graphemes) for letter in _single(latin)) + _END
    # places[i] holds how many sounds the first i letters may have given
    places: list[set[int]] = [set() for _ in latin]
    places[1].add(0)
    for i in range(1, len(latin) - 1):
        if not places[i]:
            continue
        for group, sound in graphemes.get(latin[i], ()):
            begin = i - group.startswith(_START)
            if not latin.startswith(group, begin):
                continue
            end = begin + len(group) - group.endswith(_END)
            places[end].update(j + len(sound) for j in places[i] if sounds.startswith(sound, j))
    return bool(sounds) and len(sounds) in places[len(latin) - 1]


def _known(letter: str, graphemes: dict[str, tuple[tuple[str, str], ...]]) -> str:
    """The letter, without its accents unless it has graphemes of its own."""
    if letter in graphemes:
        return letter
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)).replace("ł", "l")


def _single(text: str) -> str:
    """Doubled letters as one, but those that doubled are another sound."""
    out = ""
    for letter in text:
        if not (out and letter == out[-1] and letter not in "ceosz"):
            out += letter
    return out
