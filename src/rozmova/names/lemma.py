"""Names in the nominative, as they are written in the language of the article.

The words that agree (a name, or a noun with its adjectives) are put into the nominative in the number and gender they
have; what hangs on them in the genitive stays: "міністра закордонних справ Польщі" -> "міністр закордонних справ
Польщі". Which reading of a word is meant is told by the cases that the whole phrase can stand in, and for a person of
the table of actors by the spellings the table has.
"""

from __future__ import annotations

from collections.abc import Sequence

from rozmova.languages.grammar import grammar
from rozmova.names.fold import fold
from rozmova.names.persons import NameSpan
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.morph import Form, Morph
from rozmova.text.script import is_cyrillic
from rozmova.text.tokens import WORD, Token

_ABBREVIATION = 5
"""Letters of the longest word in capitals that is taken for an abbreviation, which does not decline."""

Written = tuple[Sequence[str], Sequence[str]]
"""Given names and surnames of somebody as they are written, the usual ones first."""


def person(analysis: Analysis, name: NameSpan, gender: str, written: Written) -> str:
    """The name of a person in the nominative.

    ``gender`` is Masc, Fem or "" when nobody knows, ``written`` what the table has of whoever is meant, if it knows.
    """
    surname = _surname_words(analysis, name)
    parts: list[tuple[int, str]] = []
    for i in range(name.first, name.end):
        token = analysis.tokens[i]
        whole = token.kind == WORD and len(token.text) > 1 and (token.capital or "-" in token.text)
        if not whole or (name.initials and i not in surname):
            parts.append((i, token.text))
            continue
        kind = "Sur" if i in surname else "Giv"
        forms = written[1] if i in surname else written[0]
        parts.append((i, _of_name(analysis, token, Form(name.cases, False, gender, kind), forms)))
    return _spaced(analysis, parts)


def phrase(analysis: Analysis, first: int, end: int, head: int, form: Form) -> str:
    """An office or group in the nominative: the noun at token ``head`` and the adjectives with it."""
    tokens = analysis.tokens
    agreeing = {head}
    for i in range(head - 1, first - 1, -1):
        if not any(m.pos in ("ADJ", "DET", "NUM") for m in tokens[i].morphs) and tokens[i].text != ",":
            break
        agreeing.add(i)
    readings = _shared(tokens[head])
    for i in range(head + 1, end):
        if not _shared(tokens[i]) & readings or not tokens[i].has("ADJ"):
            break
        agreeing.add(i)
    nouns = [m for m in tokens[head].morphs if m.pos == "NOUN" and form.fits(m)]
    if not nouns:  # "prezydentami Rosji i USA" are two offices in one plural
        form = form._replace(plural=not form.plural)
        nouns = [m for m in tokens[head].morphs if m.pos == "NOUN" and form.fits(m)]
    genders = {m.gender for m in nouns if m.gender}
    form = form._replace(gender=next(iter(genders)) if len(genders) == 1 else "")
    parts = []
    for i in range(first, end):
        token = tokens[i]
        low = token.low
        if i in agreeing and token.kind == WORD and not _abbreviation(token):
            low = _nominative(analysis, token, form) or low
        parts.append((i, token.text if low == token.low else cased(low, token.text)))
    return _spaced(analysis, parts)


def listed(printed: str, words: str) -> str:
    """The nominative that the language data has for a name, with the text's first capital and last full stop."""
    words = words[:1].upper() + words[1:] if printed[:1].isupper() else words
    return words + "." if printed.endswith(".") and not words.endswith(".") else words


def cased(low: str, printed: str) -> str:
    """Capital letters where the printed word has them; a word in capitals throughout becomes an ordinary one."""
    if not printed[:1].isupper() and "-" not in printed:
        return low
    shouted = printed.isupper() and len(printed) > _ABBREVIATION
    out = []
    start = printed[:1].isupper()
    for n, letter in enumerate(low):
        capital = start or (not shouted and n < len(printed) and printed[n].isupper())
        out.append(letter.upper() if capital else letter)
        start = letter == "-" and shouted
    return "".join(out)


def _of_name(analysis: Analysis, token: Token, form: Form, written: Sequence[str]) -> str:
    """The nominative of one word of a name: a spelling of the table, the printed form, or the likeliest lemma."""
    nominative = not form.cases or "Nom" in form.cases
    made = _nominative(analysis, token, form)
    lemmas = [m.lemma for m in token.morphs if _may_be(m, form)]
    candidates = [*([token.low] if nominative else ()), *([made] if made else ()), *lemmas, token.low]
    keys = {fold(word): word for name in reversed(written) for word in (name, *name.split()) if _alike(word, token)}
    best = next((c for c in candidates if fold(c) in keys), None)
    if best is None and keys and token.text.isascii() == written[0].isascii() and not nominative:
        near = [w for w in keys.values() if w[:3].casefold() == token.low[:3]]
        best = near[0].casefold() if near else None  # "Ficą": no rule leads from there to Fico
    if best is None:
        known = any(m.known and m.nametype for m in token.morphs)
        undeclined = nominative and any(m.case in ("", "Nom") for m in token.morphs)
        best = token.low if undeclined or not candidates else candidates[0] if known or not lemmas else lemmas[0]
    return cased(_plain(analysis, best, token), token.text)


def _alike(written: str, token: Token) -> bool:
    return is_cyrillic(written[:1]) == is_cyrillic(token.low[:1])


def _nominative(analysis: Analysis, token: Token, form: Form) -> str | None:
    made = analyst(analysis.lang).nominative(token.low, form)
    return _plain(analysis, made, token) if made else None


def _plain(analysis: Analysis, made: str, token: Token) -> str:
    """Letters that newspapers leave out are left out where the printed word has none of them: "Пётр", "Петром"."""
    for letter, plain in grammar(analysis.lang).plain_letters.items():
        if letter not in token.low:
            made = made.replace(letter, plain)
    return made


def _may_be(reading: Morph, form: Form) -> bool:
    return reading.pos in ("PROPN", "NOUN", "ADJ") and form.fits(reading)


def _surname_words(analysis: Analysis, name: NameSpan) -> Sequence[int]:
    """The tokens of the surname: as many words from the end as it has."""
    if not name.surname:
        return ()
    size = len(name.surname[0].replace("-", " ").split())
    words = [i for i in range(name.first, name.end) if analysis.tokens[i].kind == WORD]
    return words[-size:]


def _shared(token: Token) -> set[tuple[str, str]]:
    return {(m.case, m.number) for m in token.morphs if m.case}


def _abbreviation(token: Token) -> bool:
    return token.text.isupper() and len(token.text) <= _ABBREVIATION


def _spaced(analysis: Analysis, parts: Sequence[tuple[int, str]]) -> str:
    """The words with a single space wherever the text has any white space between them."""
    out = ""
    for n, (i, word) in enumerate(parts):
        glued = analysis.tokens[i].glued and n > 0
        out += word if glued or not out else f" {word}"
    return out
