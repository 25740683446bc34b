"""What holds for any readings: no order matters, strangers change nothing, nothing is lost and nothing invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from merge.newsroom import Shelf, contact, party, reading
from rozmova.merge import blocks, merge, update
from rozmova.merge.accounts import accounts
from rozmova.merge.compare import compare
from rozmova.merge.judgements import Judgement, anchor
from rozmova.records import Contact, MergedContact, Party, Reading
from rozmova.times import edtf

START = date(2022, 1, 20)
DAYS = [(START + timedelta(n)).isoformat() for n in range(20)]
DATES = [
    None,
    None,
    *DAYS,
    "2022-01",
    "2022-02",
    "2022",
    "2022-01-31?",
    "2022-01-24/2022-01-30",
    "[2022-01-21,2022-02-03]",
]

THIRD = [(), (), (party("Erdogan/TUR"),), (party("Erdogan/TUR", part="mediator"),), (party("state:Turkey/TUR"),)]


def told_of(first: str, second: str, third: tuple[Party, ...], **values: Any) -> Contact:
    return contact(party(first), party(second), *third, **values)


contacts = st.builds(
    told_of,
    st.sampled_from(["Biden/USA", "Blinken/USA", "state:United States/USA"]),
    st.sampled_from(["Putin/RUS", "Lavrov/RUS", "office:President of Russia/RUS", "Scholz/DEU"]),
    st.sampled_from(THIRD),
    date=st.sampled_from(DATES),
    channel=st.sampled_from(["phone", "video", "in_person", "letter", "unspecified"]),
    status=st.sampled_from(["proposed", "planned", "held", "held", "cancelled", "declined"]),
    initiator=st.sampled_from([None, None, "USA", "RUS"]),
    place=st.sampled_from([None, None, "Geneva", "Switzerland", "Kyiv", "Antalya", "Turkey"]),
    minutes=st.sampled_from([None, None, 50.0, 60.0]),
    form=st.sampled_from(["call", "reply"]),
    topics=st.sampled_from([(), (), ("gas",), ("gas", "war")]),
    moved_from=st.sampled_from([None, None, None, None, *DAYS[:8], "2022-01", "2022-01-24/2022-01-30", "2022"]),
)
published = st.sampled_from([None, *DAYS, "2022-02-01/2022-02-03"])


@st.composite
def newspapers(draw: st.DrawFn) -> list[Reading]:
    articles = draw(st.lists(st.tuples(published, st.lists(contacts, max_size=3)), max_size=12))
    return [reading(f"{n}.txt", day, *said) for n, (day, said) in enumerate(articles)]


@settings(max_examples=150, deadline=None)
@given(newspapers(), st.randoms())
def test_any_order_gives_the_same_bytes(readings: list[Reading], random: object) -> None:
    before = msgspec.json.encode(merge(readings))
    random.shuffle(readings)  # type: ignore[attr-defined]
    assert msgspec.json.encode(merge(readings)) == before


@settings(max_examples=100, deadline=None)
@given(newspapers(), contacts)
def test_strangers_change_nothing_else(readings: list[Reading], said: Contact) -> None:
    before = merge(readings)
    strangers = contact("Duda/POL", "Zelenskyy/UKR", date=said.date, channel=said.channel, status=said.status)
    after = merge([*readings, reading("strangers.txt", "2022-02-01", strangers)])
    assert [m for m in after if m.accounts[0].path != "strangers.txt"] == list(before)
    assert len(after) == len(before) + 1


def days_not_moved_from(contact: MergedContact) -> set[str]:
    """The exact days of a contact, without those from which one of its articles says that it was moved."""
    said = [account.contact for account in contact.accounts]
    gone = [edtf.bounds(c.moved_from) for c in said if c.moved_from]
    days = {(c.date, c.status == "held") for c in said if c.date in DAYS}
    return {day for day, held in days if held or not any(a.isoformat() <= day <= b.isoformat() for a, b in gone)}


@settings(max_examples=100, deadline=None)
@given(newspapers())
def test_every_account_is_in_one_contact_and_keeps_its_words(readings: list[Reading]) -> None:
    merged = merge(readings)
    found = sorted((a.article, a.index) for m in merged for a in m.accounts)
    assert found == sorted((r.article.id, n) for r in readings for n in range(len(r.contacts)))
    assert len({m.id for m in merged}) == len(merged)
    said = {r.article.id: r.contacts for r in readings}
    assert all(a.contact == said[a.article][a.index] for m in merged for a in m.accounts)
    for m in merged:
        assert len(days_not_moved_from(m)) < 2
        assert len({a.article for a in m.accounts}) == len(m.accounts)


@settings(max_examples=100, deadline=None)
@given(newspapers())
def test_accounts_that_may_be_one_contact_share_a_key(readings: list[Reading]) -> None:
    told = accounts(readings)
    for a in told:
        for b in told:
            said, back = compare(a, b), compare(b, a)
            assert (said.apart, said.same) == (back.apart, back.same)
            if said.same:
                assert set(blocks.keys(a)) & set(blocks.keys(b))
                assert not (a.exact and b.exact) or set(blocks.day_keys(a)) & set(blocks.day_keys(b))


@settings(max_examples=200, deadline=None)
@given(newspapers(), st.data())
def test_news_changes_the_contacts_as_a_build_from_scratch_would(readings: list[Reading], data: st.DataObject) -> None:
    """Articles come, go, are read anew and judged in any order; identifiers are those of the build before as well."""
    before: dict[str, Reading] = {}
    judgements: list[Judgement] = []
    shelf = Shelf((), readings)
    several = st.lists(st.sampled_from(readings), max_size=8) if readings else st.just([])
    for _ in range(data.draw(st.integers(1, 4))):
        now = {r.article.id: r for r in data.draw(several)}
        for id in [id for id in now if id in before and data.draw(st.booleans())]:
            now[id] = replace(now[id], contacts=now[id].contacts[::-1])
        changed = {id for id in {*before, *now} if before.get(id) != now.get(id)}
        if told := accounts(now.values()):
            one, *others = (tuple(map(anchor, data.draw(st.lists(st.sampled_from(told), max_size=2)))) for _ in "ab")
            verdict = data.draw(st.sampled_from(["same", "apart"]))
            at = f"2022-03-0{len(judgements) + 1}"
            judgements.append(Judgement(verdict=verdict, accounts=one, others=others[0], by="somebody", at=at))
            changed |= {a.article for j in judgements for a in (*j.accounts, *j.others)}
        shelf.siblings = {t.key: t.siblings for t in accounts(before.values())}
        old = tuple(shelf.contacts.values())
        shelf.change(update(shelf, changed, [now[id] for id in changed if id in now], judgements))
        whole = merge(now.values(), judgements, old)
        assert sorted(shelf.contacts.values(), key=lambda c: c.id) == sorted(whole, key=lambda c: c.id)
        before = now


def test_news_asks_only_for_the_blocks_it_meets() -> None:
    readings = [
        reading(f"{n}.txt", f"2022-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}", contact(f"A{n}/USA", f"B{n}/S{n % 40}"))
        for n in range(400)
    ]
    shelf = Shelf(merge(readings), readings)
    more = reading("more.txt", readings[7].article.published, *readings[7].contacts)
    changes = update(shelf, [more.article.id], [more])
    assert [len(contact.accounts) for contact in changes.new] == [2]
    assert len(shelf.asked) <= 4, "the contacts of one pair of states in the months around"
