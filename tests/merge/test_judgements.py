"""What a person decided: it goes before the rules, outlives builds, and its names stay."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from merge.newsroom import Newsroom, contact
from merge.test_properties import newspapers
from rozmova.merge import merge
from rozmova.merge.accounts import Told, accounts
from rozmova.merge.ids import assign, fresh
from rozmova.merge.judgements import Anchor, Judgement, Verdict, anchor, articles, constraints
from rozmova.merge.why import why
from rozmova.records import MergedContact, Reading


def judgement(verdict: Verdict, one: MergedContact, other: MergedContact, number: int = 1) -> Judgement:
    sides = (tuple(anchor(Told(a)) for a in c.accounts) for c in (one, other))
    accounts_, others = sides
    return Judgement(
        id=number, verdict=verdict, accounts=accounts_, others=others, by="Olena", at=f"2026-01-{number:02}"
    )


def two_meetings() -> list[Reading]:
    news = Newsroom()
    news.tell("2022-02-01", contact(date="2022-02-01", channel="in_person"))
    news.tell("2022-02-02", contact(date="2022-02-02", channel="in_person"))
    return news.readings


def shape(merged: tuple[MergedContact, ...]) -> set[frozenset[tuple[str, int]]]:
    return {frozenset((a.article, a.index) for a in c.accounts) for c in merged}


def test_contacts_that_rules_keep_apart_are_one_when_a_person_says_so() -> None:
    readings = two_meetings()
    one, other = merge(readings)
    (together,) = merge(readings, [judgement("same", one, other)], (one, other))
    assert together.id in (one.id, other.id)
    assert together.agreement["date"] == "disputed"
    (pair,) = why(together, together, [judgement("same", one, other)])
    assert (pair.decision, pair.by) == ("accepted", "Olena")


def test_accounts_that_rules_put_together_are_two_when_a_person_says_so() -> None:
    news = Newsroom()
    news.tell("2022-02-01", contact(date="2022-02-01"))
    news.tell("2022-02-01", contact(date="2022-02-01"))
    (one,) = merge(news.readings)
    halves = [replace(one, accounts=(account,)) for account in one.accounts]
    judged = [judgement("apart", halves[0], halves[1])]
    parted = merge(news.readings, judged, (one,))
    assert len(parted) == 2
    assert one.id in {c.id for c in parted}
    assert why(parted[0], parted[1], judged)[0].by == "Olena"


def test_the_later_judgement_on_a_pair_holds() -> None:
    readings = two_meetings()
    one, other = merge(readings)
    same, apart = judgement("same", one, other, 1), judgement("apart", one, other, 2)
    assert len(merge(readings, [same, apart])) == 2
    assert len(merge(readings, [replace(same, at="2026-01-03"), apart])) == 1
    assert len(merge(readings, [replace(same, undone="2026-01-04")])) == 2


def test_new_reports_join_a_contact_put_together_by_hand() -> None:
    readings = two_meetings()
    one, other = merge(readings)
    news = Newsroom()
    news.readings = list(readings)
    news.tell("2022-02-02", contact(date="2022-02-02", channel="in_person"))
    (together,) = merge(news.readings, [judgement("same", one, other)])
    assert len(together.accounts) == 3


def test_a_judgement_on_accounts_that_are_gone_decides_nothing_and_is_reported() -> None:
    readings = two_meetings()
    one, other = merge(readings)
    judged = judgement("same", one, other)
    told = accounts(readings[:1])
    assert constraints([judged], articles(told)).idle == (judged,)
    assert len(merge(readings[:1], [judged])) == 1
    assert len(merge(readings, [judged])) == 1  # and holds again when the article is back


def test_an_account_is_found_again_by_its_words_when_the_count_shifts() -> None:
    news = Newsroom()
    first = contact("Macron/FRA", "Scholz/DEU", date="2022-02-01")
    second = contact(date="2022-02-01")
    shifted = news.tell("2022-02-01", first, second)
    other = news.tell("2022-02-02", contact(date="2022-02-02"))
    named = anchor(Told(next(c for c in merge([shifted]) if "USA" in {p.affiliation for p in c.parties}).accounts[0]))
    told = accounts([replace(shifted, contacts=(second,)), other])
    judged = Judgement(verdict="apart", accounts=(named,), others=(anchor(told[-1]),), by="x", at="2026")
    assert constraints([judged], articles(told)).idle == ()
    assert Anchor(article="gone", start=0, sides=()) not in {named}


def test_an_earlier_report_changes_no_name() -> None:
    news = Newsroom()
    news.tell("2022-02-03", contact(date="2022-02-01"))
    before = merge(news.readings)
    news.tell("2022-02-01", contact(date="2022-02-01"))
    assert [c.id for c in merge(news.readings, (), before)] == [before[0].id]
    assert [c.id for c in merge(news.readings[1:], (), merge(news.readings, (), before))] == [before[0].id]


@settings(max_examples=100, deadline=None)
@given(newspapers(), st.data())
def test_adding_articles_one_by_one_gives_the_contacts_of_a_build_from_scratch(
    readings: list[Reading], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(readings))
    merged: tuple[MergedContact, ...] = ()
    for n in range(1, len(order) + 1):
        merged = merge(order[:n], (), merged)
    scratch = merge(readings)
    assert shape(merged) == shape(scratch)
    plain = [[replace(c, id="") for c in contacts] for contacts in (merged, scratch)]
    assert sorted(map(repr, plain[0])) == sorted(map(repr, plain[1]))
    assert len({c.id for c in merged}) == len(merged)


keys = st.tuples(st.sampled_from("abcdef"), st.integers(0, 2))


@given(st.lists(st.lists(keys, min_size=1, unique=True), max_size=5), st.dictionaries(keys, st.sampled_from("xyz")))
def test_every_contact_has_a_name_of_its_own_and_an_old_one_goes_to_one_of_its_accounts(
    clusters: list[list[tuple[str, int]]], before: dict[tuple[str, int], str]
) -> None:
    seen: set[tuple[str, int]] = set()
    clusters = [[k for k in c if not (k in seen or seen.add(k))] for c in clusters]  # type: ignore[func-returns-value]
    clusters = [c for c in clusters if c]
    ids = assign(clusters, before)
    assert len(set(ids)) == len(clusters)
    for id, members in zip(ids, clusters, strict=True):
        assert id in {before.get(k) for k in members} or id.startswith("c:")
    for id in set(before.values()):
        holders = [n for n, c in enumerate(clusters) if any(before.get(k) == id for k in c)]
        if len(holders) == 1 and len({before[k] for k in clusters[holders[0]] if k in before}) == 1:
            assert ids[holders[0]] == id


def test_a_new_contact_is_named_after_its_anchor() -> None:
    assert assign([[("b", 0), ("a", 0)], [("c", 1)]], {}) == [fresh(("b", 0)), fresh(("c", 1))]
