"""Writes docs/how-it-reads.md: one article of the demo followed step by step, by running the program on it.

    python tools/how_it_reads.py            print the page
    python tools/how_it_reads.py --write    write it (`make how`)

A test compares the page with what this prints, so that it cannot drift.
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path
from textwrap import wrap

from rozmova.explain import explain
from rozmova.records import Article

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-it-reads.md"
ARTICLE = ROOT / "src/rozmova/demo/corpus/2022-02-13-pl-dziennik-trzech-rzek-sobota-zamiast-poniedzialku.txt"
PUBLISHED = "2022-02-13"
_WIDTH = 116
_FORMS = 12
"""Words whose readings are shown; the rest of the article would fill pages."""

NOTES = {
    "Article": "The language is told from the letters and words. The day of publication comes from whoever hands the "
    "article over; where nobody does, the words of the article date it (docs/decisions/0006-when.md).",
    "Sentences, tokens, readings": "`text/` cuts the text and asks a dictionary for every reading of every word: "
    "lemma, part of speech, features, in the names of Universal Dependencies. Nothing is decided yet. Numbers are "
    "offsets in the text. The first words only:",
    "Names": "`names/` finds phrases that stand for people, offices, states and bodies, puts them into the nominative "
    "and says whom they mean on that day, and why.",
    "Times": "`times/` finds the expressions (TIMEX3) and says what they are counted from.",
    "Clues to unknown days": "What the words say of days that nobody knows; nothing here, for the day of publication "
    "is known, beyond the order of contacts.",
    "Frames tried and matched": "`contacts/` tries the valency frames of `languages/pl/contacts.yaml`. A frame that "
    "matched names its slots and what fills them, then channel and status with the words that decided. A frame that "
    "nearly matched says what it lacked: a word, or a second side.",
    "Words of saying": "`statements/` asks of every word of saying whose it is: the subject, the owner of a document, "
    "whoever spoke last. Where no official says it, it is no statement.",
    "Contacts": "Mentions of one contact are put together, each with its evidence. A field that no words support is "
    "null, with the reason. The last line is the PLOVER event that it amounts to.",
    "Statements": "Who said what, where, to whom, about which contact (by its number above).",
}
"""What each section of `rozmova explain` shows, for a reader who has not seen the code."""


def page() -> str:
    """The page as it should stand in docs."""
    text = ARTICLE.read_text(encoding="utf-8")
    digest = sha256(text.encode()).hexdigest()
    article = Article(id=digest[:16], path=ARTICLE.name, text=text, sha256=digest, published=PUBLISHED)
    lines = [
        "# How it reads",
        "",
        "One article of the demo, followed through the steps. This page is made by `make how` from what the program",
        "does; a test fails when it is out of date. `rozmova explain FILE` shows the same for any article.",
        "",
        *("> " + line if line else ">" for line in text.strip().split("\n")),
    ]
    for title, content in explain(article):
        shown = _first_words(content) if title.startswith("Sentences") else content
        lines += ["", f"## {title}", "", *wrap(NOTES[title], _WIDTH), "", *(f"    {line}" for line in shown)]
    return "\n".join(lines) + "\n"


def _first_words(content: list[str]) -> list[str]:
    """The first words with their readings, and the sentences alone from there on."""
    words = [n for n, line in enumerate(content) if line.startswith(" ")][:_FORMS]
    return [line for n, line in enumerate(content) if n in words or not line.startswith(" ")]


def main() -> None:
    """Print the page, or with ``--write`` put it into docs."""
    parser = argparse.ArgumentParser(description="docs/how-it-reads.md, made by running the program")
    parser.add_argument("--write", action="store_true", help="write the page")
    if parser.parse_args().write:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page(), end="")


if __name__ == "__main__":
    main()
