"""Whether every entry of the data is met by an example of its language, and whether none stands twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from rozmova.checks import examples
from rozmova.contacts import frames as contact_frames
from rozmova.contacts import topics as contact_topics
from rozmova.contacts.frames import CUES
from rozmova.languages import loader
from rozmova.statements import words as speech
from rozmova.text import tokens
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.patterns import PatternSet
from rozmova.text.script import fold_word
from rozmova.times.find import finder


class Phrase(NamedTuple):
    """A phrase of a data file: file, entry it stands under, the words, and the pattern they make.

    ``scope`` is where each phrase may stand once only; ``printed`` as in :meth:`PatternSet.add`; ``proper`` asks for a
    capital where the phrase has one.
    """

    file: str
    entry: str
    words: str
    pattern: str
    scope: str
    printed: bool = False
    proper: bool = False


def phrases(code: str) -> Iterator[Phrase]:
    """Every phrase of the language's names, offices and contacts."""
    clitics = analyst(code).clitics
    for file in ("states", "organisations", "places"):
        for key, parts in loader.table(code, file).items():
            for part in ("names", "exact", "adjectives", "residents"):
                for word in map(str, parts.get(part, ())):
                    pattern = " ".join(word[a:b] for a, b, _ in tokens.cut(word, clitics))
                    yield Phrase(file, key, word, pattern, file, part == "exact", word[:1].isupper())
    yield from _offices(loader.table(code, "offices"))
    yield from _contacts(loader.table(code, "contacts"))
    yield from _statements(loader.table(code, "statements"))
    for key, word in contact_topics.listed(loader.table(code, "topics")):
        yield Phrase("topics", key, word, word, "topics")


def _offices(data: dict[str, Any]) -> Iterator[Phrase]:
    for section in ("offices", "groups"):
        for key, words in data.get(section, {}).items():
            for word in map(str, words):
                yield Phrase("offices", f"{section}, {key}", word, word.replace("<state>", "~3"), "offices")
    for n, pronoun in enumerate(data.get("pronouns", ())):
        for word in map(str, pronoun["words"]):
            yield Phrase("offices", f"pronouns, {pronoun.get('gender', n)}", word, word, "offices")
    for section in ("pairs", "colleagues", "titles", "former", "modifiers"):
        for word in map(str, data.get(section, ())):
            yield Phrase("offices", section, word, word, "offices")
    for word in map(str, data.get("fields", ())):
        yield Phrase("offices", "fields", word, f"={word}", "fields")


def _contacts(data: dict[str, Any]) -> Iterator[Phrase]:
    for entry in data.get("frames", ()):
        kind = "noun" if "noun" in entry else "verb"
        where = f"frame {entry.get('name', '?')!r}"
        for word in map(str, entry.get(kind, ())):
            yield Phrase("contacts", where, word, contact_frames._with_pos(word, kind), where)
        for word in map(str, entry.get("needs", ())):
            yield Phrase("contacts", f"{where}, needs", word, word, f"{where}, needs")
    for field in ("status", "channel", "adjunct"):
        for value, words in data.get(field, {}).items():
            for word in map(str, words):
                yield Phrase("contacts", f"{field}, {value}", word, word, field)
    for field in CUES:
        for word in map(str, data.get(field, ())):
            yield Phrase("contacts", field, word, word, field)
    for word in map(str, data.get("openers", ())):
        yield Phrase("contacts", "openers", word, word, "openers")
    for word in map(str, data.get("place", ())):
        yield Phrase("contacts", "place", word, f"={word}", "place")


def _statements(data: dict[str, Any]) -> Iterator[Phrase]:
    for one in speech.listed(data):
        yield Phrase("statements", one.section, one.word, one.pattern, one.into, one.printed)


def repeated(code: str) -> Iterator[tuple[str, str]]:
    """File and message for each phrase that stands under two entries, or twice under one."""
    seen: dict[tuple[str, str, str], Phrase] = {}
    for phrase in phrases(code):
        literal = phrase.printed or phrase.words.startswith("=")
        key = (phrase.file, phrase.scope, phrase.words if literal else fold_word(phrase.words))
        first = seen.setdefault(key, phrase)
        if first is not phrase and first.printed == phrase.printed:
            both = f"under {first.entry} and {phrase.entry}"
            where = f"twice under {phrase.entry}" if first.entry == phrase.entry else both
            yield phrase.file, f"{phrase.words!r} stands {where}; one of them is never used"
    patterns: dict[str, str] = {}
    for rule in loader.table(code, "dates").get("rules", ()):
        for pattern in rule.get("find", ()):
            if pattern in patterns:
                yield "dates", f"the pattern {pattern!r} stands under {patterns[pattern]!r} and {rule['name']!r}"
            patterns[pattern] = rule["name"]


def unused(code: str) -> Iterator[tuple[str, str]]:
    """File and message for each phrase, rule, frame and ending that no example of the language uses."""
    every = list(examples.examples(code))
    texts = [examples.analysed(code, text) for text in dict.fromkeys(e.text for e in every)]
    met = _met(code, texts)
    for phrase in phrases(code):
        if phrase not in met:
            yield phrase.file, f"{phrase.entry}: {phrase.words!r} is in no example"
    fired = _dates_fired(code, texts)
    for rule in loader.table(code, "dates").get("rules", ()):
        if rule["name"] not in fired:
            yield "dates", f"rule {rule['name']!r} finds nothing in any example"
    frames = {
        evidence.rule
        for e in every
        if e.kind == "contacts"
        for contact in examples.outcome(code, e.text, str(e.entry.get("on") or "")).contacts
        for evidence in contact.evidence
    }
    for entry in loader.table(code, "contacts").get("frames", ()):
        if entry["name"] not in frames and entry.get("family") != "none":
            yield "contacts", f"frame {entry['name']!r} gives no contact in contacts.examples.yaml"
    yield from _endings(code, every)


def _met(code: str, texts: list[Analysis]) -> set[Phrase]:
    patterns: PatternSet[Phrase] = PatternSet(analyst(code))
    for phrase in phrases(code):
        patterns.add(phrase.pattern, phrase, printed=phrase.printed)
    met: set[Phrase] = set()
    for analysis in texts:
        for first, end in analysis.sentences:
            for i in range(first, end):
                found = (m.payload for m in patterns.at(analysis.tokens, i, end))
                met |= {p for p in found if analysis.tokens[i].capital or not p.proper}
    return met


def _dates_fired(code: str, texts: list[Analysis]) -> set[str]:
    rules = finder(code).patterns
    fired: set[str] = set()
    for analysis in texts:
        for first, end in analysis.sentences:
            i = first
            while i < end:
                match = rules.first(analysis.tokens, i, end)
                if match:
                    fired.add(match.payload.name)
                i = match.end if match else i + 1
    return fired


def _endings(code: str, every: list[examples.Example]) -> Iterator[tuple[str, str]]:
    """An ending is used by an example whose form and lemma differ by just that."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for item in (i for e in every if e.kind == "surnames" for i in examples.surname_forms(e)):
        pairs[fold_word(item.get("lemma", ""))].add(fold_word(item.get("form", "")))
    for rule in loader.table(code, "surnames").get("endings", ()):
        ending, after = str(rule["ending"]), str(rule.get("after") or "")
        used = any(
            lemma.endswith(rule["lemma"]) and form.endswith(ending)
            and form[: len(form) - len(ending)] == lemma[: len(lemma) - len(rule["lemma"])]
            and (not after or form[: len(form) - len(ending)][-1:] in after)
            for lemma, forms in pairs.items() for form in forms
        )  # fmt: skip
        if not used:
            yield "surnames", f"ending {dict(rule)} makes no example's form"
