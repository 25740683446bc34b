"""``rozmova watch``: new articles of feeds into the store, once or for as long as it is left running."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rozmova.cli.build import table_of
from rozmova.cli.output import DEFAULT_DB, FAILED, OK, SKIPPED, Actors, Db, Quiet, counted, note, report_remarks
from rozmova.errors import InputError, Skipped

if TYPE_CHECKING:
    from rozmova.names.actors import ActorTable
    from rozmova.sources.polite import Guest
    from rozmova.sources.watch import Found, Report, Watch
    from rozmova.sources.watch_state import HostState
    from rozmova.store import Store
    from rozmova.store.ingest import Outcome

_SHORTEST = 60
"""Seconds between two rounds, at least: feeds do not change faster, and their hosts are guests' hosts."""

Feeds = Annotated[
    list[str],
    typer.Argument(metavar="FEEDS...", help="Addresses of feeds (RSS, Atom), OPML lists or pages; or such files."),
]
Every = Annotated[
    str | None,
    typer.Option("--every", metavar="TIME", help="Go on: ask again after so long, as 15m, 2h or 1d. Ctrl-C ends it."),
]
Once = Annotated[bool, typer.Option("--once", help="Ask once and end; this is what happens without --every.")]
Contact = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="How to reach you, an address or a page: hosts that are asked see it."),
]


def watch(
    feeds: Feeds,
    db: Db = DEFAULT_DB,
    once: Once = False,
    every: Every = None,
    contact: Contact = None,
    actors: Actors = None,
    quiet: Quiet = False,
) -> None:
    """Read the new articles that feeds name into the store.

    Hosts are asked politely: by their robots.txt, one page every few seconds, only for what changed, and less often
    when they are in trouble. What was seen is kept in a file beside the store, so a stopped run goes on where it was.
    Two watches into one store exclude each other.

    Example: rozmova watch https://news.example/rss feeds.opml --every 30m --db news.db
    """
    from rozmova.sources.files import real
    from rozmova.sources.lock import only_one
    from rozmova.sources.watch import Watch
    from rozmova.sources.watch_state import load
    from rozmova.store import open_store
    from rozmova.store.fingerprint import fingerprint
    from rozmova.store.ingest import Outcome

    if once and every is not None:
        raise InputError("--once and --every exclude each other", "give one of them")
    pause = seconds(every) if every is not None else None
    table, tool = table_of(actors), fingerprint(actors)
    outcome, skipped, answered, code = Outcome(), list[Skipped](), 0, OK
    with only_one(_beside(real(db), "lock"), f"watching into {db}"), stopping():
        state_file = _beside(db, "json")
        state = load(state_file)
        with open_store(db) as store:
            guest = make_guest(state.hosts, contact)
            watching = Watch(feeds, state_file, state, guest, tell=partial(note, quiet=quiet))
            keep = partial(_keep, store, table=table, tool=tool, outcome=outcome, quiet=quiet)
            stopped = False
            while not stopped:
                before = len(outcome.skipped)
                stopped = _round(watching, keep)
                _merge(store, table, tool)
                bad = [*watching.report.skipped, *outcome.skipped[before:]]
                for one in bad:
                    note(f"skipped: {one.path}: {one.reason}" + (f"\n         {one.hint}" if one.hint else ""))
                skipped += bad
                answered += watching.report.feeds + watching.report.pages
                note(_summary(watching.report, outcome, db), quiet)
                outcome.new = outcome.again = outcome.unchanged = 0
                if pause is None or stopped:
                    break
                try:
                    guest.clock.sleep(pause)
                except KeyboardInterrupt:
                    stopped = True
            if stopped:
                note("stopped; the next run goes on from here", quiet)
                code = SKIPPED if pause is None else OK
    if skipped:
        code = SKIPPED if answered else FAILED
    raise typer.Exit(code)


def _beside(db: Path, kind: str) -> Path:
    return db.with_name(f"{db.name}.watch.{kind}")


def make_guest(hosts: dict[str, HostState], contact: str | None) -> Guest:
    """Who asks; ``contact`` goes into the name it gives to hosts."""
    from rozmova.sources.fetch import USER_AGENT
    from rozmova.sources.polite import Guest

    if contact is None:
        return Guest(hosts)
    if not re.fullmatch(r"[!-'*-~ ]{3,200}", contact):
        raise InputError(f"{contact!r} cannot stand in a header", "give an e-mail address or the address of a page")
    return Guest(hosts, agent=f"{USER_AGENT[:-1]}; {contact})")


def seconds(text: str) -> int:
    """``15m``, ``2h``, ``1d`` in seconds. Raises :class:`InputError` for what is none or too short."""
    found = re.fullmatch(r"(\d{1,6})\s*(s|m|h|d)", text.strip())
    if not found:
        raise InputError(f"{text!r} is no length of time", "write 15m, 2h or 1d")
    length = int(found[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86_400}[found[2]]
    if length < _SHORTEST:
        raise InputError(f"{text} is too often", "hosts are asked once a minute at most: --every 1m")
    return length


@contextmanager
def stopping() -> Iterator[None]:
    """Let the signal that services are stopped with do what Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _round(watching: Watch, keep: Callable[[Found], None]) -> bool:
    """Ask all feeds once; true when somebody stopped it."""
    pages = watching.round()
    try:
        for found in pages:
            keep(found)
    except KeyboardInterrupt:
        return True
    finally:
        pages.close()
    return False


def _keep(store: Store, found: Found, *, table: ActorTable, tool: str, outcome: Outcome, quiet: bool) -> None:
    """Bring one page into the store, in one transaction."""
    from msgspec.structs import replace

    from rozmova import pipeline
    from rozmova.sources.html import read_page
    from rozmova.store.ingest import ingest_article

    article = read_page(found.url, found.data, declared=found.declared, url=found.url, retrieved=found.retrieved)
    if isinstance(article, Skipped):
        outcome.skipped.append(article)
        return
    article = replace(article, published=_published(article.published, found.entry.published))
    read = partial(pipeline.read_article, table=table)
    became = ingest_article(
        store, article, read, source=found.url, tool=tool, tell=lambda remark: report_remarks([remark], quiet)
    )
    outcome.note(became)
    if became in ("new", "again"):
        number = sum(len(reading.contacts) for reading in store.readings_of([article.id]).values())
        note(f"  {counted(number, 'contact')}: {found.entry.title or found.url}", quiet)


def _published(page: str | None, entry: str | None) -> str | None:
    """What the page says of itself; the feed's date where the page has none, or only the same day without the time."""
    if page is None or (entry or "").startswith(page):
        return entry
    return page


def _merge(store: Store, table: ActorTable, tool: str) -> None:
    from rozmova import pipeline
    from rozmova.store.refresh import refresh_contacts

    with suppress(KeyboardInterrupt):  # nothing is lost: the next build or watch merges what was read
        refresh_contacts(store, tool, partial(pipeline.dated_together, table=table))


def _summary(report: Report, outcome: Outcome, db: Path) -> str:
    parts: Sequence[str] = [
        f"{counted(report.feeds, 'feed')} ({report.unchanged} unchanged)",
        f"{counted(report.pages, 'page')} fetched",
        counted(outcome.new, "new article"),
        f"{outcome.again} read again" if outcome.again else "",
        f"{outcome.unchanged} known" if outcome.unchanged else "",
        f"{report.later} left for the next run" if report.later else "",
    ]
    return f"{', '.join(filter(None, parts))}; stored in {db}"
