"""``rozmova search`` and ``rozmova backup``: words found in the store, and a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rozmova.cli.output import DEFAULT_DB, Db, Format, Quiet, console, counted, note

if TYPE_CHECKING:
    from rich.text import Text

    from rozmova.store.finding import Hit


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help="Words in any form and language, and filters as name:value."),
    ],
    db: Db = DEFAULT_DB,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many results.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many of the best.")] = 0,
    format: Annotated[Format, typer.Option(help="jsonl: the results, one JSON object a line.")] = Format.text,
    quiet: Quiet = False,
) -> None:
    """Find articles, statements and contacts by the words in them; inflection and spelling do not matter.

    Filters: party: state: pair: channel: status: topic: place: disputed: kind: lang: outlet: before: after: on: ; a
    minus before a word or filter excludes (put -- before the first word then), quotes keep words together.

    Example: rozmova search Зеленського channel:phone 'party:Olaf Scholz' before:2022-02-24
    """
    import msgspec

    from rozmova.cli.timeline import bring_up_to_date
    from rozmova.store import open_store
    from rozmova.store.query import from_arguments, read_query

    query = from_arguments(words)
    read_query(query)  # what is wrong in it is told before anything else
    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        found = store.search(query, limit, offset)
    out = console()
    for hit in found.hits:
        if format is Format.jsonl:
            print(msgspec.json.encode(hit).decode())
            continue
        for line in _lines(hit):
            out.print(line)
    kinds = ", ".join(counted(number, kind) for kind, number in found.kinds.items() if number)
    shown = f"; shown: {offset + 1} to {offset + len(found.hits)}" if 0 < len(found.hits) < found.total else ""
    note(f"{kinds}{shown}" if kinds else "nothing fits", quiet)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    db: Db = DEFAULT_DB,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    quiet: Quiet = False,
) -> None:
    """Copy the store into one file as it is at this moment, also while it is being written.

    Example: rozmova backup copies/summer-2022-06-01.db --db summer.db
    """
    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        store.backup(file, force)
    note(f"{db} copied to {file} ({file.stat().st_size / 1e6:.1f} MB)", quiet)


def _lines(hit: Hit) -> list[Text]:
    """A hit on a terminal: what it is, and the words with those that were found in bold."""
    from rich.text import Text

    head = Text()
    date = "" if hit.date is None else hit.date[0] if hit.date[0] == hit.date[1] else "/".join(hit.date)
    head.append(f"{date or 'undated':<10}  ", "bold")
    head.append(f"{hit.kind:<9}  ", "cyan")
    head.append(hit.title)
    head.append(f"  {hit.id}", "dim")
    if hit.snippet is None or not hit.snippet.text.strip():  # the title was all there is
        return [head]
    words = Text(" ".join(hit.snippet.text.split("\n")))
    for mark in hit.snippet.marks:
        words.stylize("bold yellow", mark.start - hit.snippet.start, mark.end - hit.snippet.start)
    return [head, Text("            ").append_text(words)]
