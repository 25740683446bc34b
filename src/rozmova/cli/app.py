"""The command ``rozmova`` and what all its commands share: the list of them, errors and exit codes."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from rozmova import __version__
from rozmova.cli import build, dates, demo, doctor, evaluate, extract, judge, report, search, serve, timeline, watch
from rozmova.cli import who as who_
from rozmova.cli.output import FAILED, USAGE, complain
from rozmova.errors import InputError, RozmovaError

HELP = """Who called, met or wrote to whom: a sourced record of diplomatic contacts from news articles.

Reads articles in Ukrainian, Polish, Russian and English; works without a network.

Exit codes: 0 all went well; 1 nothing could be done; 2 the command was called wrongly; 3 done, but something was
skipped (standard error names it). Results go to standard output, everything else to standard error.
"""

app = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    build.build,
    watch.watch,
    build.add,
    timeline.timeline,
    timeline.show,
    timeline.disputes,
    search.search,
    serve.serve,
    report.report,
    judge.why,
    judge.merge,
    judge.split,
    judge.undo,
    judge.judgements,
    extract.extract,
    extract.explain,
    who_.who,
    dates.when,
    dates.dates,
    evaluate.evaluate,
    extract.schema,
    demo.demo,
    doctor.doctor,
    search.backup,
):
    app.command()(command)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"rozmova {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends the process with one of the exit codes of :data:`HELP`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # the records are UTF-8 whatever the terminal says of itself
    try:
        app(args=arguments)
    except RozmovaError as error:
        complain(error.message, error.hint)
        sys.exit(USAGE if isinstance(error, InputError) else FAILED)
