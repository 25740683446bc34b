"""Whom a filled frame means: who counts as a party, who is left unnamed, and one contact or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rozmova.contacts import fields
from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN
from rozmova.contacts.view import View
from rozmova.names.groups import Group
from rozmova.names.identity import Actor, state_actor
from rozmova.text.tokens import Token

Taking = tuple[Actor, str]
"""An actor and its part."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties of one contact; ``open_to`` are the prepositions of a slot filled by somebody unnamed."""

    parties: tuple[Taking, ...]
    open_to: frozenset[str] | None = None


_ONE_OCCASION = ("summit", "visit", "multilateral meeting")


def official(actor: Actor | None) -> bool:
    """True for whoever can represent a state or organisation."""
    return actor is not None and actor.affiliation is not None and actor.official


def casts(
    filled: Filled,
    pair: Callable[[Filled, str], list[Actor]],
    dropped: Callable[[Filled], Actor | None],
    says_i: Callable[[int], Actor | None],
) -> list[Cast]:
    """The parties of the contact or contacts that a mention tells of.

    ``pair`` finds whom "both leaders" of an office level means, ``dropped`` who acts in a sentence without a subject,
    ``says_i`` whose "I" stands at a token.
    """
    parties: list[Taking] = []
    unnamed: frozenset[str] | None = None
    for named, part, slot in filled.parties:
        mention = named.mention
        if mention.former:
            continue
        if mention.entry is not None and mention.entry.speaker and named.actor is None:
            own = says_i(mention.first)
            parties += [(own, part)] if own is not None and official(own) else []
            continue
        if mention.kind == "pair":
            personal = filled.view.analysis.tokens[mention.head].has("PRON")  # "with them" are those spoken of
            if not personal and slot is not None and slot.prepositions and (filled.subject or len(filled.slots) > 1):
                unnamed = slot.prepositions  # "with partners": somebody, told later or never
            else:
                parties += [(a, part) for a in pair(filled, mention.office.level if mention.office else "")]
        elif named.actor is None and mention.plural and slot is not None:
            unnamed = slot.prepositions
        elif named.actor and official(named.actor):
            parties.append((named.actor, part))
    parties += _accredited(filled, parties)
    if filled.dropped_subject and filled.slots:
        subject = dropped(filled)
        if subject and official(subject) and all(subject.affiliation != a.affiliation for a, _ in parties):
            part = next((s.part for s in filled.frame.slots if s.subject), "participant")
            parties.insert(0, (subject, part))
    return _split(filled, parties) or [Cast(tuple(parties), unnamed)]


def _accredited(filled: Filled, parties: Sequence[Taking]) -> list[Taking]:
    """What an ambassador brings is for the state he is sent to, unless somebody else is named."""
    sent_to = next((n.mention.to for n, _, _ in filled.parties if n.mention.to), "")
    if not sent_to or filled.frame.family not in ("letter", "reply") or len({a.affiliation for a, _ in parties}) != 1:
        return []
    return [(state_actor(sent_to, "the state an ambassador is sent to"), "addressee")]


def _split(filled: Filled, parties: Sequence[Taking]) -> list[Cast]:
    """Several contacts in one mention: a list of counterparts, or of bodies that each hold a summit; [] for one."""
    each = filled.frame.each == "always"  # "called A and B"
    slots = [(s, g) for s, g in filled.slots if s.fills == "party"]
    groups = [g for s, g in slots if s.prepositions or each or _in_turn(filled.view, g)]
    counterparts = [p for p in parties if _among(p[0], groups)]
    others = [p for p in parties if not _among(p[0], groups)]
    if others and len(counterparts) > 1 and (_several(filled) or any(_in_turn(filled.view, g) for g in groups)):
        return [Cast((*others, one)) for one in counterparts]
    hosts = [p for p in parties if p[1] == "host" and p[0].kind == "state"]
    if filled.frame.form == "visit" and len({a.affiliation for a, _ in hosts}) > 1:  # "a trip to Israel and Jordan"
        guests = [p for p in parties if p not in hosts]
        return [Cast((*guests, host)) for host in hosts]
    bodies = [p for p in parties if p[0].kind == "organisation"]
    if filled.frame.collective and len(bodies) == len(parties) > 1:  # "самітів НАТО і «Великої сімки»"
        return [Cast((body,)) for body in bodies]
    return []


def _several(filled: Filled) -> bool:
    """A list of counterparts means as many contacts: "говорив з А та Б", "телефонні розмови з А та Б"."""
    if filled.frame.each == "always":
        return True
    if filled.frame.type != NOUN or filled.frame.form in _ONE_OCCASION:
        return False
    if (
        filled.frame.family == "talk"
        and filled.frame.each != "plural"
        and fields.channel(filled).value not in ("phone", "video")
    ):
        return False
    view = filled.view
    back = 2 if filled.frame.family == "talk" else 0
    return any(_plural(t) for t in view.analysis.tokens[max(view.first, filled.first - back) : filled.end])


def _in_turn(view: View, group: Group) -> bool:
    """Whether a list tells its members apart in time: "with X and then with Y"."""
    return any(t.low in view.grammar.then for t in view.analysis.tokens[group.first : group.end])


def _plural(token: Token) -> bool:
    """Every reading of a noun or adjective is plural."""
    return bool(token.morphs) and all(m.number == "Plur" for m in token.morphs if m.case or m.pos == "NOUN")


def _among(actor: Actor, groups: Sequence[Group]) -> bool:
    return any(n.actor and n.actor.id == actor.id for g in groups for n in g.members)
