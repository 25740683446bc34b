"""Whom a mention means: mention -> actor, with the evidence that decided.

Full names come first and introduce people; bare surnames, offices and pronouns then look back at them. An office is
its holder's only when the day is known and the table of actors knows one holder. A weak seat of power or a capital
stands for its state only where the article gives it support.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from rozmova.names.actors import ActorTable, Person, slug
from rozmova.names.agreement import agree
from rozmova.names.identity import Actor, Days, Named, is_state, label_of, led_by, state_actor
from rozmova.names.lexicon import PLACE, RESIDENT, SEAT, Entry, office_of
from rozmova.names.mention import Mention
from rozmova.names.people import People
from rozmova.text.analysis import Analysis

_PRONOUN_REACH = 4
"""Sentences, its own included, in which a pronoun looks for whom it means."""
_ORGANISATION = "international_organisation"

NAMED, HOLDER, SAME_OFFICE = (
    "office of somebody the article names",
    "holder of the office on that day",
    "same office in the other state",
)
"""The evidence that decides whom an office means."""


class Met(NamedTuple):
    """Where somebody was named first and last, among all names before."""

    first: int
    last: int


class Resolver:
    """Resolves the mentions of one article; create one per article.

    ``days`` are the first and last day (ISO) on which the article may have been published, or None when unknown;
    ``speaker`` is the identifier of whoever says "I" in it, "" when nobody does.
    """

    def __init__(self, table: ActorTable, analysis: Analysis, days: Days | None, speaker: str = "") -> None:
        self.table, self.analysis, self.days, self.speaker = table, analysis, days, speaker
        self.people = People(table, analysis.lang, days)
        self.before: list[Named] = []
        self.met: dict[Actor, Met] = {}
        self.weight: Counter[str] = Counter()
        self.spoken_of: frozenset[str] = frozenset()

    def resolve(self, sentences: list[list[Mention]]) -> list[list[Named]]:
        """Actors for the mentions of all sentences, in the same order and grouping."""
        self.people.introduce(m for s in sentences for m in s)
        sides = [a for s in sentences for m in s for a in m.affiliations if not _weak(m)]
        self.spoken_of = frozenset(sides) | {p.actor.affiliation for p in self.people.introduced if p.actor.affiliation}
        found: list[list[Named]] = []
        for sentence in sentences:
            row: list[Named] = []
            found.append(row)
            for mention in sentence:
                actor = self._pronoun(mention, found) if mention.kind == "pronoun" else self._actor(mention)
                of = self._actor(mention.of) if mention.of and mention.of.kind in ("office", "person") else None
                row.append(Named(mention, actor, of))
                self._remember(row[-1])
        return found

    def _remember(self, named: Named) -> None:
        """Whoever is spoken of most, and as a subject, is whom a bare office means."""
        if named.actor and named.actor.kind == "person":
            here = len(self.before)
            self.met[named.actor] = Met(self.met[named.actor].first if named.actor in self.met else here, here)
        self.before.append(named)
        if named.actor and named.actor.kind == "person" and named.mention.kind != "pronoun":
            subject = agree(named.mention.cases, frozenset(("Nom",))) and not self._behind_preposition(named.mention)
            self.weight[named.actor.id] += 2 if subject else 1

    def _actor(self, mention: Mention) -> Actor | None:
        if mention.kind == "person" and mention.name:
            return self.people.resolve(mention)
        if mention.kind == "office" and mention.office:
            return self._office(mention, mention.office)
        if mention.kind == "colleague":
            return self._colleague(mention)
        if mention.kind == "group" and mention.affiliations:
            return self._group(mention)
        if mention.entry is not None and mention.affiliations:
            return self._thing(mention, mention.entry)
        return None

    # offices

    def _office(self, mention: Mention, office: Entry) -> Actor | None:
        affiliation = mention.affiliations[0] if mention.affiliations else self.people.of(mention)
        body = mention.of is not None and mention.of.kind == "organisation"
        if office.key == "head" and affiliation and is_state(affiliation) and not body:
            office = office_of("leader")  # "глава КНДР"
        named = self._named(mention, office, affiliation)
        if named is not None:
            return replace(named, role=office.label, by_office=True, why=NAMED)
        affiliation = affiliation or self._only_state(office)
        if not affiliation or (mention.former and not mention.affiliations):
            return None
        if self.days and office.level and not mention.former:
            holders = self._holders(mention, office, affiliation, self.days)
            if len(holders) == 1:
                person = holders[0]
                return Actor(
                    person.id, person.label, "person", affiliation, office.label, True, why=HOLDER, level=office.level
                )
        label = f"{office.label} of {self._body(mention, affiliation)}"
        if office.level == "ministry":
            return Actor(
                slug(label), label, "organisation", affiliation, None, why="office and state", level=office.level
            )
        many = mention.plural and not is_state(affiliation)
        return Actor(
            slug(label), label, "office", affiliation, office.label, why="office and state", level=office.level,
            many=many,
        )  # fmt: skip

    def _only_state(self, office: Entry) -> str:
        """Whose an office is that only few states have: the one the article speaks of, else the usual one."""
        spoken_of = [state for state in office.states if state in self.spoken_of]
        return spoken_of[0] if len(spoken_of) == 1 else office.usual

    def _named(self, mention: Mention, office: Entry, affiliation: str | None) -> Actor | None:
        """The person of this office whom the article names, before it or, when no other can be meant, after it."""
        body = affiliation is not None and not is_state(affiliation)
        levels = (*office.levels, _ORGANISATION) if body else office.levels

        def fits(actor: Actor) -> bool:
            if actor.kind != "person" or actor.level not in levels:
                return False
            elsewhere = bool(office.states) and actor.affiliation not in office.states
            if elsewhere or actor.affiliation in office.without or affiliation not in (None, actor.affiliation):
                return False
            return (actor.level != _ORGANISATION or self._same_title(actor, mention, office)) and not (
                mention.former and self._serves(actor, office)
            )

        seen: dict[str, Actor] = {}
        since: dict[str, int] = {}
        for actor in sorted(filter(fits, self.met), key=lambda a: self.met[a].last):
            seen[actor.id] = actor
            since[actor.id] = min(self.met[actor].first, since.get(actor.id, len(self.before)))
        if seen:
            return seen[max(seen, key=lambda id: (self._serves(seen[id], office), self.weight[id], since[id]))]
        coming = {one.actor.id: one.actor for one in self.people.introduced if fits(one.actor)}
        if affiliation is None and len(coming) != 1:
            return None
        return max(coming.values(), key=lambda a: self._serves(a, office), default=None)

    def _serves(self, actor: Actor, office: Entry) -> bool:
        """In an office of this level on the day of the article, as far as the table knows."""
        person = self.table.by_id(actor.id)
        if person is None or self.days is None:
            return False
        return any(t.level in office.levels for t in self.table.term_at(person, *self.days))

    def _same_title(self, actor: Actor, mention: Mention, office: Entry) -> bool:
        """Organisations have several offices of one level: the secretary general is not the special envoy."""
        if not self.days:
            return True
        person = self.table.by_id(actor.id)
        if person is None or not person.terms:
            return actor.role == office.label
        return person in self._holders(mention, office, actor.affiliation or "", self.days)

    def _holders(self, mention: Mention, office: Entry, affiliation: str, days: Days) -> tuple[Person, ...]:
        """The persons who may hold an office on some days; several where the table cannot tell.

        Levels that several people share (deputies, advisers) give nobody.
        """
        if office.sent:
            return self.table.holders(affiliation, office.level, *days, to=mention.to) if mention.to else ()
        if is_state(affiliation):
            level = led_by(affiliation) if office.key == "leader" else office.level
            return self.table.holders(affiliation, level, *days) if level in _SINGLE else ()
        body = mention.of.entry.label if mention.of and mention.of.entry else label_of(affiliation)
        codes = (body, affiliation) if body == label_of(affiliation) else (body,)
        titles = {f"{title} of {the}{name}" for title in office.holds for the in ("", "the ") for name in codes}
        return tuple(
            person for person in self.table.holders(affiliation, _ORGANISATION, *days)
            if any(
                term.affiliation == affiliation
                and (term.position in titles or (office.affiliation and term.position.startswith(office.holds)))
                for term in self.table.term_at(person, *days)
            )
        ) if office.holds else ()  # fmt: skip

    def _body(self, mention: Mention, affiliation: str) -> str:
        if mention.of and mention.of.entry and mention.of.kind == "organisation":
            return mention.of.entry.label
        return label_of(affiliation)

    def _colleague(self, mention: Mention) -> Actor | None:
        """ "his colleague": the same office in the named state."""
        if not mention.affiliations:
            return None
        affiliation = mention.affiliations[0]
        people = (n.actor for n in reversed(self.before) if n.actor and n.actor.level)
        last = next((a for a in people if a.affiliation != affiliation), None)
        if last is None:
            return None
        named = {
            one.actor.id: one.actor for one in self.people.introduced
            if one.actor.affiliation == affiliation and one.actor.level == last.level
        }  # fmt: skip
        if len(named) == 1:
            return replace(next(iter(named.values())), by_office=True, why=SAME_OFFICE)
        if self.days and last.level in _SINGLE:
            holders = self.table.holders(affiliation, last.level, *self.days)
            if len(holders) == 1:
                return Actor(
                    holders[0].id, holders[0].label, "person", affiliation, last.role, True, why=SAME_OFFICE,
                    level=last.level,
                )  # fmt: skip
        label = f"{last.role or 'Counterpart'} of {label_of(affiliation)}"
        return Actor(slug(label), label, "office", affiliation, last.role, why=SAME_OFFICE)

    # groups, states, seats

    def _group(self, mention: Mention) -> Actor:
        affiliation = mention.affiliations[0]
        key = mention.entry.key if mention.entry else ""
        whose = self._body(mention, affiliation)
        if key in ("side", "delegation") or (mention.entry and mention.entry.kind == RESIDENT):
            return state_actor(affiliation, "side of the state")
        if key == "states":
            if is_state(affiliation):
                return state_actor(affiliation, "the state itself")
            label = f"{whose} member states"
            return Actor(slug(label), label, "office", affiliation, why="members of an organisation", many=True)
        label = f"{key.capitalize()} of {whose}"
        many = not is_state(affiliation)
        return Actor(slug(label), label, "office", affiliation, why="group and state", many=many)

    def _thing(self, mention: Mention, entry: Entry) -> Actor | None:
        if _weak(mention) and entry.kind == SEAT and entry.affiliation not in self.spoken_of:
            return None  # "Capitol", "Palais": nothing else in the article speaks of that state
        if mention.kind == "place" or entry.kind == SEAT:
            return state_actor(mention.affiliations[0], "seat of power stands for its state")
        kind = "state" if mention.kind == "state" else "organisation"
        return Actor(entry.qid or slug(entry.label), entry.label, kind, mention.affiliations[0], why="name")

    # pronouns

    def _pronoun(self, mention: Mention, rows: list[list[Named]]) -> Actor | None:
        """The person spoken of: the first subject of this sentence, or of one of the sentences before it.

        Whoever speaks in the article is not spoken of; where that leaves no subject, the only other person is meant.
        """
        if mention.entry and mention.entry.speaker:
            return None  # told once it is known who speaks
        others: dict[str, Actor] = {}
        for row in reversed(rows[-_PRONOUN_REACH:]):
            for named in row:
                actor, other = named.actor, named.mention
                if actor is None or actor.kind != "person" or actor.id == self.speaker:
                    continue
                if mention.gender and actor.gender and mention.gender != actor.gender:
                    continue
                if agree(other.cases, frozenset(("Nom",))) and not self._behind_preposition(other):
                    return replace(actor, why="pronoun for the person spoken of")
                others.setdefault(actor.id, actor)
        only = next(iter(others.values()), None) if self.speaker and len(others) == 1 else None
        return replace(only, why="pronoun for the only other person spoken of") if only else None

    def _behind_preposition(self, mention: Mention) -> bool:
        return mention.first > 0 and self.analysis.tokens[mention.first - 1].has("ADP")


def _weak(mention: Mention) -> bool:
    """A seat or town whose name alone is no evidence that its state is spoken of."""
    return mention.entry is not None and mention.entry.kind in (SEAT, PLACE) and not mention.entry.strong


_SINGLE = frozenset(
    {
        "head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister",
        "finance_minister", "economy_minister", "energy_minister", "security_adviser", "spokesperson",
    }
)  # fmt: skip
"""Levels with one holder at a time; a single match there is the holder, elsewhere only one of several."""
