"""Runs the examples beside the language data through the product's own steps.

``languages/<code>/<file>.examples.yaml`` is a list of ``{text, on?, gives}``: what the product must give for a text of
the language, published on the day ``on``. ``gives: []`` is a text that must give nothing. An example with
``known_gap: reason`` must fail; once it holds, the mark has to go. The formats: docs/adding-a-language.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from rozmova.checks import compare
from rozmova.checks.compare import CLOSED, MALFORMED, Found, Problem
from rozmova.contacts.topics import topic_words
from rozmova.languages import loader
from rozmova.names import find as name_steps
from rozmova.names import lexicon as lx
from rozmova.names.actors import load
from rozmova.names.fold import romanise
from rozmova.names.identity import Named
from rozmova.pipeline import read_steps
from rozmova.records import Article, Contact, Statement
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.script import fold_word
from rozmova.times import edtf
from rozmova.times import mentions as time_steps

SUFFIX = ".examples"
PEOPLE = ("person", "office", "group", "pair", "pronoun", "colleague")
"""Kinds of mentions that ``offices.examples.yaml`` is about."""

_KEYS = {"text", "on", "gives", "known_gap"}
_OF_ITEM: dict[str, set[str]] = {
    "dates": {"text", "value", "type"},
    "offices": {"text", "kind", "affiliation", "office"},
    "contacts": {
        "parties", "channel", "status", "date", "place", "initiator", "minutes", "form", "rule", "moved_from",
        "told_by", "through",
    },
    "surnames": {"form", "lemma", "case"},
    "statements": {
        "speaker", "act", "channel", "event", "date", "addressee", "via", "reported_by", "kind", "about", "words",
    },
    "topics": {"topic", "text"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """One example: language code, data file it belongs to (``dates``), number in its file from 1, and its content."""

    code: str
    kind: str
    number: int
    entry: dict[str, Any]

    @property
    def file(self) -> str:
        """The file of the example, as ``uk/dates.examples.yaml``."""
        return f"{self.code}/{self.kind}{SUFFIX}.yaml"

    @property
    def text(self) -> str:
        """The text of the example (for names, the form)."""
        return str(self.entry.get("text") or self.entry.get("form") or "")

    @property
    def known_gap(self) -> str:
        """Why the example is known to fail; empty when it must hold."""
        return str(self.entry.get("known_gap") or "")

    def __str__(self) -> str:
        return f"languages/{self.file}, example {self.number} {self.text!r}"


@dataclass(frozen=True, slots=True)
class Result:
    """How an example went: the problems to report, and those that its known gap excuses."""

    example: Example
    problems: tuple[Problem, ...]
    gap: tuple[Problem, ...] = ()

    def lines(self) -> list[str]:
        """The problems, a line each, naming file and example."""
        return [f"{self.example}: {problem}" for problem in self.problems]


class Outcome(NamedTuple):
    """What the contact steps gave for a text."""

    contacts: tuple[Contact, ...]
    statements: tuple[Statement, ...]


def examples(code: str) -> Iterator[Example]:
    """All examples of a language, file by file in alphabetical order.

    Raises ``LanguageDataError`` when a file is not YAML or not a list of mappings.
    """
    for path in sorted((loader.ROOT / code).glob(f"*{SUFFIX}.yaml")):
        kind = path.name.removesuffix(f"{SUFFIX}.yaml")
        entries = loader.table(code, f"{kind}{SUFFIX}") or []
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise loader.LanguageDataError(f"{path}: examples are a list of {{text, gives}}; correct the file")
        for number, entry in enumerate(entries, 1):
            yield Example(code, kind, number, entry)


def run(example: Example) -> Result:
    """Run one example; a known gap turns its problems into an excuse, and its success into a problem."""
    problems = tuple(_problems(example))
    if not example.known_gap or any(p.kind == MALFORMED for p in problems):
        return Result(example, problems)
    if problems:
        return Result(example, (), problems)
    return Result(example, (Problem(CLOSED, f"remove known_gap ({example.known_gap})"),))


def run_all(codes: Iterable[str]) -> Iterator[Result]:
    """The results of all examples of some languages, in order."""
    for code in codes:
        yield from map(run, examples(code))


def _problems(example: Example) -> Iterator[Problem]:
    runner = _RUNNERS.get(example.kind)
    if runner is None:
        yield Problem(MALFORMED, f"no examples are known for {example.kind}.yaml; there are {', '.join(_RUNNERS)}")
        return
    wrong = list(_malformed(example))
    yield from wrong or runner(example)


def _malformed(example: Example) -> Iterator[Problem]:
    entry = example.entry
    if example.kind == "surnames" and "gives" not in entry:
        allowed, needed = {"form", "lemma", "case", "known_gap"}, {"form", "lemma"}
    else:
        allowed, needed = _KEYS, {"text", "gives"}
    for key in sorted(needed - entry.keys()):
        yield Problem(MALFORMED, f"`{key}` is not given")
    for key in sorted(entry.keys() - allowed):
        yield Problem(MALFORMED, f"unknown key `{key}`; there are {', '.join(sorted(allowed))}")
    if "on" in entry:
        try:
            edtf.read(str(entry["on"]))
        except ValueError as error:
            yield Problem(MALFORMED, f"`on`: {error}")
    known = _OF_ITEM.get(example.kind)
    if known and "gives" in entry:
        for item in entry["gives"] if isinstance(entry["gives"], list) else [entry["gives"]]:
            if not isinstance(item, dict):
                yield Problem(MALFORMED, f"`gives` is a list of mappings, not of {item!r}")
                continue
            for key in sorted(item.keys() - known):
                yield Problem(MALFORMED, f"unknown key `{key}` in `gives`; there are {', '.join(sorted(known))}")


@lru_cache(maxsize=20_000)
def analysed(code: str, text: str) -> Analysis:
    """The analysis of an example's text in its language, whatever the language detector would say of so few words."""
    return analyst(code).analyse(text)


@lru_cache(maxsize=5_000)
def outcome(code: str, text: str, on: str) -> Outcome:
    """Contacts and statements of a text published on the day ``on`` ('' for unknown)."""
    steps = read_steps(Article(id="", path="example", text=text, sha256="", published=on or None), code)
    return Outcome(steps.contacts, steps.statements)


def _named(code: str, text: str, on: str) -> tuple[list[list[Named]], tuple[edtf.Span, ...]]:
    published = edtf.read(on) if on else ()
    return name_steps.find(analysed(code, text), published, load()), published


def _on(example: Example) -> str:
    return str(example.entry.get("on") or "")


def _ids(example: Example) -> Iterator[Problem]:
    """States, organisations, places: the ids of one file in text order, also those inside the words of an office."""
    words = lx.lexicon(example.code)
    analysis = analysed(example.code, example.text)
    table = loader.table(example.code, example.kind)
    found = []
    for first, end in analysis.sentences:
        for hit in words.hits(analysis, first, end):
            inner = words.hits(analysis, hit.first + 1, hit.end) if hit.payload.kind == lx.OFFICE else []
            for one in (hit, *inner):
                if one.payload.key in table and (one.payload.kind == lx.PLACE) == (example.kind == "places"):
                    start, stop = analysis.span(one.first, one.end)
                    fields = {"id": one.payload.key}
                    found.append(Found(start, stop, analysis.text[start:stop], fields, one.payload.kind))
    yield from compare.ids([str(key) for key in example.entry["gives"]], found)


def _dates(example: Example) -> Iterator[Problem]:
    analysis = analysed(example.code, example.text)
    published = edtf.read(_on(example)) if _on(example) else ()
    found = [
        Found(m.start, m.end, m.text, {"value": m.value, "type": m.type}, m.rule)
        for m in time_steps.mentions(analysis, time_steps.find(analysis), published)
    ]
    yield from compare.spans(example.text, example.entry["gives"], found)


def _offices(example: Example) -> Iterator[Problem]:
    analysis = analysed(example.code, example.text)
    named, _ = _named(example.code, example.text, _on(example))
    found = []
    for mention, actor in ((n.mention, n.actor) for row in named for n in row if n.mention.kind in PEOPLE):
        start, end = analysis.span(mention.first, mention.end)
        own = mention.affiliations[0] if mention.affiliations else None
        fields = {
            "kind": mention.kind,
            # a pronoun says nothing of its own; whom it means is decided later, and by another file's words
            "affiliation": (actor.affiliation if actor and mention.kind != "pronoun" else None) or own,
            "office": mention.office.key if mention.office else None,
        }
        entry = mention.office or mention.entry
        found.append(Found(start, end, analysis.text[start:end], fields, entry.key if entry else ""))
    yield from compare.spans(example.text, example.entry["gives"], found)


def _contacts(example: Example) -> Iterator[Problem]:
    yield from compare.contacts(example.entry["gives"], outcome(example.code, example.text, _on(example)).contacts)


def _statements(example: Example) -> Iterator[Problem]:
    yield from compare.statements(example.entry["gives"], outcome(example.code, example.text, _on(example)).statements)


def _topics(example: Example) -> Iterator[Problem]:
    """Every topic that words of the text name, whether or not a contact is about it."""
    analysis = analysed(example.code, example.text)
    found = []
    for match in topic_words(example.code).scan(analysis.tokens, 0, len(analysis.tokens)):
        start, end = analysis.span(match.first, match.end)
        found.append(Found(start, end, analysis.text[start:end], {"topic": match.payload}))
    yield from compare.spans(example.text, example.entry["gives"], found)


def _surnames(example: Example) -> Iterator[Problem]:
    """Forms of names must be read as forms of their lemmas (in the case, if given); other readings may stand beside."""
    tokens = analysed(example.code, example.text).tokens
    for item in surname_forms(example):
        lemma = fold_word(item["lemma"])
        token = next((t for t in tokens if t.text == item["form"]), None)
        if token is None:
            yield Problem(MALFORMED, f"the form {item['form']!r} is no word of the example's text")
        elif all(m.lemma != lemma for m in token.morphs):
            got = sorted({m.lemma for m in token.morphs})
            yield Problem(compare.MISSING, f"expected the lemma {lemma!r} for {token.text!r}, got {got}")
        elif "case" in item and all((m.lemma, m.case) != (lemma, item["case"]) for m in token.morphs):
            cases = sorted({m.case for m in token.morphs if m.lemma == lemma})
            yield Problem(compare.WRONG_VALUE, f"case of {token.text!r}: expected {item['case']}, got {cases}")


def surname_forms(example: Example) -> list[dict[str, str]]:
    """The forms and lemmas of an example of ``surnames``: those it ``gives``, or the example itself."""
    items = example.entry.get("gives", [example.entry])
    return [{str(k): str(v) for k, v in item.items()} for item in items]


def _romanisation(example: Example) -> Iterator[Problem]:
    got = romanise(example.text, example.code)
    if got != example.entry["gives"]:
        yield Problem(compare.WRONG_VALUE, f"expected {example.entry['gives']!r}, got {got!r}")


_RUNNERS: dict[str, Callable[[Example], Iterator[Problem]]] = {
    "states": _ids, "organisations": _ids, "places": _ids, "dates": _dates, "offices": _offices,
    "contacts": _contacts, "topics": _topics, "statements": _statements, "surnames": _surnames,
    "romanisation": _romanisation,
}  # fmt: skip
