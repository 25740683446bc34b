"""Commands without a store: ``rozmova extract``, ``rozmova explain`` and ``rozmova schema``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rozmova.cli.output import (
    Actors,
    Columns,
    Dates,
    Encoding,
    Format,
    Paths,
    Published,
    Quiet,
    progress,
    report_remarks,
    report_skipped,
)

if TYPE_CHECKING:
    from rozmova.errors import Remark, Skipped
    from rozmova.records import Article, Reading


def extract(
    paths: Paths,
    format: Annotated[Format, typer.Option(help="jsonl is the only format of this command.")] = Format.jsonl,
    explain: Annotated[bool, typer.Option("--explain", help="Keep the reason of every field that is null.")] = False,
    published: Published = None,
    dates: Dates = None,
    actors: Actors = None,
    columns: Columns = None,
    encoding: Encoding = None,
    quiet: Quiet = False,
) -> None:
    """Print what is read in each article, one JSON object a line, in the order of the files; nothing is stored.

    Articles without a date are dated by their own words and by one another's.

    `rozmova schema` describes the lines.

    Example: rozmova extract article.txt --published 2022-01-20 | jq .contacts
    """
    from msgspec.structs import replace

    from rozmova import pipeline
    from rozmova.cli.build import hand_given, reading_options, table_of
    from rozmova.errors import InputError, Remark, Skipped
    from rozmova.exports.jsonl import reading_line
    from rozmova.sources.files import find_files
    from rozmova.sources.read import Remarks, read_source
    from rozmova.store.ingest import on_language, read_or_skip

    if format is not Format.jsonl:
        raise InputError("extract prints jsonl only", "for reading by eye: rozmova build PATH..., rozmova explain FILE")
    about, table, options = hand_given(published, dates), table_of(actors), reading_options(columns, encoding)
    read = partial(pipeline.read_article, table=table)
    files = list(find_files(paths))
    skipped: list[Skipped] = []
    remarks: list[Remark] = []
    done = 0
    articles: dict[str, Article] = {}
    waiting: list[Reading] = []
    # one article without a date waits for all others, which may date it; where every date is given nothing waits
    together = any(about(found)["published"] is None for found in files if isinstance(found, Path))
    # Lines and a bar on one terminal would be written over each other.
    with progress("reading", len(files), quiet or sys.stdout.isatty()) as step:
        for found in files:
            here = Remarks(found if isinstance(found, Path) else Path(found.path))
            for item in read_source(found, options) if isinstance(found, Path) else (found,):
                if isinstance(item, Remark):
                    here.note(item)
                    continue
                article = item
                if not isinstance(item, Skipped) and isinstance(found, Path):
                    article = replace(item, **{name: value for name, value in about(found).items() if value})
                reading = article if isinstance(article, Skipped) else read_or_skip(read, article)
                if isinstance(reading, Skipped) or isinstance(article, Skipped):
                    skipped += [reading] if isinstance(reading, Skipped) else []
                    continue
                done += 1
                here.note(on_language(article, reading))
                if together:
                    articles[article.id] = article
                    waiting.append(reading)
                else:
                    print(reading_line(reading, explain=explain))
            remarks += here.all()
            step()
    for reading in pipeline.dated_together(waiting, articles.get, table)[0]:
        print(reading_line(reading, explain=explain))
    report_remarks(remarks, quiet)
    raise typer.Exit(report_skipped(skipped, done))


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One article.")],
    published: Published = None,
    actors: Actors = None,
) -> None:
    """Walk one article through the steps: sentences, words, names, dates, frames tried, contacts and why.

    Example: rozmova explain article.txt --published 2022-01-20
    """
    from msgspec.structs import replace

    from rozmova.cli.build import hand_given, table_of
    from rozmova.errors import RozmovaError, Skipped
    from rozmova.explain import explain as walk
    from rozmova.records import Article
    from rozmova.sources.read import read_articles

    if file.is_dir():
        raise RozmovaError(f"{file}: is a folder", "name one file of it")
    article = next(iter(read_articles([file])))
    if not isinstance(article, Article):
        why = article.reason if isinstance(article, Skipped) else article.words
        raise RozmovaError(f"{article.path}: {why}", article.hint if isinstance(article, Skipped) else "")
    given = {name: value for name, value in hand_given(published, None)(file).items() if value}
    for number, (title, lines) in enumerate(walk(replace(article, **given), table_of(actors))):
        print(("\n" if number else "") + title)
        for line in lines:
            print(f"  {line}")


def schema() -> None:
    """Print the JSON Schema of the lines that extract and timeline give.

    Example: rozmova schema > rozmova.schema.json
    """
    from rozmova.exports.jsonl import schema as json_schema

    print(json_schema())
