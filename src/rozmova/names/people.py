"""Whom a person's name means: somebody the article introduces, somebody of the table of actors, or a stranger.

Nobody is guessed: a name the table does not know keeps an identifier made of its own letters, the same from every
language and script (:func:`rozmova.names.strangers.stranger_id`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from rozmova.names.actors import ActorTable, Person, is_particle
from rozmova.names.fold import fold, romanise
from rozmova.names.identity import ALWAYS, Actor, Days
from rozmova.names.mention import Mention
from rozmova.names.persons import NameSpan, surname_keys
from rozmova.names.strangers import eastern, stranger_id
from rozmova.names.transcription import agree
from rozmova.text.script import is_cyrillic

_FAMOUS = 3
"""Prominence (ActorTable.rank, 0 is the highest) up to which a bare surname may mean somebody never introduced."""
_FORGOTTEN = 15
"""Prominence from which somebody out of office is not meant by a name alone: former ambassadors and the like."""

_NEAR, _SHORT = 85, 4
"""How alike two keys of a surname must be (0 to 100) where office or article vouch for it, and from which length on."""

FULL, SURNAME, GIVEN, TABLE, STRANGER = (
    "full name in the table of actors",
    "surname of somebody the article names in full",
    "given name of somebody the article names in full",
    "surname in the table of actors",
    "name as the article spells it",
)
"""The evidence that decides whom a name means."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """Somebody whom the article names in full at token ``at``; ``given`` are the words of the given name."""

    at: int
    surnames: frozenset[str]
    given: tuple[str, ...]
    actor: Actor
    serving: bool


class People:
    """Identifies the people of one article; ``days`` are its possible days of publication, None when unknown."""

    def __init__(self, table: ActorTable, lang: str, days: Days | None) -> None:
        self.table, self.lang, self.days = table, lang, days
        self.introduced: list[Introduced] = []
        self._by_surname: defaultdict[str, list[int]] = defaultdict(list)

    def introduce(self, mentions: Iterable[Mention]) -> None:
        """Learn who is named in full, in the order of the text."""
        for mention in mentions:
            name = mention.name
            if name is not None and name.whole:
                actor = self.resolve(mention)
                person = self.table.by_id(actor.id)
                serving = person is not None and bool(self.table.term_at(person, *(self.days or ALWAYS)))
                given = tuple(part for g in name.given for part in g.split())
                keys = surname_keys(name)
                for key in keys:
                    self._by_surname[key].append(len(self.introduced))
                self.introduced.append(Introduced(mention.first, keys, given, actor, serving))

    def resolve(self, mention: Mention) -> Actor:
        """Whom a mention with a name means."""
        name = mention.name
        assert name is not None
        earlier = None if name.whole else self._earlier(mention, name)
        if earlier is not None:
            return self._as(earlier, mention, SURNAME if name.surname else GIVEN)
        best = self._best(mention, name) if name.surname else None
        if best is not None:
            return self._as(self._from_table(best, mention), mention, FULL if name.given else TABLE)
        return self._stranger(mention, name)

    def of(self, mention: Mention) -> str | None:
        """The affiliation of whomever an office belongs to ("речник Путіна")."""
        if mention.of is None:
            return None
        if mention.of.affiliations:
            return mention.of.affiliations[0]
        return self.resolve(mention.of).affiliation if mention.of.name else None

    # somebody of the article

    def _earlier(self, mention: Mention, name: NameSpan) -> Actor | None:
        """The person introduced by the article who fits best: by office, in office, named before, named last."""
        keys = surname_keys(name)
        first = {fold(g) for g in name.given}
        found = [
            one for one in (self._called(keys) if name.surname else self.introduced)
            if (name.surname or {fold(g) for g in one.given} & first)
            and (not name.initials or _begins(one.given, name.given[0]))
            and (not mention.affiliations or one.actor.affiliation in (None, *mention.affiliations))
        ]  # fmt: skip
        found = found or [o for o in self.introduced if name.surname and _nearly(keys, o.surnames)]
        gender = name.gender
        found = [o for o in found if not gender or not o.actor.gender or o.actor.gender == gender] or found
        if not name.surname and len({one.actor.id for one in found}) > 1:
            return None
        levels = mention.office.levels if mention.office else ()
        best = max(
            found,
            key=lambda o: (o.actor.level in levels, o.serving, o.at <= mention.first, -abs(o.at - mention.first)),
            default=None,
        )
        return best.actor if best else None

    def _called(self, surnames: Iterable[str]) -> list[Introduced]:
        """Whoever was introduced by one of some surnames, in the order of the text."""
        places = {place for key in surnames for place in self._by_surname.get(key, ())}
        return [self.introduced[place] for place in sorted(places)]

    # somebody of the table

    def candidates(self, name: NameSpan, affiliations: Sequence[str] = (), strict: bool = False) -> list[Person]:
        """The persons of the table whom a name can mean, of any office and time; ``strict``: by known spellings."""
        people = list(dict.fromkeys(p for s in name.surname for p in self.table.people(fold(s))))
        return self._of_given_name(name, people, affiliations, strict) if name.given and name.surname else people

    def _best(self, mention: Mention, name: NameSpan) -> Person | None:
        """The person of the table that fits name, affiliation, office and day best; None when nobody or nobody sure."""
        people = self.candidates(name, mention.affiliations)
        first, last = self.days or ALWAYS
        if mention.affiliations:
            here = [p for p in people if any(t.affiliation in mention.affiliations for t in p.terms)]
            if not here and not name.given:
                return None
            people = here or people
        if mention.office and mention.office.level:
            people = [p for p in people if any(t.level == mention.office.level for t in p.terms)] or people
        serving = [p for p in people if self.table.term_at(p, first, last)]
        alone = not mention.affiliations and not mention.office
        if alone and not name.given:
            people = [p for p in serving if name.sure and self.table.rank(p, first) <= _FAMOUS]
        elif alone and self.days:
            people = serving or [p for p in people if self.table.rank(p, first) < _FORGOTTEN]
        else:
            people = serving or people
        people = people or self._holder(mention, name)
        ranked = sorted(people, key=lambda p: (self.table.rank(p, first), not self._heads(p), p.id))
        if alone and len(ranked) > 1 and not name.given and self._equal(ranked[0], ranked[1]):
            return None  # two of one surname and rank: not told apart
        return ranked[0] if ranked else None

    def _holder(self, mention: Mention, name: NameSpan) -> list[Person]:
        """Whoever holds the office that the article gives, when the name is a spelling of theirs that no table has."""
        office = mention.office
        if office is None or not self.days or not name.whole or len(mention.affiliations) != 1:
            return []
        given = {_flat(fold(g)) for g in name.given}
        keys = surname_keys(name)
        return [
            person for person in self.table.holders(mention.affiliations[0], office.level, *self.days)
            if given & set(map(_flat, person.given | person.surname)) or _nearly(keys, person.surname)
            or any(agree(person.label.split()[-1], s) for s in name.surname)
        ]  # fmt: skip

    def _equal(self, one: Person, other: Person) -> bool:
        first = (self.days or ALWAYS)[0]
        same_state = {t.affiliation for t in one.terms} & {t.affiliation for t in other.terms}
        if same_state and self._heads(one) != self._heads(other):
            return False  # "Kim" is the leader, not his premier
        return self.table.rank(one, first) == self.table.rank(other, first)

    def _heads(self, person: Person) -> bool:
        return any(t.level == "head_of_state" for t in self.table.term_at(person, *(self.days or ALWAYS)))

    def _of_given_name(
        self, name: NameSpan, people: Sequence[Person], affiliations: Sequence[str], strict: bool
    ) -> list[Person]:
        """Those of a surname whose given name agrees, and where nobody's does those whose spelling is near."""
        if name.initials:
            return [p for p in people if _begins(self.table.written(p)[0], name.given[0])]
        givens = _first_parts(fold(g) for g in name.given)
        flat = {_flat(fold(g)) for g in name.given}
        whole = [p for p in people if flat & set(map(_flat, p.given))]
        if any(map(eastern, name.surname)):  # of "Kim Jong Un" the first syllable alone says nothing
            parts = [set(map(fold, g.replace("-", " ").split())) for g in name.given]
            exact = whole or [p for p in people if any(each <= _all_parts(p.given) for each in parts)]
        else:
            exact = whole or [p for p in people if givens & _first_parts(p.given)]
        if strict:
            return exact or self._surname_first(name)
        # a given name spelt unlike all forms known still fits by its initial where the state is named
        here = [p for p in people if any(t.affiliation in affiliations for t in p.terms)]
        alike = [p for p in here if {g[:1] for g in givens} & {x[:1] for x in p.given}]
        return exact or self._surname_first(name) or alike or self._near(name, givens)

    def _surname_first(self, name: NameSpan) -> list[Person]:
        """Names that put the surname first: "Kim Jong Un", "Сі Цзіньпін"."""
        found: dict[str, Person] = {}
        for surname in name.surname:
            words = f"{name.given[0]} {surname}".split()
            rest = {fold(" ".join(words[1:])), fold("-".join(words[1:])), fold("".join(words[1:]))}
            rest |= {fold(words[-1])} if len(words) == 2 else set()
            for person in self.table.people(fold(words[0])):
                if rest & (person.given | person.surname) - {fold(words[0])}:
                    found.setdefault(person.id, person)
        return list(found.values())

    def _near(self, name: NameSpan, givens: frozenset[str]) -> list[Person]:
        """A spelling the table misses: nearly the surname, and the same given name."""
        found = [p for s in name.surname[:2] for p, score in self.table.similar(s, 5) if score >= _NEAR]
        return [p for p in found if givens & _first_parts(p.given)]

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
        role = mention.office.label if mention.office else actor.role
        return replace(actor, affiliation=affiliation, role=role, why=why)

    # a stranger

    def _stranger(self, mention: Mention, name: NameSpan) -> Actor:
        given = name.given[0] if name.given else ""
        surname = name.surname[0] if name.surname else ""
        if given and eastern(surname):  # "Kim Ha-neul"
            label = " ".join(romanise(part, self.lang).capitalize() for part in (surname, given))
        else:
            label = _title(romanise(f"{given} {surname}".strip(), self.lang))
        affiliation = mention.affiliations[0] if mention.affiliations else self.of(mention)
        office = mention.office
        return Actor(
            stranger_id(given, surname), label, "person", affiliation, office.label if office else None, False,
            bool(office or affiliation), STRANGER, office.level if office else "", name.gender,
        )  # fmt: skip


@lru_cache(maxsize=100_000)
def _nearly(one: frozenset[str], other: frozenset[str]) -> bool:
    """Some key of the one is nearly one of the other: a transcription of its own, or a slip of the pen."""
    return any(min(len(a), len(b)) > _SHORT and fuzz.ratio(a, b) >= _NEAR for a in one for b in other)


def _begins(given: Iterable[str], initials: str) -> bool:
    """Whether one of the given names, in the same script, begins with the first of some initials ("с. в.", "дж")."""
    first = initials.replace(".", " ").split()[0]
    return any(g.casefold().startswith(first) and is_cyrillic(g[:1]) == is_cyrillic(first[:1]) for g in given if g)


def _flat(key: str) -> str:
    """Jong-un, Jong Un and Jongun are one given name."""
    return key.replace("-", "").replace(" ", "")


def _first_parts(keys: Iterable[str]) -> frozenset[str]:
    """The keys of given names whole and their first parts: "frank-valter" and "frank"."""
    return frozenset(part for key in keys for part in (key, key.replace("-", " ").split(" ")[0]) if part)


def _all_parts(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(part for key in keys for part in key.replace("-", " ").split())


def _title(name: str) -> str:
    """Capitals at the beginning of each part of a romanised name, particles left small."""
    parts = ["-".join(p[:1].upper() + p[1:] for p in word.split("-")) for word in name.split()]
    return " ".join(word.lower() if is_particle(word.lower()) else word for word in parts)
