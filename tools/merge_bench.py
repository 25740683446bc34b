"""The bench of merging: are the reports of one contact put together, and those of two kept apart?

``benchmarks/merge/reports.yaml`` holds what an annotator would write down of made-up articles, with the true contact of
every account, decided before any program ran. ``pairs.tsv`` lists pairs of accounts: all of one contact, and those of
two contacts that are easily taken for one. A contact's label is ``<story>/<contact>``; half of the stories, by the hash
of their name, are open: they may be looked at while rules are made. The other half is held out. The annotation of the
demo corpus, with which the rules were made, is a part of its own. ``frozen.tsv`` says for every account which account
stands first in its merged contact, as last committed.

    python tools/merge_bench.py             scores, and what changed since the frozen run
    python tools/merge_bench.py --misses    the open pairs that are wrong, with what each feature says of them
    python tools/merge_bench.py --freeze    write the frozen run anew
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, cast

import yaml

import rozmova
from rozmova.evaluation import clusters
from rozmova.languages import loader
from rozmova.merge import merge
from rozmova.merge.accounts import Told, accounts
from rozmova.merge.compare import Comparison, compare
from rozmova.records import (
    ArticleInfo,
    Channel,
    Contact,
    Party,
    PartyKind,
    Place,
    Qualifier,
    Reading,
    Status,
    Topic,
)

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks" / "merge"
GOLD = Path(rozmova.__file__).parent / "demo" / "gold.json"
FORMS = {"phone": "call", "video": "video conference", "in_person": "meeting", "letter": "letter"}
SAID = {1: "for", 0: "silent", -1: "against"}

Half = Literal["open", "held out", "demo"]


@dataclass(frozen=True)
class Labelled:
    """An account's true contact, and what makes the account hard; in the demo corpus nothing is said of that."""

    contact: str
    case: str
    half: Half


@dataclass(frozen=True)
class Corpus:
    """Readings, and the label of each account under ``article:index``, in the order of the file."""

    readings: tuple[Reading, ...]
    labels: dict[str, Labelled]


@dataclass(frozen=True)
class Judged:
    """A pair with the verdict on it."""

    row: dict[str, str]
    same: bool
    half: Half

    @property
    def right(self) -> bool:
        """Whether verdict and label agree."""
        return self.same == (self.row["same"] == "yes")


@dataclass(frozen=True)
class Run:
    """What the program makes of a corpus: for every account the first account of its merged contact."""

    corpus: Corpus
    first: dict[str, str]


def half(contact: str) -> Half:
    """Whether a story may be looked at while rules are made; contacts easily taken for one another go together."""
    return "open" if sha256(contact.partition("/")[0].encode()).digest()[0] % 2 else "held out"


@cache
def _places() -> dict[str, Place]:
    """Place by English label: towns, and states as a whole."""
    found = {}
    for key, entry in loader.table(loader.SHARED, "places").items():
        label, state = str(entry["label"]), entry.get("state")
        found[label] = Place(id=entry.get("qid") or f"x:{key}", name=label, state=state)
    for code, entry in loader.table(loader.SHARED, "states").items():
        found[str(entry["label"])] = Place(id=entry["qid"], name=str(entry["label"]), state=code)
    return found


def _slug(name: str) -> str:
    return "x:" + name.lower().replace(" ", "-")


def _body(code: str) -> Party:
    """A state or an organisation by its affiliation."""
    states = loader.table(loader.SHARED, "states")
    kind: PartyKind = "state" if code in states else "organisation"
    entry = states.get(code) or loader.table(loader.SHARED, "organisations").get(code) or {}
    return Party(
        id=entry.get("qid") or _slug(code), name=str(entry.get("label", code)), kind=kind, affiliation=code,
        role=None, part="participant",
    )  # fmt: skip


def _party(text: str, people: Mapping[str, Mapping[str, str]]) -> Party:
    if text in people:
        known = people[text]
        return Party(
            id=_slug(known["name"]), name=known["name"], kind="person", affiliation=known["affiliation"],
            role=known["role"], part="participant",
        )  # fmt: skip
    if not text.startswith("office:"):
        return _body(text)
    role, _, affiliation = text.removeprefix("office:").partition("/")
    name = f"{role} of {_body(affiliation).name}"
    return Party(id=_slug(name), name=name, kind="office", affiliation=affiliation, role=role, part="participant")


def _contact(row: Mapping[str, Any], people: Mapping[str, Mapping[str, str]]) -> Contact:
    qualifier, _, minutes = row.get("duration", "").rpartition(" ")
    initiator: str | None = row.get("initiator")
    return Contact(
        parties=tuple(_party(text, people) for text in row["parties"]),
        channel=cast("Channel", row["channel"]),
        form=row.get("form") or FORMS.get(row["channel"], "conversation"),
        status=cast("Status", row["status"]),
        date=row.get("date"),
        date_basis="explicit" if "date" in row else None,
        initiator=_slug(people[initiator]["name"]) if initiator and initiator in people else initiator,
        place=_places()[row["place"]] if "place" in row else None,
        duration_minutes=float(minutes) if minutes else None,
        duration_qualifier=cast("Qualifier", qualifier) if qualifier else None,
        topics=tuple(Topic(label=label, start=0, end=0) for label in row.get("topics", ())),
        evidence=(),
        moved_from=row.get("moved_from"),
    )


def _reading(id: str, about: Mapping[str, str], contacts: Iterable[Contact]) -> Reading:
    info = ArticleInfo(
        id=id, path=f"{id}.txt", url=None, sha256=sha256(id.encode()).hexdigest(), lang=about["lang"], title=None,
        outlet=about.get("outlet"), published=about["published"], published_basis="metadata",
    )  # fmt: skip
    return Reading(article=info, names=(), times=(), contacts=tuple(contacts), statements=())


def reports() -> Corpus:
    """The accounts of the bench."""
    data = yaml.load((FOLDER / "reports.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # values stay text
    readings, labels = [], {}
    for article in data["articles"]:
        rows = article["contacts"]
        readings.append(_reading(article["id"], article, (_contact(row, data["people"]) for row in rows)))
        for index, row in enumerate(rows):
            labels[f"{article['id']}:{index}"] = Labelled(row["contact"], row["case"], half(row["contact"]))
    return Corpus(tuple(readings), labels)


def _demo_party(row: Mapping[str, Any]) -> Party:
    return Party(
        id=_slug(row["name"]), name=row["name"], kind=row["kind"], affiliation=row["affiliation"], role=None,
        part="participant",
    )  # fmt: skip


def _demo_place(name: str) -> Place:
    return _places().get(name) or Place(id=_slug(name), name=name, state=None)


def demo() -> Corpus:
    """The annotation of the demo corpus."""
    readings, labels = [], {}
    for name, article in json.loads(GOLD.read_text(encoding="utf-8"))["articles"].items():
        contacts = [
            Contact(
                parties=tuple(map(_demo_party, row["parties"])), channel=row["channel"],
                form=FORMS.get(row["channel"], "conversation"), status=row["status"], date=row["date"],
                date_basis="explicit" if row["date"] else None, initiator=row["initiator"],
                place=_demo_place(row["place"]) if row["place"] else None, duration_minutes=row["duration_minutes"],
                duration_qualifier=None, topics=(), evidence=(),
            )
            for row in article["contacts"]
        ]  # fmt: skip
        id = Path(name).stem
        readings.append(_reading(id, article, contacts))
        labels.update({f"{id}:{i}": Labelled(r["contact"], "", "demo") for i, r in enumerate(article["contacts"])})
    return Corpus(tuple(readings), labels)


def pairs() -> list[dict[str, str]]:
    """The labelled pairs in the order of the file."""
    with (FOLDER / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def pairs_within(corpus: Corpus) -> list[dict[str, str]]:
    """All pairs of a corpus that has no list of its own."""
    return [
        {"id": f"{a} {b}", "a": a, "b": b, "same": "yes" if one.contact == other.contact else "no", "case": ""}
        for (a, one), (b, other) in combinations(corpus.labels.items(), 2)
    ]


def run(corpus: Corpus) -> Run:
    """Merge the corpus."""
    place = {account: number for number, account in enumerate(corpus.labels)}
    first = {}
    for merged in merge(corpus.readings):
        members = [f"{a.article}:{a.index}" for a in merged.accounts]
        first.update(dict.fromkeys(members, min(members, key=place.__getitem__)))
    return Run(corpus, first)


def judge(rows: Iterable[dict[str, str]], done: Run, first: Mapping[str, str] | None = None) -> list[Judged]:
    """The verdict on every pair: of this run, or of another one given by the ``first`` of each account."""
    told = done.first if first is None else first
    return [Judged(r, told.get(r["a"]) == told.get(r["b"]), done.corpus.labels[r["a"]].half) for r in rows]


def scores(judged: Iterable[Judged]) -> tuple[int, float, float, float]:
    """How many pairs, and precision, recall and F1 of "the same contact"."""
    counts = Counter((j.same, j.right) for j in judged)
    hits, wrong, missed = counts[True, True], counts[True, False], counts[False, False]
    precision = hits / (hits + wrong) if hits + wrong else 1.0
    recall = hits / (hits + missed) if hits + missed else 1.0
    return sum(counts.values()), precision, recall, _f1(precision, recall)


def b_cubed(done: Run, chosen: Iterable[str]) -> tuple[int, float, float, float]:
    """How many accounts are chosen, and B-cubed precision, recall and F1 over them; clusters are taken whole."""
    asked = list(chosen)
    theirs = {account: label.contact for account, label in done.corpus.labels.items()}
    return len(asked), *clusters.b_cubed({account: done.first[account] for account in theirs}, theirs, asked)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / ((precision + recall) or 1)


def report(done: Run, judged: list[Judged], seen: Run, seen_judged: list[Judged]) -> Iterator[str]:
    """The table of scores: both halves, the demo corpus, and the open half case by case."""
    labels = done.corpus.labels
    yield f"{'':38}{'pairs':>6}  precision  recall     F1   {'accounts':>8}  B3 prec.  B3 rec.  B3 F1"
    yield _row("all", scores(judged), b_cubed(done, labels))
    for name in ("open", "held out"):
        here = [a for a, label in labels.items() if label.half == name]
        yield _row(name, scores(j for j in judged if j.half == name), b_cubed(done, here))
    yield _row("demo corpus, all pairs", scores(seen_judged), b_cubed(seen, seen.corpus.labels))
    visible = {a: label.case for a, label in labels.items() if label.half == "open"}
    for case in sorted(set(visible.values())):
        chosen = [j for j in judged if j.half == "open" and j.row["case"] == case]
        yield _row(f"open: {case}", scores(chosen), b_cubed(done, [a for a in visible if visible[a] == case]))


def _row(name: str, pairwise: tuple[int, float, float, float], cubed: tuple[int, float, float, float]) -> str:
    n, precision, recall, f1 = pairwise
    m, b_precision, b_recall, b_f1 = cubed
    left = f"{name:38}{n:6}  {precision:9.3f}  {recall:6.3f}  {f1:5.3f}"
    return f"{left}   {m:8}  {b_precision:8.3f}  {b_recall:7.3f}  {b_f1:5.3f}"


def misses(done: Run, judged: Iterable[Judged]) -> Iterator[str]:
    """The open pairs that are wrong: both accounts, and what the table of features says of the two alone."""
    told = {f"{t.account.article}:{t.account.index}": t for t in accounts(done.corpus.readings)}
    for j in judged:
        if j.half == "open" and not j.right:
            a, b = told[j.row["a"]], told[j.row["b"]]
            word = "missed" if j.row["same"] == "yes" else "wrong "
            yield f"{word}  {j.row['a']} {j.row['b']}  {done.corpus.labels[j.row['a']].contact}  ({j.row['case']})"
            yield f"        {_shown(a)}"
            yield f"        {_shown(b)}"
            yield f"        {_verdict(compare(a, b))}"


def _shown(told: Told) -> str:
    c = told.account.contact
    length = f"{c.duration_qualifier or ''} {c.duration_minutes:g} min".strip() if c.duration_minutes else None
    moved = f"moved from {c.moved_from}" if c.moved_from else None
    values = (c.channel, c.status, c.date or "no date", moved, c.place and c.place.name, length, c.initiator)
    who = ", ".join(p.name for p in c.parties)
    return f"{told.account.published}: {who}; {', '.join(v for v in values if v)}"


def _verdict(found: Comparison) -> str:
    """What the features say; those that are silent are left out."""
    said = ", ".join(f"{name} {SAID[value]}" for name, value in found.said.items() if value)
    alone = "apart" if found.apart else "same" if found.same else "too little"
    return f"the two alone: {alone} ({said or 'all silent'})"


def frozen() -> dict[str, str]:
    """For every account the first account of its merged contact in the frozen run."""
    path = FOLDER / "frozen.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {account: first for account, _, first in (line.partition("\t") for line in lines)}


def lines(*runs: Run) -> list[str]:
    """The frozen run as it would be written now."""
    return [f"{account}\t{done.first[account]}" for done in runs for account in done.corpus.labels]


def changes(rows: Iterable[dict[str, str]], done: Run) -> Iterator[str]:
    """The pairs on which the verdict differs from the frozen run; of held-out pairs only how many."""
    rows, before = list(rows), frozen()
    moved = [
        now
        for now, then in zip(judge(rows, done), judge(rows, done, before), strict=True)
        if now.same != then.same
    ]  # fmt: skip
    for j in moved:
        if j.half != "held out":
            word, now = "better" if j.right else "worse ", "same" if j.same else "different"
            yield f"{word}  {j.row['a']} {j.row['b']}  {done.corpus.labels[j.row['a']].contact}: now {now}"
    hidden = Counter(j.right for j in moved if j.half == "held out")
    others = sum(before.get(account) != first for account, first in done.first.items())
    yield (
        f"pairs changed since the frozen run: {len(moved)} (held out: {hidden[True]} better, {hidden[False]} worse); "
        f"accounts whose contact begins with another account: {others}"
    )


def main() -> None:
    """Print scores and changes."""
    parser = argparse.ArgumentParser(description="the bench of merging")
    parser.add_argument("--misses", action="store_true", help="list the open pairs that are wrong")
    parser.add_argument("--freeze", action="store_true", help="write the frozen run anew")
    asked = parser.parse_args()
    done, seen = run(reports()), run(demo())
    rows, seen_rows = pairs(), pairs_within(seen.corpus)
    judged, seen_judged = judge(rows, done), judge(seen_rows, seen)
    print("\n".join(report(done, judged, seen, seen_judged)))
    if asked.misses:
        print("\n".join(misses(done, judged)))
    if asked.freeze:
        (FOLDER / "frozen.tsv").write_text("\n".join(lines(done, seen)) + "\n", encoding="utf-8")
    else:
        print("\n".join(("bench", *changes(rows, done), "demo corpus", *changes(seen_rows, seen))))


if __name__ == "__main__":
    main()
