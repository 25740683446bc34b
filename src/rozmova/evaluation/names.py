"""Scores the names read in an article against annotated ones: found, put into the nominative, and rightly identified.

A name is found when a name of the same kind has exactly its words. Lemmas are compared without regard to capitals,
identities by their English labels with a little room for spelling (:mod:`rozmova.evaluation.matching`). "Linked" counts
over all annotated names with a label, so that a name that was not found is not linked either.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from rozmova.evaluation.gold import GoldArticle, GoldName
from rozmova.evaluation.matching import plain, same_person
from rozmova.records import NameMention

_ARTICLE = "the "
"""Annotated before an office as part of it or not; nothing to be judged."""


class NameCounts(Struct, frozen=True):
    """What was counted in one article or in many; the fields add up."""

    articles: int = 0
    gold: int = 0
    predicted: int = 0
    found: int = 0
    lemmas: int = 0  # found, with a gold lemma
    lemma: int = 0  # of these the right ones
    labels: int = 0  # gold names with a label
    linked: int = 0  # of these found and rightly identified
    labelled: int = 0  # found, with a gold label


class NameScore(Struct, frozen=True, kw_only=True):
    """The score of one article; ``wrong`` pairs a gold name with the one read at its place, and says what is wrong."""

    gold: GoldArticle
    counts: NameCounts
    missed: tuple[GoldName, ...]
    surplus: tuple[NameMention, ...]
    wrong: tuple[tuple[str, GoldName, NameMention], ...]


def score_names(gold: GoldArticle, names: Sequence[NameMention] | None) -> NameScore:
    """Score the names of one article; ``None`` says that there is no reading of it."""
    read: dict[tuple[int, int, str], list[NameMention]] = {}
    for name in names or ():
        if name.kind != "pronoun":  # not annotated
            read.setdefault((name.start, name.end, name.kind), []).append(name)
    missed: list[GoldName] = []
    wrong: list[tuple[str, GoldName, NameMention]] = []
    lemmas = lemma = labels = linked = labelled = found = 0
    for one in gold.names or ():
        start, end = one.span(gold.text) or (0, 0)
        start += len(_ARTICLE) * one.text.casefold().startswith(_ARTICLE)
        here = read.pop((start, end, one.kind), None)
        labels += one.label is not None
        if here is None:
            missed.append(one)
            continue
        found += 1
        if one.lemma is not None:
            lemmas += 1
            right = _same_words(here[0].lemma, one.lemma)
            lemma += right
            if not right:
                wrong.append(("lemma", one, here[0]))
        if one.label is not None:
            labelled += 1
            right = any(_same_actor(name, one) for name in here)
            linked += right
            if not right:
                wrong.append(("label", one, here[0]))
    surplus = tuple(names[0] for names in read.values())
    counts = NameCounts(
        articles=1,
        gold=len(gold.names or ()),
        predicted=found + len(surplus),
        found=found,
        lemmas=lemmas,
        lemma=lemma,
        labels=labels,
        linked=linked,
        labelled=labelled,
    )
    return NameScore(gold=gold, counts=counts, missed=tuple(missed), surplus=surplus, wrong=tuple(wrong))


def _same_words(a: str, b: str) -> bool:
    return a.casefold().replace("’", "'").replace("ʼ", "'") == b.casefold().replace("’", "'").replace("ʼ", "'")


def _same_actor(name: NameMention, gold: GoldName) -> bool:
    """The label means the same; an office without a holder is judged by whose office it is."""
    if name.label is None or gold.label is None:
        return False
    if plain(name.label) == plain(gold.label):
        return True
    if gold.kind == "person":
        return same_person(name.label, gold.label)
    if gold.kind == "office":
        unnamed = " of " in gold.label and " of " in name.label
        same_side = (name.affiliation or "").upper() == (gold.affiliation or "").upper()
        return same_side if unnamed else same_person(name.label, gold.label)
    same_code = bool(gold.affiliation) and (name.affiliation or "").upper() == (gold.affiliation or "").upper()
    return same_code and gold.kind in ("state", "organisation")
