"""Valency frames: which words speak of a contact, and in which case and behind which preposition its parties stand.

A frame is data (``languages/<code>/contacts.yaml``), written as valency dictionaries write it::

    - name: "розмова когось із кимось"
      noun: [розмова, бесіда]
      form: conversation
      slots:
        - {case: Gen}
        - {with: [з, із, зі], case: Ins}
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rozmova.languages import loader
from rozmova.languages.loader import LanguageDataError
from rozmova.text.analysis import analyst
from rozmova.text.patterns import PatternSet
from rozmova.text.script import fold_word

NOUN, VERB = "noun", "verb"
NO_CONTACT = "none"
"""The family of frames that keep their words from meaning a contact."""
_SLOT_KEYS = {"subject", "case", "with", "part", "is", "kinds", "all"}
_FRAME_KEYS = {
    "name", "noun", "verb", "form", "channel", "slots", "needs", "collective", "initiator", "status", "each", "family",
    "subject",
}  # fmt: skip


CUES = (
    "carry",
    "occur",
    "negation",
    "distinct",
    "previous",
    "initiator",
    "future",
    "company",
    "about",
    "ongoing",
    "proposes",
    "games",
    "lasting",
    "attended",
    "achieved",
    "details",
    "comments",
    "moved",
    "moved_from",
    "moved_to",
    "moved_forward",
    "moved_perhaps",
    "once_planned",
    "instead_of",
)
"""Lists of words in ``contacts.yaml`` that decide or tie something, each a field of its own."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a frame.

    ``fills`` is party or place; ``prepositions`` empty means a bare case; ``part`` what the party does in the contact;
    ``all`` says that it names every side ("between A and B").
    """

    fills: str
    subject: bool
    cases: frozenset[str]
    prepositions: frozenset[str]
    part: str
    kinds: frozenset[str]
    all: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame.

    ``family`` tells which frames may speak of one contact (talk, meeting, letter); ``each`` whether a list of
    counterparts means as many contacts: always, when the noun is plural, or never ('').
    """

    name: str
    type: str
    form: str
    family: str
    channel: str
    slots: tuple[Slot, ...]
    needs: frozenset[str]
    collective: bool
    initiator: str
    status: str
    each: str
    subject: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that decides a field: ``field`` is status, channel, initiator, carrier ..., ``value`` what it says."""

    field: str
    value: str
    name: str


class FrameSet:
    """All contact data of a language: frames by their words, and the cues for status, channel and the rest."""

    def __init__(self, code: str) -> None:
        """Load ``contacts.yaml``; raises ``LanguageDataError`` naming the frame that cannot be read."""
        data = loader.table(code, "contacts")
        analyse = analyst(code)
        self.analyst = analyse
        self.triggers: PatternSet[Frame] = PatternSet(analyse)
        self.cues: PatternSet[Cue] = PatternSet(analyse)
        for entry in data.get("frames", ()):
            frame = _frame(entry, code)
            for word in entry.get(frame.type, ()):
                self.triggers.add(_with_pos(word, frame.type), frame)
        for field in ("status", "channel"):
            for value, words in data.get(field, {}).items():
                for word in words:
                    self.cues.add(word, Cue(field, value, word))
        for field in CUES:
            for word in data.get(field, ()):
                self.cues.add(word, Cue(field, field, word))
        for value, words in data.get("adjunct", {}).items():
            for word in words:
                self.cues.add(word, Cue("adjunct", value, word))
        # as words and lemmas, not expanded: "тому" opens a clause, "того" does not
        self.openers = frozenset(fold_word(w) for w in data.get("openers", ()))
        self.place_prepositions = frozenset(data.get("place", ()))


def _with_pos(word: str, kind: str) -> str:
    """The trigger's own word must be a noun or verb; in a phrase the author marks what matters."""
    return word if " " in word or "/" in word or word.startswith("=") else f"{word}/{kind.upper()}"


def _frame(entry: dict[str, Any], code: str) -> Frame:
    name = str(entry.get("name", "?"))
    where = f"languages/{code}/contacts.yaml, frame {name!r}"
    unknown = set(entry) - _FRAME_KEYS
    if unknown:
        raise LanguageDataError(
            f"{where}: unknown key {sorted(unknown)[0]!r}; there are {', '.join(sorted(_FRAME_KEYS))}"
        )
    kind = NOUN if "noun" in entry else VERB
    if kind not in entry:
        raise LanguageDataError(f"{where}: give its words under `noun` or `verb`")
    slots = []
    for slot in entry.get("slots", ()):
        wrong = set(slot) - _SLOT_KEYS
        if wrong:
            raise LanguageDataError(f"{where}: unknown slot key {sorted(wrong)[0]!r}")
        cases = slot.get("case", ())
        slots.append(
            Slot(
                slot.get("is", "party"),
                bool(slot.get("subject")),
                frozenset([cases] if isinstance(cases, str) else cases),
                frozenset(slot.get("with", ())),
                slot.get("part", "participant"),
                frozenset(slot.get("kinds", ())),
                bool(slot.get("all")),
            )
        )
    form = str(entry.get("form", "conversation"))
    return Frame(
        name, kind, form, str(entry.get("family", "talk")), str(entry.get("channel", "unspecified")), tuple(slots),
        frozenset(k for w in entry.get("needs", ()) for k in analyst(code).keys_of(w)),
        bool(entry.get("collective")), str(entry.get("initiator", "")),
        str(entry.get("status", "")), _each(entry.get("each", "")), bool(entry.get("subject", kind == NOUN)),
    )  # fmt: skip


def _each(value: bool | str) -> str:
    """``true`` -> always, ``plural`` -> plural, else ''."""
    return "always" if value is True else str(value or "")


@cache
def frames(code: str) -> FrameSet:
    """The frames of a language, loaded once."""
    return FrameSet(code)
