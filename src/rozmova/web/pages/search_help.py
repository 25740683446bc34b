"""The help of the search: every filter with an example that the record at hand answers, and searches to begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from rozmova.errors import InputError
from rozmova.store.browse import Asked, Counts
from rozmova.store.filters import CHANNELS, STATUSES
from rozmova.store.kinds import KINDS
from rozmova.store.period import period
from rozmova.store.query import EXAMPLES, FILTERS, read_query
from rozmova.web import urls
from rozmova.web.pages.sides import Link

QUOTES = '«»„“”"'
"""Marks that keep words together, as the store reads them."""
_SAMPLED = 3

ABOUT = {
    "party": "somebody who takes part, under any name in any of the languages",
    "state": "a state or organisation that takes part, by its code",
    "pair": "two of them who both take part",
    "channel": ", ".join(CHANNELS),
    "status": ", ".join(STATUSES),
    "topic": "what was spoken of",
    "place": "where it took place, by its name in any of the languages",
    "disputed": "where sources differ: yes, no, or the field they differ on",
    "kind": ", ".join(KINDS),
    "lang": "the language of the articles",
    "outlet": "who published them",
    "before": "earlier than that day, month or year",
    "after": "later than that",
    "on": "on that day, in that month or year",
}
"""What each filter says."""


class Help(Struct, frozen=True, kw_only=True):
    """A filter with an example; ``url`` leads there, if that can be asked of this record."""

    name: str
    about: str
    example: str
    url: str | None


def samples_of(counts: Counts) -> dict[str, str]:
    """A value of each filter that the record has, as a query writes it."""
    most = {kind: [one.value for one in values] for kind, values in counts.of(Asked(), _SAMPLED).items()}
    names = counts.labels(most.get("party", ()))
    most["party"] = [names[id] for id in most.get("party", ()) if id in names]
    places = counts.labels(most.get("place", ()), "place")
    most["place"] = [places[id] for id in most.get("place", ()) if id in places]
    newest = counts.newest()
    if newest and (days := period(newest)):
        last = days.last
        most |= {"before": [last], "after": [f"{int(last[:4]) - 1:04}-12"], "on": [last[:7]]}
    found = {name: next(filter(None, (_written(name, value) for value in values)), "") for name, values in most.items()}
    return {name: sample for name, sample in found.items() if sample}


def _written(name: str, value: str) -> str | None:
    """A filter with its value, or None where a query cannot say it."""
    quoted = f'"{value}"' if re.search(r"\s", value) else value
    try:
        read_query(f"{name}:{quoted}")
    except InputError:
        return None
    return None if set(value) & set(QUOTES) else f"{name}:{quoted}"


def help_lines(samples: dict[str, str]) -> Iterator[Help]:
    """Every filter, with a value out of the record where it has one."""
    for name in FILTERS:
        example = samples.get(name) or EXAMPLES[name].partition(" or ")[0]
        # An outlet that the record does not know is a mistake to the store, other values just find nothing.
        known = name in samples or name != "outlet"
        yield Help(name=name, about=ABOUT[name], example=example, url=urls.search(example) if known else None)


def examples_of(samples: dict[str, str]) -> tuple[Link, ...]:
    """Words alone, words with a filter, filters alone."""
    who = samples.get("party", "").partition(":")[2].strip('"').rpartition(" ")[2]
    found = [who, f"{who} {samples['channel']}" if "channel" in samples else ""] if who else []
    found += [samples.get("topic", ""), " ".join(samples[n] for n in ("pair", "status") if n in samples)]
    return tuple(Link(label=one, url=urls.search(one)) for one in dict.fromkeys(found) if one)
