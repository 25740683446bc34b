"""``rozmova evaluate``: how well the analysis does on articles a person has annotated."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from rozmova.cli.output import Format, Quiet, progress, report_skipped


class Part(StrEnum):
    """Which gold articles are scored."""

    all = "all"
    held_out = "held-out"
    open = "open"


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold files, or folders of them.")],
    only: Annotated[Part, typer.Option(help="Score only this part; about one article in five is held out.")] = Part.all,
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed, surplus or wrong.")] = False,
    resamples: Annotated[int, typer.Option(min=1, help="Bootstrap resamples behind the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
    format: Annotated[Format, typer.Option(help="jsonl: one JSON object a line.")] = Format.text,
    quiet: Quiet = False,
) -> None:
    """Score the analysis against gold files, in all and per language, with 95% intervals.

    The analysis is given each article's text and its date of publication, nothing else of the gold.

    Example: rozmova evaluate gold/dev --misses
    """
    import msgspec

    from rozmova import pipeline
    from rozmova.errors import InputError, Skipped
    from rozmova.evaluation.gold import GoldError, load_gold, select
    from rozmova.evaluation.report import evaluate_readings, render, to_dicts
    from rozmova.store.ingest import read_or_skip

    part: Literal["all", "held-out", "open"] = only.value
    skipped: list[Skipped] = []
    readings = []
    try:
        chosen = select(load_gold(gold), part)
        with progress("reading", len(chosen), quiet) as step:
            for article in chosen:
                reading = read_or_skip(pipeline.read_article, article.article())
                if isinstance(reading, Skipped):
                    skipped.append(reading)
                else:
                    readings.append(reading)
                step()
        result = evaluate_readings(gold, readings, only=part, resamples=resamples, seed=seed)
    except GoldError as error:
        raise InputError(str(error)) from error
    if format is Format.jsonl:
        for line in to_dicts(result, misses):
            print(msgspec.json.encode(line).decode())
    else:
        print("\n".join(render(result, misses)))
    raise typer.Exit(report_skipped(skipped, len(readings)))
