"""``rozmova demo``: the bundled articles, built and shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rozmova.cli.output import Quiet, console, counted, note, report_skipped

if TYPE_CHECKING:
    from rozmova.records import MergedContact

FOLDER = Path(__file__).parent.parent / "demo"


def demo(
    db: Annotated[
        Path | None,
        typer.Option("--db", metavar="FILE", help="Keep the store in this new file (otherwise: a temporary one)."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Build the bundled demo articles and show what comes out.

    The articles are inventions about real events of 2021 and 2022, in the four languages.

    Example: rozmova demo --db demo.db
    """
    import tempfile

    from rozmova.cli.build import fill, table_of
    from rozmova.cli.timeline import print_timeline
    from rozmova.sources.files import find_files
    from rozmova.store import open_store
    from rozmova.store.fingerprint import fingerprint

    path = db or Path(tempfile.mkdtemp(prefix="rozmova-")) / "demo.db"
    outlets = read_outlets(FOLDER / "outlets.tsv")
    files = list(find_files([FOLDER / "corpus"]))
    with open_store(path) as store:
        outcome = fill(store, files, lambda file: named(file, outlets), table_of(None), fingerprint(), quiet)
        articles = ", ".join(f"{number} {lang}" for lang, number in store.counts().items())
        note(f"{counted(sum(store.counts().values()), 'article')} ({articles})\n", quiet)
        print_timeline(store)
        contacts = store.contacts().contacts
    out = console()
    for line in highlights(contacts):
        out.print(line)
    if contacts and not quiet:
        for line in next_commands(contacts, path):
            out.print(line)
    raise typer.Exit(report_skipped(outcome.skipped, outcome.read + outcome.unchanged))


def read_outlets(table: Path) -> dict[str, str]:
    """The outlets of the demo: the word for each in file names -> its name."""
    lines = table.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def named(file: Path, outlets: Mapping[str, str]) -> Mapping[str, str | None]:
    """What the name of a demo article says: ``2021-12-30-uk-karta-dnia-some-words.txt`` has its day and its outlet."""
    day, rest = file.name[:10], file.name[len("2021-12-30-uk-") :]
    outlet = next((name for word, name in outlets.items() if rest.startswith(f"{word}-")), None)
    return {"published": day, "outlet": outlet}


def highlights(contacts: tuple[MergedContact, ...]) -> Iterator[str]:
    """What is worth a look: contacts on which articles disagree, and those whose status changed."""
    from rozmova.cli.render import disputes

    disputed = [(contact, disputes(contact)) for contact in contacts if disputes(contact)]
    changed = [contact for contact in contacts if len({step.status for step in contact.status_history}) > 1]
    if disputed:
        yield "\nWhere articles disagree"
        yield from (f"  {_short(contact)}: {', '.join(fields)}" for contact, fields in disputed)
    if changed:
        yield "\nWhat became of plans"
        for contact in changed:
            yield f"  {_short(contact)}: {' -> '.join(step.status for step in contact.status_history)}"


def next_commands(contacts: tuple[MergedContact, ...], path: Path) -> Iterator[str]:
    """Commands to go on with, ready to be copied."""
    most = max(contacts, key=lambda contact: (len(contact.accounts), contact.id))
    yield "\nNext"
    yield f"  rozmova show {most.id} --db {path}"
    yield f"  rozmova timeline --party UKR --since 2022-01 --db {path}"
    yield f"  rozmova explain {FOLDER / 'corpus' / Path(most.accounts[0].path).name}"
    yield "  rozmova build YOUR-ARTICLES/"
    yield "\nOpen it in a browser"
    yield f"  rozmova serve --db {path}"


def _short(contact: MergedContact) -> str:
    names = ", ".join(party.name for party in contact.parties[:3])
    return f"{contact.date or 'no date'}  {names} ({contact.channel}, {contact.status})  {contact.id}"
