"""How long search takes in a large store: PYTHONPATH=src python benchmarks/search_scale.py [ARTICLES] [SEED]

Texts are shuffled words of the demo articles; readings and contacts are those of ``evaluation/synthetic``.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter

from msgspec.structs import replace

from rozmova.evaluation.synthetic import readings
from rozmova.merge import merge
from rozmova.records import Article
from rozmova.store import open_store

DEMO = Path(__file__).parent.parent / "src/rozmova/demo/corpus"
QUERIES = (
    "Зеленський", "Байден", "президент", "war", '"глава держави"', "rozmowa prezydent", "санкції -нафта",
    "переговори channel:phone", "state:UKR disputed:yes", "kind:contact call", "президент pair:UKR-RUS before:2004-06",
    "lang:pl spotkanie outlet:outlet-5", "state:FRA", "i",
)  # fmt: skip


def main(count: int = 20_000, seed: int = 7, words: int = 250) -> None:
    """Fill a store and time each query, the first run apart."""
    rng = Random(seed)
    vocabulary: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(DEMO.glob("*.txt")):
        vocabulary[file.name[11:13]] += file.read_text(encoding="utf-8").split()
    made, texts = [], []
    for reading in readings(count, seed):
        text = " ".join(rng.choices(vocabulary[reading.article.lang], k=words))
        digest = sha256(text.encode()).hexdigest()
        info = replace(reading.article, id=digest[:16], sha256=digest)
        names = tuple(replace(name, kind="office") for name in reading.names)
        made.append(replace(reading, article=info, names=names))
        texts.append(text)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "bench.db") as store:
        start = perf_counter()
        for reading, text in zip(made, texts, strict=True):
            a = reading.article
            article = Article(id=a.id, path=a.path, text=text, sha256=a.sha256, outlet=a.outlet, published=a.published)
            store.add_article(article, reading, source=a.path, tool="bench")
        added = perf_counter() - start
        print(f"{count} articles of {words} words added in {added:.1f} s ({1000 * added / count:.2f} ms each)")
        start = perf_counter()
        merged = list(merge(made))
        between = perf_counter()
        store.save_contacts(merged, revision=store.revision(), tool="bench")
        print(f"{len(merged)} contacts merged in {between - start:.1f} s, saved in {perf_counter() - between:.1f} s")
        print(
            f"file: {store.path.stat().st_size / 1e6:.0f} MB, "
            f"of it texts: {sum(len(t.encode()) for t in texts) / 1e6:.0f} MB"
        )
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
