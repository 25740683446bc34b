"""Channel, place, duration and initiator of one mention of a contact, each with the tokens that say it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar

from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN, Cue
from rozmova.contacts.view import View
from rozmova.names.groups import Group
from rozmova.names.identity import Actor
from rozmova.text.clauses import Clause
from rozmova.text.patterns import Match
from rozmova.times.resolve import resolve

T = TypeVar("T")
_NEAR = 7


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A value, the tokens ``first`` to ``end`` that say it, and the name of the rule.

    A ``weak`` one only says how things looked from an earlier moment: "before the meeting", "were to meet".
    """

    value: T
    first: int
    end: int
    rule: str
    weak: bool = False


def clauses_of(filled: Filled) -> list[Clause]:
    """The clauses that may say something of the contact: that of its word, and a relative clause on its noun."""
    view = filled.view
    own = view.clause(filled.first)
    opening = view.opening(own)
    found = [own] if opening is None else [own, opening]
    resumed = view.resumption(own)
    found += [resumed] if resumed is not None else []
    if filled.frame.type == NOUN:
        _, end = filled.reach()
        relative = view.relative_after(end) or view.relative_after(filled.end)
        if relative and relative not in found:
            found.append(relative)
    return found


def channel(filled: Filled) -> Said[str]:
    """The channel: a word for it beside the contact's word wins over what the frame implies."""
    view = filled.view
    clause = view.clause(filled.first)
    cues = [c for c in view.cues if c.payload.field == "channel" and clause.first <= c.first < clause.end]
    cues = [c for c in cues if abs(c.first - filled.first) <= 2 * _NEAR]
    if filled.frame.channel != "unspecified":
        tells = view.is_cue(filled.governor, "occur") or view.is_cue(filled.governor, "carry")
        online = [c for c in cues if tells and c.payload.value == "video" and c.first >= filled.end]
        cues = online or [c for c in cues if 0 <= filled.first - c.end <= 2 or c.first - filled.end in (0, 1)]
    if cues:
        best = min(cues, key=lambda c: abs(c.first - filled.first))
        return Said(best.payload.value, best.first, best.end, best.payload.name)
    return Said(filled.frame.channel, filled.first, filled.end, filled.frame.name)


def duration(filled: Filled) -> Said[tuple[float, str | None]] | None:
    """Minutes and qualifier, from a duration in the contact's clause."""
    return next((said for c in clauses_of(filled) if (said := lasting(filled.view, c)) is not None), None)


def lasting(view: View, clause: Clause | None = None) -> Said[tuple[float, str | None]] | None:
    """Minutes and qualifier of the first duration in a clause, or in the whole sentence."""
    first, end = (clause.first, clause.end) if clause is not None else (view.first, view.end)
    for timex in view.timexes:
        if timex.rule.type == "DURATION" and first <= timex.first < end:
            resolved = resolve(timex, ())
            if resolved.minutes:
                return Said((resolved.minutes, resolved.qualifier), timex.first, timex.end, timex.rule.name)
    return None


def place(filled: Filled, parties: Collection[str] = ()) -> Said[Actor] | None:
    """Where: the place slot of the frame, else a place or state behind a preposition of place in the same clause.

    Of several hosts of one journey ("a trip to Israel and Jordan") only those count that are among ``parties`` (ids).
    What lies in no state (a continent, a sea, a region of many) is too wide to be a place of a contact.
    """
    view = filled.view
    clause = view.clause(filled.first)
    party_groups = [g for s, g in filled.slots if s.fills == "party"]
    groups = filled.places or [
        g for g in view.groups
        if clause.first <= g.first < clause.end and g.preposition in view.frames.place_prepositions
        and not any(g is p for p in party_groups) and g.members[0].mention.kind in ("place", "state")
        and (not g.cases or g.cases & {"Loc", "Obl"}) and not _of_topic(filled, g)
    ]  # fmt: skip
    hosts = [g for s, g in filled.slots if s.part == "host" and g.members[0].mention.kind in ("place", "state")]
    if not filled.places and any(g.members[0].mention.kind == "place" for g in hosts):
        groups = []  # a visit is where it goes to, whatever other places its sentence names
    named = [(g, n) for g in groups or hosts for n in g.members[: 1 if groups else None]]
    several = len(hosts) == 1 and not groups and len(named) > 1
    for group, one in named:
        mention = one.mention
        if several and (one.actor is None or one.actor.id not in parties):
            continue
        if mention.entry is not None and mention.entry.state:
            entry = mention.entry
            where = Actor(entry.qid or f"x:{entry.key}", entry.label, "place", entry.state or None)
            return Said(where, group.first, group.end, filled.frame.name)
    return None


def _of_topic(filled: Filled, group: Group) -> bool:
    """ "Discussed with him the situation in Lebanon": the place of what was talked about, not of the talk.

    A noun right before it belongs to no name and no time, stands at no place itself ("at a conference in Munich"), and
    a word of topics comes earlier in the clause.
    """
    view, tokens = filled.view, filled.view.analysis.tokens
    noun = group.first - 1
    if tokens[noun].low == group.preposition:
        noun -= 1
    clause = view.clause(group.first)
    if noun <= clause.first or not tokens[noun].has("NOUN") or filled.first <= noun < filled.end <= group.first:
        return False
    named = any(g.first <= noun < g.end for g in view.groups) or any(t.first <= noun < t.end for t in view.timexes)
    at_place = any(t.low in view.frames.place_prepositions for t in tokens[noun - 2 : noun])
    return not named and not at_place and view.cue("about", clause.first, noun) is not None


def initiator(filled: Filled) -> Said[str] | None:
    """At whose wish: the party behind words like "з ініціативи", or the subject where the frame says so."""
    view = filled.view
    own = clauses_of(filled)
    for cue in (c for c in view.cues if c.payload.field == "initiator"):
        beside = any(clause.first <= cue.first < clause.end for clause in own)
        # "the call, held at Moscow's request, lasted": in an insertion on it too
        if beside or not view.noun_between(filled.first, filled.end, cue.first):
            said = wished(view, cue)
            if said is not None:
                return said
    proposer = _proposer(filled)
    if proposer is not None:
        return proposer
    wish = filled.frame.initiator
    source = filled.subject if wish == "subject" else None
    if wish == "first":
        slots = [g for s, g in filled.slots if s in filled.frame.slots and s.part != "addressee" and not s.prepositions]
        source = slots[0] if slots else filled.subject
    actor = source.members[0].actor if source else None
    if source and len({n.actor.affiliation for n in source.members if n.actor}) > 1:
        return None  # "exchanged letters": neither began
    if source and actor and actor.affiliation:
        return Said(actor.affiliation, source.first, source.end, filled.frame.name)
    return None


def wished(view: View, cue: Match[Cue]) -> Said[str] | None:
    """The side behind words such as "at the request of", or whose request it is: "at Moscow's request"."""
    owner = next((g for g in view.groups if g.end == cue.first and g.cases == {"Gen"}), None)
    behind = next((g for g in view.groups if 0 <= g.first - cue.end <= 1), None)
    owned = owner is not None and view.analysis.tokens[cue.first].low in view.grammar.possessives
    group = owner if owned else behind
    actor = group.members[0].actor if group else None
    if group is None or actor is None or not actor.affiliation:
        return None
    return Said(actor.affiliation, min(group.first, cue.first), max(group.end, cue.end), cue.payload.name)


def _proposer(filled: Filled) -> Said[str] | None:
    """Whoever proposes it or asks for it: the subject of such a verb that governs the contact's word."""
    view = filled.view
    verb = (
        filled.governor if filled.governor is None or view.finite(filled.governor) else view.governor(filled.governor)
    )
    background = filled.frame.type == NOUN and view.adjunct(filled.first) is not None
    if verb is None or background or not view.is_cue(verb, "proposes"):
        return None
    group = view.subject(verb)
    actor = group.members[0].actor if group is not None and len(group.members) == 1 else None
    if group is None or actor is None or not actor.affiliation:
        return None
    return Said(actor.affiliation, group.first, group.end, "whoever proposes it")
