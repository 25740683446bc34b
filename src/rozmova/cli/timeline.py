"""``rozmova timeline`` and ``rozmova show``: what the store holds, as lines and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rozmova.cli.output import (
    DEFAULT_DB,
    Db,
    Format,
    OfChannel,
    OfStatus,
    Party,
    Quiet,
    Since,
    Until,
    console,
    counted,
    note,
)

if TYPE_CHECKING:
    from rozmova.store import Store
    from rozmova.store.filters import Filters


def timeline(
    db: Db = DEFAULT_DB,
    party: Party = None,
    since: Since = None,
    until: Until = None,
    channel: OfChannel = None,
    status: OfStatus = None,
    format: Annotated[Format, typer.Option(help="jsonl: the merged contacts, one JSON object a line.")] = Format.text,
    quiet: Quiet = False,
) -> None:
    """Print the contacts of the store, one line each, newest last.

    All filters must fit; --channel and --status may be given several times for either. A contact is in a period if
    some day its date allows is.

    Example: rozmova timeline --party UKR --since 2022-01 --channel phone
    """
    from rozmova.store import open_store
    from rozmova.store.filters import make_filters

    filters = make_filters(tuple(party or ()), since, until, tuple(channel or ()), tuple(status or ()))
    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        print_timeline(store, filters, format, quiet)


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Identifier of a contact, or the beginning of one.")],
    db: Db = DEFAULT_DB,
    format: Annotated[Format, typer.Option(help="jsonl: the merged contact as one JSON object.")] = Format.text,
    quiet: Quiet = False,
) -> None:
    """Print one contact: every field, how far the articles agree on it, and their words.

    Example: rozmova show 3f2a
    """
    from rozmova.cli.render import contact_page
    from rozmova.cli.sides import readout_lines
    from rozmova.exports.jsonl import contact_line
    from rozmova.merge.readouts import readouts
    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        contact = store.contact(id)
        out = console()
        if format is Format.jsonl:
            print(contact_line(contact))
            return
        texts = {a.article: store.text_of(a.article) or "" for a in contact.accounts}
        said = readouts(contact, store.readings_of(texts))
        for line in (*contact_page(contact, texts, store.newest()), *readout_lines(said)):
            out.print(line)


def disputes(
    db: Db = DEFAULT_DB,
    party: Annotated[list[str] | None, typer.Option(help="As for timeline.")] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="Only disputes about this field (channel, date, ...).")
    ] = None,
    format: Annotated[Format, typer.Option(help="jsonl: the merged contacts, one JSON object a line.")] = Format.text,
    quiet: Quiet = False,
) -> None:
    """List the contacts on which sources differ, with every value and the articles that give it.

    Example: rozmova disputes --field channel
    """
    from rozmova.cli.render import disputes as disputed
    from rozmova.cli.sides import dispute_lines
    from rozmova.errors import InputError
    from rozmova.exports.fields import FIELDS
    from rozmova.exports.jsonl import contact_line
    from rozmova.store import open_store
    from rozmova.store.filters import make_filters

    names = [f.name for f in FIELDS if f.name not in ("contact", "topics", "moved_from")]
    for name in field or ():
        if name not in names:
            raise InputError(f"{name!r} is no field that sources can dispute", f"allowed: {', '.join(names)}")
    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        every = store.contacts(make_filters(tuple(party or ()))).contacts
    found = [c for c in every if any(not field or name in field for name in disputed(c))]
    out = console()
    for contact in found:
        if format is Format.jsonl:
            print(contact_line(contact))
            continue
        for line in dispute_lines(contact):
            out.print(line)
    if not found:
        note("the sources dispute nothing" + (" of that" if field or party else ""), quiet)


def bring_up_to_date(store: Store, quiet: bool) -> None:
    """Derive the merged contacts anew if somebody judged, or a build was stopped before it came to that."""
    if store.contacts_fresh():
        return
    from rozmova import pipeline
    from rozmova.store.fingerprint import fingerprint
    from rozmova.store.refresh import refresh_contacts

    judged = store.changes().only_judged and store.merged_by()
    if not judged:
        note("the last build was stopped before the end: merging what it had read", quiet)
    refresh_contacts(store, judged or fingerprint(), pipeline.dated_together)


def print_timeline(
    store: Store, filters: Filters | None = None, format: Format = Format.text, quiet: bool = False
) -> None:
    """Print the contacts that fit on standard output, and how many were left out for want of a date beside it."""
    from rozmova.cli.render import timeline_lines
    from rozmova.exports.jsonl import contact_line

    found = store.contacts(filters)
    if format is Format.jsonl:
        for contact in found.contacts:
            print(contact_line(contact))
    else:
        out = console()
        for line in timeline_lines(found.contacts, store.newest()):
            out.print(line)
    if not found.contacts:
        note("no contacts" + (" fit these filters" if filters else " were found in these articles"), quiet)
    if found.undated:
        note(f"{counted(found.undated, 'contact')} without a known date left out", quiet)
