"""When a contact was moved: two exact days of one contact, because an account says that one gave way to the other.

Without such words two days are two contacts. A day on which the contact is reported as held was not given up.
"""

from __future__ import annotations

from collections.abc import Iterable

from rozmova.merge.accounts import Told
from rozmova.times.edtf import Span


def moved(a: Told, b: Told) -> bool:
    """Whether one account tells that the contact was moved away from the date of the other."""
    return _away(a, b) or _away(b, a)


def given_up(told: Told, movers: Iterable[Told]) -> bool:
    """Whether one of the accounts tells that the contact was moved away from the date of this one."""
    return any(_away(mover, told) for mover in movers)


def _away(mover: Told, told: Told) -> bool:
    if not mover.moved or told.account.contact.status == "held":
        return False
    return _meet(mover.moved, told.days) and not _meet(mover.days, told.days)


def _meet(one: Iterable[Span], other: tuple[Span, ...]) -> bool:
    return any(x.first <= y.last and y.first <= x.last for x in one for y in other)
