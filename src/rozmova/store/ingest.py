"""Files into the store: each is read if it is new or changed, in one transaction, and named if it cannot be."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from rozmova.errors import RozmovaError, Skipped, UnsupportedLanguage
from rozmova.records import Article, Reading
from rozmova.sources.files import read_file
from rozmova.store.store import Store


class Outcome(Struct):
    """What became of the files of a run; it counts on while the run goes on."""

    new: int = 0
    again: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = []

    @property
    def read(self) -> int:
        """How many articles were analysed."""
        return self.new + self.again


def ingest(
    store: Store,
    files: Iterable[Path | Skipped],
    read: Callable[[Article], Reading],
    *,
    tool: str,
    about: Callable[[Path], Mapping[str, str | None]] = lambda _: {},
    step: Callable[[], None] = lambda: None,
) -> Outcome:
    """Bring files into the store, one transaction each.

    ``about`` gives what is known of a file beside its text (fields of :class:`Article` such as ``published``), ``tool``
    is the fingerprint of ``read``, and ``step`` is called after each file. A text is read again when ``tool`` is
    another or another date is given; a file without a given date keeps the one its text was stored with.
    """
    outcome = Outcome()
    for found in files:
        result = found if isinstance(found, Skipped) else _one(store, found, read, tool, about(found))
        match result:
            case Skipped():
                outcome.skipped.append(result)
            case "new":
                outcome.new += 1
            case "again":
                outcome.again += 1
            case "unchanged":
                outcome.unchanged += 1
        step()
    return outcome


def _one(
    store: Store, path: Path, read: Callable[[Article], Reading], tool: str, about: Mapping[str, str | None]
) -> Skipped | Literal["new", "again", "unchanged"]:
    article = read_file(path)
    if isinstance(article, Skipped):
        return article
    article = replace(article, **about)
    source = str(path.resolve())
    known = store.known(article.id)
    if known and article.published is None:
        article = replace(article, published=known.given)
    if known and (known.tool, known.given) == (tool, article.published):
        store.add_source(source, article.id)
        return "unchanged"
    reading = read_or_skip(read, article)
    if isinstance(reading, Skipped):
        return reading
    store.add_article(article, reading, source=source, tool=tool)
    return "again" if known else "new"


def read_or_skip(read: Callable[[Article], Reading], article: Article) -> Reading | Skipped:
    """Read an article, or say why it is left out: another language, or a defect of the program.

    One article that breaks the program must not cost a run over thousands; it is reported, not hidden. Errors that
    concern more than the article (broken language data, :class:`RozmovaError`) go through.
    """
    try:
        return read(article)
    except UnsupportedLanguage as error:
        return Skipped(article.path, error.message.removeprefix(f"{article.path}: "), error.hint)
    except RozmovaError:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        reason = f"could not be analysed: {type(error).__name__} at {where}: {error}"
        return Skipped(article.path, reason, "this is a defect of rozmova: please report it with the article")
