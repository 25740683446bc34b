"""What filters find is what going through everything finds, whichever way the database takes to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from handmade import PARTIES, make_article, make_contact, make_merged, make_reading
from rozmova.records import Account, MergedContact, Place, Reading, Statement, Topic
from rozmova.store import Store, conditions, finding, open_store
from rozmova.store.query import topics

LANGS, OUTLETS, WORDS = ("uk", "pl", "en"), ("a.example", "b.example", None), ("grain", "tank", "bridge", "harbour")
CHANNELS, STATUSES = ("phone", "in_person", "letter"), ("held", "planned", "cancelled")
TOPICS = [label for label in topics() if " " not in label][:2]
PLACES = {"Q270": "Warsaw", "Q1899": "Kyiv"}
CALLED = {"Biden": "Biden", "Q36": "Poland", "pol": "Poland", "Volodymyr": "Zelenskyy", "Зеленський": "Zelenskyy"}
"""A party given by hand -> who of :data:`PARTIES` is meant."""


class Row:
    """A thing that may be found: what it is itself, and what each contact has of which it tells."""

    def __init__(self, kind: str, id: str, days: tuple[str, str] | None, langs: set[Any], outlets: set[Any]) -> None:
        self.kind, self.id, self.days, self.langs, self.outlets = kind, id, days, langs, outlets
        self.told: list[dict[str, set[str]]] = []

    def fits(self, name: str, values: list[str]) -> bool:
        """One filter holds of the thing itself."""
        if name == "kind":
            return self.kind in values
        if name in ("lang", "outlet"):
            return bool({"lang": self.langs, "outlet": self.outlets}[name] & set(values))
        if self.days is None:
            return False
        (value,), (first, last) = values, self.days
        if name == "before":
            return first < value
        return last > value if name == "after" else first <= value <= last

    def tells(self, wanted: list[tuple[str, list[str]]]) -> bool:
        """It tells of a contact of which all filters hold."""
        return any(all(_has(facets, name, values) for name, values in wanted) for facets in self.told)


def _has(facets: dict[str, set[str]], name: str, values: list[str]) -> bool:
    if name == "party":
        return CALLED[values[0]] in facets["party"]
    if name == "pair":
        return set(values[0].split("-")) <= facets["state"]
    return bool(facets.get(name, set()) & set(values))


def _sides(*names: str) -> dict[str, set[str]]:
    return {"party": set(names), "state": {PARTIES[name].affiliation or "" for name in names}}


def _facets(contact: MergedContact, names: list[str]) -> dict[str, set[str]]:
    disputed = {name for name, agreement in contact.agreement.items() if agreement == "disputed"}
    return {
        **_sides(*names), "channel": {contact.channel}, "status": {contact.status},
        "topic": {topic.label for topic in contact.topics}, "place": {contact.place.name} if contact.place else set(),
        "disputed": disputed | {"yes" if disputed else "no"},
    }  # fmt: skip


def _day(rng: Random) -> str | None:
    return rng.choice((None, "2022-01-05", "2022-01-20", "2022-02-10", "2022-03-01"))


def _said(rng: Random, text: str, told: int) -> tuple[Statement, list[str]]:
    names = rng.sample(sorted(PARTIES), rng.randint(1, 2))
    speaker, *others = (PARTIES[name] for name in names)
    about = rng.choice((None, *range(told)))
    said = Statement(
        speaker=speaker, via=None, reported_by=None, addressee=tuple(others), event=None, act="state",
        channel="press", quotes=(), date=_day(rng), about=about, start=0, end=len(text), text=text, rule="r",
    )  # fmt: skip
    return said, names


def _merged(rng: Random, id: str, readings: list[Reading], used: Counter[str]) -> tuple[MergedContact, list[str]]:
    names = rng.sample(sorted(PARTIES), rng.randint(1, 3))
    contact = make_contact(*names, date=_day(rng), channel=rng.choice(CHANNELS), status=rng.choice(STATUSES))  # type: ignore[arg-type]
    place = rng.choice((None, *PLACES))
    accounts: list[Account] = []
    for reading in rng.sample(readings, rng.randint(1, 3)):
        info = reading.article
        account = make_merged(id, (contact, reading)).accounts[0]
        accounts.append(replace(account, index=used[info.id], lang=info.lang, outlet=info.outlet))
        used[info.id] += 1
    merged = replace(
        make_merged(id, (contact, readings[0])), accounts=tuple(accounts),
        place=Place(id=place, name=PLACES[place], state=None) if place else None,
        topics=tuple(Topic(label=label, start=0, end=1) for label in rng.sample(TOPICS, rng.randint(0, 2))),
        agreement={"date": rng.choice(("agreed", "disputed")), "place": rng.choice(("single", "disputed"))},
    )  # fmt: skip
    return merged, names


def _fill(store: Store, rng: Random) -> list[Row]:
    """Articles, statements and contacts at random, and what can be found."""
    rows: list[Row] = []
    texts = {n: f"{' '.join(rng.choices(WORDS, k=3))} {n}" for n in range(24)}
    readings = [make_reading(make_article(text, published=_day(rng))) for text in texts.values()]
    readings = [
        replace(r, article=replace(r.article, lang=rng.choice(LANGS), outlet=rng.choice(OUTLETS))) for r in readings
    ]
    used: Counter[str] = Counter()
    merged = [_merged(rng, f"contact{n}", readings, used) for n in range(20)]
    told: dict[str, list[tuple[int, dict[str, set[str]]]]] = {r.article.id: [] for r in readings}
    for contact, names in merged:
        accounts = contact.accounts
        row = Row(
            "contact", contact.id, (contact.date, contact.date) if contact.date else None,
            {a.lang for a in accounts}, {a.outlet for a in accounts},
        )  # fmt: skip
        row.told.append(_facets(contact, names))
        rows.append(row)
        for account in accounts:
            told[account.article].append((account.index, row.told[0]))
    for reading, text in zip(readings, texts.values(), strict=True):
        info, here = reading.article, told[reading.article.id]
        said = [_said(rng, text, len(here)) for _ in range(rng.randint(0, 2))]
        store.add_article(
            make_article(text, published=info.published), replace(reading, statements=tuple(s for s, _ in said)),
            source=f"/{info.id}", tool="t",
        )  # fmt: skip
        days = (info.published, info.published) if info.published else None
        row = Row("article", info.id, days, {info.lang}, {info.outlet})
        row.told += [facets for _, facets in here]
        rows.append(row)
        for place, (statement, names) in enumerate(said):
            date = (statement.date, statement.date) if statement.date else None
            row = Row("statement", f"{info.id}:{place}", date, {info.lang}, {info.outlet})
            row.told += [_sides(*names), *(facets for index, facets in here if index == statement.about)]
            rows.append(row)
    store.save_contacts([contact for contact, _ in merged], revision=store.revision(), tool="t")
    return rows


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[Row]]]:
    with open_store(Path(tmp_path_factory.mktemp("record")) / "test.db") as store:
        yield store, _fill(store, Random(11))


FILTERS = st.sampled_from(
    [
        *(("kind", kind) for kind in ("contact", "statement", "article")),
        *(("lang", lang) for lang in LANGS),
        *(("outlet", outlet) for outlet in OUTLETS if outlet),
        *(("channel", channel) for channel in CHANNELS),
        *(("status", status) for status in STATUSES),
        *(("party", name) for name in CALLED),
        *(("state", code) for code in ("UKR", "USA", "POL")),
        *(("pair", pair) for pair in ("UKR-USA", "POL-UKR")),
        *(("topic", label) for label in TOPICS),
        *(("place", name) for name in PLACES.values()),
        *(("disputed", what) for what in ("yes", "no", "date", "place")),
        *((name, day) for name in ("before", "after", "on") for day in ("2022-01-20", "2022-02-10")),
    ]
)
EITHER = ("kind", "lang", "outlet", "channel", "status", "place")
OF_ROW = ("kind", "lang", "outlet", "before", "after", "on")


def _expected(rows: list[Row], filters: list[tuple[str, str, bool]]) -> set[str]:
    wanted: list[tuple[str, list[str]]] = []
    for name, value, exclude in filters:
        same = next((values for other, values in wanted if other == name), None)
        if exclude or name not in EITHER or same is None:
            wanted += [] if exclude else [(name, [value])]
        else:
            same.append(value)
    of_contact = [(name, values) for name, values in wanted if name not in OF_ROW]
    found = set()
    for row in rows:
        fits = all(row.fits(name, values) for name, values in wanted if name in OF_ROW)
        fits = fits and (not of_contact or row.tells(of_contact))
        for name, value, exclude in filters:
            if exclude and (row.fits(name, [value]) if name in OF_ROW else row.tells([(name, [value])])):
                fits = False
        if fits:
            found.add(row.id)
    return found


@given(
    st.lists(st.tuples(FILTERS, st.booleans()), min_size=1, max_size=4, unique=True),
    st.sampled_from(["", "", *WORDS, f"-{WORDS[0]}", f"{WORDS[0]} -{WORDS[1]}"]),
    st.sampled_from([0, 3, 5000]),
    st.sampled_from([0, 3, 5000]),
)
@settings(max_examples=300, deadline=None)
def test_filters_find_what_going_through_all_finds(
    record: tuple[Store, list[Row]], drawn: list[tuple[tuple[str, str], bool]], words: str, few: int, ordered: int
) -> None:
    store, rows = record
    filters = [(name, value, exclude) for (name, value), exclude in drawn]
    query = " ".join([*(f"{'-' * exclude}{name}:{value}" for name, value, exclude in filters), words])
    expected = _expected(rows, filters)
    for word in words.split():
        said = {hit.id for hit in store.search(word.strip("-"), 999).hits}
        expected = expected - said if word[0] == "-" else expected & said
    kinds = {row.id: row.kind for row in rows}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conditions, "_FEW", few)
        patch.setattr(finding, "_FEW", ordered)
        found = store.search(query, 999)
        assert {hit.id for hit in found.hits} == expected
        assert len(found.hits) == found.total == len(expected)
        assert found.kinds == {kind: sum(kinds[id] == kind for id in expected) for kind in found.kinds}
        assert store.search(query, 0).kinds == found.kinds
        if not words or words[0] == "-":
            times = [hit.date or ("", "") for hit in found.hits]
            assert times == sorted(times, reverse=True)
            assert store.search(query, 5, 2).hits == found.hits[2:7]


def test_the_record_is_one_that_filters_cut(record: tuple[Store, list[Row]]) -> None:
    _, rows = record
    assert {row.kind for row in rows} == {"contact", "statement", "article"}
    assert any(len(row.told) > 1 for row in rows if row.kind == "article")
    assert _expected(rows, [("pair", "UKR-USA", False), ("channel", "phone", False)])
