"""Intervals for the measures: how much they would move with other articles of the same sort.

Articles are drawn with replacement and their counts added up, as often as asked; an interval cuts off the same share of
the resampled values at both ends. Whole articles are drawn because the contacts of one article succeed and fail
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec.structs import astuple

from rozmova.evaluation.score import RATES, Counts

RESAMPLES = 1000
LEVEL = 0.95

_BITS = 40  # room for one count in a packed sum
_MASK = (1 << _BITS) - 1

Interval = tuple[float, float]


def intervals(
    counts: Sequence[Counts], *, seed: int | str = 0, resamples: int = RESAMPLES, level: float = LEVEL
) -> dict[str, Interval | None]:
    """The interval of every measure of :data:`RATES` over articles with these counts.

    The same counts, seed and number of resamples give the same intervals on every machine. Resamples in which a measure
    has nothing to divide by are left out of its interval; it is None where that is so in all of them. Raises
    ``ValueError`` for less than one resample or a level outside 0 to 1.
    """
    if resamples < 1 or not 0 < level < 1:
        raise ValueError(f"at least one resample and a level between 0 and 1 are needed, not {resamples} and {level}")
    if not counts:
        return {rate.name: None for rate in RATES}
    # One long integer per article: adding those is many times faster than adding the counts one by one.
    packed = [_pack(item) for item in counts]
    rng = Random(seed)
    sums = [_unpack(sum(rng.choices(packed, k=len(packed)))) for _ in range(resamples)]
    result: dict[str, Interval | None] = {}
    for rate in RATES:
        values = sorted(rate.value(item) for item in sums if rate.base(item))
        cut = (1 - level) / 2
        result[rate.name] = (quantile(values, cut), quantile(values, 1 - cut)) if values else None
    return result


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the sorted, non-empty values lies, interpolated between two."""
    position = share * (len(values) - 1)
    low = int(position)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (position - low)


def _pack(counts: Counts) -> int:
    return sum(value << (_BITS * i) for i, value in enumerate(astuple(counts)))


def _unpack(packed: int) -> Counts:
    return Counts(*((packed >> (_BITS * i)) & _MASK for i in range(len(Counts.__struct_fields__))))
