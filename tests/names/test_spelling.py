"""Spellings of one name, by example and on the bench; transcription and the identifiers of strangers."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

from rozmova.names.actors import load
from rozmova.names.fold import fold
from rozmova.names.spelling import Verdict, read_name, same_name
from rozmova.names.strangers import eastern, given_key, stranger_id
from rozmova.names.transcription import agree

ROOT = Path(__file__).parents[2]
PAIRS = ROOT / "benchmarks" / "names" / "pairs.tsv"


def verdict(left: str, right: str) -> Verdict:
    """Of two names written as ``uk:Ім'я``."""
    one, other = (read_name(text.partition(":")[2], text.partition(":")[0], load()) for text in (left, right))
    assert one is not None and other is not None
    assert same_name(one, other).same == same_name(other, one).same
    return same_name(one, other)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("uk:Володимиром Зеленським", "pl:Wołodymyra Zełenskiego"),
        ("ru:Олафу Шольцу", "en:Olaf Scholz"),
        ("uk:В. Путін", "en:Vladimir Putin"),
        ("pl:Kim Dzong Un", "ru:Ким Чен Ын"),
        ("en:Kim Jong-un", "ru:Ким Чен Ыном"),
        ("en:Annegret Kramp-Karrenbauer", "ru:Крамп-Карренбауэр"),
        ("uk:Ганна Тестовенко", "ru:Анной Тестовенко"),
        ("uk:МАР'ЯНА ДЗВОНИК", "pl:Mariany Dzwonyk"),
        ("ru:Джонатаном Уэйкфилдом", "en:Jonathan Wakefield"),
        ("uk:Бекслі", "en:Bexley"),
    ],
)
def test_one_person(left: str, right: str) -> None:
    assert verdict(left, right).same


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("uk:Сергія Іваненка", "ru:Сергей Иванов"),
        ("uk:Станіслава Дзвоника", "pl:Stanisława Dzwonyk"),
        ("en:Michelle Obama", "uk:Бараком Обамою"),
        ("pl:Kim Dzong Il", "en:Kim Jong Un"),
        ("ru:П. Дзвоник", "uk:Олена Дзвоник"),
        ("uk:Ігор Дзвоник", "pl:Ihor Dzwonienko"),
    ],
)
def test_two_people(left: str, right: str) -> None:
    assert not verdict(left, right).same


def test_the_verdict_says_what_decided() -> None:
    assert verdict("uk:Джо Байден", "pl:Joe Biden").why == "one person of the table"
    assert verdict("uk:Ігор Дзвоник", "ru:Игорь Дзвоник").why == "same surname and given name"
    assert verdict("uk:Ігор Дзвоник", "uk:Олег Дзвоник").why == "same surname, different given names"


def test_nothing_to_read() -> None:
    assert read_name("…", "uk", load()) is None


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Wakefield", "Уэйкфилд"), ("Delacroix", "Делакруа"), ("Neustadt", "Нойштадт"), ("Giardini", "Джардіні"),
        ("Łukaszewicz", "Лукашевич"), ("Szczęsny", "Щенсный"), ("Quiroga", "Кирога"), ("Zhou Enming", "Чжоу Енмін"),
    ],
)  # fmt: skip
def test_transcriptions_agree(latin: str, cyrillic: str) -> None:
    assert agree(latin, cyrillic)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Wakefield", "Уэйклифф"),
        ("Johnston", "Джонсон"),
        ("Zieliński", "Зеленський"),
        ("Kowalczyk", "Ковальський"),
        ("", ""),
    ],
)
def test_other_names_do_not(latin: str, cyrillic: str) -> None:
    assert not agree(latin, cyrillic)


def test_strangers_share_the_family_of_their_given_name() -> None:
    assert given_key("Олександр") == given_key("Александр") == given_key("Aleksander") != given_key("Олександра")
    assert stranger_id("Олексій", "Дзвоник") == stranger_id("Алексей", "Дзвоник") == "x:oleksii-dzvonik"


def test_no_given_name_stands_in_two_families() -> None:
    keys: dict[str, str] = {}
    for line in (ROOT / "src/rozmova/names/data/given-families.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            family, forms = line.split("\t")
            for form in forms.split("|"):
                assert keys.setdefault(fold(form), family) == family, form


def test_eastern_surnames() -> None:
    assert eastern("Пак") == eastern("Park") == "park"
    assert not eastern("Biden")


# the bench


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("name_bench", ROOT / "tools" / "name_bench.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["name_bench"] = module
    spec.loader.exec_module(module)
    return module


def rows() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_pairs_are_many_distinct_and_named_by_their_content() -> None:
    pairs = rows()
    assert len(pairs) >= 400 and Counter(r["same"] for r in pairs)["no"] >= 150
    assert len({r["id"] for r in pairs}) == len(pairs)
    for r in pairs:
        content = "|".join((r["left"], r["left_lang"], r["right"], r["right_lang"]))
        assert sha256(content.encode()).hexdigest()[:8] == r["id"]


def test_quality_on_the_bench_and_its_frozen_run(bench: ModuleType) -> None:
    judged = list(bench.judge(bench.pairs()))
    assert bench.scores(judged)[3] >= 0.97
    assert bench.scores([j for j in judged if not j.open])[3] >= 0.95
    frozen = (PAIRS.parent / "frozen.tsv").read_text(encoding="utf-8").splitlines()
    assert sorted(j.line() for j in judged) == frozen, "run tools/name_bench.py and, if the change is meant, --freeze"
