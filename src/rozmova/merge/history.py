"""What became of a contact: its status step by step, from plan through other dates to the end, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from rozmova.merge.accounts import ALWAYS, PENDING, Told
from rozmova.merge.compare import AGAINST, OFF, dates
from rozmova.merge.moves import given_up
from rozmova.records import MergedContact, Status, StatusStep, StepStatus
from rozmova.times import edtf

_RANK: dict[Status, int] = {"proposed": 0, "planned": 1, "declined": 2, "cancelled": 3, "held": 4}
"""Of reports of one day the later stage comes last."""


def history(accounts: Sequence[Told]) -> tuple[StatusStep, ...]:
    """The changes of status in the order in which they were published, each with the first article that reports it.

    A plan that gets another exact date is a step ``moved``; an article that tells of a move and what came of it gives
    two. A report that only repeats the status and its date is no step; nor is one that still speaks of a plan when
    another article has already told that the contact took place, nor a proposal after a plan, nor a date given up.
    """
    return tuple(
        StatusStep(
            status=status, date=t.account.contact.date, article=t.account.article, published=t.account.published
        )
        for status, t in _steps(accounts)
    )  # fmt: skip


def current(accounts: Sequence[Told]) -> Status:
    """Where the contact stands: held if any article says so, else as the last step of its history tells."""
    stands = [told.account.contact.status for _, told in _steps(accounts)]
    return "held" if "held" in stands else stands[-1]


def on_again(accounts: Sequence[Told]) -> bool:
    """Whether the contact was planned or moved once more after it had last been called off."""
    stands = [status for status, _ in _steps(accounts)]
    off = max((n for n, status in enumerate(stands) if status in OFF), default=len(stands))
    return any(status in PENDING or status == "moved" for status in stands[off:])


def _steps(accounts: Sequence[Told]) -> list[tuple[StepStatus, Told]]:
    steps: list[tuple[StepStatus, Told]] = []
    movers: list[Told] = []
    planned: Told | None = None  # the account with the date for which the contact was planned when last heard of
    for told in sorted(accounts, key=_as_reported):
        status = told.account.contact.status
        if movers and status in PENDING and given_up(told, movers):
            continue
        if told.moved:
            movers.append(told)
        if planned is None and not told.moved:
            planned = told if told.exact else None
        elif _moves(told, planned) and all(stood != "held" for stood, _ in steps):
            steps.append(("moved", told))
            planned = told
            if status in PENDING:
                continue
        if not steps or steps[-1][1] is told or not _nothing_new(steps[-1][1], status, told.account.contact.date):
            steps.append((status, told))
    return steps


def _moves(told: Told, planned: Told | None) -> bool:
    """Whether an account gives the contact another date than the one it was ``planned`` for."""
    if planned is None or (told.moved and given_up(planned, [told])):
        return bool(told.moved)
    if told.exact is None or not (told.moved or told.account.contact.status in PENDING):
        return False
    return not planned.days or (told.exact != planned.exact and dates(told, planned) == AGAINST)


def _nothing_new(last: Told, status: Status, date: str | None) -> bool:
    stood, said = last.account.contact.status, last.account.contact.date
    if status == stood:
        # A plan that gets its first date has moved on; other wordings of one date have not.
        return status not in PENDING or said is not None or date is None
    return status in PENDING and (stood == "held" or _RANK[status] < _RANK[stood] < _RANK["declined"])


def unreported(contact: MergedContact, until: str | None) -> bool:
    """A contact that was only announced, whose last possible day lies before ``until`` (ISO), the latest news at hand.

    It stays planned: that nobody reports it does not mean that it did not take place.
    """
    if contact.status not in PENDING or until is None:
        return False
    try:
        return edtf.bounds(contact.date or "")[1].isoformat() < until
    except ValueError:
        return False


def _as_reported(told: Told) -> tuple[str, int, str, int]:
    """By publication; an article of unknown day goes where its status puts it: plans first, the rest last."""
    status = told.account.contact.status
    unknown = "" if status in PENDING else ALWAYS
    day = told.published.first.isoformat() if told.published else unknown
    return day, _RANK[status], *told.key
