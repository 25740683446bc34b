"""Readings and nominatives of Ukrainian and Russian words: ``pymorphy3`` with OpenCorpora tags."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rozmova.text.morph import Analyser, Features, Form, Inflector, Morph

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


def pymorphy(dictionary: str) -> tuple[Analyser, Inflector]:
    """Analyser and inflector of ``pymorphy3`` with the dictionary named by its language code (OpenCorpora tags).

    The lemma of a woman's surname is her own: "Захаровой" gives "захарова", not the man's "захаров".
    """
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

    def parses(word: str) -> list[tuple[Any, str, Morph]]:
        """Every parse of a word in small letters, with its tag and the reading it gives."""
        try:
            found = [(parse, str(parse.tag)) for parse in machine.parse(word)]
        except ValueError:  # letters that Unicode gives no name, which pymorphy3 asks for
            return []
        adverb = any(tag.startswith("ADVB") for _, tag in found)
        out = []
        for parse, tag in found:
            pos, features = tag_features(tag)
            if adverb and tag.startswith("ADJS"):
                pos, features = "ADJ", {}  # "регулярно" is an adverb far more often than a predicate
            if features.get("verbform") == "Fin" and word == parse.normal_form:
                features = {**features, "verbform": "Inf"}  # the Ukrainian dictionary leaves some without their mark
            out.append((parse, tag, Morph(parse.normal_form, pos, known=parse.is_known, **features)))
        return out

    @lru_cache(maxsize=50_000)
    def readings(word: str) -> tuple[Morph, ...]:
        return tuple(dict.fromkeys(_own_surname(parse, reading) for parse, _, reading in parses(word)))

    @lru_cache(maxsize=20_000)
    def nominative(word: str, form: Form) -> str | None:
        fitting = [(parse, reading) for parse, _, reading in parses(word) if reading.case and form.fits(reading)]
        fitting.sort(key=lambda one: one[1].nametype != form.nametype)
        for parse, reading in fitting:
            for other in parse.lexeme:
                _, made = tag_features(str(other.tag))
                same = made.get("gender", reading.gender) == reading.gender or form.plural
                if made.get("case") == "Nom" and (made.get("number") == "Plur") == form.plural and same:
                    return str(other.word)
        return None

    return lambda word: readings(word.lower()), lambda word, form: nominative(word.lower(), form)


def _own_surname(parse: Any, reading: Morph) -> Morph:
    if reading.nametype != "Sur" or reading.gender != "Fem" or reading.number == "Plur":
        return reading
    own = parse.inflect({"nomn"})
    return reading._replace(lemma=str(own.word)) if own is not None else reading
