"""Why two contacts are one or two: the table of features asked of their accounts, and what a person decided.

A decision is *accepted* (one contact), *refused* (two) or only *suggested* (nothing speaks against one contact, too
little for it); it was made by a rule, whose features say which, or by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from rozmova.merge.accounts import Told
from rozmova.merge.compare import AGAINST, FEATURES, FOR, SILENT, compare
from rozmova.merge.judgements import Judgement, anchor
from rozmova.records import Account, MergedContact

Decision = Literal["accepted", "suggested", "refused"]
WORDS = {AGAINST: "against", SILENT: "silent", FOR: "for"}


class Compared(Struct, frozen=True, kw_only=True):
    """Two accounts with what each feature says of them ("for", "silent", "against"), in the order of the table.

    A feature behind the first one against is not asked and is missing. ``by`` is "rule", or who judged.
    """

    account: Account
    other: Account
    said: dict[str, str]
    decision: Decision
    by: str


def why(one: MergedContact, other: MergedContact, judgements: Iterable[Judgement] = ()) -> tuple[Compared, ...]:
    """Every pair of accounts of two contacts, or of one with itself; what decided most clearly comes first.

    Of one contact each account is compared with the one that speaks for it most.
    """
    standing = [j for j in judgements if j.undone is None]
    told = [Told(a) for a in one.accounts]
    if one.id == other.id:
        return tuple(_nearest(t, told[:n], standing) for n, t in enumerate(told) if n)
    found = [compared(a, b, standing) for a in told for b in map(Told, other.accounts)]
    return tuple(sorted(found, key=_clearest))


def compared(a: Told, b: Told, judgements: Sequence[Judgement] = ()) -> Compared:
    """What the table and the judgements say of two accounts."""
    asked = compare(a, b)
    decision: Decision = "accepted" if asked.same else "refused" if asked.apart else "suggested"
    by = "rule"
    one, other = anchor(a), anchor(b)
    for judgement in judgements:
        sides = (judgement.accounts, judgement.others)
        across = any(one in x and other in y for x, y in (sides, sides[::-1]))
        within = judgement.verdict == "same" and {one, other} <= {*sides[0], *sides[1]}
        if across or within:
            decision, by = ("accepted" if judgement.verdict == "same" else "refused"), judgement.by
    said = {name: WORDS[asked.said[name]] for name in FEATURES if name in asked.said}
    return Compared(account=a.account, other=b.account, said=said, decision=decision, by=by)


def _nearest(told: Told, before: Sequence[Told], judgements: Sequence[Judgement]) -> Compared:
    found = [compared(told, other, judgements) for other in before]
    return min(found, key=lambda c: (c.decision != "accepted", -list(c.said.values()).count("for")))


def _clearest(found: Compared) -> tuple[bool, int, int, str, str]:
    """Judgements first, then what is nearest to one contact: the pair with least against and most for it."""
    said = list(found.said.values())
    return (
        found.by == "rule", said.count(WORDS[AGAINST]), -len(said), f"{found.account.article}:{found.account.index}",
        f"{found.other.article}:{found.other.index}",
    )  # fmt: skip
