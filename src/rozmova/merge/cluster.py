"""From accounts to contacts: each account joins the contact it fits, the surest accounts first.

The order is fixed by the accounts themselves: those sure of a day, then vague dates, then none at all. So the vague
ones find the contacts already told apart, and no order of the input changes the result. An account joins a contact when
nothing speaks against any account there (see :mod:`rozmova.merge.compare`) and enough speaks for one of them. An
account without an exact day that fits two contacts equally well joins neither: it stays a contact of its own, because a
wrong merge hides a contact, and one too many can be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rozmova.merge import blocks
from rozmova.merge.accounts import Told, in_time
from rozmova.merge.compare import compare


@dataclass(slots=True)
class Cluster:
    """The accounts of one contact so far.

    ``kinds`` holds one account for each signature: comparing with it answers for all that are alike.
    """

    members: list[Told] = field(default_factory=list)
    kinds: dict[bytes, Told] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)
    channels: Counter[str] = field(default_factory=Counter)

    @property
    def channel(self) -> str | None:
        """The explicit channel that more accounts give than any other."""
        ranked = self.channels.most_common(2)
        return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None

    def add(self, told: Told) -> None:
        """Take an account in."""
        self.members.append(told)
        self.kinds.setdefault(told.signature, told)
        self.articles.add(told.account.article)
        if told.account.contact.channel != "unspecified":
            self.channels[told.account.contact.channel] += 1


def fit(told: Told, cluster: Cluster) -> int | None:
    """How much speaks for the account being of the cluster, at best.

    None when something speaks against one of its accounts or too little for any.
    """
    if told.account.article in cluster.articles:
        return None
    best: int | None = None
    for member in cluster.kinds.values():
        found = compare(told, member)
        if found.only_channel and told.account.contact.channel == cluster.channel:
            continue  # one outlet has the channel wrong: that must not keep out those who agree with the others
        if found.apart:
            return None
        if found.same and (best is None or found.score > best):
            best = found.score
    return best


def cluster(accounts: Iterable[Told]) -> list[list[Told]]:
    """Put the accounts of one contact together; every account is in one cluster, in the order of :func:`in_time`."""
    ordered = _surest_first(list(accounts))
    clusters: list[Cluster] = []
    index: dict[blocks.Key, dict[int, None]] = {}
    for told in ordered:
        # All accounts sure of a day come first, so the same day is the only place where they can meet one another.
        keys = tuple(blocks.day_keys(told)) or tuple(blocks.keys(told))
        candidates = sorted({number for key in keys for number in index.get(key, ())})
        fits = [(score, n) for n in candidates if (score := fit(told, clusters[n])) is not None]
        number = _choose(told, fits, clusters)
        if number is None:
            number = len(clusters)
            clusters.append(Cluster())
        clusters[number].add(told)
        for key in (*blocks.day_keys(told), *blocks.keys(told)):
            index.setdefault(key, {})[number] = None
    return [sorted(c.members, key=in_time) for c in clusters]


def _choose(told: Told, fits: list[tuple[int, int]], clusters: list[Cluster]) -> int | None:
    if not fits:
        return None
    best = max(score for score, _ in fits)
    first = [number for score, number in fits if score == best]
    if told.exact:
        # Two contacts of one day: an account that tells neither apart is most likely of the one most told.
        return max(first, key=lambda number: (len(clusters[number].members), -number))
    return first[0] if len(first) == 1 else None


def _surest_first(accounts: list[Told]) -> list[Told]:
    """Accounts in the order in which they choose.

    Before the rest of a day come those of articles that tell two contacts of that day and those sides apart: they must
    open two clusters before others fill one. Names come before states and offices, explicit channels before vague ones.
    """
    told_apart = Counter((t.account.article, t.exact, frozenset(t.sides)) for t in accounts if t.exact)

    def order(told: Told) -> tuple[bool, int, int, int, bool, tuple[str, str, int]]:
        contact = told.account.contact
        siblings = told_apart[told.account.article, told.exact, frozenset(told.sides)] if told.exact else 0
        unnamed = sum(not side.people for side in told.sides.values())
        vague = told.width if told.days else 10**6
        return not told.exact, vague, -siblings, unnamed, contact.channel == "unspecified", in_time(told)

    return sorted(accounts, key=order)
