"""``rozmova dates`` and ``rozmova when``: the dates of articles that nobody dated, and what a phrase means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rozmova.cli.output import DEFAULT_DB, FAILED, Db, Format, Quiet, console, counted, note

if TYPE_CHECKING:
    from rozmova.store import Store


def dates(
    db: Db = DEFAULT_DB,
    format: Annotated[Format, typer.Option(help="jsonl: one JSON object an article, then one a conflict.")] = (
        Format.text
    ),
    quiet: Quiet = False,
) -> None:
    """Print when the articles came out that nobody dated, the words that say so, and where words contradict others.

    Example: rozmova dates --db summer.db
    """
    from rozmova.cli.timeline import bring_up_to_date
    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        if format is Format.jsonl:
            _jsonl(store)
        elif not print_dating(store):
            note("every article was given a date", quiet)


def _jsonl(store: Store) -> None:
    import msgspec

    dating = store.dating()
    for record in (*dating.dated, *dating.conflicts):
        print(msgspec.json.encode(record).decode())


def print_dating(store: Store, most: int | None = None) -> bool:
    """Print what was inferred for the articles without a date; true if there are any. ``most`` shortens the list."""
    from rozmova.cli.dated import conflict_lines, dated_lines

    dating = store.dating()
    if not dating.dated:
        return False
    out = console()

    def texts(article: str) -> str:
        return store.text_of(article) or ""

    out.print("\narticles without a date")
    for one in dating.dated[:most]:
        for line in dated_lines(one, texts):
            out.print(line)
    left = len(dating.dated) - len(dating.dated[:most])
    if left:
        out.print(f"  and {counted(left, 'more article')}: rozmova dates --db {store.path}")
    for conflict in dating.conflicts[:most]:
        for line in conflict_lines(conflict, texts):
            out.print(line)
    return True


def when(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="A date as a text has it, or a sentence.")],
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="The language it is written in.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="When it was published (EDTF).")] = None,
    format: Annotated[Format, typer.Option(help="jsonl: one JSON object an expression.")] = Format.text,
) -> None:
    """Print what the dates in a phrase mean, by which rule, and counted from what.

    Exit code 1 when no time expression is found.

    Example: rozmova when "завтра ввечері" --lang uk --on 2022-02-11
    """
    import msgspec

    from rozmova.errors import InputError
    from rozmova.languages import loader
    from rozmova.text.analysis import analyst
    from rozmova.text.language import detect
    from rozmova.times import edtf
    from rozmova.times import mentions as times

    if not phrase.strip():
        raise InputError("an empty phrase means no time", 'give one: rozmova when "завтра ввечері" --lang uk')
    known = ", ".join(loader.codes())
    detected, supported = (lang, lang in loader.codes()) if lang else detect(phrase)
    if not supported or detected is None:
        wrong = f"{lang!r} is no language Rozmova reads" if lang else f"the language of {phrase!r} cannot be told"
        raise InputError(wrong, f"name one with --lang: {known}")
    code = detected
    try:
        published = edtf.read(on) if on else ()
    except ValueError as error:
        raise InputError(f"--on: {error}") from error
    analysis = analyst(code).analyse(phrase)
    found = times.mentions(analysis, times.find(analysis), published)
    for mention in found:
        if format is Format.jsonl:
            print(msgspec.json.encode(mention).decode())
            continue
        print(f"«{mention.text}»  {mention.type}  {mention.value or 'no value'}")
        print(f"  rule    {mention.rule}")
        if mention.anchor:
            print(f"  anchor  {mention.anchor}")
        if mention.reason:
            print(f"  reason  {mention.reason}")
    if not found:
        note(f"no time expression in this phrase, read as {code}; another language: --lang CODE")
        raise typer.Exit(FAILED)
