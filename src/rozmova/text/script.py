"""One spelling for matching: apostrophes, soft hyphens, stress marks and look-alike letters folded, word by word.

Folding is done on single tokens, never on the article, so offsets always count in the text as it was read.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ‘`´\u0092′"
"""Characters that newspapers print for the apostrophe; U+0092 is a Windows-1252 leftover."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301\u0300"
"""Soft hyphen, zero-width characters and the two stress marks."""

_LATIN_TWINS = "aceiopxyABCEHIKMOPTXY"
_CYRILLIC_TWINS = "асеіорхуАВСЕНІКМОРТХУ"
_TO_CYRILLIC = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)
_TO_LATIN = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_DROP = {ord(c): None for c in INVISIBLE}
_APOSTROPHE = {ord(c): "'" for c in APOSTROPHES}


def is_cyrillic(char: str) -> bool:
    """True for a letter of the Cyrillic block (U+0400 to U+04FF)."""
    return "\u0400" <= char <= "\u04ff"


def _one_script(word: str) -> str:
    cyrillic = sum(is_cyrillic(c) for c in word)
    latin = sum(c.isascii() and c.isalpha() for c in word)
    if not cyrillic or not latin:
        return word
    return word.translate(_TO_CYRILLIC) if cyrillic >= latin else word.translate(_TO_LATIN)


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """The word for matching: NFC, visible characters only, one apostrophe, one script, lower case.

    A word that mixes Latin look-alikes into Cyrillic letters (or the other way round) becomes a word of the script
    that most of its letters have.
    """
    if word.isascii():
        return word.lower()
    return _one_script(unicodedata.normalize("NFC", word.translate(_DROP)).translate(_APOSTROPHE)).lower()
