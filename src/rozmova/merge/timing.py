"""How near in time two accounts are when one of them, or both, give no date.

A plan is told before the contact, an event after it, and both soon: the day of publication stands in for the date. How
far it reaches depends on whether something besides the parties (place, initiator, duration) speaks for one contact.
"""

from __future__ import annotations

from datetime import timedelta

from rozmova.merge.accounts import PENDING, Told
from rozmova.times.edtf import Span

SLACK = timedelta(1)
"""By which a publication may seem to lie before what it reports, because of time zones."""
FRESH = timedelta(3)
"""News of a contact that took place comes within this, when nothing but the parties speaks for that contact."""
LAG = timedelta(14)
"""... and within this when the place, the duration or the initiator does; plans without a date reach as far ahead."""
AHEAD = timedelta(90)
"""A plan without a date reaches this far ahead when the place or the initiator speaks for it."""
_SAME_NEWS = timedelta(2)
"""Two reports without a date are of one contact when they came out within this."""
_STILL_OPEN = timedelta(30)
"""Reports of one plan without a date are spread over no more than this."""


def distance(a: Told, b: Told) -> timedelta | None:
    """How far an account without a date is from the other; None when they cannot mean the same (or nobody knows when).

    Between two dated accounts it is nothing.
    """
    if a.days and b.days:
        return timedelta(0)
    if a.days or b.days:
        dated, undated = (a, b) if a.days else (b, a)
        day = _known(undated)
        gaps = [_gap(undated.account.contact.status, day, days) for days in dated.days] if day else []
        return min((gap for gap in gaps if gap is not None), default=None)
    one, other, gap = _known(a), _known(b), apart(a, b)
    if not one or not other or gap is None:
        return None
    first, last = (a, b) if one.first <= other.first else (b, a)
    # A plan told after the event is a plan for another one.
    late = first.account.contact.status == "held" and last.account.contact.status in PENDING
    return None if late and gap else gap


def apart(a: Told, b: Told) -> timedelta | None:
    """How long after one account the other came out; None when nobody knows."""
    one, other = _known(a), _known(b)
    return max(timedelta(0), one.first - other.last, other.first - one.last) if one and other else None


def _known(told: Told) -> Span | None:
    """When the account came out, if that is known well enough to say when its contact was."""
    span = told.published
    return span if span and span.last - span.first <= LAG else None


def _gap(status: str, published: Span, days: Span) -> timedelta | None:
    """From the publication to the contact: a plan is told before, an event after it."""
    ahead, behind = days.first - published.last, published.first - days.last
    if (status in PENDING and behind > timedelta(0)) or (status == "held" and ahead > SLACK):
        return None
    return max(timedelta(0), ahead, behind)


def furthest(a: Told, b: Told, supported: bool = True) -> timedelta:
    """Up to where two accounts of which one at least has no date may still meet."""
    statuses = {t.account.contact.status for t in (a, b)}
    if not a.days and not b.days:
        return _SAME_NEWS if statuses == {"held"} else _STILL_OPEN if supported and statuses <= PENDING else LAG
    undated = b if a.days else a
    if undated.account.contact.status in PENDING:
        return AHEAD if supported else LAG
    return LAG if supported or undated.account.contact.status != "held" else FRESH
