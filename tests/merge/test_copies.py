"""Copies of one text are found in four languages; reports that only share their news, or a quotation, are none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozmova.merge.copies import Copy, Text, copies

UK = """Міністри домовилися про новий склад на річці

Міністр транспорту Левко Гайдар зустрівся в Лучанську з колегою з Надмор'я Ольгою Тіссен. Сторони обговорили ремонт
47 мостів і дороги завдовжки 318 кілометрів, яку закрили після весняної повені.

«Ми відкриємо рух раніше, ніж обіцяли, бо люди чекають уже надто довго», — сказав Гайдар після переговорів. За його
словами, роботи коштуватимуть 2,75 мільйона крон, а виконає їх компанія Nordbau.

Делегація з 64 осіб оглянула порт о 14:25 і поїхала на кордон. «Кожна сторона заплатить свою частину, і жодна не
чекатиме на іншу», — додала міністерка Тіссен.

Наступні переговори відбудуться восени в столиці Надмор'я, коли інженери закінчать обстеження опор."""

RU = """Министры договорились о новом складе на реке

Министр транспорта Левко Гайдар встретился в Лучанске с коллегой из Надморья Ольгой Тиссен. Стороны обсудили ремонт
47 мостов и дороги длиной 318 километров, которую закрыли после весеннего паводка.

«Мы откроем движение раньше, чем обещали, потому что люди ждут уже слишком долго», — сказал Гайдар после
переговоров. По его словам, работы обойдутся в 2,75 миллиона крон, а выполнит их компания Nordbau.

Делегация из 64 человек осмотрела порт в 14:25 и поехала на границу. «Каждая сторона заплатит свою часть, и ни одна
не будет ждать другую», — добавила министр Тиссен.

Следующие переговоры пройдут осенью в столице Надморья, когда инженеры закончат обследование опор."""

PL = """Ministrowie uzgodnili nowy skład nad rzeką

Minister transportu Łewko Hajdar spotkał się w Łuczańsku z koleżanką z Nadmorza Olgą Tissen. Strony omówiły remont
47 mostów i drogi o długości 318 kilometrów, którą zamknięto po wiosennej powodzi.

„Otworzymy ruch wcześniej, niż obiecaliśmy, bo ludzie czekają już zbyt długo” – powiedział Hajdar po rozmowach. Jak
mówił, prace będą kosztować 2,75 miliona koron, a wykona je firma Nordbau.

Delegacja licząca 64 osoby obejrzała port o 14.25 i pojechała na granicę. „Każda strona zapłaci swoją część i żadna
nie będzie czekać na drugą” – dodała minister Tissen.

Następne rozmowy odbędą się jesienią w stolicy Nadmorza, gdy inżynierowie skończą badanie filarów."""

EN = """Ministers agree on a new depot by the river

Transport minister Levko Haidar met his colleague from Nadmoria, Olha Tissen, in Luchansk. The two sides discussed
repairs to 47 bridges and to a road of 318 kilometres that was closed after the spring flood.

“We will open the road sooner than we promised, because people have waited too long already,” Haidar said after the
talks. The work will cost 2.75 million crowns, he said, and will be done by a firm called Nordbau.

A delegation of 64 people saw the port at 14:25 and went on to the border. “Each side will pay its own part, and
neither will wait for the other,” minister Tissen added.

The next talks will be held in the autumn in the capital of Nadmoria, when engineers have finished with the piers."""


def joined(words: str) -> str:
    """Paragraphs on one line each, as newspapers send them."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", words)


UK, RU, PL, EN = map(joined, (UK, RU, PL, EN))
TEXTS = {"uk": UK, "ru": RU, "pl": PL, "en": EN}

OWN = {
    "uk": """Гайдар і Тіссен поговорили про мости

У Лучанську закінчилися переговори двох міністрів транспорту. Гайдар приймав гостю з Надмор'я у старій ратуші,
журналістів усередину не пустили. «Ми відкриємо рух раніше, ніж обіцяли, бо люди чекають уже надто довго», — сказав
він на сходах. Тіссен поїхала без коментарів. Місцеві кажуть, що про 47 мостів чують не вперше.""",
    "ru": """Гайдар и Тиссен поговорили о мостах

В Лучанске завершились переговоры двух министров транспорта. Гайдар принимал гостью из Надморья в старой ратуше,
журналистов внутрь не пустили. «Мы откроем движение раньше, чем обещали, потому что люди ждут уже слишком долго», —
сказал он на лестнице. Тиссен уехала без комментариев. Местные говорят, что о 47 мостах слышат не впервые.""",
    "pl": """Hajdar i Tissen rozmawiali o mostach

W Łuczańsku skończyły się rozmowy dwojga ministrów transportu. Hajdar przyjął gościa z Nadmorza w starym ratuszu,
dziennikarzy nie wpuszczono. „Otworzymy ruch wcześniej, niż obiecaliśmy, bo ludzie czekają już zbyt długo” –
powiedział na schodach. Tissen odjechała bez słowa. Mieszkańcy mówią, że o 47 mostach słyszą nie pierwszy raz.""",
    "en": """Haidar and Tissen talk bridges

Talks between two transport ministers ended in Luchansk. Haidar received his guest from Nadmoria in the old town
hall, and reporters had to stay outside. “We will open the road sooner than we promised, because people have waited
too long already,” he said on the steps. Tissen left without a word. People here say that they have heard of 47
bridges before.""",
}  # fmt: skip
OWN = {lang: joined(words) for lang, words in OWN.items()}
"""Somebody else's account of the same meeting, with one quotation in common."""


def text(article: str, words: str, day: str | None = "2031-05-04", lang: str = "uk") -> Text:
    return Text(article, lang, words, day, None)


def shouted(words: str) -> str:
    """The same words as another newsroom prints them."""
    return re.sub(r"[«»„”“]", '"', words).upper().replace("'", "’").replace("—", "–").replace(" ", "  ")


@pytest.mark.parametrize("lang", TEXTS)
def test_the_same_words_are_an_exact_copy(lang: str) -> None:
    words = TEXTS[lang]
    found = copies([text("b", shouted(words), "2031-05-05", lang), text("a", words, lang=lang)])
    assert found == {"b": Copy("b", "a", "exact", 1.0)}


@pytest.mark.parametrize("lang", TEXTS)
def test_an_agencys_tag_does_not_matter(lang: str) -> None:
    tagged = text("b", TEXTS[lang] + "\n\nReuters, PAP\n(abc)", "2031-05-05", lang)
    found = copies([text("a", TEXTS[lang], lang=lang), tagged])
    assert found == {"b": Copy("b", "a", "exact", 1.0)}


@pytest.mark.parametrize("lang", TEXTS)
def test_another_headline_and_a_paragraph_less_are_a_near_copy(lang: str) -> None:
    paragraphs = TEXTS[lang].split("\n\n")
    edited = "\n\n".join(["Річка / Rzeka / River", *paragraphs[1:-1]])
    found = copies([text("a", TEXTS[lang], lang=lang), text("b", edited, "2031-05-06", lang)])
    assert found["b"].of == "a" and found["b"].kind == "near" and found["b"].share > 0.9


@pytest.mark.parametrize("lang", TEXTS)
def test_two_reports_with_one_quotation_are_independent(lang: str) -> None:
    assert not copies([text("a", TEXTS[lang], lang=lang), text("b", OWN[lang], lang=lang)])


@pytest.mark.parametrize("lang", TEXTS)
def test_a_long_quotation_is_not_enough(lang: str) -> None:
    said = '"' + TEXTS[lang].replace("\n", " ").translate(dict.fromkeys(map(ord, "«»„”“"))) + '"'
    leads = [" ".join(reversed(p.split())) for p in OWN[lang].split("\n\n")[1:]], [OWN[lang]]
    assert not copies([text(f"{n}", " ".join(lead) + " " + said, lang=lang) for n, lead in enumerate(leads)])


def test_pattern_readouts_of_different_calls_are_independent() -> None:
    pattern = (
        "The minister spoke today by telephone with {0} of {1}. They discussed {2}, and the minister thanked {0} "
        "for {3}. They also spoke about {4} and agreed to stay in touch in the coming weeks."
    )
    said = [
        ("Olha Tissen", "Nadmoria", "the repair of bridges", "the warm welcome in March", "fishing in the bay"),
        ("Jan Orel", "Zaliczyn", "grain that waits at the border", "sending doctors", "trains at night"),
        ("Pavel Most", "the Isles", "a loan for three hospitals", "his letter", "schools for the children of sailors"),
    ]
    assert not copies([text(name, pattern.format(name, *rest), lang="en") for name, *rest in said])


@pytest.mark.parametrize("pair", [("uk", "ru"), ("ru", "uk"), ("uk", "pl"), ("pl", "en"), ("en", "uk"), ("en", "ru")])
def test_translations(pair: tuple[str, str]) -> None:
    first, later = pair
    found = copies([text("b", TEXTS[later], "2031-05-05", later), text("a", TEXTS[first], lang=first)])
    assert found == {"b": Copy("b", "a", "translation", 1.0)}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (RU, "2031-05-09"),  # five days later
        (RU.replace("318", "321").replace("64 ч", "66 ч"), "2031-05-05"),  # other figures
        ("\n\n".join(sorted(RU.split("\n\n"))), "2031-05-05"),  # another order
        (RU.replace("«Каждая", "Каждая").replace("другую»", "другую"), "2031-05-05"),  # a quotation less
        (RU.replace("«Мы откроем", "Мы откроем").replace("люди ждут", "«люди ждут"), "2031-05-05"),  # ... or half of it
        (RU.replace("Nordbau", "Sudbau из города Lindau и Werft"), "2031-05-05"),  # another firm
        ("\n\n".join([RU.split("\n\n")[-1], *RU.split("\n\n")[:-1]]), "2031-05-05"),  # quotations at other places
        (OWN["ru"], "2031-05-05"),
    ],
)
def test_doubtful_translations_are_none(words: str, day: str) -> None:
    assert not copies([text("a", UK), text("b", words, day, "ru")])


def test_figures_that_every_text_may_have_say_nothing() -> None:
    plain = [("47", "12"), ("318", "2031"), ("2,75", "300"), ("64", "20"), ("14:25", "9")]
    uk, ru = UK, RU
    for unusual, usual in plain:
        uk, ru = uk.replace(unusual, usual), ru.replace(unusual, usual)
    assert not copies([text("a", uk), text("b", ru, lang="ru")])


def test_a_copy_of_a_copy_has_the_original_of_the_family() -> None:
    paragraphs = UK.split("\n\n")
    family = [
        text("original", UK, "2031-05-01"),
        text("shorter", "\n\n".join(paragraphs[:-1]), "2031-05-02"),
        text("shortest", "\n\n".join(paragraphs[1:-1]), "2031-05-03"),
        text("again", "\n\n".join(paragraphs[1:-1]) + "\n\nУкрінформ", "2031-05-04"),
        text("translated", RU, "2031-05-04", "ru"),
        text("translated and cut", "\n\n".join(RU.split("\n\n")[:-1]), "2031-05-04", "ru"),
        text("undated", UK, None),
    ]
    found = copies(family)
    assert found.keys() == {t.article for t in family} - {"original"}
    assert {c.of for c in found.values()} == {"original"}
    assert found["undated"].kind == "exact" and found["again"].kind == "near"
    assert found["translated and cut"].kind == "translation"


def test_a_digest_does_not_make_its_sources_one() -> None:
    other = " ".join(f"слово{n}" for n in range(110))
    found = copies([text("a", UK, "2031-05-01"), text("b", other, "2031-05-02"), text("c", UK + "\n" + other)])
    assert found.keys() == {"c"}
    both = text("c", UK + "\n" + other, "2031-05-02")
    assert copies([text("a", UK, "2031-05-01"), both, text("d", other, "2031-05-03")]).keys() == {"c"}
    digest = UK + "\n" + " ".join(f"новина{n}" for n in range(900))
    assert not copies([text("a", UK, "2031-05-01"), text("c", digest)])


def test_of_two_undated_texts_the_smaller_id_is_the_original() -> None:
    assert copies([text("b", UK, None), text("a", UK, "not a date")]).keys() == {"b"}


@pytest.mark.parametrize("words", ["", "?!", "Зустріч міністрів у Лучанську", "x"])
def test_texts_too_short_give_none(words: str) -> None:
    assert not copies([text("a", words), text("b", words)])
    lead = " ".join(UK.split()[:20])
    assert not copies([text("a", lead + " вранці"), text("b", lead + " ввечері")])


def test_odd_numbers_do_no_harm() -> None:
    assert not copies(
        [text("a", f"{'9' * 9000} 1.2.3 1:2 ٣٤ «" + "слово " * 30, "0000-99"), text("b", " 0 00 000 » «")]
    )


pieces = st.sampled_from([*UK.split("\n\n"), *RU.split("\n\n"), *EN.split("\n\n"), *OWN["uk"].split("\n\n")])
newsroom = st.lists(
    st.builds(
        Text,
        st.sampled_from([f"a{n}" for n in range(9)]),
        st.sampled_from(["uk", "ru"]),
        st.one_of(st.sampled_from([UK, RU]), st.lists(pieces, max_size=6).map("\n\n".join)),
        st.sampled_from([None, "2031-05-01", "2031-05-02", "2031-05", "2031-05-01/2031-05-03", "yesterday"]),
        st.sampled_from([None, "Ранок"]),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(newsroom, st.randoms())
def test_any_order_gives_the_same_families(texts: list[Text], random: object) -> None:
    before = copies(texts)
    random.shuffle(texts)  # type: ignore[attr-defined]
    assert copies(texts) == before


@settings(max_examples=150, deadline=None)
@given(newsroom)
def test_no_original_is_a_copy(texts: list[Text]) -> None:
    found = copies(texts)
    ids = {t.article for t in texts}
    assert all(name == c.article != c.of and {name, c.of} <= ids for name, c in found.items())
    assert not {c.of for c in found.values()} & found.keys()
    assert all(0 < c.share <= 1 for c in found.values())


def test_originals_are_the_earliest() -> None:
    days = [f"2031-05-0{n}" for n in range(1, 6)]
    found = copies([text(f"a{9 - n}", UK + f"\n\n{n}", day) for n, day in enumerate(days)])
    assert all(c.of == "a9" for c in found.values()) and len(found) == 4
