"""Speed and memory on this machine: `make bench`. A benchmark to read, never a test to pass.

Articles are the seeds of ``../shared`` where a checkout has them, else the bundled demo corpus, repeated to a number of
articles; each is read from its text anew. Nothing is cached between articles but readings of word forms, as in a build.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import time
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path

import rozmova
from rozmova.merge import merge
from rozmova.names.actors import load
from rozmova.names.find import find
from rozmova.pipeline import read_article
from rozmova.records import Article
from rozmova.text.analysis import analyst
from rozmova.times import edtf

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
_STARTS = 5
_PASSES = 5


def articles(count: int) -> tuple[str, list[Article]]:
    """The name of the corpus and ``count`` articles of it, repeated as often as needed, in the order of their files."""
    folder = SEEDS if SEEDS.is_dir() else Path(rozmova.__file__).parent / "demo" / "corpus"
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]
    found = []
    for n, (name, text) in enumerate(islice(cycle(texts), count)):
        digest = sha256(f"{n}\n{text}".encode()).hexdigest()
        found.append(Article(id=digest[:16], path=name, text=text, sha256=digest, published="2022-02-11"))
    return folder.name, found


def names() -> None:
    """Print how fast names are found and resolved, and the memory of a process that does nothing else.

    The articles of all four languages of the demo corpus are cut into words first; readings of word forms are known
    after one pass, as they are in any build of more than a few articles.
    """
    corpus = Path(rozmova.__file__).parent / "demo" / "corpus"
    day = edtf.read("2022-02-11")
    texts = [(path.name.split("-")[3], path.read_text(encoding="utf-8")) for path in sorted(corpus.glob("20*.txt"))]
    analyses = [analyst(lang).analyse(text) for lang, text in texts]
    table = load()
    for analysis in analyses:
        find(analysis, day, table)
    began = time.process_time()
    for _ in range(_PASSES):
        for analysis in analyses:
            find(analysis, day, table)
    took = time.process_time() - began
    tokens = sum(len(analysis.tokens) for analysis in analyses)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"finding and resolving names (demo, {tokens:,} tokens): {_PASSES * tokens / took:,.0f} tokens a second")
    print(f"peak memory of finding and resolving names in four languages: {peak:.0f} MB")


def main() -> None:
    """Print one line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=1000, help="how many articles (default 1000)")
    parser.add_argument("--names", action="store_true", help="measure only the names")
    asked = parser.parse_args()
    if asked.names:
        names()
        return
    count = asked.articles
    print(f"machine: {platform.machine()}, Python {platform.python_version()}, one process")
    starts = []
    for _ in range(_STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "rozmova", "--help"], check=True, capture_output=True)
        starts.append(time.perf_counter() - began)
    print(f"start-up of rozmova --help: best of {_STARTS}: {min(starts):.2f} s")
    sys.stdout.flush()
    # first of all: a process inherits the peak memory of the one it is made from
    subprocess.run([sys.executable, "-m", "rozmova.evaluation.bench", "--names"], check=True)
    name, chosen = articles(count)
    began = time.perf_counter()
    read_article(chosen[0])
    print(f"first article, with dictionaries to load: {time.perf_counter() - began:.1f} s")
    for article in chosen[:20]:
        read_article(article)
    began = time.perf_counter()
    readings = [read_article(article) for article in chosen]
    took = time.perf_counter() - began
    characters = sum(len(a.text) for a in chosen)
    print(f"reading {count} articles ({name}, {characters:,} characters): {took:.1f} s")
    print(f"that is {count / took:.1f} articles a second")
    began = time.perf_counter()
    merged = merge(readings[: min(count, 200)])
    print(f"merging {min(count, 200)} of them: {time.perf_counter() - began:.2f} s, {len(merged)} contacts")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {peak:.0f} MB")


if __name__ == "__main__":
    main()
