"""How well articles are dated by their words: known days of publication are hidden and compared with what is found.

    python tools/dating_bench.py [GOLD...]    default: the demo corpus and the open development articles

A finding is right when the hidden day is among the days that are left, wrong when it is not; an article of which
nothing bounded is left is open. Articles of one gold file or folder are also dated together.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

import rozmova
from rozmova.dating import daysets
from rozmova.dating.together import together
from rozmova.evaluation.gold import load_gold, select
from rozmova.pipeline import read_article

DEMO = Path(rozmova.__file__).parent / "demo" / "gold.json"
DEV = Path(__file__).parents[2] / "shared" / "gold" / "dev"
WIDTHS = ((1, "a day"), (7, "a week"), (31, "a month"), (366, "a year"))
COLUMNS = ("right", "wrong", "open", *(name for _, name in WIDTHS), "more")


def judged(found: str | None, hidden: str) -> Iterable[str]:
    """What a finding counts as: right, wrong or open, and how wide it is."""
    if found is None:
        yield "open"
        return
    days = daysets.matching(found)
    yield "right" if days & daysets.matching(hidden.partition("T")[0]) else "wrong"
    yield next((name for most, name in WIDTHS if daysets.count(days) <= most), "more")


def main() -> None:
    """Print a line for each corpus, articles alone and together."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", nargs="*", type=Path)
    paths = parser.parse_args().gold or [DEMO, *([DEV] if DEV.is_dir() else [])]
    print(f"| articles | dated | n | {' | '.join(COLUMNS)} |")
    print(f"| --- | --- | --- |{' --- |' * len(COLUMNS)}")
    for path in paths:
        gold = [g for g in select(load_gold([path]), "all" if path == DEMO else "open") if g.published]
        readings = [read_article(replace(g.article(), published=None)) for g in gold]
        shared = {dated.path: dated.published for dated in together(readings).dated}
        for how in ("alone", "together"):
            count: Counter[str] = Counter()
            for one, reading in zip(gold, readings, strict=True):
                found = reading.article.published if how == "alone" else shared[reading.article.path]
                count.update(judged(found, str(one.published)))
            cells = " | ".join(str(count[column]) for column in COLUMNS)
            print(f"| {'demo' if path == DEMO else path.name} | {how} | {len(gold)} | {cells} |")


if __name__ == "__main__":
    main()
