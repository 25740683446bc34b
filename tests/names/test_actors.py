"""The table of persons, and how it is joined."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from rozmova.names.actors import OPEN_END, ActorTable, Person, is_particle, load, slug
from rozmova.names.fold import fold

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
OWN = ROOT / "src" / "rozmova" / "names" / "data"
needs_sources = pytest.mark.skipif(
    not (DATA / "officials.csv").is_file(), reason=f"SOURCE TABLES MISSING in {DATA}: nothing was rebuilt"
)

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
    codes = {line.split("~")[0] for row in table._lines for line in row.split("\t")[6].split(";")}
    assert not codes & {"EUE", "UNO", "UNA", "XNT", "XOS", "XCE", "XRC", "XWT", "XIC", "XCS", ""}
    assert {"EU", "NATO", "UN", "OSCE", "CoE", "ICRC", "IAEA", "UKR"} <= codes
    assert table.holders("NATO", "international_organisation", "2022-01-12", "2022-01-12")


def test_one_person_is_one_line() -> None:
    table = load()
    people = [table._person(number) for number in range(len(table))]
    assert len({person.id for person in people}) == len(people)
    assert {term.affiliation for term in one("Donald Tusk").terms} == {"POL", "EU"}
    assert {term.affiliation for term in one("Christine Lagarde").terms} == {"FRA", "IMF", "ECB"}
    assert [term.level for term in one("Sergei Shoigu").terms][-2:] == ["defence_minister", "security_adviser"]


def test_terms_are_iso_days_in_order() -> None:
    for row in load()._lines:
        for term in row.split("\t")[6].split(";"):
            _, _, position, start, end = term.split("~")
            assert len(start) == len(end) == 10 and start <= end <= OPEN_END and position, row


def test_a_month_is_widened_to_its_days() -> None:
    trilateral = [t for t in one("Kurt Volker").terms if "Ukraine" in t.position]
    assert [(t.start, t.end) for t in trilateral] == [("2017-07-07", "2019-09-27")]
    assert ("2010-12-01", "2023-12-31") in [(t.start, t.end) for t in one("Oana Lungescu").terms]


def test_the_stored_keys_are_those_of_the_forms() -> None:
    for row in load()._lines:
        _, _, given, surname, given_keys, surname_keys, _ = row.split("\t")
        assert "|".join(map(fold, given.split("|"))) == given_keys, row
        assert "|".join(map(fold, surname.split("|"))) == surname_keys, row


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


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_actors", ROOT / "tools" / "build_actors.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_joining_rules() -> None:
    build = builder()

    def row(start: str, end: str, rank: int, person: str = "A B", position: str = "Foreign Minister") -> object:
        return build.Row("", person, "UKR", "foreign_minister", position, start, end, rank)

    better, same, later = row("2014-06-19", "2016-04-14", 0), row("2014-06", "2016", 2), row("2016-04-14", "", 2)
    assert build.join([same, later, better]) == [better, later]
    following = row("2019-08-29", "2020-03-04", 2, "C D")
    assert build.ends({0: [later], 1: [following]}, {})[later] == "2019-08-29"
    gone = row("2010", "XXXX", 2, "E F", "Envoy")
    assert build.ends({0: [gone]}, {})[gone] == "2015-12-31"
    assert build.ends({0: [later]}, {"UKR": "2025-07-17"})[later] == "2025-07-17"


def test_labels_of_the_sources_are_put_right() -> None:
    build = builder()
    assert build.english_label("Сухинин, Валерий Евгеньевич", "RUS") == "Valery Sukhinin"
    assert build.english_label("Цибенко Василь Григорович", "UKR") == "Vasyl Tsybenko"
    assert build.english_label("John R. Bolton", "USA") == "John Bolton"
    assert build.english_label("H. R. McMaster", "USA") == "H. R. McMaster"


def test_a_table_can_be_made_of_few_lines() -> None:
    line = "\tIda Probe\tIda\tProbe\tida\tprobe\tNATO~spokesperson~Spokesperson~2020-01-01~2020-12-31"
    table = ActorTable([line], ["Ida\tІда"])
    assert [person.id for person in table.people("probe")] == ["x:ida-probe"]
    assert table.holders("NATO", "spokesperson", "2021-01-01", "2021-01-01") == ()
    assert table.given_name("Іда") == "Ida"


@needs_sources
def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    assert builder().main(["--data", str(DATA), "--out", str(tmp_path)]) == 0
    for name in ("persons.tsv", "given_names.tsv"):
        assert (tmp_path / name).read_bytes() == (OWN / name).read_bytes(), name


@needs_sources
def test_every_hand_written_spelling_finds_its_person() -> None:
    _, _, unused = builder().build(DATA, OWN)
    assert unused == []
