"""From filled frames to contacts: who counts as a party, which mentions speak of one contact, and the record of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rozmova.contacts import fields
from rozmova.contacts.fields import Said, When
from rozmova.contacts.frames import NOUN
from rozmova.contacts.match import Filled, fill
from rozmova.contacts.view import View
from rozmova.names.actors import slug
from rozmova.names.groups import Group
from rozmova.names.resolve import Actor, state_actor
from rozmova.records import Contact, Evidence, Party, Place
from rozmova.text.analysis import Analysis
from rozmova.times.edtf import Span
from rozmova.times.resolve import resolve

Ids = frozenset[str]

_SPECIFIC = frozenset({"summit", "visit", "multilateral meeting", "video conference"})
"""Forms whose words do not stand for just any talk or meeting."""


@dataclass(slots=True)
class Draft:
    """A contact while the article is being read: parties by id, and every field with the words that say it."""

    parties: dict[str, tuple[Actor, str]]
    form: str
    family: str
    status: Said[str] | None = None
    channel: Said[str] | None = None
    date: Said[When] | None = None
    place: Said[Actor] | None = None
    duration: Said[tuple[float, str | None]] | None = None
    initiator: Said[str] | None = None
    spans: list[tuple[int, int, str, tuple[str, ...]]] = field(default_factory=list)
    distinct: bool = False
    open_to: frozenset[str] | None = None

    @property
    def ids(self) -> Ids:
        """Identifiers of the parties."""
        return frozenset(self.parties)

    @property
    def sides(self) -> frozenset[str | None]:
        """Affiliations of the parties."""
        return frozenset(actor.affiliation for actor, _ in self.parties.values())


class Assembler:
    """Puts together the contacts of one article; create one per article.

    ``published`` are the possible days of publication, ``speaker`` whoever says "I" in the article, if known.
    """

    def __init__(self, analysis: Analysis, views: Sequence[View], published: tuple[Span, ...], speaker: Actor | None) -> None:
        self.analysis, self.views, self.published, self.speaker = analysis, views, published, speaker
        self.drafts: list[Draft] = []
        self.earlier: Span | None = None
        self.topic: Actor | None = None
        self.waiting: list[Draft] = []

    def read(self) -> tuple[Contact, ...]:
        """All contacts of the article in the order in which it first speaks of them."""
        for view in self.views:
            mentions = list(fill(view))
            if not mentions:
                self._continue(view)
            for filled in mentions:
                if filled.lacks or (fields.negated(filled) and not self._refusal(filled)):
                    continue
                for draft in self._drafts(filled):
                    if self._counts(draft):
                        self._add(draft)
                    else:
                        self._refer(filled, draft)
            self._remember(view)
        for draft in self.waiting:
            self._attach(draft, forward=True)
        return tuple(self._contact(d) for d in self.drafts if self._counts(d))

    # one mention

    def _refusal(self, filled: Filled) -> bool:
        found = fields.status(filled)
        return found is not None and found.value in ("cancelled", "declined")

    def _drafts(self, filled: Filled) -> Iterable[Draft]:
        """The mention as drafts: one, or one per counterpart where the frame says that a list means several contacts."""
        parties: list[tuple[Actor, str]] = []
        unnamed: frozenset[str] | None = None
        for named, part, slot in filled.parties:
            if named.mention.former:
                continue
            if named.mention.kind == "pair":
                if slot is not None and slot.prepositions and (filled.subject or len(filled.slots) > 1):
                    unnamed = slot.prepositions  # "with partners": somebody, told later or never
                    continue
                level = named.mention.office.level if named.mention.office else ""
                parties += [(a, part) for a in self._pair(filled, level)]
            elif named.actor is None and named.mention.plural and slot is not None:
                unnamed = slot.prepositions
            elif named.actor and self._official(named.actor):
                parties.append((named.actor, part))
        accredited = next((n.mention.to for n, _, _ in filled.parties if n.mention.to), "")
        if accredited and filled.frame.family in ("letter", "reply") and len({a.affiliation for a, _ in parties}) == 1:
            parties.append((state_actor(accredited, "the state an ambassador is sent to"), "addressee"))
        if filled.dropped_subject and filled.slots:
            subject = self._dropped(filled)
            if subject and all(subject.affiliation != a.affiliation for a, _ in parties):
                part = next((s.part for s in filled.frame.slots if s.subject), "participant")
                parties.insert(0, (subject, part))
        counterparts = [g for s, g in filled.slots if s.prepositions and s.fills == "party"]
        first = [p for p in parties if not counterparts or not self._in(p[0], counterparts)]
        others = [p for p in parties if counterparts and self._in(p[0], counterparts)]
        if self._several(filled) and len(others) > 1 and first:
            return [self._draft(filled, [*first, other]) for other in others]
        bodies = [p for p in parties if p[0].kind == "organisation"]
        if filled.frame.collective and len(bodies) == len(parties) > 1:  # "самітів НАТО і «Великої сімки»"
            return [self._draft(filled, [body]) for body in bodies]
        draft = self._draft(filled, parties)
        draft.open_to = unnamed
        return [draft]

    def _several(self, filled: Filled) -> bool:
        """A list of counterparts means as many contacts: "говорив з А та Б", "телефонні розмови з А та Б"."""
        if filled.frame.each == "always":
            return True
        if filled.frame.type != NOUN or filled.frame.family != "talk":
            return False
        if filled.frame.each != "plural" and fields.channel(filled).value not in ("phone", "video"):
            return False
        tokens = self.analysis.tokens[max(filled.view.first, filled.first - 2) : filled.end]
        return any(t.morphs and all(m.number == "Plur" for m in t.morphs if m.case or m.pos == "NOUN") for t in tokens)

    def _in(self, actor: Actor, groups: Sequence[Group]) -> bool:
        return any(n.actor and n.actor.id == actor.id for g in groups for n in g.members)

    def _official(self, actor: Actor) -> bool:
        return actor.affiliation is not None and actor.official

    def _draft(self, filled: Filled, parties: list[tuple[Actor, str]]) -> Draft:
        unique: dict[str, tuple[Actor, str]] = {}
        for actor, part in parties:
            unique.setdefault(actor.id, (actor, part))
        named = {a.affiliation for a, _ in unique.values() if a.kind == "person"}
        people = {k: v for k, v in unique.items() if v[0].kind not in ("state", "organisation") or v[0].affiliation not in named}
        status = fields.status(filled)
        date, to_come = self._date(filled, status)
        status = status or to_come
        first, end = filled.reach()
        draft = Draft(people, filled.frame.form, filled.frame.family, status, fields.channel(filled))
        draft.date = date
        draft.place = fields.place(filled)
        draft.duration = fields.duration(filled)
        draft.initiator = fields.initiator(filled)
        draft.spans.append((first, end, filled.frame.name, ("contact", "parties")))
        draft.distinct = filled.view.cue("distinct", max(filled.view.first, filled.first - 4), filled.first) is not None
        if filled.frame.collective and len(people) == 1:
            self._collective(draft)
        return draft

    def _date(self, filled: Filled, status: Said[str] | None) -> tuple[Said[When] | None, Said[str] | None]:
        """The date of a mention, and "planned" when no word says so but the day is still to come.

        The present tense is read both ways: "travels to Berlin on Thursday" looks ahead when Thursday is ahead.
        """
        planned = status is not None and status.value != "held"
        present = status is None and filled.view.tense(filled.governor) == "Pres"
        date = fields.date(filled, planned or present, self.published, self.earlier)
        last = max((s.last for s in self.published), default=None)
        if date and last and status is None and all(s.first > last for s in date.value.spans):
            return date, Said("planned", date.first, date.end, "a day still to come")
        if present:
            date = fields.date(filled, False, self.published, self.earlier)
        return date, None

    def _collective(self, draft: Draft) -> None:
        """A sitting of a body is one of its leaders: "саміт НАТО"."""
        (actor, _), = draft.parties.values()
        if actor.kind == "organisation":
            label = f"Leaders of {actor.label}"
            leaders = Actor(slug(label), label, "office", actor.affiliation, why="a summit is of leaders")
            draft.parties[leaders.id] = (leaders, "participant")

    def _counts(self, draft: Draft) -> bool:
        """Two sides at least, or one sitting of a collective body."""
        kinds = {a.kind for a, _ in draft.parties.values()}
        sitting = len(draft.parties) > 1 and kinds == {"organisation", "office"}
        among = draft.family != "letter" and any(a.many for a, _ in draft.parties.values())
        return len(draft.sides) > 1 or sitting or among

    # references

    def _dropped(self, filled: Filled) -> Actor | None:
        """Who acts in a sentence without a subject: the speaker of the article, else the person spoken of."""
        itself = filled.frame.type == NOUN and not filled.view.is_cue(filled.governor, "carry")
        itself = itself and filled.view.adjunct(filled.first) is None
        return self.speaker or (None if itself else self.topic)

    def _remember(self, view: View) -> None:
        for timex in view.timexes:
            if "year" in timex.captures or "numeric" in timex.captures:
                found = resolve(timex, (), "")
                if found.spans and found.spans[0].grain == "day":
                    self.earlier = found.spans[0]
        for group in view.groups:
            actor = group.members[0].actor
            if not group.preposition and actor and actor.kind == "person" and (not group.cases or "Nom" in group.cases):
                self.topic = actor

    def _pair(self, filled: Filled | None, level: str) -> list[Actor]:
        """"обидва президенти": the two of the last contact with such a level, else the last (or next) two named together."""
        for draft in reversed(self.drafts):
            actors = [a for a, _ in draft.parties.values() if a.kind == "person"]
            if len(actors) > 1 and (not level or all(a.level == level for a in actors)):
                return actors
        if filled is None:
            return []
        around = [*reversed(self.views[: filled.view.index + 1]), *self.views[filled.view.index + 1 :]]
        for view in around:
            for group in view.groups:
                actors = [n.actor for n in group.members if n.actor and n.actor.kind == "person"]
                if len({a.affiliation for a in actors}) > 1 and (not level or all(a.level == level for a in actors)):
                    return actors
        return []

    def _refer(self, filled: Filled, draft: Draft) -> None:
        """A mention without two sides speaks of a contact already named, or of one still to come.

        One that names another day ("попередня розмова відбулася 7 грудня") is another contact of the same two.
        """
        if draft.distinct:
            if draft.date and not draft.parties and draft.status is None:
                actors = self._pair(None, "")
                if actors:
                    draft.parties = {a.id: (a, "participant") for a in actors}
                    self._add(draft)
            return
        if draft.open_to and draft.parties:
            self._add(draft)
            return
        if filled.frame.type != NOUN and not any(n.mention.kind == "pair" for n, _, _ in filled.parties):
            return
        if not filled.view.is_cue(filled.governor, "occur"):
            draft.status = None
        if not self._attach(draft):
            self.waiting.append(draft)

    def _continue(self, view: View) -> None:
        """A sentence without a verb goes on with a list left open: "... з партнерами. Зокрема, з Шольцом, Макроном"."""
        draft = next((d for d in reversed(self.drafts) if d.open_to), None)
        if draft is None or not view.groups or any(c.verb is not None for c in view.clauses):
            return
        group = view.groups[0]
        if group.preposition not in (draft.open_to or ()) or group.first - view.first > 4:
            return
        for named in group.members:
            if named.actor and self._official(named.actor):
                draft.parties.setdefault(named.actor.id, (named.actor, "participant"))
        draft.spans.append((group.first, group.end, "a list goes on", ("parties",)))

    def _attach(self, draft: Draft, forward: bool = False) -> bool:
        for known in self.drafts if forward else reversed(self.drafts):
            if not _akin(known, draft) or not self._compatible(known, draft):
                continue
            if (draft.ids <= known.ids or draft.sides <= known.sides) and _adds(known, draft):
                self._merge(known, draft, parties=False)
                return True
        return False

    # one contact

    def _add(self, draft: Draft) -> None:
        for known in reversed(self.drafts):
            if self._same(known, draft):
                self._merge(known, draft, parties=True)
                return
        self.drafts.append(draft)

    def _same(self, known: Draft, draft: Draft) -> bool:
        if not _akin(known, draft):
            return False
        shared = bool(draft.ids & known.ids) and bool(known.open_to or draft.open_to)
        if not (draft.ids <= known.ids or known.ids <= draft.ids or shared or self._cover(known, draft)):
            return False
        if draft.distinct and not (draft.date and known.date and draft.date.value.spans == known.date.value.spans):
            return False
        return self._compatible(known, draft)

    def _cover(self, known: Draft, draft: Draft) -> bool:
        """One names people where the other names their states."""
        if known.sides != draft.sides or len(known.sides) < 2:
            return False
        for side in known.sides:
            one, other = _on(known, side), _on(draft, side)
            if one.keys() != other.keys() and not (_stands_for(one, other) or _stands_for(other, one)):
                return False
        return True

    def _compatible(self, known: Draft, draft: Draft) -> bool:
        """Nothing speaks against one contact: dates meet, channels do not differ, one is not done and the other to come."""
        if known.date and draft.date:
            spans = [(a, b) for a in known.date.value.spans for b in draft.date.value.spans]
            if not any(a.first <= b.last and b.first <= a.last for a, b in spans):
                return False
            if any(a == b and a.grain == "day" for a, b in spans):
                return True
        channels = {s.value for s in (known.channel, draft.channel) if s} - {"unspecified"}
        if len(channels) > 1:
            return False
        if known.status and draft.status:
            done = {s.value == "held" for s in (known.status, draft.status)}
            return len(done) == 1
        return True

    def _merge(self, known: Draft, draft: Draft, *, parties: bool) -> None:
        if parties:
            for side in sorted(draft.sides, key=str):
                one, other = _on(known, side), _on(draft, side)
                if _has_person(one) and not _has_person(other):
                    continue
                if _has_person(other) and not _has_person(one):
                    known.parties = {k: v for k, v in known.parties.items() if k not in one}
                known.parties.update({k: v for k, v in other.items() if k not in known.parties})
        known.status = known.status or draft.status
        if known.channel is None or known.channel.value == "unspecified":
            known.channel = draft.channel
        known.date = known.date or draft.date
        known.place = known.place or draft.place
        known.duration = known.duration or draft.duration
        known.initiator = known.initiator or draft.initiator
        if not parties:
            draft = replace(draft, spans=[(a, b, rule, ("contact",)) for a, b, rule, _ in draft.spans])
        known.spans += draft.spans

    # the record

    def _contact(self, draft: Draft) -> Contact:
        evidence: dict[tuple[int, int], Evidence] = {}

        def say(first: int, end: int, rule: str, supports: tuple[str, ...]) -> None:
            start, stop = self.analysis.span(first, end)
            old = evidence.get((start, stop))
            if old:
                supports = tuple(dict.fromkeys((*old.supports, *supports)))
                rule = old.rule
            evidence[start, stop] = Evidence(
                start=start, end=stop, text=self.analysis.text[start:stop], supports=supports, rule=rule
            )

        for first, end, rule, supports in draft.spans:
            say(first, end, rule, supports)
        named: dict[str, Said[Any] | None] = {
            "channel": draft.channel, "status": draft.status, "date": draft.date, "place": draft.place,
            "duration_minutes": draft.duration, "initiator": draft.initiator,
        }  # fmt: skip
        for name, said in named.items():
            if said is not None:
                say(said.first, said.end, said.rule, (name,))
        where = draft.place.value if draft.place else None
        minutes, qualifier = draft.duration.value if draft.duration else (None, None)
        reasons = {
            name: "no words of the article say it"
            for name in ("date", "place", "duration_minutes", "initiator")
            if named[name] is None
        }
        return Contact(
            parties=tuple(party(actor, part) for actor, part in draft.parties.values()),
            channel=draft.channel.value if draft.channel else "unspecified",  # type: ignore[arg-type]
            form=draft.form,
            status=draft.status.value if draft.status else "held",  # type: ignore[arg-type]
            date=draft.date.value.edtf if draft.date else None,
            date_basis=draft.date.value.basis if draft.date else None,  # type: ignore[arg-type]
            initiator=draft.initiator.value if draft.initiator else None,
            place=Place(id=where.id, name=where.label, state=where.affiliation) if where else None,
            duration_minutes=minutes,
            duration_qualifier=qualifier,  # type: ignore[arg-type]
            topics=(),
            evidence=tuple(evidence.values()),
            reasons=reasons,
        )


def _on(draft: Draft, side: str | None) -> dict[str, tuple[Actor, str]]:
    """The parties of one affiliation."""
    return {key: value for key, value in draft.parties.items() if value[0].affiliation == side}


def _akin(one: Draft, other: Draft) -> bool:
    """Talks and meetings may be one contact; a letter, its answer and an encounter never are.

    What one sender hands over is one thing, whether a sentence calls it a letter or an answer.
    """
    families = {one.family, other.family}
    if families == {"letter", "reply"}:
        return bool(_senders(one) & _senders(other))
    return len(families) == 1 or families == {"talk", "meeting"}


def _adds(known: Draft, draft: Draft) -> bool:
    """A mention that names nobody must be of the same kind and say something of its own."""
    if draft.parties:
        return True
    if draft.form in _SPECIFIC and draft.form != known.form:
        return False
    return any((draft.status, draft.date, draft.duration, draft.initiator, draft.place))


def _senders(draft: Draft) -> Ids:
    return frozenset(key for key, (_, part) in draft.parties.items() if part == "sender")


def _stands_for(one: dict[str, tuple[Actor, str]], other: dict[str, tuple[Actor, str]]) -> bool:
    """A state or body stands for whoever speaks for it; an office for a person of that office."""
    levels = {actor.level for actor, _ in other.values()}
    return all(a.kind in ("state", "organisation") or (a.kind == "office" and a.level in levels) for a, _ in one.values())


def _has_person(parties: dict[str, tuple[Actor, str]]) -> bool:
    return any(actor.kind == "person" for actor, _ in parties.values())


def party(actor: Actor, part: str) -> Party:
    """The record of an actor in a contact or statement."""
    kind = actor.kind if actor.kind in ("person", "office", "state", "organisation") else "office"
    return Party(
        id=actor.id, name=actor.label, kind=kind, affiliation=actor.affiliation, role=actor.role,  # type: ignore[arg-type]
        part=part, by_office=actor.by_office,  # type: ignore[arg-type]
    )  # fmt: skip
