"""When two values of a field say the same in other words."""

from __future__ import annotations

from rozmova.records import Contact

_ABOUT, _OVER, _UNDER = 0.1, 1.25, 0.75
"""How far "about" reaches both ways, "over" up and "under" down, as a share of the minutes said."""


def minutes_meet(a: Contact, b: Contact) -> bool:
    """Whether two durations may be one; both contacts must have one."""
    (low, high), (least, most) = _reach(a), _reach(b)
    return low <= most and least <= high


def _reach(contact: Contact) -> tuple[float, float]:
    minutes = contact.duration_minutes or 0.0
    match contact.duration_qualifier:
        case "about":
            return minutes * (1 - _ABOUT), minutes * (1 + _ABOUT)
        case "over":
            return minutes, minutes * _OVER
        case "under":
            return minutes * _UNDER, minutes
        case _:
            return minutes, minutes
