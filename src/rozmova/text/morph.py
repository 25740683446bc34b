"""Possible readings of a word, whatever library gives them, in the terms of Universal Dependencies.

``pymorphy3`` (Ukrainian, Russian), ``morfeusz2`` (Polish) and ``lemminflect`` (English) speak three tag languages;
here they become one. All readings are kept: agreement inside a phrase decides later. Words no dictionary knows get
lemmas from declension rules of the language's data (``surnames.yaml``), because newspapers are full of foreign names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

Features = dict[str, Any]


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


_OPENCORPORA_POS = {
    "NOUN": "NOUN", "ADJF": "ADJ", "ADJS": "ADJ", "COMP": "ADV", "VERB": "VERB", "INFN": "VERB", "PRTF": "ADJ",
    "PRTS": "ADJ", "GRND": "VERB", "NUMR": "NUM", "ADVB": "ADV", "NPRO": "PRON", "PRED": "VERB", "PREP": "ADP",
    "CONJ": "CCONJ", "PRCL": "PART", "INTJ": "INTJ",
}  # fmt: skip
_OPENCORPORA_VERBFORM = {
    "VERB": "Fin",
    "INFN": "Inf",
    "GRND": "Conv",
    "PRTF": "Part",
    "PRTS": "Fin",
    "ADJS": "Fin",
    "PRED": "Fin",
}
"""Short participles and adjectives are predicates: "назначена", "должен"."""
_OPENCORPORA_FEATURES: dict[str, tuple[str, str]] = {
    "nomn": ("case", "Nom"), "gent": ("case", "Gen"), "gen1": ("case", "Gen"), "gen2": ("case", "Gen"),
    "datv": ("case", "Dat"), "accs": ("case", "Acc"), "acc2": ("case", "Acc"), "ablt": ("case", "Ins"),
    "loct": ("case", "Loc"), "loc1": ("case", "Loc"), "loc2": ("case", "Loc"), "voct": ("case", "Voc"),
    "sing": ("number", "Sing"), "plur": ("number", "Plur"),
    "masc": ("gender", "Masc"), "femn": ("gender", "Fem"), "neut": ("gender", "Neut"),
    "1per": ("person", "1"), "2per": ("person", "2"), "3per": ("person", "3"),
    "past": ("tense", "Past"), "pres": ("tense", "Pres"), "futr": ("tense", "Fut"),
    "pssv": ("voice", "Pass"),
    "Surn": ("nametype", "Sur"), "Name": ("nametype", "Giv"), "Patr": ("nametype", "Pat"), "Geox": ("nametype", "Geo"),
}  # fmt: skip


def pymorphy(dictionary: str) -> Analyser:
    """The analyser of ``pymorphy3`` with the dictionary named by its language code (OpenCorpora tags)."""
    import pymorphy3

    machine = pymorphy3.MorphAnalyzer(lang=dictionary)

    @lru_cache(maxsize=4096)
    def tag_features(tag: str) -> tuple[str, Features]:
        grammemes = tag.replace(" ", ",").split(",")
        pos = next((_OPENCORPORA_POS[g] for g in grammemes if g in _OPENCORPORA_POS), "X")
        features = {key: value for g in grammemes for key, value in [_OPENCORPORA_FEATURES.get(g, ("", ""))] if key}
        if "gender" in features and "number" not in features:
            features["number"] = "Sing"  # the Ukrainian dictionary marks plurals only
        form = next((_OPENCORPORA_VERBFORM[g] for g in grammemes if g in _OPENCORPORA_VERBFORM), "")
        form = "Inf" if "infn" in grammemes else "Imp" if "impr" in grammemes else form
        if form:
            features["verbform"] = form
        elif pos == "ADJ" and "Pass" in features.get("voice", ""):
            features["verbform"] = "Part"  # the Ukrainian dictionary files participles under adjectives
        return pos, features

    @lru_cache(maxsize=50_000)
    def readings(word: str) -> tuple[Morph, ...]:
        found = []
        try:
            parses = machine.parse(word)
        except ValueError:  # letters that Unicode gives no name, which pymorphy3 asks for
            return ()
        tags = [str(parse.tag) for parse in parses]
        adverb = any(tag.startswith("ADVB") for tag in tags)
        for parse, tag in zip(parses, tags, strict=True):
            pos, features = tag_features(tag)
            if adverb and tag.startswith("ADJS"):
                pos, features = "ADJ", {}  # "регулярно" is an adverb far more often than a predicate
            found.append(Morph(parse.normal_form, pos, known=parse.is_known, **features))
        return tuple(dict.fromkeys(found))

    def analyse(word: str) -> tuple[Morph, ...]:
        return readings(word.lower())

    return analyse


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


def morfeusz(dictionary: str) -> Analyser:
    """The analyser of ``morfeusz2`` (SGJP tags); every combination of the values in a tag is one reading."""
    import morfeusz2

    machine = morfeusz2.Morfeusz(dictionary, generate=False)

    @lru_cache(maxsize=8192)
    def tag_features(tag: str) -> tuple[str, tuple[Features, ...]]:
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
        found = tuple({**fixed, "case": case, "number": number} for case in dict.fromkeys(cases) for number in numbers)
        return pos, found

    def analyse(word: str) -> tuple[Morph, ...]:
        edges = machine.analyse(word)
        whole = max((end for start, end, _ in edges if start == 0), default=0)
        last = max((end for _, end, _ in edges), default=0)
        found: list[Morph] = []
        for start, end, (_, lemma, tag, names, _) in edges:
            # "rozmawiałem" is split into rozmawiał + em; its first part is the verb, the second says "I"
            if start != 0 or end != (whole if whole == last else end) or tag == "ign":
                continue
            pos, readings = tag_features(tag)
            first = "1" if any(t.startswith("aglt") and ":pri" in t for _, _, (_, _, t, _, _) in edges) else ""
            nametype = next((_SGJP_NAMETYPE[n] for n in names if n in _SGJP_NAMETYPE), "")
            for features in readings:
                person = {"person": first} if first and pos == "VERB" else {}
                found.append(Morph(lemma.split(":")[0].lower(), pos, nametype=nametype, **{**features, **person}))
        return tuple(dict.fromkeys(found))

    return analyse


_PENN: dict[str, tuple[str, Features]] = {
    "NN": ("NOUN", {"number": "Sing"}), "NNS": ("NOUN", {"number": "Plur"}),
    "VB": ("VERB", {"verbform": "Inf"}), "VBP": ("VERB", {"verbform": "Fin", "tense": "Pres"}),
    "VBZ": ("VERB", {"verbform": "Fin", "tense": "Pres", "person": "3", "number": "Sing"}),
    "VBD": ("VERB", {"verbform": "Fin", "tense": "Past"}), "VBN": ("VERB", {"verbform": "Part", "tense": "Past"}),
    "VBG": ("VERB", {"verbform": "Ger"}),
}  # fmt: skip


def lemminflect_(closed: Mapping[str, Sequence[str]], finite: Mapping[str, Mapping[str, str]]) -> Analyser:
    """The analyser of ``lemminflect``: a form's readings are the inflections of its lemmas that spell it.

    ``closed`` maps words of closed classes (UPOS -> words, from the language's data) that the lexicon lacks or lists
    only as nouns; ``finite`` gives the forms of auxiliaries: tense -> form -> lemma.
    """
    import lemminflect

    fixed = {word: Morph(word, pos) for pos, words in closed.items() for word in words}
    for tense, forms in finite.items():
        fixed.update({form: Morph(lemma, "AUX", tense=tense, verbform="Fin") for form, lemma in forms.items()})

    def analyse(word: str) -> tuple[Morph, ...]:
        low = word.lower()
        if low in fixed:
            return (fixed[low],)
        found: list[Morph] = []
        for upos, lemmas in lemminflect.getAllLemmas(low).items():
            for lemma in lemmas:
                if upos in ("NOUN", "VERB"):
                    for tag, forms in lemminflect.getAllInflections(lemma, upos=upos).items():
                        if low in forms and tag in _PENN:
                            pos, features = _PENN[tag]
                            found.append(Morph(lemma, pos, **features))
                else:
                    found.append(Morph(lemma, upos))
        # "spoke" and "met" are past tenses far more often than nouns
        return tuple(sorted(dict.fromkeys(found), key=lambda m: not (m.verbform == "Fin" and m.tense == "Past")))

    return analyse


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


def make_analyser(morphology: dict[str, Any]) -> Analyser:
    """The analyser that a language's data asks for: ``{tool: pymorphy3, dictionary: uk}``.

    Raises ``ValueError`` naming the tools there are when the data names another one.
    """
    tool, dictionary = morphology.get("tool"), str(morphology.get("dictionary", ""))
    if tool == "pymorphy3":
        return pymorphy(dictionary)
    if tool == "morfeusz2":
        return morfeusz(dictionary)
    if tool == "lemminflect":
        return lemminflect_(morphology.get("closed", {}), morphology.get("finite", {}))
    raise ValueError(f"unknown morphology tool {tool!r}; there are pymorphy3, morfeusz2, lemminflect")
