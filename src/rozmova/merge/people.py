"""The parties of a merged contact: everybody an account names, without the stand-ins for those another one names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from rozmova.merge.accounts import Side, Told
from rozmova.records import Party

_RANK = {"person": 0, "office": 1, "state": 2, "organisation": 2}


def parties(accounts: Sequence[Told]) -> tuple[Party, ...]:
    """Those named by most accounts first, then in the order of the accounts.

    A state or an office gives way when accounts name a person on its side, unless one account names both.
    """
    said: dict[str, list[Party]] = {}
    for told in accounts:
        for party in told.account.contact.parties:
            said.setdefault(party.id, []).append(party)
    stand_ins = _stand_ins(accounts)
    kept = [_one(named) for id, named in said.items() if id not in stand_ins]
    return tuple(sorted(kept, key=lambda party: -len(said[party.id])))


def _stand_ins(accounts: Sequence[Told]) -> frozenset[str]:
    """Parties only ever named where nobody of higher rank on their side is, though another account names somebody."""
    highest: dict[str, int] = {}
    alone: dict[str, bool] = {}
    ranks: dict[str, tuple[str, int]] = {}
    for told in accounts:
        for name, side in told.sides.items():
            here = [(p.id, _RANK[p.kind]) for p in _all(side)]
            best = min(rank for _, rank in here)
            highest[name] = min(best, highest.get(name, best))
            for id, rank in here:
                alone[id] = alone.get(id, True) and rank == best
                ranks[id] = (name, rank)
    return frozenset(id for id, (name, rank) in ranks.items() if rank > highest[name] and alone[id])


def _all(side: Side) -> tuple[Party, ...]:
    return (*side.people, *side.offices, *side.bodies)


def _one(named: Sequence[Party]) -> Party:
    """One party as most accounts have it; a part in the contact and a role count where any account gives them."""
    (usual, _), *_ = Counter(named).most_common(1)
    parts = Counter(p.part for p in named if p.part != "participant").most_common(1)
    roles = Counter(p.role for p in named if p.role).most_common(1)
    return replace(
        usual,
        part=parts[0][0] if parts else "participant",
        role=roles[0][0] if roles else None,
        by_office=all(p.by_office for p in named),
    )
