"""The page on dependencies names every package of the lock, under the licence that its own metadata name."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| ([A-Za-z0-9][A-Za-z0-9._-]*) \| .+ \| (.+?) \|$", re.MULTILINE)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)

NOT_IN_METADATA = {"morfeusz2": 1, "pymorphy3-dicts-uk": 2, "pymorphy3-dicts-ru": 3, "axe-playwright-python": 6}
"""Packages whose metadata say nothing, or what is not so -> the note that tells what holds."""

MEANS = {
    "mit license": "MIT",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}
"""How metadata write it -> SPDX."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named() -> dict[str, str]:
    """Package -> licence on the page."""
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = {plain(name): licence for name, licence in ROW.findall(page) if name != "package"}
    assert len(rows) > 60, "the tables are read"
    return rows


def pinned() -> set[str]:
    return {plain(name) for name in PINNED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))}


def of_metadata(name: str) -> str | None:
    """The licence that a package gives itself, in SPDX; of "BSD" alone its file says how many clauses."""
    found = distribution(name)
    classifiers = [c.rsplit(" :: ", 1)[1] for c in found.metadata.get_all("Classifier") or () if c[:9] == "License :"]
    for said in (found.metadata["License-Expression"], found.metadata["License"], *classifiers):
        if said and said != "UNKNOWN" and "\n" not in said:
            if said == "BSD License":
                return _bsd(name)
            return MEANS.get(said.lower(), said)
    return None


def _bsd(name: str) -> str:
    files = [file for file in distribution(name).files or () if re.search("licen[cs]e", file.name, re.IGNORECASE)]
    text = " ".join(" ".join(file.read_text().split()) for file in files)
    assert "Redistribution and use in source and binary forms" in text, f"{name} has no BSD licence inside"
    return "BSD-3-Clause" if re.search(r"[Nn]either the names? of|may not be used to endorse", text) else "BSD-2-Clause"


def test_the_page_names_what_is_in_the_lock_and_nothing_else() -> None:
    assert sorted(pinned() - named().keys()) == [], "packages without a line on the page"
    assert sorted(named().keys() - pinned()) == [], "lines of packages that are not installed"


@pytest.mark.parametrize("name", sorted(named()))
def test_the_licence_on_the_page_is_that_of_the_package(name: str) -> None:
    said = re.sub(r" \(note \d\)$", "", named()[name])
    if name in NOT_IN_METADATA:
        assert f"note {NOT_IN_METADATA[name]})" in named()[name]
        return
    try:
        licence = of_metadata(name)
    except PackageNotFoundError:
        pytest.skip("not installed on this system")
    assert said.split(",")[0] == licence
