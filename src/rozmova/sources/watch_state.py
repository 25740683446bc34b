"""What a watch remembers between runs: one JSON file beside the store, always whole on the disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec
from msgspec import Struct, field

from rozmova.errors import InputError, StoreError
from rozmova.sources.feeds import Entry

VERSION = 1
KEPT_DAYS = 400
"""So long an entry is remembered after it was last in a feed."""


class Waiting(Struct):
    """A page that a feed named and that is still to be fetched."""

    entry: Entry
    feed: str
    tries: int = 0


class FeedState(Struct, omit_defaults=True):
    """When a feed may be asked again, and with which validators; moments are seconds since 1970."""

    etag: str | None = None
    modified: str | None = None
    after: float = 0.0
    failures: int = 0


class HostState(Struct, omit_defaults=True):
    """Until when a host wants to be left alone, and how often in a row it failed."""

    after: float = 0.0
    failures: int = 0


class State(Struct):
    """All of it. ``seen``: address of a page -> day (since 1970) on which a feed last named it."""

    version: int = VERSION
    feeds: dict[str, FeedState] = field(default_factory=dict)
    hosts: dict[str, HostState] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def forget(self, today: int) -> None:
        """Drop what no feed has named for long, lest the file grow for ever."""
        self.seen = {url: day for url, day in self.seen.items() if today - day < KEPT_DAYS}
        for host in [host for host, one in self.hosts.items() if not one.failures]:
            del self.hosts[host]  # in place: who asks the hosts holds the same dictionary


def load(path: Path) -> State:
    """Read the state, a new one where there is none. Raises :class:`InputError` for a file that is something else."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror}", "check the permissions: ls -l shows them"
        ) from error
    try:
        state = msgspec.json.decode(data, type=State)
    except msgspec.DecodeError as error:
        raise InputError(
            f"{path}: is no state of a watch: {error}", "move it away; every entry of the feeds is then read again"
        ) from error
    if state.version != VERSION:
        raise InputError(f"{path}: is of version {state.version}, not {VERSION}", "use the rozmova that wrote it")
    return state


def save(path: Path, state: State) -> None:
    """Write the state beside the old one and put it in its place: a stop at any moment leaves one of the two."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written: {error.strerror}", "check the permissions and the room"
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(state), indent=1))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
