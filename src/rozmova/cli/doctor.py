"""``rozmova doctor``: what is installed, which languages work, where data lies."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from rozmova import __version__
from rozmova.cli.output import DEFAULT_DB, FAILED, Db

PACKAGES = (
    "alembic",
    "charset-normalizer",
    "defusedxml",
    "fastapi",
    "feedparser",
    "jinja2",
    "lemminflect",
    "lxml",
    "morfeusz2",
    "msgspec",
    "py3langid",
    "pymorphy3",
    "pymorphy3-dicts-ru",
    "pymorphy3-dicts-uk",
    "PyYAML",
    "rapidfuzz",
    "rich",
    "SQLAlchemy",
    "trafilatura",
    "typer",
    "urllib3",
    "uvicorn",
    "warcio",
)


def doctor(
    db: Db = DEFAULT_DB,
    reindex: Annotated[bool, typer.Option("--reindex", help="Make what search looks through anew first.")] = False,
) -> None:
    """Check the installation: versions, a trial analysis in each language, and the store if there is one.

    Of the store: the file, what its rows point to, the texts against their digests, search against the articles and
    contacts. Exit code 1 if something does not work.

    Example: rozmova doctor --db summer.db
    """
    found = [*_installed(), *_languages(), *_store(db, reindex)]
    for good, line in found:
        print(f"{'ok   ' if good else 'WRONG'}  {line}")
    if not all(good for good, _ in found):
        raise typer.Exit(FAILED)


def _installed() -> Iterator[tuple[bool, str]]:
    from importlib.metadata import PackageNotFoundError, version

    import rozmova

    yield True, f"rozmova {__version__} in {Path(rozmova.__file__).parent}"
    yield True, f"Python {platform.python_version()} in {sys.prefix}"
    for package in PACKAGES:
        try:
            yield True, f"{package} {version(package)}"
        except PackageNotFoundError:
            yield False, f"{package} is not installed: run the set-up again (make clean setup)"


def _languages() -> Iterator[tuple[bool, str]]:
    """A trial in each language on one of the demo articles, or on the language's own abbreviations."""
    from rozmova.cli.demo import FOLDER
    from rozmova.languages import loader
    from rozmova.text.analysis import analyst

    for code in loader.codes():
        try:
            name = loader.describe(code).get("name", code)
            article = next(iter(sorted((FOLDER / "corpus").glob(f"????-??-??-{code}-*.txt"))), None)
            if article is None:
                analyst(code)
                yield True, f"{name} ({code}): its data load; there is no demo article to try it on"
                continue
            words = [t for t in analyst(code).analyse(article.read_text(encoding="utf-8")).tokens if t.text.isalpha()]
            known = sum(any(morph.known for morph in token.morphs) for token in words)
            yield known * 2 > len(words), f"{name} ({code}): {known} of {len(words)} words of a trial article known"
        except Exception as error:  # whatever is broken there is what the doctor is asked to tell
            yield False, f"{code}: {type(error).__name__}: {error}"


def _store(db: Path, reindex: bool) -> Iterator[tuple[bool, str]]:
    from rozmova.errors import StoreError
    from rozmova.store import open_store

    if not db.exists():
        yield True, f"no store at {db.absolute()} yet (rozmova build makes it)"
        return
    try:
        with open_store(db, create=False) as store:
            if reindex:
                yield True, f"search indexed anew: {store.reindex()} rows"
            counts = store.counts()
            problems = store.problems()
            fresh = "" if store.contacts_fresh() else ", contacts to be merged at the next use"
    except StoreError as error:
        yield False, f"{error.message}: {error.hint}"
        return
    size = db.stat().st_size / 1e6
    articles = ", ".join(f"{number} {lang}" for lang, number in counts.items()) or "none"
    yield not problems, f"store {db.absolute()}: {size:.1f} MB, articles: {articles}{fresh}"
    for problem in problems:
        yield False, f"  {problem}"
