"""``rozmova who``: what the table of actors knows of a name, and how the spelling was matched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from rozmova.cli.output import FAILED, Actors, Format, note

if TYPE_CHECKING:
    from rozmova.names.who import Answer, Match

_CASES = {
    "Nom": "nominative", "Gen": "genitive", "Dat": "dative", "Acc": "accusative", "Ins": "instrumental",
    "Loc": "locative", "Voc": "vocative",
}  # fmt: skip


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any case, language and script.")],
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="The language it is written in.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DAY", help="YYYY-MM-DD: who held the office on that day.")] = None,
    actors: Actors = None,
    format: Annotated[Format, typer.Option(help="jsonl: one JSON object a person.")] = Format.text,
) -> None:
    """Print whom a name may mean: identifier, names, offices with their terms and sources, and how it was matched.

    Exit code 1 when nobody and nothing is known by it.

    Example: rozmova who Зеленському; rozmova who "посол США в Росії" --on 2022-01-26
    """
    from rozmova.cli.build import table_of
    from rozmova.errors import InputError
    from rozmova.languages import loader
    from rozmova.names.who import who as look_up

    if not name.strip():
        raise InputError("an empty name means nobody", "name somebody: rozmova who Зеленському")
    if lang is not None and lang not in loader.codes():
        raise InputError(f"{lang!r} is no language Rozmova reads", f"there are {', '.join(loader.codes())}")
    if on is not None and not _is_day(on):
        raise InputError(f"{on!r} is no day", "write it as 2022-01-26")
    answer = look_up(name, table_of(actors), lang, on)
    if format is Format.jsonl:
        _jsonl(answer)
    else:
        for line in _lines(answer):
            print(line)
    if not answer.supported:
        note(f"{name}: not supported, it holds letters of a script that is neither Latin nor Cyrillic")
    if not answer.people and not answer.things:
        raise typer.Exit(FAILED)


def _is_day(text: str) -> bool:
    """A day of the calendar, written as 2022-01-26."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _jsonl(answer: Answer) -> None:
    import msgspec

    for match in answer.people:
        print(msgspec.json.encode(match).decode())
    for thing in answer.things:
        print(msgspec.json.encode({"words": thing.words, "kind": thing.kind, "actor": thing.actor}).decode())


def _lines(answer: Answer) -> list[str]:
    lines: list[str] = []
    for match in answer.people:
        lines += [*_person(answer.text, match), ""]
    for thing in answer.things:
        actor = thing.actor
        side = f", {actor.affiliation}" if actor.affiliation else ""
        lines += [f"{actor.label}  {actor.id}{side}"]
        lines += [f"  «{thing.words}» ({thing.lang}, {thing.kind}): {actor.why}", ""]
    if not (answer.people or answer.things) and answer.supported:
        lines.append(f"nobody of this name is in the table; a stranger of this name is {answer.stranger}")
    return lines


def _person(text: str, match: Match) -> list[str]:
    person = match.person
    cases = ", ".join(_CASES.get(case, case) for case in match.cases)
    read = f"{match.lang}, {cases}" if 0 < len(match.cases) < len(_CASES) - 1 else match.lang
    lines = [
        f"{person.label}  {person.id}",
        f"  matched    «{text}» ({read}): {match.how} of {' '.join((*match.given[:1], *match.surname[:1]))}",
        f"  written    {', '.join(match.given)} | {', '.join(match.surname)}",
    ]
    for term in person.terms:
        until = "" if term.end.startswith("9999") else term.end
        office = f"{term.affiliation:5} {term.position}" + (f", to {term.to}" if term.to else "")
        lines.append(f"  {term.start} - {until:10}  {office}  ({term.level}; {term.source})")
    return lines
