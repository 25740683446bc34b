"""One value for each field of a merged contact, and how far its accounts agree on it.

Copies of one text count once. Agreement: ``single`` when one account gives a value, ``agreed`` when several do and
their values can all be true, ``disputed`` when they cannot. A field for which no account gives a value has no entry.
A date from which the contact was moved is no value of it any more. Whose an account is decides only between values
that equally many give: a party's own readout knows its contact best, but must not outvote what others saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeVar

from rozmova.merge import compare
from rozmova.merge.accounts import Told, spans
from rozmova.merge.history import current, history, on_again
from rozmova.merge.moves import given_up
from rozmova.merge.people import parties
from rozmova.merge.values import minutes_meet
from rozmova.merge.voices import LAST, rank
from rozmova.records import Agreement, Contact, DateBasis, Edtf, MergedContact, Place, Qualifier, Status, Topic

_BASIS: tuple[DateBasis | None, ...] = ("explicit", "relative", "inferred", None)
_QUALIFIER: tuple[Qualifier | None, ...] = (None, "about", "over", "under")
"""From the most to the least precise."""

Meet = Callable[[Told, Told], bool]
_T = TypeVar("_T")


def merged(id: str, accounts: Sequence[Told]) -> MergedContact:
    """The merged contact of some accounts, which must be in the order of :func:`rozmova.merge.accounts.in_time`."""
    contacts = [t.account.contact for t in accounts]
    explicit = _once((t for t in accounts if t.account.contact.channel != "unspecified"), lambda c: c.channel)
    movers = [t for t in accounts if t.moved]
    current_dates = [t for t in accounts if not given_up(t, movers)] if movers else accounts
    dated = _once((t for t in current_dates if t.days), lambda c: c.date)
    begun = _once((t for t in accounts if t.initiator), lambda c: c.initiator)
    placed = _once((t for t in accounts if t.account.contact.place), lambda c: c.place and c.place.id)
    timed = _once(
        (t for t in accounts if t.account.contact.duration_minutes is not None),
        lambda c: (c.duration_minutes, c.duration_qualifier),
    )
    stood = _once(accounts, lambda c: c.status)
    channel = _most(explicit, lambda t: t.account.contact.channel) or "unspecified"
    status = current(accounts)
    date, basis = _date(dated)
    minutes, qualifier = _duration(timed)
    agreement = {
        "parties": _agreement(
            _once(accounts, lambda c: frozenset(p.id for p in c.parties)),
            lambda a, b: compare.parties(a, b) != compare.AGAINST,
        ),
        "channel": _agreement(explicit, lambda a, b: a.account.contact.channel == b.account.contact.channel),
        "status": _status_agreement(stood, status),
        "date": _agreement(dated, _dates_meet),
        "initiator": _agreement(begun, lambda a, b: a.initiator == b.initiator),
        "place": _agreement(placed, _places_meet),
        "duration_minutes": _agreement(timed, lambda a, b: minutes_meet(a.account.contact, b.account.contact)),
    }
    return MergedContact(
        id=id,
        parties=parties(accounts),
        channel=channel,
        form=_most((t for t in accounts if t.account.contact.channel == channel), lambda t: t.account.contact.form)
        or contacts[0].form,
        status=status,
        date=date,
        date_basis=basis,
        initiator=_initiator(begun),
        place=_place(placed),
        duration_minutes=minutes,
        duration_qualifier=qualifier,
        topics=_topics(contacts),
        agreement={name: said for name, said in agreement.items() if said},
        status_history=history(accounts),
        accounts=tuple(t.account for t in accounts),
        independent=len({t.family for t in accounts}),
    )


def _once(accounts: Iterable[Told], value: Callable[[Contact], object]) -> list[Told]:
    """One account for each text and value: copies, forty or not, are no further witnesses unless they were changed."""
    found: dict[tuple[str, object], Told] = {}
    for told in accounts:
        key = told.family, value(told.account.contact)
        first = found.setdefault(key, told)
        if rank(told.account) < rank(first.account):
            found[key] = told  # a readout stays one, whoever had printed it before
    return list(found.values())


def _most(accounts: Iterable[Told], value: Callable[[Told], _T]) -> _T | None:
    """The most frequent value; of equally frequent ones the one of the best :func:`rank`, then that published first."""
    said = _ranked(accounts, value)
    return min(said, key=said.__getitem__, default=None)


def _ranked(accounts: Iterable[Told], value: Callable[[Told], _T]) -> dict[_T, tuple[int, int]]:
    """For each value minus the number of accounts that give it, and the best rank of one of them; best is smallest."""
    found: dict[_T, tuple[int, int]] = {}
    for told in accounts:
        number, best = found.get(given := value(told), (0, LAST))
        found[given] = number - 1, min(best, rank(told.account))
    return found


def _date(dated: Sequence[Told]) -> tuple[Edtf | None, DateBasis | None]:
    """The most precise date, a time of day included; of equally precise ones that of most accounts, then as above."""
    said = _ranked(dated, lambda t: t.account.contact.date)

    def order(told: Told) -> tuple[bool, int, bool, int, int, int, str]:
        value = told.account.contact.date or ""
        first, last = min(s.first for s in spans(value)), max(s.last for s in spans(value))
        basis = _BASIS.index(told.account.contact.date_basis)
        return bool(set("?~%") & set(value)), (last - first).days, "T" not in value, *said[value], basis, value

    best = min(dated, key=order, default=None)
    return (best.account.contact.date, best.account.contact.date_basis) if best else (None, None)


def _initiator(begun: Sequence[Told]) -> str | None:
    """The side most accounts name, in the words (person or affiliation) most of them have for it."""
    side = _most(begun, lambda t: t.initiator)
    return _most((t for t in begun if t.initiator == side), lambda t: t.account.contact.initiator)


def _place(placed: Sequence[Told]) -> Place | None:
    """The place most accounts give; a town before a whole state or a part of the world."""
    known = [(t, t.account.contact.place) for t in placed if t.account.contact.place]
    towns = [t for t, place in known if place.state and not compare.is_state(place)]
    return _most(towns or [t for t, place in known if place.state] or placed, lambda t: t.account.contact.place)


def _duration(timed: Sequence[Told]) -> tuple[float | None, Qualifier | None]:
    """The length that fits most accounts, in its most precise wording, of the best rank."""
    kinds = _ranked(timed, lambda t: (t.account.contact.duration_minutes, t.account.contact.duration_qualifier))
    contacts = {(c.duration_minutes, c.duration_qualifier): c for c in (t.account.contact for t in timed)}

    def order(kind: tuple[float | None, Qualifier | None]) -> tuple[int, int, int, float]:
        less = sum(number for other, (number, _) in kinds.items() if minutes_meet(contacts[kind], contacts[other]))
        return less, _QUALIFIER.index(kind[1]), kinds[kind][1], kind[0] or 0.0

    return min(kinds, key=order, default=(None, None))


def _topics(contacts: Sequence[Contact]) -> tuple[Topic, ...]:
    """Every topic once; its offsets are those in the first account that has it."""
    first: dict[str, Topic] = {}
    for contact in contacts:
        for topic in contact.topics:
            first.setdefault(topic.label.casefold(), topic)
    return tuple(first.values())


def _agreement(accounts: Sequence[Told], meet: Meet) -> Agreement | None:
    """Of the accounts that give a value; ``meet`` says whether two of the values can both be true."""
    if len(accounts) < 2:
        return "single" if accounts else None
    kinds = list({t.signature: t for t in accounts}.values())
    return "agreed" if all(meet(a, b) for a, b in combinations(kinds, 2)) else "disputed"


def _status_agreement(accounts: Sequence[Told], status: Status) -> Agreement:
    """A plan that came about, or was called off and made again, is a history; held against cancelled is a dispute."""
    said = [t.account.contact.status for t in accounts]
    if len({"held", "cancelled", "declined"}.intersection(said)) > 1 and not on_again(accounts):
        return "disputed"
    return "single" if said.count(status) == 1 else "agreed"


def _dates_meet(a: Told, b: Told) -> bool:
    one, other = spans(a.account.contact.date), spans(b.account.contact.date)
    return any(x.first <= y.last and y.first <= x.last for x in one for y in other)


def _places_meet(a: Told, b: Told) -> bool:
    one, other = a.account.contact.place, b.account.contact.place
    if one is None or other is None or one.id == other.id or one.state is None or other.state is None:
        return True
    return one.state == other.state and (compare.is_state(one) or compare.is_state(other))
