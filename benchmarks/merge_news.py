"""What news costs a store that is full: ``python benchmarks/merge_news.py [READINGS] [--keep FILE]``.

A store of synthetic readings is built and merged; then articles that it does not have come in, and the time is taken
from the first until their contacts are merged and saved, as ``rozmova build`` does it once the articles are read. They
come from the whole period, as a search in an archive gives them, or are the newest, as a feed does.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import msgspec
from sqlalchemy import create_engine

from rozmova.evaluation.synthetic import readings
from rozmova.records import Article, Reading
from rozmova.store import Store, open_store
from rozmova.store.refresh import refresh_contacts
from rozmova.store.rows import insert_all, portions
from rozmova.store.schema import articles
from rozmova.store.schema import readings as table

TOOL = "benchmark"
NEWS, ROUNDS = 100, 5


def main() -> None:
    """Print how long building took, and each addition."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("readings", nargs="?", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="keep the store here; one that is there is not filled again")
    parser.add_argument("--seed", type=int, default=2022)
    asked = parser.parse_args()
    count, seed = asked.readings, asked.seed
    old = set(random.Random(seed).sample(range(count), NEWS * ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "synthetic.db"
        with open_store(path) as store:
            if not store.counts():
                began = time.perf_counter()
                _fill(path, (r for n, r in enumerate(readings(count, seed)) if n not in old))
                filled = time.perf_counter()
                refresh_contacts(store, TOOL)
                took = time.perf_counter() - filled
                size = path.stat().st_size / 1e6
                print(f"{count:,} readings: filled in {filled - began:.0f} s, merged and saved in {took:.0f} s")
                print(f"peak of the process {_peak():,.0f} MB, the store {size:,.0f} MB", flush=True)
            kept = [r for n, r in enumerate(readings(count, seed)) if n in old]
            newest = _newest(count, seed)
            for name, news in (("from all years", kept), ("of the last days", newest)):
                for some in portions(news, NEWS):
                    print(f"{len(some)} more articles {name}: {_add(store, some):.2f} s", flush=True)


def _newest(count: int, seed: int) -> list[Reading]:
    """Readings of the days after the last of the store: the same world, told by another run of the generator."""
    last = max(r.article.published for r in readings(count, seed) if r.article.published)
    told = (r for r in readings(2 * count, seed + 1) if r.article.published and r.article.published >= last)
    return list(islice(told, NEWS * ROUNDS))


def _fill(path: Path, some: Iterable[Reading]) -> None:
    """Put readings into the tables as they are, without the transaction that each has in a build."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as run:
        for few in portions(some):
            insert_all(run, articles, (_row(reading) for reading in few))
            encoded = ((r.article.id, msgspec.json.encode(r).decode()) for r in few)
            insert_all(run, table, ({"article": id, "reading": line} for id, line in encoded))
    engine.dispose()


def _row(reading: Reading) -> dict[str, str | None]:
    info = reading.article
    return {
        "id": info.id, "sha256": info.sha256, "path": info.path, "text": _text(reading), "lang": info.lang,
        "title": info.title, "outlet": info.outlet, "published": info.published, "given": info.published,
        "tool": TOOL, "added": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip


def _text(reading: Reading) -> str:
    words = [evidence.text for contact in reading.contacts for evidence in contact.evidence]
    return "\n".join([reading.article.title or "", *words])


def _add(store: Store, news: Iterable[Reading]) -> float:
    began = time.perf_counter()
    for reading in news:
        info = reading.article
        article = Article(
            id=info.id, path=info.path, text=_text(reading), sha256=info.sha256, outlet=info.outlet,
            published=info.published,
        )  # fmt: skip
        store.add_article(article, reading, source=info.path, tool=TOOL)
    refresh_contacts(store, TOOL)
    return time.perf_counter() - began


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


if __name__ == "__main__":
    main()
