"""B-cubed by hand."""

from __future__ import annotations

import pytest

from rozmova.evaluation.clusters import b_cubed

TRUE = {"a": "x", "b": "x", "c": "y"}


@pytest.mark.parametrize(
    ("ours", "chosen", "expected"),
    [
        ({"a": 1, "b": 1, "c": 2}, None, (1, 1)),
        ({"a": 1, "b": 2, "c": 3}, None, (1, 2 / 3)),
        ({"a": 1, "b": 1, "c": 1}, None, (5 / 9, 1)),
        ({"a": 1, "b": 1, "c": 1}, ["c"], (1 / 3, 1)),
        ({"a": 1, "b": 1, "c": 1}, [], (1, 1)),
    ],
)
def test_b_cubed(ours: dict[str, int], chosen: list[str] | None, expected: tuple[float, float]) -> None:
    found = b_cubed(ours, TRUE, chosen)
    assert found[:2] == pytest.approx(expected)


def test_clusterings_of_different_things_are_refused() -> None:
    with pytest.raises(ValueError, match="same things"):
        b_cubed({"a": 1}, TRUE)
