"""The forms of a person's names: as hand-written, as the table of names has them, without diacritics."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein

from rozmova.names.fold import fold
from rozmova.names.parts import bare, by_key, either_order, is_particle, name_forms, name_keys, split_name

from .people import Aliases, Entry
from .rows import english_label, tsv

INITIAL = re.compile(r"[A-Z]\.?")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LEAST_BEARERS = 2  # officials who must bear a given name before its forms in the table of names are believed


class Spellings:
    """The hand-written spellings.yaml: English label -> language -> names joined by |, en, also."""

    def __init__(self, path: Path) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._forms: dict[str, dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        self.aliases: Aliases = {}
        for label, forms in self._forms.items():
            for other in (label, *forms.get("also", ())):
                self.aliases[_keys(english_label(other, ""))] = label
            self.aliases[_keys(str(forms.get("en", label)))] = label

    def taken(self, entries: list[Entry], weights: list[int]) -> dict[int, str]:
        """Number of an entry -> the label whose spellings are its; of namesakes the one of greatest weight has them."""
        best: dict[tuple[str, ...], int] = {}
        for number, entry in enumerate(entries):
            key = _keys(entry.label)
            if key in self.aliases and (key not in best or weights[number] > weights[best[key]]):
                best[key] = number
        return {number: self.aliases[key] for key, number in best.items()}

    def of(self, label: str) -> tuple[str, list[str]]:
        """The English label to show for a label, and the full names as the languages write them."""
        forms = self._forms[label]
        shown = str(forms.get("en", english_label(label, "")))
        written = [name for key, names in forms.items() if key not in ("en", "also") for name in names.split("|")]
        return shown, [*written, *forms.get("also", ())]

    def unused(self, taken: dict[int, str]) -> list[str]:
        """The labels that no person has, in order."""
        return sorted(set(self._forms) - set(taken.values()))


def _keys(name: str) -> tuple[str, ...]:
    return tuple(name_keys(name))


class Names:
    """The forms of given names and surnames of person_names.tsv."""

    def __init__(self, path: Path) -> None:
        self._cyrillic: dict[str, list[str]] = defaultdict(list)
        for _, forms, *_ in tsv(path):
            every = forms.split("|")
            cyrillic = [form for form in every if CYRILLIC.match(form)]
            for form in every if cyrillic else ():
                self._cyrillic[form] += cyrillic

    def forms(self, part: str) -> list[str]:
        """Cyrillic spellings of a name part, sorted."""
        return sorted({form for form in self._cyrillic.get(part.lower(), ()) if plausible(form, part)})


@cache
def skeleton(text: str) -> str:
    """The consonants of a name's key, with the sounds that change places between the languages made one."""
    key = fold(text).replace("-", "")
    return re.sub(r"[aeioux]", "", key.translate(str.maketrans("jczk", "shss"))) or key


def plausible(form: str, name: str) -> bool:
    """Whether a form of the table of names can be a spelling of this name, and no nickname or other name.

    A form without the -a of a woman's name is a man's: Zakharova is not Захаров.
    """
    a, b = skeleton(form), skeleton(name)
    if not a or not b or fold(form).endswith("a") != fold(name).endswith("a"):
        return False
    return (
        Levenshtein.distance(a, b) <= (0 if max(len(a), len(b)) <= 2 else 1)
        and Levenshtein.distance(fold(form), fold(name)) <= (len(fold(name)) + 1) // 3
    )


def capital(form: str) -> str:
    """The form with capital letters at the start of its parts."""
    return "-".join(part[:1].upper() + part[1:] for part in form.split("-"))


def person_forms(label: str, states: set[str], written: list[str], names: Names) -> tuple[list[str], list[str]]:
    """Given-name and surname forms of a person of these states, best first: as written, from the table, bare."""
    given, surname = name_forms(written, either_order(states))
    given_parts, surname_parts = split_name(label)
    for parts, out in ((given_parts, given), (surname_parts[-1:], surname)):
        found = (names.forms(part) for part in parts if not is_particle(part))
        out.extend(capital(form) for forms in found for form in forms)
        out.extend([bare(form) for form in out])
    return [form for form in given if not INITIAL.fullmatch(form)], surname


def given_names(labels: list[str], names: Names, usual_file: Path) -> list[str]:
    """Lines of the table of given names: the hand-written ones, then names borne by two or more of the labels."""
    table: dict[str, set[str]] = defaultdict(set)
    for name, forms, *_ in tsv(usual_file):
        table[name].update(forms.split("|"))
    taken = {form.lower() for forms in table.values() for form in forms}
    given = (split_name(label)[0][:1] for label in labels)
    counts = Counter(name for first in given for name in first if re.fullmatch(r"[^\W\d_]{3,}", name))
    claims: dict[str, tuple[int, int, str]] = {}
    for name, count in sorted(counts.items()):
        if count >= LEAST_BEARERS:
            for form in names.forms(name):
                claim = (int(fold(form) == fold(name)), count, name)
                claims[form] = max(claims.get(form, claim), claim)
    for form, (_, _, name) in claims.items():
        if form not in taken and len(form) > 1:
            table[name].add(capital(form))
    return [
        "\t".join((name, "|".join(sorted(forms)), "|".join(by_key((name, *sorted(forms))))))
        for name, forms in sorted(table.items())
    ]
