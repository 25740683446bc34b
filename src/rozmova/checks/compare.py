"""What an example expects against what the product gave: missing, surplus, wrong span, wrong value.

Every function takes expected and given things and yields problems; none means that the example holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from rozmova.records import Contact, Party, Statement

MISSING, SURPLUS, WRONG_SPAN, WRONG_VALUE = "missing", "surplus", "wrong span", "wrong value"
MALFORMED = "malformed example"
CLOSED = "gap closed"


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which an example does not hold: its kind (the constants above) and a message with both sides."""

    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}"


@dataclass(frozen=True, slots=True)
class Found:
    """Something the product found in words of the text: where, which words, its fields, and the rule behind it."""

    start: int
    end: int
    text: str
    fields: dict[str, Any] = field(default_factory=dict)
    rule: str = ""


def ids(expected: Sequence[str], found: Sequence[Found]) -> Iterator[Problem]:
    """Ids in text order; each of ``found`` carries its id as the field ``id``."""
    given = [str(f.fields["id"]) for f in found]
    matcher = SequenceMatcher(None, list(expected), given, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        paired = min(b - a, d - c)
        for n in range(paired):
            one = found[c + n]
            yield Problem(
                WRONG_VALUE, f"expected {expected[a + n]}, got {given[c + n]} for {one.text!r}{_by(one.rule)}"
            )
        for wanted in expected[a + paired : b]:
            yield Problem(MISSING, f"expected {wanted}, got nothing; all that was found: {given}")
        for one in found[c + paired : d]:
            yield Problem(SURPLUS, f"expected nothing, got {one.fields['id']} for {one.text!r}{_by(one.rule)}")


def spans(text: str, expected: Sequence[dict[str, Any]], found: Sequence[Found]) -> Iterator[Problem]:
    """Things with exact words (``text``) and fields; only the fields that the example names are compared."""
    open_: list[Found] = list(found)
    wanted: list[_Wanted] = []
    after = 0
    for item in expected:
        start = _place(text, str(item.get("text", "")), after)
        if start is None:
            yield Problem(MALFORMED, f"the words {item.get('text')!r} are not in the example's text")
            continue
        after = start + 1 if start >= after else after
        wanted.append(_Wanted(item, str(item["text"]), start, start + len(str(item["text"]))))
    left = wanted
    for test, exactly in _TIERS:
        rest: list[_Wanted] = []
        for want in left:
            one = next((f for f in open_ if test(want, f) and not (exactly and want.differences(f))), None)
            if one is None:
                rest.append(want)
                continue
            open_.remove(one)
            if test is _overlap:
                yield Problem(WRONG_SPAN, f"expected {want.text!r}, got {one.text!r}{_by(one.rule)}")
            for name, asked, got in want.differences(one):
                yield Problem(WRONG_VALUE, f"{name} of {one.text!r}: expected {asked}, got {got}{_by(one.rule)}")
        left = rest
    for want in left:
        yield Problem(MISSING, f"expected {_show(want.item)}, got nothing there")
    for one in open_:
        yield Problem(SURPLUS, f"expected nothing, got {one.text!r} {_show(one.fields)}{_by(one.rule)}")


@dataclass(frozen=True, slots=True)
class _Wanted:
    item: dict[str, Any]
    text: str
    start: int
    end: int

    def differences(self, one: Found) -> list[tuple[str, Any, Any]]:
        return list(_differences(self.item, one.fields))


def _same_span(want: _Wanted, one: Found) -> bool:
    return (one.start, one.end) == (want.start, want.end)


def _same_words(want: _Wanted, one: Found) -> bool:
    return one.text == want.text


def _overlap(want: _Wanted, one: Found) -> bool:
    return one.start < want.end and want.start < one.end


_TIERS: tuple[tuple[Callable[[_Wanted, Found], bool], bool], ...] = (
    (_same_span, True), (_same_words, True), (_same_span, False), (_same_words, False),
    (_overlap, True), (_overlap, False),
)  # fmt: skip
"""How expected and found things are paired, surest first; the second says whether all fields must agree."""


def contacts(expected: Sequence[dict[str, Any]], given: Sequence[Contact]) -> Iterator[Problem]:
    """Contacts by their parties (as sets of affiliation codes, ids or English names); named fields must agree."""
    yield from _records(expected, given, "parties", _same_parties, _share_party, _contact_fields, _contact_words)


def statements(expected: Sequence[dict[str, Any]], given: Sequence[Statement]) -> Iterator[Problem]:
    """Statements by their speaker; named fields must agree."""

    def spoken(item: dict[str, Any], one: Statement) -> bool:
        return str(item.get("speaker")) in _names(one.speaker)

    def near(item: dict[str, Any], one: Statement) -> bool:
        return item.get("act") == one.act

    yield from _records(expected, given, "speaker", spoken, near, _statement_fields, _statement_words)


def _records(
    expected: Sequence[dict[str, Any]], given: Sequence[Any], main: str,
    same: Callable[[dict[str, Any], Any], bool], near: Callable[[dict[str, Any], Any], bool],
    fields: Callable[[dict[str, Any], Any], Iterator[tuple[str, Any, Any]]], words: Callable[[Any], str],
) -> Iterator[Problem]:  # fmt: skip
    """Pair expected and given records: those that fit wholly first, then by their main field, then by likeness."""
    open_, left = list(given), list(expected)
    for stage in range(3):
        rest = []
        for item in left:
            fitting = [o for o in open_ if (near if stage == 2 else same)(item, o)]
            one = min(fitting, key=lambda o: len(list(fields(item, o))), default=None)
            if one is None or (stage == 0 and list(fields(item, one))):
                rest.append(item)
                continue
            open_ = [o for o in open_ if o is not one]
            if stage == 2:
                yield Problem(WRONG_VALUE, f"{main}: expected {_show(item.get(main))}, got {words(one)}")
            for name, want, got in fields(item, one):
                yield Problem(WRONG_VALUE, f"{name}: expected {want}, got {got}; {words(one)}")
        left = rest
    for item in left:
        yield Problem(MISSING, f"expected {_show(item)}, got nothing like it")
    for one in open_:
        yield Problem(SURPLUS, f"expected nothing, got {words(one)}")


def _names(party: Party) -> frozenset[str]:
    return frozenset(n for n in (party.affiliation, party.id, party.name) if n)


def _same_parties(item: dict[str, Any], one: Contact) -> bool:
    wanted = {str(p) for p in item.get("parties", ())}
    known = [_names(p) for p in one.parties]
    return all(wanted & n for n in known) and wanted <= frozenset().union(*known)


def _share_party(item: dict[str, Any], one: Contact) -> bool:
    return any({str(p) for p in item.get("parties", ())} & _names(party) for party in one.parties)


def _contact_fields(item: dict[str, Any], one: Contact) -> Iterator[tuple[str, Any, Any]]:
    got = {
        "channel": one.channel, "status": one.status, "form": one.form, "date": one.date,
        "moved_from": one.moved_from, "place": one.place.name if one.place else None, "minutes": one.duration_minutes,
        "told_by": one.told_by.name if one.told_by else None, "through": one.told_by.through if one.told_by else None,
    }  # fmt: skip
    yield from _differences({k: v for k, v in item.items() if k in got}, got)
    if "initiator" in item:
        asked = item["initiator"]
        means = {asked} | {
            n for p in one.parties if asked is not None and str(asked) in _names(p) for n in (p.id, p.affiliation) if n
        }
        if one.initiator not in means:
            yield "initiator", asked, one.initiator
    if "rule" in item and all(e.rule != item["rule"] for e in one.evidence):
        yield "rule", repr(item["rule"]), sorted({e.rule for e in one.evidence})


def _contact_words(one: Contact) -> str:
    sides = ", ".join(f"{p.name} ({p.affiliation})" for p in one.parties)
    rule = next((e.rule for e in one.evidence if "contact" in e.supports), "")
    return f"{one.channel} {one.form} ({one.status}) of {sides}{_by(rule)}"


def _statement_fields(item: dict[str, Any], one: Statement) -> Iterator[tuple[str, Any, Any]]:
    got = {
        "act": one.act, "channel": one.channel, "event": one.event, "date": one.date, "about": one.about,
        "via": one.via.name if one.via else None, "reported_by": one.reported_by,
        "kind": one.quotes[0].kind if one.quotes else None,
    }  # fmt: skip
    yield from _differences({k: v for k, v in item.items() if k in got}, got)
    if "addressee" in item:
        told = sorted(p.affiliation or p.name for p in one.addressee)
        if sorted(map(str, item["addressee"])) != told:
            yield "addressee", item["addressee"], told
    if "words" in item and all(str(item["words"]) != q for q in _quoted(one)):
        yield "words", repr(item["words"]), _quoted(one)


def _quoted(one: Statement) -> list[str]:
    return [one.text[q.start - one.start : q.end - one.start] for q in one.quotes]


def _statement_words(one: Statement) -> str:
    return f"{one.act} ({one.channel}) of {one.speaker.name}{_by(one.rule)}"


def _differences(expected: dict[str, Any], got: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name, want in expected.items():
        if name != "text" and name in got and not _equal(want, got[name]):
            yield name, want, got[name]


def _equal(want: Any, got: Any) -> bool:
    if want is None or got is None:
        return want is got
    if isinstance(got, float):
        return float(want) == got
    return str(want) == str(got)  # YAML reads the year 2022 as a number


def _place(text: str, words: str, after: int) -> int | None:
    """Where the words of an example stand as whole words: from ``after`` on, else anywhere; None when nowhere."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    match = (whole.search(text, after) or whole.search(text)) if words else None
    return match.start() if match else None


def _by(rule: str) -> str:
    return f" (rule {rule!r})" if rule else ""


def _show(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_show(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_show, value)) + "]"
    return "null" if value is None else str(value)
