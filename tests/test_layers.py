"""Data flows one way through the folders of the package; here the imports are held to that."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import rozmova

ROOT = Path(rozmova.__file__).parent

FREE = {"", "records", "errors", "languages"}
"""What everything may import: the version, the records, the errors, and the language data."""

FLOW = ("text", "times", "names", "contacts", "statements", "dating", "merge")
"""From the text to the merged contacts, each step knows only those before it. ``pipeline`` joins them."""

MAY_IMPORT: dict[str, set[str]] = {
    "": FREE,
    "records": set(),
    "errors": {"records"},
    "languages": {"", "records", "errors"},
    "plover": {"records"},
    "sources": FREE,
    **{step: FREE | set(FLOW[:place]) for place, step in enumerate(FLOW)},
    "store": FREE | {"sources", *FLOW},
    "exports": FREE | {"sources", "plover", *FLOW, "store"},
    "pictures": FREE,
    "pipeline": FREE | set(FLOW),
    "checks": FREE | {"plover", *FLOW, "pipeline"},
    "explain": FREE | {"plover", *FLOW, "pipeline"},
    "evaluation": FREE | {"sources", *FLOW, "store", "exports", "pipeline"},
    "web": FREE | {"sources", "plover", *FLOW, "store", "exports", "pipeline", "pictures"},
    "demo": FREE | {"sources", *FLOW, "store", "exports", "pipeline"},
}
"""Part of the package -> parts it may import. ``cli`` and ``__main__`` are the outside: they may import all."""

OUTSIDE = {"cli", "__main__"}


def part_of(module: str) -> str:
    """``rozmova.names.fold`` belongs to ``names``, ``rozmova`` itself to the part without a name."""
    return module.split(".")[1] if "." in module else ""


def imports(code: str, inside: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of each module of the package that code at this place imports, at whatever depth."""
    package = ["rozmova", *inside.parent.parts]
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            # `from rozmova import pipeline` names a part; `from rozmova import __version__` the package itself.
            whole = module != "rozmova"
            names = [module if whole or not is_part(alias.name) else f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "rozmova")


def is_part(name: str) -> bool:
    return name in MAY_IMPORT or name in OUTSIDE


def wrong(code: str, inside: Path) -> Iterator[str]:
    """The imports that go against the flow, a line each, for code at this place in the package."""
    here = "" if inside == Path("__init__.py") else inside.parts[0].removesuffix(".py")
    # The linter of the language data runs the steps over the examples: a tool beside the flow, not a part of it.
    if here in OUTSIDE or inside == Path("languages/lint.py"):
        return
    allowed = MAY_IMPORT.get(here, set())
    for line, module in imports(code, inside):
        if part_of(module) not in allowed | {here}:
            names = ", ".join(sorted(allowed - {""})) or "nothing"
            yield f"{inside}:{line} imports {module}, but {here or 'rozmova'} may import only: {names}"


def test_imports_run_one_way() -> None:
    files = sorted(ROOT.rglob("*.py"))
    found = [line for file in files for line in wrong(file.read_text(encoding="utf-8"), file.relative_to(ROOT))]
    assert not found, "\n" + "\n".join(found)


def test_every_part_has_its_place() -> None:
    parts = {path.name.removesuffix(".py") for path in ROOT.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
    unknown = parts - MAY_IMPORT.keys() - OUTSIDE - {"__init__"}
    assert not unknown, f"give {', '.join(sorted(unknown))} a place in MAY_IMPORT"


@pytest.mark.parametrize(
    "code",
    [
        "import rozmova.cli.app",
        "from rozmova import pipeline",
        "from rozmova.merge.blocks import x",
        "from ..store import Store",
        "from .. import cli",
        "def f():\n    from rozmova.contacts import frames",
    ],
)
def test_a_wrong_import_is_seen(code: str) -> None:
    assert list(wrong(code, Path("names/find.py")))


@pytest.mark.parametrize(
    "code", ["from rozmova import __version__", "from rozmova.text import tokens", "from . import x"]
)
def test_a_right_import_is_let_through(code: str) -> None:
    assert not list(wrong(code, Path("names/find.py")))
