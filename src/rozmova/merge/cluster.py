"""From accounts to contacts: each account joins the contact it fits, the surest accounts first.

The order is fixed by the accounts themselves: those sure of a day, then vague dates, then none at all. So the vague
ones find the contacts already told apart, and no order of the input changes the result. An account joins a contact when
nothing speaks against any account there (see :mod:`rozmova.merge.compare`) and enough speaks for one of them. An
account without an exact day that fits two contacts equally well joins the one it was published nearer to, or neither
and stays a contact of its own: a wrong merge hides a contact, and one too many can be seen. What speaks against one
account of a contact alone is forgiven where the rest of the contact tells why: it gave a date from which the contact
was moved, or called off what was on again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from rozmova.merge.accounts import PENDING, Told, in_time
from rozmova.merge.compare import (
    AGAINST,
    NARROW,
    OFF,
    Comparison,
    compare,
    dates,
    part_of_group,
    parties,
    parts_of_group,
)
from rozmova.merge.judgements import Constraints
from rozmova.merge.moves import given_up
from rozmova.merge.timing import apart, distance

NOTHING = Constraints()
"""No judgement at all."""


@dataclass(slots=True)
class Cluster:
    """The accounts of one contact so far.

    ``kinds`` holds one account for each signature and group: comparing with it answers for all that are alike;
    ``movers`` are the accounts that tell of a date from which the contact was moved.
    """

    members: list[Told] = field(default_factory=list)
    kinds: list[tuple[bytes, int | None, Told]] = field(default_factory=list)
    movers: list[Told] = field(default_factory=list)

    @property
    def channel(self) -> str | None:
        """The explicit channel that more accounts give than any other."""
        said = (told.account.contact.channel for told in self.members)
        ranked = Counter(channel for channel in said if channel != "unspecified").most_common(2)
        return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None

    @property
    def day(self) -> int:
        """The ordinal of the day of which the first account is sure; 0 where it is not, or tells of another one too."""
        first = self.members[0] if self.members else None
        return first.exact.toordinal() if first and first.exact and not first.moved else 0

    @property
    def dated(self) -> list[Told]:
        """The accounts that are sure of a day."""
        return [told for told in self.members if told.exact]

    def add(self, told: Told, group: int | None = None) -> None:
        """Take an account in; ``group`` is the one a person put it into."""
        self.members.append(told)
        if all((signature, other) != (told.signature, group) for signature, other, _ in self.kinds):
            self.kinds.append((told.signature, group, told))
            if told.moved:
                self.movers.append(told)


def fit(told: Told, cluster: Cluster, judged: Constraints = NOTHING) -> int | None:
    """How much speaks for the account being of the cluster, at best.

    None when something speaks against one of its accounts or too little for any. Of accounts that a person put together
    it is enough that nothing speaks against one.
    """
    best: int | None = None
    against: set[int] = set()
    well: set[int] = set()
    for _, _, member in cluster.kinds:
        group = judged.group.get(member.key) if judged.group else None
        if group is None and plainly_apart(told, member):  # most end here, and need no comparison
            if says_nothing(told, member, cluster):
                continue
            return None
        found = compare(told, member)
        if found.only_channel and told.account.contact.channel == cluster.channel:
            continue  # one outlet has the channel wrong: that must not keep out those who agree with the others
        if _far_apart_only(told, member, found) and cluster.dated:
            continue  # two reports without a day say nothing of one another where the contact has one
        if found.only_status and _reinstated(told, member, cluster):
            continue
        if found.apart and group is None:
            return None
        if group is not None:
            (against if found.apart else well).add(group)
        if not found.apart and found.same and (best is None or found.score > best):
            best = found.score
    if best is None or not against <= well:
        return None
    article = told.account.article
    return best if all(member.account.article != article for member in cluster.members) else None


def plainly_apart(told: Told, member: Told) -> bool:
    """Other people or another time: mostly the end of it, so this is asked before the rest of the table."""
    if parties(told, member) == AGAINST:
        return True
    return bool(told.days or member.days) and dates(told, member) == AGAINST


def says_nothing(told: Told, member: Told, cluster: Cluster) -> bool:
    """Whether the two are apart for a reason that is none, as the rest of the contact shows.

    Its date was given up, and others have the new one; or each leaves out other sides of a group that is told in full;
    or only a day is missing to know that one of them leaves out a side, and the contact has one.
    """
    movers = [*cluster.movers, told] if told.moved else cluster.movers
    if movers and parties(told, member) != AGAINST:
        return given_up(told, movers) or given_up(member, movers)
    if told.sides.keys() == member.sides.keys() or dates(told, member) == AGAINST:
        return False
    if not told.exact and not member.exact and part_of_group(told, member):
        return bool(cluster.dated)
    return any(parts_of_group(told, member, whole) for _, _, whole in cluster.kinds)


def _reinstated(told: Told, member: Told, cluster: Cluster) -> bool:
    """Whether of the two, one held and one called off, the one called off was not the end of it.

    That is so when it lies between two reports of one day or week, the first of them a plan: the contact was on again
    for the time it was planned for.
    """
    off = told if told.account.contact.status in OFF else member
    if off.exact or not off.published:
        return False
    before: list[Told] = []
    after: list[Told] = []
    for other in cluster.members:
        status = other.account.contact.status
        if status in OFF or not other.published or not 0 < other.width <= NARROW:
            continue
        if off.published.last < other.published.first:
            after.append(other)
        elif status in PENDING and other.published.last < off.published.first:
            before.append(other)
    return any(dates(plan, again) != AGAINST for plan in before for again in after)


Rank = tuple[bool, bool, int, bool, int, int, int, bool, tuple[str, str, int]]
"""Place of an account in the order in which they choose; no two have the same."""


def rank(told: Told, judged: Constraints = NOTHING) -> Rank:
    """The order in which accounts choose, the surest of a day first.

    Before the rest of a day come those of articles that tell two contacts of that day and those sides (or some of them)
    apart: they must open two clusters before others fill one. Before all of them come those that tell of a move: they
    tie two days, and what either day holds already would keep out the other. Large groups come before their parts,
    names before states and offices, explicit channels before vague ones.
    """
    unnamed = sum(not side.people for side in told.sides.values())
    vague = told.width if told.days else 10**6
    free = told.key not in judged.group  # those put together by a person draw the others
    unsaid = told.account.contact.channel == "unspecified"
    size = len(told.sides)
    return not told.exact, free, vague, not told.moved, -told.siblings, -size, unnamed, unsaid, in_time(told)


def choose(told: Told, fits: list[tuple[int, int]], clusters: list[Cluster]) -> int | None:
    """Which of the clusters that it fits (score, index) an account joins; None: none of them."""
    if not fits:
        return None
    best = max(score for score, _ in fits)
    first = [number for score, number in fits if score == best]
    if len(first) == 1:
        return first[0]
    return _of_one_day(told, first, clusters) if told.exact else _nearest(told, first, clusters)


def _of_one_day(told: Told, numbers: list[int], clusters: list[Cluster]) -> int:
    """Of contacts of one day that an account fits alike the one with its topics, then the one told when it came out.

    Articles that tell of several of them say nothing of that. If both leave it open the account is most likely of the
    contact most told: on its own it would be a further contact, and draw the next such account.
    """
    in_all = Counter(article for n in numbers for article in {m.account.article for m in clusters[n].members})
    topics = {n: _topics(clusters[n].members) for n in numbers}
    shared, gaps = {}, {}
    for n in numbers:
        others = set().union(*(topics[other] for other in numbers if other != n))
        shared[n] = len((_topics([told]) & topics[n]) - others)
        alone = [m for m in clusters[n].members if in_all[m.account.article] == 1]
        gaps[n] = min((gap for m in alone if (gap := apart(told, m)) is not None), default=None)
    best = max(numbers, key=lambda n: shared[n])
    if list(shared.values()).count(shared[best]) == 1:
        return best
    known = sorted((gap, n) for n, gap in gaps.items() if gap is not None)
    if len(known) == len(numbers) and known[0][0] < known[1][0]:
        return known[0][1]
    return max(numbers, key=lambda n: (len(clusters[n].members), -n))


def _topics(members: Iterable[Told]) -> set[str]:
    return {topic.label.casefold() for told in members for topic in told.account.contact.topics}


def _nearest(told: Told, numbers: list[int], clusters: list[Cluster]) -> int | None:
    """Of contacts that an account without a date fits alike the one nearest to its publication; None for a tie."""
    gaps = []
    for number in numbers:
        near = nearness(told, clusters[number])
        if near is None:
            return None
        gaps.append((near, number))
    first, second, *_ = sorted(gaps)
    return first[1] if first[0] < second[0] else None


def nearness(told: Told, cluster: Cluster) -> timedelta | None:
    """How near an account without a date is to a sure day of the contact, None where that tells nothing.

    With how well it fits, this is all of a contact that matters to the choice of an account not sure of a day.
    """
    near = [gap for member in cluster.dated if (gap := distance(told, member)) is not None]
    return min(near) if near and not told.days else None


def _far_apart_only(told: Told, member: Told, found: Comparison) -> bool:
    """Neither account gives a date, and all that speaks against one contact is when they came out."""
    return not told.days and not member.days and [n for n, s in found.said.items() if s == AGAINST] == ["dates"]
