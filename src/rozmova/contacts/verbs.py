"""A verb's slots: its subject, and groups of its clause by case and preposition."""

from __future__ import annotations

from rozmova.contacts.filled import Filled, fits
from rozmova.contacts.nouns import add_addressee
from rozmova.contacts.view import View


def fill_verb(found: Filled) -> None:
    """A verb takes its subject, and its other slots anywhere in its clause, those behind it first."""
    view, frame = found.view, found.frame
    clause = view.clause(found.first)
    # a pattern may begin with other words: "z wizytą przyjedzie"
    verb = next((i for i in range(found.first, found.end) if view.finite(i)), found.first)
    token = view.analysis.tokens[verb]
    found.governor = verb
    head = verb
    if not view.finite(token.i):
        above = view.governor(found.first)
        head = above if above is not None else found.first
    if any(s.subject for s in frame.slots) and not _passive(view, found):
        found.subject = view.subject(head)
        found.dropped_subject = found.subject is None and (view.grammar.drops_subject or not view.finite(found.first))
    ordered = sorted(view.groups, key=lambda g: (g.first < found.first, abs(g.first - found.first)))
    for slot in frame.slots:
        if slot.subject:
            continue
        for group in ordered:
            inside = clause.first <= group.first and group.end <= clause.end and not view.company(group)
            if not inside or group is found.subject or any(group is g for _, g in found.slots):
                continue
            object_before = group.cases == {"Acc"}  # "whom X met"
            if not slot.prepositions and not (view.grammar.has_cases or object_before) and group.first < found.first:
                continue
            if not slot.prepositions and view.grammar.has_cases and view.attribute(group):
                continue
            if fits(slot, group):
                found.slots.append((slot, group))
                break
    add_addressee(found)


def _passive(view: View, found: Filled) -> bool:
    morphs = view.analysis.tokens[found.first].morphs
    return bool(morphs) and morphs[0].voice == "Pass"
