"""Values of the record in words for people: dates, channels, statuses, languages, names of states."""

from __future__ import annotations

from calendar import monthrange
from functools import cache

from rozmova.exports.fields import FIELDS
from rozmova.languages import loader
from rozmova.web.query import sides_of

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
CHANNELS = {"phone": "phone", "video": "video", "in_person": "in person", "letter": "letter", "unspecified": "unknown"}
FACETS = {
    "channel": "Channel",
    "status": "Status",
    "state": "State",
    "pair": "Pair of states",
    "party": "Person or body",
    "topic": "Topic",
    "place": "Place",
    "lang": "Language of the articles",
    "outlet": "Outlet",
    "disputed": "Disputed",
}
"""The heading of each filter, in the order of the page."""

_FIELDS = {field.name: field.heading for field in FIELDS} | {"any": "any field"}


def date(edtf: str | None) -> str:
    """An EDTF date as people write it; what is no simple day, month or interval stays as it is."""
    if not edtf:
        return "no date"
    if edtf.startswith("[") and edtf.endswith("]"):
        return "one of " + ", ".join(date(one.strip()) for one in edtf[1:-1].split(","))
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        return f"{date(first)} to {date(last)}" if first and last else edtf
    day, _, time = edtf.partition("T")
    parts = day.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return edtf
    numbers = [int(part) for part in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return edtf
    words = " ".join([*(str(n) for n in numbers[2:]), *(MONTHS[n - 1] for n in numbers[1:2]), parts[0]])
    return f"{words}, {time[:5]}" if time else words


def period(days: tuple[str, str]) -> str:
    """The first and last day of a period: one day, a whole month or year by its name, or both days."""
    first, last = days
    if first == last:
        return date(first)
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    year, month = int(first[:4]), int(first[5:7])
    if first[:7] == last[:7] and first.endswith("-01") and int(last[8:]) == monthrange(year, month)[1]:
        return date(first[:7])
    if first[:7] == last[:7]:
        return f"{int(first[8:])}–{date(last)}"
    start = date(first).removesuffix(f" {first[:4]}") if first[:4] == last[:4] else date(first)
    return f"{start} – {date(last)}"


def weekday(edtf: str | None) -> str:
    """The day of the week of a date that is one day, else nothing."""
    from datetime import date as day

    try:
        return day.fromisoformat((edtf or "").partition("T")[0]).strftime("%A") if edtf and len(edtf) >= 10 else ""
    except ValueError:
        return ""


def channel(value: str) -> str:
    """A channel in words."""
    return CHANNELS.get(value, value)


def field(name: str) -> str:
    """The heading of a field."""
    return _FIELDS.get(name, name)


def language(code: str) -> str:
    """The English name of a language."""
    try:
        return str(loader.describe(code).get("name", code))
    except loader.LanguageDataError:
        return code


@cache
def state(code: str) -> str:
    """The English name of a state or organisation by its code."""
    about = loader.table(loader.SHARED, "states").get(code)
    return str(about["label"]) if about else code


def level(value: str) -> str:
    """A level of office in words."""
    return value.replace("_", " ")


def facet(kind: str, value: str) -> str:
    """A value of a facet in words."""
    if kind == "channel":
        return channel(value)
    if kind == "lang":
        return language(value)
    if kind == "state":
        return state(value)
    if kind == "pair":
        return " – ".join(state(side) for side in sides_of(value))
    if kind == "disputed":
        return field(value)
    return value
