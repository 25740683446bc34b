"""The status of one mention of a contact: held, planned, proposed, cancelled or declined, and which words say so.

In this order: what the frame says by itself ("invites" proposes); words of status that govern the contact's word, and
the future tense of the verb above it; the preposition before a noun ("ahead of", "after"), which decides over the verbs
of a clause that it only belongs to as background; how an infinitive hangs on what is above it; at last a past tense.
Of several, one called off or refused wins over one proposed, and that over one planned. Nothing at all leaves it open:
who tells of a contact without more means one that took place.
"""

from __future__ import annotations

from collections.abc import Iterator

from rozmova.contacts.fields import Said, clauses_of
from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NOUN, Cue
from rozmova.contacts.moved_words import of_others
from rozmova.contacts.view import View
from rozmova.text.patterns import Match
from rozmova.times.operations import FUTURE, PAST

_NEAR = 7
_ADJECTIVE_REACH = 4
_CHAIN = 2
"""Tokens from an auxiliary to its verb at most."""
_ORDER = ("cancelled", "declined", "proposed", "planned", "held")


def negated(filled: Filled) -> bool:
    """True when the text says that it did not happen: a negation right before the verb or the governor."""
    view = filled.view
    noun = filled.frame.type == NOUN
    # "details of the call were not disclosed" denies the disclosing
    only_told = view.spoken_of(filled.first, "details") or view.spoken_of(filled.first, "comments")
    background = noun and (view.adjunct(filled.first) is not None or only_told)
    governor = filled.first if background or filled.governor is None else filled.governor
    inside = filled.first <= governor < filled.end  # "nie wyklucza spotkania" is its own negation
    return any(
        view.cue("negation", max(view.first, at - 2), at) for at in {filled.first, filled.first if inside else governor}
    )


def status(filled: Filled) -> Said[str] | None:
    """What the text says of the status; None when no word says anything."""
    view, first = filled.view, filled.first
    if filled.frame.status:
        return Said(filled.frame.status, filled.first, filled.end, filled.frame.name)
    verb = filled.frame.type != NOUN
    if verb and any(m.verbform == "Conv" for m in view.analysis.tokens[first].morphs[:1]):
        return Said("held", first, filled.end, "adverbial participle")
    adjunct = _adjunct(filled)
    governs = adjunct is None and (verb or not view.spoken_of(first, "comments"))
    found = list(_said(filled, governs))
    if adjunct and not (found and governs):
        found.append(adjunct)
    infinitive = verb and _infinitive(view, first)
    if infinitive and not found:
        found += _of_infinitive(filled)
    past = verb or (governs and filled.carried)
    if not found and past and filled.governor is not None and view.tense(filled.governor) == PAST:
        return Said("held", filled.governor, filled.governor + 1, "past tense")
    return min(found, key=lambda s: _ORDER.index(s.value), default=None)


def _said(filled: Filled, governs: bool) -> Iterator[Said[str]]:
    """The words of status in the contact's clauses, and the future tense of the verb above it."""
    view, first = filled.view, filled.first
    own, *others = clauses_of(filled)
    above = first if filled.governor is None else filled.governor
    for clause in (own, *others):
        for cue in view.cues:
            inside = cue.payload.field == "status" and clause.first <= cue.first < clause.end
            if not inside or _of_another(filled, cue) or of_others(filled, cue.first, cue.end):
                continue
            adjective = filled.frame.type == NOUN and 0 < first - cue.end + 1 <= _ADJECTIVE_REACH and not governs
            near = min(abs(cue.first - first), abs(cue.first - above)) <= _NEAR
            if adjective or (near and governs) or clause is not own:
                then = cue.payload.value == "planned" and view.tense_of(cue.first) == PAST  # "mieli rozmawiać"
                yield Said(cue.payload.value, cue.first, cue.end, cue.payload.name, weak=then)
        verb = clause.verb if clause.relative and clause is not own else filled.governor
        if governs and verb is not None and view.tense(verb) == FUTURE:
            yield Said("planned", verb, verb + 1, "future tense")


def _infinitive(view: View, i: int) -> bool:
    """An infinitive; where its form is also a present ("Putin, Macron discuss"), only behind "to" or an auxiliary."""
    token = view.analysis.tokens[i]
    if token.morphs[0].verbform != "Inf":
        return False
    before = view.analysis.tokens[max(view.clause(i).first, i - _CHAIN) : i]
    return any(t.low in view.grammar.infinitive or t.has("AUX") for t in before) or not any(
        m.verbform == "Fin" for m in token.morphs
    )


def _of_infinitive(filled: Filled) -> list[Said[str]]:
    """ "Flew to Kyiv to meet", "managed to meet" are held; otherwise what the infinitive tells is still to come."""
    view, first = filled.view, filled.first
    above = view.governor(first)
    if _purpose_of_journey(filled):
        return [Said("held", first, filled.end, "what a journey that is over was for")]
    if above is not None and view.is_cue(above, "achieved") and view.tense(above) == PAST:
        return [Said("held", above, filled.end, "what somebody managed to do")]
    if view.is_cue(filled.governor, "carry"):
        return []
    return [Said("planned", first, filled.end, "infinitive", weak=True)]


def _of_another(filled: Filled, cue: Match[Cue]) -> bool:
    """A cue that another contact's noun parts from this one, or that is another contact's verb itself."""
    view, first = filled.view, filled.first
    if view.noun_between(first, filled.end, cue.end if cue.end > first else cue.first):
        return True
    finite = next((i for i in range(cue.first, cue.end) if view.finite(i)), None)
    if finite is not None and not view.grammar.has_cases and _of_a_verb_behind(filled, finite):
        return True
    if finite is None or not view.analysis.tokens[finite].has("VERB"):
        return False
    # "spoke with him and asked for more": what another verb tells, unless the contact's word hangs on it
    to = first > view.first and view.analysis.tokens[first - 1].low in view.grammar.infinitive
    above = first if view.finite(first) and not to else view.governor(first)
    heads = [i for i in (filled.governor, above) if i is not None]
    chain = any(0 <= finite - i <= _CHAIN and view.analysis.tokens[i].has("AUX") for i in heads)  # "was called off"
    return not chain and not any(cue.first <= i < cue.end for i in heads)


def _of_a_verb_behind(filled: Filled, auxiliary: int) -> bool:
    """ "Met him and will travel": where word order tells, an auxiliary behind the contact's verb has one of its own."""
    tokens = filled.view.analysis.tokens
    behind = tokens[auxiliary + 1 : filled.view.clause(auxiliary).end]
    own = filled.frame.type != NOUN and auxiliary > filled.first and tokens[auxiliary].has("AUX")
    return own and any(t.has("VERB") for t in behind)


def _adjunct(filled: Filled) -> Said[str] | None:
    """The preposition that ties the noun to another event, with what it says of the status."""
    cue = filled.view.adjunct(filled.first) if filled.frame.type == NOUN else None
    if cue is None:
        return None
    value = cue.payload.value
    if value == "during":
        above = filled.governor
        ahead = above is not None and (
            filled.view.tense(above) == FUTURE
            or (filled.view.status_cue(above) == "planned" and filled.view.tense_of(above) != PAST)
        )  # "will meet during the visit"
        value = "planned" if ahead else "held"
    return Said(value, cue.first, cue.end, cue.payload.name, weak=value == "planned")


def _purpose_of_journey(filled: Filled) -> bool:
    """An infinitive that a journey in the past was made for: "poleciał do Kijowa, aby spotkać się"."""
    view = filled.view
    above = view.governor(filled.first)
    if above is None:
        at = view.clauses.index(view.clause(filled.first))
        above = view.clauses[at - 1].verb if at else None
    journey = any(m.payload.form == "visit" for m in view.triggers.get(above, ())) if above is not None else False
    return journey and view.tense(above) == PAST
