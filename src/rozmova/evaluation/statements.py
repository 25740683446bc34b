"""Scores the statements read in an article against annotated ones: found, by whom, and what is done with the words.

A statement is found when one read shares a character with its evidence and has the same speaker; one read is right when
it so meets an annotated one. Two sentences that carry on one statement are both right, then, and one that covers two
annotated ones finds both. Where the gold is only a sample (no act is annotated), what else is read is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from rozmova.evaluation.gold import GoldArticle, GoldStatement
from rozmova.evaluation.matching import plain, same_person
from rozmova.languages import loader
from rozmova.records import Party, Statement

_READOUT = frozenset({"announce", "confirm", "comment"})
"""What the acts of the contract call a readout, which older annotations call an act of its own."""


class StatementCounts(Struct, frozen=True):
    """What was counted in one article or in many; the fields add up.

    ``predicted`` and ``right`` count only where the gold is complete; ``acts``, ``events`` and ``addressees`` are the
    statements found whose gold has that field, ``act``, ``event`` and ``addressee`` those of them that are right.
    """

    gold: int = 0
    found: int = 0
    judged: int = 0  # gold statements of complete articles
    judged_found: int = 0
    predicted: int = 0
    right: int = 0
    acts: int = 0
    act: int = 0
    events: int = 0
    event: int = 0
    channels: int = 0
    channel: int = 0
    addressees: int = 0
    addressee: int = 0


class StatementScore(Struct, frozen=True, kw_only=True):
    """The score of one article; ``wrong`` pairs a gold statement with the one read for it, and says what is wrong."""

    counts: StatementCounts
    missed: tuple[GoldStatement, ...]
    surplus: tuple[Statement, ...]
    wrong: tuple[tuple[str, GoldStatement, Statement], ...]


def score_statements(gold: GoldArticle, statements: Sequence[Statement]) -> StatementScore:
    """Score the statements of one article."""
    annotated = gold.statements or ()
    complete = any(one.act for one in annotated)
    right: set[int] = set()
    missed: list[GoldStatement] = []
    pairs: list[tuple[GoldStatement, Statement]] = []
    for one in annotated:
        meeting = [n for n, s in enumerate(statements) if _meets(gold.text, one, s)]
        right.update(meeting)
        if meeting:
            pairs.append((one, min((statements[n] for n in meeting), key=lambda s: s.act != one.act)))
        else:
            missed.append(one)
    surplus = tuple(s for n, s in enumerate(statements) if n not in right) if complete else ()
    wrong = [(name, one, s) for one, s in pairs for name in _wrong(one, s)]
    counts = StatementCounts(
        gold=len(annotated),
        found=len(pairs),
        judged=len(annotated) if complete else 0,
        judged_found=len(pairs) if complete else 0,
        predicted=len(statements) if complete else 0,
        right=len(right) if complete else 0,
        acts=sum(one.act is not None for one, _ in pairs),
        act=sum(one.act is not None for one, _ in pairs) - sum(name == "act" for name, *_ in wrong),
        events=sum(one.judges_event for one, _ in pairs),
        event=sum(one.judges_event for one, _ in pairs) - sum(name == "event" for name, *_ in wrong),
        channels=len(pairs),
        channel=len(pairs) - sum(name == "channel" for name, *_ in wrong),
        addressees=sum(bool(one.sides) for one, _ in pairs),
        addressee=sum(bool(one.sides) for one, _ in pairs) - sum(name == "addressee" for name, *_ in wrong),
    )
    return StatementScore(counts=counts, missed=tuple(missed), surplus=surplus, wrong=tuple(wrong))


def _meets(text: str, gold: GoldStatement, read: Statement) -> bool:
    start = text.find(gold.evidence)
    return start < read.end and read.start < start + len(gold.evidence) and _same_speaker(read.speaker, gold)


def _same_speaker(read: Party, gold: GoldStatement) -> bool:
    """The same person; of institutions and offices without a name, the side that they speak for."""
    if same_person(read.name, gold.speaker) or plain(read.name) == plain(gold.speaker):
        return True
    side = gold.affiliation or _side_of(plain(gold.speaker))
    return read.kind != "person" and side is not None and read.affiliation == side


@cache
def _side_of(name: str) -> str | None:
    """The affiliation of a state or institution by its English name: "Kremlin" is RUS."""
    for table in ("states", "organisations"):
        for key, about in loader.table(loader.SHARED, table).items():
            if plain(str(about.get("label", key))) == name:
                return str(about.get("affiliation", key))
    return None


def _wrong(gold: GoldStatement, read: Statement) -> Iterator[str]:
    """The names of the fields that are wrong."""
    if gold.act is not None and read.act != gold.act and not (gold.act == "readout" and read.act in _READOUT):
        yield "act"
    if gold.judges_event and read.event != gold.event:
        yield "event"
    if read.channel != gold.channel:
        yield "channel"
    if gold.sides and {p.affiliation for p in read.addressee} != set(gold.sides):
        yield "addressee"
