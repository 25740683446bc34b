"""A store as large as one likes, to measure pages and search in: texts of shuffled demo words, synthetic readings.

Texts are shuffled words of the demo articles; readings and contacts are those of ``evaluation/synthetic``. The same
count and seed give the same store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter

from msgspec.structs import replace

from rozmova.evaluation.synthetic import readings
from rozmova.merge import merge
from rozmova.records import Article, Reading
from rozmova.store import Store, open_store

DEMO = Path(__file__).parent.parent / "src/rozmova/demo/corpus"


def written(count: int, seed: int, words: int) -> Iterator[tuple[Article, Reading]]:
    """So many articles with their readings, one after the other."""
    rng = Random(seed)
    vocabulary: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(DEMO.glob("*.txt")):
        vocabulary[file.name[11:13]] += file.read_text(encoding="utf-8").split()
    for reading in readings(count, seed):
        text = " ".join(rng.choices(vocabulary[reading.article.lang], k=words))
        digest = sha256(text.encode()).hexdigest()
        info = replace(reading.article, id=digest[:16], sha256=digest)
        names = tuple(replace(name, kind="office") for name in reading.names)
        article = Article(
            id=info.id, path=info.path, text=text, sha256=digest, outlet=info.outlet, published=info.published
        )
        yield article, replace(reading, article=info, names=names)


def fill(store: Store, count: int, seed: int, words: int) -> None:
    """Put so many articles and what is merged of them into an empty store, and say how long each part took."""
    start = perf_counter()
    made: list[Reading] = []
    for article, reading in written(count, seed, words):
        store.add_article(article, reading, source=article.path, tool="bench")
        made.append(reading)
    added = perf_counter() - start
    print(f"{count} articles of {words} words added in {added:.0f} s ({1000 * added / count:.2f} ms each)", flush=True)
    start = perf_counter()
    merged = list(merge(made))
    between = perf_counter()
    store.save_contacts(merged, revision=store.revision(), tool="bench")
    print(f"{len(merged)} contacts merged in {between - start:.1f} s, saved in {perf_counter() - between:.1f} s")
    print(f"file: {store.path.stat().st_size / 1e6:.0f} MB", flush=True)


def kept(path: Path, count: int, seed: int, words: int) -> Store:
    """The store at a path, filled first where there is none yet."""
    there = path.exists()
    store = open_store(path)
    if not there:
        fill(store, count, seed, words)
    return store
