"""A contact while its article is being read, and whether a further mention speaks of the same one."""

from __future__ import annotations

from dataclasses import dataclass, field

from rozmova.contacts.dates import When, clash, same_day
from rozmova.contacts.fields import Said
from rozmova.contacts.moves import FROM
from rozmova.names.identity import Actor, members_of

Ids = frozenset[str]
Parties = dict[str, tuple[Actor, str]]
"""Actor id -> the actor and its part in the contact."""

_SPECIFIC = frozenset({"summit", "visit", "multilateral meeting", "video conference"})
"""Forms whose words do not stand for just any talk or meeting."""


@dataclass(slots=True, eq=False)
class Draft:
    """Parties by id, and every field with the words that say it.

    ``dates`` are all words that date it, ``spans`` token ranges with the rule that read them and the fields they
    support; ``distinct`` says that a word such as "second" tells this contact from the one spoken of, ``previous`` that
    it is the last one of its parties ``before`` that; ``open_to`` holds the prepositions of a slot whose filler is not
    named ("with partners") and may be told later. ``moved`` says that it was moved to another date, ``moved_from`` from
    which one; ``once`` that a plan of the past is told ("were to meet"), ``planned_for`` which day that was.
    """

    parties: Parties
    form: str
    family: str
    status: Said[str] | None = None
    channel: Said[str] | None = None
    dates: list[Said[When]] = field(default_factory=list)
    place: Said[Actor] | None = None
    duration: Said[tuple[float, str | None]] | None = None
    initiator: Said[str] | None = None
    spans: list[tuple[int, int, str, tuple[str, ...]]] = field(default_factory=list)
    distinct: bool = False
    open_to: frozenset[str] | None = None
    previous: bool = False
    before: Draft | None = None
    moved: bool = False
    moved_from: Said[When] | None = None
    once: bool = False
    planned_for: Said[When] | None = None

    @property
    def date(self) -> Said[When] | None:
        """The most exact of its dates, the first of several; words whose day cannot be told only when no others are."""
        return min(self.dates, key=lambda said: said.value.width, default=None)

    @property
    def ids(self) -> Ids:
        """Identifiers of the parties."""
        return frozenset(self.parties)

    @property
    def sides(self) -> frozenset[str | None]:
        """Affiliations of the parties."""
        return frozenset(actor.affiliation for actor, _ in self.parties.values() if actor.affiliation)

    @property
    def senders(self) -> frozenset[str | None]:
        """The affiliations of whoever sends, in letters and documents."""
        return frozenset(actor.affiliation for actor, part in self.parties.values() if part == "sender")

    def counts(self) -> bool:
        """True for a contact: two sides at least, or one sitting of a body whose members are several states."""
        kinds = {actor.kind for actor, _ in self.parties.values()}
        sitting = len(self.parties) > 1 and kinds == {"organisation", "office"}
        among = self.family != "letter" and any(actor.many for actor, _ in self.parties.values())
        return len(self.sides) > 1 or sitting or among

    def drop_told_bodies(self) -> None:
        """Leave out a body, or "its leaders", where the parties are all of its members by name: the Quad's four."""
        people = {actor.affiliation for actor, _ in self.parties.values() if _names_one(actor)}
        self.parties = {
            key: (actor, part) for key, (actor, part) in self.parties.items()
            if not members_of(actor.affiliation) or not members_of(actor.affiliation) <= people
        }  # fmt: skip

    def on(self, side: str | None) -> Parties:
        """The parties of one affiliation."""
        return {key: value for key, value in self.parties.items() if value[0].affiliation == side}


def _names_one(actor: Actor) -> bool:
    return actor.kind == "person" or (actor.kind == "office" and not actor.many)


def akin(one: Draft, other: Draft) -> bool:
    """Talks and meetings may be one contact; a letter, its answer and an encounter never are.

    What one sender hands over is one thing, whether a sentence calls it a letter or an answer.
    """
    families = {one.family, other.family}
    if families == {"letter", "reply"}:
        return bool(one.senders & other.senders)
    return len(families) == 1 or families == {"talk", "meeting"}


def compatible(one: Draft, other: Draft) -> bool:
    """Nothing speaks against one contact: dates meet, channels do not differ, none is done while the other is not."""
    if one.date and other.date:
        if clash(one.date.value, other.date.value) and not _moved_on(one, other):
            return False
        if any(a in other.date.value.spans and a.grain == "day" for a in one.date.value.spans):
            return not _off(one) and not _off(other)
    if other.moved and not _held(other) and _held(one) and not (one.date and other.date):
        return False  # what took place is not what is then moved
    channels = {said.value for said in (one.channel, other.channel) if said} - {"unspecified"}
    if len(channels) > 1:
        return False
    if one.status and other.status and not (one.status.weak or other.status.weak):
        return (one.status.value == "held") == (other.status.value == "held")
    return True


def _moved_on(known: Draft, draft: Draft) -> bool:
    """One was moved, and the other still has it on the earlier date, or tells the plan that it had been."""
    if known.moved == draft.moved:
        return False
    moved, other = (known, draft) if known.moved else (draft, known)
    if moved.moved_from is not None and other.date is not None:
        return not clash(moved.moved_from.value, other.date.value)
    planned = other.status is not None and other.status.value == "planned"
    return other.once or (planned and moved is draft)


def _held(draft: Draft) -> bool:
    return draft.status is not None and draft.status.value == "held"


def _off(draft: Draft) -> bool:
    return draft.status is not None and draft.status.value in ("cancelled", "declined")


def same(known: Draft, draft: Draft) -> bool:
    """True when a mention with parties of its own speaks of a contact already known."""
    if not akin(known, draft):
        return False
    if draft.open_to and not known.open_to:
        return False  # "with partners" are others than those named before
    shared = bool(draft.ids & known.ids) and bool(known.open_to)
    if not (draft.ids <= known.ids or known.ids <= draft.ids or shared or _covers(known, draft)):
        return False
    if draft.distinct and not (draft.date and known.date and same_day(draft.date.value, known.date.value)):
        # "the previous talks" once more: those that were told apart before
        return known.distinct and draft.date is None and compatible(known, draft)
    return compatible(known, draft)


def refers(known: Draft, draft: Draft) -> bool:
    """True when a mention that names fewer than two sides may point to a known contact, and adds something to it."""
    if not (akin(known, draft) and compatible(known, draft)):
        return False
    if not (draft.ids <= known.ids or draft.sides <= known.sides):
        return False
    if draft.parties:
        return True
    if draft.form in _SPECIFIC and draft.form != known.form:
        return False
    return any((draft.status, draft.date, draft.duration, draft.initiator, draft.place))


def merge(known: Draft, draft: Draft, *, parties: bool) -> None:
    """Take over into ``known`` what ``draft`` adds; ``parties`` says whether it may add parties.

    A person takes the place of the state that stands for them on the same side.
    """
    if parties:
        for side in sorted(draft.sides, key=str):
            one, other = known.on(side), draft.on(side)
            if _has_person(one) and not _has_person(other):
                continue
            if _has_person(other) and not _has_person(one):
                known.parties = {k: v for k, v in known.parties.items() if k not in one}
            known.parties.update({k: v for k, v in other.items() if k not in known.parties})
    if draft.form == "summit" and known.form == "meeting":
        known.form = draft.form  # the meeting spoken of is a summit
    called_off = _off(draft) and known.status is not None and known.status.value in ("planned", "proposed")
    if known.moved or draft.moved:
        _merge_move(known, draft)
    elif known.status is None or called_off or (known.status.weak and draft.status is not None):
        known.status = draft.status
    if known.channel is None or known.channel.value == "unspecified":
        known.channel = draft.channel
    if not (known.moved or draft.moved):
        known.dates += draft.dates
    known.place = known.place or draft.place
    known.duration = known.duration or draft.duration
    known.initiator = known.initiator or draft.initiator
    known.before = known.before or draft.before
    known.previous = known.previous or draft.previous
    known.spans += draft.spans if parties else [(a, b, rule, ("contact",)) for a, b, rule, _ in draft.spans]


def _merge_move(known: Draft, draft: Draft) -> None:
    """Two mentions of a contact that was moved: of two dates the earlier plan's is what it was moved from.

    A move without any date is that of a plan told as one of the past ("were to meet on 12 May, but moved the talks").
    """
    moved, other = (known, draft) if known.moved else (draft, known)
    old = moved.moved_from or other.moved_from
    if old is None and not other.moved and other.date and (moved.date or other.once):
        apart = moved.date is None or clash(moved.date.value, other.date.value)
        day = Said(other.date.value, other.date.first, other.date.end, FROM)
        known_day = (
            other.planned_for if other.planned_for and (other.planned_for.value.spans or not moved.date) else day
        )
        old = known_day if apart else None
    if draft.status is not None and not _held(known) and (known.status is None or draft.moved or _held(draft)):
        known.status = draft.status
    dates = [*known.dates, *draft.dates]
    known.dates = [d for d in dates if old is None or _is_another(d.value, old.value)]
    known.moved, known.moved_from = True, old


def _is_another(date: When, old: When) -> bool:
    """No words of the earlier date: another day, or a wider time around it."""
    return date.timex is not old.timex and (clash(date, old) or date.width > old.width)


def _covers(known: Draft, draft: Draft) -> bool:
    """One names people where the other names their states or offices, on each side."""
    if known.sides != draft.sides or len(known.sides) < 2:
        return False
    for side in known.sides:
        one, other = known.on(side), draft.on(side)
        if one.keys() != other.keys() and not (_stands_for(one, other) or _stands_for(other, one)):
            return False
    return True


def _stands_for(one: Parties, other: Parties) -> bool:
    """A state or body stands for whoever speaks for it; an office for a person of that office."""
    levels = {actor.level for actor, _ in other.values()}
    return all(
        a.kind in ("state", "organisation") or (a.kind == "office" and a.level in levels) for a, _ in one.values()
    )


def _has_person(parties: Parties) -> bool:
    return any(actor.kind == "person" for actor, _ in parties.values())
