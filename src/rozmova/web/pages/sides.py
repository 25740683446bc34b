"""Persons and bodies, states, pairs and offices: who they are, with whom they were in contact, and when."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from rozmova.languages import loader
from rozmova.names.actors import LEVELS, OPEN_END, ActorTable, Person
from rozmova.store.browse import Asked, Counts
from rozmova.store.counting import Counting, Days
from rozmova.web import urls, words
from rozmova.web.pages.figures import Figure, over_time
from rozmova.web.pages.rows import Row, Table, rows, table
from rozmova.web.query import Query

SHOWN = 30
"""Contacts on such a page; the timeline has the rest."""

_TOP = 10


class Link(Struct, frozen=True, kw_only=True):
    """Somebody or something with its page."""

    label: str
    url: str
    number: int = 0


class TermLine(Struct, frozen=True, kw_only=True):
    """A term of office."""

    person: Link
    office: Link
    state: Link | None
    start: str
    end: str
    source: str


class Month(Struct, frozen=True, kw_only=True):
    """Contacts of a month by channel."""

    month: str
    label: str
    channels: dict[str, int]
    number: int
    url: str


class SidePage(Struct, frozen=True, kw_only=True, dict=True):
    """The page of a person, a state, a pair or an office; ``with_most`` are those they met most."""

    title: str
    kind: str
    id: str
    terms: tuple[TermLine, ...]
    with_most: tuple[Link, ...]
    states_most: tuple[Link, ...]
    topics_most: tuple[Link, ...]
    offices: tuple[Link, ...]
    sides: tuple[Link, ...]
    query: Query
    days: tuple[Days, ...]
    months: tuple[Month, ...]
    contacts: tuple[Row, ...]
    total: int
    all_url: str | None
    qid: str | None = None

    @cached_property
    def over_time(self) -> Figure | None:
        """Contacts over time as a picture; None where the date of none is known."""
        dated = any(days.first for days in self.days)
        return over_time(self.days, self.query, urls.timeline) if dated else None

    def table(self) -> Table:
        """The contacts, or the terms of office where the page has no contacts."""
        if self.contacts or not self.terms:
            return table(self.contacts)
        headings = "person", "office", "state", "start", "end", "source"
        lines = tuple(
            (t.person.label, t.office.label, t.state.label if t.state else "", t.start, t.end, t.source)
            for t in self.terms
        )
        return headings, lines


def party_page(counts: Counts, counting: Counting, actors: ActorTable, id: str) -> SidePage | None:
    """A person or a body by identifier; None where neither the record nor the table of actors knows it."""
    person = actors.by_id(id)
    label = counts.labels([id]).get(id) or (person.label if person else None)
    if label is None:
        return None
    terms = _terms(person) if person else ()
    return _side(counts, counting, "person" if person else "party", id, label, Query(party=(id,)), (id,), terms)


def state_page(counts: Counts, counting: Counting, actors: ActorTable, code: str) -> SidePage | None:
    """A state or organisation by its code; None where nobody knows it."""
    known = code in loader.table(loader.SHARED, "states") or code in actors.affiliations()
    if not known and not counts.of(Asked(sides=(code,)))["state"]:
        return None
    offices = tuple(
        Link(label=words.level(level), url=urls.office(code, level), number=n)
        for level in LEVELS
        if (n := len(actors.holders(code, level, "0001-01-01", OPEN_END)))
    )
    page = _side(counts, counting, "state", code, words.state(code), Query(state=(code,)), (code,), ())
    return _with(page, offices=offices)


def pair_page(counts: Counts, counting: Counting, actors: ActorTable, one: str, other: str) -> SidePage | None:
    """Two sides, each a code or an identifier; None where nobody knows one of them."""
    sides: list[Link] = []
    for side in (one, other):
        if side in loader.table(loader.SHARED, "states") or side in actors.affiliations():
            sides.append(Link(label=words.state(side), url=urls.state(side)))
            continue
        person = actors.by_id(side)
        label = counts.labels([side]).get(side) or (person.label if person else None)
        if label is None:
            return None
        sides.append(Link(label=label, url=urls.party_id(side)))
    title = " – ".join(side.label for side in sides)
    query = Query(pair=("-".join(sorted((one, other))),))
    page = _side(counts, counting, "pair", f"{one}-{other}", title, query, (one, other), ())
    return _with(page, sides=tuple(sides))


def office_page(actors: ActorTable, affiliation: str, level: str) -> SidePage | None:
    """Who held an office when, latest first; None where the table knows nobody."""
    terms = [
        _term(person, n)
        for person in actors.holders(affiliation, level, "0001-01-01", OPEN_END)
        for n, term in enumerate(person.terms)
        if (term.affiliation, term.level) == (affiliation, level)
    ]
    if not terms:
        return None
    return SidePage(
        title=f"{words.level(level).capitalize()}, {words.state(affiliation)}",
        kind="office", id=f"{affiliation}/{level}",
        terms=tuple(sorted(terms, key=lambda t: (t.start, t.person.label), reverse=True)),
        with_most=(), states_most=(), topics_most=(), offices=(), query=Query(), days=(), months=(), contacts=(),
        total=0, all_url=None,
        sides=(Link(label=words.state(affiliation), url=urls.state(affiliation)),),
    )  # fmt: skip


def _side(
    counts: Counts, counting: Counting, kind: str, id: str, title: str, query: Query,
    own: tuple[str, ...], terms: tuple[TermLine, ...],
) -> SidePage:  # fmt: skip
    asked = Asked(sides=own)
    found = counts.page(asked, limit=SHOWN)
    home = {term.state.label for term in terms if term.state}  # that somebody met his own side says nothing
    most = counts.of(asked, _TOP + len(own) + len(home))
    parties = [c for c in most["party"] if c.value not in own][:_TOP]
    names = counts.labels(c.value for c in parties)
    return SidePage(
        title=title,
        kind=kind,
        id=id,
        terms=terms,
        with_most=tuple(
            Link(label=names.get(c.value, c.value), url=urls.party_id(c.value), number=c.number) for c in parties
        ),
        states_most=tuple(
            Link(label=words.state(c.value), url=urls.state(c.value), number=c.number)
            for c in most["state"]
            if c.value not in own and words.state(c.value) not in home
        )[:_TOP],
        topics_most=tuple(
            Link(label=c.value, url=urls.with_value(query, "topic", c.value), number=c.number) for c in most["topic"]
        )[:_TOP],
        offices=(),
        sides=(),
        query=query,
        days=counting.of(asked).days,
        months=_months(counts.by_month(asked), query),
        contacts=rows(found.contacts, counts.newest()),
        total=found.total,
        all_url=urls.timeline(query),
        qid=id if id[:1] == "Q" and id[1:].isdecimal() else None,
    )


def _with(page: SidePage, **values: tuple[Link, ...]) -> SidePage:
    return replace(page, **values)


def _months(found: Iterable[tuple[str, str, int]], query: Query) -> tuple[Month, ...]:
    by: dict[str, dict[str, int]] = {}
    for month, channel, n in found:
        by.setdefault(month, {})[words.channel(channel)] = n
    return tuple(
        Month(
            month=month, label=words.date(month), channels=channels, number=sum(channels.values()),
            url=urls.timeline(replace(query, since=month, until=month)),
        )
        for month, channels in by.items()
    )  # fmt: skip


def _terms(person: Person) -> tuple[TermLine, ...]:
    return tuple(reversed([_term(person, n) for n in range(len(person.terms))]))


def _term(person: Person, number: int) -> TermLine:
    term = person.terms[number]
    to = f", to {words.state(term.to)}" if term.to else ""
    return TermLine(
        person=Link(label=person.label, url=urls.party_id(person.id)),
        office=Link(
            label=f"{term.position or words.level(term.level)}{to}", url=urls.office(term.affiliation, term.level)
        ),
        state=Link(label=words.state(term.affiliation), url=urls.state(term.affiliation)),
        start=term.start,
        end="" if term.end == OPEN_END else term.end,
        source=term.source,
    )  # fmt: skip
