"""Slot filling: a frame's word, and the phrases around it that fit its slots by case and preposition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rozmova.contacts.frames import NOUN, Frame, Slot
from rozmova.contacts.view import View
from rozmova.names.groups import Group
from rozmova.names.persons import agree
from rozmova.names.resolve import Named
from rozmova.text.tokens import MARK

_OBJECT = Slot("party", False, frozenset(), frozenset(), "participant", frozenset(), False)
_APPOSED = 4
_SIDES = 2
_REACH = 10
"""Tokens between a noun and its prepositional slot at most."""


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
        spans = [(self.first, self.end), *((g.first, g.end) for _, g in self.slots)]
        if self.subject:
            spans.append((self.subject.first, self.subject.end))
        if self.governor is not None and self.carried and self.view.adjunct(self.first) is None:
            spans.append((self.governor, self.governor + 1))
        return min(a for a, _ in spans), max(b for _, b in spans)


def fill(view: View) -> Iterator[Filled]:
    """Every frame met in a sentence, filled as far as the sentence goes; frames that lack a needed word say so."""
    i = view.first
    last = -_APPOSED
    while i < view.end:
        matches = view.triggers.get(i, [])
        if not matches or _inside_name(view, i):
            i += 1
            continue
        longest = matches[0].end
        tried = [_fill_one(view, m.payload, m.first, m.end) for m in matches if m.end == longest]
        complete = [f for f in tried if not f.lacks]
        best = max(complete or tried, key=lambda f: (_likely(view, f), len(f.slots)))
        if best.frame.type != NOUN or best.slots or not _names_the_same(view, i, last):
            yield best
        last = best.end
        # inside a verb's phrase a noun may speak of a contact of its own: "відповів на лист"
        i = longest if best.frame.type == NOUN else i + 1


def _likely(view: View, filled: Filled) -> bool:
    """The word's likeliest reading is of the frame's kind ("переговори" is talks, rarely "talk it over!").

    Without cases, a form that can be a finite verb right behind a name is one: "Blinken visits Kyiv".
    """
    token = view.analysis.tokens[filled.first]
    noun = bool(token.morphs) and token.morphs[0].pos == "NOUN"
    if not view.has_cases and noun and any(m.person == "3" or m.tense == "Past" for m in token.morphs):
        noun = not any(g.end == filled.first and "Nom" in g.cases for g in view.groups)
    return noun == (filled.frame.type == NOUN)


def _names_the_same(view: View, i: int, last: int) -> bool:
    """A second noun right behind a frame's word only says what kind it was: "переговори в режимі відеоконференції"."""
    near = 0 <= i - last < _APPOSED and view.clause(i) == view.clause(last - 1)
    return near and view.adjunct(i) is None


def _inside_name(view: View, i: int) -> bool:
    return any(
        n.mention.first <= i < n.mention.end and n.mention.kind in ("person", "organisation", "place", "state")
        for g in view.groups
        for n in g.members
    )


def _fill_one(view: View, frame: Frame, first: int, end: int) -> Filled:
    found = Filled(frame, view, first, end)
    clause = view.clause(first)
    if frame.needs and not any(t.keys & frame.needs for t in view.analysis.tokens[clause.first : clause.end]):
        found.lacks = "a word it needs"
        return found
    if frame.type == NOUN:
        _fill_noun(found)
    else:
        _fill_verb(found)
    return found


def _fits(slot: Slot, group: Group) -> bool:
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
        return bool(kinds & {"place", "state"})
    return "place" not in kinds or bool(slot.prepositions)


def _open(found: Filled, slot: Slot) -> bool:
    return all(slot is not s for s, _ in found.slots)


def _fill_noun(found: Filled) -> None:
    """A noun takes its bare genitive right behind it, prepositional slots within reach, a possessive right before."""
    view, frame = found.view, found.frame
    tokens = view.analysis.tokens
    clause = view.clause(found.first)
    found.governor = view.governor(found.first)
    edge = found.end
    for group in (g for g in view.groups if g.first >= found.end and g.end <= view.end):
        if group.first - edge > _REACH or not _reachable(view, found, edge, group):
            break
        gap = tokens[edge : group.first]
        near = len(gap) < _APPOSED and not any(t.kind == MARK or t.has("NOUN") or t.has("ADP") for t in gap)
        slot = next((s for s in frame.slots if _open(found, s) and _fits(s, group) and (s.prepositions or near)), None)
        if slot is not None:
            found.slots.append((slot, group))
            edge = group.end
    if not view.has_cases:
        before = [g for g in view.groups if g.end <= found.first]
        before = [g for g in before if g.cases == frozenset(("Gen",)) or g.end == found.first]  # "the G7 summit"
        slot = next((s for s in frame.slots if "Gen" in s.cases and not s.prepositions), None)
        if before and slot and found.first - before[-1].end <= 4:
            found.slots.insert(0, (slot, before[-1]))
    if not any(s.prepositions for s, _ in found.slots) and found.carried:
        for group in view.groups:  # "з президентом відбулася розмова"
            if clause.first <= group.first and group.end <= found.first and group.preposition:
                slot = next((s for s in frame.slots if s.prepositions and _open(found, s) and _fits(s, group)), None)
                if slot:
                    found.slots.append((slot, group))
    _noun_subject(found)


def _objects(view: View, verb: int, subject: Group) -> list[Group]:
    """Whom the verb is about: "during the meeting A asked B" names both sides."""
    clause = view.clause(verb)
    inside = [g for g in view.groups if clause.first <= g.first and g.end <= clause.end and g is not subject]
    bare = [g for g in inside if not g.preposition and "Nom" not in g.cases and g.cases & {"Acc", "Dat", "Gen"}]
    return [g for g in bare if g.members[0].mention.kind in ("person", "office")][:1]


def _body(group: Group) -> bool:
    """A sitting of an organisation or of "EU ministers" needs no other side."""
    return any(n.mention.kind == "organisation" or (n.actor is not None and n.actor.many) for n in group.members)


def _reachable(view: View, found: Filled, edge: int, group: Group) -> bool:
    """No clause ends and no foreign verb stands between a noun and what may belong to it."""
    for token in view.analysis.tokens[edge : group.first]:
        if token.kind == MARK and token.text in ";:.!?":
            return False
        if view.finite(token.i) and not (view.is_cue(token.i, "occur") or view.is_cue(token.i, "carry")):
            return False
    return view.clause(group.first).first <= found.first or not view.clause(group.first).relative


def _noun_subject(found: Filled) -> None:
    """Whose contact the noun is when its own slots do not say: the subject of the verb that carries it."""
    view = found.view
    verb = found.governor
    if not found.frame.subject:
        return
    if view.listed is not None and not found.slots:
        found.subject = view.listed
        return
    background = view.adjunct(found.first)
    adjunct = background is not None
    carried = view.is_cue(verb, "carry") and not adjunct
    if verb is None or view.is_cue(verb, "occur"):
        relative = view.relative_after(found.slots[-1][1].end if found.slots else found.end)
        if relative is not None and relative.verb is not None:
            found.governor = found.governor if found.governor is not None else relative.verb
        if verb is None and found.slots:
            earlier = [g for g in view.groups if g.end <= found.first and not any(g is x for _, x in found.slots)]
            bare = [g for g in earlier if not g.preposition and agree(g.cases, frozenset(("Nom", "Gen")))]
            found.subject = bare[-1] if bare else None
        # "відбулася розмова з Шольцом" in a speech: whoever speaks is the other side
        found.dropped_subject = found.subject is None and all(s.prepositions for s, _ in found.slots)
        return
    own = {n.actor.affiliation for n, _, _ in found.parties if n.actor}
    whole = any(s.all or not s.prepositions for s, _ in found.slots)
    if not carried and any(_body(g) for s, g in found.slots if not s.prepositions):
        return
    if len(own) > 1 and whole and not carried:
        return
    if background is not None and background.payload.value == "planned" and not found.slots:
        return  # "said ahead of the summit": whoever speaks need not go there
    if any(n.mention.kind == "pair" for n, _, _ in found.parties):
        return
    subject = view.subject(verb)
    if subject is not None and not (carried or adjunct) and view.clause(subject.first) != view.clause(found.first):
        return
    if subject is not None and not any(subject is g for _, g in found.slots):
        found.subject = subject
        if adjunct and len({n.actor.affiliation for n, _, _ in found.parties if n.actor}) < _SIDES:
            found.slots += [(_OBJECT, g) for g in _objects(view, verb, subject)]
    elif subject is None:
        found.dropped_subject = carried or adjunct


def _fill_verb(found: Filled) -> None:
    """A verb takes its subject, and its other slots anywhere in its clause, those behind it first."""
    view, frame = found.view, found.frame
    clause = view.clause(found.first)
    token = view.analysis.tokens[found.first]
    found.governor = found.first
    head = found.first
    if not view.finite(token.i):
        above = view.governor(found.first)
        head = above if above is not None else found.first
    if any(s.subject for s in frame.slots) and not _passive(view, found):
        found.subject = view.subject(head)
        found.dropped_subject = found.subject is None and (view.drops_subject or not view.finite(found.first))
    ordered = sorted(view.groups, key=lambda g: (g.first < found.first, abs(g.first - found.first)))
    for slot in frame.slots:
        if slot.subject:
            continue
        for group in ordered:
            inside = clause.first <= group.first and group.end <= clause.end
            if not inside or group is found.subject or any(group is g for _, g in found.slots):
                continue
            if not slot.prepositions and not view.has_cases and group.first < found.first:
                continue
            if not slot.prepositions and view.has_cases and _attribute(view, group):
                continue
            if _fits(slot, group):
                found.slots.append((slot, group))
                break


def _attribute(view: View, group: Group) -> bool:
    """A word that does not decline right behind a noun is its genitive: "нерозширення НАТО"."""
    before = view.analysis.tokens[group.first - 1] if group.first > view.first else None
    return len(group.cases) in (0, 6, 7) and before is not None and before.has("NOUN") and not before.capital


def _passive(view: View, found: Filled) -> bool:
    morphs = view.analysis.tokens[found.first].morphs
    return bool(morphs) and morphs[0].voice == "Pass"
