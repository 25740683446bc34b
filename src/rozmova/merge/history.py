"""What became of a contact: its status step by step, and where it stands now."""

from __future__ import annotations

from collections.abc import Sequence

from rozmova.merge.accounts import ALWAYS, PENDING, Told
from rozmova.records import MergedContact, Status, StatusStep
from rozmova.times import edtf

_RANK: dict[Status, int] = {"proposed": 0, "planned": 1, "declined": 2, "cancelled": 3, "held": 4}
"""Of reports of one day the later stage comes last."""


def history(accounts: Sequence[Told]) -> tuple[StatusStep, ...]:
    """The changes of status in the order in which they were published, each with the first article that reports it.

    A report that only repeats the status and its date is no step; nor is one that still speaks of a plan when another
    article has already told that the contact took place, nor a proposal after a plan.
    """
    steps: list[StatusStep] = []
    for told in sorted(accounts, key=_as_reported):
        contact = told.account.contact
        if steps and _nothing_new(steps[-1], contact.status, contact.date):
            continue
        steps.append(
            StatusStep(
                status=contact.status, date=contact.date, article=told.account.article, published=told.account.published
            )
        )  # fmt: skip
    return tuple(steps)


def _nothing_new(last: StatusStep, status: Status, date: str | None) -> bool:
    if status == last.status:
        # A plan that gets its first date has moved on; other wordings of one date have not.
        return status not in PENDING or last.date is not None or date is None
    return status in PENDING and (last.status == "held" or _RANK[status] < _RANK[last.status] < _RANK["declined"])


def current(accounts: Sequence[Told]) -> Status:
    """Where the contact stands: held if any article says so, else the last step of its history."""
    steps = history(accounts)
    return "held" if any(step.status == "held" for step in steps) else steps[-1].status


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
