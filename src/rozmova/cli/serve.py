"""``rozmova serve``: the record as pages in a browser on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from rozmova.cli.output import DEFAULT_DB, Actors, Db, Quiet, note


def serve(
    db: Db = DEFAULT_DB,
    host: Annotated[str, typer.Option(help="An address of this machine alone: 127.0.0.1, ::1, localhost.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8765,
    actors: Actors = None,
    quiet: Quiet = False,
) -> None:
    """Show the record in a browser: timeline, contacts with their evidence, articles, people, disputes.

    Listens on this machine alone; ends with Ctrl-C. A build may go on meanwhile: pages show what it has merged.

    Example: rozmova serve --db summer.db
    """
    from rozmova import pipeline
    from rozmova.cli.build import table_of
    from rozmova.cli.timeline import bring_up_to_date
    from rozmova.errors import InputError
    from rozmova.store import open_store
    from rozmova.store.fingerprint import fingerprint
    from rozmova.store.refresh import refresh_contacts
    from rozmova.web.security import bracketed, check_bind

    check_bind(host)
    table = table_of(actors)
    store = open_store(db, create=False)
    if store.merged_by():
        bring_up_to_date(store, quiet)
    else:  # a store of an older version lacks the rows by which pages find contacts
        note("preparing the store of an older version for its pages", quiet)
        refresh_contacts(store, fingerprint(actors), pipeline.dated_together)

    import uvicorn

    from rozmova.web.app import make_app

    bare = host.strip("[]")
    if _taken(bare, port):
        raise InputError(f"port {port} of {host} is in use already", f"choose another: rozmova serve --port {port + 1}")
    note(f"http://{bracketed(bare)}:{port}/   (Ctrl-C ends it)", quiet)
    uvicorn.run(
        make_app(store, table, [bare]), host=bare, port=port, log_level="warning", access_log=False,
        server_header=False, date_header=False, h11_max_incomplete_event_size=32_768, limit_concurrency=200,
        timeout_keep_alive=5,
    )  # fmt: skip


def _taken(host: str, port: int) -> bool:
    import socket

    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
