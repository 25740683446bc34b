"""The contract's record of a contact: every field with its evidence, every null with its reason."""

from __future__ import annotations

from typing import Any

from rozmova.contacts.draft import Draft
from rozmova.contacts.fields import Said
from rozmova.names.identity import Actor
from rozmova.records import Contact, Evidence, Party, Place, Topic
from rozmova.text.analysis import Analysis

_NO_WORDS = "no words of the article say it"


def party(actor: Actor, part: str) -> Party:
    """The record of an actor in a contact or statement."""
    kind = actor.kind if actor.kind in ("person", "office", "state", "organisation") else "office"
    return Party(
        id=actor.id, name=actor.label, kind=kind, affiliation=actor.affiliation, role=actor.role,  # type: ignore[arg-type]
        part=part, by_office=actor.by_office,  # type: ignore[arg-type]
    )  # fmt: skip


def contact(analysis: Analysis, draft: Draft, topics: tuple[Topic, ...] = ()) -> Contact:
    """The finished record; evidence that stands twice is told once, with all it supports."""
    said: dict[str, Said[Any] | None] = {
        "channel": draft.channel, "status": draft.status, "place": draft.place,
        "date": draft.date if draft.date and draft.date.value.edtf else None,
        "duration_minutes": draft.duration, "initiator": draft.initiator,
        "moved_from": draft.moved_from if draft.moved_from and draft.moved_from.value.edtf else None,
    }  # fmt: skip
    where = draft.place.value if draft.place else None
    minutes, qualifier = draft.duration.value if draft.duration else (None, None)
    return Contact(
        parties=tuple(party(actor, part) for actor, part in draft.parties.values()),
        channel=draft.channel.value if draft.channel else "unspecified",  # type: ignore[arg-type]
        form=draft.form,
        status=draft.status.value if draft.status else "held",  # type: ignore[arg-type]
        date=draft.date.value.edtf if draft.date else None,
        date_basis=draft.date.value.basis if draft.date else None,  # type: ignore[arg-type]
        initiator=draft.initiator.value if draft.initiator else None,
        place=Place(id=where.id, name=where.label, state=where.affiliation) if where else None,
        duration_minutes=minutes,
        duration_qualifier=qualifier,  # type: ignore[arg-type]
        topics=topics,
        evidence=_evidence(analysis, draft, said),
        reasons=_reasons(draft, said),
        moved_from=draft.moved_from.value.edtf if draft.moved_from else None,
    )


def _reasons(draft: Draft, said: dict[str, Said[Any] | None]) -> dict[str, str]:
    reasons = {name: _NO_WORDS for name in ("date", "place", "duration_minutes", "initiator") if said[name] is None}
    if draft.moved and draft.moved_from is None:
        reasons["moved_from"] = _NO_WORDS
    for name, when in (("date", draft.date), ("moved_from", draft.moved_from)):
        if when and when.value.reason:
            reasons[name] = f"«{when.value.timex.text}»: {when.value.reason}"
    return reasons


def _evidence(analysis: Analysis, draft: Draft, said: dict[str, Said[Any] | None]) -> tuple[Evidence, ...]:
    spans = [*draft.spans, *((s.first, s.end, s.rule, (name,)) for name, s in said.items() if s is not None)]
    rules: dict[tuple[int, int], str] = {}
    supports: dict[tuple[int, int], dict[str, None]] = {}
    for first, end, rule, names in spans:
        at = analysis.span(first, end)
        rules.setdefault(at, rule)
        supports.setdefault(at, {}).update(dict.fromkeys(names))
    return tuple(
        Evidence(start=a, end=b, text=analysis.text[a:b], supports=tuple(supports[a, b]), rule=rule)
        for (a, b), rule in rules.items()
    )
