"""Where sources differ, side by side, and what each side of a contact says, as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from rozmova.cli.render import disputes, timeline_lines, whose
from rozmova.exports.fields import FIELDS, by_value
from rozmova.merge.readouts import THIRD, Readouts, quotations
from rozmova.records import Account, MergedContact

_QUOTED = 200
"""Characters of a quotation that are shown."""
_NAMES = {field.name: field for field in FIELDS}


def dispute_lines(contact: MergedContact) -> Iterator[Text]:
    """A contact on which sources differ: for each disputed field every value with the articles that give it."""
    yield from timeline_lines([contact])
    for name in disputes(contact):
        field = _NAMES[name]
        yield Text(f"  {field.heading}", "bold")
        for value, accounts in by_value(field, contact):
            yield Text(f"    {value}: ").append(", ".join(map(_source, accounts)), "dim")


def readout_lines(found: Readouts) -> Iterator[Text]:
    """The statements about a contact, a side after the other, and what they mention alike or alone."""
    if not found.sides:
        return
    yield Text("\nwhat was said about it", "bold")
    for side, statements in found.sides.items():
        yield Text(f"  {side}", "bold")
        for said in statements:
            one = said.statement
            head = [one.speaker.name, one.act, "" if one.channel == "unspecified" else one.channel]
            words = " … ".join(" ".join(words.split()) for words in quotations(one)) or " ".join(one.text.split())
            line = Text(f"    {', '.join(filter(None, head))} [{said.lang}]: ")
            line.append(words[:_QUOTED] + ("…" if len(words) > _QUOTED else ""))
            yield line.append(f"  ({said.path}{'; ' + ', '.join(said.topics) if said.topics else ''})", "dim")
    if found.shared:
        yield Text(f"  both sides mention: {', '.join(found.shared)}")
    for side in found.sides:
        if side != THIRD and found.only(side):
            yield Text(f"  only {side} mentions: {', '.join(found.only(side))}")


def _source(account: Account) -> str:
    known = "; ".join(whose(account))
    return f"{account.outlet or account.path}{f' [{known}]' if known else ''}"
