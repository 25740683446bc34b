"""``rozmova report``: the record as one file that opens anywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from rozmova.cli.output import DEFAULT_DB, Db, OfChannel, OfStatus, Party, Quiet, Since, Until, counted, note

LIMIT = 1000
"""Contacts in a report where nobody says how many: some megabytes, which every browser opens."""


def report(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where it goes; - is stdout.")] = Path(
        "report.html"
    ),
    db: Db = DEFAULT_DB,
    party: Party = None,
    since: Since = None,
    until: Until = None,
    channel: OfChannel = None,
    status: OfStatus = None,
    title: Annotated[str, typer.Option(help="The heading of the report.")] = "A record of diplomatic contacts",
    limit: Annotated[int, typer.Option(min=1, help="At most so many contacts; the report says what it leaves out.")] = (
        LIMIT
    ),
    oldest: Annotated[bool, typer.Option("--oldest-first", help="Begin with the oldest contact, not the newest.")] = (
        False
    ),
    force: Annotated[bool, typer.Option("--force", help="Replace the file even if it is no report.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write the record as one HTML file: no network, no script, nothing beside it.

    It has pictures, every contact with the words of the articles, disputes, what is ahead, and the articles. Filters
    are those of timeline. A report that is there is replaced; another file only with --force.

    Example: rozmova report -o winter.html --party UKR --since 2021-12 --until 2022-02
    """
    from rozmova.cli.timeline import bring_up_to_date
    from rozmova.store import open_store
    from rozmova.store.filters import make_filters
    from rozmova.web.report import write_report

    filters = make_filters(tuple(party or ()), since, until, tuple(channel or ()), tuple(status or ()))
    with open_store(db, create=False) as store, written(output, db, force) as out:
        bring_up_to_date(store, quiet)
        done = write_report(store, out, filters, title=title, limit=limit, oldest_first=oldest)
    if done.total > done.contacts:
        note(f"{done.contacts} of {counted(done.total, 'contact')} written; all of them: --limit {done.total}", quiet)
    elif str(output) != "-":
        note(f"{counted(done.contacts, 'contact')} written to {output}", quiet)
    if done.undated:
        note(f"{counted(done.undated, 'contact')} without a known date left out", quiet)


@contextmanager
def written(output: Path, db: Path, force: bool) -> Iterator[TextIO]:
    """A file beside the one that is asked for, which takes its place when all is written; or standard output."""
    from secrets import token_hex

    from rozmova.errors import InputError, RozmovaError

    if str(output) == "-":
        yield sys.stdout
        return
    if output.exists() and db.exists() and output.samefile(db):
        raise InputError(f"{output} is the store itself", "name another file for the report")
    if output.exists() and not output.is_file():
        raise InputError(f"{output} is not a file", "name another file for the report")
    if output.exists() and not force and not is_report(output):
        raise InputError(f"{output} is there already and is no report", "name another file, or replace it with --force")
    if not output.parent.is_dir():
        raise InputError(f"there is no folder {output.parent} for the report", "make it first, or name another file")
    part = output.with_name(f".{output.name}.{token_hex(4)}.part")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            yield file
        part.replace(output)
    except OSError as error:
        hint = "is there room, and may you write there?"
        raise RozmovaError(f"{output} cannot be written: {error.strerror or error}", hint) from error
    finally:
        part.unlink(missing_ok=True)


def is_report(file: Path) -> bool:
    """Whether a file is a report of this program: it says so at its beginning."""
    from rozmova.web.report import GENERATOR

    try:
        with file.open("rb") as beginning:
            return f'<meta name="generator" content="{GENERATOR} '.encode() in beginning.read(500)
    except OSError:
        return False
