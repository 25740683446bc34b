"""From the sources to the bytes of the files that are shipped."""

from __future__ import annotations

from pathlib import Path

from rozmova.names.parts import slug
from rozmova.names.rows import write_person

from .names import Names, Spellings, given_names, person_forms
from .people import Entry, group, join
from .rows import Row, read_rows, tsv, wanted
from .states import lines
from .terms import CORE, ends, terms

PERSONS, GIVEN, STATES = "persons.tsv", "given_names.tsv", "states-cldr.tsv"


def build_tables(data: Path, own: Path) -> tuple[dict[str, bytes], list[str]]:
    """All files by name, and labels of spellings.yaml that match no person; ``own`` has the hand-written files."""
    spellings = Spellings(own / "spellings.yaml")
    entries = group(read_rows(data, own), spellings.aliases)
    for entry in entries:  # only now: a junior minister's row may bring the identifier of a later commissioner
        entry.rows = join([row for row in entry.rows if wanted(row)])
    entries = [entry for entry in entries if entry.rows]
    last = ends([entry.rows for entry in entries], {state: day for state, day, *_ in tsv(own / "changes.tsv")})
    names = Names(data / "person_names.tsv")
    taken = spellings.taken(entries, [_weight(entry.rows) for entry in entries])
    persons = []
    for number, entry in enumerate(entries):
        shown, written = spellings.of(taken[number]) if number in taken else (entry.label, [])
        persons.append((shown, entry.qid or slug(shown), _line(entry, shown, written, names, last)))
    given = given_names([label for label, _, _ in persons], names, own / "given_names-usual.tsv")
    files = {PERSONS: _bytes([line for _, _, line in sorted(persons)]), GIVEN: _bytes(given), STATES: build_states()}
    return files, spellings.unused(taken)


def build_states() -> bytes:
    """The file of the names of states, which needs no data folder."""
    return _bytes(lines())


def _line(entry: Entry, label: str, written: list[str], names: Names, last: dict[Row, str]) -> str:
    states = {row.affiliation for row in entry.rows}
    given, surname = person_forms(label, states, [label, entry.label, *written], names)
    return write_person(entry.qid or slug(label), label, given, surname, terms(entry.rows, last))


def _weight(rows: list[Row]) -> int:
    """The standing of a person among namesakes: the best row, then the number of rows."""
    return 1000 * max(3 * (row.rank < 2) + (row.level in CORE) for row in rows) + len(rows)


def _bytes(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
