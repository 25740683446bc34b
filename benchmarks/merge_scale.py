"""How time and memory of merging grow with the number of readings: ``python benchmarks/merge_scale.py [--full]``.

Each size is measured in a process of its own, on synthetic readings that come one after the other as out of a store,
each with strings of its own; the time to make them is not counted. The peak is that of the whole process, readings and
result included. B-cubed (Bagga and Baldwin 1998) is against the contacts the generator had in mind.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import msgspec

from rozmova.evaluation.clusters import BCubed, b_cubed
from rozmova.evaluation.synthetic import labelled, readings
from rozmova.merge import merge
from rozmova.records import MergedContact, Reading

SIZES, FULL = (10_000, 30_000, 100_000), (300_000, 1_000_000)
COLUMNS = {
    "readings": (9, ","), "accounts": (9, ","), "contacts": (9, ","), "seconds": (8, ".2f"), "wall": (8, ".2f"),
    "us/account": (10, ".0f"), "peak MB": (8, ",.0f"), "precision": (9, ".4f"), "recall": (7, ".4f"), "f1": (7, ".4f"),
}  # fmt: skip
"""Name, width and format of each column."""


class _Stream:
    """Readings one at a time, and the seconds that making them took."""

    def __init__(self, count: int, seed: int) -> None:
        self.count, self.seed, self.seconds = count, seed, 0.0

    def __iter__(self) -> Iterator[Reading]:
        began = time.process_time()
        for reading in readings(self.count, self.seed):
            own = msgspec.json.decode(msgspec.json.encode(reading), type=Reading)
            self.seconds += time.process_time() - began
            yield own
            began = time.process_time()
        self.seconds += time.process_time() - began


def measure(count: int, seed: int, digest: bool) -> dict[str, float | str]:
    """Merge so many readings in this process."""
    start = _peak()
    stream = _Stream(count, seed)
    began, wall = time.process_time(), time.perf_counter()
    merged = merge(stream)
    seconds, wall = time.process_time() - began - stream.seconds, time.perf_counter() - wall - stream.seconds
    row: dict[str, float | str] = {
        "readings": count,
        "accounts": (number := sum(len(contact.accounts) for contact in merged)),
        "contacts": len(merged),
        "seconds": seconds,
        "wall": wall,
        "us/account": 1e6 * seconds / max(number, 1),
        "start": start,
        "peak MB": _peak(),
    }
    if digest:
        found = sha256()
        for contact in merged:
            found.update(msgspec.json.encode(contact))
        row["sha256"] = found.hexdigest()
    row["precision"], row["recall"], row["f1"] = against_truth(merged, count, seed)
    return row


def against_truth(merged: Iterable[MergedContact], count: int, seed: int) -> BCubed:
    """B-cubed against the contacts the generator had in mind."""
    ours = {(account.article, account.index): n for n, contact in enumerate(merged) for account in contact.accounts}
    theirs = {(r.article.id, index): label for r, truth in labelled(count, seed) for index, label in enumerate(truth)}
    return b_cubed(ours, theirs)


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The slope of a straight line through the logarithms, by least squares; 1 is linear."""
    xs, ys = [math.log(x) for x in sizes], [math.log(max(y, 1e-9)) for y in values]
    middle, level = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - middle) ** 2 for x in xs)
    return sum((x - middle) * (y - level) for x, y in zip(xs, ys, strict=True)) / spread if spread else math.nan


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def main() -> None:
    """Print a table, a line a size, and how the last columns grow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sizes", nargs="*", type=int, help=f"numbers of readings (default {' '.join(map(str, SIZES))})")
    parser.add_argument("--full", action="store_true", help=f"also {' and '.join(map(str, FULL))}")
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--digest", action="store_true", help="print the SHA-256 of what came out, too")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one is not None:
        print(json.dumps(measure(asked.one, asked.seed, asked.digest)))
        return
    sizes = [*(asked.sizes or SIZES), *(FULL if asked.full else ())]
    print(
        f"seed {asked.seed}; {platform.machine()}, Python {platform.python_version()}; CPU seconds, peak of the process"
    )
    print(" ".join(f"{name:>{width}}" for name, (width, _) in COLUMNS.items()), flush=True)
    rows = []
    for size in sizes:
        options = ["--one", str(size), "--seed", str(asked.seed), *(["--digest"] if asked.digest else [])]
        said = subprocess.run([sys.executable, __file__, *options], check=True, stdout=subprocess.PIPE).stdout
        rows.append(row := json.loads(said))
        cells = [format(row[name], f">{width}{form}") for name, (width, form) in COLUMNS.items()]
        print(*cells, *([row["sha256"]] if asked.digest else []), flush=True)
    if len(rows) > 1:
        grown = [row["peak MB"] - row["start"] for row in rows]
        time_, memory = (exponent(sizes, values) for values in ([row["seconds"] for row in rows], grown))
        print(f"exponent of time {time_:.2f}, of memory (peak less that of the bare program) {memory:.2f}; 1 is linear")


if __name__ == "__main__":
    main()
