"""The output contract: one JSON object a line, fields in the order of the records, null where nothing is known."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from rozmova.records import MergedContact, Reading


def reading_line(reading: Reading, explain: bool = False) -> str:
    """One article's line, without line end; its clues and the ``reasons`` of its contacts only with ``explain``."""
    line = msgspec.to_builtins(reading)
    if not explain:
        del line["clues"]
        for contact in line["contacts"]:
            del contact["reasons"]
    return msgspec.json.encode(line).decode()


def contact_line(contact: MergedContact) -> str:
    """One merged contact's line, without line end; its accounts come without ``reasons``."""
    accounts = tuple(replace(account, contact=replace(account.contact, reasons={})) for account in contact.accounts)
    line = msgspec.to_builtins(replace(contact, accounts=accounts))
    for account in line["accounts"]:
        del account["contact"]["reasons"]
    return msgspec.json.encode(line).decode()


def schema() -> str:
    """The JSON Schema of both kinds of line, indented: ``Reading`` and ``MergedContact`` under ``$defs``."""
    _, components = msgspec.json.schema_components((Reading, MergedContact), ref_template="#/$defs/{name}")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rozmova",
        "description": "A line of `extract` is a Reading, a line of `timeline --format jsonl` a MergedContact.",
        "anyOf": [{"$ref": "#/$defs/Reading"}, {"$ref": "#/$defs/MergedContact"}],
        "$defs": components,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()
