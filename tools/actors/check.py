"""Whether the shipped files are what a build gives: by building, or without the data folder by digests."""

from __future__ import annotations

import hashlib
import json
from itertools import zip_longest
from pathlib import Path

from rozmova.languages import loader
from rozmova.names.rows import read_person

from .build import PERSONS, STATES, build_states, build_tables
from .receivers import receiver

TABLES = ("officials.csv", "officials-additions.csv", "person_names.tsv")
OWN = (
    "spellings.yaml", "persons-extra.tsv", "changes.tsv", "given_names-usual.tsv", "fold.yaml", "particles.txt",
    "patronymics.txt",
)  # fmt: skip
LANGUAGES = ("uk/romanisation.yaml", "ru/romanisation.yaml")
RECORD = "built.json"
ADVICE = "rebuild with `python -m tools.actors`"


def present(data: Path) -> bool:
    """Whether the data folder has all the tables."""
    return all((data / name).is_file() for name in TABLES)


def build(data: Path, own: Path) -> tuple[dict[str, bytes], list[str]]:
    """Every file a build gives, the record of digests with them, and the unused labels of spellings.yaml.

    Without the data folder only the names of states, and the record with their digest.
    """
    if present(data):
        files, unused = build_tables(data, own)
        inputs = {name: digest(path) for name, path in _inputs(data, own).items()}
        outputs = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    else:
        files, unused = {STATES: build_states()}, []
        record = json.loads((own / RECORD).read_text(encoding="utf-8"))
        inputs, outputs = record["inputs"], record["outputs"]
        outputs[STATES] = hashlib.sha256(files[STATES]).hexdigest()
    record = {"inputs": inputs, "outputs": outputs}
    return {**files, RECORD: (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()}, unused


def differences(data: Path, own: Path) -> list[str]:
    """What of the shipped files in ``own`` is not as a build gives it, a line each; [] when all is well."""
    files, unused = build(data, own)
    found = [line for name, content in files.items() if (line := _differs(own / name, content))]
    found += [f"spellings.yaml: no person {label}" for label in unused]
    return found if present(data) else [*found, *stale(data, own)]


def stale(data: Path, own: Path) -> list[str]:
    """What of the digests in built.json no longer holds, and which receivers the language data now read otherwise."""
    record = json.loads((own / RECORD).read_text(encoding="utf-8"))
    paths = {name: path for name, path in _inputs(data, own).items() if path.is_file() or path.parent != data}
    found = [
        f"{name} changed since the build; {ADVICE}"
        for name in paths
        if digest(paths[name]) != record["inputs"].get(name)
    ]
    for name, expected in record["outputs"].items():
        if digest(own / name) != expected:
            found.append(f"{name} is not what was built; {ADVICE}")
    for line in (own / PERSONS).read_text(encoding="utf-8").splitlines():
        for term in read_person(line).terms:
            to = receiver(term.level, term.position)
            if to != term.to:
                found.append(
                    f"{PERSONS}: {term.position!r} is to {to or 'nobody'}, not {term.to or 'nobody'}; {ADVICE}"
                )
    return list(dict.fromkeys(found))


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, with line ends as Git keeps them; "" when there is no file."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest() if path.is_file() else ""


def _inputs(data: Path, own: Path) -> dict[str, Path]:
    return {
        **{f"shared/data/{name}": data / name for name in TABLES},
        **{f"names/data/{name}": own / name for name in OWN},
        **{f"languages/{name}": loader.ROOT / name for name in LANGUAGES},
    }


def _differs(path: Path, content: bytes) -> str:
    shipped = path.read_bytes() if path.is_file() else b""
    if shipped == content:
        return ""
    pairs = enumerate(zip_longest(shipped.split(b"\n"), content.split(b"\n")), 1)
    numbers = [number for number, (old, new) in pairs if old != new]
    return f"{path.name}: {len(numbers)} lines are not what a build gives, the first is line {numbers[0]}; {ADVICE}"
