"""The rows of the tables of officials: one term of one person each, codes and labels put right."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

from rozmova.names.fold import romanise

from .receivers import receiver

CODES = {
    "EUE": "EU",
    "XNT": "NATO",
    "UNO": "UN",
    "XOS": "OSCE",
    "XCE": "CoE",
    "XRC": "ICRC",
    "XWT": "WTO",
    "XIC": "ICC",
    "XCS": "CSTO",
}
AGENCIES = (
    ("IAEA|International Atomic Energy", "IAEA"),
    ("IMF|Monetary Fund", "IMF"),
    ("World Bank", "WB"),
    ("WHO|World Health", "WHO"),
    ("UNESCO", "UNESCO"),
    ("UNICEF", "UNICEF"),
    ("World Food", "WFP"),
)
ORGANISATIONS = frozenset({*CODES.values(), "IAEA", "IMF", "WB", "WHO", "UNESCO", "UNICEF", "WFP", "OHR"})
# Rows the coverage notes call wrong; the additions have the right dates.
FAULTY = {("Q982461", "parliament_speaker", "2016-12-05"), ("Q107620810", "energy_minister", "2020-03-04")}
RANKS = {"additions": 0, "additions, fairly sure": 0, "hand-written": 1, "wikidata": 2}
_ENDINGS = files("rozmova").joinpath("names/data/patronymics.txt").read_text(encoding="utf-8").splitlines()
PATRONYMIC = re.compile(f"({'|'.join(line for line in _ENDINGS if line[:1] != '#')})$")


class Row(Struct, frozen=True):
    """One term as a source has it: dates in EDTF (an end may be "" or XXXX), ``source`` as in ``rozmova.names.rows``.

    ``to`` is the code of the state or organisation an ambassador or the like is sent to, or "".
    """

    qid: str
    person: str
    affiliation: str
    level: str
    position: str
    start: str
    end: str
    source: str
    to: str = ""

    @property
    def rank(self) -> int:
        """How far to trust the row: 0 for the additions, 1 for the hand-written extra, 2 for the officials."""
        return RANKS[self.source]


def read_rows(data: Path, own: Path) -> list[Row]:
    """All terms of the two tables of ``data`` and of the hand-written extra of ``own``, in the order of the files."""
    rows = [*_officials(data / "officials-additions.csv"), *_officials(data / "officials.csv")]
    for parts in tsv(own / "persons-extra.tsv"):
        if parts[0] != "qid":
            qid, person, state, level, position, start, *rest = parts
            end = rest[0] if rest else ""
            rows.append(_row(qid, english_label(person, state), state, level, position, start, end, "hand-written"))
    return rows


def _officials(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            note = line.get("note")  # only the additions have one
            if note is None and (line["person_qid"], line["level"], line["start"]) in FAULTY:
                continue
            doubt = ", fairly sure" if note and note.startswith("fairly sure") else ""
            yield _row(
                line["person_qid"],
                english_label(line["person"], line["state"]),
                affiliation(line["state"], line["position"]),
                line["level"],
                line["position"],
                line["start"],
                line["end"],
                "wikidata" if note is None else f"additions{doubt}",
            )


def _row(qid: str, person: str, state: str, level: str, position: str, start: str, end: str, source: str) -> Row:
    return Row(qid, person, state, level, position, start, end, source, receiver(level, position))


def tsv(path: Path) -> Iterator[list[str]]:
    """The lines of a tab-separated file without comments and empty lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def affiliation(code: str, position: str) -> str:
    """The contract's code for a code of the officials tables."""
    if code == "UNA":
        return next((to for pattern, to in AGENCIES if re.search(pattern, position)), "UN")
    if code == "BIH" and "High Representative" in position:
        return "OHR"
    return CODES.get(code, code)


def english_label(name: str, state: str) -> str:
    """The label without middle initials and "of Belgium"; a Cyrillic label romanised, given name before surname."""
    name = unicodedata.normalize("NFC", name).replace("’", "'").removeprefix("Archbishop ")
    if re.search("[\u0400-\u04ff]", name):
        return romanise(_western_order(name), "uk" if state == "UKR" else "ru")
    name = re.sub(r",? (Jr|Sr)\.?$| of (Saudi Arabia|Belgium|Denmark|Spain|Bahrain|Sweden|Tonga)$", "", name)
    words = name.split()
    return " ".join(
        w
        for i, w in enumerate(words)
        if i in (0, len(words) - 1) or not re.fullmatch(r"[A-Z]\.?", w) or re.fullmatch(r"[A-Z]\.", words[i - 1])
    )


def _western_order(name: str) -> str:
    """A Cyrillic name without its patronymic, given name before surname."""
    if "," in name:
        surname, given = (part.strip() for part in name.split(",", 1))
        name = f"{given} {surname}"
    words = name.split()
    if len(words) == 3 and PATRONYMIC.search(words[2]) and not PATRONYMIC.search(words[1]):
        return f"{words[1]} {words[0]}"
    if len(words) == 3 and PATRONYMIC.search(words[1]):
        return f"{words[0]} {words[2]}"
    return " ".join(words)


def wanted(row: Row) -> bool:
    """Whether a row belongs in the table: no junior ministers, no ambassadors who left before 2010."""
    if row.rank < 2:
        return True
    if row.level == "other_minister":
        return bool(re.search(r"Deputy Prime Minister|Vice[- ]President|Vice[- ]Premier|Vice Prime", row.position))
    return not (row.level == "ambassador" and row.end and row.end != "XXXX" and row.end < "2010")
