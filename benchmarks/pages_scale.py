"""How long pages and search take while many read and one writes: ``python benchmarks/pages_scale.py [--db FILE]``

A store of 100,000 articles (``large_store.py``; kept with ``--db``), the server in a process of its own, readers that
each ask for a page, read it for a while and ask for the next, and a writer that brings in articles one by one and
merges after every hundred, as ``rozmova watch`` does. It reads each article as a build would, but stores the reading
that was made with it, since words drawn at random tell of nothing; with ``--hurry`` it only stores and merges. First it
is timed how long answers take while one asks alone: machines that others use too are not always as quick. At the end
each article that was written must be in the store, with its contacts, and no answer may have failed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import socket
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from large_store import kept, written

WORDS, SEED, NEWS = 250, 7, 10_000
TARGETS = {"timeline": 150.0, "search": 100.0}
QUERIES = (
    "Зеленський", "Байден", "президент", "war", '"глава держави"', "rozmowa prezydent", "санкції -нафта",
    "переговори channel:phone", "state:UKR disputed:yes", "kind:contact call", "президент pair:UKR-RUS before:2004-06",
    "lang:pl spotkanie outlet:outlet-5", "state:FRA", "Зеленського", "sankcje", "переговоры", "meeting on:2005",
)  # fmt: skip


def serve(path: str, port: int) -> None:
    """The server, as ``rozmova serve`` runs it."""
    import uvicorn

    from rozmova.names.actors import load
    from rozmova.store import open_store
    from rozmova.web.app import make_app

    app = make_app(open_store(Path(path)), load())
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False, limit_concurrency=200)


def write(path: str, first: int, hurry: bool, stop: Any, done: Any) -> None:
    """Bring in articles one by one, a merge after every hundred, until told to stop; the ids of all go to ``done``."""
    from rozmova.pipeline import read_article
    from rozmova.store import open_store
    from rozmova.store.refresh import refresh_contacts

    with open_store(Path(path)) as store:
        for n, (article, reading) in enumerate(written(NEWS, SEED + first, WORDS)):
            if stop.is_set():
                break
            if not hurry:
                read_article(article)
            store.add_article(article, reading, source=f"news-{first}-{n}", tool="bench")
            done.put(article.id)
            if n % 100 == 99:
                refresh_contacts(store, "bench")
        refresh_contacts(store, "bench")
    done.put(None)


def pages(rng: Random, states: list[str], parties: list[str]) -> Iterator[tuple[str, str]]:
    """What readers ask for: the start, filters one by one and together, later pages; and as often, searches."""
    while True:
        yield "search", "/search?" + urlencode({"q": rng.choice(QUERIES)})
        state, other = rng.sample(states, 2)
        filters: dict[str, str | int] = rng.choice([
            {}, {"state": state}, {"pair": "-".join(sorted((state, other)))}, {"party": rng.choice(parties)},
            {"channel": "phone", "lang": "pl"}, {"since": f"{rng.randint(2004, 2010)}-0{rng.randint(1, 9)}"},
            {"status": "planned", "state": state}, {"disputed": "any"}, {"order": "oldest"},
            {"page": rng.randint(2, 200)},
        ])  # fmt: skip
        yield "timeline", "/timeline" + ("?" + urlencode(filters) if filters else "")


def reader(
    at: str, asks: Iterator[tuple[str, str]], pause: float, rng: Random, until: float | None,
    times: dict[str, list[float]], failed: list[str],
) -> None:  # fmt: skip
    """One person: reads for ``pause`` seconds on average, asks for a page, and again; until a moment, if given."""
    for kind, address in asks:
        if until and time.monotonic() > until:
            break
        time.sleep(rng.expovariate(1 / pause) if pause else 0)
        start = time.perf_counter()
        try:
            with closing(HTTPConnection(at, timeout=60)) as browser:  # it was idle for longer than servers wait
                browser.request("GET", address, headers={"accept-encoding": "gzip"})
                answer = browser.getresponse()
                answer.read()
        except OSError as error:
            failed.append(f"{address}: {error!r}")
            continue
        times[kind].append(1000 * (time.perf_counter() - start))
        if answer.status != 200:
            failed.append(f"{address}: {answer.status}")


def alone(at: str, asked: Iterator[tuple[str, str]], number: int = 120) -> dict[str, float]:
    """Median time of an answer while nobody else asks or writes, by kind: how quick this machine is just now."""
    times: dict[str, list[float]] = defaultdict(list)
    first = [next(asked) for _ in range(number)]
    failed: list[str] = []
    for each in (first, first):  # the second time what a page needs is at hand
        times.clear()
        for one in each:
            reader(at, iter([one]), 0, Random(0), None, times, failed)
    return {kind: sorted(some)[len(some) // 2] for kind, some in sorted(times.items())}


def read(at: str, readers: int, pause: float, seconds: float, asked: list[Iterator[tuple[str, str]]]) -> Any:
    """So many readers at once; the times of their answers by kind, and what failed."""
    times: dict[str, list[float]] = defaultdict(list)
    failed: list[str] = []
    until = time.monotonic() + seconds
    tasks = [Thread(target=reader, args=(at, asked[n], pause, Random(n), until, times, failed)) for n in range(readers)]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
    return times, failed


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Host and port of a server of a store that is ready to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = multiprocessing.Process(target=serve, args=(str(path), port), daemon=True)
    start = time.perf_counter()
    process.start()
    at = f"127.0.0.1:{port}"
    while True:
        try:
            first = HTTPConnection(at, timeout=60)
            first.request("GET", "/timeline")
            size = len(first.getresponse().read())
            break
        except ConnectionError:
            if not process.is_alive():
                raise
            time.sleep(0.05)
    print(f"first page after {time.perf_counter() - start:.1f} s of starting, {size / 1024:.0f} KB", flush=True)
    yield at
    process.terminate()
    process.join()


def main() -> int:
    """Measure and say whether the targets hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    parser.add_argument("--db", type=Path, help="keep the store here, or use the one there is")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds that a reader reads a page, on average")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--quiet", action="store_true", help="without a writer")
    parser.add_argument("--hurry", action="store_true", help="with a writer that does not read what it writes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.db or Path(folder) / "bench.db"
        store = kept(path, given.articles, SEED, WORDS)
        number = sum(store.counts().values())
        from rozmova.store.browse import Asked, Counts

        most = Counts(store).of(Asked(), 40)
        states, parties = ([c.value for c in most[kind]] for kind in ("state", "party"))
        writing = "nobody writes" if given.quiet else "one writes in a hurry" if given.hurry else "one reads and writes"
        print(
            f"{number} articles, {Counts(store).total(Asked())} contacts; {given.readers} readers, a page each every "
            f"{given.pause:g} s, {writing}; "
            f"{platform.machine()}, Python {platform.python_version()}",
            flush=True,
        )
        with served(path) as at:
            quick = alone(at, pages(Random(1), states, parties))
            print("one alone: " + ", ".join(f"{kind} median {ms:.1f} ms" for kind, ms in quick.items()), flush=True)
            stop, done = multiprocessing.Event(), multiprocessing.Queue()
            writer = multiprocessing.Process(target=write, args=(str(path), number, given.hurry, stop, done))
            if not given.quiet:
                writer.start()
            asked = [pages(Random(100 + n), states, parties) for n in range(given.readers)]
            times, failed = read(at, given.readers, given.pause, given.seconds, asked)
            stop.set()
            ids = list(iter(lambda: done.get(timeout=300), None)) if not given.quiet else []
        found = {reading.article.id for reading in store.readings()} if ids else set()
        lost = [id for id in ids if id not in found]
        fresh = store.contacts_fresh()
        problems = store.problems() if ids else []
        store.close()
    for kind, some in sorted(times.items()):
        some.sort()
        p50, p95, p99 = (some[int(share * (len(some) - 1))] for share in (0.5, 0.95, 0.99))
        print(
            f"{kind:9} {len(some):6} answers: median {p50:6.1f} ms, p95 {p95:6.1f} ms (target {TARGETS[kind]:.0f}), "
            f"p99 {p99:6.1f} ms, longest {some[-1]:6.1f} ms"
        )
    print(f"{len(failed)} answers failed{': ' + failed[0] if failed else ''}")
    if not given.quiet:
        print(
            f"{len(ids)} articles written meanwhile, {len(lost)} lost; contacts {'fresh' if fresh else 'STALE'}; "
            f"{len(problems)} problems{': ' + problems[0] if problems else ''}"
        )
    return int(bool(failed or lost or problems))


if __name__ == "__main__":
    sys.exit(main())
