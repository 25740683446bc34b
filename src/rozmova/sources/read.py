"""A path or standard input into articles: which reader is for which file."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

import msgspec
from msgspec.structs import replace

from rozmova.errors import Remark, Skipped
from rozmova.records import Article
from rozmova.sources.decode import UTF8
from rozmova.sources.files import STDIN, find_files, read_bytes, read_text, shown, too_large, unreadable
from rozmova.sources.limits import MAX_FILE_BYTES, MAX_HTML_BYTES, MAX_REFUSALS, MAX_TABLE_BYTES
from rozmova.sources.tables import read_csv, read_jsonl

Item = Article | Skipped | Remark

_PAGES = (".html", ".htm", ".xhtml")
_WARCS = (".warc", ".warc.gz")
_PEEK = 4096
_NO_COLUMNS: Mapping[str, str] = {}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to read what does not say it itself: the mapping of a table's columns, and an encoding."""

    columns: Mapping[str, str] = _NO_COLUMNS
    encoding: str | None = None


DEFAULT = Options()


def read_articles(paths: Iterable[Path], options: Options = DEFAULT) -> Iterator[Item]:
    """Read files and folders in the order given; see :func:`find_files` and :func:`read_source`."""
    for found in find_files(paths):
        if isinstance(found, Skipped):
            yield found
        else:
            yield from read_source(found, options)


def read_source(path: Path, options: Options = DEFAULT) -> Iterator[Item]:
    """The articles of one file: by its suffix a page, an archive or a table of them, else one plain text.

    Remarks come after the article that they are about; one says where a file was not in UTF-8, or how many articles
    of it were not.
    """
    others = Counter[str]()
    for item in _read_stdin(options) if str(path) == STDIN else _read(path, options):
        yield item
        if isinstance(item, Article) and item.encoding not in (None, UTF8):
            others[item.encoding] += 1
    for encoding, number in others.items():
        many = f"{number} of its articles were" if holds_many(path) and number > 1 else "was"
        yield Remark(shown(path), f"{many} not UTF-8: read as {encoding}")


class Remarks:
    """Those on one file: so many are kept, the rest is counted; a table may give one on every line."""

    def __init__(self, path: Path) -> None:
        self._path, self._first, self._more = path, list[Remark](), 0

    def note(self, remark: Remark | None) -> None:
        """Keep or count a remark, if there is one."""
        if remark and len(self._first) < MAX_REFUSALS:
            self._first.append(remark)
        elif remark:
            self._more += 1

    def all(self) -> list[Remark]:
        """What was kept, and how many more there were."""
        more = [Remark(shown(self._path), f"and {self._more} more such notes")] if self._more else []
        return [*self._first, *more]


def holds_many(path: Path) -> bool:
    """Whether a file of this name may hold more than one article."""
    name = path.name.lower()
    return str(path) == STDIN or name.endswith((*_WARCS, ".jsonl", ".csv"))


def _read(path: Path, options: Options) -> Iterator[Item]:
    name = path.name.lower()
    if name.endswith(_PAGES):
        from rozmova.sources.html import read_page

        content = read_bytes(path, MAX_HTML_BYTES)
        yield (
            content
            if isinstance(content, Skipped)
            else _page(read_page(shown(path), content, declared=options.encoding))
        )
    elif holds_many(path):
        yield from _streamed(path, name, options)
    else:
        content = read_bytes(path, MAX_FILE_BYTES)
        yield content if isinstance(content, Skipped) else read_text(shown(path), content, options.encoding)


def _streamed(path: Path, name: str, options: Options) -> Iterator[Item]:
    try:
        if not path.is_file():
            yield Skipped(shown(path), "is not a regular file", "name a file of articles or a folder of such files")
            return
        if (size := path.stat().st_size) == 0:
            yield Skipped(shown(path), "is empty", "remove it, or put articles in it")
            return
        if not name.endswith(_WARCS) and size > MAX_TABLE_BYTES:
            limit = f"{size / 1e9:.2f} GB, and the limit is {MAX_TABLE_BYTES / 1e9:g} GB"
            yield Skipped(shown(path), f"is too large a table: {limit}", "split it into several files")
            return
        with path.open("rb") as content:
            yield from _stream(shown(path), name, content, options)
    except OSError as error:
        yield unreadable(path, error)


def _stream(shown_path: str, name: str, content: IO[bytes], options: Options) -> Iterator[Item]:
    if name.endswith(".jsonl"):
        return read_jsonl(shown_path, content, options.columns, options.encoding)
    if name.endswith(".csv"):
        return read_csv(shown_path, content, options.columns, options.encoding)
    from rozmova.sources.warc import read_warc

    return read_warc(shown_path, content)


def _read_stdin(options: Options) -> Iterator[Item]:
    """Standard input by its first bytes: an archive, objects, a page; a table where columns are mapped; else a text."""
    content = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]  # whatever stands in for it can be read
    head = content.peek(_PEEK)[:_PEEK]
    kind = _kind(head, bool(options.columns))
    if kind:
        yield from _stream(STDIN, kind, content, options)
        return
    whole = content.read(MAX_HTML_BYTES + 1)
    if len(whole) > MAX_HTML_BYTES:
        yield too_large(STDIN, len(whole), MAX_HTML_BYTES)
    elif _looks_like_html(head):
        from rozmova.sources.html import read_page

        yield _page(read_page(STDIN, whole, declared=options.encoding))
    elif len(whole) > MAX_FILE_BYTES:
        yield too_large(STDIN, len(whole), MAX_FILE_BYTES)
    else:
        yield read_text(STDIN, whole, options.encoding)


def _kind(head: bytes, mapped: bool) -> str:
    if head.startswith((b"WARC/", b"\x1f\x8b")):
        return ".warc"
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if first.startswith((b'{"', b"{ ")):
        return ".jsonl"
    return ".csv" if mapped else ""


def _looks_like_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head")) or (
        start.startswith(b"<?xml") and b"<html" in start
    )


def _page(found: Article | Skipped) -> Article | Skipped:
    """A page from a file with a hint for files."""
    return found if isinstance(found, Article) or found.hint else replace(found, hint="save the page anew")
