"""Whom a mention means: mention -> actor, with the evidence that decided.

Full names come first and introduce people; bare surnames, offices and pronouns then look back at them. An office is
its holder's only when the day is known and the table of actors knows one holder. Nobody is guessed: a name the table
does not know keeps an identifier made of its own letters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rozmova.languages import loader
from rozmova.names.actors import ActorTable, Person, is_particle, slug
from rozmova.names.fold import fold, romanise
from rozmova.names.lexicon import RESIDENT
from rozmova.names.persons import NameSpan, agree
from rozmova.names.phrases import Mention
from rozmova.text.analysis import Analysis

_PRONOUN_REACH = 4
"""Sentences, its own included, in which a pronoun looks for whom it means."""
ALWAYS = ("0001-01-01", "9999-12-31")
_FAMOUS = 3
"""Prominence (ActorTable.rank, 0 is the highest) up to which a bare surname may mean somebody never introduced."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whom or what a mention means.

    ``why`` names the evidence; ``official`` is false for people without any office; ``many`` says that one label stands
    for office holders of several states ("EU ministers").
    """

    id: str
    label: str
    kind: str
    affiliation: str | None
    role: str | None = None
    by_office: bool = False
    official: bool = True
    why: str = ""
    level: str = ""
    gender: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its actor (None when it means nobody that can be named)."""

    mention: Mention
    actor: Actor | None


def state_actor(affiliation: str, why: str) -> Actor:
    """The state or organisation of a code, as a party of its own."""
    state = loader.table(loader.SHARED, "states").get(affiliation)
    about = state or loader.table(loader.SHARED, "organisations").get(affiliation, {})
    label = str(about.get("label", affiliation))
    return Actor(
        str(about.get("qid") or slug(label)), label, "state" if state else "organisation", affiliation, why=why
    )


class Resolver:
    """Resolves the mentions of one article; create one per article.

    ``days`` are the first and last day (ISO) on which the article may have been published, or None when unknown.
    """

    def __init__(self, table: ActorTable, analysis: Analysis, days: tuple[str, str] | None) -> None:
        self.table, self.analysis, self.lang, self.days = table, analysis, analysis.lang, days
        self.known: list[tuple[frozenset[str], Actor]] = []
        self.states = loader.table(loader.SHARED, "states")
        self.organisations = loader.table(loader.SHARED, "organisations")

    def resolve(self, sentences: list[list[Mention]]) -> list[list[Named]]:
        """Actors for the mentions of all sentences, in the same order and grouping."""
        for mention in (m for s in sentences for m in s):
            if mention.name and mention.name.given:
                self._introduce(mention)
        found: list[list[Named]] = []
        before: list[Named] = []
        for sentence in sentences:
            row: list[Named] = []
            found.append(row)
            for mention in sentence:
                actor = self._pronoun(mention, found) if mention.kind == "pronoun" else self._actor(mention, before)
                row.append(Named(mention, actor))
                before.append(row[-1])
        return found

    def label_of(self, affiliation: str) -> str:
        """The English name of a state or organisation by its code."""
        about = self.states.get(affiliation) or self.organisations.get(affiliation) or {}
        return str(about.get("label", affiliation))

    def _introduce(self, mention: Mention) -> None:
        actor = self._person(mention)
        if mention.name:
            keys = frozenset(fold(s) for s in mention.name.surname) | frozenset(
                fold(s.split()[-1]) for s in mention.name.surname
            )
            self.known.append((keys, actor))

    def _actor(self, mention: Mention, before: list[Named]) -> Actor | None:
        if mention.kind == "person" and mention.name:
            return self._person(mention)
        if mention.kind in ("office", "colleague"):
            return self._office(mention, before)
        if mention.kind == "group" and mention.affiliations:
            return self._group(mention)
        if mention.entry is not None and mention.affiliations:
            return self._thing(mention)
        return None

    # people

    def _person(self, mention: Mention) -> Actor:
        name = mention.name
        assert name is not None
        keys = frozenset(fold(s) for s in name.surname)
        earlier = None if name.given else self._earlier(keys, mention)
        if earlier:
            return self._as(earlier, mention, "surname of somebody the article names in full")
        best = self._best(mention)
        if best:
            return self._as(self._from_table(best, mention), mention, "in the table of actors")
        given = " ".join(self._given_name(g) for g in name.given[:1])
        surname = romanise(name.surname[0], self.lang)
        label = _title(f"{given} {surname}".strip())
        affiliation = mention.affiliations[0] if mention.affiliations else self._of(mention)
        return Actor(
            slug(label), label, "person", affiliation, self._role(mention), False,
            bool(mention.office or affiliation), "name as the article spells it",
            mention.office.level if mention.office else "", name.gender,
        )  # fmt: skip

    def _earlier(self, keys: frozenset[str], mention: Mention) -> Actor | None:
        found = [actor for known, actor in self.known if known & keys]
        fitting = [a for a in found if not mention.affiliations or a.affiliation in (None, *mention.affiliations)]
        gender = mention.name.gender if mention.name else ""
        fitting = [a for a in fitting if not gender or not a.gender or a.gender == gender] or fitting
        return fitting[-1] if fitting else None

    def _best(self, mention: Mention) -> Person | None:
        """The person of the table that fits name, affiliation, office and day best; None when nobody or nobody sure."""
        name = mention.name
        assert name is not None
        people = list(dict.fromkeys(p for s in name.surname for p in self.table.people(fold(s))))
        first, last = self.days or ALWAYS
        if name.given:
            givens = {fold(part) for g in name.given for part in g.split()}
            initials = {g[0] for g in givens if g}
            exact = [p for p in people if givens & p.given]
            short = [p for p in people if all(len(g) == 1 for g in givens) and initials & {x[:1] for x in p.given}]
            # a given name spelt unlike all forms known still fits by its initial where the state is named
            here = [p for p in people if any(t.affiliation in mention.affiliations for t in p.terms)]
            alike = [p for p in here if initials & {x[:1] for x in p.given}]
            people = exact or short or self._surname_first(name) or alike or self._near(mention, givens)
        if mention.affiliations:
            here = [p for p in people if any(t.affiliation in mention.affiliations for t in p.terms)]
            if not here and not name.given:
                return None
            people = here or people
        if mention.office and mention.office.level:
            people = [p for p in people if any(t.level == mention.office.level for t in p.terms)] or people
        serving = [p for p in people if self.table.term_at(p, first, last)]
        if not name.given and not mention.affiliations and not mention.office:
            people = [p for p in serving if name.sure and self.table.rank(p, first) <= _FAMOUS]
        else:
            people = serving or people
        ranked = sorted(people, key=lambda p: (self.table.rank(p, first), p.id))
        bare = not name.given and not mention.affiliations
        if bare and len(ranked) > 1 and self.table.rank(ranked[0], first) == self.table.rank(ranked[1], first):
            return None  # two of one surname and rank: not told apart
        return ranked[0] if ranked else None

    def _surname_first(self, name: NameSpan) -> list[Person]:
        """Names that put the surname first: "Kim Jong Un", "Сі Цзіньпін"."""
        words = " ".join((name.given[0], name.surname[0])).split()
        rest = {fold(word) for word in words[1:]} | {fold(" ".join(words[1:])), fold("-".join(words[1:]))}
        return [p for p in self.table.people(fold(words[0])) if rest & p.given]

    def _near(self, mention: Mention, givens: set[str]) -> list[Person]:
        """A spelling the table misses: nearly the surname, and the same given name."""
        name = mention.name
        assert name is not None
        found = [p for s in name.surname[:2] for p, _ in self.table.similar(s, 5)]
        return [p for p in found if givens & p.given]

    def _from_table(self, person: Person, mention: Mention) -> Actor:
        first, last = self.days or ALWAYS
        terms = self.table.term_at(person, first, last) or person.terms
        wanted = [t for t in terms if t.affiliation in mention.affiliations] or list(terms)
        if mention.office:
            wanted = [t for t in wanted if t.level == mention.office.level] or wanted
        before = [t for t in wanted if t.start <= last]
        term = max(before or wanted, key=lambda t: t.start, default=None)
        gender = mention.name.gender if mention.name else ""
        return Actor(
            person.id, person.label, "person", term.affiliation if term else None,
            term.position if term and self.days else None, level=term.level if term else "", gender=gender,
        )  # fmt: skip

    def _as(self, actor: Actor, mention: Mention, why: str) -> Actor:
        """The actor as this mention presents it: its own office and affiliation win over the table's."""
        affiliation = mention.affiliations[0] if mention.affiliations else actor.affiliation
        return replace(actor, affiliation=affiliation, role=self._role(mention) or actor.role, why=why)

    def _given_name(self, given: str) -> str:
        return " ".join(self.table.given_name(part) or romanise(part, self.lang) for part in given.split())

    # offices, groups, states

    def _role(self, mention: Mention) -> str | None:
        return mention.office.label if mention.office else None

    def _of(self, mention: Mention) -> str | None:
        if mention.of is None:
            return None
        if mention.of.affiliations:
            return mention.of.affiliations[0]
        return self._person(mention.of).affiliation if mention.of.name else None

    def _office(self, mention: Mention, before: list[Named]) -> Actor | None:
        affiliation = mention.affiliations[0] if mention.affiliations else self._of(mention)
        office = mention.office
        if office is None:  # "his colleague": the same office in the named state
            return self._colleague(mention, before)
        level = office.level
        seen = [
            n.actor for n in before
            if n.actor and n.actor.kind == "person" and n.actor.level in office.levels
            and (affiliation is None or n.actor.affiliation == affiliation)
        ]  # fmt: skip
        introduced = [a for _, a in self.known if a.level in office.levels and affiliation in (None, a.affiliation)]
        if seen or (introduced and affiliation):
            actor = (seen or introduced)[-1]
            return replace(actor, role=office.label, by_office=True, why="office of somebody the article names")
        if affiliation is None:
            return None
        if self.days and level:
            holders = self.table.holders(affiliation, level, *self.days)
            if len(holders) == 1 and level in _SINGLE:
                person = holders[0]
                return Actor(
                    person.id, person.label, "person", affiliation, office.label, True,
                    why="holder of the office on that day", level=level,
                )  # fmt: skip
        label = f"{office.label} of {self._body(mention, affiliation)}"
        if office.level == "ministry":
            return Actor(slug(label), label, "organisation", affiliation, None, why="office and state", level=level)
        many = mention.plural and affiliation not in self.states
        return Actor(
            slug(label), label, "office", affiliation, office.label, why="office and state", level=level, many=many
        )

    def _body(self, mention: Mention, affiliation: str) -> str:
        if mention.of and mention.of.entry and mention.of.kind == "organisation":
            return mention.of.entry.label
        return self.label_of(affiliation)

    def _colleague(self, mention: Mention, before: list[Named]) -> Actor | None:
        if not mention.affiliations:
            return None
        last = next((n.actor for n in reversed(before) if n.actor and n.actor.level), None)
        if last is None:
            return None
        affiliation = mention.affiliations[0]
        if self.days and last.level in _SINGLE:
            holders = self.table.holders(affiliation, last.level, *self.days)
            if len(holders) == 1:
                return Actor(
                    holders[0].id, holders[0].label, "person", affiliation, last.role, True,
                    why="same office in the other state", level=last.level,
                )  # fmt: skip
        label = f"{last.role or 'Counterpart'} of {self.label_of(affiliation)}"
        return Actor(slug(label), label, "office", affiliation, last.role, why="same office in the other state")

    def _group(self, mention: Mention) -> Actor:
        affiliation = mention.affiliations[0]
        key = mention.entry.key if mention.entry else ""
        whose = self._body(mention, affiliation)
        if key in ("side", "delegation") or (mention.entry and mention.entry.kind == RESIDENT):
            return state_actor(affiliation, "side of the state")
        if key == "states":
            if affiliation in self.states:
                return state_actor(affiliation, "the state itself")
            label = f"{whose} member states"
            return Actor(slug(label), label, "office", affiliation, why="members of an organisation", many=True)
        label = f"{key.capitalize()} of {whose}"
        many = affiliation not in self.states
        return Actor(slug(label), label, "office", affiliation, why="group and state", many=many)

    def _thing(self, mention: Mention) -> Actor:
        entry = mention.entry
        assert entry is not None
        if mention.kind == "place" or entry.kind == "seat":
            return state_actor(mention.affiliations[0], "seat of power stands for its state")
        kind = "state" if mention.kind == "state" else "organisation"
        return Actor(entry.qid or slug(entry.label), entry.label, kind, mention.affiliations[0], why="name")

    def _pronoun(self, mention: Mention, rows: list[list[Named]]) -> Actor | None:
        """The person spoken of: the first subject of this sentence, or of one of the sentences before it."""
        if mention.entry and mention.entry.speaker:
            return None  # told once it is known who speaks
        for row in reversed(rows[-_PRONOUN_REACH:]):
            for named in row:
                actor, other = named.actor, named.mention
                if actor is None or actor.kind != "person" or not agree(other.cases, frozenset(("Nom",))):
                    continue
                if mention.gender and actor.gender and mention.gender != actor.gender:
                    continue
                if not self._behind_preposition(other):
                    return replace(actor, why="pronoun for the person spoken of")
        return None

    def _behind_preposition(self, mention: Mention) -> bool:
        return mention.first > 0 and self.analysis.tokens[mention.first - 1].has("ADP")


_SINGLE = frozenset(
    {
        "head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister",
        "finance_minister", "economy_minister", "energy_minister", "security_adviser", "spokesperson",
    }
)  # fmt: skip
"""Levels with one holder at a time; a single match there is the holder, elsewhere only one of several."""


def _title(name: str) -> str:
    """Capitals at the beginning of each part of a romanised name, particles left small."""
    parts = ["-".join(p[:1].upper() + p[1:] for p in word.split("-")) for word in name.split()]
    return " ".join(word.lower() if is_particle(word.lower()) else word for word in parts)
