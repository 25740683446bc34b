"""Files into the store: each is read if it is new or changed, in one transaction, and named if it cannot be."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from rozmova.errors import RozmovaError, Skipped, UnsupportedLanguage
from rozmova.merge.copies import Text
from rozmova.merge.judgements import Judgement
from rozmova.records import Article, Dating, MergedContact, Reading
from rozmova.sources.files import read_file
from rozmova.store.store import Store

Merge = Callable[
    [Iterable[Reading], Iterable[Judgement], Iterable[MergedContact], Mapping[str, str]], tuple[MergedContact, ...]
]
"""Takes the readings, what people decided, the contacts of the build before, and of which article some are copies."""
Copied = Callable[[Iterable[Text]], Mapping[str, str]]
"""Takes the texts of the articles; article -> the one it copies."""
Date = Callable[[Sequence[Reading], Callable[[str], Article | None]], tuple[list[Reading], Dating]]


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


def refresh_contacts(
    store: Store, merge: Merge, tool: str, date: Date | None = None, copied: Copied = lambda _: {}
) -> bool:
    """Derive the merged contacts anew if the readings or the program changed since; true if it was done.

    ``date`` dates the articles by one another before they are merged, given the readings and what finds an article by
    its id; ``copied`` finds copies among their texts.
    """
    if store.contacts_fresh(tool):
        return False
    revision = store.revision()  # before reading: what another process adds meanwhile must leave them stale
    judged, before = store.judgements(), store.contacts().contacts
    own, dating = list(store.readings()), None
    readings = own
    if date is not None:
        readings, dating = date(own, store.article)
    anew = [reading for before, reading in zip(own, readings, strict=True) if before is not reading]
    merged = merge(readings, judged, before, copied(store.texts()))
    store.save_contacts(merged, revision=revision, tool=tool, dating=dating, dated=anew)
    return True


def rejudge_contacts(store: Store, merge: Merge) -> bool:
    """Merge the same readings anew if nothing but judgements changed since; true if it was done."""
    revision = store.revision()
    if not store.only_judged():
        return False
    before = store.contacts().contacts
    copies = {a.article: a.copy_of for contact in before for a in contact.accounts if a.copy_of}
    merged = merge(store.readings(dated=True), store.judgements(), before, copies)
    store.save_contacts(merged, revision=revision, tool=None)
    return True
