"""Where words that were asked for stand in a text: found by how they begin, and the rest of the text not looked up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from handmade import make_article, make_reading
from rozmova.records import Reading
from rozmova.store import terms
from rozmova.store.beginnings import beginning_like
from rozmova.store.snippets import marks
from rozmova.store.terms import asked, words


def reading(text: str, lang: str) -> Reading:
    found = make_reading(make_article(text))
    return replace(found, article=replace(found.article, lang=lang))


@pytest.mark.parametrize(
    ("lang", "text", "phrases", "shown"),
    [
        ("uk", "До Києва приїхав посол, бо в Києві тихо.", ["Київ"], ["Києва", "Києві"]),
        ("uk", "У Києві тихо, а київський голова в Львові.", ["Kijów"], ["Києві"]),
        ("pl", "Zełenskiego witano w Łodzi; zielony stół stał w sali.", ["Зеленський"], ["Zełenskiego"]),
        (
            "pl",
            "Premierzy-negocjatorzy wyszli; premierów nie pytano.",
            ["premier"],
            ["Premierzy-negocjatorzy", "premierów"],
        ),
        ("ru", "Советники пришли; с советниками говорили долго.", ["советник"], ["Советники", "советниками"]),
        ("ru", "Глава делегации и новый глава говорили о главе книги.", ["глава делегации"], ["Глава делегации"]),
        ("en", "The prime of its life: the minister and a prime minister met.", ["prime minister"], ["prime minister"]),
        ("en", "«Sanctions», he said; sand was sold.", ["sanctions"], ["Sanctions"]),
        ("en", "They went home at once.", ["go"], ["went"]),
        ("en", "Nothing of the kind is told here.", ["sanctions"], []),
        ("uk", "", ["Київ"], []),
    ],
)
def test_forms_of_what_was_asked_are_marked(lang: str, text: str, phrases: list[str], shown: list[str]) -> None:
    wanted = [[asked(word) for word in phrase.split()] for phrase in phrases]
    assert [text[mark.start : mark.end] for mark in marks(text, wanted, reading(text, lang))] == shown


def test_forms_that_begin_otherwise_are_looked_for_where_that_is_asked() -> None:
    text, wanted = "They went home at once.", [[asked("go")]]
    assert marks(text, wanted, reading(text, "en"), thorough=False) == []
    assert len(marks(text, wanted, reading(text, "en"), thorough=True)) == 1


def test_most_words_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rozmawiano długo. Prezydent mówił o drogach, a premier przerywał prezydentowi i prosił o przerwę."
    looked: list[str] = []
    real = terms._words
    monkeypatch.setattr(terms, "_words", lambda chunk, lang: looked.append(chunk) or real(chunk, lang))
    assert len(marks(text, [[asked("prezydent")]], reading(text, "pl"))) == 2
    assert looked == ["Prezydent", "prezydentowi"]


@pytest.mark.parametrize(
    ("word", "may", "may_not"),
    [
        ("Київ", ("Києва", "(Києвом)", "КИЇВ", "Kijowem", "не-Київ"), ("Харків", "kijem", "12", "")),
        ("Zełenski", ("Зеленского", "«Zełenskiemu»", "Зеленський"), ("зелений", "Залужний", "Zeman")),
        ("переговори", ("переговорів", "переговорах"), ("переклад", "перемога", "Передача")),
        ("об'єднання", ("об’єднанням", "Об'єднань", "наб-об\u0301’єднанні"), ("єднання", "об’єкт", "об'їзд")),
        ("žluťák", ("zluták", "ŽLUŤÁKA"), ("žalud",)),
        ("2022", ("2022", "(2022)"), ("12022", "1999")),
        ("Strauß", ("Strauss", "STRAUSSA", "strauß"), ("trasa",)),
    ],
)
def test_how_words_begin(word: str, may: tuple[str, ...], may_not: tuple[str, ...]) -> None:
    begins = beginning_like([asked(word)])
    assert [chunk for chunk in (*may, *may_not) if list(begins(chunk))] == list(may)


LETTERS = st.text("абвґєіїйщьюяёъыэqabcłóżźśćńęxyzß'’", min_size=1, max_size=9).map(lambda w: w.strip("'’") or "а")
WORDS = LETTERS | LETTERS.map(str.title) | st.sampled_from(["Києва", "prezydentowi", "12", "об'єднання", "went"])
SPACES = st.sampled_from([" ", "  ", "\n", " — ", ", "])


@example("Y'Abßааэ", [], [])
@given(WORDS, st.lists(st.tuples(WORDS, SPACES), max_size=6), st.lists(st.tuples(SPACES, WORDS), max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_word_is_found_where_it_stands_as_it_was_asked_for(
    word: str, before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    text = "".join(map("".join, before))
    at = len(text)
    text += word + "".join(map("".join, after))
    assert at in set(beginning_like([asked(word)])(text))


@given(st.lists(st.tuples(WORDS, SPACES), max_size=12), st.sets(st.integers(0, 60), max_size=6), st.integers(0, 2))
@settings(max_examples=200, deadline=None)
def test_words_at_some_places_come_once_and_in_their_order(
    drawn: list[tuple[str, str]], places: set[int], around: int
) -> None:
    text = "".join(map("".join, drawn))

    def only(_: str) -> Iterator[int]:
        return (at for at in places if at < len(text) and not text[at].isspace())

    every, some = list(words(text, "uk")), list(words(text, "uk", only, around))
    chunks = [
        n for n, m in enumerate(terms._CHUNK.finditer(text)) if any(m.start() <= at < m.end() for at in only(text))
    ]
    near = {m for n in chunks for m in range(n - around, n + around + 1)}
    spans = [m.span() for n, m in enumerate(terms._CHUNK.finditer(text)) if n in near]
    assert some == [word for word in every if any(start <= word.start < end for start, end in spans)]


def test_a_text_without_spaces_is_gone_through_once() -> None:
    text = "президент-" * 20_000
    looked = 0

    class Counting(str):
        def __getitem__(self, at: object) -> str:  # type: ignore[override]
            nonlocal looked
            looked += 1
            return super().__getitem__(at)  # type: ignore[index]

    places = list(beginning_like([asked("президент")])(text))
    assert len(places) == 20_000
    assert list(terms._stretches(Counting(text), places, 1)) == [(0, len(text))]
    assert looked < len(text)
