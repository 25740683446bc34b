"""The page that follows one article is what the program does with it now."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_is_up_to_date() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    import how_it_reads

    assert how_it_reads.PAGE.read_text(encoding="utf-8") == how_it_reads.page(), "run `make how`"
