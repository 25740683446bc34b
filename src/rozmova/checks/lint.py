"""The linter of the language data: everything about it that can be checked without knowing the language."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rozmova.checks import examples, structure, usage, yaml_text
from rozmova.languages import loader
from rozmova.languages.loader import LanguageDataError

WITHOUT_EXAMPLES = frozenset({"language", "romanisation"})
"""Files that need no examples: settings, and tables whose every line is a rule of its own."""


def lint(code: str) -> Iterator[str]:
    """What is wrong in the data of one language (or of ``shared``), a message each, naming file and entry."""
    broken = False
    names: set[str] = set()
    tested: set[str] = set()
    for path in sorted((loader.ROOT / code).glob("*.yaml")):
        name, _, rest = path.stem.partition(".")
        (tested if rest else names).add(name)
        for problem in yaml_text.problems(path, prose=bool(rest)):
            broken = broken or problem.startswith("not valid YAML")
            yield f"languages/{code}/{path.name}: {problem}"
    if code == loader.SHARED and not broken:
        yield from (f"languages/{code}/outlets.yaml: {p}" for p in structure.outlets(loader.table(code, "outlets")))
    if broken or code == loader.SHARED:
        return
    untested = names - tested - WITHOUT_EXAMPLES
    for name in sorted(untested):
        yield f"languages/{code}/{name}.yaml: has no examples; write them in {name}.examples.yaml"
    for name in sorted(tested - names):
        yield f"languages/{code}/{name}.examples.yaml: there is no {name}.yaml"
    sound = True
    for name in sorted(names):
        for problem in structure.problems(code, name):
            sound = False
            yield f"languages/{code}/{name}.yaml: {problem}"
    if not sound:
        yield f"languages/{code}: entries without examples are looked for once the above is corrected"
        return
    try:
        found = [*usage.repeated(code), *((name, p) for name, p in usage.unused(code) if name not in untested)]
        for name, problem in found:
            yield f"languages/{code}/{name}.yaml: {problem}"
    except LanguageDataError as error:
        yield str(error)


def run_examples(codes: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lines about failing examples, and lines about known gaps."""
    failing: list[str] = []
    gaps: list[str] = []
    for result in examples.run_all(codes):
        failing += result.lines()
        if result.example.known_gap:
            gaps.append(f"{result.example}: known gap: {result.example.known_gap}")
    return failing, gaps


def main(arguments: Sequence[str]) -> int:
    """``python -m rozmova.languages.lint [--examples] [code ...]``: prints what is wrong; 0 when nothing is, else 1."""
    wanted = [a for a in arguments if not a.startswith("-")]
    options = {a for a in arguments if a.startswith("-")}
    unknown = [a for a in wanted if a not in (*loader.codes(), loader.SHARED)] + sorted(options - {"--examples"})
    if unknown:
        sys.stderr.write(f"{unknown[0]}: no such language or option; languages: {', '.join(loader.codes())}\n")
        return 2
    codes = wanted or [loader.SHARED, *loader.codes()]
    found = [line for code in codes for line in lint(code)]
    gaps: list[str] = []
    if "--examples" in options:
        failing, gaps = run_examples(c for c in codes if c != loader.SHARED)
        found += failing
    for line in [*found, *gaps]:
        print(line)
    languages = ", ".join(codes)
    known = f", {len(gaps)} known gaps" if gaps else ""
    print(f"{languages}: {len(found)} problems{known}" if found else f"{languages}: no problems{known}")
    return 1 if found else 0
