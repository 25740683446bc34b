"""From filled frames to contacts: each mention is a new contact, more of a known one, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rozmova.contacts import dates, fields, moves, status
from rozmova.contacts.dates import When, same_day
from rozmova.contacts.draft import Draft, Parties, merge, refers, same
from rozmova.contacts.fields import Said
from rozmova.contacts.filled import Filled, fits
from rozmova.contacts.frames import NO_CONTACT, NOUN, Slot
from rozmova.contacts.journeys import Journey, journey
from rozmova.contacts.match import fill
from rozmova.contacts.parties import Cast, casts, official
from rozmova.contacts.view import View
from rozmova.names.actors import slug
from rozmova.names.groups import Group
from rozmova.names.identity import Actor, state_actor
from rozmova.text.analysis import Analysis
from rozmova.text.morph import CONDITIONAL
from rozmova.times.edtf import Span
from rozmova.times.operations import PAST

_DISTINCT_REACH = 4
_GAME_REACH = 3
_ONGOING_REACH = 3


class Assembler:
    """Puts together the contacts of one article; create one per article.

    ``published`` are the possible days of publication, ``speaker`` whoever says "I" in the article, if known.
    """

    def __init__(
        self, analysis: Analysis, views: Sequence[View], published: tuple[Span, ...], speaker: Actor | None,
        spoken: Sequence[tuple[int, int, Actor]] = (),
    ) -> None:  # fmt: skip
        self.spoken = spoken
        self.analysis, self.views, self.published, self.speaker = analysis, views, published, speaker
        self.drafts: list[Draft] = []
        self.waiting: list[Draft] = []
        self.mentioned: list[Draft] = []
        self.topic: Actor | None = None
        self.journey: Journey | None = None
        self.heading: Filled | None = None

    def read(self) -> tuple[Draft, ...]:
        """All contacts of the article in the order in which it first speaks of them."""
        for view in self.views:
            if self.heading is not None and self._line(view):
                continue
            mentions = list(fill(view))
            if not mentions:
                self._continue(view)
                self._more_of_last(view)
            for filled in mentions:
                if filled.frame.family == NO_CONTACT:
                    continue
                if filled.frame.form == "visit" and filled.frame.type != NOUN:
                    self.journey = journey(filled, self.topic, self.published) or self.journey
                if not filled.lacks and not _never_happened(filled):
                    for cast in casts(filled, self._pair, self._dropped, self._i):
                        draft = self._draft(filled, cast)
                        occasion = draft.dates or draft.place or draft.duration or not _goes_on(filled, draft)
                        if occasion and not self._game(view, draft):
                            self._place(filled, draft)
            open_list = view.listed is None and self.analysis.tokens[view.end - 1].text == ":"
            self.heading = mentions[-1] if open_list and mentions else None
            self._remember(view)
        for draft in self.waiting:
            self._attach(draft, self.drafts)
        for draft in self.drafts:
            draft.drop_told_bodies()
        return tuple(d for d in self.drafts if d.counts())

    # one mention

    def _draft(self, filled: Filled, cast: Cast) -> Draft:
        """A mention with its fields."""
        parties = _speak_for(cast.parties)
        said = status.status(filled)
        date, to_come = self._date(filled, said)
        moved = moves.move(filled, said, self.published)
        if moved is not None:
            said = moved.status or said
            other = moved.status is not None and bool(moved.old or moved.new)
            date = moved.new if other or (date and moved.old and date.first == moved.old.first) else date
        first, end = filled.reach()
        view = filled.view
        channel, where = fields.channel(filled), fields.place(filled, parties.keys())
        if channel.value == "unspecified" and where:
            channel = Said("in_person", where.first, where.end, "talks at a place")
        draft = Draft(
            parties, filled.frame.form, filled.frame.family, said or to_come, channel, [date] if date else [],
            where, fields.duration(filled), fields.initiator(filled),
            [(first, end, filled.frame.name, ("contact", "parties"))],
            view.cue("distinct", max(view.first, filled.first - _DISTINCT_REACH), filled.first) is not None,
            cast.open_to, view.cue("previous", view.first, filled.end) is not None,
            moved=moved is not None and moved.done, moved_from=moved.old if moved is not None else None,
            once=moved is None and _told_as_past(filled, said),
        )  # fmt: skip
        if draft.once and date:
            draft.planned_for = moves.earlier(date.value.timex, None, self.published)
        if filled.frame.collective and len(parties) == 1:
            _add_leaders(draft)
        _add_initiator(filled, draft)
        self._add_listener(filled, draft)
        if self.journey is not None:
            self.journey.lend(draft, view.index)
        return draft

    def _date(self, filled: Filled, said: Said[str] | None) -> tuple[Said[When] | None, Said[str] | None]:
        """The date of a mention, and "planned" when no word says so but the day is still to come.

        The present tense is read both ways: "travels to Berlin on Thursday" looks ahead when Thursday is ahead.
        """
        ahead = said is not None and said.value != "held"
        present = said is None and filled.view.tense(filled.governor) == "Pres"
        proposed = said is not None and said.value == "proposed"
        date = dates.date(filled, ahead or present, self.published, proposed)
        last = max((s.last for s in self.published), default=None)
        if date and date.value.spans and last and said is None and all(s.first > last for s in date.value.spans):
            return date, Said("planned", date.first, date.end, "a day still to come")
        if present:
            date = dates.date(filled, False, self.published)
            if date and date.value.spans and last and all(s.last <= last for s in date.value.spans):
                return date, Said("held", date.first, date.end, "a day that has come")
        return date, None

    def _place(self, filled: Filled, draft: Draft) -> None:
        """Decide what a mention is: a contact, more of one, or a reference that waits for its contact."""
        if draft.counts() or (draft.open_to and draft.parties):
            self._add(draft)
        elif draft.distinct:
            self._another_day(draft)
        elif filled.frame.type == NOUN or any(n.mention.kind == "pair" for n, _, _ in filled.parties):
            occurs = filled.view.is_cue(filled.governor, "occur")
            off = draft.status is not None and draft.status.value in ("cancelled", "declined")
            if not occurs and not off and not draft.moved and filled.frame.type == NOUN:
                draft.status = None
            if not self._attach(draft, self.drafts[::-1]) and not (occurs and self._another_day(draft)):
                self.waiting.append(draft)

    def _add(self, draft: Draft) -> None:
        known = next((d for d in reversed(self.drafts) if same(d, draft)), None)
        if draft.previous:
            spoken_of = (d for d in reversed(self.mentioned) if d is not known and d.ids == draft.ids)
            draft.before = next(spoken_of, None)
        if known:
            merge(known, draft, parties=True)
        else:
            self.drafts.append(draft)
        self.mentioned.append(known or draft)

    def _attach(self, draft: Draft, known: Sequence[Draft]) -> bool:
        fitting = [d for d in known if refers(d, draft)]
        date = draft.date  # "the Thursday call" is the one that was said to be on Thursday, not the last one told
        same = [d for d in fitting if date and any(same_day(said.value, date.value) for said in d.dates)]
        found = next(iter(same or fitting), None)
        if found:
            merge(found, draft, parties=False)
        return found is not None

    def _another_day(self, draft: Draft) -> bool:
        """ "попередня розмова відбулася 7 грудня": another contact of the two spoken of."""
        actors = self._last_two("") if draft.date and not draft.parties else []
        if actors:
            draft.parties = {a.id: (a, "participant") for a in actors}
            self._add(draft)
        return bool(actors)

    def _add_listener(self, filled: Filled, draft: Draft) -> None:
        """A letter of which somebody is told to speak came to his side: "a note of the Poles came first", X said."""
        who = self._i(filled.first) if draft.family in ("letter", "reply") and len(draft.sides) == 1 else None
        if who is not None and who.affiliation and who.affiliation not in draft.sides:
            actor = state_actor(who.affiliation, "the side of whoever tells of it")
            draft.parties.setdefault(actor.id, (actor, "addressee"))

    def _game(self, view: View, draft: Draft) -> bool:
        """States that meet where matches are spoken of are teams."""
        states = all(actor.kind == "state" for actor, _ in draft.parties.values())
        near = self.views[max(0, view.index - _GAME_REACH) : view.index + _GAME_REACH + 1] if states else ()
        return any(v.cue("games", v.first, v.end) for v in (*near, *(self.views[:1] if states else ())))

    # what earlier and later sentences lend

    def _continue(self, view: View) -> None:
        """A sentence without a verb goes on with a list left open: "... з партнерами. Зокрема, з Шольцом, Макроном"."""
        draft = next((d for d in reversed(self.drafts) if d.open_to), None)
        if draft is None or not view.groups or any(c.verb is not None for c in view.clauses):
            return
        group = view.groups[0]
        if group.preposition not in (draft.open_to or ()) or group.first - view.first > _DISTINCT_REACH:
            return
        for named in group.members:
            if named.actor and official(named.actor):
                draft.parties.setdefault(named.actor.id, (named.actor, "participant"))
        draft.spans.append((group.first, group.end, "a list goes on", ("parties",)))

    def _more_of_last(self, view: View) -> None:
        """A sentence that names no contact may tell more of the last one: "It took place at the request of Paris"."""
        last = self.mentioned[-1] if self.mentioned else None
        if last is None or not any(self.views[view.index - 1].first <= a < view.first for a, *_ in last.spans):
            return
        wishes = (fields.wished(view, c) for c in view.cues if c.payload.field == "initiator")
        wish = next((w for w in wishes if w is not None and w.value in last.sides), None)
        last.initiator = last.initiator or wish
        self._moved_last(view, last)
        occurs = any(view.is_cue(verb, "occur") for verb in view.verbs)
        last.duration = last.duration or (fields.lasting(view) if occurs else None)

    def _moved_last(self, view: View, last: Draft) -> None:
        """ "It was moved to 19 May": a plan spoken of one sentence before."""
        told = moves.told_apart(view, self.published)
        if told is not None and last.status is not None and last.status.value == "planned" and told.new is not None:
            spans: list[tuple[int, int, str, tuple[str, ...]]] = [
                (told.new.first, told.new.end, moves.MOVED, ("contact",))
            ]
            draft = Draft(last.parties, last.form, last.family, told.status, dates=[told.new], spans=spans, moved=True)
            if same(last, draft):
                merge(last, draft, parties=False)

    def _line(self, view: View) -> bool:
        """A line of a list under a colon, one counterpart each: "He met in Geneva: - with X (gas); - with Y (oil)"."""
        head = self.heading
        slots = [s for s in head.frame.slots if s.fills == "party" and s.prepositions] if head is not None else []
        group = next((g for g in view.groups if g.first - view.first <= _DISTINCT_REACH), None)
        slot = next((s for s in slots if group is not None and (fits(s, group) or _hangs(s, head, group))), None)
        if head is None or group is None or slot is None:
            self.heading = None
            return False
        line = replace(head, view=view, first=group.first, end=group.end, slots=[(slot, group)], governor=None)
        for cast in casts(replace(head, slots=[(slot, group)]), self._pair, self._dropped, self._i):
            draft = self._draft(head, cast)
            dated = dates.date(line, False, self.published)
            draft.dates = [dated] if dated else draft.dates
            draft.duration = fields.duration(line) or draft.duration
            draft.spans.append((group.first, group.end, head.frame.name, ("contact", "parties")))
            self._place(head, draft)
        return True

    def _remember(self, view: View) -> None:
        """Keep the last person in subject position."""
        for group in view.groups:
            actor = group.members[0].actor
            if not group.preposition and actor and actor.kind == "person" and (not group.cases or "Nom" in group.cases):
                self.topic = actor

    def _dropped(self, filled: Filled) -> Actor | None:
        """Who acts in a sentence without a subject: the speaker of the article, else the person spoken of."""
        own = self._says_i(filled)
        if own is not None:
            return own
        carried = filled.view.is_cue(filled.governor, "carry") or filled.view.adjunct(filled.first) is not None
        itself = filled.frame.type == NOUN and not carried
        return self.speaker or (None if itself else self.topic)

    def _says_i(self, filled: Filled) -> Actor | None:
        """Whose quotation a verb in the first person stands in: "We met today", X wrote."""
        verb = filled.first if filled.governor is None else filled.governor
        token = filled.view.analysis.tokens[verb]
        # a past without person ("говорив") is the speaker's own where nobody else is its subject
        first = any(m.person in ("1", "") for m in token.morphs[:1]) and token.verb() is not None
        return self._i(verb) if first else None

    def _i(self, at: int) -> Actor | None:
        """Whom "I" at a token of a quotation means."""
        return next((who for a, b, who in self.spoken if a <= at < b), None)

    def _pair(self, filled: Filled, level: str) -> list[Actor]:
        """ "обидва президенти": the two of the last contact of that level, else the last or next two named together."""
        actors = self._last_two(level)
        if actors:
            return actors
        here = filled.view.index
        for view in [*reversed(self.views[: here + 1]), *self.views[here + 1 :]]:
            for group in view.groups:
                actors = [n.actor for n in group.members if n.actor and n.actor.kind == "person"]
                if len({a.affiliation for a in actors}) > 1 and all(not level or a.level == level for a in actors):
                    return actors
        return []

    def _last_two(self, level: str) -> list[Actor]:
        for draft in reversed(self.drafts):
            actors = [a for a, _ in draft.parties.values() if a.kind == "person"]
            if len(actors) > 1 and all(not level or a.level == level for a in actors):
                return actors
        return []


def _speak_for(taking: Sequence[tuple[Actor, str]]) -> Parties:
    """Each actor once; a person speaks for the state named beside them and takes over its part."""
    named = {actor.affiliation for actor, _ in taking if actor.kind == "person"}
    states = {
        a.affiliation: part for a, part in taking if a.kind in ("state", "organisation") and a.affiliation in named
    }
    found: Parties = {}
    for actor, part in taking:
        if actor.kind in ("state", "organisation") and actor.affiliation in named:
            continue
        own = states.get(actor.affiliation, part) if part == "participant" else part
        found.setdefault(actor.id, (actor, own))
    return found


def _told_as_past(filled: Filled, said: Said[str] | None) -> bool:
    """A plan of the past: "were to meet", "мала відбутися"."""
    view = filled.view
    if said is None or said.value != "planned":
        return False
    once = any(c.payload.field == "once_planned" and c.first <= filled.first < c.end for c in view.cues)
    return once or any(view.tense_of(i) == PAST for i in range(said.first, said.end))


def _never_happened(filled: Filled) -> bool:
    """A negation, unless it is part of a refusal or cancellation, which are contacts with that status."""
    would = filled.view.tense(filled.governor) == CONDITIONAL
    if not would and not status.negated(filled):
        return False
    said = status.status(filled)
    if would:
        return said is None
    return said is None or said.value not in ("cancelled", "declined")


def _hangs(slot: Slot, head: Filled | None, group: Group) -> bool:
    """The preposition may stand before the colon: "widział się kolejno z:"."""
    if head is None or group.preposition:
        return False
    before = head.view.analysis.tokens[head.view.end - 2]
    return before.low in slot.prepositions and (not group.cases or bool(slot.cases & group.cases))


def _goes_on(filled: Filled, draft: Draft) -> bool:
    """Talks that are only said to go on ("are in talks", "keep in touch") are no occasion, unless a day or place is.

    What states are said to hold goes on ("ведут переговоры"), what two people hold is an occasion.
    """
    view = filled.view
    people = all(actor.kind in ("person", "office") and not actor.many for actor, _ in draft.parties.values())
    if people and view.is_cue(filled.governor, "ongoing") and not view.is_cue(filled.governor, "lasting"):
        return False
    near = range(max(view.first, filled.first - _ONGOING_REACH), min(view.end, filled.end + _ONGOING_REACH))
    near_by = (i for i in near if view.clause(i) == view.clause(filled.first))
    return view.is_cue(filled.governor, "ongoing") or any(view.is_cue(i, "lasting") for i in near_by)


def _add_initiator(filled: Filled, draft: Draft) -> None:
    """Whoever asked for it takes part where nobody else is the other side: "at India's request talks with Pakistan"."""
    wish = draft.initiator.value if draft.initiator is not None else None
    alone = len(draft.sides) == 1 and not draft.counts()
    if wish is None or filled.subject is not None or not alone or wish in draft.sides:
        return
    actor = state_actor(wish, "at whose wish it came about")
    draft.parties.setdefault(actor.id, (actor, "participant"))


def _add_leaders(draft: Draft) -> None:
    """A sitting of a body is one of its leaders: "саміт НАТО"."""
    ((actor, _),) = draft.parties.values()
    if actor.kind == "organisation":
        id = slug(f"Leader of {actor.label}")  # as "EU leaders" are called elsewhere in the article
        leaders = Actor(id, f"Leaders of {actor.label}", "office", actor.affiliation, why="a summit is of leaders")
        draft.parties[leaders.id] = (leaders, "participant")
