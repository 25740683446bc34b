"""``rozmova build``: articles into the store, and the timeline out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rozmova.cli.output import (
    DEFAULT_DB,
    Actors,
    Dates,
    Db,
    Paths,
    Published,
    Quiet,
    counted,
    note,
    progress,
    report_skipped,
)

if TYPE_CHECKING:
    from rozmova.errors import Skipped
    from rozmova.names.actors import ActorTable
    from rozmova.store import Store
    from rozmova.store.ingest import Outcome

_MOST_DATED = 10
"""So many articles without a date are shown with their reasons; `rozmova dates` shows all."""

About = Callable[[Path], Mapping[str, str | None]]


def build(
    paths: Paths,
    db: Db = DEFAULT_DB,
    published: Published = None,
    dates: Dates = None,
    actors: Actors = None,
    quiet: Quiet = False,
) -> None:
    """Read articles into the store and print the timeline.

    Run it again after adding articles: only what is new or changed is read. It may be stopped at any time; the next
    run goes on where it stopped.

    Example: rozmova build articles/ --dates dates.csv --db summer.db
    """
    from rozmova.cli.dates import print_dating
    from rozmova.cli.timeline import print_timeline
    from rozmova.sources.files import find_files
    from rozmova.store import open_store
    from rozmova.store.fingerprint import fingerprint

    about = hand_given(published, dates)
    table = table_of(actors)  # what is wrong in it is told before anything else
    files = list(find_files(paths))
    if all(not isinstance(found, Path) for found in files):
        complaints = [found for found in files if not isinstance(found, Path)]
        raise typer.Exit(report_skipped(complaints, done=0))  # and no store is made for nothing
    with open_store(db) as store:
        outcome = fill(store, files, about, table, fingerprint(actors), quiet)
        print_timeline(store)
        print_dating(store, most=_MOST_DATED)
    note(_summary(outcome, db), quiet)
    raise typer.Exit(report_skipped(outcome.skipped, outcome.read + outcome.unchanged))


def hand_given(published: str | None, dates: Path | None) -> About:
    """What ``--published`` and ``--dates`` say of a file: the table's line, else the date for all, else nothing."""
    from rozmova.sources.dates import check_published, read_dates

    table = read_dates(dates) if dates else {}
    for_all = check_published(published) if published is not None else None

    def about(path: Path) -> Mapping[str, str | None]:
        return {"published": table.get(path.resolve(), for_all)}

    return about


def table_of(actors: Path | None) -> ActorTable:
    """The table of actors, with a user's own file where one is given. Raises ``ActorsFileError`` for a wrong one."""
    from rozmova.names.actors import load
    from rozmova.names.own import read_actors

    return load() if actors is None else load().with_own(read_actors(actors))


def fill(
    store: Store, files: Sequence[Path | Skipped], about: About, table: ActorTable, tool: str, quiet: bool
) -> Outcome:
    """Bring files into a store, in an order of their own so that the order they were named in changes nothing.

    ``tool`` is the fingerprint of the program with this ``table``.
    """
    from rozmova import pipeline
    from rozmova.store.ingest import ingest
    from rozmova.store.refresh import refresh_contacts

    ordered = sorted(files, key=lambda found: str(found.resolve()) if isinstance(found, Path) else found.path)
    with progress("reading", len(ordered), quiet) as step:
        read = partial(pipeline.read_article, table=table)
        outcome = ingest(store, ordered, read, tool=tool, about=about, step=step)
    refresh_contacts(store, tool, partial(pipeline.dated_together, table=table))
    return outcome


def _summary(outcome: Outcome, db: Path) -> str:
    parts = [f"{counted(outcome.new, 'new article')}"]
    if outcome.again:
        parts.append(f"{outcome.again} read again")
    if outcome.unchanged:
        parts.append(f"{outcome.unchanged} unchanged")
    if outcome.skipped:
        parts.append(f"{len(outcome.skipped)} skipped")
    return f"\n{', '.join(parts)}; stored in {db}"
