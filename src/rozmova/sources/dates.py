"""Dates of publication given by hand: one for all articles, or a table with a line per file."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

from rozmova.errors import InputError
from rozmova.sources.files import real

_PUBLISHED = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)(?P<clock>T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?"
)
_FORMS = "write 2021-12-30, 2021-12, 2021 or 2021-12-30T15:35:00+02:00"


def check_published(value: str) -> str:
    """Give a date of publication back in EDTF, without white space around it.

    A day, a month, a year, or a day with the time. Raises :class:`InputError` when it is none or does not exist.
    """
    value = value.strip()
    match = _PUBLISHED.fullmatch(value)
    if not match:
        raise InputError(f"{value!r} is not a date of publication", _FORMS)
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        if match["clock"]:
            time.fromisoformat(match["clock"])
    except ValueError as error:
        raise InputError(f"there is no such date as {value!r}: {error}", _FORMS) from error
    return value


def read_dates(table: Path) -> Mapping[Path, str]:
    """Read a CSV table with the columns ``path`` and ``published``: absolute path of a file -> EDTF.

    Relative paths count from the folder of the table. Raises :class:`InputError` naming the first bad line.
    """
    dates: dict[Path, str] = {}
    try:
        with table.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, strict=True)
            missing = {"path", "published"} - set(rows.fieldnames or ())
            if missing:
                raise InputError(
                    f"{table}: no column {' and no column '.join(sorted(missing))}",
                    "the first line must name the columns: path,published",
                )
            for row in rows:
                path, published = _row(table, rows.line_num, row)
                if dates.setdefault(path, published) != published:
                    raise InputError(f"{table}, line {rows.line_num}: a second date for {path}", "keep one of them")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table}: cannot be read as a CSV table: {error}", "save it as CSV in UTF-8") from error
    return dates


def _row(table: Path, line: int, row: Mapping[str, str | None]) -> tuple[Path, str]:
    """One line of the table; a path that leads nowhere is an error, lest a typing mistake lose a date silently."""
    given = row["path"]
    if not given:
        raise InputError(f"{table}, line {line}: no path", "each line is: path,published")
    path = real(table.parent / given.replace("\0", "?"))
    if not path.is_file():
        raise InputError(f"{table}, line {line}: there is no file {path}", f"relative paths count from {table.parent}")
    try:
        return path, check_published(row["published"] or "")
    except InputError as error:
        raise InputError(f"{table}, line {line}: {error.message}", error.hint) from error
