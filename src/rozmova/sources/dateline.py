"""The date of publication as a page prints it under its headline, where it says it nowhere else.

Only a short line between the headline and the first paragraph counts, with little beside the date in it, and only
where there is one such date: what is said in sentences, in headers and in footers is not when the article came out.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from rozmova.languages import loader

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 90
_PARAGRAPH = 100
_MOST_OTHER_WORDS = 4
_MOST_ELEMENTS = 300
"""After the headline: what is further down is not under it."""
_LISTS = ("month", "month_of", "short_month", "month_short")
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.])|(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")


def dateline(tree: HtmlElement) -> str | None:
    """The day (ISO) in the lines between the first headline and the first paragraph, or None."""
    found: set[str] = set()
    after_headline = False
    looked_at = 0
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "h1":
            after_headline = True
            continue
        if not after_headline or element.tag in ("script", "style", "footer", "aside", "html", "body"):
            continue
        looked_at += 1
        if looked_at > _MOST_ELEMENTS:
            break
        text = " ".join(element.text_content().split())
        if element.tag == "p" and len(text) >= _PARAGRAPH:
            break
        if len(text) <= _LONGEST and (day := _day(text)):
            found.add(day)
    return found.pop() if len(found) == 1 else None


def _day(line: str) -> str | None:
    """The one date of a line that says little else."""
    named, months = _named()
    days: list[str] = []
    rest = line
    for match in [*_NUMBERS.finditer(line), *named.finditer(line)]:
        groups = [group for group in match.groups() if group]
        if match.re is named:
            numbers = _by_name(groups, months)
        else:
            numbers = [int(group) for group in groups]
            numbers = numbers if match[4] else numbers[::-1]
        try:
            days.append(date(*numbers).isoformat())
        except (ValueError, TypeError):
            return None
        rest = rest.replace(match[0], " ")
    few = len(re.findall(r"[^\W\d_]{2,}", rest)) <= _MOST_OTHER_WORDS
    return days[0] if len(days) == 1 and few else None


def _by_name(groups: list[str], months: dict[str, int]) -> list[int]:
    name = next(group for group in groups if not group.isdigit())
    day, year = (int(group) for group in groups if group.isdigit())
    return [year, months[name.casefold().rstrip(".")], day]


@cache
def _named() -> tuple[re.Pattern[str], dict[str, int]]:
    """``30 грудня 2021`` and ``December 30, 2021`` in every language there is, and the number of each month."""
    months: dict[str, int] = {}
    for code in loader.codes():
        words = loader.table(code, "dates").get("words", {})
        for name in _LISTS:
            months |= {str(word).removeprefix("=").casefold(): number for word, number in words.get(name, {}).items()}
    any_month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    pattern = (
        rf"(?<!\d)(\d{{1,2}})\s+({any_month})\.?\s+(\d{{4}})(?!\d)|\b({any_month})\.?\s+(\d{{1,2}}),?\s+(\d{{4}})(?!\d)"
    )
    return re.compile(pattern, re.IGNORECASE), months
