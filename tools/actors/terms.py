"""When terms end: what the sources leave open is closed by the next holder or by a change of government."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from rozmova.names.rows import OPEN_END, Term
from rozmova.times import edtf

from .rows import Row

# Several holders at once: an open term says nothing about its successor.
COLLECTIVE = frozenset({"BIH", "SMR", "CHE", "AND", "YEM", "LBY"})
# Titles that several people bear at once.
SHARED = re.compile(r"deputy|aide|advis[eo]r to|senior|assistant|special|vice-president|spokes|director", re.IGNORECASE)
MILITARY = re.compile(r"general staff|chiefs of staff|commander|armed|defen[cs]e staff|army", re.IGNORECASE)
# Offices of one holder whose title says which they are; the pattern leaves out the lesser offices of the level.
CORE = {
    "head_of_state": r"(?!vice|deputy|governor|first|lieutenant).*(president|monarch|king|queen|emperor|leader|pope)",
    "head_of_government": r"(?!vice|deputy|first).*(prime minister|premier|chancellor|taoiseach)",
    "foreign_minister": r"(federal |union )?(minister|secretary of state|head of the federal department)\b"
    r"(?!.*(state minister|minister of state|cooperation|trade|francophon|abroad))"
    r".*(foreign|external|europe)",
    "defence_minister": r"(federal |union )?(minister|secretary)\b"
    r"(?!.*(minister of state|assistant)).*(defen[cs]e|armed)",
}
SINGLE = frozenset({*CORE, "interior_minister", "finance_minister", "spokesperson"})
# Levels whose holders go with their government.
POLITICAL = frozenset(
    {
        "head_of_government",
        "foreign_minister",
        "deputy_foreign_minister",
        "defence_minister",
        "interior_minister",
        "finance_minister",
        "economy_minister",
        "energy_minister",
        "security_adviser",
        "spokesperson",
        "chief_of_staff",
        "other_minister",
    }
)
YEARS_UNKNOWN = 5  # length given to a term whose end is unknown and that no successor closes


@cache
def first_day(date: str) -> str:
    """The first day an EDTF date of day, month or year can mean."""
    return edtf.bounds(date)[0].isoformat()


@cache
def last_day(date: str) -> str:
    """The last day an EDTF date of day, month or year can mean."""
    return edtf.bounds(date)[1].isoformat()


def core(row: Row) -> str:
    """What must agree for one holder to follow another: the office itself, under whichever title."""
    if row.to:
        return f"to {row.to}"
    pattern = CORE.get(row.level)
    return "core" if pattern and re.match(pattern, row.position, re.IGNORECASE) else row.position


def ends(rows_of: list[list[Row]], changes: dict[str, str]) -> dict[Row, str]:
    """The last day of every term; ``rows_of`` has the rows of each person.

    ``changes`` gives the day a state changed its government after the source's freeze. An open or unknown end is closed
    by the next holder where the office has one, by a hand-written row of the very same title, or by the change. An end
    known to the month or year is no later than the next holder's beginning in that month or year.
    """
    offices: dict[tuple[str, str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for person, rows in enumerate(rows_of):
        for row in rows:
            for title in {core(row), row.position}:
                offices[row.affiliation, row.level, title].append((row.start, person, row.rank))
    out: dict[Row, str] = {}
    for person, rows in enumerate(rows_of):
        for row in rows:
            title, worst = _followed_by(row)
            others = offices.get((row.affiliation, row.level, title), ())
            starts = [start for start, who, rank in others if who != person and rank <= worst]
            out[row] = _given_end(row, starts) or _open_end(row, starts, changes.get(row.affiliation, ""))
    return out


def _given_end(row: Row, starts: list[str]) -> str:
    if not row.end or row.end == "XXXX":
        return ""
    within = [last_day(start) for start in starts if first_day(row.end) <= first_day(start) <= last_day(row.end)]
    return max(first_day(row.start), min([last_day(row.end), *within]))


def _open_end(row: Row, starts: list[str], change: str) -> str:
    begun = first_day(row.start)
    closes = [first_day(start) for start in starts if first_day(start) > begun]
    if row.rank == 2 and begun < change and row.level in POLITICAL and not MILITARY.search(row.position):
        closes.append(change)
    doubtful = row.end == "XXXX" or (row.level == "ambassador" and row.rank == 2 and begun < "2016")
    return min(closes, default=f"{int(begun[:4]) + YEARS_UNKNOWN}-12-31" if doubtful else OPEN_END)


def _followed_by(row: Row) -> tuple[str, int]:
    """The title under which the next holder is found, and the worst rank of row to believe of one; "" for none."""
    if row.affiliation in COLLECTIVE or (row.level == "ambassador" and not row.to):
        return "", 0
    known = row.level in (CORE if row.rank < 2 else SINGLE)
    if row.to or known or (row.rank == 2 and row.position == "Vice President"):
        return core(row), 2
    return ("", 0) if SHARED.search(row.position) else (row.position, 1)


def terms(rows: list[Row], last: dict[Row, str]) -> list[Term]:
    """The terms of one person by start, the same one told by two sources once, from the better of them."""
    out: dict[tuple[str, ...], Term] = {}
    for row in sorted(rows, key=lambda r: r.rank):
        key = (first_day(row.start), last[row], row.affiliation, row.level, row.position)
        out.setdefault(key, Term(row.affiliation, row.level, row.position, key[0], key[1], row.to, row.source))
    return [out[key] for key in sorted(out)]
