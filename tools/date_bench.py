"""Time expressions against dateparser's search, in one run on the same articles: speed, and words taken for dates.

    python tools/date_bench.py                     the demo corpus, and the open development articles where they are
    python tools/date_bench.py --false-alarms      every hit in which no word speaks of time, to be read

A hit counts as a false alarm when it holds neither a figure nor a word of time; the words of time are listed here,
apart from the language data, so that neither side is measured by its own list. Times are processor seconds of the
second of two passes over all articles, one side after the other, for both have caches that many articles fill.
Rozmova's are given twice: of the search alone, as it runs in the product, where the words are already cut and read for
names and contacts, and with that cutting and reading.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import dateparser.search

import rozmova
from rozmova.evaluation.gold import is_held_out
from rozmova.text.analysis import Analysis, analyst
from rozmova.times import edtf, mentions

DEMO = Path(rozmova.__file__).parent / "demo" / "corpus"
DEV = Path(__file__).parents[2] / "shared" / "gold" / "dev"
DAY = "2022-02-11"
T = TypeVar("T")
R = TypeVar("R")

WORDS_OF_TIME = {
    "uk": "щод щоноч уноч роц січ лют берез квіт трав черв лип серп верес жовт листопад груд понеділ вівтор серед "
    "четвер п.ятни субот неділ день дня дні днів дням доб тижн тижд місяц рок рік річ годин хвилин секунд "
    "ранк ранок вранці зранку вечор вечір ввечер увечер надвечір ніч ноч вночі вдень полудн опівд опівноч "
    "пополуд сьогодн вчор учор завтр позавч післязавт весн літ осін восени зим взимк кварта півро торі цьогор "
    "позатор чверт напередодн цього півгод півтор",
    "pl": "maj stycz lutego lutym lutow marc marzec kwiecień kwietni maja maju majow czerw lipc lipiec sierp wrze "
    "paździer listopad grud poniedział wtor środ czwart piąt sobot niedziel dzień dni dob tygod tydzień miesi "
    "rok lat godz minut sekund ran porank wiecz noc połud północ dziś dzisiaj wczor jutr pojutrz wiosn lato "
    "jesie zim kwarta półrocz kwadrans pół tegoroczn ubiegłoroczn zeszłoroczn trzygodzin dwugodzin",
    "ru": "полуноч янв фев март апрел май мая мае июн июл авг сент окт нояб декаб понедельн вторн сред четверг "
    "пятниц суббот воскрес день дня дни дней дням сут недел месяц год лет час минут секунд утр вечер ноч "
    "полдень полноч полдн сегодн вчера завтр позавч весн осен зим кварта полуго четверт полтора полчаса "
    "получас накануне",
    "en": "jan feb mar march apr may june july aug sep oct nov dec mon tue wed thu fri sat sun day week month year "
    "hour minute second morning afternoon evening night noon midnight today tomorrow yesterday tonight spring "
    "summer autumn winter quarter half ago fortnight decade",
}
"""Stems that a phrase about time may have in each language, written for this comparison."""


def articles() -> Iterator[tuple[str, str]]:
    """Language and text of every article that is compared."""
    for path in sorted(DEMO.glob("20*.txt")):
        yield path.name.split("-")[3], path.read_text(encoding="utf-8")
    for path in sorted(DEV.glob("??-*.json")) if DEV.is_dir() else ():
        if not is_held_out(path.stem):
            entry = json.loads(path.read_text(encoding="utf-8"))
            yield entry["lang"], entry["text"]


def speaks_of_time(lang: str, hit: str) -> bool:
    """Whether a hit holds a figure or a word of time."""
    stems = "|".join(WORDS_OF_TIME[lang].split())
    return bool(re.search(rf"\d|\b(?:\w*-)?(?:{stems})", hit.lower()))


def measure(
    name: str, step: Callable[[str, T], R], given: Sequence[tuple[str, T]], took: Counter[tuple[str, str]]
) -> list[R]:
    """What a step gives for every article, in the second of two passes over all; adds its seconds by language."""
    for lang, one in given:
        step(lang, one)
    found = []
    for lang, one in given:
        began = time.process_time()
        found.append(step(lang, one))
        took[lang, name] += time.process_time() - began
    return found


def main() -> None:
    """Print a table by language, and the ratio of the two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--false-alarms", action="store_true", help="print them")
    asked = parser.parse_args()
    published = edtf.read(DAY)
    settings = {"RELATIVE_BASE": datetime.fromisoformat(DAY), "PREFER_DATES_FROM": "past"}
    chosen = list(articles())
    count = Counter(lang for lang, _ in chosen)
    took: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    alarms: list[tuple[str, str, str]] = []

    def cut(lang: str, text: str) -> Analysis:
        return analyst(lang).analyse(text)

    def search(lang: str, analysis: Analysis) -> list[str]:
        return [mention.text for mention in mentions.mentions(analysis, mentions.find(analysis), published)]

    def peer(lang: str, text: str) -> list[str]:
        return [hit[0] for hit in dateparser.search.search_dates(text, languages=[lang], settings=settings) or ()]

    analyses = measure("words", cut, chosen, took)
    langs = [lang for lang, _ in chosen]
    for who, found in (
        ("rozmova", measure("rozmova", search, list(zip(langs, analyses, strict=True)), took)),
        ("dateparser", measure("dateparser", peer, chosen, took)),
    ):
        for lang, texts in zip(langs, found, strict=True):
            hits[lang, who] += len(texts)
            alarms += [(lang, who, hit) for hit in texts if not speaks_of_time(lang, hit)]
    wrong = Counter((lang, who) for lang, who, _ in alarms)
    print("| language | articles | rozmova: ms, hits, false | with words: ms | dateparser: ms, hits, false | ratio |")
    print("| --- | --- | --- | --- | --- | --- |")
    for lang in [*sorted(count), "all"]:
        langs = sorted(count) if lang == "all" else [lang]
        number = sum(count[code] for code in langs)

        def of(table: Counter[tuple[str, str]], who: str, langs: list[str] = langs) -> float:
            return sum(table[code, who] for code in langs)

        ours, theirs = of(took, "rozmova"), of(took, "dateparser")
        whole = ours + of(took, "words")
        cells = [
            f"{1000 * ours / number:.1f}, {of(hits, 'rozmova')}, {of(wrong, 'rozmova')}",
            f"{1000 * whole / number:.1f}",
            f"{1000 * theirs / number:.1f}, {of(hits, 'dateparser')}, {of(wrong, 'dateparser')}",
            f"{theirs / ours:.0f} ({theirs / whole:.1f} with words)",
        ]
        print(f"| {lang} | {number} | {' | '.join(cells)} |")
    if asked.false_alarms:
        for lang, who, hit in alarms:
            print(f"{lang} {who}: {hit}")


if __name__ == "__main__":
    main()
