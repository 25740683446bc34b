"""One process at a time at one thing: a lock of the operating system, which goes with the process however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rozmova.errors import StoreError

_FAR = 1 << 20
"""Windows keeps others from reading what is locked: the locked byte is one far behind the number in the file."""


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Inside, no other process is inside with the same ``path``, a file made for this and left where it is.

    Raises :class:`StoreError`, which names ``what`` is being done and by whom, when another one is.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written: {error.strerror}", "check that its folder is there and may be written"
        ) from error
    try:
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError) as error:
            who = os.read(handle, 20).decode("ascii", errors="replace").strip()
            process = f" (process {who})" if who.isdecimal() else ""
            raise StoreError(
                f"{what} is done by another process{process}", f"stop that one first; {path} is its lock"
            ) from error
        except OSError as error:
            raise StoreError(
                f"{path}: cannot be locked: {error.strerror}", "keep the store on a disk of this machine"
            ) from error
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
