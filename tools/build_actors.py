"""Build the table of persons and the table of given names from the tables of officials.

Reads officials.csv, officials-additions.csv and person_names.tsv of a data folder (``--data``, by default
``../shared/data`` beside the repository) and the hand-written spellings.yaml, persons-extra.tsv and
given_names-usual.tsv of src/rozmova/names/data; writes persons.tsv and given_names.tsv there (or to ``--out``).
Two runs give the same bytes.

Columns of persons.tsv: Wikidata item or nothing, English label, given-name forms and surname forms (one for each key,
joined by |), their keys in the same order, terms joined by ; each ``affiliation~level~position~start~end``. A level
``other_minister`` also stands for other officials (deputy speakers, commissioners for human rights, first ladies).

    PYTHONPATH=src python tools/build_actors.py
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from rapidfuzz.distance import Levenshtein

from rozmova.names.actors import OPEN_END, is_particle, name_keys
from rozmova.names.fold import fold, romanise

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "src" / "rozmova" / "names" / "data"

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
# Surname and given name change places in these states; both orders are indexed.
EITHER_ORDER = frozenset({"CHN", "KOR", "PRK", "JPN", "VNM", "TWN"})
# Rows the coverage notes call wrong; the additions have the right dates.
FAULTY = {("Q982461", "parliament_speaker", "2016-12-05"), ("Q107620810", "energy_minister", "2020-03-04")}
# Several holders at once: an open term says nothing about its successor.
COLLECTIVE = frozenset({"BIH", "SMR", "CHE", "AND", "YEM", "LBY"})
SINGLE = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "interior_minister",
        "finance_minister",
        "spokesperson",
        "ambassador",
    }
)
# Titles that several people bear at once.
SHARED = re.compile(r"deputy|aide|advis[eo]r to|senior|assistant|special|vice-president|spokes|director", re.IGNORECASE)
MILITARY = re.compile(r"general staff|chiefs of staff|commander|armed|defen[cs]e staff|army", re.IGNORECASE)
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
CORE = {
    "head_of_state": r"(?!vice|deputy|governor|first|lieutenant).*(president|monarch|king|queen|emperor|leader|pope)",
    "head_of_government": r"(?!vice|deputy|first).*(prime minister|premier|chancellor|taoiseach)",
    "foreign_minister": r"(federal |union )?(minister|secretary of state|head of the federal department)\b"
    r"(?!.*(state minister|minister of state|cooperation|trade|francophon|abroad))"
    r".*(foreign|external|europe)",
    "defence_minister": r"(federal |union )?(minister|secretary)\b"
    r"(?!.*(minister of state|assistant)).*(defen[cs]e|armed)",
}
YEARS_UNKNOWN = 5  # length given to a term whose end is unknown and that no successor closes
PATRONYMIC = re.compile(r"(вич|вна|віч|ич|ұлы)$")


@dataclass(frozen=True)
class Row:
    """One term as a source has it; ``rank`` 0 for the additions, 1 for the hand-written extra, 2 for the officials."""

    qid: str
    person: str
    affiliation: str
    level: str
    position: str
    start: str
    end: str
    rank: int


@dataclass
class Entry:
    """One person while the table is built."""

    qid: str
    label: str
    rows: list[Row] = field(default_factory=list)


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
        if "," in name:
            surname, given = (part.strip() for part in name.split(",", 1))
            name = f"{given} {surname}"
        words = name.split()
        if len(words) == 3 and PATRONYMIC.search(words[2]) and not PATRONYMIC.search(words[1]):
            words = [words[1], words[0]]
        elif len(words) == 3 and PATRONYMIC.search(words[1]):
            words = [words[0], words[2]]
        return romanise(" ".join(words), "uk" if state == "UKR" else "ru")
    name = re.sub(r",? (Jr|Sr)\.?$| of (Saudi Arabia|Belgium|Denmark|Spain|Bahrain|Sweden|Tonga)$", "", name)
    words = name.split()
    return " ".join(
        w
        for i, w in enumerate(words)
        if i in (0, len(words) - 1) or not re.fullmatch(r"[A-Z]\.?", w) or re.fullmatch(r"[A-Z]\.", words[i - 1])
    )


def first_day(edtf: str) -> str:
    """The first day an EDTF date of day, month or year can mean."""
    return (edtf + "-01-01")[:10] if len(edtf) == 4 else edtf + "-01" if len(edtf) == 7 else edtf


def last_day(edtf: str) -> str:
    """The last day an EDTF date of day, month or year can mean."""
    if len(edtf) == 4:
        return f"{edtf}-12-31"
    if len(edtf) != 7:
        return edtf
    year, month = int(edtf[:4]), int(edtf[5:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{edtf}-{(31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]}"


def read_rows(data: Path, own: Path) -> list[Row]:
    """All terms of the two tables and of the hand-written extra, codes mapped, in the order of the files."""
    rows: list[Row] = []
    for name, rank in (("officials-additions.csv", 0), ("officials.csv", 2)):
        with (data / name).open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if (line["person_qid"], line["level"], line["start"]) in FAULTY and rank == 2:
                    continue
                rows.append(
                    Row(
                        line["person_qid"],
                        english_label(line["person"], line["state"]),
                        affiliation(line["state"], line["position"]),
                        line["level"],
                        line["position"],
                        line["start"],
                        line["end"],
                        rank,
                    )
                )
    for parts in tsv(own / "persons-extra.tsv"):
        if parts[0] == "qid":
            continue
        qid, person, state, level, position, start, *rest = parts
        rows.append(Row(qid, english_label(person, state), state, level, position, start, rest[0] if rest else "", 1))
    return rows


def wanted(row: Row) -> bool:
    """Whether a row belongs in the table: no junior ministers, no ambassadors who left before 2010."""
    if row.rank < 2:
        return True
    if row.level == "other_minister":
        return bool(re.search(r"Deputy Prime Minister|Vice[- ]President|Vice[- ]Premier|Vice Prime", row.position))
    return not (row.level == "ambassador" and row.end and row.end != "XXXX" and row.end < "2010")


def tsv(path: Path) -> Iterator[list[str]]:
    """The lines of a tab-separated file without comments and empty lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def group(rows: list[Row], aliases: dict[tuple[str, ...], str]) -> list[Entry]:
    """Put the rows of one person together: by identifier, else by name key and affiliation.

    A row without identifier goes to the person of the same name key at the same affiliation. A row of an international
    organisation may also go to a person of another state, if exactly one in the table has that full name.
    """
    by_qid: dict[str, Entry] = {}
    by_name: dict[tuple[str, str], Entry] = {}
    anywhere: dict[str, set[str]] = defaultdict(set)
    entries: list[Entry] = []

    def key(row: Row) -> str:
        return full_key(aliases.get(tuple(name_keys(row.person)), row.person))

    for row in sorted(rows, key=lambda r: (not r.qid, r.rank)):
        if row.qid:
            entry = by_qid.get(row.qid)
            if entry is None:
                entry = by_qid[row.qid] = Entry(row.qid, row.person)
                entries.append(entry)
            by_name.setdefault((key(row), row.affiliation), entry)
            anywhere[key(row)].add(row.qid)
        else:
            found = by_name.get((key(row), row.affiliation))
            others = anywhere.get(key(row), set())
            near = row.affiliation in ORGANISATIONS or row.level == "international_organisation"
            if found is None and len(others) == 1 and (near or only_organisations(by_qid[next(iter(others))])):
                found = by_qid[next(iter(others))]
            if found is None:
                same = [e for e in entries if not e.qid and key_of(e, aliases) == key(row)]
                if same and (near or only_organisations(same[0])):
                    found = same[0]
            if found is None:
                found = Entry("", row.person)
                entries.append(found)
            by_name[(key(row), row.affiliation)] = found
            entry = found
        entry.rows.append(row)
    return entries


def key_of(entry: Entry, aliases: dict[tuple[str, ...], str]) -> str:
    """The name key of a person, through the other spellings of spellings.yaml."""
    return full_key(aliases.get(tuple(name_keys(entry.label)), entry.label))


def only_organisations(entry: Entry) -> bool:
    """Whether a person is known from international organisations alone."""
    return all(row.affiliation in ORGANISATIONS for row in entry.rows)


def full_key(label: str) -> str:
    """One key of a full name, for telling whether two labels name one person."""
    return " ".join(fold(word) for word in label.replace("-", " ").split())


def covers(better: Row, row: Row) -> bool:
    """Whether a row begins inside the term of a better one (a term that begins on its last day is another one)."""
    end = last_day(better.end) if better.end[:1].isdigit() else OPEN_END
    return last_day(row.start) >= first_day(better.start) and first_day(row.start) < end


def join(rows: list[Row]) -> list[Row]:
    """The rows of one person without doubles: hand-written rows win over a source row of the same office and time."""
    kept: list[Row] = []
    for row in sorted(set(rows), key=lambda r: (r.rank, r.start, r.position)):
        hides = (
            k
            for k in kept
            if k.rank < row.rank
            and (k.affiliation, k.level) == (row.affiliation, row.level)
            and covers(k, row)
            and (row.level != "international_organisation" or k.position == row.position)
        )
        if next(hides, None) is None:
            kept.append(row)
    return kept


def core(row: Row) -> str:
    """What must agree for one holder to follow another: the office itself, under whichever title."""
    pattern = CORE.get(row.level)
    return "core" if pattern and re.match(pattern, row.position, re.IGNORECASE) else row.position


def ends(rows_of: dict[int, list[Row]], changes: dict[str, str]) -> dict[Row, str]:
    """The last day of every term; ``changes`` gives the day a state changed its government after the source's freeze.

    An open or unknown end is closed by the next holder where the office has one, by a hand-written row of the very
    same title, or by the change of government.
    """
    offices: dict[tuple[str, str, str], list[tuple[str, int, int]]] = defaultdict(list)
    for person, rows in rows_of.items():
        for row in rows:
            for title in {core(row), row.position}:
                offices[row.affiliation, row.level, title].append((first_day(row.start), person, row.rank))
    for starts in offices.values():
        starts.sort()
    out: dict[Row, str] = {}
    for person, rows in rows_of.items():
        for row in rows:
            if row.end and row.end != "XXXX":
                out[row] = max(last_day(row.end), first_day(row.start))
                continue
            start = first_day(row.start)
            closes = [OPEN_END]
            if row.affiliation not in COLLECTIVE and not generic(row):
                single = row.level in CORE if row.rank < 2 else row.level in SINGLE or row.position == "Vice President"
                if single:
                    closes += [
                        day
                        for day, who, _ in offices[row.affiliation, row.level, core(row)]
                        if day > start and who != person
                    ]
                elif not SHARED.search(row.position):
                    closes += [
                        day
                        for day, who, rank in offices[row.affiliation, row.level, row.position]
                        if rank < 2 and day > start and who != person
                    ]
            change = changes.get(row.affiliation, "")
            if row.rank == 2 and start < change and row.level in POLITICAL and not MILITARY.search(row.position):
                closes.append(change)
            end = min(closes)
            doubtful = row.end == "XXXX" or (row.level == "ambassador" and row.rank == 2 and start < "2016")
            if end == OPEN_END and doubtful:
                end = f"{int(start[:4]) + YEARS_UNKNOWN}-12-31"
            out[row] = end
    return out


def generic(row: Row) -> bool:
    """Whether a title may belong to several people at once (an ambassador whose receiving state is not recorded)."""
    return row.level == "ambassador" and " to " not in row.position


def split_name(name: str) -> tuple[list[str], list[str]]:
    """Given names and surname parts of a full name; particles go with the surname."""
    words = [w for w in re.sub(r"\s+", " ", name).strip().split(" ") if w]
    while len(words) > 1 and re.fullmatch(r"[IVX]+", words[-1]):
        words = words[:-1]
    if len(words) == 1:
        return [], words
    at = len(words) - 1
    for i in range(1, len(words) - 1):
        if is_particle(words[i]):
            at = i
            break
    return words[:at], words[at:]


def surname_forms(parts: list[str]) -> list[str]:
    """The whole surname and its last part, also without a hyphenated article (el-Sisi, Sisi)."""
    forms = [" ".join(parts), parts[-1]]
    first, _, rest = parts[-1].partition("-")
    if rest and is_particle(first):
        forms.append(rest)
    return forms


def skeleton(text: str) -> str:
    """The consonants of a name's key, with the sounds that change places between the languages made one."""
    key = fold(text).replace("-", "")
    return re.sub(r"[aeioux]", "", key.translate(str.maketrans("jczk", "shss"))) or key


def plausible(form: str, name: str) -> bool:
    """Whether a form of the table of names can be a spelling of this name, and no nickname or other name."""
    a, b = skeleton(form), skeleton(name)
    if not a or not b:
        return False
    return (
        Levenshtein.distance(a, b) <= (0 if max(len(a), len(b)) <= 2 else 1)
        and Levenshtein.distance(fold(form), fold(name)) <= (len(fold(name)) + 1) // 3
    )


class Names:
    """The forms of given names and surnames of person_names.tsv."""

    def __init__(self, path: Path) -> None:
        self.lines: list[list[str]] = []
        self.index: dict[str, list[int]] = defaultdict(list)
        for qid, forms, *_ in tsv(path):
            if qid == "qid":
                continue
            self.lines.append(forms.split("|"))
            for form in self.lines[-1]:
                self.index[form].append(len(self.lines) - 1)

    def forms(self, part: str) -> list[str]:
        """Cyrillic spellings of a name part, sorted."""
        found = {
            form
            for i in self.index.get(part.lower(), ())
            for form in self.lines[i]
            if re.match("[\u0400-\u04ff]", form) and plausible(form, part)
        }
        return sorted(found)


def distinct(forms: Iterable[str]) -> list[str]:
    """The forms in order, one for each key."""
    out: dict[str, str] = {}
    for form in forms:
        if fold(form):
            out.setdefault(fold(form), form)
    return list(out.values())


def plain(text: str) -> str:
    """The text without diacritics, as English papers print it."""
    text = text.translate(str.maketrans("łŁøØđĐıßæÆ", "lLoOdDisaA"))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def capital(form: str) -> str:
    """The form with capital letters at the start of its parts."""
    return "-".join(part[:1].upper() + part[1:] for part in form.split("-"))


def name_forms(entry: Entry, spelled: list[str], names: Names) -> tuple[list[str], list[str]]:
    """Given-name and surname forms of a person, one for each key, best first."""
    states = {row.affiliation for row in entry.rows}
    given: list[str] = []
    surname: list[str] = []
    for name in spelled:
        first, last = split_name(name)
        for words, out in ((first, given), (last, surname)):
            if out is surname:
                out.extend(surname_forms(words))
            else:
                out.extend([" ".join(words), *words] if len(words) > 1 else words)
        if states & EITHER_ORDER and first:
            given.extend([last[-1], *first])
            surname.extend([first[0], " ".join(last), " ".join([*first[1:], *last])])
    given_parts, surname_parts = split_name(entry.label)
    for words, out in ((given_parts, given), (surname_parts, surname)):
        for part in words:
            if is_particle(part):
                continue
            forms = [capital(form) for form in names.forms(part)]
            if out is given or len(surname_parts) == 1 or part == surname_parts[-1]:
                out.extend(forms)
    for out in (given, surname):
        out.extend([plain(form) for form in out])
    drop = r"[A-Z]\.?"
    return (distinct(f for f in given if not re.fullmatch(drop, f)), distinct(surname))


def spellings(path: Path) -> dict[str, dict[str, str | list[str]]]:
    """The hand-written spellings: English label -> language -> names joined by |, en, also."""
    loaded: dict[str, dict[str, str | list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def build(data: Path, own: Path) -> tuple[list[str], list[str], list[str]]:
    """Lines of persons.tsv, lines of given_names.tsv, and labels of spellings.yaml that match no person."""
    spelled = spellings(own / "spellings.yaml")
    aliases: dict[tuple[str, ...], str] = {}
    for label, forms in spelled.items():
        for other in [label, *forms.get("also", [])]:
            aliases[tuple(name_keys(english_label(other, "")))] = label
        aliases[tuple(name_keys(str(forms.get("en", label))))] = label
    entries = group(read_rows(data, own), aliases)
    for entry in entries:  # only now: a junior minister's row may bring the identifier of a later commissioner
        entry.rows = [row for row in entry.rows if wanted(row)]
    entries = [entry for entry in entries if entry.rows]
    rows_of = {i: join(entry.rows) for i, entry in enumerate(entries)}
    last = ends(rows_of, {parts[0]: parts[1] for parts in tsv(own / "changes.tsv")})
    names = Names(data / "person_names.tsv")
    lines: list[tuple[str, str, str]] = []
    unused = set(spelled)
    famous: dict[tuple[str, ...], int] = {}
    for i, entry in enumerate(entries):  # a namesake of lower standing must not take the spellings
        key = tuple(name_keys(entry.label))
        weight = max((3 * (r.rank < 2) + (r.level in CORE) for r in rows_of[i]), default=0) * 100 + len(rows_of[i])
        if key in aliases and (key not in famous or weight > famous[key] // 100000):
            famous[key] = weight * 100000 + i
    for i, entry in enumerate(entries):
        source = aliases.get(tuple(name_keys(entry.label)))
        label, written = entry.label, [entry.label]
        if source is not None and famous[tuple(name_keys(entry.label))] % 100000 == i:
            unused.discard(source)
            forms = spelled[source]
            label = str(forms.get("en", english_label(source, "")))
            written = [label, entry.label]
            for lang in ("uk", "ru", "pl"):
                written.extend(name for name in str(forms.get(lang, "")).split("|") if name)
            written.extend(forms.get("also", []))
        entry.label = label
        given, surname = name_forms(entry, written, names)
        terms = sorted((first_day(r.start), last[r], r.affiliation, r.level, r.position) for r in rows_of[i])
        text = ";".join(
            "~".join((a, level, re.sub(r"[;~\t]", ",", position), start, end))
            for start, end, a, level, position in dict.fromkeys(terms)
        )
        columns = (
            entry.qid,
            label,
            "|".join(given),
            "|".join(surname),
            "|".join(fold(f) for f in given),
            "|".join(fold(f) for f in surname),
            text,
        )
        lines.append((label, entry.qid, "\t".join(columns)))
    return [line for _, _, line in sorted(lines)], given_names(entries, names, own), sorted(unused)


def given_names(entries: list[Entry], names: Names, own: Path) -> list[str]:
    """Lines of the table of given names: the hand-written ones first, then names borne by two or more officials."""
    usual: dict[str, list[str]] = defaultdict(list)
    for parts in tsv(own / "given_names-usual.tsv"):
        usual[parts[0]].extend(parts[1].split("|"))
    taken = {form.lower() for forms in usual.values() for form in forms}
    counts: Counter[str] = Counter()
    for entry in entries:
        given, _ = split_name(entry.label)
        if given and re.fullmatch(r"[^\W\d_]{3,}", given[0]):
            counts[given[0]] += 1
    claims: dict[str, tuple[int, int, str]] = {}
    for name, count in sorted(counts.items()):
        if count < 2:
            continue
        for form in names.forms(name):
            exact = int(fold(form) == fold(name))
            claims[form] = max(claims.get(form, (0, 0, "")), (exact, count, name))
    table: dict[str, set[str]] = {name: set(forms) for name, forms in usual.items()}
    for form, (_, _, name) in claims.items():
        if form not in taken and len(form) > 1:
            table.setdefault(name, set()).add(capital(form))
    return [f"{name}\t{'|'.join(sorted(forms))}" for name, forms in sorted(table.items()) if forms]


def main(argv: list[str] | None = None) -> int:
    """Build both tables; gives 0, or 2 when the data folder is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="source tables")
    parser.add_argument("--out", type=Path, default=OWN, help="folder to write persons.tsv and given_names.tsv to")
    args = parser.parse_args(argv)
    if not (args.data / "officials.csv").is_file():
        print(f"no officials.csv in {args.data}", file=sys.stderr)
        return 2
    persons, given, unused = build(args.data, OWN)
    for name, lines in (("persons.tsv", persons), ("given_names.tsv", given)):
        (args.out / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(lines)} lines")
    for label in unused:
        print(f"spellings.yaml: no person {label}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
