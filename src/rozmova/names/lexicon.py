"""The words of a language that name states, organisations, places, offices and groups, ready to be met in tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rozmova.languages import loader
from rozmova.text import tokens
from rozmova.text.analysis import Analysis, Analyst, analyst
from rozmova.text.patterns import Match, PatternSet

STATE, ADJECTIVE, ORGANISATION, SEAT, PLACE = "state", "adjective", "organisation", "seat", "place"
RESIDENT = "resident"
OFFICE, GROUP, PAIR, PRONOUN, COLLEAGUE, TITLE, FORMER = (
    "office",
    "group",
    "pair",
    "pronoun",
    "colleague",
    "title",
    "former",
)

_PROPER = (STATE, ADJECTIVE, ORGANISATION, SEAT, PLACE, RESIDENT)
_RANK = {
    FORMER: 0,
    OFFICE: 1,
    GROUP: 2,
    PAIR: 3,
    ORGANISATION: 4,
    SEAT: 4,
    STATE: 5,
    PLACE: 6,
    ADJECTIVE: 7,
    RESIDENT: 8,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the data knows: what kind, its key in the shared tables, and what it stands for.

    ``affiliation`` is a state or organisation code ('' when it has none of its own); ``state`` the state a place lies
    in; ``gender`` restricts a pronoun, ``speaker`` says that it means whoever speaks; ``strong`` says that the word
    identifies without support.
    """

    kind: str
    key: str
    label: str
    affiliation: str = ""
    state: str = ""
    qid: str = ""
    gender: str = ""
    strong: bool = True
    members: tuple[str, ...] = ()
    level: str = ""
    levels: tuple[str, ...] = ()
    led_by: str = ""
    sent: bool = False
    exact: bool = False
    capital: bool = False
    speaker: bool = False


Hit = Match[Entry]


class Lexicon:
    """All names data of one language as one pattern set."""

    def __init__(self, code: str) -> None:
        """Load the names files of the language; raises ``LanguageDataError`` when one is broken."""
        self.analyst: Analyst = analyst(code)
        self.particles = frozenset(loader.describe(code).get("particles", ()))
        self.patterns: PatternSet[Entry] = PatternSet(self.analyst)
        offices = loader.table(code, "offices")
        self.fields = frozenset(offices.get("fields", ()))
        self.bylines: PatternSet[str] = PatternSet(self.analyst)
        for phrase in offices.get("bylines", ()):
            self.bylines.add(phrase, phrase)
        self.two = frozenset(offices.get("two", ()))
        self.office_of = {key: _office(key) for key in loader.table(loader.SHARED, "offices")}
        for words, entry, printed in (*_states(code), *_organisations(code), *_places(code), *_offices(offices)):
            phrase = words.replace("<state>", "~3")  # what the words are is read again afterwards
            if entry.kind in _PROPER:
                phrase = " ".join(words[a:b] for a, b, _ in tokens.cut(words, self.analyst.clitics))
                proper = replace(entry, exact=printed, capital=words[0].isupper())
                self.patterns.add(phrase, proper, printed=printed)
            else:
                self.patterns.add(phrase, entry)

    def hits(self, analysis: Analysis, first: int, end: int) -> list[Hit]:
        """What the data finds among tokens ``first`` to ``end``: the longest phrase, offices before states."""
        found: list[Hit] = []
        i = first
        while i < end:
            matches = [m for m in self.patterns.at(analysis.tokens, i, end) if self._stands(analysis, m)]
            best = min(matches, key=lambda m: (-m.end, not m.payload.exact, _RANK.get(m.payload.kind, 9)), default=None)
            if best:
                found.append(best)
            i = best.end if best else i + 1
        return found

    def _stands(self, analysis: Analysis, match: Hit) -> bool:
        """A proper name needs its capital letter where the data writes it with one; words of rank do not."""
        return analysis.tokens[match.first].capital or not match.payload.capital


def _states(code: str) -> Iterator[tuple[str, Entry, bool]]:
    shared = loader.table(loader.SHARED, "states")
    for key, words in loader.table(code, "states").items():
        about = shared.get(key, {})
        entry = Entry(STATE, key, about.get("label", key), key, key, about.get("qid", ""))
        adjective = Entry(ADJECTIVE, key, entry.label, key, key, entry.qid)
        yield from ((w, entry, False) for w in words.get("names", ()))
        yield from ((w, entry, True) for w in words.get("exact", ()))
        yield from ((w, adjective, False) for w in words.get("adjectives", ()))
        resident = Entry(RESIDENT, key, entry.label, key, key, entry.qid)
        yield from ((w, resident, False) for w in words.get("residents", ()))


def _organisations(code: str) -> Iterator[tuple[str, Entry, bool]]:
    shared = loader.table(loader.SHARED, "organisations")
    for key, words in loader.table(code, "organisations").items():
        about = shared.get(key, {})
        kind = SEAT if about.get("kind") == "seat" else ORGANISATION
        entry = Entry(
            kind,
            key,
            about.get("label", key),
            about.get("affiliation") or (key if key[0].isupper() else about.get("label", key)),
            qid=about.get("qid", ""),
            strong=about.get("strength", "strong") == "strong",
            members=tuple(about.get("members", ())),
            led_by=about.get("led_by", ""),
        )
        yield from ((w, entry, False) for w in words.get("names", ()))
        yield from ((w, entry, True) for w in words.get("exact", ()))
        adjective = Entry(ADJECTIVE, key, entry.label, entry.affiliation, qid=entry.qid)
        yield from ((w, adjective, False) for w in words.get("adjectives", ()))


def _places(code: str) -> Iterator[tuple[str, Entry, bool]]:
    shared = loader.table(loader.SHARED, "places")
    for key, words in loader.table(code, "places").items():
        about = shared.get(key, {})
        state = about.get("state", "")
        # a capital may stand for its state ("Warszawa uważa"), never a city as such
        affiliation = about.get("stands_for", state if about.get("capital") else "")
        entry = Entry(PLACE, key, about.get("label", key), affiliation, state, about.get("qid", ""), strong=False)
        yield from ((w, entry, False) for w in words.get("names", ()))
        yield from ((w, entry, True) for w in words.get("exact", ()))


def _offices(data: dict[str, Any]) -> Iterator[tuple[str, Entry, bool]]:
    for key, words in data.get("offices", {}).items():
        entry = _office(key)
        yield from ((w, entry, False) for w in words)
    for key, words in data.get("groups", {}).items():
        yield from ((w, Entry(GROUP, key, key), False) for w in words)
    for pronoun in data.get("pronouns", ()):
        gender, speaker = pronoun.get("gender", ""), bool(pronoun.get("speaker"))
        yield from ((w, Entry(PRONOUN, w, w, gender=gender, speaker=speaker), False) for w in pronoun["words"])
    for kind, name in ((PAIR, "pairs"), (COLLEAGUE, "colleagues"), (TITLE, "titles"), (FORMER, "former")):
        yield from ((w, Entry(kind, w, w), False) for w in data.get(name, ()))


def _office(key: str) -> Entry:
    about = loader.table(loader.SHARED, "offices").get(key, {})
    return Entry(
        OFFICE,
        key,
        about.get("label", key),
        about.get("affiliation", ""),
        level=about.get("level", ""),
        levels=tuple(about.get("levels", ())) or (about.get("level", ""),),
        led_by=about.get("led_by", ""),
        sent=about.get("sent", False),
    )


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language, loaded once."""
    return Lexicon(code)
