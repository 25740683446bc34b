"""Web archives (WARC, ISO 28500; plain or gzip) into articles, one for each HTML response, read as a stream.

An archive is unpacked here and not by the reader of its records, so that no line and no stretch of it can grow without
bound: see :class:`Unpacked`.
"""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from typing import IO, Any

from rozmova.errors import Remark, Skipped
from rozmova.records import Article
from rozmova.sources.facts import clean_moment, clean_name, clean_url
from rozmova.sources.html import read_page
from rozmova.sources.limits import (
    BOMB_WINDOW_BYTES,
    MAX_GZIP_RATIO,
    MAX_HTML_BYTES,
    MAX_REFUSALS,
    MAX_WARC_BYTES,
    MAX_WARC_HEAD_BYTES,
    LimitError,
)

_HTML = ("text/html", "application/xhtml+xml")
_PACKINGS = ("gzip", "deflate", "identity")
_BLOCK = 65_536
_REST = "the records before are read, the rest is not; fetch or pack the archive anew"


def read_warc(path: str, content: IO[bytes]) -> Iterator[Article | Skipped | Remark]:
    """The articles of an archive with address and moment of retrieval.

    Other records (requests, pictures, failures, redirects) are passed over; pages without an article in them are
    counted. Where the archive is broken, what was read before stays.
    """
    number = empty = pages = 0
    whole = False
    first_empty = ""
    refused: list[Skipped] = []
    try:
        for number, record in _records(content):
            if not _is_page(record):
                continue
            pages += 1
            found = _page(f"{path}:{number}", record)
            if isinstance(found, Article):
                yield found
            elif found.reason.startswith("has no text"):
                empty += 1
                first_empty = first_empty or record.rec_headers.get_header("WARC-Target-URI") or found.path
            else:
                refused.append(found)
                if len(refused) <= MAX_REFUSALS:
                    yield found
        whole = True
    except _Broken as error:
        yield Skipped(f"{path}:{number + 1}", str(error), _REST)
    except LimitError as error:
        yield Skipped(f"{path}:{number + 1}", error.message, error.hint or _REST)
    if len(refused) > MAX_REFUSALS:
        yield Skipped(path, f"has {len(refused) - MAX_REFUSALS} more such pages", "")
    if empty:
        shown = "".join(char for char in first_empty if char.isprintable())[:200]
        yield Remark(path, f"{empty} of {pages} pages have no text of an article in them (the first: {shown})")
    elif whole and not pages:
        yield Remark(path, "holds no HTML page")


class _Broken(Exception):
    pass


def _records(content: IO[bytes]) -> Iterator[tuple[int, Any]]:
    from warcio.archiveiterator import WARCIterator

    unpacked = Unpacked(content)
    number = 0
    records = WARCIterator(unpacked, verify_http=False, arc2warc=False)
    records.reader.set_decomp(None)  # it would unpack what is packed once more, without a bound
    while True:
        complaints = io.StringIO()  # the reader of records writes of wrong lengths on standard error
        try:
            with contextlib.redirect_stderr(complaints), unpacked.at_most(MAX_WARC_HEAD_BYTES):
                record = next(records)
        except StopIteration:
            if number == 0:
                raise _Broken("is no web archive, or an empty one") from None
            return
        except (LimitError, OSError):
            raise
        except Exception as error:  # a record without its address alone makes the reader fail in ways of its own
            raise _Broken(f"is no whole WARC record: {str(error)[:120]}") from error
        if complaints.getvalue():
            raise _Broken("has a record before it whose length is wrong")
        if record.rec_type is None:
            raise _Broken("is no whole WARC record: it has no type")
        number += 1
        yield number, record
        while record.raw_stream.read(_BLOCK):  # to its end in blocks: what the reader reads then is lines alone
            pass


def _is_page(record: Any) -> bool:
    if record.rec_type == "response" and record.http_headers:
        kind = record.http_headers.get_header("Content-Type") or ""
        if record.http_headers.get_statuscode() != "200":
            return False
    elif record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    else:
        return False
    return kind.split(";")[0].strip().lower() in _HTML


def _page(path: str, record: Any) -> Article | Skipped:
    large = Skipped(path, f"is a page of more than {MAX_HTML_BYTES / 1e6:.0f} MB", "it is no article")
    packing = record.http_headers and record.http_headers.get_header("Content-Encoding")
    if packing and packing.strip().lower() not in _PACKINGS:
        return Skipped(path, f"is packed as {clean_name(packing)!r}", f"read are {', '.join(_PACKINGS[:2])}")
    length = record.rec_headers.get_header("Content-Length") or ""
    if not length.isdecimal():
        return Skipped(path, "is a record without its length", "fetch or pack the archive anew")
    # Chunks of HTTP are read whole, whatever length they claim: the record's own length bounds them.
    if int(length) > 2 * MAX_HTML_BYTES:
        return large
    content = b""
    stream = record.content_stream()
    try:
        while piece := stream.read(_BLOCK):
            content += piece
            if len(content) > MAX_HTML_BYTES:
                return large
    except (zlib.error, ValueError) as error:
        return Skipped(path, f"cannot be unpacked: {error}", "fetch the page anew")
    kind = (record.http_headers or record.rec_headers).get_header("Content-Type") or ""
    return read_page(
        path,
        content,
        declared=_charset(kind),
        url=clean_url((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")),
        retrieved=clean_moment(record.rec_headers.get_header("WARC-Date")),
    )


def _charset(kind: str) -> str | None:
    for part in kind.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


class Unpacked:
    """A file, unpacked where it is gzip (of however many members), in small pieces and within the limits.

    Raises :class:`LimitError` for a bomb (see ``MAX_GZIP_RATIO``), for too much in all, and for gzip that is cut off or
    damaged.
    """

    def __init__(self, content: IO[bytes]) -> None:
        self._raw = content
        self._head = content.read(2)
        self._gzip = zlib.decompressobj(31) if self._head == b"\x1f\x8b" else None
        self._packed = b""
        self._came_in = self._came_out = self._window_in = self._window_out = 0
        self._until: int | None = None

    def tell(self) -> int:
        """How many bytes came out."""
        return self._came_out

    @contextlib.contextmanager
    def at_most(self, size: int) -> Iterator[None]:
        """Inside, no more than so many bytes come out: :class:`LimitError` for a head of lines without an end."""
        self._until = self._came_out + size
        try:
            yield
        finally:
            self._until = None

    def read(self, size: int = _BLOCK) -> bytes:
        """The next bytes, at most ``size``; none at the end."""
        size = min(size, _BLOCK) if size > 0 else _BLOCK
        piece = self._unpack(size) if self._gzip else self._take(size)
        self._came_out += len(piece)
        self._check()
        return piece

    def _take(self, size: int) -> bytes:
        head, self._head = self._head[:size], self._head[size:]
        piece = head or self._raw.read(size)
        self._came_in += len(piece)
        return piece

    def _unpack(self, size: int) -> bytes:
        assert self._gzip is not None
        try:
            while True:
                if self._gzip.eof:  # the next member, if there is one
                    self._packed = self._gzip.unused_data or self._take(_BLOCK)
                    if not self._packed.strip(b"\0"):
                        return b""
                    self._gzip = zlib.decompressobj(31)
                elif not self._packed:
                    self._packed = self._take(_BLOCK)
                    if not self._packed:
                        raise LimitError("is cut off: the gzip data end in the middle", _REST)
                piece = self._gzip.decompress(self._packed, size)
                self._packed = self._gzip.unconsumed_tail
                if piece:
                    return piece
        except zlib.error as error:
            raise LimitError(f"is damaged: {error}", _REST) from error

    def _check(self) -> None:
        if self._until is not None and self._came_out > self._until:
            raise LimitError(f"has more than {MAX_WARC_HEAD_BYTES / 1e6:g} MB of headers or empty lines", _REST)
        if self._came_out > MAX_WARC_BYTES:
            raise LimitError(f"is larger than {MAX_WARC_BYTES / 1e9:.0f} GB", "split it")
        out = self._came_out - self._window_out
        if out < BOMB_WINDOW_BYTES:
            return
        used = self._came_in - len(self._packed)
        if self._gzip and out > MAX_GZIP_RATIO * max(1, used - self._window_in):
            raise LimitError(
                f"unpacks to more than {MAX_GZIP_RATIO} times its size: a decompression bomb, not an archive",
                "it is not read further; do not unpack it",
            )
        self._window_in, self._window_out = used, self._came_out
