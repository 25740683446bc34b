"""Articles into the store: each is read if it is new or changed, in one transaction, and named if it cannot be."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from rozmova.errors import Remark, RozmovaError, Skipped, UnsupportedLanguage
from rozmova.records import Article, Reading
from rozmova.sources.files import STDIN, real
from rozmova.sources.read import DEFAULT, Options, Remarks, holds_many, read_source
from rozmova.store.store import Store

_KEPT = ("outlet", "url", "author", "retrieved")
"""What a text that is read again keeps where its source does not say it."""


Became = Skipped | Literal["new", "again", "unchanged"]
About = Callable[[Path], Mapping[str, str | None]]
Read = Callable[[Article], Reading]


class Outcome(Struct):
    """What became of the articles of a run; it counts on while the run goes on."""

    new: int = 0
    again: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = []
    remarks: list[Remark] = []

    @property
    def read(self) -> int:
        """How many articles were analysed."""
        return self.new + self.again

    def note(self, became: Became) -> None:
        """Count what became of one article."""
        match became:
            case Skipped():
                self.skipped.append(became)
            case "new":
                self.new += 1
            case "again":
                self.again += 1
            case "unchanged":
                self.unchanged += 1


def ingest(
    store: Store,
    files: Iterable[Path | Skipped],
    read: Read,
    *,
    tool: str,
    about: About = lambda _: {},
    step: Callable[[], None] = lambda: None,
    options: Options = DEFAULT,
) -> Outcome:
    """Bring files into the store, one transaction an article.

    ``about`` gives what is known of a file beside its text (fields of :class:`Article` such as ``published``; it goes
    before what the file says), ``tool`` is the fingerprint of ``read``, and ``step`` is called after each file.
    """
    outcome = Outcome()
    for found in files:
        if isinstance(found, Skipped):
            outcome.note(found)
        else:
            _file(store, found, read, tool, about(found), options, outcome)
        step()
    return outcome


def _file(
    store: Store, path: Path, read: Read, tool: str, about: Mapping[str, str | None], options: Options, outcome: Outcome
) -> None:
    many = holds_many(path)
    place = STDIN if str(path) == STDIN else str(real(path))
    seen: set[str] = set()
    whole = True
    remarks = Remarks(path)
    for item in read_source(path, options):
        if isinstance(item, Article):
            seen.add(item.id)
            # Under its digest, not its line: one line more at the top must not make all others new.
            source = f"{place}#{item.id}" if many else place
            became = ingest_article(store, item, read, source=source, tool=tool, about=about, tell=remarks.note)
            outcome.note(became)
        elif isinstance(item, Remark):
            remarks.note(item)
        else:
            whole = False
            outcome.note(item)
    outcome.remarks += remarks.all()
    if many and whole and place != STDIN:
        store.forget_others(place, seen)


def ingest_article(
    store: Store,
    article: Article,
    read: Read,
    *,
    source: str,
    tool: str,
    about: Mapping[str, str | None] | None = None,
    tell: Callable[[Remark], None] = lambda _: None,
) -> Became:
    """Bring one article into the store; ``source`` is the absolute path or the address that it is from.

    ``tell`` gets what is to be known about an article that was read.

    A text is read again when ``tool`` is another, or another date is given, or an address where there was none. What
    the store knows of the text and is not said anew (by ``about``, or by the article) stays; a date that was given
    before gives way only to one in ``about``.
    """
    by_hand = {name: value for name, value in (about or {}).items() if value is not None}
    article = replace(article, **by_hand)
    known = store.known(article.id)
    if known:
        kept = {name: getattr(article, name) or getattr(known, name) for name in _KEPT}
        if known.given and "published" not in by_hand:
            kept["published"] = known.given
        article = replace(article, **kept)
        if (known.tool, known.given, known.url) == (tool, article.published, article.url):
            store.add_source(source, article.id)
            return "unchanged"
    reading = read_or_skip(read, article)
    if isinstance(reading, Skipped):
        return reading
    if remark := on_language(article, reading):
        tell(remark)
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
        says = f"; it says of itself that it is in {article.language!r}" if article.language else ""
        return Skipped(article.path, error.message.removeprefix(f"{article.path}: ") + says, error.hint)
    except RozmovaError:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        reason = f"could not be analysed: {type(error).__name__} at {where}: {error}"
        return Skipped(article.path, reason, "this is a defect of rozmova: please report it with the article")


def on_language(article: Article, reading: Reading) -> Remark | None:
    """That an article says of itself that it is in another language than it was read as, if it does.

    What counts is the text: pages carry the language of their template.
    """
    lang = reading.article.lang
    if article.language in (None, lang):
        return None
    return Remark(article.path, f"says of itself that it is in {article.language!r}; its text was read as {lang!r}")
