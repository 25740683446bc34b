"""Articles dated together: a contact that several articles tell of is one day, and dates one article by another.

Two accounts are held to be of one contact here only where little else is possible: the same parties on the same day of
the year, or at a meeting of the same month; or both the one right after a contact that is itself the same. What kind
of talk it was may differ, as it does in the news. Where two different years are known for such a key, nothing is tied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rozmova.dating import daysets
from rozmova.dating.article import PUBLISHED
from rozmova.dating.solve import Solution, Tie, Variable, solve
from rozmova.records import Clue, Contact, DateConflict, Dated, Dating, PublishedBasis, Reading, Words
from rozmova.times import edtf

Key = tuple[str, ...]

_DATED = re.compile(r"(?P<year>\d{4}|XXXX)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?:T.*)?")
_YEARS = 370
"""More days than this are years."""
_EVENT, _DAY, _MONTH = "event", "day", "month"
_RULES = {
    _DAY: "a contact of the same parties on the same day of the year",
    _MONTH: "a meeting of the same parties in the same month",
    "after": "the contact right after one that several articles tell of",
}


@dataclass(frozen=True, slots=True)
class _Account:
    """A contact of an article with its day as far as the words give it; ``year`` is None where they do not.

    ``days`` are those it can be where the article itself is dated.
    """

    variable: Variable
    parties: Key
    year: str | None
    month: str
    day: str | None
    met: bool
    clue: Clue
    days: int | None


def alone(clues: Iterable[Clue]) -> str | None:
    """EDTF of the days on which an article may have come out by its own words; None when these leave an end open."""
    return _written(solve(_own("", clues)).days(("", PUBLISHED)))


def together(readings: Iterable[Reading]) -> Dating:
    """Date the articles that nobody dated, by their own words and those of the others.

    The result depends neither on the order of the readings nor on how often one comes.
    """
    once = {reading.article.id: reading for reading in readings}
    undated = [r for _, r in sorted(once.items()) if r.article.published_basis != "metadata"]
    if not undated:
        return Dating()
    paths = {r.article.id: r.article.path for r in once.values()}
    # what an article says against itself is settled first, so that it costs the others nothing
    by_itself = {r.article.id: solve(_own(r.article.id, r.clues)) for r in undated}
    out = {tie for own in by_itself.values() for tie in own.left_out}
    ties = [tie for r in undated for tie in _own(r.article.id, r.clues) if tie not in out]
    known: dict[Variable, int] = {}
    for tie, days in _shared(tuple(reading for _, reading in sorted(once.items()))):
        ties.append(tie)
        if days is not None:
            known[tie.about] = days
    solution = solve(ties, known)
    dated = sorted((_dated(r, by_itself[r.article.id], solution, paths) for r in undated), key=lambda d: d.path)
    conflicts = [
        DateConflict(words=_words(conflict, paths), left_out=_words(conflict & found.left_out, paths))
        for found in (*by_itself.values(), solution)
        for conflict in found.conflicts
    ]
    return Dating(dated=tuple(dated), conflicts=tuple(conflicts))


def _dated(reading: Reading, own: Solution, solution: Solution, paths: Mapping[str, str]) -> Dated:
    variable = (reading.article.id, PUBLISHED)
    published = _written(solution.days(variable))
    basis: PublishedBasis | None = None
    because: tuple[Words, ...] = ()
    if published is not None:
        basis = "text" if solution.days(variable) == own.days(variable) else "other articles"
        because = _words((own if basis == "text" else solution).because(variable), paths)
    return Dated(
        article=reading.article.id, path=reading.article.path, published=published, basis=basis, because=because
    )


def _written(days: int) -> str | None:
    """EDTF of what is left, None when an end is open; where the days lie too scattered, from the first to the last."""
    if not daysets.is_bounded(days):
        return None
    if daysets.count(days) > _YEARS:  # a day missing among years is what 29 February does to "less than a year ago"
        days |= daysets.moved(days, 1, 1) & daysets.moved(days, -1, -1)
    runs = list(daysets.runs(days))
    return edtf.write_runs(runs) or edtf.write_runs([(runs[0][0], runs[-1][1])])


def _words(ties: Iterable[Tie], paths: Mapping[str, str]) -> tuple[Words, ...]:
    """The words behind some ties, each once, in the order of the articles and their texts."""
    found = {Words(article=tie.about[0], path=paths[tie.about[0]], clue=tie.clue) for tie in ties}
    return tuple(sorted(found, key=lambda w: (w.path, w.clue.start, w.clue.end, w.clue.rule, w.clue.about)))


def _own(article: str, clues: Iterable[Clue]) -> Iterator[Tie]:
    for clue in clues:
        yield Tie((article, clue.about), (article, clue.anchor) if clue.anchor else None, clue)


# what articles share


def _shared(readings: Sequence[Reading]) -> Iterator[tuple[Tie, int | None]]:
    """Ties of contacts to the events they are, with the days of the contact where its article is dated."""
    groups: dict[Key, list[_Account]] = {}
    for account in (account for reading in readings for account in _accounts(reading)):
        for key in _keys(account):
            groups.setdefault(key, []).append(account)
    event: dict[Variable, Key] = {}
    for key, group in sorted(groups.items()):
        articles = {account.variable[0] for account in group}
        if len(articles) > 1 and len({account.year for account in group} - {None}) < 2:
            for account in group:
                event.setdefault(account.variable, key)
                yield _same(account.variable, key, account.clue), account.days
    after: dict[Key, list[tuple[Variable, Clue]]] = {}
    for reading in readings:
        for clue in reading.clues:
            before = event.get((reading.article.id, clue.about))
            if clue.previous and clue.anchor and before and before[0] == _DAY:
                after.setdefault(("after", *before), []).append(((reading.article.id, clue.anchor), clue))
    for key, found in sorted(after.items()):
        if len({variable[0] for variable, _ in found}) > 1:
            yield from ((_same(variable, key, clue), None) for variable, clue in found)


def _keys(account: _Account) -> Iterator[Key]:
    if account.day:
        yield _DAY, *account.parties, f"{account.month}-{account.day}"
    if account.met:
        yield _MONTH, *account.parties, account.month


def _accounts(reading: Reading) -> Iterator[_Account]:
    given = reading.article.published_basis == "metadata"
    dates = _dates(reading.clues)
    for n, contact in enumerate(reading.contacts):
        parties = tuple(sorted({party.id for party in contact.parties}))
        variable = (reading.article.id, f"contact {n}")
        words = dates.get(variable[1])
        said = (contact.date if given else words and words.days) or ""
        match = _DATED.fullmatch(said)
        if len(parties) < 2 or match is None:
            continue
        year = None if match["year"] == "XXXX" else match["year"]
        yield _Account(
            variable, parties, year, match["month"], match["day"], contact.channel == "in_person",
            words or _as_clue(contact, variable[1]), daysets.matching(said.partition("T")[0]) if given else None,
        )  # fmt: skip


def _dates(clues: Iterable[Clue]) -> dict[str, Clue]:
    """Contact -> the clue that names its day as far as the words do."""
    clues = tuple(clues)
    named: dict[str, Clue] = {}
    for clue in clues:
        if clue.days and not clue.usual and _DATED.fullmatch(clue.days):
            named.setdefault(clue.about, clue)
    found: dict[str, Clue] = {}
    for clue in clues:
        if clue.about.startswith("contact") and clue.anchor in named and not clue.usual:
            found.setdefault(clue.about, named[clue.anchor])
    return found


def _as_clue(contact: Contact, about: str) -> Clue:
    """The words of a dated article that date a contact."""
    words = next((e for e in contact.evidence if "date" in e.supports), contact.evidence[0])
    return Clue(start=words.start, end=words.end, text=words.text, rule=words.rule, about=about)


def _same(variable: Variable, key: Key, words: Clue) -> Tie:
    """That a contact is an event others tell of: concluded, not said, so the first to go where words contradict it."""
    clue = Clue(
        start=words.start, end=words.end, text=words.text, rule=_RULES[key[0]], about=variable[1],
        anchor="the same contact", least=0, most=0, usual=True,
    )  # fmt: skip
    return Tie(variable, (_EVENT, " ".join(key)), clue)
