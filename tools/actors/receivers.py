"""Whom an ambassador, permanent representative or envoy is sent to, read off the English title of the office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from rozmova.languages.loader import SHARED, table
from rozmova.names.parts import bare

ENGLISH = "en"  # the language of the titles
SENT = frozenset({"ambassador", "permanent_representative"})
# The offices of the United Nations in Geneva and Vienna have representatives of their own; an ambassador to the United
# Nations without a place is the one in New York.
SEAT = ", New York"


@cache
def receiver(level: str, title: str) -> str:
    """Alpha-3 or organisation code of the receiver that a title names after "to"; "" when it names none for sure.

    Of several states of one accreditation the first one counts.
    """
    if level not in SENT and "envoy" not in title.lower():
        return ""
    _, _, name = title.partition(" to ")
    name = name.removesuffix(SEAT)
    states, organisations = _codes()
    first = _plain(re.split(r" and |, ", name)[0])
    return states.get(_plain(name)) or organisations.get(_plain(name)) or states.get(first, "")


@cache
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """English names of states, and of organisations (not of their bodies, nor of formats), -> code."""
    bodies: dict[str, dict[str, Any]] = table(SHARED, "organisations")
    organisations = {id: about["affiliation"] for id, about in bodies.items() if about["kind"] == "organisation"}
    states = {code: code for code in table(SHARED, "states")}
    return dict(_named(states, "states")), dict(_named(organisations, "organisations"))


def _named(codes: dict[str, str], name: str) -> Iterator[tuple[str, str]]:
    for id, words in table(ENGLISH, name).items():
        for text in (
            *words.get("names", ()),
            *words.get("exact", ()),
            table(SHARED, name).get(id, {}).get("label", ""),
        ):
            if id in codes and text:
                yield _plain(text), codes[id]


def _plain(name: str) -> str:
    """A name as it is compared: without article, hyphens and marks, with one spelling of -ization."""
    text = bare(name).lower().replace("’", "'").replace("-", "").replace("&", "and").replace("isation", "ization")
    return text.strip().removeprefix("the ")
