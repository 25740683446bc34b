"""A row that was found, with a title and the words of the article that show why it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from rozmova.records import MergedContact, Reading
from rozmova.store.finding import Hit, Place
from rozmova.store.snippets import Snippet, marks, snippet
from rozmova.store.terms import Asked

_TITLE = 100


class ArticleText(Struct, frozen=True):
    """An article as far as a hit shows it."""

    text: str
    title: str | None
    reading: Reading


def hit(
    place: Place,
    contact: MergedContact | None,
    texts: Mapping[str, ArticleText],
    wanted: Sequence[Sequence[Asked]],
) -> Hit:
    """The hit of a row; ``contact`` where it is one, ``texts`` those of its article or of its accounts."""
    article = place.article or ""
    id, title, shown = place.contact or article, "", None
    if contact is not None:
        title = f"{', '.join(party.name for party in contact.parties)}: {contact.form}"
        shown = _of_contact(contact, texts, wanted)
    elif article in texts:
        about = texts[article]
        start, end, title = 0, len(about.text), about.title or _start(about.text)
        if place.index is not None:
            said = about.reading.statements[place.index]
            id, start, end, title = f"{article}:{place.index}", said.start, said.end, said.speaker.name
        elif about.title and about.text.lstrip().startswith(about.title):
            start = about.text.index(about.title) + len(about.title)  # the title is shown above it
        start += len(about.text[start:end]) - len(about.text[start:end].lstrip())
        shown = snippet(article, about.text, marks(about.text, wanted, about.reading, start, end), start, end)
    return Hit(place.kind, id, place.score, place.article, place.date, place.lang, place.outlet, title, shown)


def _of_contact(
    contact: MergedContact, texts: Mapping[str, ArticleText], wanted: Sequence[Sequence[Asked]]
) -> Snippet | None:
    """The words of the account that says most of what was asked for."""
    best: Snippet | None = None
    for account in contact.accounts:
        about = texts.get(account.article)
        if about is None or not account.contact.evidence:
            continue
        whole = max(account.contact.evidence, key=lambda e: (e.end - e.start, -e.start))
        start = min(
            (e.start for e in account.contact.evidence if abs(e.start - whole.start) < 300), default=whole.start
        )
        # The words may be those of its title alone: to look up every other one would be in vain.
        found = marks(about.text, wanted, about.reading, start, whole.end, thorough=False)
        shown = snippet(account.article, about.text, found, start, whole.end)
        if best is None or len(shown.marks) > len(best.marks):
            best = shown
    return best


def _start(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= _TITLE else f"{line[:_TITLE].rsplit(' ', 1)[0]} …"
