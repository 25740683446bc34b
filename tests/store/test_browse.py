"""Pages and counts out of memory are those that one gets by looking at every contact, whatever was saved before."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from handmade import PARTIES, make_article, make_contact, make_merged, make_reading
from rozmova.merge import Changes
from rozmova.records import Channel, MergedContact, Place, Status, Topic
from rozmova.store import Store, open_store
from rozmova.store.browse import Asked, Counts
from rozmova.store.facets import facets
from rozmova.store.filters import make_filters
from rozmova.store.merging import StoredContacts
from rozmova.store.period import period

DATES = (
    None,
    "2022-01-02",
    "2022-01-02T10:00+02:00",
    "2022-01",
    "2022-01-31/2022-02-01",
    "2021",
    "[2022-01-02,2022-03-04]",
)
CHANNELS: tuple[Channel, ...] = ("phone", "in_person", "unspecified")
STATUSES: tuple[Status, ...] = ("held", "planned")
PLACES = (None, Place(id="Q1", name="Kyiv", state="UKR"), Place(id="Q2", name="Warsaw", state="POL"))
READING = make_reading(make_article("They spoke."), make_contact())


@st.composite
def merged(draw: st.DrawFn) -> MergedContact:
    """A contact with one account of it; few identifiers, so that the next saving has some of them again."""
    topics = draw(st.lists(st.sampled_from(("sanctions", "gas")), max_size=2, unique=True))
    contact = replace(
        make_contact(*draw(st.lists(st.sampled_from(sorted(PARTIES)), min_size=2, max_size=3, unique=True))),
        date=draw(st.sampled_from(DATES)),
        channel=draw(st.sampled_from(CHANNELS)),
        status=draw(st.sampled_from(STATUSES)),
        place=draw(st.sampled_from(PLACES)),
        topics=tuple(Topic(label=label, start=0, end=4) for label in topics),
    )
    found = make_merged(f"c{draw(st.integers(0, 11)):02}", (contact, READING))
    agreement = {"channel": draw(st.sampled_from(("agreed", "disputed")))}
    return replace(
        found, date=contact.date, channel=contact.channel, status=contact.status, place=contact.place,
        topics=contact.topics, parties=contact.parties, accounts=(), agreement=agreement,
    )  # fmt: skip


contacts_of_a_saving = st.lists(merged(), max_size=8, unique_by=lambda contact: contact.id)
savings = st.lists(st.tuples(contacts_of_a_saving, st.booleans(), st.booleans()), min_size=1, max_size=5)
"""Contacts; whether they replace those there were one by one, as news does, or all at once; whether it is looked at."""
some = st.builds(
    Asked,
    filters=st.builds(
        make_filters,
        parties=st.sampled_from(((), ("Biden",), ("UKR",), ("Байден", "Zelenskyy"), ("Q6279", "Zelenskyy"), ("Q36",))),
        since=st.sampled_from((None, "2022-01-02", "2022-02")),
        until=st.sampled_from((None, "2022-01-31", "2021-06")),
        channels=st.sampled_from(((), ("phone",), ("phone", "in_person"))),
        statuses=st.sampled_from(((), ("held",))),
    ),
    sides=st.sampled_from(((), ("UKR",), ("UKR", "USA"))),
    topics=st.sampled_from(((), ("gas",), ("gas", "sanctions"))),
    places=st.sampled_from(((), ("Q1",))),
    disputed=st.sampled_from(((), ("any",), ("channel",), ("date",))),
)


def fits(contact: MergedContact, asked: Asked, named: set[str]) -> bool:
    """Whether a contact is asked for, looked at by itself; ``named`` are those with the parties asked for by name."""
    have = set(facets(contact))
    days, f = period(contact.date), asked.filters
    return (
        contact.id in named
        and (not f.channels or contact.channel in f.channels)
        and (not f.statuses or contact.status in f.statuses)
        and (not f.in_time or days is not None)
        and (not (f.since and days) or days.last >= f.since.first)
        and (not (f.until and days) or days.first <= f.until.last)
        and all({("party", side), ("state", side)} & have for side in asked.sides)
        and (not asked.topics or any(("topic", topic) in have for topic in asked.topics))
        and (not asked.places or any(("place", place) in have for place in asked.places))
        and (not asked.disputed or any(kind == "disputed" and value in (*asked.disputed, *(
            [value] if "any" in asked.disputed else [])) for kind, value in have))
    )  # fmt: skip


def time_order(contact: MergedContact) -> tuple[str, str, str]:
    days = period(contact.date)
    return days.first if days else "", contact.date or "", contact.id


@given(savings=savings, questions=st.lists(some, min_size=1, max_size=4), cut=st.integers(0, 5))
def test_pages_and_counts_are_those_of_looking_at_each(
    savings: list[tuple[list[MergedContact], bool, bool]], questions: list[Asked], cut: int
) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "test.db") as store:
        counts = Counts(store)
        there: list[MergedContact] = []
        for contacts, one_by_one, looked_at in savings:
            if one_by_one:
                new = tuple(contact for contact in contacts if contact not in there)
                gone = frozenset(contact.id for contact in there if contact not in contacts)
                with store._writing() as run:
                    StoredContacts(run, lambda line: store.decode(line, MergedContact)).change(Changes(gone, new), ())
            else:
                store.save_contacts(contacts, revision=store.revision(), tool="t")
            there = contacts
            for asked in (Asked(), *questions) if looked_at else ():
                check(store, counts, contacts, asked, cut)


def check(store: Store, counts: Counts, contacts: list[MergedContact], asked: Asked, cut: int) -> None:
    by_name = {c.id for c in store.contacts(make_filters(parties=asked.filters.parties)).contacts}
    wanted = sorted((c for c in contacts if fits(c, asked, by_name)), key=time_order)
    for oldest, order in ((True, wanted), (False, wanted[::-1])):
        first = counts.page(asked, limit=cut, oldest_first=oldest)
        rest = counts.page(asked, offset=cut, limit=99, oldest_first=oldest)
        assert [c.id for c in (*first.contacts, *rest.contacts)] == [c.id for c in order]
        assert [*first.contacts, *rest.contacts] == order
        assert first.total == rest.total == counts.total(asked) == len(wanted)
    whenever = replace(asked, filters=replace(asked.filters, since=None, until=None))
    undated = [c for c in contacts if c.date is None and fits(c, whenever, by_name)]
    assert rest.undated == (len(undated) if asked.filters.in_time else 0)
    expected = Counter(facet for c in wanted for facet in facets(c))
    expected.update(pair for c in wanted for pair in (("channel", c.channel), ("status", c.status)))
    found = counts.of(asked, 99)
    assert {(kind, c.value): c.number for kind, some in found.items() for c in some} == expected
    few = counts.of(asked, 2)
    assert {kind: values[:2] for kind, values in found.items()} == few
    months = Counter(
        (days.first[:7], c.channel) for c in wanted if (days := period(c.date)) and days.first[:7] == days.last[:7]
    )
    assert counts.by_month(asked) == sorted((month, channel, n) for (month, channel), n in months.items())


def test_a_page_shows_what_another_process_saved(tmp_path: Path) -> None:
    contact = make_contact()
    with open_store(tmp_path / "test.db") as store, open_store(tmp_path / "test.db") as other:
        counts = Counts(store)
        store.save_contacts([make_merged("one", (contact, READING))], revision=0, tool="t")
        assert counts.labels(["Q3874799", "Q0"]) == {"Q3874799": "Volodymyr Zelenskyy"}
        assert counts.newest() is None
        article = make_article("They spoke.", published="2022-01-20")
        other.add_article(article, make_reading(article, contact), source="/a", tool="t")
        other.save_contacts([make_merged("two", (contact, READING))], revision=1, tool="t")
        assert [c.id for c in counts.page(Asked()).contacts] == ["two"]
        assert counts.newest() == "2022-01-20"
