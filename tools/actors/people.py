"""Which rows are of one person, and which of them say the same."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from rozmova.names.fold import fold
from rozmova.names.parts import name_keys
from rozmova.names.rows import OPEN_END

from .rows import ORGANISATIONS, Row
from .terms import first_day, last_day

Aliases = dict[tuple[str, ...], str]
"""Keys of the words of a full name -> the label that spellings.yaml has for it."""


class Entry(Struct):
    """One person while the table is built: Wikidata item or "", English label, rows."""

    qid: str
    label: str
    rows: list[Row]


def group(rows: list[Row], aliases: Aliases) -> list[Entry]:
    """Put the rows of one person together: by identifier, else by name key and affiliation.

    A row without identifier goes to the person of the same name key at the same affiliation. A row of an international
    organisation may also go to a person of another state, if exactly one in the table has that full name.
    """
    by_qid: dict[str, Entry] = {}
    by_name: dict[tuple[str, str], Entry] = {}
    nameless: dict[str, Entry] = {}  # the first entry without identifier of each name
    anywhere: dict[str, list[str]] = defaultdict(list)
    entries: list[Entry] = []

    def new(row: Row) -> Entry:
        entries.append(Entry(row.qid, row.person, []))
        return entries[-1]

    for row in sorted(rows, key=lambda r: (not r.qid, r.rank)):
        key = full_key(aliases.get(tuple(name_keys(row.person)), row.person))
        if row.qid:
            if row.qid not in by_qid:
                by_qid[row.qid] = new(row)
            entry = by_qid[row.qid]
            by_name.setdefault((key, row.affiliation), entry)
            if row.qid not in anywhere[key]:
                anywhere[key].append(row.qid)
        else:
            others = [by_qid[qid] for qid in anywhere[key]]
            others = [*(others if len(others) == 1 else ()), *([nameless[key]] if key in nameless else ())]
            found = by_name.get((key, row.affiliation)) or next((e for e in others if _meet(row, e)), None)
            entry = found or new(row)
            if found is None:
                nameless.setdefault(key, entry)
            by_name[key, row.affiliation] = entry
        entry.rows.append(row)
    return entries


def _meet(row: Row, entry: Entry) -> bool:
    """Whether a row of another affiliation may be of the person: one of the two must be known from organisations."""
    return (
        row.affiliation in ORGANISATIONS
        or row.level == "international_organisation"
        or all(known.affiliation in ORGANISATIONS for known in entry.rows)
    )


def full_key(label: str) -> str:
    """One key of a full name, for telling whether two labels name one person."""
    return " ".join(map(fold, label.replace("-", " ").split()))


def join(rows: list[Row]) -> list[Row]:
    """The rows of one person without doubles: hand-written rows win over a source row of the same office and time."""
    kept: list[Row] = []
    for row in sorted(dict.fromkeys(rows), key=lambda r: (r.rank, r.start, r.position)):
        if not any(_hides(better, row) for better in kept):
            kept.append(row)
    return kept


def _hides(better: Row, row: Row) -> bool:
    return (
        better.rank < row.rank
        and (better.affiliation, better.level) == (row.affiliation, row.level)
        and (row.level != "international_organisation" or better.position == row.position)
        and _covers(better, row)
    )


def _covers(better: Row, row: Row) -> bool:
    """Whether a row begins inside the term of a better one (a term that begins on its last day is another one)."""
    end = last_day(better.end) if better.end[:1].isdigit() else OPEN_END
    return last_day(row.start) >= first_day(better.start) and first_day(row.start) < end
