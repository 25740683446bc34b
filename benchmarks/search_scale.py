"""How long search takes in a large store: PYTHONPATH=src python benchmarks/search_scale.py [ARTICLES] [SEED]

See ``large_store.py`` for what is in it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from large_store import kept

from rozmova.store import Store

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
        print(
            "a row that a frequent word finds, in microseconds:", ", ".join(f"{n} {t:.2f}" for n, t in row_costs(store))
        )
        every.sort()
        print(f"p50 {every[len(every) // 2]:.1f} ms, p95 {every[int(0.95 * len(every))]:.1f} ms")


def row_costs(store: Store) -> Iterator[tuple[str, float]]:
    """What a row costs that is only found, one whose short row is looked at, and one that is ranked."""
    for name, query in (
        ("found", "SELECT count(*) FROM search_terms WHERE search_terms MATCH 'президент'"),
        ("looked at", "SELECT count(s.first) FROM search_terms JOIN search s ON s.id = search_terms.rowid "
         "WHERE search_terms MATCH 'президент'"),
        ("ranked", "SELECT max(score), count(*) FROM (SELECT bm25(search_terms, 6, 1, 1) AS score FROM search_terms "
         "WHERE search_terms MATCH 'президент' LIMIT -1)"),
    ):  # fmt: skip
        with store.reading() as run:
            run.exec_driver_sql(query).one()
            start = perf_counter()
            found = run.exec_driver_sql(query).one()
            yield name, 1e6 * (perf_counter() - start) / max(found[-1], 1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
