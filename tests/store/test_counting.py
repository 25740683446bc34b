"""What pictures count is what lists show: held against the contacts themselves, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import replace

from rozmova.evaluation.synthetic import readings
from rozmova.merge import merge
from rozmova.records import MergedContact, Place
from rozmova.store import Store, open_store
from rozmova.store.browse import Asked, Counts
from rozmova.store.counting import Counting
from rozmova.store.filters import make_filters

UKRAINE = Asked(sides=("UKR",))
PHONE = Asked(filters=make_filters(channels=("phone",)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("counting") / "many.db") as store:
        store.save_contacts(list(merge(readings(400, 3))), revision=0, tool="test")
        yield store


def fitting(store: Store, asked: Asked) -> tuple[MergedContact, ...]:
    return Counts(store).page(asked, limit=10_000).contacts


def some_side(store: Store) -> str:
    sides = Counter(p.affiliation for c in fitting(store, Asked()) for p in c.parties if p.affiliation)
    return sides.most_common(1)[0][0]


@pytest.mark.parametrize("what", ["all", "phone", "since", "side", "nothing"])
def test_sums_are_those_of_the_contacts(store: Store, what: str) -> None:
    asked = {
        "all": Asked(),
        "phone": PHONE,
        "since": Asked(filters=make_filters(since="2004-02", until="2004-03")),
        "side": Asked(sides=(some_side(store),)),
        "nothing": Asked(sides=("XXX",)),
    }[what]
    found = Counting(store, Counts(store)).of(asked)
    every = fitting(store, asked)
    assert found.total == len(every) == sum(d.number for d in found.days)
    assert bool(every) == (what != "nothing")
    by_channel = Counter(c.channel for c in every)
    assert by_channel == Counter({c: sum(d.number for d in found.days if d.channel == c) for c in by_channel})
    sides: Counter[tuple[str, ...]] = Counter()
    people: Counter[tuple[str, ...]] = Counter()
    for contact in every:
        sides.update(combinations(sorted({p.affiliation or p.id for p in contact.parties}), 2))
        people.update(
            {tuple(sorted((a.id, b.id))) for a, b in combinations(contact.parties, 2) if a.affiliation != b.affiliation}
        )
    assert {(m.one, m.other): m.number for m in found.sides} == sides
    assert {(m.one, m.other): m.number for m in found.parties} == people
    assert {p.id: p.number for p in found.places} == Counter(c.place.id for c in every if c.place)
    numbers = [m.number for m in found.sides]
    assert numbers == sorted(numbers, reverse=True)


def test_the_days_of_a_date_are_all_that_it_allows(store: Store) -> None:
    found = {(d.first, d.last) for d in Counting(store, Counts(store)).of(Asked()).days}
    assert all((first is None) == (last is None) for first, last in found)
    assert all(first <= last for first, last in found if first and last)


def test_new_contacts_are_counted_at_once(tmp_path: Path) -> None:
    merged = list(merge(readings(40, 3)))
    with open_store(tmp_path / "grows.db") as store:
        counting = Counting(store, Counts(store))
        assert counting.of(Asked()).total == 0
        store.save_contacts(merged[:5], revision=0, tool="test")
        first = counting.of(Asked())
        assert first.total == 5 and counting.of(Asked()) is first
        store.save_contacts(merged, revision=1, tool="test")
        assert counting.of(Asked()).total == len(merged)


def test_two_of_one_side_are_no_pair_and_large_meetings_have_no_pairs_of_people(tmp_path: Path) -> None:
    contact = next(c for c in merge(readings(40, 3)) if len(c.parties) == 2)
    one, other = contact.parties
    beside = replace(one, id="Q1", name="Somebody of the same side")
    summit = tuple(replace(one, id=f"Q{n}", affiliation=f"S{n:02}") for n in range(30))
    with open_store(tmp_path / "two.db") as store:
        place = Place(id="Q1899", name="Kyiv", state="UKR")
        store.save_contacts(
            [
                replace(contact, id="c:1", parties=(one, beside, other), place=place),
                replace(contact, id="c:2", parties=summit, place=place, accounts=()),
            ],
            revision=0,
            tool="test",
        )
        found = Counting(store, Counts(store)).of(Asked())
    assert {frozenset((m.one, m.other)) for m in found.parties} == {frozenset((id, other.id)) for id in (one.id, "Q1")}
    assert len(found.sides) == 1 + 30 * 29 // 2
    assert [(p.id, p.name, p.number) for p in found.places] == [("Q1899", "Kyiv", 2)]
