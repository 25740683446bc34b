"""Readings and nominatives of Polish words: ``morfeusz2`` with the SGJP dictionary and its tags."""

from __future__ import annotations

from functools import lru_cache

from rozmova.text.morph import CONDITIONAL, Analyser, Features, Form, Inflector, Morph

_SGJP_POS = {
    "subst": "NOUN", "depr": "NOUN", "ger": "NOUN", "adj": "ADJ", "adja": "ADJ", "adjp": "ADJ", "adjc": "ADJ",
    "pact": "ADJ", "ppas": "ADJ", "adv": "ADV", "num": "NUM", "numcomp": "NUM", "fin": "VERB", "praet": "VERB",
    "impt": "VERB", "imps": "VERB", "inf": "VERB", "pcon": "VERB", "pant": "VERB", "bedzie": "AUX", "winien": "VERB",
    "pred": "VERB", "aglt": "AUX", "cond": "VERB", "ppron12": "PRON", "ppron3": "PRON", "siebie": "PRON",
    "prep": "ADP", "conj": "CCONJ", "comp": "SCONJ", "part": "PART", "qub": "PART", "interj": "INTJ", "brev": "X",
}  # fmt: skip
_SGJP_VERBFORM = {
    "fin": "Fin", "praet": "Fin", "imps": "Fin", "impt": "Imp", "bedzie": "Fin", "winien": "Fin", "pred": "Fin",
    "cond": "Fin", "inf": "Inf", "pcon": "Conv", "pant": "Conv", "pact": "Part", "ppas": "Part", "ger": "Vnoun",
}  # fmt: skip
_SGJP_FEATURES: dict[str, tuple[str, str]] = {
    "nom": ("case", "Nom"), "gen": ("case", "Gen"), "dat": ("case", "Dat"), "acc": ("case", "Acc"),
    "inst": ("case", "Ins"), "loc": ("case", "Loc"), "voc": ("case", "Voc"),
    "sg": ("number", "Sing"), "pl": ("number", "Plur"),
    "m1": ("gender", "Masc"), "m2": ("gender", "Masc"), "m3": ("gender", "Masc"), "f": ("gender", "Fem"),
    "n": ("gender", "Neut"), "pri": ("person", "1"), "sec": ("person", "2"), "ter": ("person", "3"),
}  # fmt: skip
_SGJP_NAMETYPE = {"nazwisko": "Sur", "imię": "Giv", "nazwa_geograficzna": "Geo"}


_ARTICLE = 2
"""Letters of an article that is tied to a name by a hyphen; what follows it is no Polish word."""


def morfeusz(dictionary: str) -> tuple[Analyser, Inflector]:
    """Analyser and inflector of ``morfeusz2`` (SGJP tags); every combination of the values in a tag is one reading."""
    import morfeusz2

    machine = morfeusz2.Morfeusz(dictionary)

    def analyse(word: str) -> tuple[Morph, ...]:
        edges = machine.analyse(word)
        whole = max((end for start, end, _ in edges if start == 0), default=0)
        last = max((end for _, end, _ in edges), default=0)
        if "-" in word and any(len(form) <= _ARTICLE and not start for start, _, (form, *_) in edges):
            return ()  # "al-Fattah"
        first = "1" if any(t.startswith("aglt") and ":pri" in t for _, _, (_, _, t, _, _) in edges) else ""
        would = any(start and form == "by" for start, _, (form, *_) in edges)  # "powiedział" + "by"
        found: list[Morph] = []
        for start, end, (_, lemma, tag, names, _) in edges:
            # "rozmawiałem" is split into rozmawiał + em; its first part is the verb, the second says "I"
            if start != 0 or end != (whole if whole == last else end) or tag == "ign" or tag.startswith("depr"):
                continue  # a depreciative "polityki" for politicians is never printed; it hides the policy
            pos, readings = tag_features(tag)
            for features in readings:
                person = {"person": first} if first and pos == "VERB" else {}
                if would and features.get("tense"):
                    person["tense"] = CONDITIONAL
                found.append(
                    Morph(lemma.split(":")[0].lower(), pos, nametype=_nametype(names), **{**features, **person})
                )
        return tuple(dict.fromkeys(found))

    @lru_cache(maxsize=20_000)
    def nominative(word: str, form: Form) -> str | None:
        fitting = []
        for start, _, (_, lemma, tag, names, _) in machine.analyse(word):
            pos, readings = tag_features(tag)
            if start == 0 and any(r["case"] and form.fits(Morph(lemma, pos, **r)) for r in readings):
                fitting.append((_nametype(names) != form.nametype, lemma, tag))
        for _, lemma, tag in sorted(fitting):
            made = (m for m, _, other, _, _ in machine.generate(lemma) if _nominative_of(other, tag, form.plural))
            word = next(made, "")
            if word:
                return word
        return None

    return analyse, nominative


@lru_cache(maxsize=8192)
def tag_features(tag: str) -> tuple[str, tuple[Features, ...]]:
    """Part of speech and the UD features of every reading of an SGJP tag ("subst:sg:gen.acc:m1" has two)."""
    head, *parts = tag.split(":")
    pos = _SGJP_POS.get(head, "X")
    fixed: Features = {}
    cases: list[str] = [""]
    numbers: list[str] = [""]
    for part in parts:
        values = [_SGJP_FEATURES[v] for v in part.split(".") if v in _SGJP_FEATURES]
        if not values:
            continue
        feature = values[0][0]
        if feature == "case":
            cases = [v for _, v in values]
        elif feature == "number":
            numbers = [v for _, v in values]
        elif len({v for _, v in values}) == 1:
            fixed[feature] = values[0][1]
    if head in _SGJP_VERBFORM:
        fixed["verbform"] = _SGJP_VERBFORM[head]
    if head in ("praet", "imps"):
        fixed["tense"] = "Past"
    elif head == "bedzie" or (head == "fin" and "perf" in parts):
        fixed["tense"] = "Fut"
    elif head in ("fin", "winien"):
        fixed["tense"] = "Pres"
    if head in ("ppas", "imps"):
        fixed["voice"] = "Pass"
    return pos, tuple({**fixed, "case": case, "number": number} for case in dict.fromkeys(cases) for number in numbers)


def _nametype(names: list[str]) -> str:
    return next((_SGJP_NAMETYPE[n] for n in names if n in _SGJP_NAMETYPE), "")


def _nominative_of(other: str, tag: str, plural: bool) -> bool:
    """A tag is that of the nominative in the gender and degree of another: subst:sg:nom:m1, adj:sg:nom.voc:f:pos."""
    parts, wanted = other.split(":"), tag.split(":")
    if len(parts) < 4 or parts[0] != wanted[0] or parts[4:] != wanted[4:]:
        return False
    genders = set(parts[3].split(".")) & set(wanted[3].split("."))
    number = "pl" if plural else "sg"
    return bool(genders) and number in parts[1].split(".") and "nom" in parts[2].split(".")
