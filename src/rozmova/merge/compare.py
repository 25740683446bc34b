"""May two accounts speak of one contact? A table of small features, each with its own say, and what follows from them.

Every feature is a function of two accounts that gives :data:`FOR`, :data:`SILENT` or :data:`AGAINST`; it does not
matter which account comes first. One feature against is enough to keep two accounts apart. Dates are the backbone:
people who talk every week are told apart by nothing else, so an account without a date joins only what was near its
publication.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import cache, lru_cache

from rozmova.languages import loader
from rozmova.merge.accounts import PENDING, Side, Told
from rozmova.merge.moves import moved
from rozmova.merge.timing import LAG, distance, furthest
from rozmova.merge.values import minutes_meet
from rozmova.records import Party, Place

AGAINST, SILENT, FOR = -1, 0, 1

OFF = frozenset({"cancelled", "declined"})
"""Statuses of a contact that was not to be."""
_MONTH = 31
"""The longest time for which a plan and what came of it may be told apart from others by their people alone."""
_SAME_TALK = timedelta(hours=2)
"""Two moments this near are of one contact: one source tells when it began, another when it ended."""
_ROUNDED = 1.5
"""Lengths that differ by no more than this factor are no reason to think of two contacts."""
NARROW = 7
"""Two vague dates need something else to speak for one contact unless one of them is a week or less."""
_SMALLEST_GROUP = 3
"""An account may leave out sides of a group, but two are a contact of their own, not a part of a larger one."""


def article(a: Told, b: Told) -> int:
    """One article tells of a contact once: what it keeps apart stays apart."""
    return AGAINST if a.account.article == b.account.article else SILENT


def parties(a: Told, b: Told) -> int:
    """The same sides, and on each the same people; SILENT where one account names only the state or the office."""
    one, other = a.sides, b.sides
    if one.keys() == other.keys():
        return _people(one, other) if one else AGAINST
    return min(SILENT, _people(one, other)) if _some_left_out(a, b) and _sure_of_a_day(a, b) else AGAINST


def part_of_group(a: Told, b: Told) -> bool:
    """Whether only a day is missing to take one account for a report of the other's group that leaves some out."""
    return a.sides.keys() != b.sides.keys() and _some_left_out(a, b) and _people(a.sides, b.sides) != AGAINST


def parts_of_group(a: Told, b: Told, whole: Told) -> bool:
    """Whether each of the two leaves out other sides of the group that a third account tells in full."""
    large = min(len(a.sides), len(b.sides)) >= _SMALLEST_GROUP
    return large and part_of_group(a, whole) and part_of_group(b, whole) and _people(a.sides, b.sides) != AGAINST


def _people(one: Mapping[str, Side], other: Mapping[str, Side]) -> int:
    """The same people on every side that both accounts have."""
    said = FOR
    for name, here in one.items():
        if name in other and (found := _side(here, other[name], _body(name))) < said:
            said = found
            if said == AGAINST:
                break
    return said


def _some_left_out(a: Told, b: Told) -> bool:
    """Whether one account tells of the same group without some sides, or of the same talks without their host."""
    smaller, larger = (a, b) if len(a.sides) <= len(b.sides) else (b, a)
    if len(smaller.sides) < 2 or not smaller.sides.keys() <= larger.sides.keys():
        return False
    return len(smaller.sides) >= _SMALLEST_GROUP or all(
        _only_hosts(larger.sides[name], name, a, b) for name in larger.sides.keys() - smaller.sides.keys()
    )


def _only_hosts(side: Side, name: str, a: Told, b: Told) -> bool:
    """Whether the side may be there because it brought the others together: a mediator, or the host of their talks."""
    parts = {party.part for party in (*side.people, *side.offices, *side.bodies)}
    if parts == {"mediator"}:
        return True
    where = a.account.contact.place or b.account.contact.place
    return place(a, b) == FOR and (parts == {"host"} or (where is not None and where.state == name))


def _sure_of_a_day(a: Told, b: Told) -> bool:
    return dates(a, b) == FOR or (dates(a, b) == SILENT and bool(a.exact or b.exact))


@cache
def _body(affiliation: str) -> bool:
    """Whether people stand for a body rather than a state: the heads of its parts are peers."""
    return affiliation not in loader.table(loader.SHARED, "states")


@lru_cache(2**16)
def _side(a: Side, b: Side, body: bool) -> int:
    if body and {p.id for p in a.people} & {p.id for p in b.people}:
        return FOR
    if a.people and b.people:
        largest = max(len(a.people), len(b.people))
        leads = [side.people[0] for side in (a, b) if len(side.people) == largest]
        # Ministers beside two presidents are no reason to take a talk of the ministers for that of the presidents.
        return FOR if any(p.id in a.ids and p.id in b.ids for p in leads) else AGAINST
    if a.people or b.people:
        named, other = (a, b) if a.people else (b, a)
        return max((_holds(p, o) for p in named.people for o in other.offices), default=SILENT)
    if a.ids & b.ids:
        return FOR
    return SILENT if a.bodies or b.bodies else AGAINST


def _holds(person: Party, office: Party) -> int:
    """Whether the person may be the holder of the office, as far as both are known."""
    if not person.role or not office.role:
        return SILENT
    a, b = _level(person.role), _level(office.role)
    if a == b:
        return FOR
    known = _levels().values()
    return AGAINST if a in known and b in known and "ministry" not in (a, b) else SILENT


@cache
def _levels() -> dict[str, str]:
    table = loader.table(loader.SHARED, "offices")
    return {str(entry["label"]).casefold(): str(entry.get("level", "")) for entry in table.values()}


def _level(role: str) -> str:
    return _levels().get(role.casefold(), role.casefold())


def dates(a: Told, b: Told) -> int:
    """FOR: the same day; AGAINST: no day in common, or too far from what an account without a date may mean.

    Two moments are compared as such, whatever day it was where they were told. A day from which the other account says
    the contact was moved is no other contact's day.
    """
    if (a.moved or b.moved) and moved(a, b):
        return SILENT
    if a.instant and b.instant:
        return FOR if abs(a.instant - b.instant) <= _SAME_TALK else AGAINST
    if a.days and b.days:
        if a.exact and a.exact == b.exact:
            return FOR
        if _day_elsewhere(a, b) or _day_elsewhere(b, a):
            return SILENT
        meet = any(x.first <= y.last and y.first <= x.last for x in a.days for y in b.days)
        return SILENT if meet else AGAINST
    near = distance(a, b)
    return SILENT if near is not None and near <= furthest(a, b) else AGAINST


def _day_elsewhere(a: Told, b: Told) -> bool:
    """A moment of one account was the other's day in UTC, and the day before or after where it was told."""
    return a.instant is not None and b.instant is None and a.instant.astimezone(UTC).date() == b.exact


def same_day(a: Told, b: Told) -> bool:
    """Whether both accounts are sure of the same day; then they may dispute much without being of two contacts."""
    return dates(a, b) == FOR


def channel(a: Told, b: Told) -> int:
    """The same channel; phone and video of what may be one day are a disagreement, other channels two contacts."""
    one, other = sorted((a.account.contact.channel, b.account.contact.channel))
    if one == other:
        return FOR if one != "unspecified" else SILENT
    if "unspecified" in (one, other):
        return AGAINST if "letter" in (one, other) else SILENT
    day = same_day(a, b) or (bool(a.exact or b.exact) and dates(a, b) == SILENT)
    return SILENT if (one, other) == ("phone", "video") and day else AGAINST


def status(a: Told, b: Told) -> int:
    """A contact that took place was not called off, unless it was moved; accounts of the very same day may disagree."""
    one, other = a.account.contact.status, b.account.contact.status
    called_off = (one == "held" and other in OFF) or (other == "held" and one in OFF)
    return AGAINST if called_off and not same_day(a, b) and not moved(a, b) else SILENT


def initiator(a: Told, b: Told) -> int:
    """Who began. For a letter it decides: a letter and the answer to it go opposite ways, and it has one answer."""
    letters = a.account.contact.channel == b.account.contact.channel == "letter"
    if a.initiator and b.initiator:
        return FOR if a.initiator == b.initiator else AGAINST if letters else SILENT
    if not letters:
        return SILENT
    answers = {t.account.contact.form == "reply" for t in (a, b)}
    return AGAINST if len(answers) > 1 else FOR if True in answers else SILENT


def place(a: Told, b: Told) -> int:
    """The same place, or a town and its state. Other places speak against, unless the day is the same."""
    one, other = a.account.contact.place, b.account.contact.place
    if one is None or other is None or one.state is None or other.state is None:
        return FOR if one and other and one.id == other.id else SILENT
    if one.id == other.id or (one.state == other.state and (is_state(one) or is_state(other))):
        return FOR
    return SILENT if same_day(a, b) else AGAINST


def is_state(place: Place) -> bool:
    """Whether the place is a whole state."""
    return bool(place.id == loader.table(loader.SHARED, "states").get(place.state, {}).get("qid"))


def duration(a: Told, b: Told) -> int:
    """The same length as far as the words go ("over two hours", 125 minutes); lengths not far apart may be rounded."""
    one, other = a.account.contact, b.account.contact
    if one.duration_minutes is None or other.duration_minutes is None:
        return SILENT
    if minutes_meet(one, other):
        return FOR
    shorter, longer = sorted((one.duration_minutes, other.duration_minutes))
    return SILENT if same_day(a, b) or longer <= _ROUNDED * shorter else AGAINST


FEATURES: dict[str, Callable[[Told, Told], int]] = {
    f.__name__: f for f in (article, parties, dates, channel, status, initiator, place, duration)
}
"""The table, in the order in which it is asked."""
_SUPPORT = ("initiator", "place", "duration")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the features say of two accounts; ``same``: enough speaks for one contact.

    The table ends at the first feature against, unless it is the channel: accounts of one contact may disagree on that,
    and :mod:`rozmova.merge.cluster` has to know whether anything else stands in the way.
    """

    said: dict[str, int]
    same: bool

    @property
    def apart(self) -> bool:
        """Whether something speaks against one contact."""
        return AGAINST in self.said.values()

    @property
    def only_channel(self) -> bool:
        """Whether the channel is all that speaks against it."""
        return [name for name, said in self.said.items() if said == AGAINST] == ["channel"]

    @property
    def only_status(self) -> bool:
        """Whether the status is all that has been found to speak against it."""
        return self.said.get("status") == AGAINST != self.said["channel"]

    @property
    def score(self) -> int:
        """How many features speak for it."""
        return sum(self.said.values())


def compare(a: Told, b: Told) -> Comparison:
    """Ask the table. Accounts that are not apart and not the same may be one contact if a third ties them."""
    said: dict[str, int] = {}
    for name, feature in FEATURES.items():
        said[name] = feature(a, b)
        if said[name] == AGAINST and feature is not channel:
            return Comparison(said, False)
    if said["channel"] == AGAINST:
        return Comparison(said, False)
    support = any(said[name] == FOR for name in _SUPPORT)
    group = min(len(a.sides), len(b.sides)) >= _SMALLEST_GROUP
    support = support or (group and said["channel"] == FOR)
    same = said["parties"] == FOR or said["channel"] == FOR or (group and said["dates"] == FOR)
    if (a.moved or b.moved) and moved(a, b):
        return Comparison(said, same)
    if not a.days or not b.days:
        named = said["parties"] == FOR and any(side.people for side in a.sides.values())
        near = distance(a, b)
        same = same and (named or support) and near is not None and near <= furthest(a, b, support)
        same = same and max(a.width, b.width) <= LAG.days
    elif not a.exact and not b.exact:
        same = same and (support or min(a.width, b.width) <= NARROW or _came_about(a, b, said))
    return Comparison(said, same)


def _came_about(a: Told, b: Told, said: Mapping[str, int]) -> bool:
    """A meeting planned for a month, and one of the same people held in it: leaders who met did as they had planned."""
    statuses = {t.account.contact.status for t in (a, b)}
    together = a.account.contact.channel == "in_person" and said["channel"] == said["parties"] == FOR
    return "held" in statuses and bool(statuses & PENDING) and together and max(a.width, b.width) <= _MONTH
