"""What can go wrong, in words a user can act on: what happened, and what to do about it."""

from __future__ import annotations

from msgspec import Struct


class RozmovaError(Exception):
    """Base of every error this package raises on purpose.

    ``message`` says what happened and names the file or value; ``hint`` says what to do ("" if there is nothing).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnsupportedLanguage(RozmovaError):
    """The article is in a language for which there is no folder in ``languages/``, or in none that can be told."""


class StoreError(RozmovaError):
    """The store cannot be opened, read or written; the file is left as it was."""


class NotInStore(StoreError):
    """The store can be read, but has not the one thing that was asked for, or has more than one that fits."""


class InputError(RozmovaError):
    """A value given by hand (a date, a table of dates, a filter) cannot be used."""


class Skipped(Struct, frozen=True):
    """A source left out of a run that went on without it: which one, why, and what to do about it."""

    path: str
    reason: str
    hint: str


class Remark(Struct, frozen=True):
    """Something to know about a source that was read all the same: which one, and what."""

    path: str
    words: str
