"""What the keys and values of each data file may be: unknown keys, ids, values and patterns that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, get_args

from rozmova import plover
from rozmova.contacts import frames as contact_frames
from rozmova.contacts import topics as contact_topics
from rozmova.contacts.frames import CUES
from rozmova.languages import loader
from rozmova.names.lexicon import Entry
from rozmova.records import Channel, Part, Status, TimexType
from rozmova.statements import words as speech
from rozmova.statements.outlets import KINDS as KINDS_OF_OUTLETS
from rozmova.statements.outlets import folded
from rozmova.text.analysis import analyst
from rozmova.text.patterns import NUMBER_CLASSES, PatternSet
from rozmova.times.operations import OPERATIONS as OPERATIONS_OF_DAYS

CASES = frozenset({"Nom", "Gen", "Dat", "Acc", "Ins", "Loc", "Voc", "Obl"})
KINDS = frozenset({"person", "office", "group", "pair", "pronoun", "colleague", "state", "organisation", "place"})
FAMILIES = frozenset({"talk", "meeting", "letter", "reply", "none"})
"""Families of frames; a frame of the family ``none`` has no slots and keeps its words from meaning a contact."""

OPERATIONS = frozenset(OPERATIONS_OF_DAYS) | {"duration", "clock", "set", "none"}

_TOP: dict[str, frozenset[str]] = {
    "language": frozenset(
        {
            "name", "morphology", "letters", "has_cases", "drops_subject", "clitics", "after", "abbreviations",
            "particles", "articles", "suffixes", "monuments", "relatives", "then", "plain_letters", "variants",
            "clause_prepositions", "future", "infinitive", "reflexive", "finite_words", "not_finite", "conditional",
            "joins", "possessives", "genitives",
        }
    ),
    "dates": frozenset({"words", "rules"}),
    "offices": frozenset(
        {
            "offices", "groups", "pairs", "pronouns", "colleagues", "titles", "former", "former_prefixes",
            "modifiers", "fields", "two", "bylines",
        }
    ),
    "contacts": frozenset({"frames", "status", "channel", "adjunct", "openers", "place", *CUES}),
    "statements": speech.KEYS,
    "surnames": frozenset({"endings"}),
    "romanisation": frozenset({"initial", "final", "letters"}),
}  # fmt: skip
_SITE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_NAMES = frozenset({"names", "exact", "adjectives", "residents"})


def problems(code: str, name: str) -> Iterator[str]:
    """What is wrong in ``languages/<code>/<name>.yaml``, each message naming the entry."""
    data = loader.table(code, name)
    if not isinstance(data, dict):
        yield "the file must be a mapping of keys to values"
        return
    for key in sorted(data.keys() - _TOP.get(name, data.keys())):
        yield f"unknown key `{key}`; there are {', '.join(sorted(_TOP[name]))}"
    check = _CHECKS.get(name)
    if check:
        yield from check(code, data)


def language(code: str, data: dict[str, Any]) -> Iterator[str]:
    """``language.yaml``: what must be there, a morphology that exists, and the romanisation beside it."""
    if not (loader.ROOT / code / "romanisation.yaml").exists():
        yield "there is no romanisation.yaml beside it; where the script is Latin already, it says `letters: {}`"
    for key in ("name", "morphology", "letters"):
        if key not in data:
            yield f"`{key}` is not given"
    try:
        analyst(code)
    except Exception as error:  # whatever the library raises for a dictionary that it lacks
        yield f"morphology: {error}"


def _ids(shared: str) -> Callable[[str, dict[str, Any]], Iterator[str]]:
    def check(code: str, data: dict[str, Any]) -> Iterator[str]:
        known = loader.table(loader.SHARED, shared)
        patterns: PatternSet[Entry | str] = PatternSet(analyst(code))
        for key, words in data.items():
            if key not in known:
                yield f"{key}: no such id in shared/{shared}.yaml"
            if not isinstance(words, dict):
                yield f"{key}: give a mapping with {', '.join(sorted(_NAMES))}"
                continue
            for part in sorted(words.keys() - _NAMES):
                yield f"{key}: unknown key `{part}`; there are {', '.join(sorted(_NAMES))}"
            for part in sorted(words.keys() & _NAMES):
                for phrase in words[part]:
                    yield from _compiles(patterns, str(phrase), key, printed=part == "exact")

    return check


def _single_words(data: dict[str, Any], keys: tuple[str, ...], where: str = "") -> Iterator[str]:
    """These lists are looked up word by word: a phrase in them would never be met."""
    for key in keys:
        for word in data.get(key, ()):
            if len(str(word).split()) != 1 or str(word).startswith("="):
                yield f"{where}{key}: {word!r} must be one plain word"


def offices(code: str, data: dict[str, Any]) -> Iterator[str]:
    """``offices.yaml``: keys of ``shared/offices.yaml`` and phrases that can be read."""
    known = loader.table(loader.SHARED, "offices")
    for key in data.get("offices", {}):
        if key not in known:
            yield f"offices, {key}: no such id in shared/offices.yaml"
    patterns: PatternSet[Entry | str] = PatternSet(analyst(code))
    for section in ("offices", "groups"):
        for key, words in data.get(section, {}).items():
            for phrase in words:
                yield from _compiles(patterns, str(phrase).replace("<state>", "~3"), f"{section}, {key}")
    yield from _single_words(data, ("fields", "two"))
    for pronoun in data.get("pronouns", ()):
        if not isinstance(pronoun, dict) or "words" not in pronoun or pronoun.get("gender", "Masc") not in _GENDERS:
            yield f"pronouns, {pronoun}: give {{words: [...], gender: {'|'.join(_GENDERS)}}}"


_GENDERS = ("Masc", "Fem", "Neut")


def dates(code: str, data: dict[str, Any]) -> Iterator[str]:
    """``dates.yaml``: every rule has a name of its own, patterns that compile, and an operation there is."""
    words: dict[str, Any] = data.get("words", {})
    patterns: PatternSet[Entry | str] = PatternSet(analyst(code), words)
    names: set[str] = set()
    used: set[str] = set()
    for number, rule in enumerate(data.get("rules", ()), 1):
        name = rule.get("name")
        where = f"rule {name!r}" if name else f"rule {number}"
        if not name:
            yield f"{where}: `name` is not given"
        if name in names:
            yield f"{where}: another rule has the same name"
        names.add(str(name))
        for key in sorted(rule.keys() - {"name", "find", "value", "type", "op"}):
            yield f"{where}: unknown key `{key}`; there are name, find, type, value"
        if rule.get("type", "DATE") not in get_args(TimexType):
            yield f"{where}: unknown type {rule['type']!r}; there are {', '.join(get_args(TimexType))}"
        operation = rule.get("value", {}).get("op", rule.get("op", "none"))
        if operation not in OPERATIONS:
            yield f"{where}: unknown operation {operation!r}; there are {', '.join(sorted(OPERATIONS))}"
        if not rule.get("find"):
            yield f"{where}: `find` is not given"
        for pattern in rule.get("find", ()):
            yield from _compiles(patterns, str(pattern), where)
            used |= {p.rstrip("?").strip("<>").partition(":")[0] for p in str(pattern).split() if p.startswith("<")}
    for unused in sorted(words.keys() - used):
        yield f"words, {unused}: no pattern of a rule names the class <{unused}>"
    for clash in sorted(words.keys() & NUMBER_CLASSES.keys()):
        if clash not in ("day", "hour", "number", "quarter"):
            yield f"words, {clash}: the name belongs to a number class"


_VALUES = (
    ("status", get_args(Status)), ("channel", get_args(Channel)), ("adjunct", (*get_args(Status), "during")),
)  # fmt: skip
"""Groups of cue words in ``contacts.yaml`` and the values under which the words stand."""


def contacts(code: str, data: dict[str, Any]) -> Iterator[str]:
    """``contacts.yaml``: frames that can be read, with values that there are, and cues that compile."""
    patterns: PatternSet[Entry | str] = PatternSet(analyst(code))
    names: set[str] = set()
    for entry in data.get("frames", ()):
        where = f"frame {entry.get('name', '?')!r}"
        if "name" not in entry:
            yield f"{where}: `name` is not given ({entry.get('noun') or entry.get('verb')})"
        elif entry["name"] in names:
            yield f"{where}: another frame has the same name"
        names.add(str(entry.get("name")))
        try:
            frame = contact_frames._frame(entry, code)
        except loader.LanguageDataError as error:
            yield str(error)
            continue
        if frame.type == contact_frames.NOUN and "verb" in entry:
            yield f"{where}: has both `noun` and `verb`; only the nouns are read, make it two frames"
        yield from _values(where, frame)
        yield from _single_words(entry, ("needs",), f"{where}, ")
        for word in entry[frame.type]:
            yield from _compiles(patterns, str(word), where)
    for field, allowed in _VALUES:
        for value, words in data.get(field, {}).items():
            if value not in allowed:
                yield f"{field}, {value}: there is no such {field}; there are {', '.join(allowed)}"
            for word in words:
                yield from _compiles(patterns, str(word), f"{field}, {value}")
    for field in CUES:
        for word in data.get(field, ()):
            yield from _compiles(patterns, str(word), field)
    yield from _single_words(data, ("openers", "place"))


def _values(where: str, frame: contact_frames.Frame) -> Iterator[str]:
    one_of: list[tuple[str, Collection[str], Collection[str]]] = [
        ("channel", [frame.channel], get_args(Channel)),
        ("family", [frame.family], FAMILIES),
        ("status", [frame.status], ("", *get_args(Status))),
        ("initiator", [frame.initiator], ("", "subject", "first")),
        ("each", [frame.each], ("", "always", "plural")),
    ]
    for slot in frame.slots:
        one_of += [
            ("case", slot.cases, CASES), ("part", [slot.part], get_args(Part)), ("kinds", slot.kinds, KINDS),
            ("is", [slot.fills], ("party", "place")),
        ]  # fmt: skip
    for key, values, allowed in one_of:
        for value in sorted(values):
            if value not in allowed:
                yield f"{where}: {key} {value!r}; there are {', '.join(sorted(filter(None, allowed)))}"
    if not frame.slots and frame.family != "none":
        yield f"{where}: has no slots, so no party can stand in it; if its words mean no contact, say family: none"


def statements(code: str, data: dict[str, Any]) -> Iterator[str]:
    """``statements.yaml``: known acts and events, phrases that can be read."""
    acts = loader.table(loader.SHARED, "acts")
    for key, *_ in (*speech.VERBS, ("said",)):
        for act in data.get(key, {}):
            if act not in acts:
                yield f"{key}: unknown act {act!r}; there are {', '.join(acts)}"
    for event in data.get("events", {}):
        if event not in plover.ROOTS:
            yield f"events: {event!r} is no PLOVER root; there are {', '.join(sorted(plover.ROOTS))}"
    patterns: PatternSet[Entry | str] = PatternSet(analyst(code))
    for one in speech.listed(data):
        yield from _compiles(patterns, one.pattern, one.section, printed=one.printed)
    for entry in data.get("addressees", ()):
        for problem in _address(entry, acts):
            yield f"addressees, {entry}: {problem}"


def topics(code: str, data: dict[str, Any]) -> Iterator[str]:
    """``topics.yaml``: topics that there are, phrases that can be read."""
    known = loader.table(loader.SHARED, "topics")
    for key in data:
        if key not in known:
            yield f"unknown topic {key!r}; there are those of shared/topics.yaml"
    patterns: PatternSet[Entry | str] = PatternSet(analyst(code))
    for key, word in contact_topics.listed(data):
        yield from _compiles(patterns, word, key)


def outlets(data: dict[str, Any]) -> Iterator[str]:
    """``shared/outlets.yaml``: known kinds and keys, an affiliation for official ones only, no name or site twice."""
    if not isinstance(data, dict) or data.keys() != set(KINDS_OF_OUTLETS):
        yield f"the kinds must be {', '.join(KINDS_OF_OUTLETS)}"
        return
    known = loader.table(loader.SHARED, "states").keys() | loader.table(loader.SHARED, "organisations").keys()
    seen: dict[str, str] = {}
    for kind, label, entry in ((kind, label, entry) for kind, rows in data.items() for label, entry in rows.items()):
        if not isinstance(entry, dict) or not {"sites"} <= entry.keys() <= {"affiliation", "sites", "names"}:
            yield f"{label}: give sites and, where there are any, affiliation and names"
            continue
        if (kind == "official") != ("affiliation" in entry):
            yield f"{label}: official outlets have an affiliation, others have none"
        elif kind == "official" and entry["affiliation"] not in known:
            yield f"{label}: {entry['affiliation']!r} is in neither shared/states.yaml nor organisations.yaml"
        for site in map(str, entry["sites"]):
            if not _SITE.fullmatch(site):
                yield f"{label}: {site!r} is no domain in small letters"
        for word in (*map(str, entry["sites"]), *{folded(str(name)) for name in (label, *entry.get("names", ()))}):
            if seen.setdefault(word, label) != label:
                yield f"{label}: {word!r} stands for {seen[word]} too"


def _address(entry: object, acts: dict[str, Any]) -> Iterator[str]:
    if not isinstance(entry, dict) or not entry.keys() <= {"case", "with", "acts"}:
        yield "give case, with or acts"
        return
    cases = [entry["case"]] if isinstance(entry.get("case"), str) else entry.get("case", ())
    for case in cases:
        if case not in CASES:
            yield f"unknown case {case!r}; there are {', '.join(sorted(CASES))}"
    for act in entry.get("acts", ()):
        if act not in acts:
            yield f"unknown act {act!r}"


def surnames(code: str, data: dict[str, Any]) -> Iterator[str]:
    """``surnames.yaml``: the fields of each ending."""
    needed, allowed = {"ending", "lemma", "case", "gender"}, {"ending", "lemma", "case", "gender", "after"}
    for rule in data.get("endings", ()):
        if not isinstance(rule, dict) or not needed <= rule.keys() <= allowed:
            yield f"ending {rule}: give {', '.join(sorted(needed))} and, where it helps, after"
        elif rule["case"] not in CASES or rule["gender"] not in (*_GENDERS, ""):
            yield f"ending {rule}: case is one of {', '.join(sorted(CASES))}, gender one of {', '.join(_GENDERS)}"


def _compiles(patterns: PatternSet[Entry | str], phrase: str, where: str, *, printed: bool = False) -> Iterator[str]:
    try:
        patterns.add(phrase, where, printed=printed)
    except ValueError as error:
        yield f"{where}: {error}"


_CHECKS: dict[str, Callable[[str, dict[str, Any]], Iterator[str]]] = {
    "language": language, "states": _ids("states"), "organisations": _ids("organisations"), "places": _ids("places"),
    "offices": offices, "dates": dates, "contacts": contacts, "topics": topics, "statements": statements,
    "surnames": surnames,
}  # fmt: skip
