"""The words of a language that name states, organisations, places, offices and groups, ready to be met in tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from rozmova.languages import loader
from rozmova.text import tokens
from rozmova.text.analysis import Analysis, Analyst, analyst
from rozmova.text.patterns import Match, PatternSet

STATE, ADJECTIVE, ORGANISATION, SEAT, PLACE = "state", "adjective", "organisation", "seat", "place"
RESIDENT = "resident"
OFFICE, GROUP, PAIR, PRONOUN, COLLEAGUE, TITLE, FORMER, MODIFIER = (
    "office",
    "group",
    "pair",
    "pronoun",
    "colleague",
    "title",
    "former",
    "modifier",
)

_STEM = 3
"""Letters that the forms of a name share."""
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
    identifies without support; ``words`` are a proper name's own, in the nominative.

    Of an office, ``states`` are the only ones that have it, ``without`` those that do not, ``usual`` the one that is
    meant where none is said, and ``holds`` how the title of its holder begins in the table of actors, where one level
    has several; ``people`` says that its plural means people rather than offices, ``former`` that its word says that
    its holder left it ("ex-minister"). A ``building`` is a seat that is a place too.
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
    words: str = ""
    states: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    usual: str = ""
    holds: tuple[str, ...] = ()
    people: bool = False
    building: bool = False
    former: bool = False

    @property
    def id(self) -> str:
        """The identifier under which mentions have it."""
        return self.qid or f"x:{self.key.lower()}"


Hit = Match[Entry]


class Lexicon:
    """All names data of one language as one pattern set."""

    def __init__(self, code: str) -> None:
        """Load the names files of the language; raises ``LanguageDataError`` when one is broken."""
        self.analyst: Analyst = analyst(code)
        self.patterns: PatternSet[Entry] = PatternSet(self.analyst)
        offices = loader.table(code, "offices")
        self.fields = frozenset(offices.get("fields", ()))
        self.bylines: PatternSet[str] = PatternSet(self.analyst)
        for phrase in offices.get("bylines", ()):
            self.bylines.add(phrase, phrase)
        self.two = frozenset(offices.get("two", ()))
        for words, entry, printed in (*proper_names(code), *_offices(offices)):
            phrase = words.replace("<state>", "~3")  # what the words are is read again afterwards
            if entry.kind in _PROPER:
                phrase = " ".join(words[a:b] for a, b, _ in tokens.cut(words, self.analyst.clitics))
                proper = replace(entry, exact=printed, capital=words[0].isupper(), words=entry.words or words)
                self.patterns.add(phrase, proper, printed=printed)
            else:
                self.patterns.add(phrase, entry)

    def hits(self, analysis: Analysis, first: int, end: int) -> list[Hit]:
        """What the data finds among tokens ``first`` to ``end``: the longest phrase, offices before states."""
        found: list[Hit] = []
        i = first
        while i < end:
            matches = [m for m in self.patterns.at(analysis.tokens, i, end) if self._stands(analysis, m, i == first)]
            best = min(matches, key=lambda m: (-m.end, not m.payload.exact, _RANK.get(m.payload.kind, 9)), default=None)
            if best and best.payload.kind == STATE:
                best = self._adjective(analysis, best, matches, end)
            if best:
                found.append(best)
            i = best.end if best else i + 1
        return found

    def _adjective(self, analysis: Analysis, state: Hit, matches: list[Hit], end: int) -> Hit:
        """ "Polski minister": before an office a form that can be the adjective is no genitive of the state."""
        other = next((m for m in matches if m.payload.kind == ADJECTIVE and m.end == state.end), None)
        if other is None or state.end >= end:
            return state
        following = self.patterns.at(analysis.tokens, state.end, end)
        return other if any(m.payload.kind in (OFFICE, GROUP, COLLEAGUE) for m in following) else state

    def _stands(self, analysis: Analysis, match: Hit, opens: bool) -> bool:
        """A proper name needs its capital letter where the data writes it with one; words of rank do not.

        At the beginning of a sentence a town's name that is an adverb too ("Додому") is none.
        """
        token = analysis.tokens[match.first]
        alone = opens and match.end - match.first == 1
        if alone and match.payload.kind == PLACE and any(m.pos == "ADV" and m.known for m in token.morphs):
            return False
        return token.capital or not match.payload.capital


def proper_names(code: str) -> Iterator[tuple[str, Entry, bool]]:
    """The names of states, organisations and places in a language, with their adjectives and residents.

    Each with what it names, and whether it is found letter for letter only.
    """
    yield from _states(code)
    yield from _states_beside(code)
    yield from _organisations(code)
    yield from _places(code)


def state_entry(key: str) -> Entry:
    """A state by its code, as its name would give it."""
    about = loader.table(loader.SHARED, "states").get(key, {})
    return Entry(STATE, key, about.get("label", key), key, key, about.get("qid", ""))


def _states(code: str) -> Iterator[tuple[str, Entry, bool]]:
    for key, words in loader.table(code, "states").items():
        entry = state_entry(key)
        adjective = Entry(ADJECTIVE, key, entry.label, key, key, entry.qid)
        yield from _names(words, entry)
        yield from ((w, adjective, False) for w in words.get("adjectives", ()))
        resident = Entry(RESIDENT, key, entry.label, key, key, entry.qid)
        yield from ((w, resident, False) for w in words.get("residents", ()))


def _states_beside(code: str) -> Iterator[tuple[str, Entry, bool]]:
    """Names of states that the Unicode CLDR has and ``languages/`` lacks; the header names the columns."""
    shared = loader.table(loader.SHARED, "states")
    header, *rows = files("rozmova").joinpath("names/data/states-cldr.tsv").read_text(encoding="utf-8").splitlines()
    columns = header.rpartition("Columns: ")[2].split(", ")
    for row in rows:
        names = dict(zip(columns, row.split("\t"), strict=True))
        key, name = names["alpha-3"], names.get(code)
        if name:
            yield name, Entry(STATE, key, shared[key]["label"], key, key, shared[key].get("qid", "")), False


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
            building=about.get("building", False),
        )
        yield from _names(words, entry)
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
        yield from _names(words, entry)


def _offices(data: dict[str, Any]) -> Iterator[tuple[str, Entry, bool]]:
    for key, words in data.get("offices", {}).items():
        entry = office_of(key)
        yield from ((w, entry, False) for w in words)
        for prefix in data.get("former_prefixes", ()):
            yield from ((former, replace(entry, former=True), False) for w in words if (former := _former(prefix, w)))
    for key, words in data.get("groups", {}).items():
        yield from ((w, Entry(GROUP, key, key), False) for w in words)
    for pronoun in data.get("pronouns", ()):
        gender, speaker = pronoun.get("gender", ""), bool(pronoun.get("speaker"))
        yield from ((w, Entry(PRONOUN, w, w, gender=gender, speaker=speaker), False) for w in pronoun["words"])
    for kind, name in (
        (PAIR, "pairs"), (COLLEAGUE, "colleagues"), (TITLE, "titles"), (FORMER, "former"),
        (MODIFIER, "modifiers"),
    ):  # fmt: skip
        yield from ((w, Entry(kind, w, w), False) for w in data.get(name, ()))


def _former(prefix: str, phrase: str) -> str:
    """ "ex" and "minister|secretary of ..." make "exminister|ex-minister|exsecretary|ex-secretary of ..."."""
    first, *others = phrase.split(" ")
    words = [word for word in first.split("|") if word.replace("-", "").isalpha()]
    return " ".join(["|".join(prefix + tie + word for word in words for tie in ("", "-")), *others]) if words else ""


def _names(words: dict[str, Any], entry: Entry) -> Iterator[tuple[str, Entry, bool]]:
    """Names, and forms that are found letter for letter with the nominative they belong to."""
    names, exact = words.get("names", ()), words.get("exact", ())
    yield from ((w, entry, False) for w in names)
    for form in exact:
        same = (w for w in (*names, *exact) if " " not in w and w[:_STEM] == form[:_STEM])
        yield form, replace(entry, words=form if form.isupper() else next(same, form)), True


@cache
def office_of(key: str) -> Entry:
    """The office of a key of ``shared/offices.yaml``."""
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
        states=tuple(about.get("states", ())),
        without=tuple(about.get("without", ())),
        usual=about.get("usual", ""),
        holds=tuple(about.get("holds", ())),
        people=about.get("people", False),
    )


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language, loaded once."""
    return Lexicon(code)
