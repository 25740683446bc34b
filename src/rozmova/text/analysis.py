"""The analysis of one article: its language, sentences and tokens with readings, on which every later step works."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rozmova.languages import loader
from rozmova.text import sentences, tokens
from rozmova.text.morph import Ending, Form, Morph, decline_name, make_analyser
from rozmova.text.script import fold_word
from rozmova.text.tokens import WORD, Token

_Keyed = tuple[tuple[Morph, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text with its tokens and the token ranges ``(first, end)`` of its sentences; the first line may be a title."""

    text: str
    lang: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    title_end: int

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Character offsets of the tokens ``first`` to ``end`` (exclusive)."""
        return self.tokens[first].start, self.tokens[end - 1].end

    def words(self, first: int, end: int) -> str:
        """The printed words of the tokens ``first`` to ``end`` (exclusive)."""
        start, stop = self.span(first, end)
        return self.text[start:stop]


class Analyst:
    """Turns texts of one language into analyses; remembers the readings of every word form it has met."""

    def __init__(self, code: str) -> None:
        """Load what the language's data asks for; raises ``LanguageDataError`` or ``ValueError`` on bad data."""
        about = loader.describe(code)
        self.code = code
        self.abbreviations = frozenset(fold_word(a) for a in about.get("abbreviations", ()))
        self.clitics = tuple(about.get("clitics", ()))
        self._analyse, self._inflect = make_analyser(about["morphology"])
        self._endings = tuple(Ending(**rule) for rule in loader.table(code, "surnames").get("endings", ()))
        self._prefer = _preferences(about)
        self.readings = lru_cache(maxsize=300_000)(self._readings)
        self.declined = lru_cache(maxsize=50_000)(self._declined)

    def _readings(self, word: str, name: bool) -> _Keyed:
        """Readings and keys of a folded word; ``name`` says that it is printed with a capital."""
        found = self._analyse(word[:1].upper() + word[1:] if name else word)
        if not found and name:
            found = self._analyse(word)
        if name and not any(m.known for m in found):
            known = {(m.lemma, m.case) for m in found}
            found += tuple(m for m in decline_name(word, self._endings) if (m.lemma, m.case) not in known)
        keys = {word, f"={word}"}
        for morph in found:
            keys.add(morph.lemma)
            keys.add(f"{morph.lemma}/{morph.pos}")
        return found, frozenset(keys)

    def keys_of(self, word: str) -> frozenset[str]:
        """All keys under which a word of the data may be met in a text: its folded form and its lemmas."""
        low = fold_word(word)
        found = set(self.readings(low, False)[1]) | set(self.readings(low, word[:1].isupper())[1])
        return frozenset(key for key in found if "/" not in key and "=" not in key)

    def _declined(self, word: str) -> tuple[Morph, ...]:
        """Readings of a folded word as a foreign name, by the language's declension rules, whatever else it may be."""
        return decline_name(word, self._endings)

    def nominative(self, word: str, form: Form) -> str | None:
        """The nominative of a folded word in the number and gender of its form, in small letters; None if unknown."""
        made = self._inflect(word[:1].upper() + word[1:] if form.nametype else word, form) or self._inflect(word, form)
        return made.lower() if made else None

    def analyse(self, text: str) -> Analysis:
        """Sentences and tokens of a text, with offsets in it."""
        found: list[Token] = []
        previous = 0
        for start, end, kind in tokens.cut(text, self.clitics):
            printed = text[start:end]
            low = fold_word(printed)
            name = any(part[:1].isupper() for part in printed.split("-"))  # "al-Fattah" is one too
            morphs, keys = self.readings(low, name) if kind == WORD else ((), frozenset((low,)))
            glued = start == previous and start > 0
            if kind == WORD and self._prefer and found:
                morphs, keys = self._narrow(found, morphs, keys)
            found.append(Token(len(found), start, end, printed, low, kind, morphs, keys, glued))
            previous = end
        bounds = sentences.split(text, found, self.abbreviations)
        title_end = bounds[0][1] if bounds and "\n" in text else 0
        return Analysis(text, self.code, tuple(found), tuple(bounds), title_end)

    def _narrow(self, before: list[Token], morphs: tuple[Morph, ...], keys: frozenset[str]) -> _Keyed:
        """Keep the readings that the word before asks for, where the language's data says so."""
        pos = self._prefer.get(before[-1].low)
        if pos and len({m.pos for m in morphs}) > 1:
            kept = tuple(m for m in morphs if m.pos in pos)
            if kept:
                gone = {f"{m.lemma}/{m.pos}" for m in morphs} - {f"{m.lemma}/{m.pos}" for m in kept}
                return kept, keys - gone
        return morphs, keys


def _preferences(about: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Word before -> parts of speech to keep, from ``after:`` of ``language.yaml``."""
    return {word: frozenset(rule["keep"]) for rule in about.get("after", ()) for word in rule["words"]}


@cache
def analyst(code: str) -> Analyst:
    """The analyst of a language, loaded once."""
    return Analyst(code)
