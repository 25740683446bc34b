"""How much of anything is read: every bound on what comes from outside, with the reason for its size.

Articles, pages and archives are hostile until read: each bound keeps one file from taking the memory or the hours of
a run, and is far above what news needs. What exceeds one is refused with a message; the run goes on.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MAX_FILE_BYTES = 1_000_000
"""A newspaper page has about 50,000 bytes; anything twenty times larger is a dump, not an article. Reading takes time
that grows with the square: this much takes minutes."""

MAX_LINE_BYTES = 500_000
"""Text that people read has line ends; a line this long is data."""

MAX_HTML_BYTES = 10_000_000
"""Saved pages carry scripts and pictures inside: several MB happen, 10 MB hold no article that one would read."""

MAX_HTML_DEPTH = 200
"""Open elements within one another. Nested tables of old pages come to 60; libxml2 cuts deeper trees off at 255."""

MAX_HTML_ELEMENTS = 100_000
"""A long page with all its comments has 20,000; extraction takes time that grows with their square."""

MAX_TAG_WORDS = 3_000
"""Attributes of one tag: a parser compares each with all others, so 40,000 take ten seconds."""

MAX_PAGE_SECONDS = 10.0
"""A page takes some hundredths of a second; this is for what the other bounds did not think of."""

MAX_RECORD_LINE_BYTES = 10_000_000
"""A line of JSONL or a row of CSV: an article of 1 MB whose every letter is written as an escape of six bytes."""

MAX_TABLE_BYTES = 20_000_000_000
"""A table is read line by line, so its size costs only time; beyond this it is surely not articles."""

MAX_NAME_CHARS = 500
"""Titles, authors and outlets: longer ones are cut."""

MAX_URL_CHARS = 2_000
"""Longer addresses are no links to an article; they are left out."""

MAX_REFUSALS = 20
"""So many bad lines of one file are named singly, the rest is counted."""

MAX_BARREN_LINES = 100_000
"""Lines in a row of a table with no article in any of them: a file of line ends would take a second for each MB."""

BOMB_WINDOW_BYTES = 4_000_000
MAX_GZIP_RATIO = 200
"""News compresses 3 to 20 times, zeros a thousand times. Only where more than the window came out at more than this
ratio since it was last looked at, it is a bomb: a short stretch of white space is none."""

MAX_WARC_BYTES = 200_000_000_000
"""Unpacked size of one archive: the largest of public crawls come to 5 GB."""

MAX_WARC_HEAD_BYTES = 500_000
"""Headers of a record, with those of the answer in it and the empty lines before: some thousand bytes. They are read
line by line and kept, which takes time and twenty times the memory."""


class LimitError(Exception):
    """A bound was exceeded; the message says by what, the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


_TAG = re.compile(r"<[A-Za-z]")
_WORD = re.compile(r"""[\s/"']+(?=[^\s/"'])""")


def check_tags(html: str) -> None:
    """Refuse a tag with so many attributes that parsing it would hang. Raises :class:`LimitError`."""
    for piece in html.split(">"):
        if len(piece) > MAX_TAG_WORDS and (tag := _TAG.search(piece)):
            words = sum(1 for _ in _WORD.finditer(piece, tag.start()))
            if words > MAX_TAG_WORDS:
                raise LimitError(
                    f"has a tag with {words} words in it, and the limit is {MAX_TAG_WORDS}", "save the page anew"
                )


class _Over(BaseException):
    """Time is over. No ``Exception``, for extraction goes on after those of its parts."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so long, by :class:`LimitError`.

    Works in the main thread of systems that have timers; elsewhere the bounds of size have to do.
    """
    timers = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not timers or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def stop(*_: object) -> None:
        raise _Over

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)  # again and again: the first may come where it is lost
    try:
        yield
    except _Over:
        raise LimitError(f"took more than {seconds:g} seconds to read", "give the article as plain text") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
