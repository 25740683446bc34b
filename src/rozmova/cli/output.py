"""What commands share: options, exit codes, and the two streams (results out, everything else on standard error)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from rozmova.errors import Remark, Skipped

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

OK, FAILED, USAGE, SKIPPED = 0, 1, 2, 3

DEFAULT_DB = Path("rozmova.db")

Db = Annotated[Path, typer.Option("--db", metavar="FILE", help="The store.", show_default=True)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; problems are still named.")]
Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH...",
        help="Texts, pages (.html), archives (.warc, .warc.gz), tables (.jsonl, .csv), folders of these; - is stdin.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Date of publication of all articles that have none in --dates (EDTF)."),
]
Dates = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="CSV table with the columns path,published: a date for each file."),
]
Actors = Annotated[
    Path | None,
    typer.Option("--actors", metavar="FILE", help="Your own people and corrections, in TOML (see docs/own-actors.md)."),
]


Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="FIELD=COLUMN,...",
        help="Columns of .jsonl and .csv: text=body,title=headline,published=date,url=link,outlet=source,author=by.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Encoding of files that are not UTF-8 (otherwise: detected)."),
]
Party = Annotated[
    list[str] | None,
    typer.Option(help="Name (in any of the languages), identifier or code (UKR, NATO); given twice, both."),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="2022-01-10, 2022-01 or 2022.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The same; its last day is included.")]
OfChannel = Annotated[list[str] | None, typer.Option(help="phone, video, in_person, letter, unspecified.")]
OfStatus = Annotated[list[str] | None, typer.Option(help="proposed, planned, held, cancelled, declined.")]


class Format(StrEnum):
    """How a command prints its result."""

    text = "text"
    jsonl = "jsonl"


def console() -> Console:
    """Where results are printed: colour only on a terminal, lines never broken or cut."""
    from rich.console import Console

    return Console(file=sys.stdout, soft_wrap=True, highlight=False, markup=False, emoji=False)


def note(line: str, quiet: bool = False) -> None:
    """Say something beside the result, on standard error.

    Names of files, and words of broken ones, are strangers': what would steer a terminal is shown and not sent.
    """
    if not quiet:
        print(_STEERING.sub(lambda match: f"\\x{ord(match[0]):02x}", line), file=sys.stderr)


def complain(message: str, hint: str = "") -> None:
    """Say what went wrong and what to do, on standard error."""
    note(f"error: {message}")
    if hint:
        note(f"       {hint}")


def report_skipped(skipped: Sequence[Skipped], done: int) -> int:
    """Name what was left out, on standard error, and give the exit code of a run with ``done`` articles done."""
    for one in skipped:
        note(f"skipped: {one.path}: {one.reason}" + (f"\n         {one.hint}" if one.hint else ""))
    if not skipped:
        return OK
    return SKIPPED if done else FAILED


def report_remarks(remarks: Sequence[Remark], quiet: bool = False) -> None:
    """Say what is to be known about sources that were read, on standard error."""
    for remark in remarks:
        note(f"note: {remark.path}: {remark.words}", quiet)


@contextmanager
def progress(what: str, total: int, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error if that is a terminal; gives the function to call after each step."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    # Left to itself, Rich sends what is printed meanwhile to the bar's stream: results would leave standard output.
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    ) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 article``, ``2 articles``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
