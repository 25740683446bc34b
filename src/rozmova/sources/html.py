"""Saved pages into articles: trafilatura tells the text from what surrounds it, and finds what the page says of itself.

The article's text is the title, a blank line, and the body, as plain text; offsets count in that.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING

from rozmova.errors import Skipped
from rozmova.records import Article
from rozmova.sources.dateline import dateline
from rozmova.sources.decode import Undecodable, decode
from rozmova.sources.facts import clean_day, clean_language, clean_name, clean_url, compose, make_article
from rozmova.sources.files import too_large
from rozmova.sources.limits import (
    MAX_FILE_BYTES,
    MAX_HTML_BYTES,
    MAX_HTML_DEPTH,
    MAX_HTML_ELEMENTS,
    MAX_PAGE_SECONDS,
    LimitError,
    check_tags,
    time_limit,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_MARKUP = re.compile(rb"(?is)<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)|<[^>]*(?:>|\Z)")
"""Each of them ends at the end of the page at the latest: looked for in vain from every tag, an end takes for ever."""
_HEAD_BYTES = 4096
_LEAST_WORDS = 5
"""A text of fewer words is a caption or a notice, not what an article says."""

_LANGUAGES = (
    "/html/@lang",
    "/html/@*[name() = 'xml:lang']",
    "//meta[@property = 'og:locale']/@content",
    "//meta[translate(@http-equiv, 'CL', 'cl') = 'content-language']/@content",
)
"""Where a page says its language, what is surer first."""
_NO_TEXT = ("amp-ad", "amp-embed", "amp-sidebar", "amp-consent", "amp-sticky-ad", "amp-auto-ads")
_SITE_FOOTERS = "//footer[not(ancestor::article)][not(.//script | .//time | .//meta | .//*[@itemprop])]"
_POSTS = "//article//*[@class='post' or @class='entry' or @itemprop='articleBody']"
"""Where there are several side by side, each is a part of the article (a live blog). Trafilatura would take the first
for all of it, and of the others no more than paragraphs."""
_TABLE = ("thead", "tbody", "tfoot", "tr", "td", "th")
_HOLDS_BLOCKS = ".//p | .//div | .//h1 | .//h2 | .//h3 | .//article | .//table"

_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
"""The day of publication and not of the last change, and no guess from numbers anywhere on the page."""


def read_page(
    path: str,
    content: bytes,
    *,
    declared: str | None = None,
    url: str | None = None,
    retrieved: str | None = None,
) -> Article | Skipped:
    """An article from a page, or why there is none in it.

    ``declared`` is the encoding that came with the page, ``url`` the address it was fetched from (its own canonical
    address goes before), ``retrieved`` the moment.
    """
    if len(content) > MAX_HTML_BYTES:
        return too_large(path, len(content), MAX_HTML_BYTES)
    try:
        decoded = decode(content, declared or _declared(content), _MARKUP.sub(b" ", content))
    except Undecodable as error:
        return Skipped(path, str(error), "name its encoding with --encoding, or save the page anew")
    html = decoded.text.lstrip("\ufeff")
    import_module("trafilatura")  # before the time counts: the first page would pay for it
    try:
        with time_limit(MAX_PAGE_SECONDS):
            tree = parse(html)
            printed = dateline(tree)  # first: extraction takes the tree apart
            language = _language(tree)
            _clean(tree)
            found = _extract(tree, url)
    except LimitError as error:
        return Skipped(path, error.message, error.hint)
    if found is None or len((found.text or "").split()) < _LEAST_WORDS:
        return Skipped(path, "has no text of an article in it", "give the article's own page, or its text")
    if len(found.text or "") > MAX_FILE_BYTES:
        return too_large(path, len((found.text or "").encode()), MAX_FILE_BYTES)
    title = clean_name(found.title)
    return make_article(
        path,
        compose(title, found.text or ""),
        {
            "title": title,
            "author": clean_name(found.author),
            "outlet": clean_name(found.sitename),
            "published": clean_day(found.date) or printed,
            "url": clean_url(found.url) or clean_url(url),
            "retrieved": retrieved,
            "encoding": decoded.encoding,
            "language": language,
        },
    )


def parse(html: str) -> HtmlElement:
    """The tree of a page within the limits. Raises :class:`LimitError` where it goes beyond them, or is none."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    check_tags(html)
    try:
        # As bytes: lxml refuses strings that declare an encoding.
        tree = document_fromstring(
            html.encode("utf-8", errors="replace"), parser=HTMLParser(encoding="utf-8", remove_comments=True)
        )
    except (etree.LxmlError, ValueError) as error:
        raise LimitError("is no HTML page", "save the page anew") from error
    depth = elements = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAX_HTML_DEPTH:
            raise LimitError(f"has elements nested deeper than {MAX_HTML_DEPTH}", "save the page anew")
        if elements > MAX_HTML_ELEMENTS:
            raise LimitError(f"has more than {MAX_HTML_ELEMENTS} elements", "save only the article")
    return tree


def _clean(tree: HtmlElement) -> None:
    """Take out the parts of AMP that are no text, and make layout of tables that are only there for it.

    Trafilatura would print such a table as rows and cells, with the menu beside the article. One that has headings of
    columns, or rows of plain cells, says something and stays.
    """
    for element in list(tree.iter(*_NO_TEXT)):
        element.drop_tree()
    for footer in tree.xpath(_SITE_FOOTERS):  # the day of printing or of the last change stands there
        footer.drop_tree()
    posts = Counter((post.getparent(), post.tag, post.get("class")) for post in tree.xpath(_POSTS))
    for post in tree.xpath(_POSTS):
        if posts[post.getparent(), post.tag, post.get("class")] > 1:
            post.attrib.clear()
    layout: list[HtmlElement] = []
    for table in tree.iter("table"):
        own = [cell for cell in table.iter(*_TABLE) if next(cell.iterancestors("table"), None) is table]
        rows = sum(part.tag == "tr" for part in own)
        if any(part.tag == "th" for part in own) or (rows > 1 and not table.xpath(_HOLDS_BLOCKS)):
            continue
        layout += [table, *own]
    for part in layout:
        part.tag = "div"


def _language(tree: HtmlElement) -> str | None:
    """The language that a page says it is in."""
    said = (value for place in _LANGUAGES for value in tree.xpath(place)[:1])
    return next(filter(None, map(clean_language, map(str, said))), None)


def _extract(tree: HtmlElement, url: str | None) -> Document | None:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
        )
    except RecursionError as error:
        raise LimitError("is nested too deep", "save the page anew") from error
    return found if not isinstance(found, dict) else None


def _declared(content: bytes) -> str | None:
    """The encoding that a page or its XML declaration names near its beginning."""
    head = content[:_HEAD_BYTES]
    match = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return match[1].decode("ascii") if match else None
