"""What a source says beside the text (title, author, outlet, address, dates), cleaned before it is kept.

All of it is hostile: names become one line of bounded length, addresses must be http or https, dates must exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from urllib.parse import urlsplit

from rozmova.records import Article
from rozmova.sources.limits import MAX_NAME_CHARS, MAX_URL_CHARS

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?=$|[T\s])")
_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?![^-_.])")
_MEANT = {"ua": "uk"}
"""Codes of states that pages give for a language."""
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?=$|\D)")


def make_article(path: str, text: str, facts: Mapping[str, str | None]) -> Article:
    """An article of this text; ``facts`` are further fields of :class:`Article`."""
    digest = sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Article(id=digest[:16], path=path, text=text, sha256=digest, **facts)


def compose(title: str | None, body: str) -> str:
    """Title, blank line and body as one text; a body that begins with its title has it once."""
    body = body.strip()
    first, _, rest = body.partition("\n")
    if not title:
        return body
    return f"{title}\n\n{rest.strip() if clean_name(first) == title else body}".rstrip()


def clean_name(value: str | None) -> str | None:
    """A title or a name as one line without control characters, or None where nothing is left."""
    words = "".join(char if char.isprintable() else " " for char in value or "").split()
    return " ".join(words)[:MAX_NAME_CHARS].rstrip() or None


def clean_url(value: str | None) -> str | None:
    """An http or https address, or None: other schemes (javascript, data, file) lead nowhere one may send a reader."""
    value = (value or "").strip()
    if not 0 < len(value) <= MAX_URL_CHARS or not value.isprintable() or any(c in value for c in " \"'<>\\"):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    return value if parts.scheme.lower() in ("http", "https") and host and not parts.username else None


def clean_day(value: str | None) -> str | None:
    """A date of publication as metadata write it -> the day in ISO (or year, or month), or None where it is none.

    Reads ISO 8601, RFC 5322 (feeds, HTTP) and day.month.year; dates with slashes may be read in two ways and are not.
    The day is that of the written time, whatever the zone.
    """
    value = (value or "").strip()
    try:
        if match := _DAY.match(value):
            return date(*map(int, match.groups())).isoformat()
        if match := _DOTTED.match(value):
            day, month, year = map(int, match.groups())
            return date(year, month, day).isoformat()
        if _MONTH.fullmatch(value):
            return value
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


def clean_language(value: str | None) -> str | None:
    """The language of a tag of BCP 47 or a locale (``pl`` of ``pl-PL``, ``pl_PL.UTF-8``), or None where it is none."""
    match = _LANGUAGE.match((value or "").strip().lower())
    return _MEANT.get(match[1], match[1]) if match else None


def clean_moment(value: str | None) -> str | None:
    """A moment in ISO 8601 or RFC 5322 as UTC in seconds; None where it is none. Without a zone it counts as UTC."""
    value = (value or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
            return moment.isoformat(timespec="seconds")
        except (ValueError, TypeError, OverflowError):
            continue
    return None
