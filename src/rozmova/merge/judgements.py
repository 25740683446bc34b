"""What a person decided about accounts: these are of one contact, those are not. It outlives every later build.

A judgement names accounts by their article, where the words of the contact begin, and the sides: a newer program may
find another number of contacts in an article and count them anew. What cannot be found again (the article is gone, or
read differently) decides nothing; it is kept and reported, and counts again when the account comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from msgspec import Struct

from rozmova.merge.accounts import Told

Verdict = Literal["same", "apart"]
Key = tuple[str, int]
"""Article and place among the contacts of its reading, as in :attr:`Told.key`."""


class Anchor(Struct, frozen=True, kw_only=True):
    """An account, named so that it can be found in another reading of its article.

    ``start`` is where its first words for the contact begin (-1: it has none), ``sides`` the affiliations, sorted.
    """

    article: str
    start: int
    sides: tuple[str, ...]


class Judgement(Struct, frozen=True, kw_only=True):
    """A person's decision: ``accounts`` and ``others`` are of one contact (``same``), or none of these of those.

    ``by`` is who decided, ``at`` when (UTC), ``undone`` when it was taken back. ``id`` is 0 before it is stored.
    """

    id: int = 0
    verdict: Verdict
    accounts: tuple[Anchor, ...]
    others: tuple[Anchor, ...]
    by: str
    at: str
    undone: str | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What judgements demand of a clustering: ``group`` of accounts that go together, pairs that stay ``apart``.

    ``idle`` are judgements of which an account cannot be found.
    """

    group: Mapping[Key, int] = field(default_factory=dict)
    apart: Mapping[Key, frozenset[Key]] = field(default_factory=dict)
    idle: tuple[Judgement, ...] = ()

    def barred(self, key: Key) -> frozenset[Key]:
        """The accounts with which this one may not be: those parted from it, or from any that goes with it."""
        if not self.apart:
            return frozenset()
        number = self.group.get(key)
        along = [k for k, n in self.group.items() if n == number] if number is not None else [key]
        return frozenset(other for k in along for other in self.apart.get(k, ()))


def anchor(told: Told) -> Anchor:
    """The name of an account for judgements."""
    starts = [e.start for e in told.account.contact.evidence if "contact" in e.supports]
    return Anchor(article=told.account.article, start=min(starts, default=-1), sides=tuple(sorted(told.sides)))


def articles(accounts: Iterable[Told]) -> dict[str, list[Told]]:
    """Article -> its accounts, to find anchors in."""
    found: dict[str, list[Told]] = {}
    for told in accounts:
        found.setdefault(told.account.article, []).append(told)
    return found


def constraints(judgements: Iterable[Judgement], by_article: Mapping[str, Sequence[Told]]) -> Constraints:
    """The demands of all judgements that stand, the latest decision on a pair before earlier ones.

    Accounts joined by one judgement and parted by a later one stay apart, and the other way round; those joined to
    neither by name follow whom they were judged with first.
    """
    standing = sorted((j for j in judgements if j.undone is None), key=lambda j: (j.at, j.id), reverse=True)
    if not standing:
        return Constraints()
    group: dict[Key, int] = {}
    members: dict[int, set[Key]] = {}
    apart: dict[Key, set[Key]] = {}
    idle = []
    for judgement in standing:
        found, others = ([find(a, by_article) for a in side] for side in (judgement.accounts, judgement.others))
        if not all(found) or not all(others):
            idle.append(judgement)
        left, right = ([key for key in side if key is not None] for side in (found, others))
        if judgement.verdict == "apart":
            for a, b in product(left, right):
                if a != b and (a not in group or group[a] != group.get(b)):
                    apart.setdefault(a, set()).add(b)
                    apart.setdefault(b, set()).add(a)
        else:
            _join([*left, *right], group, members, apart)
    return Constraints(group, {key: frozenset(keys) for key, keys in apart.items()}, tuple(reversed(idle)))


def _join(
    keys: Sequence[Key], group: dict[Key, int], members: dict[int, set[Key]], apart: Mapping[Key, set[Key]]
) -> None:
    """Put accounts into one group, one after the other; one that a later judgement keeps from the group stays out."""
    if not keys:
        return
    number = group.get(keys[0], len(members))
    members.setdefault(number, set())
    for key in keys:
        joining = members[group[key]] if key in group else {key}
        if group.get(key) == number or any(apart.get(k, set()) & members[number] for k in joining):
            continue
        members[number] |= joining
        for k in joining:
            if k in group and group[k] != number:
                members[group[k]] = set()
            group[k] = number


def find(named: Anchor, by_article: Mapping[str, Sequence[Told]], index: int = 0) -> Key | None:
    """The account that an anchor names: the one with its words and sides, else the only one with its words.

    Of several contacts that are told in the same words the one at place ``index``, where it was before.
    """
    here = by_article.get(named.article, ())
    words = [t for t in here if _holds(t, named.start)]
    whole = [t for t in words if tuple(sorted(t.sides)) == named.sides]
    if not whole and len(words) != 1:
        return None
    found = whole or words
    return next((t for t in found if t.account.index == index), found[0]).key


def _holds(told: Told, start: int) -> bool:
    evidence = [e for e in told.account.contact.evidence if "contact" in e.supports]
    return any(e.start <= start < e.end for e in evidence) or (start == -1 and not evidence)
