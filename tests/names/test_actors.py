"""The table of persons, and what it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from rozmova.names.actors import LEVELS, OPEN_END, ActorTable, Person, Term, is_particle, load, slug
from rozmova.names.fold import fold
from rozmova.names.parts import split_name
from rozmova.names.rows import SOURCES, read_term, write_term

OWN = Path(__file__).resolve().parents[2] / "src" / "rozmova" / "names" / "data"

# English label, then spellings of the full name in the nominative (Ukrainian, Russian, Polish, English).
PEOPLE = """
Volodymyr Zelenskyy: Володимир Зеленський, Владимир Зеленский, Wołodymyr Zełenski, Volodymyr Zelensky
Petro Poroshenko: Петро Порошенко, Пётр Порошенко, Petro Poroszenko
Dmytro Kuleba: Дмитро Кулеба, Дмитрий Кулеба, Dmytro Kułeba
Andrii Sybiha: Андрій Сибіга, Андрей Сибига, Andrij Sybiha
Denys Shmyhal: Денис Шмигаль, Денис Шмыгаль, Denys Szmyhal
Andrii Yermak: Андрій Єрмак, Андрей Ермак, Andrij Jermak
Pavlo Klimkin: Павло Клімкін, Павел Климкин, Pawło Klimkin
Vadym Prystaiko: Вадим Пристайко, Wadym Prystajko
Oleksii Reznikov: Олексій Резніков, Алексей Резников, Ołeksij Reznikow
Rustem Umerov: Рустем Умєров, Рустем Умеров, Rustem Umierow
Mykhailo Podolyak: Михайло Подоляк, Михаил Подоляк
Oleksiy Danilov: Олексій Данілов, Алексей Данилов
Valerii Zaluzhnyi: Валерій Залужний, Валерий Залужный, Walerij Załużny
Arseniy Yatsenyuk: Арсеній Яценюк, Арсений Яценюк, Arsenij Jaceniuk
Volodymyr Groysman: Володимир Гройсман, Владимир Гройсман, Wołodymyr Hrojsman
Viktor Yanukovych: Віктор Янукович, Виктор Янукович, Wiktor Janukowycz
Serhii Kyslytsia: Сергій Кислиця, Сергей Кислица, Serhij Kysłycia
Oksana Markarova: Оксана Маркарова, Oksana Markarowa
Vladimir Putin: Володимир Путін, Владимир Путин, Władimir Putin
Sergey Lavrov: Сергій Лавров, Сергей Лавров, Siergiej Ławrow, Sergei Lavrov
Sergei Shoigu: Сергій Шойгу, Сергей Шойгу, Siergiej Szojgu, Sergey Shoygu
Dmitry Medvedev: Дмитро Медведєв, Дмитрий Медведев, Dmitrij Miedwiediew
Dmitry Peskov: Дмитро Пєсков, Дмитрий Песков, Dmitrij Pieskow
Maria Zakharova: Марія Захарова, Мария Захарова, Marija Zacharowa
Yuri Ushakov: Юрій Ушаков, Юрий Ушаков, Jurij Uszakow
Sergei Ryabkov: Сергій Рябков, Сергей Рябков, Siergiej Riabkow
Vasily Nebenzia: Василь Небензя, Василий Небензя, Vasily Nebenzya
Alexander Lukashenko: Олександр Лукашенко, Александр Лукашенко, Alaksandr Łukaszenka
Vladimir Makei: Володимир Макей, Владимир Макей, Uładzimir Makiej
Andrzej Duda: Анджей Дуда, Andrzej Duda
Donald Tusk: Дональд Туск, Donald Tusk
Mateusz Morawiecki: Матеуш Моравецький, Матеуш Моравецкий
Radosław Sikorski: Радослав Сікорський, Радослав Сикорский, Radek Sikorski
Zbigniew Rau: Збігнєв Рау, Збигнев Рау
Grzegorz Schetyna: Гжегож Схетина, Гжегож Схетына
Mariusz Błaszczak: Маріуш Блащак, Мариуш Блащак
Witold Waszczykowski: Вітольд Ващиковський, Витольд Ващиковский
Marcin Przydacz: Марцін Пшидач, Марчин Пшидач
Joe Biden: Джо Байден, Joseph Biden
Donald Trump: Дональд Трамп, Donald Trump
Barack Obama: Барак Обама, Barack Obama
Antony Blinken: Ентоні Блінкен, Энтони Блинкен, Tony Blinken
Marco Rubio: Марко Рубіо, Марко Рубио
Jake Sullivan: Джейк Салліван, Джейк Салливан
John Bolton: Джон Болтон, John Bolton
Rex Tillerson: Рекс Тіллерсон, Рекс Тиллерсон
Lloyd Austin: Ллойд Остін, Ллойд Остин
Jen Psaki: Джен Псакі, Джен Псаки
Emily Horne: Емілі Горн, Эмили Хорн
Geoffrey Pyatt: Джеффрі Пайєтт, Джеффри Пайетт
Angela Merkel: Ангела Меркель, Angela Merkel
Olaf Scholz: Олаф Шольц, Olaf Scholz
Friedrich Merz: Фрідріх Мерц, Фридрих Мерц
Frank-Walter Steinmeier: Франк-Вальтер Штайнмаєр, Франк-Вальтер Штайнмайер
Annalena Baerbock: Анналена Бербок, Annalena Baerbock
Heiko Maas: Гайко Маас, Хайко Маас
Emmanuel Macron: Еммануель Макрон, Эммануэль Макрон
François Hollande: Франсуа Олланд, Francois Hollande
Jean-Yves Le Drian: Жан-Ів Ле Дріан, Жан-Ив Ле Дриан
Boris Johnson: Борис Джонсон, Boris Johnson
Theresa May: Тереза Мей, Тереза Мэй
Liz Truss: Ліз Трасс, Лиз Трасс
Keir Starmer: Кір Стармер, Кир Стармер
Ursula von der Leyen: Урсула фон дер Ляєн, Урсула фон дер Ляйен
Charles Michel: Шарль Мішель, Шарль Мишель
Josep Borrell: Жозеп Боррель, Josep Borrell
Jean-Claude Juncker: Жан-Клод Юнкер, Jean-Claude Juncker
Federica Mogherini: Федеріка Могеріні, Федерика Могерини
Johannes Hahn: Йоганнес Ган, Йоханнес Хан
Jens Stoltenberg: Єнс Столтенберг, Йенс Столтенберг
Mark Rutte: Марк Рютте, Mark Rutte
António Guterres: Антоніу Гутерреш, Антониу Гутерриш, Antonio Guterres
Ban Ki-moon: Пан Гі Мун, Пан Ги Мун
Rafael Grossi: Рафаель Гроссі, Рафаэль Гросси
Recep Tayyip Erdoğan: Реджеп Тайїп Ердоган, Реджеп Тайип Эрдоган, Recep Tayyip Erdogan
Mevlüt Çavuşoğlu: Мевлют Чавушоглу, Mevlut Cavusoglu
Justin Trudeau: Джастін Трюдо, Justin Trudeau
Mélanie Joly: Мелані Жолі, Melanie Joly
Mario Draghi: Маріо Драгі, Марио Драги
Giorgia Meloni: Джорджа Мелоні, Джорджа Мелони
Pedro Sánchez: Педро Санчес, Pedro Sanchez
Viktor Orbán: Віктор Орбан, Виктор Орбан, Viktor Orban
Péter Szijjártó: Петер Сійярто, Петер Сийярто, Peter Szijjarto
Zuzana Čaputová: Зузана Чапутова, Zuzana Caputova
Klaus Iohannis: Клаус Йоганніс, Клаус Йоханнис
Gitanas Nausėda: Гітанас Науседа, Гитанас Науседа
Egils Levits: Егілс Левітс, Эгилс Левитс
Kaja Kallas: Кая Каллас, Kaja Kallas
Aleksandar Vučić: Александар Вучич, Aleksandar Vucic
Ilham Aliyev: Ільхам Алієв, Ильхам Алиев, Ilham Alijew
Nikol Pashinyan: Нікол Пашинян, Никол Пашинян, Nikol Paszinian
Benjamin Netanyahu: Біньямін Нетаньягу, Биньямин Нетаньяху, Beniamin Netanjahu
Yair Lapid: Яїр Лапід, Яир Лапид
Mahmoud Abbas: Махмуд Аббас, Mahmud Abbas
Abdel Fattah el-Sisi: Абдель Фаттах ас-Сісі, Абдель Фаттах Сиси, Abdel Fattah al-Sisi
Mohammed bin Salman: Мухаммед бін Салман, Мухаммед бен Салман
Xi Jinping: Сі Цзіньпін, Си Цзиньпин, Jinping Xi
Wang Yi: Ван І, Ван И
Fumio Kishida: Фуміо Кісіда, Кісіда Фуміо, Фумио Кисида
Tsai Ing-wen: Цай Інвень, Цай Инвэнь
Narendra Modi: Нарендра Моді, Нарендра Моди
Anthony Albanese: Ентоні Альбанезе, Энтони Албанезе
Pope Francis: Папа Франциск, Papież Franciszek
"""


def known(name: str) -> tuple[Person, ...]:
    """The persons of the table that a full name fits: a surname form and, where they are given, a given name."""
    words = name.split()
    given = {fold(word) for word in words[:-1]}
    return tuple(person for person in load().people(fold(words[-1])) if person.given & given)


@pytest.mark.parametrize("line", PEOPLE.strip().splitlines())
def test_every_spelling_leads_to_the_person(line: str) -> None:
    label, spellings = line.split(": ")
    for name in spellings.split(", "):
        assert label in {person.label for person in known(name)}, name


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Сергей Иванов", "Sergey Lavrov"),
        ("Дональд Туск", "Donald Trump"),
        ("Марк Карні", "Mark Rutte"),
        ("Джон Салліван", "Jake Sullivan"),
        ("Мішель Барньє", "Charles Michel"),
        ("Борис Пісторіус", "Boris Johnson"),
        ("Андрей Белоусов", "Andrii Sybiha"),
        ("Віктор Ющенко", "Viktor Yanukovych"),
    ],
)
def test_a_name_does_not_lead_to_another_person(name: str, wrong: str) -> None:
    assert wrong not in {person.label for person in known(name)}


def one(label: str) -> Person:
    """The only person of that label."""
    found = [p for p in load().people(fold(label.rsplit(maxsplit=1)[-1])) if p.label == label]
    assert len(found) == 1, label
    return found[0]


@pytest.mark.parametrize(
    ("affiliation", "level", "day", "label"),
    [
        ("UKR", "foreign_minister", "2015-02-11", "Pavlo Klimkin"),
        ("UKR", "foreign_minister", "2018-11-25", "Pavlo Klimkin"),
        ("UKR", "foreign_minister", "2024-10-01", "Andrii Sybiha"),
        ("UKR", "head_of_state", "2022-02-24", "Volodymyr Zelenskyy"),
        ("USA", "head_of_state", "2021-12-30", "Joe Biden"),
        ("USA", "head_of_state", "2025-02-28", "Donald Trump"),
        ("DEU", "head_of_government", "2021-12-08", "Olaf Scholz"),
        ("POL", "foreign_minister", "2024-01-15", "Radosław Sikorski"),
        ("POL", "defence_minister", "2018-05-05", "Mariusz Błaszczak"),
        ("RUS", "head_of_government", "2019-06-01", "Dmitry Medvedev"),
        ("TUR", "foreign_minister", "2022-03-10", "Mevlüt Çavuşoğlu"),
        ("TUR", "foreign_minister", "2024-03-10", "Hakan Fidan"),
        ("CHN", "foreign_minister", "2021-05-05", "Wang Yi"),
        ("CHN", "foreign_minister", "2023-03-05", "Qin Gang"),
        ("ISR", "head_of_government", "2021-09-09", "Naftali Bennett"),
        ("JPN", "head_of_government", "2023-03-21", "Fumio Kishida"),
    ],
)
def test_the_holder_of_an_office_on_a_day(affiliation: str, level: str, day: str, label: str) -> None:
    assert label in [person.label for person in load().holders(affiliation, level, day, day)]


def test_an_office_has_no_second_holder_left_open() -> None:
    for affiliation in ("UKR", "USA", "DEU", "FRA", "GBR", "POL", "ITA", "TUR", "CHN"):
        for level in ("head_of_state", "foreign_minister", "defence_minister"):
            assert len(load().holders(affiliation, level, "2025-01-28", "2025-01-28")) <= 1, (affiliation, level)


def test_the_codes_are_those_of_the_contract() -> None:
    table = load()
    codes = table.affiliations()
    assert not codes & {"EUE", "UNO", "UNA", "XNT", "XOS", "XCE", "XRC", "XWT", "XIC", "XCS", ""}
    assert {"EU", "NATO", "UN", "OSCE", "CoE", "ICRC", "IAEA", "UKR"} <= codes
    assert table.holders("NATO", "international_organisation", "2022-01-12", "2022-01-12")


def test_one_person_is_one_line() -> None:
    people = list(load().all())
    assert len({person.id for person in people}) == len(people) == len(load())
    assert all(load().by_id(person.id) == person for person in people[::50])
    assert load().by_id("Q0") is None
    assert {term.affiliation for term in one("Donald Tusk").terms} == {"POL", "EU"}
    assert {term.affiliation for term in one("Christine Lagarde").terms} == {"FRA", "IMF", "ECB"}
    assert [term.level for term in one("Sergei Shoigu").terms][-2:] == ["defence_minister", "security_adviser"]


def test_terms_are_iso_days_in_order() -> None:
    for person in load().all():
        assert [term.start for term in person.terms] == sorted(term.start for term in person.terms), person
        for term in person.terms:
            assert len(term.start) == len(term.end) == 10 and term.start <= term.end <= OPEN_END, person
            assert term.position and term.level in LEVELS and term.source in SOURCES.values(), person


def test_a_term_is_read_as_it_was_written() -> None:
    short = Term("USA", "head_of_state", "President", "2021-01-20", OPEN_END)
    full = Term("USA", "ambassador", "Ambassador to Russia", "2020-01-16", OPEN_END, "RUS", "own file")
    assert write_term(short) == "USA~head_of_state~President~2021-01-20"
    assert [read_term(write_term(term)) for term in (short, full)] == [short, full]
    odd = Term("USA", "spokesperson", "A; B~C\tD", "2020-01-16", "2021-01-01", "", "additions")
    assert read_term(write_term(odd)).position == "A, B,C,D"


def test_terms_say_where_they_come_from() -> None:
    assert [t.source for t in one("Geoffrey Pyatt").terms if t.to == "UKR"] == ["wikidata", "additions"]
    assert {t.source for p in load().all() for t in p.terms} == set(SOURCES.values()) - {"own file"}


@pytest.mark.parametrize(
    ("affiliation", "to", "day", "labels"),
    [
        ("USA", "RUS", "2022-01-26", ["John Sullivan"]),
        ("USA", "RUS", "2012-06-01", ["Michael McFaul"]),
        ("RUS", "USA", "2022-01-26", ["Anatoly Antonov"]),
        ("RUS", "USA", "2016-01-26", ["Sergey Kislyak"]),
        ("FRA", "GBR", "2021-10-29", ["Catherine Colonna"]),
        ("UKR", "USA", "2023-02-01", ["Oksana Markarova"]),
        ("USA", "UKR", "2014-02-06", ["Geoffrey Pyatt"]),
        ("USA", "SUN", "2014-02-06", []),
    ],
)
def test_the_ambassador_to_a_state(affiliation: str, to: str, day: str, labels: list[str]) -> None:
    assert [p.label for p in load().holders(affiliation, "ambassador", day, day, to)] == labels
    assert len(load().holders(affiliation, "ambassador", day, day)) > 3


def test_whom_a_permanent_representative_is_sent_to() -> None:
    for affiliation, to, label in (("RUS", "UN", "Vasily Nebenzia"), ("USA", "NATO", "Julianne Smith")):
        holders = load().holders(affiliation, "permanent_representative", "2022-02-25", "2022-02-25", to)
        assert [person.label for person in holders] == [label]


def test_a_month_is_widened_to_its_days() -> None:
    trilateral = [t for t in one("Kurt Volker").terms if "Ukraine" in t.position]
    assert [(t.start, t.end) for t in trilateral] == [("2017-07-07", "2019-09-27")]
    assert ("2010-12-01", "2023-12-31") in [(t.start, t.end) for t in one("Oana Lungescu").terms]


def test_the_stored_keys_are_those_of_the_forms() -> None:
    for line in (OWN / "persons.tsv").read_text(encoding="utf-8").splitlines():
        _, _, given, surname, given_keys, surname_keys, _ = line.split("\t")
        for forms, keys in ((given, given_keys), (surname, surname_keys)):
            assert "|".join(dict.fromkeys(map(fold, forms.split("|")))) == keys, line


def test_similar_forgives_an_odd_spelling() -> None:
    assert load().similar("Столтенбергс", 3)[0].person.label == "Jens Stoltenberg"
    assert load().similar("Яценук", 3)[0].score > 80
    assert load().similar("Кім") == ()
    assert len(load().similar("Шевченко", 2)) <= 2


def test_rank_prefers_the_office_held_on_the_day() -> None:
    table = load()
    macron, lavrov = one("Emmanuel Macron"), one("Sergey Lavrov")
    assert table.rank(macron, "2022-02-07") < table.rank(lavrov, "2022-02-07")
    assert table.rank(macron, "2010-01-01") > table.rank(lavrov, "2010-01-01")


def test_term_at_takes_both_ends() -> None:
    table = load()
    kuleba = one("Dmytro Kuleba")
    assert [t.level for t in table.term_at(kuleba, "2022-01-01", "2022-01-31")] == ["foreign_minister"]
    assert table.term_at(kuleba, "2000-01-01", "2010-01-01") == ()
    assert table.term_at(kuleba, kuleba.terms[-1].end, kuleba.terms[-1].end)[-1].level == "foreign_minister"


@pytest.mark.parametrize(
    ("form", "name"),
    [("Філ", "Phil"), ("Фил", "Phil"), ("Эмили", "Emily"), ("Емілі", "Emily"), ("Джо", "Joe"), ("Джон", "John"),
     ("Мэтт", "Matt"), ("Кшиштоф", "Krzysztof"), ("Олександр", "Oleksandr"), ("Александр", "Alexander"),
     ("Сергій", "Serhii"), ("phil", "Phil"), ("Їїї", None)],
)  # fmt: skip
def test_given_names(form: str, name: str | None) -> None:
    assert load().given_name(form) == name


def test_slugs_and_particles() -> None:
    assert slug("Emily Horne") == "x:emily-horne"
    assert slug("Gideon Sa'ar") == "x:gideon-saar"
    assert slug("Łukasz Jasina") == "x:lukasz-jasina"
    assert is_particle("von") and is_particle("фон") and not is_particle("Leyen")


def test_the_parts_of_a_name() -> None:
    assert split_name("Ursula von der Leyen") == (["Ursula"], ["von", "der", "Leyen"])
    assert split_name("Charles III") == ([], ["Charles"])
    assert split_name("") == ([], [])


def test_a_table_can_be_made_of_few_lines() -> None:
    line = "x:ida-probe\tIda Probe\tIda\tProbe\tida\tprobe\tNATO~spokesperson~Spokesperson~2020-01-01~2020-12-31"
    table = ActorTable([line], ["Ida\tІда\tida"])
    assert [person.id for person in table.people("probe")] == ["x:ida-probe"]
    assert table.holders("NATO", "spokesperson", "2021-01-01", "2021-01-01") == ()
    assert table.given_name("Іда") == "Ida"
