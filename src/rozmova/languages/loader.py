"""Reads the language data: a folder of YAML files per language, and ``shared`` for what has no language.

A folder with a ``language.yaml`` is a language; nothing else registers one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from rozmova.errors import RozmovaError


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without surprises: ``no``, ``on`` and ``y`` words, ``2022-02-11`` is text; true and false are not."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in resolvers if not tag.endswith(("bool", "timestamp"))]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))

ROOT = Path(__file__).parent
SHARED = "shared"


class LanguageDataError(RozmovaError, ValueError):
    """A file of language data that cannot be used; the message names the file and what to do."""


@lru_cache(maxsize=256)
def table(folder: str, name: str) -> Any:
    """The content of ``languages/<folder>/<name>.yaml``, or ``{}`` when the language has no such file.

    Raises :class:`LanguageDataError` with file and line when the YAML is broken.
    """
    path = ROOT / folder / f"{name}.yaml"
    if not path.exists():
        return {}
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {}
    except yaml.YAMLError as error:
        raise LanguageDataError(f"{path}: not valid YAML ({error}); correct the file") from error


@cache
def codes() -> tuple[str, ...]:
    """The codes of all languages there are, in alphabetical order."""
    return tuple(sorted(p.parent.name for p in ROOT.glob("*/language.yaml")))


def describe(code: str) -> dict[str, Any]:
    """The ``language.yaml`` of a language: names, letters, morphology, abbreviations, quotation marks.

    Raises :class:`LanguageDataError` when there is no such language.
    """
    if code not in codes():
        raise LanguageDataError(f"no language {code!r} in {ROOT}; there are {', '.join(codes())}")
    found: dict[str, Any] = table(code, "language")
    return found
