"""A frame met in a sentence, and what fills its slots so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from rozmova.contacts.frames import NOUN, Frame, Slot
from rozmova.contacts.view import View
from rozmova.names.groups import Group
from rozmova.names.identity import Named


@dataclass(slots=True)
class Filled:
    """A frame met in a sentence: its word at tokens ``first`` to ``end`` and what fills its slots."""

    frame: Frame
    view: View
    first: int
    end: int
    slots: list[tuple[Slot, Group]] = field(default_factory=list)
    subject: Group | None = None
    dropped_subject: bool = False
    governor: int | None = None
    lacks: str = ""

    @property
    def parties(self) -> list[tuple[Named, str, Slot | None]]:
        """Every mention in a party slot, subject first (its slot is None), with its part in the contact."""
        found: list[tuple[Named, str, Slot | None]] = []
        part = next((s.part for s in self.frame.slots if s.subject), "participant")
        sends = self.frame.type == NOUN and any(s.part == "sender" for s in self.frame.slots)
        if sends and not any(s.part == "sender" for s, _ in self.slots):
            part = "sender"  # who carries a letter's noun sends it, unless its sender is named
        for named in self.subject.members if self.subject else ():
            found.append((named, part, None))
        for slot, group in self.slots:
            if slot.fills == "party":
                found += [(named, slot.part, slot) for named in group.members]
        return found

    @property
    def places(self) -> list[Group]:
        """Groups that fill a place slot."""
        return [group for slot, group in self.slots if slot.fills == "place"]

    @property
    def carried(self) -> bool:
        """True when the governing verb only says that the contact takes place, or is planned, or is called off."""
        return any(self.view.is_cue(self.governor, name) for name in ("carry", "occur", "status"))

    def reach(self) -> tuple[int, int]:
        """Tokens from the first to the last word that the contact rests on."""
        spans = [(self.first, self.end), *((min(g.first, g.members[0].mention.first), g.end) for _, g in self.slots)]
        if self.subject:
            spans.append((self.subject.first, self.subject.end))
        if self.governor is not None and self.carried and self.view.adjunct(self.first) is None:
            spans.append((self.governor, self.governor + 1))
        return min(a for a, _ in spans), max(b for _, b in spans)


def fits(slot: Slot, group: Group) -> bool:
    """True when a group stands in the case and behind the preposition of a slot, and is what the slot takes."""
    if slot.subject or (slot.prepositions and group.preposition not in slot.prepositions):
        return False
    if not slot.prepositions and group.preposition:
        return False
    if slot.cases and group.cases and not slot.cases & group.cases:
        return False
    kinds = {n.mention.kind for n in group.members}
    if slot.kinds:
        return bool(kinds & slot.kinds) or ("person" in slot.kinds and bool(kinds & {"colleague", "pronoun", "office"}))
    if slot.fills == "place":
        if not slot.cases and group.cases == {"Gen"}:
            return False  # "at Qatar's invitation"
        places = (n.mention.entry for n in group.members if n.mention.kind in ("place", "state"))
        return any(entry is not None and entry.state for entry in places)  # no "talks in Europe"
    return "place" not in kinds or bool(slot.prepositions)


def is_open(found: Filled, slot: Slot) -> bool:
    """True when nothing fills a slot yet."""
    return all(slot is not s for s, _ in found.slots)
