"""Constraints over days: no right day is ever lost, more words never leave more days, order never matters."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozmova.dating import daysets
from rozmova.dating.solve import Tie, Variable, solve
from rozmova.records import Clue

NAMES = ("a", "b", "c", "d")
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


def var(name: str) -> Variable:
    return ("article", name)


def clue(rule: str = "rule", usual: bool = False, **fields: object) -> Clue:
    return Clue(start=0, end=1, text="x", rule=rule, about="", usual=usual, **fields)  # type: ignore[arg-type]


def on(name: str, days: str, **fields: object) -> Tie:
    return Tie(var(name), None, clue(f"{name} {days}", days=days, **fields))


def after(name: str, anchor: str, least: int | None, most: int | None, **fields: object) -> Tie:
    rule = f"{name} after {anchor} {least} {most}"
    return Tie(var(name), var(anchor), clue(rule, least=least, most=most, **fields))


def left(ties: list[Tie], name: str) -> set[date]:
    return set(daysets.days(solve(ties).days(var(name))))


@st.composite
def true_stories(draw: st.DrawFn) -> tuple[dict[str, date], list[Tie]]:
    """Days, and ties that are all true of them."""
    days = {name: draw(DAYS) for name in NAMES}
    ties = []
    for _ in range(draw(st.integers(1, 10))):
        name, anchor = draw(st.permutations(NAMES))[:2]
        day, gap = days[name], (days[name] - days[anchor]).days
        kind = draw(st.sampled_from(["year", "weekday", "day", "month", "near", "before", "unit"]))
        match kind:
            case "near":
                low, high = draw(st.integers(0, 9)), draw(st.integers(0, 9))
                ties.append(after(name, anchor, gap - low, gap + high))
            case "before":
                least, most = (gap - draw(st.integers(0, 99)), None) if gap > 0 else (None, gap + 1)
                ties.append(after(name, anchor, least, most))
            case "unit":
                by = (day.year - days[anchor].year) * 12 + day.month - days[anchor].month
                ties.append(after(name, anchor, by, by, unit="month"))
            case _:
                patterns = {"year": f"{day:%Y}", "weekday": f"XXXX-WXX-{day.isoweekday()}", "day": f"XXXX-{day:%m-%d}"}
                ties.append(on(name, patterns.get(kind, f"XXXX-{day:%m}")))
    return days, ties


@settings(deadline=None)
@given(true_stories())
def test_no_right_day_is_ever_lost(story: tuple[dict[str, date], list[Tie]]) -> None:
    days, ties = story
    solution = solve(ties)
    assert not solution.conflicts
    for name, day in days.items():
        assert solution.days(var(name)) & daysets.between(day, day)


@settings(deadline=None)
@given(true_stories(), st.randoms(use_true_random=False))
def test_more_words_leave_fewer_days_in_whatever_order(
    story: tuple[dict[str, date], list[Tie]], shuffle: random.Random
) -> None:
    _, ties = story
    some, mixed = ties[: len(ties) // 2], list(ties)
    shuffle.shuffle(mixed)
    all_of_them, fewer, otherwise = solve(ties), solve(some), solve(mixed)
    for name in NAMES:
        whole = all_of_them.days(var(name))
        assert whole & ~fewer.days(var(name)) == 0
        assert whole == otherwise.days(var(name))


def test_words_that_leave_every_day_open_are_not_shown() -> None:
    solution = solve([after("a", "b", 0, 0)])
    assert [solution.because(var(name)) for name in "ab"] == [[], []]


@settings(deadline=None)
@given(true_stories())
def test_the_words_shown_are_enough_and_none_is_needless(story: tuple[dict[str, date], list[Tie]]) -> None:
    _, ties = story
    solution = solve(ties)
    for name in NAMES:
        shown = solution.because(var(name))
        assert solve(shown).days(var(name)) == solution.days(var(name))
        for tie in shown:
            assert solve([t for t in shown if t is not tie]).days(var(name)) != solution.days(var(name))


@settings(deadline=None)
@given(true_stories(), DAYS, st.integers(1, 300))
def test_a_contradiction_is_named_in_full_and_the_rest_is_solved(
    story: tuple[dict[str, date], list[Tie]], day: date, gap: int
) -> None:
    _, ties = story
    wrong = [on("x", day.isoformat()), on("y", (day + timedelta(gap)).isoformat()), after("x", "y", 0, None)]
    solution = solve([*ties, *wrong])
    assert solution.conflicts == (frozenset(wrong),)
    assert solution.left_out == frozenset(wrong)
    for name in NAMES:
        assert solution.days(var(name)) == solve(ties).days(var(name))


def test_a_habit_gives_way_to_what_the_words_say() -> None:
    said, habit = on("a", "2022-02"), on("a", "2021", usual=True)
    solution = solve([said, habit])
    assert solution.conflicts == (frozenset({said, habit}),)
    assert solution.left_out == {habit}
    assert left([said, habit], "a") == set(daysets.days(daysets.matching("2022-02")))


def test_one_weekday_past_and_to_come_is_the_day_itself() -> None:
    ties = [
        on("a", "XXXX-WXX-3"), on("b", "XXXX-WXX-3"), after("a", "p", -6, 0), after("b", "p", 0, 6),
        after("a", "b", 0, 0), on("p", "2021-05"),
    ]  # fmt: skip
    assert left(ties, "p") == {date(2021, 5, day) for day in (5, 12, 19, 26)}


@pytest.mark.parametrize("least", [1, -5])
def test_no_day_lies_apart_from_itself(least: int) -> None:
    ties = [after("a", "b", 0, 0), after("a", "b", least, least)]
    assert solve(ties).conflicts == (frozenset(ties),)


def test_known_days_are_never_given_up() -> None:
    tie = on("a", "2021")
    known = {var("a"): daysets.matching("2022-02-11")}
    solution = solve([tie], known)
    assert solution.conflicts == (frozenset({tie}),)
    assert solution.days(var("a")) == known[var("a")]
