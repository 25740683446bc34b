"""How long search takes in a large store: PYTHONPATH=src python benchmarks/search_scale.py [ARTICLES] [SEED]

See ``large_store.py`` for what is in it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from large_store import kept

QUERIES = (
    "Зеленський", "Байден", "президент", "war", '"глава держави"', "rozmowa prezydent", "санкції -нафта",
    "переговори channel:phone", "state:UKR disputed:yes", "kind:contact call", "президент pair:UKR-RUS before:2004-06",
    "lang:pl spotkanie outlet:outlet-5", "state:FRA", "i",
)  # fmt: skip


def main(count: int = 20_000, seed: int = 7, words: int = 250) -> None:
    """Fill a store and time each query, the first run apart."""
    with tempfile.TemporaryDirectory() as folder, kept(Path(folder) / "bench.db", count, seed, words) as store:
        every = []
        for query in QUERIES:
            times = []
            for _ in range(8):
                start = perf_counter()
                found = store.search(query)
                times.append(1000 * (perf_counter() - start))
            every += times[1:]
            rest = sorted(times[1:])
            print(
                f"{query:45} {found.total:7} found; first {times[0]:7.1f} ms, "
                f"then median {rest[3]:6.1f}, most {rest[-1]:6.1f}"
            )
        every.sort()
        print(f"p50 {every[len(every) // 2]:.1f} ms, p95 {every[int(0.95 * len(every))]:.1f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
