"""What a language is like, as far as the engines ask: cases, dropped subjects, and its few grammatical words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rozmova.languages import loader


@dataclass(frozen=True, slots=True)
class Grammar:
    """The grammatical part of ``language.yaml``; docs/adding-a-language.md says what each key means."""

    has_cases: bool
    drops_subject: bool
    clause_prepositions: frozenset[str]
    future: frozenset[str]
    infinitive: frozenset[str]
    reflexive: frozenset[str]
    finite_words: frozenset[str]
    not_finite: frozenset[str]
    conditional: frozenset[str]
    joins: frozenset[str]
    then: frozenset[str]
    possessives: frozenset[str]
    genitives: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    suffixes: frozenset[str]
    monuments: frozenset[str]
    relatives: frozenset[str]
    plain_letters: Mapping[str, str]
    variants: Mapping[str, str]


@cache
def grammar(code: str) -> Grammar:
    """The grammar of a language, read once; raises ``LanguageDataError`` when there is no such language."""
    about = loader.describe(code)
    words = {name: frozenset(about.get(name, ())) for name in Grammar.__annotations__ if name not in _OTHERS}
    return Grammar(
        has_cases=bool(about.get("has_cases", True)),
        drops_subject=bool(about.get("drops_subject", False)),
        plain_letters=about.get("plain_letters", {}),
        variants=about.get("variants", {}),
        **words,
    )


_OTHERS = ("has_cases", "drops_subject", "plain_letters", "variants")
