"""Days that are not known, and what sentences say about them: constraints over sets of days, solved by propagation.

Each day is a variable with the set of days it can be. A clue either names days, or ties two variables to one another at
a distance; each in turn takes from both sets what the other forbids, until nothing changes (arc consistency, Mackworth
1977). No right day is ever taken away; in a ring of clues a wrong one may stay. Why not a general solver:
docs/decisions/0006-when.md.

A contradiction leaves some set empty. A smallest set of clues that cannot all be right is then found (QuickXplain,
Junker 2004), reported, and left out; the rest is solved without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rozmova.dating import daysets
from rozmova.records import Clue

Variable = tuple[str, str]
"""Article (or event) and the name of a day in it: ``("3f2a...", "published")``."""


class Tie(NamedTuple):
    """A clue with its variables in full; ``anchor`` is None when the clue names days by itself."""

    about: Variable
    anchor: Variable | None
    clue: Clue


@dataclass(frozen=True)
class Solution:
    """What is left; ``conflicts`` are ties that cannot all be right, ``left_out`` those that were given up for it."""

    _states: Mapping[Variable, _State]
    conflicts: tuple[frozenset[Tie], ...] = ()
    left_out: frozenset[Tie] = frozenset()

    def days(self, variable: Variable) -> int:
        """The days a variable can be; all of them when no tie speaks of it."""
        state = self._states.get(variable)
        return daysets.ALL if state is None else state.of(variable)

    def because(self, variable: Variable) -> list[Tie]:
        """Ties that are enough to leave a variable its days, none of them needless, in the order of their texts."""
        state = self._states.get(variable)
        behind = state.behind(variable) if state else ()
        if state is None or not behind:
            return []
        wanted, known = state.of(variable), state.known
        found = _smallest(behind, lambda some: _propagate(some, known).of(variable) == wanted, variable[0])
        return sorted(found, key=_order)


def solve(ties: Iterable[Tie], known: Mapping[Variable, int] | None = None) -> Solution:
    """The days that are left for every variable; ``known`` are days that are given and cannot be wrong.

    Variables that no ties join are solved apart, so that a contradiction costs its own stories only. The result does
    not depend on the order of the ties.
    """
    states: dict[Variable, _State] = {}
    conflicts: list[frozenset[Tie]] = []
    out: set[Tie] = set()
    for variables, group in _groups(sorted(set(ties), key=_order)):
        given = {variable: known[variable] for variable in variables if known and variable in known}
        left = group
        while (state := _propagate(left, given)).empty is not None:
            core = _contradiction(state)
            conflicts.append(core)
            usual = {tie for tie in core if tie.clue.usual}
            out |= usual or core  # a habit of writing gives way to what the words say
            left = [tie for tie in left if tie not in out]
        states.update(dict.fromkeys(variables, state))
    return Solution(states, tuple(conflicts), frozenset(out))


def _groups(ties: Iterable[Tie]) -> Iterator[tuple[list[Variable], list[Tie]]]:
    """The ties that hang together, with the variables they join, in the order of the ties."""
    names = _Names()
    ties = list(ties)
    for tie in ties:
        names.join(tie.about, tie.anchor or tie.about, ())
    groups: dict[Variable, tuple[dict[Variable, None], list[Tie]]] = {}
    for tie in ties:
        variables, group = groups.setdefault(names.of(tie.about), ({}, []))
        group.append(tie)
        variables.update(dict.fromkeys((tie.about, tie.anchor or tie.about)))
    return ((list(variables), group) for variables, group in groups.values())


def _contradiction(state: _State) -> frozenset[Tie]:
    """Some ties behind an empty set that contradict one another, while fewer of them do not."""
    assert state.empty is not None
    behind = state.behind(state.empty)
    return frozenset(_smallest(behind, lambda some: _propagate(some, state.known).empty is not None, state.empty[0]))


@dataclass
class _State:
    """Where a propagation stands; days that must be one and the same share a name, see :class:`_Names`."""

    names: _Names
    known: Mapping[Variable, int]
    days: dict[Variable, int]
    named: dict[Variable, list[Tie]]
    cause: dict[Variable, dict[_Distance, None]] = field(default_factory=dict)
    empty: Variable | None = None

    def of(self, variable: Variable) -> int:
        """What a variable can be."""
        return self.days.get(self.names.of(variable), daysets.ALL)

    def behind(self, variable: Variable) -> frozenset[Tie]:
        """Every tie that had a part in what is left of a variable, or could have had it."""
        found: set[Tie] = set()
        seen: set[Variable] = set()
        stack = [self.names.of(variable)]
        while stack:
            here = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            found.update(self.names.ties.get(here, ()), self.named.get(here, ()))
            for distance in self.cause.get(here, ()):
                found.update(distance.ties)
                stack += (distance.about, distance.anchor)
        return frozenset(found)


class _Names:
    """Days that must be the same one have one name (union-find); ``ties`` says which ties made it so."""

    def __init__(self) -> None:
        self._parent: dict[Variable, Variable] = {}
        self.ties: dict[Variable, set[Tie]] = {}

    def of(self, variable: Variable) -> Variable:
        root = variable
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while variable != root:  # the next one who asks gets there at once
            self._parent[variable], variable = root, self._parent[variable]
        return root

    def join(self, one: Variable, other: Variable, ties: Iterable[Tie]) -> None:
        """Make two days one; the smaller name stays."""
        first, second = sorted((self.of(one), self.of(other)))
        self.ties.setdefault(first, set()).update(ties)
        if first != second:
            self._parent[second] = first
            self.ties[first] |= self.ties.pop(second, set())


@dataclass(frozen=True, eq=False)
class _Distance:
    """Everything said of the distance of two days in one unit, put together."""

    about: Variable
    anchor: Variable
    unit: str
    least: int | None
    most: int | None
    ties: tuple[Tie, ...]

    @property
    def same(self) -> bool:
        """Whether the two are one day."""
        return self.unit == "day" and self.least == self.most == 0

    @property
    def impossible(self) -> bool:
        """Whether no two days are that far apart."""
        low, high = self.least, self.most
        apart = low is not None and high is not None and low > high
        itself = self.about == self.anchor and not ((low is None or low <= 0) and (high is None or high >= 0))
        return apart or itself

    def allowed(self, days: Mapping[Variable, int]) -> Iterable[tuple[Variable, int]]:
        """What each of the two can be, seen from the other."""
        back = (_negative(self.most), _negative(self.least))
        if self.unit == "day":
            yield self.about, daysets.moved(days[self.anchor], self.least, self.most)
            yield self.anchor, daysets.moved(days[self.about], *back)
        else:
            yield self.about, daysets.moved_by_units(days[self.anchor], self.unit, self.least, self.most)
            yield self.anchor, daysets.moved_by_units(days[self.about], self.unit, *back)


def _negative(number: int | None) -> int | None:
    return None if number is None else -number


def _distances(ties: Iterable[Tie]) -> tuple[_Names, list[_Distance]]:
    """Give one name to days that are the same, and put together what is said of the distance of two.

    "On Wednesday" said of what is past and of what is to come leaves no other day than the one between.
    """
    names = _Names()
    apart = [tie for tie in ties if tie.anchor is not None]
    while True:
        found: dict[tuple[Variable, Variable, str], _Distance] = {}
        for tie in apart:
            assert tie.anchor is not None
            about, anchor = names.of(tie.about), names.of(tie.anchor)
            low, high = tie.clue.least, tie.clue.most
            if about > anchor:
                about, anchor, low, high = anchor, about, _negative(high), _negative(low)
            key = (about, anchor, tie.clue.unit)
            old = found.get(key)
            if old is not None:
                low = max((n for n in (low, old.least) if n is not None), default=None)
                high = min((n for n in (high, old.most) if n is not None), default=None)
            found[key] = _Distance(*key, low, high, (*(old.ties if old else ()), tie))
        same = [d for d in found.values() if d.same and d.about != d.anchor]
        if not same:
            return names, list(found.values())
        for distance in same:
            names.join(distance.about, distance.anchor, distance.ties)


def _propagate(ties: Sequence[Tie], known: Mapping[Variable, int]) -> _State:
    names, distances = _distances(ties)
    named: dict[Variable, list[Tie]] = {}
    for tie in ties:
        if tie.clue.days is not None:
            named.setdefault(names.of(tie.about), []).append(tie)
    state = _State(names, known, _start(names, ties, known), named)
    touching: dict[Variable, list[_Distance]] = {}
    for distance in distances:
        for variable in (distance.about, distance.anchor):
            touching.setdefault(variable, []).append(distance)
        if distance.impossible:
            state.cause.setdefault(distance.about, {})[distance] = None
            state.empty = distance.about
            return state
    for variable, own in named.items():
        for tie in own:
            if not _take(state, variable, daysets.matching(str(tie.clue.days)), None):
                return state
    waiting = dict.fromkeys(distances)  # a queue in which everything stands once
    while waiting:
        distance = next(iter(waiting))
        del waiting[distance]
        for variable, allowed in distance.allowed(state.days):
            before = state.days[variable]
            if not _take(state, variable, allowed, distance):
                return state
            if state.days[variable] != before:
                waiting.update(dict.fromkeys(touching[variable]))
    return state


def _start(names: _Names, ties: Iterable[Tie], known: Mapping[Variable, int]) -> dict[Variable, int]:
    days = {names.of(v): daysets.ALL for tie in ties for v in (tie.about, tie.anchor) if v is not None}
    for variable, given in known.items():
        name = names.of(variable)
        days[name] = days.get(name, daysets.ALL) & given
    return days


def _take(state: _State, variable: Variable, allowed: int, cause: _Distance | None) -> bool:
    """Leave a variable only what is allowed; false when that is nothing."""
    left = state.days[variable] & allowed
    if left != state.days[variable]:
        state.days[variable] = left
        if cause is not None:
            state.cause.setdefault(variable, {})[cause] = None
    if not left:
        state.empty = variable
    return bool(left)


def _smallest(ties: Iterable[Tie], enough: Callable[[Sequence[Tie]], bool], article: str) -> list[Tie]:
    """Ties that are enough for something, while no smaller part of them is (QuickXplain).

    What the words say comes first, so that a habit is among them only where it is needed; and of both what the article
    itself says, before what others say.
    """

    def needed(base: list[Tie], added: bool, rest: list[Tie]) -> list[Tie]:
        if added and enough(base):
            return []
        if len(rest) == 1:
            return rest
        first, second = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        later = needed(base + first, bool(first), second)
        return needed(base + later, bool(later), first) + later

    if enough([]):  # ties that leave every day open
        return []
    return needed([], False, sorted(ties, key=lambda tie: (tie.clue.usual, tie.about[0] != article, _order(tie))))


def _order(tie: Tie) -> tuple[object, ...]:
    clue = tie.clue
    return (
        tie.about,
        tie.anchor or ("", ""),
        clue.start,
        clue.end,
        clue.rule,
        clue.days or "",
        str(clue.least),
        str(clue.most),
        clue.unit,
        clue.previous,
        clue.usual,
    )
