"""Print the tables of README from this checkout, or write them into it with ``--write``: `make numbers`.

Scores come from the same functions as `rozmova evaluate`, speed from `rozmova.evaluation.bench`. Parts of the gold that
the checkout does not have are left out of the table, with a line that says so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import get_args

from rozmova.evaluation.gold import Selection
from rozmova.evaluation.report import Group, evaluate
from rozmova.pipeline import read_article

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
PARTS: tuple[tuple[str, Path, Selection], ...] = (
    ("seeds", GOLD / "seeds.json", "all"),
    ("development, all", GOLD / "dev", "all"),
    ("development, open", GOLD / "dev", "open"),
    ("development, held out", GOLD / "dev", "held-out"),
    ("demo", ROOT / "src" / "rozmova" / "demo" / "gold.json", "all"),
    ("exam, open", ROOT / "tests" / "contacts" / "gold" / "open", "all"),
    ("exam, sealed", ROOT / "tests" / "contacts" / "gold" / "sealed", "all"),
)
COLUMNS = ("precision", "recall", "f1", "strict_f1", "channel", "status", "parties", "party_f1", "date", "initiator")
SAID_PARTS = ("seeds", "development, open", "development, held out", "exam, open", "exam, sealed")
SAID_COLUMNS = ("said_recall", "said_precision", "said_act", "said_event", "said_channel", "said_addressee")
SEALED = "exam, sealed"
"""What pages name as the error rates: articles that no rule was made on."""
MEASURED = ROOT / "src" / "rozmova" / "web" / "measured.tsv"
NAMES = ROOT / "tests" / "names" / "gold"
NAME_COLUMNS = ("names_precision", "names_recall", "names_f1", "lemma", "linked")
_TOTALS = 5
"""Lines of the bench of merging before its table by case."""
HEADLINES = ("f1", "strict_f1", "names_f1", "linked")
"""Scores that come with their interval."""


def cell(group: Group, name: str) -> str:
    """A rate, with its interval for the headline scores; a dash where there is nothing to measure."""
    interval = group.intervals[name]
    if interval is None:
        return "-"
    value = f"{group.rates[name]:.2f}"
    low, high = interval
    return f"{value} [{low:.2f}-{high:.2f}]" if name in HEADLINES else value


def scores() -> list[str]:
    """The table of scores, a row for each part and language."""
    lines = ["| articles | | " + " | ".join(c.replace("_", " ") for c in COLUMNS) + " | invented per 10 without |"]
    lines.append("| --- " * (len(COLUMNS) + 3) + "|")
    for name, path, only in PARTS:
        if not path.exists():
            lines.append(f"| {name}: not in this checkout |" + " |" * (len(COLUMNS) + 2))
            continue
        for group in evaluate([path], read_article, only=only).groups:
            values = " | ".join(cell(group, column) for column in COLUMNS)
            invented = cell(group, "invented_per_10_empty")
            lines.append(f"| {name if group.name == 'all' else ''} | {group.name} | {values} | {invented} |")
    return lines


def for_pages(table: list[str]) -> str:
    """The lines of ``web/measured.tsv`` out of the table of scores: each language of the sealed exam."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]
    start = next(n for n, row in enumerate(rows) if row[0] == SEALED)
    some = [row for row in rows[start + 1 :] if not row[0]]
    return "".join("\t".join((row[1], SEALED, *row[2:5])) + "\n" for row in some)


def said() -> list[str]:
    """The table of scores of statements, a row for each part and language."""
    lines = ["| articles | | recall | precision | act | event | channel | addressee |", "| --- " * 8 + "|"]
    for name, path, only in (part for part in PARTS if part[0] in SAID_PARTS):
        if not path.exists():
            lines.append(f"| {name}: not in this checkout | | | | | | | |")
            continue
        for group in evaluate([path], read_article, only=only).groups:
            values = " | ".join(cell(group, column) for column in SAID_COLUMNS)
            lines.append(f"| {name if group.name == 'all' else ''} | {group.name} | {values} |")
    return lines


def names() -> list[str]:
    """The table of scores of names, a row for each half of their gold and language."""
    lines = ["| articles | | precision | recall | F1 | in the nominative | rightly identified |"]
    lines.append("| --- " * 7 + "|")
    for part in ("open", "sealed"):
        for group in evaluate([NAMES / part], read_article).groups:
            values = " | ".join(cell(group, column) for column in NAME_COLUMNS)
            lines.append(f"| {part if group.name == 'all' else ''} | {group.name} | {values} |")
    return lines


def pairs() -> list[str]:
    """What the bench of pairs of spellings prints."""
    command = [sys.executable, str(ROOT / "tools" / "name_bench.py")]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return ["    " + line for line in ran.stdout.splitlines()]


def merging() -> list[str]:
    """The totals of the bench of merging."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "merge_bench.py")], check=True, capture_output=True, text=True
    )
    return ["    " + line for line in ran.stdout.splitlines()[:_TOTALS]]


def table(tool: str) -> list[str]:
    """What a bench prints as a table."""
    ran = subprocess.run([sys.executable, str(ROOT / "tools" / tool)], check=True, capture_output=True, text=True)
    return ran.stdout.splitlines()


def speed() -> list[str]:
    """What the benchmark prints."""
    ran = subprocess.run([sys.executable, "-m", "rozmova.evaluation.bench"], check=True, capture_output=True, text=True)
    return ["    " + line for line in ran.stdout.splitlines()]


def main() -> None:
    """Print the tables; with ``--write`` put them into README, and the error rates where pages find them."""
    parser = argparse.ArgumentParser(description="the tables of README, measured here")
    parser.add_argument("--write", action="store_true", help="put them into README.md")
    write = parser.parse_args().write
    assert set(get_args(Selection)) >= {only for _, _, only in PARTS}
    readme = ROOT / "README.md"
    measured = {
        "scores": scores, "said": said, "names": names, "pairs": pairs, "dating": lambda: table("dating_bench.py"),
        "dates": lambda: table("date_bench.py"), "merging": merging, "speed": speed,
    }  # fmt: skip
    for mark, measure in measured.items():
        lines = measure()
        print("\n".join(lines))
        if write:
            text = readme.read_text(encoding="utf-8")
            before, _, rest = text.partition(f"<!-- {mark} -->\n")
            _, _, after = rest.partition(f"<!-- /{mark} -->")
            body = "\n".join(lines)
            if mark == "scores":
                head = MEASURED.read_text(encoding="utf-8").splitlines()[0]
                MEASURED.write_text(f"{head}\n{for_pages(lines)}", encoding="utf-8")
            readme.write_text(f"{before}<!-- {mark} -->\n{body}\n<!-- /{mark} -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
