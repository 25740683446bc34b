"""What each side says of one contact, side by side: the statements about it by whoever makes them.

The sides are those of the parties; all others are third parties. By topic and by act one sees what both sides mention
and what only one does. Quotations stay in their language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from rozmova.records import Account, Lang, MergedContact, Reading, Statement

THIRD = "third parties"
"""The heading under which everybody stands who is of no side of the contact."""


class Said(Struct, frozen=True, kw_only=True):
    """A statement about a contact with the article that has it, and the topics of the contact whose words it holds."""

    article: str
    path: str
    lang: Lang
    published: str | None
    statement: Statement
    topics: tuple[str, ...]


class Readouts(Struct, frozen=True, kw_only=True):
    """The statements about one contact by side (affiliation, or :data:`THIRD`), sides in the order of the parties.

    ``topics`` and ``acts`` say of each who mentions it: in the order of the sides, third parties last.
    """

    contact: str
    sides: dict[str, tuple[Said, ...]]
    topics: dict[str, tuple[str, ...]]
    acts: dict[str, tuple[str, ...]]

    def only(self, side: str) -> tuple[str, ...]:
        """Topics that this side alone mentions."""
        return tuple(topic for topic, who in self.topics.items() if who == (side,))

    @property
    def shared(self) -> tuple[str, ...]:
        """Topics that two sides or more mention."""
        return tuple(topic for topic, who in self.topics.items() if len([w for w in who if w != THIRD]) > 1)


def readouts(contact: MergedContact, readings: Mapping[str, Reading]) -> Readouts:
    """The readouts of a contact; ``readings`` has the reading of each of its articles, by the article's id."""
    names = tuple(dict.fromkeys(p.affiliation or p.id for p in contact.parties))
    sides: dict[str, list[Said]] = {name: [] for name in (*names, THIRD)}
    for account in contact.accounts:
        reading = readings.get(account.article)
        for statement in reading.statements if reading else ():
            if statement.about == account.index:
                side = statement.speaker.affiliation or statement.speaker.id
                sides[side if side in names else THIRD].append(_said(account, statement))
    return Readouts(
        contact=contact.id,
        sides={name: tuple(said) for name, said in sides.items() if said},
        topics=_mentioned(sides, lambda said: said.topics),
        acts=_mentioned(sides, lambda said: (said.statement.act,)),
    )


def _said(account: Account, statement: Statement) -> Said:
    topics = [t.label for t in account.contact.topics if statement.start <= t.start < statement.end]
    return Said(
        article=account.article, path=account.path, lang=account.lang, published=account.published,
        statement=statement, topics=tuple(dict.fromkeys(topics)),
    )  # fmt: skip


def _mentioned(
    sides: Mapping[str, Sequence[Said]], of: Callable[[Said], tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for side, said in sides.items():
        for one in said:
            for label in of(one):
                found.setdefault(label, {})[side] = None
    return {label: tuple(who) for label, who in sorted(found.items())}


def quotations(statement: Statement) -> Iterable[str]:
    """The speaker's words, as printed; the sense of them where nothing is quoted."""
    for quote in statement.quotes:
        yield statement.text[max(0, quote.start - statement.start) : quote.end - statement.start]
