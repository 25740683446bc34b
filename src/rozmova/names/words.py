"""What single words of an article can be in the name of a person: a given name, a surname, a particle, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rozmova.languages import loader
from rozmova.languages.grammar import grammar
from rozmova.names.actors import ActorTable
from rozmova.names.fold import fold
from rozmova.names.strangers import eastern
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import WORD, Token

OPENING_QUOTES, CLOSING_QUOTES = '«"“„‘', '»"”“’'
_SYLLABLE = 5
"""Letters of a syllable in a given name of East Asia at most."""
_SHOUTED = 3
"""Words of a line that is set in capitals throughout."""
_ABBREVIATION = 4
_OPENING = frozenset(OPENING_QUOTES + "—–:•…")
_FUNCTION_WORDS = frozenset({"ADP", "CCONJ", "SCONJ", "PRON", "PART", "DET", "AUX"})


class NameWords:
    """The words of one article, seen with the table of actors and with the names that the article itself introduces."""

    def __init__(self, table: ActorTable, analysis: Analysis) -> None:
        """Small words inside names (von), suffixes (Jr) and the like come from the language's data."""
        self.table = table
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.grammar = grammar(analysis.lang)
        self._known: frozenset[str] = frozenset()
        self._first_names: frozenset[str] = frozenset()
        self._printed: frozenset[str] = frozenset()

    def introduce(self, surnames: Iterable[str], given: Iterable[str], printed: Iterable[str]) -> frozenset[int]:
        """Learn the names that the article gives in full; gives the tokens that may be one of them alone.

        ``surnames`` and ``given`` are keys, ``printed`` the lemmas of the surnames as they are spelt.
        """
        self._known, self._first_names, self._printed = frozenset(surnames), frozenset(given), frozenset(printed)
        words = (t for t in self.tokens if t.kind == WORD and self.capital(t))
        return frozenset(t.i for t in words if self.introduced(t) or self.first_name(t))

    @cached_property
    def shouted(self) -> frozenset[int]:
        """The tokens of sentences that are set in capitals throughout."""
        found: set[int] = set()
        for first, end in self.analysis.sentences:
            words = [t for t in self.tokens[first:end] if t.kind == WORD and len(t.text) > 1]
            if len(words) >= _SHOUTED and all(t.text.isupper() for t in words):
                found.update(range(first, end))
        return frozenset(found)

    @cached_property
    def opening(self) -> frozenset[int]:
        """The tokens whose capital says nothing: at the beginning of sentences and quotations, in shouted lines."""
        begin = {first for first, _ in self.analysis.sentences}
        return self.shouted | begin | {t.i + 1 for t in self.tokens if t.text in _OPENING}

    def capital(self, token: Token) -> bool:
        """A word with a capital, also behind an article: "al-Fattah"."""
        if token.capital or "-" not in token.text:
            return token.capital
        article, _, rest = token.text.partition("-")
        return article in self.grammar.articles and rest[:1].isupper()

    def particle(self, token: Token) -> bool:
        """A small word inside names, in small letters, or with a capital where it is no given name: "Van Rompuy"."""
        if token.low not in self.grammar.particles:
            return False
        if not token.capital:
            return True
        after = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else token
        whole = any(self.table.people(fold(f"{token.low} {lemma}")) for lemma in stems(after))
        return whole or self.given(token) is None

    def introduced(self, token: Token, exact: bool = False) -> bool:
        """The article names somebody of this surname in full; ``exact``: spelt just so ("Maj" is not Theresa May)."""
        if exact:
            return any(stem in self._printed for stem in self.stems(token))
        return bool(self._known) and any(fold(stem) in self._known for stem in self.stems(token))

    def first_name(self, token: Token) -> bool:
        """The article names somebody of this given name in full, and the word is a given name."""
        if not self._first_names or not any(fold(stem) in self._first_names for stem in stems(token)):
            return False
        return self.given(token) is not None

    def surname(self, token: Token) -> bool:
        """The table knows a surname that this form can be of."""
        return any(self.table.people(fold(stem)) for stem in self.stems(token))

    def stems(self, token: Token) -> Iterator[str]:
        """The form of a word and its lemmas, also without an article before a hyphen."""
        for stem in stems(token):
            yield stem
            yield from self.bare(stem)

    def bare(self, word: str) -> Iterator[str]:
        """The word without the article that is tied to it by a hyphen: "al-fattah" -> "fattah"."""
        article, _, rest = word.partition("-")
        if rest and article in self.grammar.articles:
            yield rest

    def given(self, token: Token) -> str | None:
        """The lemma under which a word is a given name, or None.

        An ordinary word of the dictionary counts only when the table has it letter for letter ("Mark", "Володимир").
        """
        if len(token.text) == 1:
            return token.text
        guessed = token.morphs[:1]  # a guess of the dictionary counts only as its best one
        listed = next((m.lemma for m in token.morphs if m.nametype == "Giv" and (m.known or m in guessed)), None)
        ordinary = any(m.known for m in token.morphs)
        return listed or next((stem for stem in stems(token) if self.table.given_name(stem, exact=ordinary)), None)

    def function_word(self, token: Token) -> bool:
        """A preposition, conjunction, pronoun or the like."""
        return any(m.pos in _FUNCTION_WORDS and m.known for m in token.morphs)

    def foreign(self, token: Token) -> bool:
        """No dictionary knows the word, or only as a name."""
        if token.text.isupper() and len(token.text) <= _ABBREVIATION:
            return False
        return vouched(token) or not any(m.known for m in token.morphs)

    def eastern(self, words: Sequence[int]) -> bool:
        """Two or three words that begin with a surname of East Asia, with syllables behind it.

        Two short ones may be words of the language too ("Mun Dze In"), a long one may not.
        """
        first, *rest = (self.tokens[w] for w in words)
        if not 1 < len(words) < 4 or len(first.text) < 2 or self.particle(first) or not eastern(first.low):
            return False
        given = any(m.nametype == "Giv" and m.known for m in first.morphs)
        if given or any(len(t.text) < 2 or t.keys & self.grammar.monuments for t in rest):
            return False  # "Жан" is Zhang only where no dictionary knows it as a given name
        if len(rest) == 2 and all(len(t.text) <= _SYLLABLE for t in rest):
            return True
        return all(self.foreign(t) and len(t.text) <= 2 * _SYLLABLE for t in rest)

    def namelike(self, i: int) -> bool:
        """Token ``i`` can be a word of a name that stands on its own feet."""
        token = self.tokens[i]
        if token.kind != WORD or not self.capital(token) or token.low.endswith(".") or len(token.low) < 2:
            return False
        if self.introduced(token):
            return True
        if i in self.opening and self.function_word(token):
            return self._foreign_follow(i)
        if token.low in self.weekdays:
            return False
        if vouched(token) or not any(m.known for m in token.morphs) or self.surname(token):
            return True
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else token
        return following.kind == WORD and self.capital(following) and self.given(token) is not None

    def _foreign_follow(self, i: int) -> bool:
        """Two words that no dictionary knows: "Кім Йо Чжон" begins with a name, though "кім" is a pronoun too."""
        after = self.tokens[i + 1 : i + 3]
        return len(after) == 2 and self.surname(self.tokens[i]) and all(t.capital and self.foreign(t) for t in after)

    @cached_property
    def weekdays(self) -> frozenset[str]:
        """The names of the days of the week, which English writes with a capital."""
        return frozenset(loader.table(self.analysis.lang, "dates").get("words", {}).get("weekday", ()))


def stems(token: Token) -> Iterator[str]:
    """The form of a word and its lemmas."""
    yield token.low
    yield from (m.lemma for m in token.morphs)


def vouched(token: Token) -> bool:
    """The dictionary lists the word as a given name or surname."""
    return any(m.nametype in ("Sur", "Giv") for m in token.morphs)
