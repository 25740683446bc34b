"""``rozmova build`` and ``rozmova add``: articles into the store, and the timeline out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rozmova.cli.output import (
    DEFAULT_DB,
    Actors,
    Columns,
    Dates,
    Db,
    Encoding,
    Paths,
    Published,
    Quiet,
    counted,
    note,
    progress,
    report_remarks,
    report_skipped,
)

if TYPE_CHECKING:
    from rozmova.errors import Skipped
    from rozmova.names.actors import ActorTable
    from rozmova.sources.read import Options
    from rozmova.store import Store
    from rozmova.store.ingest import Outcome

_MOST_DATED = 10
"""So many articles without a date are shown with their reasons; `rozmova dates` shows all."""

About = Callable[[Path], Mapping[str, str | None]]


def _command(name: str, words: str, show: Callable[[Store], None]) -> Callable[..., None]:
    """A command that brings articles into the store and then shows what there is; ``words`` are its help."""

    def command(
        paths: Paths,
        db: Db = DEFAULT_DB,
        published: Published = None,
        dates: Dates = None,
        actors: Actors = None,
        columns: Columns = None,
        encoding: Encoding = None,
        quiet: Quiet = False,
    ) -> None:
        about, options = hand_given(published, dates), reading_options(columns, encoding)
        _bring(paths, db, about, actors, options, quiet, show)

    command.__name__ = name
    command.__doc__ = words
    return command


def _print_record(store: Store) -> None:
    from rozmova.cli.dates import print_dating
    from rozmova.cli.timeline import print_timeline

    print_timeline(store)
    print_dating(store, most=_MOST_DATED)


build = _command(
    "build",
    """Read articles into the store and print the timeline.

    A date of publication comes from --dates, else --published, else from the page or the table itself.

    Run it again after adding articles: only what is new or changed is read. It may be stopped at any time; the next
    run goes on where it stopped.

    Example: rozmova build articles/ --dates dates.csv --db summer.db
    """,
    _print_record,
)

add = _command(
    "add",
    """Read articles into the store as build does, and print nothing but what happened.

    Example: rozmova add news.jsonl --columns text=body,published=day --db summer.db
    """,
    lambda store: None,
)


def _bring(
    paths: Sequence[Path],
    db: Path,
    about: About,
    actors: Path | None,
    options: Options,
    quiet: bool,
    show: Callable[[Store], None],
) -> None:
    from rozmova.sources.files import find_files
    from rozmova.store import open_store
    from rozmova.store.fingerprint import fingerprint

    table = table_of(actors)  # what is wrong in it is told before anything else
    files = list(find_files(paths))
    if all(not isinstance(found, Path) for found in files):
        complaints = [found for found in files if not isinstance(found, Path)]
        raise typer.Exit(report_skipped(complaints, done=0))  # and no store is made for nothing
    with open_store(db) as store:
        outcome = fill(store, files, about, table, fingerprint(actors), quiet, options)
        show(store)
    report_remarks(outcome.remarks, quiet)
    note(_summary(outcome, db), quiet)
    raise typer.Exit(report_skipped(outcome.skipped, outcome.read + outcome.unchanged))


def reading_options(columns: str | None, encoding: str | None) -> Options:
    """What ``--columns`` and ``--encoding`` say. Raises :class:`InputError` where they say nothing that can be."""
    from rozmova.sources.decode import check_encoding
    from rozmova.sources.read import Options
    from rozmova.sources.tables import read_columns

    return Options(columns=read_columns(columns), encoding=check_encoding(encoding) if encoding else None)


def hand_given(published: str | None, dates: Path | None) -> About:
    """What ``--published`` and ``--dates`` say of a file: the table's line, else the date for all, else nothing."""
    from rozmova.sources.dates import check_published, read_dates
    from rozmova.sources.files import real

    table = read_dates(dates) if dates else {}
    for_all = check_published(published) if published is not None else None

    def about(path: Path) -> Mapping[str, str | None]:
        return {"published": table.get(real(path), for_all)}

    return about


def table_of(actors: Path | None) -> ActorTable:
    """The table of actors, with a user's own file where one is given. Raises ``ActorsFileError`` for a wrong one."""
    from rozmova.names.actors import load
    from rozmova.names.own import read_actors

    return load() if actors is None else load().with_own(read_actors(actors))


def fill(
    store: Store,
    files: Sequence[Path | Skipped],
    about: About,
    table: ActorTable,
    tool: str,
    quiet: bool,
    options: Options | None = None,
) -> Outcome:
    """Bring files into a store, in an order of their own so that the order they were named in changes nothing.

    ``tool`` is the fingerprint of the program with this ``table``.
    """
    from rozmova import pipeline
    from rozmova.sources.files import real
    from rozmova.sources.read import DEFAULT
    from rozmova.store.ingest import ingest
    from rozmova.store.refresh import refresh_contacts

    ordered = sorted(files, key=lambda found: str(real(found)) if isinstance(found, Path) else found.path)
    with progress("reading", len(ordered), quiet) as step:
        read = partial(pipeline.read_article, table=table)
        outcome = ingest(store, ordered, read, tool=tool, about=about, step=step, options=options or DEFAULT)
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
