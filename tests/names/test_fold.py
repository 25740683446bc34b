"""The keys of names, and romanisation."""

from __future__ import annotations

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozmova.names.fold import fold, romanise

# Regular spellings of one Slavic surname: Ukrainian, Russian, Polish, English.
ALIKE = """
Зеленський Зеленский Zełenski Zelensky Zelenskyy Zelenskyi
Порошенко Порошенко Poroszenko Poroshenko
Шмигаль Шмыгаль Szmyhal Shmyhal
Яценюк Яценюк Jaceniuk Yatsenyuk Yatseniuk
Кулеба Кулеба Kułeba Kuleba
Сибіга Сибига Sybiha Sybiha
Єрмак Ермак Jermak Yermak
Пристайко Пристайко Prystajko Prystaiko
Резніков Резников Reznikow Reznikov
Умєров Умеров Umierow Umerov
Залужний Залужный Załużny Zaluzhnyi Zaluzhny
Сирський Сырский Syrski Syrskyi
Жовква Жовква Żowkwa Zhovkva
Подоляк Подоляк Podolak Podolyak
Данілов Данилов Daniłow Danilov
Кислиця Кислица Kysłycia Kyslytsya
Дещиця Дещица Deszczyca Deshchytsya
Турчинов Турчинов Turczynow Turchynov
Янукович Янукович Janukowycz Yanukovych
Свириденко Свириденко Swyrydenko Svyrydenko
Лавров Лавров Ławrow Lavrov
Путін Путин Putin Putin
Медведєв Медведев Miedwiediew Medvedev
Пєсков Песков Pieskow Peskov
Захарова Захарова Zacharowa Zakharova
Шойгу Шойгу Szojgu Shoigu Shoygu
Рябков Рябков Riabkow Ryabkov
Ушаков Ушаков Uszakow Ushakov
Небензя Небензя Niebienzia Nebenzya
Патрушев Патрушев Patruszew Patrushev
Мішустін Мишустин Miszustin Mishustin
Бєлоусов Белоусов Biełousow Belousov
Моравецький Моравецкий Morawiecki
Качинський Качинский Kaczyński Kaczynski
Ващиковський Ващиковский Waszczykowski
Чапутович Чапутович Czaputowicz
Домбровський Домбровский Dąbrowski
Валенса Валенса Wałęsa
Семоняк Семоняк Siemoniak
Косіняк-Камиш Косиняк-Камыш Kosiniak-Kamysz
Вучич Вучич Vuczić Vučić
Чапутова Чапутова Čaputová
Орбан Орбан Orbán Orban
Алієв Алиев Alijew Aliyev
Токаєв Токаев Tokajew Tokayev
Пашинян Пашинян Paszinian Pashinyan
Бабіш Бабиш Babiš
Макрон Макрон Macron
Пісторіус Писториус Pistorius
Чавушоглу Чавушоглу Çavuşoğlu
""".strip().splitlines()

DIFFERENT = [
    ("Путін", "Пушилін"),
    ("Лавров", "Лаврик"),
    ("Шмигаль", "Шмідт"),
    ("Кулеба", "Кулик"),
    ("Зеленський", "Зелінський"),
    ("Іванов", "Іваненко"),
    ("Duda", "Buda"),
    ("Merz", "Merkel"),
    ("Michel", "Miller"),
    ("Сандра", "Санду"),
    ("Орбан", "Урбан"),
    ("Macron", "Marcon"),
    ("Жуков", "Зуков"),
    ("Шевченко", "Чевченко"),
]


@pytest.mark.parametrize("line", ALIKE)
def test_regular_spellings_share_one_key(line: str) -> None:
    assert len({fold(name) for name in line.split()}) == 1, {name: fold(name) for name in line.split()}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_key_keeps_the_parts_of_a_name_apart() -> None:
    assert fold("фон дер Ляєн").split()[:2] == ["fon", "der"]
    assert fold(" Grabar-Kitarović ") == "hrabar-kitarovih"


def test_no_letters_no_key() -> None:
    assert fold("") == fold("—") == fold("24") == ""


@given(st.text(max_size=30))
def test_any_text_gives_a_plain_key(text: str) -> None:
    assert all(c.isascii() and (c.islower() or c in " -") for c in fold(text))


def test_apostrophes_and_case_do_not_matter() -> None:
    assert fold("В'ячеслав") == fold("В’ячеслав") == fold("ВʼЯЧЕСЛАВ")


def test_a_known_key_costs_less_than_five_microseconds() -> None:
    fold("Зеленський")
    assert min(timeit.repeat(lambda: fold("Зеленський"), number=1000, repeat=5)) / 1000 < 5e-6


@pytest.mark.parametrize(
    ("name", "lang", "latin"),
    [
        ("Єнакієве", "uk", "Yenakiieve"),
        ("Згурський", "uk", "Zghurskyi"),
        ("Юрій Їжакевич", "uk", "Yurii Yizhakevych"),
        ("Короп'є", "uk", "Koropie"),
        ("Щербухи", "uk", "Shcherbukhy"),
        ("Ґалаґан", "uk", "Galagan"),
        ("ЄРМАК", "uk", "YERMAK"),
        ("Знам’янський", "uk", "Znamianskyi"),
        ("Сергей Рябков", "ru", "Sergey Ryabkov"),
        ("Юрий Ельцин", "ru", "Yury Yeltsin"),
        ("Щёкин", "ru", "Shchyokin"),
        ("Каменный", "ru", "Kamenny"),
        ("Воробьёв", "ru", "Vorobyov"),
        ("Łukasz Ślęzak", "pl", "Łukasz Ślęzak"),
        ("John O'Neill", "en", "John O'Neill"),
        ("Smith", "uk", "Smith"),
    ],
)
def test_romanisation(name: str, lang: str, latin: str) -> None:
    assert romanise(name, lang) == latin


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        romanise("Ім'я", "xx")
