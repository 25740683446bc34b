"""Words of saying: what a language's ``statements.yaml`` knows, ready to be met in tokens.

``acts`` are verbs (and phrases with one) by what is done with them, ``acts_of_states`` only where a state or body is
the subject ("Rosja chce"), ``acts_with_content`` only where a quotation or a clause follows ("write", "przekazać"),
``acts_with_demanded`` only where something ``demanded`` follows ("want guarantees");
``impersonal`` ones have no subject ("повідомляється", "czytamy"). ``attributions`` stand before a speaker without a
verb ("according to"), ``own_words`` mean whoever spoke last ("за його словами"). ``documents`` are what institutions
publish, whose owner then speaks ("w komunikacie Białego Domu"). ``said`` are words of the content that tell what a mere
"said" does ("ready to provide": a promise); ``inside`` are prepositions before an institution in which "they" say it
("у МЗС заявили"). ``wishes`` are conjunctions behind which something is wanted, not told ("щоб").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from rozmova.languages import loader
from rozmova.languages.loader import LanguageDataError
from rozmova.text.analysis import analyst
from rozmova.text.patterns import Match, PatternSet
from rozmova.text.tokens import Token

VERB, TOLD, ATTRIBUTION, OWN = "verb", "told", "attribution", "own words"
CUES = ("documents", "insertions", "back", "demanded", "wishes")
"""Lists of words in ``statements.yaml`` that say how a sentence reports, each a field of its own."""
VERBS = (
    ("acts", VERB, ""),
    ("acts_of_states", VERB, "states"),
    ("acts_with_content", VERB, "content"),
    ("acts_with_demanded", VERB, "demanded"),
    ("impersonal", TOLD, ""),
)
"""The tables of verbs in ``statements.yaml``, each with the kind of saying and the condition it stands for."""
SOURCES = (("attributions", ATTRIBUTION), ("own_words", OWN))
"""The lists of words that name or mean a speaker without a verb."""
TABLES = ("channels", "events", "said", "media")
"""Tables of a value and the words for it."""
KEYS = frozenset((*(key for key, *_ in VERBS), *(key for key, _ in SOURCES), *TABLES, *CUES, "addressees", "inside"))
"""Everything that ``statements.yaml`` may hold."""
_ADDRESSEE_KEYS = {"case", "with", "acts"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A word of saying: what it does (``act``), how it names the speaker (``kind``), and under which condition."""

    act: str
    kind: str
    name: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an addressee stands: in which case, behind which prepositions (none: bare), for which acts (none: all)."""

    cases: frozenset[str]
    prepositions: frozenset[str]
    acts: frozenset[str]


class Listed(NamedTuple):
    """A phrase of ``statements.yaml``: where it stands there, the pattern it is met by, in which set, meaning what."""

    section: str
    word: str
    pattern: str
    into: str
    payload: Any
    printed: bool = False


def listed(data: dict[str, Any]) -> Iterator[Listed]:
    """Every phrase of a language's ``statements.yaml``, in the order of the file's tables."""
    for key, kind, only in VERBS:
        for act, words in data.get(key, {}).items():
            for word in map(str, words):
                yield Listed(f"{key}, {act}", word, _verb(word), "sayings", Saying(act, kind, word, only))
    for key, kind in SOURCES:
        for word in map(str, data.get(key, ())):
            yield Listed(key, word, word, "sayings", Saying("announce", kind, word))
    for key in TABLES:
        for value, words in data.get(key, {}).items():
            # an outlet is called by its name too; it and its other names are met as printed
            for word in map(str, (value, *words) if key == "media" else words):
                yield Listed(f"{key}, {value}", word, word, key, value, key == "media")
    for cue in CUES:
        for word in map(str, data.get(cue, ())):
            yield Listed(cue, word, word, "cues", cue)


class SpeechWords:
    """The speech data of one language."""

    def __init__(self, code: str) -> None:
        """Load ``statements.yaml``; a language without one reads no statements. Raises ``LanguageDataError``."""
        data = loader.table(code, "statements")
        analyse = analyst(code)
        self.sayings: PatternSet[Saying] = PatternSet(analyse)
        self.channels: PatternSet[str] = PatternSet(analyse)
        self.events: PatternSet[str] = PatternSet(analyse)
        self.said: PatternSet[str] = PatternSet(analyse)
        self.media: PatternSet[str] = PatternSet(analyse)
        self.cues: PatternSet[str] = PatternSet(analyse)
        for one in listed(data):
            getattr(self, one.into).add(one.pattern, one.payload, printed=one.printed)
        self.inside = frozenset(data.get("inside", ()))
        self.addressees = tuple(_address(code, one) for one in data.get("addressees", ()))

    def cues_of(self, tokens: Sequence[Token], first: int, end: int) -> dict[str, list[Match[str]]]:
        """The cues that begin among tokens ``first`` to ``end``, in text order under their names."""
        found: dict[str, list[Match[str]]] = {}
        for i in range(first, end):
            for match in self.cues.at(tokens, i, end):
                found.setdefault(match.payload, []).append(match)
        return found


def _verb(word: str) -> str:
    """A single word of saying must be a verb; in a phrase the author marks what matters."""
    return word if " " in word or "/" in word or word.startswith("=") else f"{word}/VERB"


def _address(code: str, entry: dict[str, Any]) -> Address:
    wrong = set(entry) - _ADDRESSEE_KEYS
    if wrong:
        raise LanguageDataError(f"languages/{code}/statements.yaml, addressees: unknown key {sorted(wrong)[0]!r}")
    case = entry.get("case", ())
    cases = frozenset([case] if isinstance(case, str) else case)
    return Address(cases, frozenset(entry.get("with", ())), frozenset(entry.get("acts", ())))


@cache
def speech_words(code: str) -> SpeechWords:
    """The speech data of a language, loaded once."""
    return SpeechWords(code)


@cache
def event_of(act: str) -> str | None:
    """The PLOVER root that an act amounts to, from ``shared/acts.yaml``; None for mere telling."""
    event = loader.table(loader.SHARED, "acts").get(act)
    return str(event) if event else None
