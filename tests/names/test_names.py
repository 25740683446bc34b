"""Names in sentences of our own: what is found, in which words, in which nominative, and whom it means."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozmova.pipeline import read_steps
from rozmova.records import Article, NameMention


@cache
def names(text: str, lang: str, on: str | None = None) -> tuple[NameMention, ...]:
    article = Article(id="", path="test", text=text, sha256="", published=on)
    return read_steps(article, lang).names


def meant(text: str, lang: str, on: str | None = None) -> dict[str, str | None]:
    """Words of people, offices and groups -> whom they mean."""
    return {n.text: n.label for n in names(text, lang, on) if n.kind in ("person", "office", "group", "pronoun")}


# exact words, kinds and nominatives


def test_person_office_and_state_have_words_of_their_own() -> None:
    found = names("Телеграму держсекретаря США Ентоні Блінкена показали міністрам.", "uk", "2022-02-11")
    told = [(n.text, n.kind, n.lemma, n.label) for n in found][:3]
    assert told == [
        ("держсекретаря США", "office", "держсекретар США", "Antony Blinken"),
        ("США", "state", "США", "United States"),
        ("Ентоні Блінкена", "person", "Ентоні Блінкен", "Antony Blinken"),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "words", "lemma"),
    [
        ("uk", "Він розмовляв із Марією Захаровою вчора.", "Марією Захаровою", "Марія Захарова"),
        ("uk", "Лист отримала федеральну канцлерку Німеччини привітав посол.", "федеральну канцлерку Німеччини", None),
        ("uk", "Зустріч провели у Великій Британії.", "Великій Британії", "Велика Британія"),
        ("ru", "Об этом он спорил с Олафом Шольцем.", "Олафом Шольцем", "Олаф Шольц"),
        ("ru", "Говорил с Петром Порошенко.", "Петром Порошенко", "Петр Порошенко"),
        ("pl", "Rozmawiał z premierem Mateuszem Morawieckim.", "Mateuszem Morawieckim", "Mateusz Morawiecki"),
        ("pl", "Zadzwonił do Joego Bidena.", "Joego Bidena", "Joe Biden"),
        ("pl", "Był w Unii Europejskiej i we Włoszech.", "Unii Europejskiej", "Unia Europejska"),
        ("pl", "Był w Unii Europejskiej i we Włoszech.", "Włoszech", "Włochy"),
        ("en", "He met Poland's Foreign Minister.", "Poland", "Poland"),
    ],
)
def test_lemmas_are_nominatives(lang: str, text: str, words: str, lemma: str | None) -> None:
    (found,) = [n for n in names(text, lang, "2022-02-11") if n.text == words]
    assert found.lemma == (lemma or "федеральна канцлерка Німеччини")


def test_a_list_of_states_is_as_many_states() -> None:
    found = names("Заяву схвалили представники США, Великої Британії та Франції.", "uk")
    assert [n.lemma for n in found if n.kind == "state"] == ["США", "Велика Британія", "Франція"]


def test_ministries_are_organisations_inside_offices_too() -> None:
    found = names("Рядок додав речник МЗС Польщі.", "uk")
    assert ("МЗС Польщі", "organisation") in [(n.text, n.kind) for n in found]


# finding


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("uk", "Учора В. Путін мовчав.", "В. Путін"),
        ("ru", "Вчера С. В. Лавров молчал.", "С. В. Лавров"),
        ("ru", "Документ подписал Лавров С. В. и уехал.", "Лавров С. В"),
        ("en", "Later J. Biden was silent.", "J. Biden"),
        ("uk", "Там була Урсула фон дер Ляєн.", "Урсула фон дер Ляєн"),
        ("pl", "Była tam Annegret Kramp-Karrenbauer.", "Annegret Kramp-Karrenbauer"),
        ("pl", "Rozmawiał z Abdem al-Fattahem as-Sisim.", "Abdem al-Fattahem as-Sisim"),
        ("uk", "Сі Цзіньпін прибув до столиці.", "Сі Цзіньпін"),
        ("ru", "Ким Чен Ын прибыл в столицу.", "Ким Чен Ын"),
        ("en", "Later Kim Ha-neul spoke.", "Kim Ha-neul"),
        ("uk", "ЗЕЛЕНСЬКИЙ І ДУДА ПОГОВОРИЛИ ПРО КОРДОН", "ЗЕЛЕНСЬКИЙ"),
        ("uk", "Прийшов Володимир Пyтін.", "Володимир Пyтін"),  # with a Latin y
    ],
)
def test_names_are_found_whole(lang: str, text: str, words: str) -> None:
    assert words in [n.text.rstrip(".") for n in names(text, lang, "2021-06-01") if n.kind == "person"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Вони живуть на вулиці Івана Мазепи."),
        ("uk", "Есмінець «Дональд Кук» стояв на рейді."),
        ("uk", "Літак сів в аеропорту імені Гейдара Алієва."),
        ("pl", "Studiował na Uniwersytecie Adama Mickiewicza."),
        ("en", "She works for the Lech Wałęsa Institute."),
        ("en", "On Jan. 17 nothing happened."),
        ("uk", "Після Дня Незалежності настала осінь."),
        ("pl", "MINISTER SPOTKAŁ SIĘ Z NIM PO OBIEDZIE"),
    ],
)
def test_things_and_ordinary_words_are_nobody(lang: str, text: str) -> None:
    assert not [n.text for n in names(text, lang, "2021-06-01") if n.kind == "person"]


def test_a_surname_of_the_article_is_found_everywhere() -> None:
    text = "Речниця Ради безпеки Емілі Горн усміхнулася. Потім Горн пішла. Преса чекала на Горн."
    assert [n.label for n in names(text, "uk", "2021-06-01") if "Горн" in n.text and n.kind == "person"] == [
        "Emily Horne"
    ] * 3


# resolving


def test_two_of_one_surname_stay_apart() -> None:
    text = "Володимир Зеленський приїхав. Олена Зеленська залишилася. Зеленський виступив. Зеленська написала."
    found = [n.label for n in names(text, "uk", "2022-02-11") if n.kind == "person"]
    assert found == ["Volodymyr Zelenskyy", "Olena Zelenska", "Volodymyr Zelenskyy", "Olena Zelenska"]


def test_whoever_is_in_office_is_meant_by_a_shared_surname() -> None:
    text = "Unionist Piotr Duda spoke, and so did Andrzej Duda. Duda signed the law."
    assert meant(text, "en", "2021-05-05")["Duda"] == "Andrzej Duda"


@pytest.mark.parametrize(
    ("lang", "text", "on", "office", "label"),
    [
        ("uk", "Президент США виступив.", "2021-05-05", "Президент США", "Joe Biden"),
        ("uk", "Президент США виступив.", "2019-05-05", "Президент США", "Donald Trump"),
        ("uk", "Посол США в Росії забрав лист.", "2022-01-26", "Посол США в Росії", "John Sullivan"),
        ("pl", "Wystąpił sekretarz generalny NATO.", "2021-02-17", "sekretarz generalny NATO", "Jens Stoltenberg"),
        ("pl", "Wystąpiła szefowa Komisji Europejskiej.", "2021-02-17", "szefowa Komisji Europejskiej",
         "Ursula von der Leyen"),
        ("en", "The Polish prime minister spoke.", "2020-02-17", "Polish prime minister", "Mateusz Morawiecki"),
        ("en", "The German leader spoke.", "2020-02-17", "German leader", "Angela Merkel"),
        ("ru", "Глава Белоруссии промолчал.", "2023-07-28", "Глава Белоруссии", "Alexander Lukashenko"),
        ("ru", "Госсекретарь улетел.", "2021-07-28", "Госсекретарь", "Antony Blinken"),
    ],
)  # fmt: skip
def test_an_office_is_its_holders_on_that_day(lang: str, text: str, on: str, office: str, label: str) -> None:
    assert meant(text, lang, on)[office] == label


def test_an_office_without_a_day_is_nobodys() -> None:
    assert meant("Президент США виступив.", "uk")["Президент США"] == "President of United States"


def test_a_chancellor_is_no_prime_minister() -> None:
    text = "David Cameron and Angela Merkel met. The chancellor left early. The prime minister stayed."
    found = meant(text, "en", "2014-09-08")
    assert (found["chancellor"], found["prime minister"]) == ("Angela Merkel", "David Cameron")


def test_a_former_holder_is_not_whoever_holds_the_office_now() -> None:
    found = meant("Theresa May was joined by Gordon Brown, the former prime minister.", "en", "2018-04-15")
    assert found["former prime minister"] == "Gordon Brown"


def test_the_colleague_holds_the_same_office() -> None:
    text = "Анналена Бербок приїхала до Таллінна. Міністерка говорила з естонською колегою."
    assert meant(text, "uk", "2022-02-11")["естонською колегою"] == "Eva-Maria Liimets"


def test_an_office_that_belongs_to_a_person() -> None:
    found = meant("Прилетів спецпосланець Трампа Кіт Келлог.", "uk", "2025-05-12")
    assert found["спецпосланець Трампа"] == found["Кіт Келлог"] == "Keith Kellogg"
    assert found["Трампа"] == "Donald Trump"


def test_whoever_is_named_beside_an_office_tells_its_holder_later() -> None:
    text = "Прибув міністр закордонних справ України Дмитро Кулеба. Очільник МЗС усміхався. Він поспішав."
    found = meant(text, "uk", "2022-02-11")
    assert found["Очільник МЗС"] == found["Він"] == "Dmytro Kuleba"


def test_delegations_and_leaders_are_groups_with_their_side() -> None:
    found = {n.text: (n.kind, n.affiliation) for n in names("Лідери країн ЄС чекали. Російська сторона мовчала.", "uk")}
    assert found["Лідери країн ЄС"] == ("group", "EU")
    assert found["Російська сторона"] == ("group", "RUS")


def test_a_stranger_has_one_identifier_in_every_language() -> None:
    spellings = {
        "uk": "Приїхала Емілі Горнсберг.",
        "ru": "Приехала Эмили Хорнсберг.",
        "pl": "Przyjechała Emily Hornsberg.",
        "en": "Emily Hornsberg arrived.",
    }
    found = {n.id for lang, text in spellings.items() for n in names(text, lang) if n.kind == "person"}
    assert found == {"x:emili-hornsberh"}


def test_every_name_says_what_decided() -> None:
    found = names("Президент США Джо Байден і Петро Тестовенко поговорили. Байден пішов.", "uk", "2022-02-11")
    whys = {n.text: n.why for n in found}
    assert whys["Джо Байден"] == "full name in the table of actors"
    assert whys["Байден"] == "surname of somebody the article names in full"
    assert whys["Петро Тестовенко"] == "name as the article spells it"


WORDS = """Президент США Джо Байден , та Володимир Зеленський . В. глава МЗС Польщі « » Анна - фон дер імені 2022 ПУТІН
    з у колега Він делегація України аль-Фаттах Лідери країн ЄС : радник Трампа пан колишній"""


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=25))
def test_names_of_any_text_have_exact_words_and_nest_or_lie_apart(words: list[str]) -> None:
    text = " ".join(words)
    found = names(text, "uk", "2022-02-11")
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.lemma and one.why
        assert (one.id is None) == (one.label is None)
    for one in found:
        for other in found:
            apart = one.end <= other.start or other.end <= one.start
            inside = (one.start <= other.start and other.end <= one.end) or (
                other.start <= one.start and one.end <= other.end
            )
            assert apart or inside, (one.text, other.text)
