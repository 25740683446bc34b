"""What has a name, in whatever language."""

from __future__ import annotations

import pytest

from rozmova.names.known import known_as


@pytest.mark.parametrize(
    ("names", "id", "label"),
    [
        (("Київ", "Киев", "Kijów", "Kyiv", "київ"), "Q1899", "Kyiv"),
        (("Україна", "Украина", "Ukraina", "Ukraine"), "Q212", "Ukraine"),
        (("НАТО", "NATO"), "Q7184", "NATO"),
        (("Буенос-Айрес", "Buenos Aires"), "Q1486", "Buenos Aires"),
        (("Кремль", "Kreml", "Kremlin"), "x:kremlin", "Kremlin"),
    ],
)
def test_names_in_all_languages_mean_one_thing(names: tuple[str, ...], id: str, label: str) -> None:
    assert {known for name in names for known in known_as(name)} == {(id, label)}
    assert all(known_as(name) for name in names)


@pytest.mark.parametrize("word", ["", "розмова", "call", "Зеленський", "Rozmova", "кий", "-", "не", "и"])
def test_other_words_mean_nothing(word: str) -> None:
    assert known_as(word) == frozenset()
