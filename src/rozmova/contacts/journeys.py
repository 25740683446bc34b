"""Journeys lend day and place to the encounters told with them: "On Tuesday he flew to Kyiv, where he met"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rozmova.contacts import dates, fields
from rozmova.contacts.dates import When
from rozmova.contacts.draft import Draft
from rozmova.contacts.fields import Said
from rozmova.contacts.filled import Filled
from rozmova.names.identity import Actor
from rozmova.times.edtf import Span
from rozmova.times.operations import FUTURE


@dataclass(frozen=True, slots=True)
class Journey:
    """Who travels to which states (none where no name says), told in sentence ``sentence``; ``ahead``: still to come.

    ``day`` and ``where`` are None where no words tell them.
    """

    sentence: int
    who: frozenset[str]
    to: frozenset[str]
    ahead: bool
    day: Said[When] | None
    where: Said[Actor] | None

    def lend(self, draft: Draft, sentence: int) -> None:
        """Give day and place to an encounter of the traveller that has none of its own.

        It is told in the same sentence, or in the next one with whoever is at home there.
        """
        there = bool(self.to & draft.sides)
        near = sentence == self.sentence or (sentence - self.sentence == 1 and (there or not self.to))
        channel = draft.channel.value if draft.channel else ""
        apart = channel not in ("in_person", "unspecified") or (channel == "unspecified" and not there)
        open_ = draft.status is None and self.ahead and self.day is not None and sentence == self.sentence
        if not near or apart or not self.who & draft.ids or (self.ahead != _ahead(draft) and not open_):
            return
        if open_ and self.day is not None:
            draft.status = Said("planned", self.day.first, self.day.end, "a journey still to come")
        if not draft.dates and self.day is not None:
            draft.dates.append(self.day)
        if draft.place is None and self.where is not None and there:
            draft.place = self.where
            if channel == "unspecified":
                draft.channel = Said("in_person", self.where.first, self.where.end, "talks at a place")


def _ahead(draft: Draft) -> bool:
    return draft.status is not None and draft.status.value != "held"


def journey(filled: Filled, topic: Actor | None, published: Sequence[Span]) -> Journey | None:
    """The journey that a visit's words tell of; ``topic`` travels where nobody is named. None when nobody is known."""
    view = filled.view
    subject = view.subject(filled.first)
    who = {named.actor.id for named in subject.members if named.actor} if subject else set()
    if not subject and topic:
        who.add(topic.id)
    ahead = view.tense(filled.governor) == FUTURE or view.status_cue(filled.first) == "planned"
    clause = view.clause(filled.first)
    mentions = [n.mention for g in view.groups if clause.first <= g.first < clause.end for n in g.members]
    to = {m.entry.state for m in mentions if m.entry is not None and m.kind in ("place", "state")}
    date = dates.date(filled, ahead, tuple(published))
    if view.tense(filled.governor) == "Pres" and not ahead:  # "travels to Berlin on Thursday"
        coming, last = dates.date(filled, True, tuple(published)), max((s.last for s in published), default=None)
        ahead = bool(coming and last and coming.value.spans and all(s.first > last for s in coming.value.spans))
        date = coming if ahead else date
    day = Said(date.value, date.first, date.end, "the day of the journey") if date and date.value.spans else None
    found = fields.place(filled)
    where = Said(found.value, found.first, found.end, "where the journey goes") if found else None
    if not who or (day is None and where is None):
        return None
    return Journey(view.index, frozenset(who), frozenset(to), ahead, day, where)
