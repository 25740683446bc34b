"""Readings of English words: ``lemminflect`` with Penn Treebank tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rozmova.text.morph import Analyser, Features, Inflector, Morph

_PENN: dict[str, tuple[str, Features]] = {
    "NN": ("NOUN", {"number": "Sing"}), "NNS": ("NOUN", {"number": "Plur"}),
    "VB": ("VERB", {"verbform": "Inf"}), "VBP": ("VERB", {"verbform": "Fin", "tense": "Pres"}),
    "VBZ": ("VERB", {"verbform": "Fin", "tense": "Pres", "person": "3", "number": "Sing"}),
    "VBD": ("VERB", {"verbform": "Fin", "tense": "Past"}), "VBN": ("VERB", {"verbform": "Part", "tense": "Past"}),
    "VBG": ("VERB", {"verbform": "Ger"}),
}  # fmt: skip


def lemminflect_(
    closed: Mapping[str, Sequence[str]], finite: Mapping[str, Mapping[str, str]]
) -> tuple[Analyser, Inflector]:
    """Analyser of ``lemminflect``: a form's readings are the inflections of its lemmas that spell it; no cases.

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

    return analyse, lambda word, form: word
