"""Bytes into text, and with what they were decoded.

UTF-8 goes first: bytes that are UTF-8 by chance are next to impossible. Then what the source declares, then detection:
among the encodings that news in these languages was written in, the one in which the fewest characters are out of place
(a sign inside a word, a capital after a small letter, two scripts in one word); charset-normalizer decides ties.
"""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache

from msgspec import Struct

from rozmova.errors import InputError

UTF8 = "utf-8"

_CANDIDATES = {
    "cp1251": "windows-1251",
    "koi8_u": "koi8-u",
    "cp1250": "windows-1250",
    "iso8859_2": "iso-8859-2",
    "cp1252": "windows-1252",
    "cp866": "ibm866",
    "cp1125": "cp1125",
    "iso8859_5": "iso-8859-5",
    "mac_cyrillic": "x-mac-cyrillic",
    "cp852": "ibm852",
}
"""Codecs of Python -> their names on the web, the more usual first. koi8-u holds the letters of koi8-r."""

_WEB_MEANS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "koi8-r": "koi8_u"}
"""Declared names that stand for a larger encoding, as browsers take them (WHATWG Encoding)."""

_BOMS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_SAMPLE_BYTES = 20_000
_ENOUGH = 8
"""With fewer bytes beyond ASCII nothing can be told, unless all readings give the same text (typographic quotes)."""
_ALIKE = ("cp1251", "cp1250", "cp1252")
_MOST_MISPLACED = 0.05
_MOST_DAMAGED = 0.01


class Decoded(Struct, frozen=True):
    """A text and the name of the encoding that it was in."""

    text: str
    encoding: str


class Undecodable(Exception):
    """In which encoding the bytes are cannot be told; ``at`` is the first byte that is not UTF-8."""

    def __init__(self, content: bytes, at: int) -> None:
        self.at, self.zero = at, content[at] == 0
        what = "has a zero byte, which no text has:" if self.zero else f"is not UTF-8 text: byte 0x{content[at]:02x}"
        super().__init__(f"{what} at position {at} (counted from 0)")


def check_encoding(name: str) -> str:
    """The name of an encoding given by hand, for :func:`decode`. Raises :class:`InputError` for an unknown one."""
    try:
        "a".encode(name)
        return codecs.lookup(name).name
    except (LookupError, TypeError, UnicodeError) as error:
        raise InputError(f"there is no encoding {name!r}", "for example: windows-1251, koi8-u, iso-8859-2") from error


def decode(content: bytes, declared: str | None = None, sample: bytes | None = None) -> Decoded:
    """Decode with what fits: UTF-8, a byte order mark, the ``declared`` encoding, or what is detected.

    UTF-8 keeps its byte order mark as a character, so that nothing of the file is lost. ``sample`` is what to detect
    from where the content is mostly something else (the text of a page without its markup). Raises
    :class:`Undecodable`.
    """
    if name := marked(content):
        return _strict(content, name, content, 0)
    try:
        text = content.decode(UTF8)
        # Cyrillic in UTF-16 has no byte beyond ASCII: it is UTF-8 too, with a zero in every space.
        return _wide(content, content.index(0)) if b"\0" in content else Decoded(text, UTF8)
    except UnicodeDecodeError as error:
        at = error.start
    if declared and (read := _declared(content, declared)):
        return read
    if b"\0" in content:
        return _wide(content, at)
    if _is_damaged_utf8(content):
        raise Undecodable(content, at)
    codec = detect(sample if sample is not None else content)
    if codec is None:
        raise Undecodable(content, at)
    return _strict(content, codec, content, at)


def marked(content: bytes) -> str | None:
    """The wide encoding whose byte order mark the content begins with."""
    return next((name for mark, name in _BOMS if content.startswith(mark)), None)


def detect(content: bytes) -> str | None:
    """The codec that content which is not UTF-8 is in, or None where it cannot be told."""
    high = [byte for byte in content if byte >= 0x80]
    if not high:
        return None
    sample = content if len(content) <= _SAMPLE_BYTES else _dense(content)
    if len(high) < _ENOUGH:
        read = {_try(sample, name) for name in _ALIKE}
        return "cp1252" if len(read) == 1 and None not in read and misplaced(read.pop() or "") == 0 else None
    penalties: dict[str, float] = {}
    for name in _CANDIDATES:
        read_as = _try(sample, name)
        if read_as is not None:
            penalties[name] = misplaced(read_as)
    least = min(penalties.values(), default=1.0)
    if least > _MOST_MISPLACED:
        return None
    equal = [name for name in _CANDIDATES if penalties.get(name) == least]
    if len(equal) == 1:
        return equal[0]
    if len({_try(sample, name) for name in equal}) == 1:
        return equal[0]
    return _by_statistics(sample, equal)


def misplaced(text: str) -> float:
    """The share of the characters beyond ASCII that stand where no writing puts them."""
    wrong = count = 0
    before = " "
    for place, char in enumerate(text):
        if char >= "\x80":
            count += 1
            after = text[place + 1] if place + 1 < len(text) else " "
            wrong += _is_misplaced(before, char, after)
        before = char
    return wrong / count if count else 0.0


def web_name(codec: str) -> str:
    """How an encoding is called on the web: ``windows-1251`` for ``cp1251``."""
    return _CANDIDATES.get(codec, codec.replace("_", "-"))


def _is_misplaced(before: str, char: str, after: str) -> bool:
    if not char.isalpha():
        # An apostrophe, a hyphen or an accent stands inside words; nothing else does.
        inside = before.isalpha() and after.isalpha() and char not in "’ʼ‐‑\xad\u0301–—…"
        return inside or unicodedata.category(char) in ("Cc", "Co", "Cn") or "\u2500" <= char <= "\u259f"
    if char.isupper() and before.islower():
        return True
    return any(near.isalpha() and _script(near) != _script(char) for near in (before, after))


@lru_cache(maxsize=2000)
def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ", 1)[0]


def _declared(content: bytes, declared: str) -> Decoded | None:
    """By the declared encoding where that is true but for a few bytes."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        name = _WEB_MEANS.get(name, name)
        text = content.decode(name, errors="replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    if name == UTF8 and text.count("\ufffd") > _MOST_DAMAGED * len(text):
        return None
    lost = text.count("\ufffd")
    return None if lost > _MOST_DAMAGED * len(text) else Decoded(text, web_name(name.replace("-", "_")))


def _strict(content: bytes, codec: str, whole: bytes, at: int) -> Decoded:
    text = _try(content, codec)
    if text is None:
        raise Undecodable(whole, at)
    return Decoded(text, web_name(codec))


def _try(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _wide(content: bytes, at: int) -> Decoded:
    """UTF-16 without a byte order mark: text, where the other bytes alone are."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = _try(content, codec)
        if text and "\0" not in text and misplaced(text) <= _MOST_MISPLACED and _mostly_text(text):
            return Decoded(text, codec)
    raise Undecodable(content, at)


def _mostly_text(text: str) -> bool:
    common = sum(char.isspace() or char.isalnum() for char in text)
    return common > 0.7 * len(text) and sum(char < "\u0530" for char in text) > 0.9 * len(text)


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether most bytes beyond ASCII do form UTF-8: cut off or damaged, not another encoding."""
    text = content.decode(UTF8, errors="replace")
    good = sum(char >= "\x80" and char != "\ufffd" for char in text)
    return good > text.count("\ufffd")


def _dense(content: bytes) -> bytes:
    """A sample: from the first byte beyond ASCII on."""
    start = next(place for place, byte in enumerate(content) if byte >= 0x80)
    return content[max(0, start - 100) : start + _SAMPLE_BYTES]


def _by_statistics(sample: bytes, names: list[str]) -> str | None:
    from charset_normalizer import from_bytes

    ranked = [match.encoding for match in from_bytes(sample, cp_isolation=names)]
    return next((name for name in ranked if name in names), names[0])
