"""XML of strangers, looked at before anything reads it.

What comes out is UTF-8 without a declaration and without a document type, well-formed and not deep: no entity to
expand, no file or address to load, and no second way to read it, so that the next parser sees what this one saw.
"""

from __future__ import annotations

import codecs
import html
import re
from html.entities import html5
from io import BytesIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from rozmova.errors import RozmovaError

MAX_DEPTH = 100
"""Elements within elements; feeds have five, lists of feeds ten."""
MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 100
"""Of one element: feedparser needs a time that grows with their square."""

_ENCODING = re.compile(r"utf-?8|utf-?16([lb]e)?|(windows-|cp)(125\d|866)|iso-?8859-\d{1,2}|koi8-[ru]|(us-)?ascii")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SPACE = re.compile("[ \t\r\n\ufeff]*")
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);|[A-Za-z][A-Za-z0-9]{1,30};)?")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


class BadXml(RozmovaError):
    """The message says, without naming the source, what is wrong."""


def as_text(data: bytes, declared: str | None = None) -> str:
    """Decode XML: by its mark, by its own declaration, by what the server ``declared``, else as UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    found = _DECLARED.match(data.lstrip()[:300])
    named = [found[1].decode("ascii")] if found else []
    for name in [*named, *([declared] if declared else []), "utf-8"]:
        # Names of encodings are the stranger's too, and Python knows some that are none (idna, unicode_escape).
        if _ENCODING.fullmatch(name.lower()):
            try:
                return data.decode(name)
            except (UnicodeError, LookupError):
                continue
    raise BadXml(f"is not text in {' or '.join([*named, 'UTF-8'])}", "its publisher has to repair it")


def root_name(text: str) -> str:
    """Name of the outermost element in lower case without its prefix, or "" where none comes first."""
    at = 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it always matches
        for opening, closing in (("<?", "?>"), ("<!--", "-->"), ("<!", ">")):
            if text.startswith(opening, at):
                end = text.find(closing, at + len(opening))
                doctype = re.match(r"<!doctype\s+([\w.-]+)[^>]*\[", text[at : end + 1], re.IGNORECASE)
                if end < 0 or doctype:
                    return doctype[1].lower() if doctype else ""
                at = end + len(closing)
                break
        else:
            found = re.compile(r"<(?:[\w.-]{1,50}:)?([\w.-]{1,50})").match(text, at)
            return found[1].lower() if found else ""


def checked(text: str) -> bytes:
    """The document for other parsers. Raises :class:`BadXml`; what careless programs write (``&nbsp;``) is repaired."""
    text = _without_prolog(text)
    try:
        return _look(text)
    except SAXParseException as first:
        try:
            return _look(_repaired(text))
        except SAXParseException:
            where = f"line {first.getLineNumber()}, column {first.getColumnNumber()}"
            raise BadXml(
                f"is not well-formed XML: {first.getMessage()} ({where})", "its publisher has to repair it"
            ) from first


class _Looker(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > MAX_DEPTH:
            raise BadXml(f"has elements more than {MAX_DEPTH} deep", "no feed is like that")
        if self.count > MAX_ELEMENTS:
            raise BadXml(f"has more than {MAX_ELEMENTS} elements", "no feed is like that")

        if len(attrs) > MAX_ATTRIBUTES:
            raise BadXml(f"has an element with more than {MAX_ATTRIBUTES} attributes", "no feed is like that")

    def endElement(self, name: str) -> None:
        self.depth -= 1


def _look(text: str) -> bytes:
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    data = text.encode("utf-8", errors="replace")
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(_Looker())
    try:
        parser.parse(BytesIO(data))
    except DefusedXmlException as error:
        raise BadXml(
            "defines a document type or entities of its own", "such XML can be an attack and is not read"
        ) from error
    return data


def _without_prolog(text: str) -> str:
    """Without the declaration, which no longer holds, and a bare document type, which RSS 0.91 has by rule."""
    text = text.lstrip(" \t\r\n\ufeff")
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :].lstrip(" \t\r\n")
    if found := re.match(r"<!DOCTYPE\s[^\[\]<>]{1,300}>", text):
        text = text[found.end() :]
    return text


def _repaired(text: str) -> str:
    """Without control characters, with HTML's own entities as letters and lone ampersands written as such."""
    text = _NO_CHARACTERS.sub("", text)
    parts: list[str] = []
    at = 0
    while at < len(text):
        start = text.find(_CDATA, at)
        start = len(text) if start < 0 else start
        parts.append(_REFERENCE.sub(_reference, text[at:start]))
        end = text.find(_CDATA_END, start)
        at = len(text) if end < 0 else end + len(_CDATA_END)
        parts.append(text[start:at])
    return "".join(parts)


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if not name:
        return "&amp;"
    if name.startswith("#") or name in ("amp;", "lt;", "gt;", "quot;", "apos;"):
        return match[0]
    return html.escape(html5[name]) if name in html5 else f"&amp;{name}"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise BadXml(
            f"is not text in {encoding.upper()}, although it begins so", "its publisher has to repair it"
        ) from (error)
