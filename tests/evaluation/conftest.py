"""Builders shared by the tests of the evaluation: contacts as the analysis gives them, readings, gold files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from rozmova.records import ArticleInfo, Contact, Evidence, Party, Reading

Sides = Iterable[tuple[str, str, str | None]]  # name, kind, affiliation


def build_contact(
    text: str,
    words: Iterable[str | tuple[int, int]],
    parties: Sides,
    *,
    channel: str = "in_person",
    status: str = "held",
    date: str | None = None,
    initiator: str | None = None,
) -> Contact:
    """A predicted contact; its evidence is given as words of the text or as offsets."""
    spans = [(text.index(w), text.index(w) + len(w)) if isinstance(w, str) else w for w in words]
    evidence = [Evidence(start=a, end=b, text=text[a:b], supports=("contact",), rule="test") for a, b in spans]
    sides = [
        Party(id=f"x:{name}", name=name, kind=kind, affiliation=code, role=None, part="participant")  # type: ignore[arg-type]
        for name, kind, code in parties
    ]
    return Contact(
        parties=tuple(sides),
        channel=channel,  # type: ignore[arg-type]
        form="meeting",
        status=status,  # type: ignore[arg-type]
        date=date,
        date_basis=None,
        initiator=initiator,
        place=None,
        duration_minutes=None,
        duration_qualifier=None,
        topics=(),
        evidence=tuple(evidence),
    )


def build_reading(path: str, lang: str, contacts: Sequence[Contact]) -> Reading:
    """A reading with these contacts and nothing else."""
    info = ArticleInfo(
        id="0",
        path=path,
        url=None,
        sha256="0",
        lang=lang,
        title=None,
        outlet=None,
        published=None,
        published_basis=None,
    )
    return Reading(article=info, names=(), times=(), contacts=tuple(contacts), statements=())


@pytest.fixture(scope="session")
def contact() -> Callable[..., Contact]:
    return build_contact


@pytest.fixture(scope="session")
def reading() -> Callable[[str, str, Sequence[Contact]], Reading]:
    return build_reading


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], Path]:
    """Writes a value as JSON, or a string as it is, to a file under the test's folder."""

    def put(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return path

    return put
