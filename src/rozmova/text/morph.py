"""Possible readings of a word, whatever library gives them, in the terms of Universal Dependencies.

``pymorphy3`` (Ukrainian, Russian), ``morfeusz2`` (Polish) and ``lemminflect`` (English) speak three tag languages;
here they become one. All readings are kept: agreement inside a phrase decides later. Words no dictionary knows get
lemmas from declension rules of the language's data (``surnames.yaml``), because newspapers are full of foreign names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Features = dict[str, Any]


CONDITIONAL = "Cnd"
"""What stands as the tense of a verb in the conditional, which is none."""


class Morph(NamedTuple):
    """One reading of a word: lemma, UPOS tag and UD features ('' where the word has none)."""

    lemma: str
    pos: str
    case: str = ""
    number: str = ""
    gender: str = ""
    person: str = ""
    tense: str = ""
    verbform: str = ""
    voice: str = ""
    nametype: str = ""
    known: bool = True

    def features(self) -> str:
        """The UD feature string, as in ``Case=Gen|Number=Sing``; ``_`` when empty."""
        pairs = (
            ("Case", self.case),
            ("Gender", self.gender),
            ("NameType", self.nametype),
            ("Number", self.number),
            ("Person", self.person),
            ("Tense", self.tense),
            ("VerbForm", self.verbform),
            ("Voice", self.voice),
        )
        return "|".join(f"{name}={value}" for name, value in pairs if value) or "_"


Analyser = Callable[[str], tuple[Morph, ...]]
"""Takes a word as printed (apostrophes folded), gives its readings, best first; () for an unknown word."""


class Form(NamedTuple):
    """What is known of a word form that is to be put into the nominative; an empty set or string leaves it open."""

    cases: frozenset[str] = frozenset()
    plural: bool = False
    gender: str = ""
    nametype: str = ""

    def fits(self, reading: Morph) -> bool:
        """Whether a reading can be the one meant."""
        if self.cases and reading.case not in self.cases:
            return False
        if reading.number and (reading.number == "Plur") != self.plural:
            return False
        return not (self.gender and reading.gender and reading.gender != self.gender)


Inflector = Callable[[str, Form], str | None]
"""Takes a word form and what is known of it; gives its nominative of the same number and gender, or None."""


class Ending(NamedTuple):
    """A declension rule for names: a form ending in ``ending`` has a lemma ending in ``lemma``, in this case."""

    ending: str
    lemma: str
    case: str
    gender: str
    after: str = ""


def decline_name(word: str, endings: Sequence[Ending]) -> tuple[Morph, ...]:
    """Readings of an unknown capitalised word by the language's declension rules; every candidate lemma is kept."""
    case = "Nom" if endings else ""  # where names do not decline, a form tells no case
    found = [Morph(word, "PROPN", case, "Sing", nametype="Sur", known=False)]
    for rule in endings:
        stem = word[: len(word) - len(rule.ending)]
        if word.endswith(rule.ending) and len(stem) >= 2 and (not rule.after or stem[-1] in rule.after):
            found.append(Morph(stem + rule.lemma, "PROPN", rule.case, "Sing", rule.gender, nametype="Sur", known=False))
    return tuple(dict.fromkeys(found))


def make_analyser(morphology: dict[str, Any]) -> tuple[Analyser, Inflector]:
    """The analyser and inflector that a language's data asks for: ``{tool: pymorphy3, dictionary: uk}``.

    Raises ``ValueError`` naming the tools there are when the data names another one.
    """
    tool, dictionary = morphology.get("tool"), str(morphology.get("dictionary", ""))
    # imported only when a language asks for them: each brings a library and a dictionary
    if tool == "pymorphy3":
        from rozmova.text.opencorpora import pymorphy

        return pymorphy(dictionary)
    if tool == "morfeusz2":
        from rozmova.text.sgjp import morfeusz

        return morfeusz(dictionary)
    if tool == "lemminflect":
        from rozmova.text.penn import lemminflect_

        return lemminflect_(morphology.get("closed", {}), morphology.get("finite", {}))
    raise ValueError(f"unknown morphology tool {tool!r}; there are pymorphy3, morfeusz2, lemminflect")
