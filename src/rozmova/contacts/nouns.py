"""A noun's slots: its genitive right behind it, prepositional slots within reach, and whose contact it is."""

from __future__ import annotations

from rozmova.contacts.filled import Filled, fits, is_open
from rozmova.contacts.frames import Slot
from rozmova.contacts.view import View
from rozmova.names.agreement import agree
from rozmova.names.groups import Group
from rozmova.text.tokens import MARK

_SIDES = 2
_BEFORE_LISTS = frozenset(":–—-")
_QUOTE_MARKS = frozenset('"“”„«»')
_REACH = 10
"""Tokens between a noun and its prepositional slot at most."""
_APPOSED = 4
"""Tokens between a noun and its bare genitive at most."""
_OBJECT = Slot("party", False, frozenset(), frozenset(), "participant", frozenset(), False)


def fill_noun(found: Filled) -> None:
    """A noun takes its bare genitive right behind it, prepositional slots within reach, a possessive right before."""
    view, frame = found.view, found.frame
    tokens = view.analysis.tokens
    clause = view.clause(found.first)
    inside = (i for i in range(found.first, found.end) if view.finite(i))  # "odbył spotkania" may be one pattern
    found.governor = next(inside, None) or view.governor(found.first)
    if found.governor is None:
        resumed = view.resumption(clause)
        found.governor = resumed.verb if resumed is not None else None
    edge = found.end
    for group in (g for g in view.groups if g.first >= found.end and g.end <= view.end and not view.company(g)):
        listed = not found.slots and _listed(found, edge, group)
        if group.first - edge > _REACH or not (listed or _reachable(view, found, edge, group)):
            break
        gap = tokens[edge : group.first]
        near = len(gap) < _APPOSED and not any(t.kind == MARK or t.has("NOUN") or t.has("ADP") for t in gap)
        near = near or listed
        open_slots = [s for s in frame.slots if is_open(found, s)]
        slot = next((s for s in open_slots if fits(s, group) and (s.prepositions or near)), None)
        if slot is None and near and _tied(view, group):
            slot = next((s for s in open_slots if not s.prepositions and s.fills == "party"), None)
        if slot is not None:
            found.slots.append((slot, group))
            edge = group.end
    _possessors(found)
    if not any(s.prepositions for s, _ in found.slots) and found.carried:
        for group in view.groups:  # "з президентом відбулася розмова"
            free = group.preposition and not _of_another_noun(view, clause.first, group)
            if clause.first <= group.first and group.end <= found.first and free:
                slot = next((s for s in frame.slots if s.prepositions and is_open(found, s) and fits(s, group)), None)
                if slot:
                    found.slots.append((slot, group))
    _attended(found)
    if not found.slots:
        _told_in_relative(found)
    find_subject(found)
    if found.subject is None and len(_sides(found)) < _SIDES:
        _those_who_take_part(found)
    add_addressee(found)


def _possessors(found: Filled) -> None:
    """Whose contact it is, told before the noun: a possessive, or an adjective of two states."""
    view, frame = found.view, found.frame
    if view.grammar.has_cases:
        if not any(slot.fills == "party" for slot, _ in found.slots):
            _of_two_states(found)
        return
    before = [g for g in view.groups if g.end <= found.first]
    before = [g for g in before if g.cases == frozenset(("Gen",)) or g.end == found.first]  # "the G7 summit"
    if frame.form != "visit":  # "the Berlin talks" were there; "the Belgrade visit" was to there
        before = [g for g in before if g.end != found.first or g.members[0].mention.kind != "place"]
    slot = next((s for s in frame.slots if "Gen" in s.cases and not s.prepositions), None)
    if before and slot and found.first - before[-1].end <= _APPOSED:
        found.slots.insert(0, (slot, before[-1]))


def _of_two_states(found: Filled) -> None:
    """An adjective of two states before the noun says whose it is: "polsko-ukraińskie rozmowy"."""
    view = found.view
    slot = next((s for s in found.frame.slots if "Gen" in s.cases and not s.prepositions), None)
    for group in view.groups:
        double = len(group.members) == _SIDES and group.end - group.first == 1
        gap = view.analysis.tokens[group.end : found.first] if group.end <= found.first else None
        if slot is not None and double and gap is not None and all(t.has("ADJ") for t in gap):
            found.slots.append((slot, group))


def _told_in_relative(found: Filled) -> None:
    """What the noun's own phrase leaves out, a clause on it may tell: "the letters that they got from X"."""
    view = found.view
    clause = next((c for c in view.clauses if c.first >= found.end), None)
    if clause is None or not clause.pronoun or clause.first - found.end > 1:
        return
    for group in view.groups:
        if clause.first <= group.first and group.end <= clause.end and group.preposition:
            slot = next((s for s in found.frame.slots if s.prepositions and is_open(found, s) and fits(s, group)), None)
            if slot is not None:
                found.slots.append((slot, group))


def _attended(found: Filled) -> None:
    """Those named behind words such as "with the participation of"."""
    view = found.view
    clause = view.clause(found.first)
    for cue in (c for c in view.cues if c.payload.field == "attended" and found.end <= c.first < clause.end):
        group = next((g for g in view.groups if 0 <= g.first - cue.end <= 1), None)
        if group is not None and not view.noun_between(found.first, found.end, cue.first):
            found.slots = [(s, g) for s, g in found.slots if g is not group]
            found.slots.append((_OBJECT, group))


def _those_who_take_part(found: Filled) -> None:
    """A relative clause may tell who was there: "a summit in which A, B and C took part"."""
    view = found.view
    relative = view.relative_after(found.reach()[1]) or view.relative_after(found.end)
    if relative is not None and view.is_cue(relative.verb, "carry") and relative.verb is not None:
        found.subject = view.subject(relative.verb)
        found.dropped_subject = found.dropped_subject and found.subject is None


def _tied(view: View, group: Group) -> bool:
    """Two names with a dash between them stand in no case: "spotkanie Blinken - Ławrow"."""
    return len(group.members) == _SIDES and not group.preposition and view.tied(group)


def _of_another_noun(view: View, first: int, group: Group) -> bool:
    """Behind another contact's noun a phrase belongs to that one: "встречу с X на саммите"."""
    nouns = [i for i in view.triggers if first <= i < group.first]
    return bool(nouns) and not any(view.finite(i) for i in range(nouns[-1], group.first))


def _listed(found: Filled, edge: int, group: Group) -> bool:
    """Parties told behind a colon or dash: "two summits - of NATO and the EU", "phone calls: with A, B and C"."""
    view = found.view
    gap = [t for t in view.analysis.tokens[edge : group.first] if t.text not in _QUOTE_MARKS]
    gap = gap[:-1] if gap and group.preposition and gap[-1].low == group.preposition else gap
    if not gap or gap[-1].text not in _BEFORE_LISTS or any(view.finite(t.i) for t in gap):
        return False
    bodies = found.frame.collective and all(n.mention.kind == "organisation" for n in group.members)
    fitting = group.preposition and any(group.preposition in s.prepositions for s in found.frame.slots)
    return bodies or bool(fitting and gap[-1].text == ":")


def _reachable(view: View, found: Filled, edge: int, group: Group) -> bool:
    """No clause ends and no foreign verb stands between a noun and what may belong to it."""
    for token in view.analysis.tokens[edge : group.first]:
        if token.kind == MARK and token.text in ";:.!?":
            return False
        # "the call was the first between A and B": only words that name every side belong across such a verb
        across = token.has("AUX") and any(s.all and group.preposition in s.prepositions for s in found.frame.slots)
        tells = across or view.is_cue(token.i, "occur") or view.is_cue(token.i, "carry")
        if view.finite(token.i) and not tells:
            return False
    return view.clause(group.first).first <= found.first or not view.clause(group.first).relative


def find_subject(found: Filled) -> None:
    """Whose contact the noun is when its own slots do not say: the subject of the verb that carries it."""
    view, verb = found.view, found.governor
    if not found.frame.subject:
        return
    if view.spoken_of(found.first, "comments"):
        return  # who comments on a meeting need not have been there
    if view.listed is not None and not found.slots:
        found.subject = view.listed
    elif verb is None or view.is_cue(verb, "occur"):
        _subject_of_itself(found)
    elif not _whole(found):
        _subject_of_governor(found, verb)


def _subject_of_itself(found: Filled) -> None:
    """No verb, or one that only says that it took place: the noun is the subject, a relative clause may tell more."""
    view = found.view
    if found.governor is None:
        relative = view.relative_after(found.slots[-1][1].end if found.slots else found.end)
        found.governor = relative.verb if relative is not None else None
        if found.slots and len(_sides(found)) < _SIDES:
            earlier = [g for g in view.groups if g.end <= found.first and not any(g is x for _, x in found.slots)]
            bare = [g for g in earlier if not g.preposition and agree(g.cases, frozenset(("Nom", "Gen")))]
            found.subject = bare[-1] if bare else None
    # "відбулася розмова з Шольцом" in a speech: whoever speaks is the other side
    found.dropped_subject = found.subject is None and all(s.prepositions for s, _ in found.slots)


def _whole(found: Filled) -> bool:
    """The noun's own slots already name every side."""
    view = found.view
    background = view.adjunct(found.first)
    if any(n.mention.kind == "pair" and (s is None or not s.prepositions or s.all) for n, _, s in found.parties):
        return True
    if background is not None and background.payload.value == "planned" and not found.slots:
        return True  # "said ahead of the summit": whoever speaks need not go there
    if view.is_cue(found.governor, "carry") and background is None:
        return False
    if any(_body(group) for slot, group in found.slots if not slot.prepositions):
        return True
    return len(_sides(found)) >= _SIDES and any(s.all or not s.prepositions for s, _ in found.slots)


def _subject_of_governor(found: Filled, verb: int) -> None:
    """The subject of the verb that the noun depends on, and its object when the noun is only a background."""
    view = found.view
    adjunct = view.adjunct(found.first) is not None
    tied = adjunct or view.is_cue(verb, "carry")
    subject = view.subject(verb)
    if subject is None:
        found.dropped_subject = tied
        return
    elsewhere = not tied and view.clause(subject.first) != view.clause(found.first)
    if elsewhere or any(subject is g for _, g in found.slots):
        return
    found.subject = subject
    if adjunct and len(_sides(found)) < _SIDES:
        found.slots += [(_OBJECT, g) for g in _objects(view, verb, subject)]


def add_addressee(found: Filled) -> None:
    """Whoever something is proposed to takes part in it: "A proposed to B to meet", "A offered B talks"."""
    view, verb = found.view, found.governor
    if verb is not None and not view.finite(verb):
        verb = view.governor(verb)
    if verb is None or len(_sides(found)) >= _SIDES or view.status_cue(verb) != "proposed":
        return
    clause = view.clause(verb)
    for group in view.groups:
        inside = clause.first <= group.first and group.end <= clause.end and group is not found.subject
        taken = any(group is g for _, g in found.slots)
        if inside and not taken and not group.preposition and _addressed(view, verb, group):
            found.slots.append((_OBJECT, group))
            return


def _addressed(view: View, verb: int, group: Group) -> bool:
    """In the dative, or where there are no cases right behind the verb."""
    people = group.members[0].mention.kind in ("person", "office", "state", "organisation", "group")
    if not view.grammar.has_cases:
        return people and group.first - verb - 1 <= 1
    return people and "Dat" in group.cases and "Nom" not in group.cases


def _sides(found: Filled) -> set[str | None]:
    return {n.actor.affiliation for n, _, _ in found.parties if n.actor}


def _body(group: Group) -> bool:
    """A sitting of an organisation or of "EU ministers" needs no other side."""
    return any(n.mention.kind == "organisation" or (n.actor is not None and n.actor.many) for n in group.members)


def _objects(view: View, verb: int, subject: Group) -> list[Group]:
    """Whom the verb is about: "during the meeting A asked B" names both sides."""
    clause = view.clause(verb)
    inside = [g for g in view.groups if clause.first <= g.first and g.end <= clause.end and g is not subject]
    bare = [g for g in inside if not g.preposition and "Nom" not in g.cases and g.cases & {"Acc", "Dat", "Gen"}]
    before = view.analysis.tokens  # "a meeting of the presidents": theirs is the meeting, and they are no object
    bare = [g for g in bare if "Dat" in g.cases or not before[g.first - 1].has("NOUN")]
    return [g for g in bare if g.members[0].mention.kind in ("person", "office")][:1]
