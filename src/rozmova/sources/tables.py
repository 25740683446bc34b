"""Articles from JSONL and CSV: an object or a row each, with its columns mapped to the fields of an article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import IO

import msgspec

from rozmova.errors import InputError, Remark, Skipped
from rozmova.records import Article
from rozmova.sources.decode import Undecodable, decode, marked
from rozmova.sources.facts import clean_day, clean_moment, clean_name, clean_url, compose, make_article
from rozmova.sources.limits import MAX_BARREN_LINES, MAX_FILE_BYTES, MAX_RECORD_LINE_BYTES, MAX_REFUSALS, LimitError

Columns = Mapping[str, str]
"""Field of :class:`Article` -> column of the table."""

Item = Article | Skipped | Remark

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "fulltext", "full_text"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publication_date", "date_published", "pubdate"),
    "url": ("url", "link", "uri"),
    "outlet": ("outlet", "source", "site", "sitename", "publisher"),
    "author": ("author", "authors", "byline"),
    "retrieved": ("retrieved", "retrieved_at", "crawled", "fetched"),
}
"""What an article has, and the columns it is looked for in where the mapping does not say: the first there is."""

_SAMPLE_BYTES = 200_000
_KNOWN = f"fields are {', '.join(FIELDS)}"


def read_columns(mapping: str | None) -> Columns:
    """``text=body,title=headline`` as a mapping. Raises :class:`InputError` for what is none."""
    columns: dict[str, str] = {}
    for pair in (mapping or "").split(",") if mapping is not None else ():
        field, sign, column = (part.strip() for part in pair.partition("="))
        if not sign or not column:
            raise InputError(
                f"{pair!r} maps no column", "write FIELD=COLUMN,..., for example: text=body,title=headline"
            )
        if field not in FIELDS:
            raise InputError(f"there is no field {field!r} of an article", _KNOWN)
        if field in columns:
            raise InputError(f"{field} is mapped twice", "keep one of them")
        columns[field] = column
    return columns


def read_jsonl(path: str, lines: IO[bytes], columns: Columns, encoding: str | None = None) -> Iterator[Item]:
    """An article a line; what is wrong with a line is said with its number, and the next is read."""
    return _few(path, _jsonl(path, lines, columns, encoding))


def read_csv(path: str, content: IO[bytes], columns: Columns, encoding: str | None = None) -> Iterator[Item]:
    """An article a row; the first row names the columns. Comma, semicolon or tab between them."""
    return _few(path, _csv(path, content, columns, encoding))


def _jsonl(path: str, lines: IO[bytes], columns: Columns, encoding: str | None) -> Iterator[Item | None]:
    for number, line in enumerate(_lines(lines), 1):
        where = f"{path}:{number}"
        if number == 1 and line and (mark := marked(line)):
            yield Skipped(path, f"is in {mark}", "JSON is UTF-8: save it so")
            return
        if line is None:
            yield Skipped(where, f"is longer than {MAX_RECORD_LINE_BYTES / 1e6:.0f} MB", "give one article a line")
            continue
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield None
            continue
        try:
            row = msgspec.json.decode(decode(line, encoding).text.lstrip("\ufeff"))
        except (msgspec.DecodeError, Undecodable, RecursionError, UnicodeError) as error:
            yield Skipped(where, f"is no JSON: {error}", "each line is one JSON object")
            continue
        if not isinstance(row, dict):
            yield Skipped(where, "is no JSON object", 'each line is one object, for example {"text": "..."}')
            continue
        yield from _article(where, row, _found(row, columns), None)


def _csv(path: str, content: IO[bytes], columns: Columns, encoding: str | None) -> Iterator[Item | None]:
    sample = content.read(_SAMPLE_BYTES)
    try:
        # Up to the last line end: the sample may be cut inside a letter.
        name = marked(sample) or decode(sample[: sample.rfind(b"\n") + 1] or sample, encoding).encoding
    except Undecodable as error:
        hint = (
            "save the table anew in UTF-8" if error.zero else "name its encoding with --encoding, or save it in UTF-8"
        )
        yield Skipped(path, str(error), hint)
        return
    head = sample.decode(_codec(name), errors="replace").split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=head.count)
    codec = "utf-8-sig" if name == "utf-8" else _codec(name)
    rows = csv.reader(_texts(_Joined(sample, content), codec), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(MAX_RECORD_LINE_BYTES)
    start = 1
    try:
        names = [column.strip() for column in next(rows, [])]
        found = _found(dict.fromkeys(names, ""), columns)
        missing = [column for field, column in columns.items() if field not in found]
        if "text" not in found or missing:
            lacking = missing or ["text"]
            there = ", ".join(names)[:300] or "none"
            yield Skipped(
                f"{path}:1",
                f"has no column {' and no column '.join(map(repr, lacking))}; its columns are: {there}",
                "name the columns, for example: --columns text=body,title=headline",
            )
            return
        start = rows.line_num + 1
        for cells in rows:
            where = f"{path}:{start}"
            start = rows.line_num + 1
            if len(cells) > len(names):
                yield Skipped(where, f"has {len(cells)} cells for {len(names)} columns", "quote cells with separators")
            elif not any(cell.strip() for cell in cells):
                yield None
            else:
                yield from _article(where, dict(zip(names, cells, strict=False)), found, name)
    except LimitError as error:
        yield Skipped(f"{path}:{start}", error.message, error.hint)
    except (csv.Error, UnicodeError) as error:
        hint = "is a quote in it never closed? the rows after it are not read"
        yield Skipped(f"{path}:{start}", f"is no CSV: {error}", hint)
    finally:
        csv.field_size_limit(before)


def _article(where: str, row: Mapping[str, object], found: Columns, encoding: str | None) -> Iterator[Item]:
    """The article of one object or row, and remarks on what of it could not be used."""
    if "text" not in found:
        yield Skipped(where, "has no column 'text'", "name the column with the text, for example: --columns text=body")
        return
    text = row.get(found["text"])
    if not isinstance(text, str) or not text.strip():
        yield Skipped(where, f"has no text in {found['text']!r}", "its text must be a string and not empty")
        return
    if len(text) > MAX_FILE_BYTES:
        yield Skipped(where, f"is not an article: {len(text) / 1e6:.1f} million letters", "give one article a line")
        return
    given = {field: _word(row.get(column)) for field, column in found.items() if field != "text"}
    title = clean_name(given.get("title"))
    facts = {
        "title": title,
        "author": clean_name(given.get("author")),
        "outlet": clean_name(given.get("outlet")),
        "url": clean_url(given.get("url")),
        "published": clean_day(given.get("published")),
        "retrieved": clean_moment(given.get("retrieved")),
        "encoding": encoding,
    }
    for field, kind in (("published", "date"), ("url", "http address"), ("retrieved", "moment")):
        if given.get(field) and not facts[field]:
            yield Remark(where, f"{field}: {str(given[field])[:80]!r} is no {kind}; read without it")
    yield make_article(where, compose(title, text) if title else text, facts)


def _word(value: object) -> str | None:
    """A cell as text: a list of strings (authors) joined, a number as it is written."""
    if isinstance(value, list):
        return ", ".join(part for part in value if isinstance(part, str)) or None
    if isinstance(value, int | str) and not isinstance(value, bool):
        return str(value).strip() or None
    return None


def _found(row: Mapping[str, object], columns: Columns) -> dict[str, str]:
    """Field -> column of this row: as mapped, else the first of the usual names, in whatever case."""
    names = {str(name).casefold(): str(name) for name in reversed(list(row))}
    taken = set(columns.values())
    found = {}
    for field, usual in FIELDS.items():
        if field in columns:
            if columns[field] in row:
                found[field] = columns[field]
        elif column := next((names[n] for n in usual if n in names and names[n] not in taken), None):
            found[field] = column
    return found


def _lines(content: IO[bytes]) -> Iterator[bytes | None]:
    """The lines, None for one beyond the limit, which is never held whole."""
    while line := content.readline(MAX_RECORD_LINE_BYTES + 1):
        if len(line) <= MAX_RECORD_LINE_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = content.readline(MAX_RECORD_LINE_BYTES)
        yield None


def _texts(content: io.RawIOBase, codec: str) -> Iterator[str]:
    yield from io.TextIOWrapper(io.BufferedReader(content), encoding=codec, newline="")


def _codec(name: str) -> str:
    return {"x-mac-cyrillic": "mac_cyrillic"}.get(name, name)


def _few(path: str, items: Iterator[Item | None]) -> Iterator[Item]:
    """Name so many bad lines singly and count the rest: a wrong mapping fails on every line.

    Empty lines come as None. After too many lines in a row without an article the rest is not read.
    """
    refused = barren = 0
    for item in items:
        refused += isinstance(item, Skipped)
        barren = 0 if isinstance(item, Article) else barren + 1
        if item and (not isinstance(item, Skipped) or refused <= MAX_REFUSALS):
            yield item
        if barren > MAX_BARREN_LINES:
            yield Skipped(path, f"has {MAX_BARREN_LINES} lines in a row without an article", "the rest is not read")
            break
    if refused > MAX_REFUSALS:
        yield Skipped(path, f"has {refused - MAX_REFUSALS} more such lines", "")


class _Joined(io.RawIOBase):
    """The sample that was read, then the rest; a row's line beyond the limit is refused before it is held whole."""

    def __init__(self, sample: bytes, rest: IO[bytes]) -> None:
        self._sample, self._rest, self._since = sample, rest, 0

    def readable(self) -> bool:
        """Always: it is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next."""
        size = len(buffer)
        if self._sample:
            piece, self._sample = self._sample[:size], self._sample[size:]
        else:
            piece = self._rest.read(size) or b""
        end = piece.rfind(b"\n")
        self._since = len(piece) - end - 1 if end >= 0 else self._since + len(piece)
        if self._since > MAX_RECORD_LINE_BYTES:
            raise LimitError(
                f"has a line longer than {MAX_RECORD_LINE_BYTES / 1e6:.0f} MB", "the rows after it are not read"
            )
        buffer[: len(piece)] = piece
        return len(piece)
