"""One sentence as the frames see it: clauses, groups, cues, time expressions, and who is whose subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rozmova.contacts.frames import NOUN, Cue, Frame, FrameSet
from rozmova.contacts.relatives import with_relatives
from rozmova.languages.grammar import Grammar
from rozmova.names.groups import Group
from rozmova.text.analysis import Analysis
from rozmova.text.clauses import Clause, clause_of, clauses, governor, verbs
from rozmova.text.morph import CONDITIONAL
from rozmova.text.patterns import Match
from rozmova.times.find import Timex

_BODIES = ("organisation", "state")
_SPOKEN_OF = 5
"""Tokens from "details of" or "comment on" to the contact's noun at most."""
_RELATIVE_REACH = 7
"""Tokens that may stand between a noun's phrase and the clause on it: "a call on Saturday that lasted an hour"."""


@dataclass(slots=True)
class View:
    """A sentence, tokens ``first`` to ``end``, with all found in it; ``listed`` are the names below its colon."""

    analysis: Analysis
    frames: FrameSet
    index: int
    first: int
    end: int
    groups: list[Group]
    timexes: list[Timex]
    grammar: Grammar
    clauses: list[Clause] = field(default_factory=list)
    cues: list[Match[Cue]] = field(default_factory=list)
    cue_fields: dict[int, set[str]] = field(default_factory=dict)
    names: frozenset[int] = frozenset()
    verbs: frozenset[int] = frozenset()
    listed: Group | None = None
    triggers: dict[int, list[Match[Frame]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = with_relatives(self.analysis, self.groups, self.grammar, self.first, self.end)
        self.names = frozenset(i for g in self.groups for n in g.members for i in range(n.mention.first, n.mention.end))
        lists = frozenset(i for g in self.groups if len(g.members) > 1 for i in range(g.first + 1, g.end))
        self.verbs = verbs(self.analysis, self.first, self.end, self.names, self.grammar)
        self.clauses = clauses(
            self.analysis, self.first, self.end, self.frames.openers, self.verbs, lists, self.grammar.has_cases
        )
        self.cues = list(_cues(self.frames, self.analysis, self.first, self.end))
        for cue in self.cues:
            for i in range(cue.first, cue.end):
                self.cue_fields.setdefault(i, set()).add(cue.payload.field)
        for i in range(self.first, self.end):
            found = self.frames.triggers.at(self.analysis.tokens, i, self.end)
            if found:
                self.triggers[i] = found

    def noun_between(self, first: int, end: int, other: int) -> bool:
        """True when another contact noun stands between a word (tokens ``first`` to ``end``) and token ``other``.

        What is behind it belongs to that one; but a noun that only names the channel ("w formacie wideokonferencji") is
        not another contact.
        """
        low, high = (other, first) if other < first else (end - 1, other)
        nouns = [i for i, found in self.triggers.items() if low < i < high and found[0].payload.type == NOUN]
        return any(not self.is_cue(i, "channel") for i in nouns)

    def clause(self, i: int) -> Clause:
        """The clause of token ``i``."""
        return clause_of(self.clauses, i)

    def cue(self, name: str, first: int, end: int) -> Match[Cue] | None:
        """The first cue for a field among tokens ``first`` to ``end``."""
        return next((c for c in self.cues if c.payload.field == name and first <= c.first and c.end <= end), None)

    def is_cue(self, i: int | None, name: str) -> bool:
        """True when token ``i`` begins or belongs to a cue for this field."""
        return i is not None and name in self.cue_fields.get(i, ())

    def has_cue(self, name: str) -> bool:
        """True when some words of the sentence are cues for this field."""
        return any(c.payload.field == name for c in self.cues)

    def spoken_of(self, noun: int, name: str) -> bool:
        """True when words such as "details of" (the cue ``name``) stand between a noun and what governs it."""
        return self.cue(name, max(self.clause(noun).first, noun - _SPOKEN_OF), noun) is not None

    def status_cue(self, i: int) -> str:
        """The status that a cue at token ``i`` tells, "" for none."""
        found = (c.payload.value for c in self.cues if c.first <= i < c.end and c.payload.field == "status")
        return next(found, "")

    def relative_after(self, end: int) -> Clause | None:
        """The relative clause on a noun whose phrase ends at token ``end``: "розмова, яка відбудеться".

        It follows the noun's clause at once and has no subject of its own ("said at a briefing that Russia had ...").
        """
        following = next((c for c in self.clauses if c.first >= end), None)
        if following is None or not following.relative or following.first - end > _RELATIVE_REACH:
            return None
        verb = following.end if following.verb is None else following.verb
        inside = [g for g in self.groups if following.first <= g.first and g.end <= verb]
        own = any(not g.preposition and (not g.cases or "Nom" in g.cases) for g in inside)
        return None if own else following

    def opening(self, clause: Clause) -> Clause | None:
        """The beginning of a clause that insertions part from its verb: "On Monday X, who ..., met Y"."""
        at = self.clauses.index(clause)
        before = at
        while before and self.clauses[before - 1].relative:
            before -= 1
        if clause.relative or before in (0, at) or self.clauses[before - 1].verb is not None:
            return None
        return self.clauses[before - 1]

    def resumption(self, clause: Clause) -> Clause | None:
        """Where a clause without a verb goes on behind insertions: "The call, which ..., was moved to Monday"."""
        at = self.clauses.index(clause) + 1
        while at < len(self.clauses) and self.clauses[at].relative:
            at += 1
        found = self.clauses[at] if at < len(self.clauses) else None
        return found if found is not None and self.opening(found) == clause else None

    def governor(self, i: int) -> int | None:
        """The finite verb that token ``i`` depends on, or None."""
        return governor(self.clause(i), i, self.verbs)

    def finite(self, i: int) -> bool:
        """True when token ``i`` is a finite verb and not part of a name ("фон дер Ляєн")."""
        return i in self.verbs

    def adjunct(self, noun: int) -> Match[Cue] | None:
        """The preposition that makes a noun a background: "після зустрічі", "ahead of the talks"."""
        for back in range(noun - 1, max(self.first - 1, noun - 6), -1):
            cue = next((c for c in self.cues if c.payload.field == "adjunct" and c.first <= back < c.end), None)
            if cue:
                return cue
            token = self.analysis.tokens[back]
            inside = back in self.names or token.low in self.grammar.possessives
            if not inside and not any(token.has(pos) for pos in ("ADJ", "DET", "NUM", "PRON")):
                return None
        return None

    def tense(self, i: int | None) -> str:
        """Past, Pres, Fut or Cnd of the verb at ``i``; a future auxiliary near it in its clause makes it Fut."""
        if i is None:
            return ""
        clause = self.clause(i)
        beside = self.analysis.tokens[max(clause.first, i - 2) : min(clause.end, i + 3)]
        if any(t.low in self.grammar.conditional for t in beside):
            return CONDITIONAL
        near = range(max(clause.first, i - 4), min(clause.end, i + 3))
        if any(self.is_cue(j, "future") and self.analysis.tokens[j].morphs[0].tense == "Fut" for j in near):
            return "Fut"
        return self.tense_of(i)

    def tense_of(self, i: int) -> str:
        """Past, Pres or Fut of the very word at ``i``; "" for what is no finite verb."""
        tenses = [m.tense for m in self.analysis.tokens[i].morphs if m.verbform == "Fin"]
        return "Pres" if "Pres" in tenses else tenses[0] if tenses else ""

    def attribute(self, group: Group) -> bool:
        """A word that does not decline right behind a noun is its genitive: "нерозширення НАТО", "wizyta Merkel"."""
        before = self.analysis.tokens[group.first - 1] if group.first > self.first else None
        one_word = group.members[0].mention.end - group.members[0].mention.first == 1
        return (
            one_word
            and len(group.cases) in (0, 6, 7)
            and before is not None
            and before.has("NOUN")
            and not before.capital
        )

    def company(self, group: Group) -> bool:
        """True for whoever goes along with the subject: "wraz z kanclerzem", "together with the chancellor"."""
        return any(c.payload.field == "company" and c.end == group.first for c in self.cues)

    def subject(self, verb: int) -> Group | None:
        """Whoever acts: the group that a verb agrees with, and those who go along with it in the same clause."""
        found = self._nominative(verb)
        clause = self.clause(verb)
        along = [g for g in self.groups if clause.first <= g.first and g.end <= clause.end and self.company(g)]
        if found is None or not along:
            return found
        members = (*found.members, *(n for g in along for n in g.members))
        groups = (found, *along)
        return Group(members, min(g.first for g in groups), max(g.end for g in groups), "", found.cases)

    def _nominative(self, verb: int) -> Group | None:
        """The group in the nominative that a verb agrees with: before it, after it, or before a relative clause."""
        clause = self.clause(verb)
        first = self._joined_to(verb, clause)
        if first is not None:
            return self._nominative(first)
        fitting = [g for g in self.groups if not g.preposition and (not g.cases or "Nom" in g.cases)]
        before = [g for g in fitting if clause.first <= g.first and g.end <= verb]
        before = [g for g in before if not self._verb_between(g.end, verb)]
        if before:
            found = next((g for g in reversed(before) if not self.attribute(g)), before[-1])
            return self._surer(found, fitting, verb, clause)
        antecedent = [g for g in self.groups if g.end <= clause.first and clause.first - g.end <= 1]
        pronoun = clause.pronoun or (clause.relative and not self.grammar.has_cases)
        if pronoun and antecedent and self._antecedent(antecedent[-1], clause, verb):
            return antecedent[-1]
        behind = next((g for g in fitting if g.first == verb + 1 and g.cases == {"Nom"}), None)
        if self.grammar.has_cases and behind is not None and self._number_fits(behind, verb):
            return behind  # "..., said X, ..." put into what X says
        resumed = self._resumed(clause)
        if resumed and self._number_fits(resumed[-1], verb):
            return resumed[-1]
        if self.grammar.has_cases:
            after = [g for g in fitting if verb < g.first and g.end <= clause.end and self._number_fits(g, verb)]
            after = [g for g in after if not (self.attribute(g) and g.members[0].mention.kind in _BODIES)]
            after = [g for g in after if not (self.tied(g) and self.analysis.tokens[g.first - 1].has("NOUN"))]
            if after and not self._verb_between(verb + 1, after[0].first):
                return after[0]
        shared = [g for g in fitting if clause.first <= g.first and g.end <= verb]
        if shared:  # "відвідав Київ і зустрівся з ...": verbs joined by "and" share their subject
            return shared[-1]
        if not clause.pronoun or antecedent:
            earlier = [g for g in fitting if g.end <= clause.first and not self.clause(g.first).relative]
            above = self.clause(earlier[-1].first).verb if earlier else None
            goes_on = self._nominative(above) if above is not None else None  # rather who acts there than the last name
            for group in (goes_on, *earlier[-1:]):
                if group is not None and self._number_fits(group, verb):
                    return group
        return None

    def _surer(self, found: Group, fitting: list[Group], verb: int, clause: Clause) -> Group:
        """The person behind a verb that can only be its subject, rather than a place before it: "Київ відвідав X"."""
        somewhere = found.members[0].mention.kind in ("place", "state") and found.cases != {"Nom"}
        behind = [g for g in fitting if verb < g.first and g.end <= clause.end and g.cases == {"Nom"}]
        people = [g for g in behind if g.members[0].mention.kind in ("person", "office")]
        return people[0] if somewhere and people and self._number_fits(people[0], verb) else found

    def _joined_to(self, verb: int, clause: Clause) -> int | None:
        """The verb that another one is joined to by "and", whose subject it shares: "thanked B and asked for more"."""
        before = verb - 1
        while before > clause.first and self.analysis.tokens[before].has("ADV"):
            before -= 1
        token = self.analysis.tokens[before]
        if before <= clause.first or not token.has("CCONJ") or token.has("ADV"):
            return None
        earlier = [i for i in self.verbs if clause.first <= i < before and not self.analysis.tokens[i].has("AUX")]
        return max(earlier, default=None)

    def _resumed(self, clause: Clause) -> list[Group]:
        """The nominatives that an insertion parts from their verb: "Putin - jak oświadczył Kreml - dodał"."""
        opening = self.opening(clause)
        if opening is None:
            return []
        inside = [g for g in self.groups if opening.first <= g.first and g.end <= opening.end]
        return [g for g in inside if not g.preposition and (not g.cases or "Nom" in g.cases)]

    def _antecedent(self, group: Group, clause: Clause, verb: int) -> bool:
        """A relative clause speaks of whom it follows, not of where ("у Києві, де зустрівся")."""
        somewhere = group.members[0].mention.kind in ("place", "state")
        opener = next(
            (t for t in self.analysis.tokens[clause.first : clause.end] if t.keys & self.frames.openers), None
        )
        cases = {m.case for m in opener.morphs if m.case} if opener else set()
        if somewhere or self._preposition_opens(clause) or (cases and "Nom" not in cases):
            return False
        return self._number_fits(group, verb)

    def _preposition_opens(self, clause: Clause) -> bool:
        """A clause such as ", з якими обговорив": its antecedent is not its subject."""
        return any(t.has("ADP") for t in self.analysis.tokens[clause.first : clause.first + 2])

    def _verb_between(self, first: int, end: int) -> bool:
        return any(self.finite(i) for i in range(first, end))

    def tied(self, group: Group) -> bool:
        """True when only a dash stands between the first two names of a list."""
        first, *rest = group.members
        between = self.analysis.tokens[first.mention.end : rest[0].mention.first] if rest else ()
        return len(between) == 1 and between[0].text in "-–—"

    def _number_fits(self, group: Group, verb: int) -> bool:
        """A plural verb wants a plural subject; a singular verb may stand before a list."""
        found = self.analysis.tokens[verb].verb()
        return found is None or found.number != "Plur" or group.plural or group.members[0].mention.kind != "person"


def _cues(frames: FrameSet, analysis: Analysis, first: int, end: int) -> Iterator[Match[Cue]]:
    """The cues among some tokens: for each field the longest from left to right, none overlapping one of its field."""
    reached: dict[str, int] = {}
    for i in range(first, end):
        for match in frames.cues.at(analysis.tokens, i, end):
            if reached.get(match.payload.field, first) <= i:
                reached[match.payload.field] = match.end
                yield match
