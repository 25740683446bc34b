"""The words of a name agree in case and gender; so do an office and its holder."""

from __future__ import annotations

from collections.abc import Sequence

from rozmova.text.morph import Morph
from rozmova.text.tokens import Token

Agreement = frozenset[tuple[str, str]]
"""Cases and genders ("" for any) that the words of a name can share; empty when nothing tells."""


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two phrases can stand in one case; an empty set agrees with all."""
    return not one or not other or bool(one & other)


def agreement(words: Sequence[Token]) -> Agreement:
    """The cases and genders that all words of a name can be in, for the words of a name agree in both.

    Given names and surnames of the dictionary tell; a word that it knows otherwise ("Rau", "Price") does so only where
    no other word tells, and one that nothing is known of, not even an ending, never does.
    """
    shared: set[tuple[str, str]] | None = None
    listed = [w for w in words if any(of_name(m) for m in w.morphs)]
    # of words that no dictionary knows as names the last declines for sure: "Abd al-Fattaha as-Sisiego"
    for word in listed + [w for w in words[-1:] if w not in listed] or words:
        named = [m for m in word.morphs if of_name(m) and m.known] or [m for m in word.morphs if m.case]
        # the gender of a word that is no name, or only a guess, is no evidence: "Рамафосой" is a man
        found = {
            (m.case, m.gender if (m.known and word in listed) or m.pos == "PROPN" else "")
            for m in named if m.case and m.number != "Plur"
        }  # fmt: skip
        if not found or (word not in listed and {case for case, _ in found} == {"Nom"}):
            continue
        if shared is None:
            shared = found
            continue
        both = {
            (case, gender or other) for case, gender in shared for same, other in found
            if case == same and (gender == other or not gender or not other)
        }  # fmt: skip
        nominative = {pair for pair in found if pair[0] == "Nom"}
        shared = both or shared | nominative  # "Mariana Bojczuk": the dictionary knows Marian only
    return frozenset(shared or ())


def told(shared: Agreement) -> tuple[frozenset[str], str]:
    """The cases of an agreement, and its gender if there is only one."""
    genders = {gender for _, gender in shared}
    return frozenset(case for case, _ in shared), next(iter(genders)) if len(genders) == 1 else ""


def meets(reading: Morph, shared: Agreement) -> bool:
    """Whether a reading is in one of the cases and genders of an agreement."""
    return any(
        case == reading.case and (not gender or not reading.gender or gender == reading.gender)
        for case, gender in shared
    )


def of_name(reading: Morph) -> bool:
    """A reading that the dictionary gives for one's name, known to it or guessed, rather than a declension rule."""
    return reading.number != "Plur" and reading.nametype in ("Sur", "Giv", "Pat") and reading.pos != "PROPN"
