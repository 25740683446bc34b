"""The days on which somebody held office, from the table of actors."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from rozmova.dating.daysets import FIRST, LAST
from rozmova.names.actors import ActorTable


def terms_of_office(
    table: ActorTable, person: str, affiliation: str | None = None, levels: Collection[str] = ()
) -> str | None:
    """EDTF of the terms of a person, ``[2009-01-20..2017-01-20,2021-01-20..2025-01-20]``; None when none is known.

    With ``affiliation`` and ``levels`` those of that office only.
    """
    found = table.by_id(person)
    terms = sorted(
        (term.start, min(term.end, LAST.isoformat()))
        for term in (found.terms if found else ())
        if (affiliation is None or term.affiliation == affiliation) and (not levels or term.level in levels)
    )
    runs: list[list[str]] = []
    for start, end in terms:
        if end < FIRST.isoformat() or start > LAST.isoformat():
            continue
        if runs and date.fromisoformat(start).toordinal() <= date.fromisoformat(runs[-1][1]).toordinal() + 1:
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([max(start, FIRST.isoformat()), end])
    return "[" + ",".join(f"{start}..{end}" for start, end in runs) + "]" if runs else None
