"""Which articles are copies of one text, so that a contact can tell how many independent accounts it rests on.

Exact copies have the same words once case and marks are folded away. Near copies, of one language, share runs of five
words, the shingles of Broder 1997 ("On the resemblance and containment of documents", where MinHash comes from too).
What counts is containment, the share of the shorter text that is in the longer; candidates meet in an index of Broder's
sketch for it, the shingles whose hash is divisible by :data:`_SAMPLE`. Everybody quotes the same speakers, so the words
outside quotation marks must be shared as well. Translations are claimed only when unusual figures in the same order and
quotations alike in number, place and length leave no other explanation. Texts are taken in the order of publication:
each joins the family of the text it is nearest to, if it is still like the original there; no two families become one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, takewhile
from typing import Literal, NamedTuple
from zlib import crc32

from rozmova.merge.accounts import ALWAYS
from rozmova.text.script import APOSTROPHES, INVISIBLE, fold_word
from rozmova.times import edtf

_RUN, _SAMPLE, _CROWD, _MOST = 5, 4, 200, 20
"""Words of a shingle; every fourth is indexed, with so many texts, the earliest; texts compared with a new one."""
_EXACT, _LEAST, _LEAST_OUTSIDE = 12, 25, 12
"""Least words of exact copies; least shingles of near ones, in all and outside quotations."""
_SHARE, _SHARE_SHORT, _LONG = 0.6, 0.7, 100
"""Containment of near copies of ``_LONG`` shingles or more, and of shorter ones, where a pattern weighs more."""
_OF_LARGER, _OF_ORIGINAL, _SAME = 0.25, 0.3, 0.9
"""Share of the longer text (a digest is no copy) and of the family's original; above ``_SAME`` a copy adds nothing."""
_FIGURES, _OF_FIGURES, _QUOTES, _DAYS = 4, 0.8, 2, 3
"""For translations: least unusual figures and share of all of them, least quotations, most days between the two."""
_MOVED, _STRETCH, _TAG = 0.1, 1.5, 6
"""How far a quotation may move and lengths differ; most words of a last paragraph that only names an agency."""
_WORD, _LATIN, _CYRILLIC = re.compile(r"[^\W_]+"), re.compile(r"[A-Za-z]{2,}"), re.compile(r"[\u0400-\u04ff]")
_FOLD = str.maketrans("ёЁ", "еЕ", APOSTROPHES + INVISIBLE)
_QUOTED = re.compile(r'«[^«»]{9,1500}»|„[^„“”"]{9,1500}[“”"]|“[^”]{9,1500}”|"[^"\n]{9,1500}"')
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,:]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
_DATE, _USUAL = re.compile(r"\d+\.(?:0[1-9]|1[0-2])"), re.compile(r"[012]\d|3[01]|19\d\d|20\d\d|\d0*")

_Keys = list[tuple[str, object]]


class Text(NamedTuple):
    """An article as far as copying goes; ``published`` in EDTF."""

    article: str
    lang: str
    text: str
    published: str | None
    outlet: str | None


class Copy(NamedTuple):
    """``share``: what the copy and the original have in common, of the shorter's shingles (translations: figures)."""

    article: str
    of: str
    kind: Literal["exact", "near", "translation"]
    share: float


def copies(texts: Iterable[Text]) -> dict[str, Copy]:
    """Article -> the first of its family, for every copy; the order of the texts does not matter."""
    unique = {text.article: text for text in sorted(texts, key=repr, reverse=True)}
    families = _Families()
    for read in sorted(map(_Read, unique.values()), key=lambda read: read.order):
        families.take(read)
    return families.found


class _Read:
    """A text with what is worked out of it, the rarely needed only when asked for."""

    def __init__(self, text: Text) -> None:
        self.article, self.lang, self.text = text.article, text.lang, unicodedata.normalize("NFC", text.text)
        try:
            self.day = edtf.read(text.published)[0].first if text.published else None
        except ValueError:
            self.day = None
        self.order = (self.day.isoformat() if self.day else ALWAYS, text.article)
        self.shingles = _shingles(words := _words(self.text))
        self.folded = " ".join(words) if len(words) >= _EXACT else ""

    @cached_property
    def outside(self) -> array[int]:
        return _shingles(_words(_QUOTED.sub(" ", self.text)))

    @cached_property
    def figures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_figures(self.text)))

    @cached_property
    def quotes(self) -> list[tuple[float, int]]:
        """Place in the text (0 to 1) and length of each quotation that is more than a name."""
        found = [m for m in _QUOTED.finditer(self.text) if len(_WORD.findall(m[0])) > 3]
        return [(m.start() / len(self.text), len(m[0])) for m in found]


class _Families:
    def __init__(self) -> None:
        self.found: dict[str, Copy] = {}
        self._original, self._same = dict[str, _Read](), dict[str, _Read]()
        self._index: defaultdict[tuple[str, object], list[_Read]] = defaultdict(list)

    def take(self, read: _Read) -> None:
        """Find the family of a text later than all those taken so far, or let it begin one."""
        if not read.folded:
            return
        if (first := self._same.setdefault(read.folded, read)) is not read:
            known = self.found.get(first.article, Copy("", first.article, "exact", 1.0))
            self.found[read.article] = known._replace(article=read.article)
            return
        sample: _Keys = [(read.lang, shingle) for shingle in read.shingles if shingle % _SAMPLE == 0]
        telling: _Keys = [("", figure) for figure in read.figures if len(read.quotes) >= _QUOTES]
        original = self._nearest(read, sample, _near) or self._nearest(read, telling, _translation) or read
        self._original[read.article] = original
        if original is not read:
            kind: Literal["near", "translation"] = "near" if read.lang == original.lang else "translation"
            self.found[read.article] = Copy(read.article, original.article, kind, round(_common(read, original), 3))
            if _share(read.shingles, original.shingles, max) >= _SAME:
                return
        for posting in (self._index[key] for key in (*sample, *telling)):
            if len(posting) < _CROWD:
                posting.append(read)

    def _nearest(self, read: _Read, keys: _Keys, like: Callable[[_Read, _Read], bool]) -> _Read | None:
        met = Counter(other for key in keys for other in self._index[key])
        likely = [other for other, n in met.items() if n >= _OF_LARGER / 2 * len(keys)]
        asked = sorted(likely, key=lambda other: (-met[other], other.order))[:_MOST]
        ranked = sorted((o for o in asked if like(read, o)), key=lambda o: (-_common(read, o), o.order))
        originals = (self._original[other.article] for other in ranked)
        return next((one for one in originals if _common(read, one) >= _OF_ORIGINAL), None)


def _near(a: _Read, b: _Read) -> bool:
    shorter = min(len(a.shingles), len(b.shingles))
    if shorter < _LEAST or min(len(a.outside), len(b.outside)) < _LEAST_OUTSIDE:
        return False
    need = _SHARE if shorter >= _LONG else _SHARE_SHORT
    enough = _share(a.shingles, b.shingles, max) >= _OF_LARGER
    return enough and min(_share(a.shingles, b.shingles), _share(a.outside, b.outside)) >= need


def _translation(a: _Read, b: _Read) -> bool:
    """Whether everything that a translation keeps is the same; half of the Latin words of a Cyrillic text, too."""
    if a.lang == b.lang or (a.day and b.day and abs((a.day - b.day).days) > _DAYS) or len(a.quotes) != len(b.quotes):
        return False
    ends: list[int] = []  # of rising runs among the places of a's figures in b: its length is that of the longest
    for place in [b.figures.index(figure) for figure in a.figures if figure in b.figures]:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    if len(ends) < max(_FIGURES, _OF_FIGURES * max(len(a.figures), len(b.figures))):
        return False
    pairs, longer = list(zip(a.quotes, b.quotes, strict=True)), len(a.text) / len(b.text)
    lengths = [longer, *(m / n / longer for (_, m), (_, n) in pairs)]
    if max(*lengths, *(1 / n for n in lengths)) > _STRETCH or any(abs(p - q) > _MOVED for (p, _), (q, _) in pairs):
        return False
    names = [{m[0].lower()[:5] for m in _LATIN.finditer(read.text)} for read in (a, b)]
    return all(2 * len(names[0] & names[1]) >= len(names[i]) for i, x in enumerate((a, b)) if _CYRILLIC.search(x.text))


def _common(a: _Read, b: _Read) -> float:
    return _share(a.shingles, b.shingles) if a.lang == b.lang else _share(a.figures, b.figures, max)


def _share(a: Collection[object], b: Collection[object], of: Callable[[int, int], int] = min) -> float:
    return len(set(a).intersection(b)) / (of(len(a), len(b)) or 1)


def _words(text: str) -> list[str]:
    """The words without case and marks; without the short paragraphs at the end that name an agency."""
    paragraphs = [words for line in text.translate(_FOLD).split("\n") if (words := _WORD.findall(line))]
    tags = len(list(takewhile(lambda words: len(words) <= _TAG, paragraphs[:0:-1][:3])))
    return [fold_word(word) for words in paragraphs[: len(paragraphs) - tags] for word in words]


def _shingles(words: Sequence[str]) -> array[int]:
    coded = [word.encode() + b" " for word in words]
    line, starts = b"".join(coded), [0, *accumulate(map(len, coded))]
    return array("I", {crc32(line[i:j]) for i, j in zip(starts, starts[_RUN:], strict=False)})


def _figures(text: str) -> Iterator[str]:
    """Numbers in one spelling, without those that any text may have: days, years, dates and round numbers."""
    for found in _FIGURE.findall(text):
        whole, *rest = re.split("[.,:]", re.sub(r"\s", "", found))
        if all(len(part) == 3 for part in rest):
            number = whole + "".join(rest)
            if len(number) > 1 and not _USUAL.fullmatch(number):
                yield number
        elif len(rest) == 1 and len(rest[0]) < 3 and not _DATE.fullmatch(found):
            yield f"{whole}.{rest[0]}"
