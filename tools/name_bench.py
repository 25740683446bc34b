"""The bench of pairs of spellings: does the product tell the names of one person from those of two?

``benchmarks/names/pairs.tsv`` holds labelled pairs, written by somebody who did not see the code: a row has an
identifier made of its content, two names with their languages, whether they are one person's, how sure the label is,
and what sort of pair it is. Half of them, by the identifier, are open: they may be looked at while rules are made. The
other half is held out. ``frozen.tsv`` beside it holds the verdict on every pair as last committed.

    python tools/name_bench.py             scores, and what changed since the frozen run
    python tools/name_bench.py --misses    the open pairs that are wrong
    python tools/name_bench.py --freeze    write the frozen run anew
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rozmova.names.actors import load
from rozmova.names.spelling import read_name, same_name
from rozmova.names.strangers import stranger_id

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks" / "names"


@dataclass(frozen=True)
class Judged:
    """A pair with the verdict on it."""

    row: dict[str, str]
    same: bool
    why: str

    @property
    def right(self) -> bool:
        """Whether verdict and label agree."""
        return self.same == (self.row["same"] == "yes")

    @property
    def open(self) -> bool:
        """Whether the pair may be looked at while rules are made."""
        return int(self.row["id"], 16) % 2 == 1

    def line(self) -> str:
        """The verdict as it stands in the frozen run."""
        return "\t".join((self.row["id"], "yes" if self.same else "no", self.why))


def pairs() -> list[dict[str, str]]:
    """The labelled pairs in the order of the file."""
    with (FOLDER / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def judge(rows: Iterable[dict[str, str]]) -> Iterator[Judged]:
    """The product's verdict on every pair."""
    table = load()
    for row in rows:
        left = read_name(row["left"], row["left_lang"], table)
        right = read_name(row["right"], row["right_lang"], table)
        if left is None or right is None:
            yield Judged(row, False, "no name to be read")
        else:
            yield Judged(row, *same_name(left, right))


def scores(judged: Iterable[Judged]) -> tuple[int, float, float, float]:
    """How many pairs, and precision, recall and F1 of "the same person"."""
    counts = Counter((j.same, j.right) for j in judged)
    hits, wrong, missed = counts[True, True], counts[True, False], counts[False, False]
    precision, recall = hits / ((hits + wrong) or 1), hits / ((hits + missed) or 1)
    return sum(counts.values()), precision, recall, 2 * hits / ((2 * hits + wrong + missed) or 1)


def report(judged: list[Judged]) -> Iterator[str]:
    """The table of scores: all pairs, the two halves, the surely labelled ones, and each pair of languages."""
    parts: dict[str, list[Judged]] = {
        "all": judged,
        "open": [j for j in judged if j.open],
        "held out": [j for j in judged if not j.open],
        "label strong": [j for j in judged if j.row["strength"] == "strong"],
    }
    for j in judged:
        parts.setdefault("-".join(sorted((j.row["left_lang"], j.row["right_lang"]))), []).append(j)
    yield f"{'pairs':14}{'n':>5}  precision  recall     F1"
    for name, group in parts.items():
        n, precision, recall, f1 = scores(group)
        yield f"{name:14}{n:5}  {precision:9.3f}  {recall:6.3f}  {f1:5.3f}"


def identifiers(judged: list[Judged]) -> str:
    """How often two spellings of one stranger get one identifier, and those of two people too."""
    table = load()
    counts: Counter[tuple[bool, bool]] = Counter()
    for row in (j.row for j in judged):
        left = read_name(row["left"], row["left_lang"], table)
        right = read_name(row["right"], row["right_lang"], table)
        if left and right and left.name.whole and right.name.whole and not (left.people or right.people):
            one, other = (stranger_id(s.name.given[0], s.name.surname[0]) for s in (left, right))
            counts[row["same"] == "yes", one == other] += 1
    same, mixed = counts[True, True], counts[False, True]
    return (
        f"strangers with one identifier: {same} of {same + counts[True, False]} pairs of one person, "
        f"{mixed} of {mixed + counts[False, False]} pairs of two"
    )


def changes(judged: list[Judged]) -> Iterator[str]:
    """The pairs on which the verdict differs from the frozen run; of held-out pairs only how many."""
    frozen = dict(line.split("\t")[:2] for line in (FOLDER / "frozen.tsv").read_text(encoding="utf-8").splitlines())
    moved = [j for j in judged if frozen.get(j.row["id"]) != ("yes" if j.same else "no")]
    for j in moved:
        if j.open:
            word = "better" if j.right else "worse"
            yield f"{word}  {j.row['left']} | {j.row['right']}: now {'same' if j.same else 'different'} ({j.why})"
    hidden = Counter(j.right for j in moved if not j.open)
    yield f"changed since the frozen run: {len(moved)} (held out: {hidden[True]} better, {hidden[False]} worse)"


def main() -> None:
    """Print scores and changes."""
    parser = argparse.ArgumentParser(description="the bench of pairs of spellings")
    parser.add_argument("--misses", action="store_true", help="list the open pairs that are wrong")
    parser.add_argument("--freeze", action="store_true", help="write the frozen run anew")
    asked = parser.parse_args()
    judged = list(judge(pairs()))
    print("\n".join(report(judged)))
    print(identifiers(judged))
    if asked.misses:
        for j in judged:
            if j.open and not j.right:
                print(f"{j.row['same']:3}  {j.row['left']} | {j.row['right']}  ({j.row['kind']}; {j.why})")
    if asked.freeze:
        lines = sorted(j.line() for j in judged)
        (FOLDER / "frozen.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        print("\n".join(changes(judged)))


if __name__ == "__main__":
    main()
