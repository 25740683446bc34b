"""One spelling for matching: apostrophes, invisible characters, look-alike letters, spaces."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozmova.text.analysis import analyst
from rozmova.text.script import APOSTROPHES, INVISIBLE, fold_word, is_cyrillic


@pytest.mark.parametrize("apostrophe", list("'’ʼ‘`´\u0092"))
def test_every_apostrophe_is_the_straight_one(apostrophe: str) -> None:
    assert fold_word(f"п{apostrophe}ять") == "п'ять"


@pytest.mark.parametrize("char", list(INVISIBLE))
def test_invisible_characters_go(char: str) -> None:
    assert fold_word(f"пере{char}говори") == "переговори"
    assert fold_word(f"roz{char}mowa") == "rozmowa"


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Moсквa", "москва"),  # M, o and the last a are Latin
        ("Oслo", "осло"),
        ("Yкраїна", "україна"),  # the Y is Latin
        ("Уork", "york"),  # the У is Cyrillic
        ("Хельсiнкi", "хельсінкі"),
        ("Bipменія", "вірменія"),
        ("Wаrsaw", "warsaw"),  # the first а is Cyrillic
        ("Warsaw", "warsaw"),
        ("Йо\u0301сип", "йосип"),
        ("И\u0306осип", "йосип"),
        ("Łódź", "łódź"),
        ("o\u0301semka", "osemka"),  # a stress mark is no letter; Polish ó comes as one character
    ],
)
def test_a_word_becomes_one_script(word: str, folded: str) -> None:
    assert fold_word(word) == folded


def test_the_letter_with_its_own_mark_stays() -> None:
    assert fold_word("ósemka") == "ósemka"
    assert fold_word("Ґанок") == "ґанок"
    assert fold_word("ЁЛКА") == "ёлка"


@given(st.text(alphabet=st.characters(categories=("L", "M", "P")), max_size=20))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъёАБВЄІЇ'", max_size=20))
def test_cyrillic_words_only_lose_their_capitals(word: str) -> None:
    assert fold_word(word) == unicodedata.normalize("NFC", word).lower()


@given(st.text(alphabet="aąbcćdeęłńoópśźżxyzABŁ", max_size=20))
def test_latin_words_only_lose_their_capitals(word: str) -> None:
    assert fold_word(word) == word.lower()


@given(st.text(alphabet="абвсеорхуі", min_size=4, max_size=8), st.data())
def test_latin_twins_in_a_cyrillic_word_make_no_difference(word: str, data: st.DataObject) -> None:
    twins = dict(zip("асеорхуі", "aceopxyi", strict=True))
    places = data.draw(st.sets(st.integers(0, len(word) - 1), max_size=len(word) // 2))
    mixed = "".join(twins.get(c, c) if i in places else c for i, c in enumerate(word))
    assert fold_word(mixed) == word


def test_is_cyrillic() -> None:
    assert all(map(is_cyrillic, "аїґёЪ"))
    assert not any(map(is_cyrillic, "ałé1-" + APOSTROPHES))


@pytest.mark.parametrize("printed", ["президент", "пре\u00adзидент", "прези\u0301дент", "Президeнт"])
def test_the_analysis_reads_folded_words_and_keeps_the_printed_ones(printed: str) -> None:
    text = f"Вчора\u00a0{printed} мовчав."
    token = analyst("uk").analyse(text).tokens[1]
    assert token.text == printed == text[token.start : token.end]
    assert token.low == "президент"
    assert "президент/NOUN" in token.keys
