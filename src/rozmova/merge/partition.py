"""The partition of all accounts into contacts: made from nothing, or changed where news comes in.

Each account chooses its contact in a fixed order (:func:`rozmova.merge.cluster.rank`) and sees only what chose before
it under its keys. So the contacts of a build are a state from which one can go on: an account that comes, goes or
chooses otherwise matters only to later ones that look where its contact lies. These choose again, and so on until
nothing changes. The result is that of a build from scratch, and nothing is read but the blocks that were met.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from heapq import heapify, heappop, heappush
from typing import NamedTuple, Protocol

from rozmova.merge import blocks
from rozmova.merge.accounts import Told, in_time
from rozmova.merge.cluster import NOTHING, Cluster, Rank, choose, fit, nearness, plainly_apart, rank, says_nothing
from rozmova.merge.judgements import Constraints, Key


class Kept(NamedTuple):
    """A contact of the build before: its identifier, and all its accounts."""

    id: str
    accounts: tuple[Told, ...]


class Stored(Protocol):
    """The contacts of the build before, to be had by parts; one may come again in a later answer."""

    def filed(self, keys: Collection[blocks.Key], days: tuple[int, int] | None = None) -> Iterable[Kept]:
        """Those with an account under one of these keys (:func:`rozmova.merge.blocks.filed`).

        Those may be left out whose day (:attr:`Cluster.day`) is not between ``days``.
        """

    def seeking(self, keys: Collection[blocks.Key], day: int = 0) -> Iterable[Kept]:
        """Those with an account that looks for others under one of them (:func:`rozmova.merge.blocks.sought`).

        Those may be left out whose accounts there could not mean the ``day`` (:func:`rozmova.merge.blocks.reach`).
        """

    def holding(self, articles: Collection[str]) -> Iterable[Kept]:
        """Those with an account of one of these articles."""

    def has(self, id: str) -> bool:
        """Whether a contact has this identifier."""


class Partition:
    """Accounts in clusters, one for each contact.

    ``judged`` is what a person decided. With ``stored`` it goes on from the build before, of which it reads what it
    meets; then ``names`` has the identifier of each account read.
    """

    def __init__(self, judged: Constraints = NOTHING, stored: Stored | None = None) -> None:
        self.names: dict[Key, str] = {}
        self._judged, self._stored = judged, stored
        self._clusters: list[Cluster] = []
        self._index: dict[blocks.Key, list[int]] = {}  # numbers of clusters, ascending
        self._groups: dict[int, list[tuple[Rank, Told]]] = {}
        self._queue: list[tuple[Rank, Told]] = []
        self._at: dict[Key, int] = {}  # account -> its cluster; like the next two, only where others may choose again
        self._ranks: dict[Key, Rank] = {}
        self._waiting: set[Key] = set()
        self._asked: set[blocks.Key] = set()
        self._ids: dict[int, str] = {}
        self._touched: set[int] = set()

    def take(self, found: Iterable[Kept]) -> None:
        """Lay out contacts of the build before, each once."""
        for kept in found:
            if any(told.key in self.names for told in kept.accounts):
                continue
            self._ids[number := len(self._clusters)] = kept.id
            self._clusters.append(Cluster())
            for told in kept.accounts:
                self.names[told.key] = kept.id
                self._join(number, told, rank(told, self._judged))

    def update(self, added: Iterable[Told], removed: Collection[Key] = ()) -> None:
        """Take out accounts, which must have been laid out, and bring in others; one that changed is in both."""
        self._queue += [(rank(told, self._judged), told) for told in added]
        if self._stored:  # what is sure of a day is read at once: that is faster
            self._read({key for _, told in self._queue for key in blocks.day_keys(told)})
        self._waiting.update(removed)
        for key in removed:
            self._wake(self._at[key], self._ranks[key], key)
            self._leave(key)
        self._waiting.difference_update(removed)
        heapify(self._queue)
        while self._queue:
            self._place(*heappop(self._queue))

    def changed(self) -> tuple[set[str], list[list[Told]]]:
        """Identifiers of contacts that lost or won an account, and what there is in their place.

        That is the accounts of each contact, in the order of :func:`in_time`: of all, when made from nothing. They are
        given away, nothing can be asked afterwards.
        """
        self._index.clear()
        found, gone = [], Cluster()
        for number in sorted(self._touched):
            members, self._clusters[number] = self._clusters[number].members, gone
            if members:
                found.append(sorted(members, key=in_time))
        return {self._ids[number] for number in self._touched if number in self._ids}, found

    # one account after the other

    def _place(self, order: Rank, told: Told) -> None:
        old = self._at.get(told.key) if self._stored else None
        number = self._chosen(order, told)
        if number is None and old is not None and self._earlier(old, order) is None:
            number = old  # the first of its contact stays so
        if number is None:
            number = len(self._clusters)
            self._clusters.append(Cluster())
        if number == old:
            return
        if old is not None:
            self._wake(old, order, told.key)
            self._leave(told.key)
        self._join(number, told, order)
        self._touched.add(number)
        self._wake(number, order, told.key, joined=True)

    def _chosen(self, order: Rank, told: Told) -> int | None:
        """The cluster that the account joins, of those that there were when its turn came; None: one of its own."""
        group = self._judged.group.get(told.key)
        if group is not None:
            for before, other in self._groups.get(group, ()):
                if before < order:
                    return self._at[other.key]
        barred = self._judged.barred(told.key)
        near = list(self._met(order, told))
        if barred:
            near = [(n, c) for n, c in near if barred.isdisjoint(t.key for t in c.members)]
        there = [cluster for _, cluster in near]
        fits = [(score, i) for i, c in enumerate(there) if (score := fit(told, c, self._judged)) is not None]
        place = choose(told, fits, there)
        return None if place is None else near[place][0]

    def _met(self, order: Rank, told: Told) -> Iterator[tuple[int, Cluster]]:
        """What chose before and lies under the keys of the account, in the order in which the contacts were begun."""
        sought = blocks.sought(told)
        first, last = blocks.reach(told)
        if told.exact or self._judged.group:
            self._read(sought)
        elif self._stored:
            self.take(self._stored.filed(sought, (first, last)))
        met = []
        for number in {n for key in sought for n in self._index.get(key, ())}:
            day = self._clusters[number].day
            if told.exact or self._judged.group or not day or first <= day <= last:
                met.append(number)
        if not self._stored:
            yield from ((number, self._clusters[number]) for number in sorted(met))
            return
        for number in sorted(met, key=lambda n: self._ranks[self._clusters[n].members[0].key]):
            whole, earlier = self._clusters[number], self._earlier(number, order)
            if earlier is whole or (
                earlier and any(not set(blocks.filed(t)).isdisjoint(sought) for t in earlier.members)
            ):
                yield number, earlier

    def _earlier(self, number: int, order: Rank) -> Cluster | None:
        """The cluster as it was when the turn of this rank came, None where it had not begun."""
        whole = self._clusters[number]
        members = [t for t in whole.members if self._ranks[t.key] < order]
        if len(members) == len(whole.members):
            return whole if members else None
        return self._cluster(members) if members else None

    def _wake(self, number: int, order: Rank, changed: Key, joined: bool = False) -> None:
        """Let those choose again that come after this rank and look where the cluster lies; it has ``changed`` by one.

        Who is plainly apart from an account that was there and stays, and is not forgiven while the one that comes or
        goes is there too, will not join: more accounts forgive more.
        """
        if not self._stored:
            return  # made from nothing: all that lies there chose before
        cluster = self._clusters[number]
        members = cluster.members
        keys = {key for told in members for key in blocks.filed(told)}
        one = next(told for told in members if told.key == changed)
        stays = next((told for told in members if told.key != changed), one)
        # The day by which others look is that of the first account; it may be the one that comes or goes.
        for day in {0} if self._judged.group else {cluster.day, self._cluster([stays]).day}:
            self.take(self._stored.seeking(keys, day))
        for other in {n for key in keys for n in self._index.get(key, ())}:
            for told in self._clusters[other].members:
                if self._ranks[told.key] > order and told.key not in self._waiting:
                    sure = stays if self._ranks[stays.key] < self._ranks[told.key] else one
                    apart = plainly_apart(told, sure) and not says_nothing(told, sure, cluster)
                    may = not apart and not keys.isdisjoint(blocks.sought(told))
                    if self._judged.group or (may and self._matters(told, members, one, joined)):
                        self._again(told)
        for group in {self._judged.group[t.key] for t in members if t.key in self._judged.group}:
            for later, told in self._groups[group]:
                if later > order and told.key not in self._waiting:
                    self._again(told)

    def _matters(self, told: Told, members: Sequence[Told], changed: Told, joined: bool) -> bool:
        """Whether it may choose otherwise, for what the contact is to it with the one that changed, and without it.

        An account not sure of a day that is of the contact stays when one more joins that speaks not against it: the
        contact fits it no less and is no less near. One sure of a day has few to choose from, and weighs more.
        """
        order = self._ranks[told.key]
        earlier = [t for t in members if self._ranks[t.key] < order]
        after = self._claim(told, earlier)
        if joined and after and not told.exact and told in members:
            return False
        before = self._claim(told, [t for t in earlier if t is not changed])
        return before != after or (told.exact is not None and after is not None)

    def _claim(self, told: Told, members: Sequence[Told]) -> tuple[int, timedelta | None] | None:
        cluster = self._cluster(members)
        score = fit(told, cluster, self._judged) if members else None
        return None if score is None else (score, nearness(told, cluster))

    def _again(self, told: Told) -> None:
        self._waiting.add(told.key)
        heappush(self._queue, (self._ranks[told.key], told))

    # where they lie

    def _read(self, keys: Collection[blocks.Key]) -> None:
        """Lay out all that lies under the keys, each asked for once."""
        if self._stored and (new := set(keys) - self._asked):
            self._asked |= new
            self.take(self._stored.filed(new))

    def _join(self, number: int, told: Told, order: Rank) -> None:
        group = self._judged.group.get(told.key)
        self._clusters[number].add(told, group)
        if self._stored:
            self._ranks[told.key] = order
            self._clusters[number].members.sort(key=lambda t: self._ranks[t.key])
        if self._stored or group is not None:
            self._at[told.key] = number
        if group is not None:
            insort(self._groups.setdefault(group, []), (order, told))
        for key in blocks.filed(told):
            there = self._index.setdefault(key, [])
            place = bisect_left(there, number)
            if there[place : place + 1] != [number]:
                there.insert(place, number)

    def _leave(self, key: Key) -> None:
        number = self._at.pop(key)
        self._touched.add(number)
        before = self._clusters[number].members
        told = next(t for t in before if t.key == key)
        self._clusters[number] = left = self._cluster([t for t in before if t is not told])
        still = {k for t in left.members for k in blocks.filed(t)}
        for k in {*blocks.filed(told)} - still:
            self._index[k].remove(number)
        if (group := self._judged.group.get(key)) is not None:
            self._groups[group].remove((self._ranks[key], told))

    def _cluster(self, members: Iterable[Told]) -> Cluster:
        cluster = Cluster()
        for told in members:
            cluster.add(told, self._judged.group.get(told.key))
        return cluster
