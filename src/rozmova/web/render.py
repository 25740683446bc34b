"""A view model as HTML, JSON or CSV."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import Any, Protocol

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from rozmova.web import urls, words
from rozmova.web.pages.rows import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula."""


class Model(Protocol):
    """What a page is made from: a record with a title and a table."""

    @property
    def title(self) -> str:
        """The heading of the page."""

    def table(self) -> Table:
        """What the page shows, as lines of a CSV file."""


@cache
def environment() -> Environment:
    """The templates; everything put into them is escaped."""
    found = Environment(
        loader=PackageLoader("rozmova.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # A document that stands alone gives another `reach`: it has anchors of its own, and no other pages.
    found.globals |= {"urls": urls, "words": words, "reach": lambda url: url}
    return found


def html(template: str, **values: Any) -> str:
    """A page."""
    return environment().get_template(template).render(**values)


def as_json(model: Model) -> bytes:
    """The view model as it is."""
    return msgspec.json.format(msgspec.json.encode(model), indent=1)


def as_csv(model: Model) -> str:
    """The table of the view model; what a spreadsheet would run as a formula gets an apostrophe before it."""
    headings, lines = model.table()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([[_cell(value) for value in line] for line in lines])
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int | float) else text
