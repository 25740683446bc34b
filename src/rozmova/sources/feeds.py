"""RSS and Atom feeds, and OPML lists of them: which pages they name, under which title and date."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from time import struct_time
from typing import Any

from msgspec import Struct

from rozmova.errors import Skipped
from rozmova.sources.addresses import Refused, normal_url
from rozmova.sources.safe_xml import BadXml, as_text, checked, root_name

MAX_ENTRIES = 1000
"""Of one feed; the newest come first in it, and none has that many."""
MAX_FEEDS = 10_000
"""Of one list."""


class Entry(Struct, frozen=True, kw_only=True):
    """A page that a feed names. ``published`` is EDTF with the offset from UTC that the feed gives."""

    url: str
    title: str | None = None
    published: str | None = None


class Feed(Struct, frozen=True, kw_only=True):
    """What a feed has now; ``skipped`` are entries that name no page that may be fetched."""

    title: str | None
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()


class FeedList(Struct, frozen=True, kw_only=True):
    """The feeds of an OPML list, each once, in its order, however deep the folders."""

    feeds: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()


def read(data: bytes, *, url: str, content_type: str | None = None) -> Feed | FeedList | None:
    """Read a feed or a list of feeds; None when it is neither (a page, most likely).

    ``url`` is where it came from: relative links count from there. Raises :class:`BadXml` for one that cannot be read
    or must not be.
    """
    try:
        text = as_text(data, charset(content_type))
    except BadXml:
        if b"<rss" in data[:1000] or b"<feed" in data[:1000] or b"<opml" in data[:1000]:
            raise
        return None
    match root_name(text):
        case "rss" | "feed" | "rdf":
            return _feed(checked(text), url)
        case "opml":
            return _list(checked(text), url)
    return None


def charset(content_type: str | None) -> str | None:
    """The encoding that a Content-Type names."""
    found = re.search(r"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9._-]{1,40})", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def _feed(data: bytes, url: str) -> Feed:
    import feedparser

    # Bytes alone would be taken for the name of a file first; only what can be read from is surely not.
    told = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        parsed = feedparser.parse(
            BytesIO(data), response_headers=told, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # whatever a feed makes its parser do, the other feeds are to be read
        raise BadXml(f"cannot be read as a feed: {type(error).__name__}", "its publisher has to repair it") from error
    entries: dict[str, Entry] = {}
    skipped: list[Skipped] = []
    for found in parsed.entries[:MAX_ENTRIES]:
        link = found.get("link")
        if not link:
            continue  # a note without a page of its own
        try:
            page = normal_url(link, base=url)
        except Refused as error:
            skipped.append(Skipped(url, f"an entry cannot be read: {error.message}", error.hint))
            continue
        published = _published(found, parsed.version)
        entries.setdefault(page, Entry(url=page, title=_line(found.get("title")), published=published))
    return Feed(title=_line(parsed.feed.get("title")), entries=tuple(entries.values()), skipped=tuple(skipped))


def _published(entry: dict[str, Any], version: str) -> str | None:
    # In Atom "updated" is the last change. RSS has no such date: what is found there is a date of publication.
    for name in ("published", "updated")[: 2 if version.startswith("rss") else 1]:
        # The parser's own dictionary answers for one name with the value of another.
        if moment := dict.get(entry, f"{name}_parsed"):
            return _with_zone(dict.get(entry, name, "")) or _in_utc(moment)
    return None


def _with_zone(text: str) -> str | None:
    """The date as written, with its own offset from UTC: the day on which the article was read where it came out."""
    text = " ".join(text[:100].split())
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text).replace(microsecond=0).isoformat().replace("+00:00", "Z")
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _in_utc(moment: struct_time) -> str | None:
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return None


def _list(data: bytes, url: str) -> FeedList:
    from defusedxml.ElementTree import fromstring

    feeds: dict[str, None] = {}
    skipped: list[Skipped] = []
    for outline in fromstring(data, forbid_dtd=True).iter():
        if outline.tag.lower() != "outline":
            continue
        attributes = {name.lower(): value for name, value in outline.attrib.items()}
        if not (address := attributes.get("xmlurl", "").strip()):
            continue
        if len(feeds) == MAX_FEEDS:
            skipped.append(Skipped(url, f"names more than {MAX_FEEDS} feeds; the rest is left out", "split the list"))
            break
        try:
            feeds.setdefault(normal_url(re.sub("^feed:(//)?(?!//)", _feed_scheme, address), base=url))
        except Refused as error:
            skipped.append(Skipped(url, f"a feed cannot be read: {error.message}", error.hint))
    return FeedList(feeds=tuple(feeds), skipped=tuple(skipped))


def _feed_scheme(match: re.Match[str]) -> str:
    """``feed://host/`` and ``feed:https://host/`` are old ways to write the address of a feed."""
    return "https://" if match[1] else ""


def _line(text: str | None) -> str | None:
    """A title on one line, of a length that can be shown, without characters that steer a terminal."""
    line = " ".join((text or "")[:2000].split())[:500]
    return "".join(filter(str.isprintable, line)).strip() or None
