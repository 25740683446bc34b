"""From accounts to contacts: each account joins the contact it fits, the surest accounts first.

The order is fixed by the accounts themselves: those sure of a day, then vague dates, then none at all. So the vague
ones find the contacts already told apart, and no order of the input changes the result. An account joins a contact when
nothing speaks against any account there (see :mod:`rozmova.merge.compare`) and enough speaks for one of them. An
account without an exact day that fits two contacts equally well joins the one it was published nearer to, or neither
and stays a contact of its own: a wrong merge hides a contact, and one too many can be seen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rozmova.merge.accounts import Told, in_time
from rozmova.merge.compare import AGAINST, Comparison, compare, dates, parties
from rozmova.merge.judgements import Constraints
from rozmova.merge.timing import distance

NOTHING = Constraints()
"""No judgement at all."""


@dataclass(slots=True)
class Cluster:
    """The accounts of one contact so far.

    ``kinds`` holds one account for each signature and group: comparing with it answers for all that are alike.
    """

    members: list[Told] = field(default_factory=list)
    kinds: list[tuple[bytes, int | None, Told]] = field(default_factory=list)

    @property
    def channel(self) -> str | None:
        """The explicit channel that more accounts give than any other."""
        said = (told.account.contact.channel for told in self.members)
        ranked = Counter(channel for channel in said if channel != "unspecified").most_common(2)
        return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None

    @property
    def day(self) -> int:
        """The ordinal of the day of which the first account is sure, 0 where it is not."""
        first = self.members[0].exact if self.members else None
        return first.toordinal() if first else 0

    @property
    def dated(self) -> list[Told]:
        """The accounts that are sure of a day."""
        return [told for told in self.members if told.exact]

    def add(self, told: Told, group: int | None = None) -> None:
        """Take an account in; ``group`` is the one a person put it into."""
        self.members.append(told)
        if all((signature, other) != (told.signature, group) for signature, other, _ in self.kinds):
            self.kinds.append((told.signature, group, told))


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
        if group is None and plainly_apart(told, member):
            return None  # most end here, and need no comparison
        found = compare(told, member)
        if found.only_channel and told.account.contact.channel == cluster.channel:
            continue  # one outlet has the channel wrong: that must not keep out those who agree with the others
        if _far_apart_only(told, member, found) and cluster.dated:
            continue  # two reports without a day say nothing of one another where the contact has one
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
    """Other people or another time: what :func:`fit` never forgives, asked before the rest of the table."""
    if parties(told, member) == AGAINST:
        return True
    return bool(told.days or member.days) and dates(told, member) == AGAINST


Rank = tuple[bool, bool, int, int, int, bool, tuple[str, str, int]]
"""Place of an account in the order in which they choose; no two have the same."""


def rank(told: Told, judged: Constraints = NOTHING) -> Rank:
    """The order in which accounts choose, the surest of a day first.

    Before the rest of a day come those of articles that tell two contacts of that day and those sides apart: they must
    open two clusters before others fill one. Names come before states and offices, explicit channels before vague ones.
    """
    unnamed = sum(not side.people for side in told.sides.values())
    vague = told.width if told.days else 10**6
    free = told.key not in judged.group  # those put together by a person draw the others
    unsaid = told.account.contact.channel == "unspecified"
    return not told.exact, free, vague, -told.siblings, unnamed, unsaid, in_time(told)


def choose(told: Told, fits: list[tuple[int, int]], clusters: list[Cluster]) -> int | None:
    """Which of the clusters that it fits (score, index) an account joins; None: none of them."""
    if not fits:
        return None
    best = max(score for score, _ in fits)
    first = [number for score, number in fits if score == best]
    if told.exact:
        # Two contacts of one day: an account that tells neither apart is most likely of the one most told.
        return max(first, key=lambda number: (len(clusters[number].members), -number))
    return first[0] if len(first) == 1 else _nearest(told, first, clusters)


def _nearest(told: Told, numbers: list[int], clusters: list[Cluster]) -> int | None:
    """Of contacts that an account without a date fits alike the one nearest to its publication; None for a tie."""
    gaps = []
    for number in numbers:
        near = [gap for member in clusters[number].dated if (gap := distance(told, member)) is not None]
        if told.days or not near:
            return None
        gaps.append((min(near), number))
    first, second, *_ = sorted(gaps)
    return first[1] if first[0] < second[0] else None


def _far_apart_only(told: Told, member: Told, found: Comparison) -> bool:
    """Neither account gives a date, and all that speaks against one contact is when they came out."""
    return not told.days and not member.days and [n for n, s in found.said.items() if s == AGAINST] == ["dates"]
