"""Names of people as they stand in a text: which capitalised words belong together, their case and lemmas."""

from __future__ import annotations

from dataclasses import dataclass

from rozmova.names.actors import ActorTable
from rozmova.names.fold import fold
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import WORD, Token

_MAX_WORDS = 5
_FUNCTION_WORDS = frozenset({"ADP", "CCONJ", "SCONJ", "PRON", "PART", "DET", "AUX"})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """The words of one person's name: tokens ``first`` to ``end``.

    ``given`` and ``surname`` hold candidate lemmas, likeliest first; ``cases`` the cases all words can share (empty
    when nothing tells); ``sure`` says that a known given name or a known full name vouches for it.
    """

    first: int
    end: int
    given: tuple[str, ...]
    surname: tuple[str, ...]
    cases: frozenset[str]
    gender: str
    sure: bool


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two phrases can stand in one case; an empty set agrees with all."""
    return not one or not other or bool(one & other)


class PersonFinder:
    """Finds names of people among the tokens that no other data has taken."""

    def __init__(self, table: ActorTable, particles: frozenset[str]) -> None:
        """``particles`` are small words inside names (von, der, ван), in lower case."""
        self._table = table
        self._particles = particles

    def at(self, analysis: Analysis, i: int, end: int, taken: frozenset[int], introduced: bool) -> NameSpan | None:
        """The person's name that begins at token ``i``, if one does.

        ``taken`` are tokens of other names; ``introduced`` says that an office or title stands right before, so that a
        single unknown word is enough.
        """
        tokens = analysis.tokens
        if i in taken or (not (tokens[i].low in self._particles and introduced) and not self._namelike(analysis, i)):
            return None
        words: list[int] = []
        j = i
        while j < end and len(words) < _MAX_WORDS:
            token = tokens[j]
            if j in taken and not (words and self._vouched(token)):
                break
            if token.text == "-" and token.glued and words and j + 1 < end and tokens[j + 1].glued:
                j += 1
                continue
            if token.text == "." and words and len(tokens[words[-1]].text) <= 2:
                j += 1
                continue
            particle = token.low in self._particles and j + 1 < end and tokens[j + 1].kind == WORD
            follows = particle and (tokens[j + 1].capital or tokens[j + 1].low in self._particles)
            if follows and (words or introduced):
                words.append(j)
            elif token.kind == WORD and token.capital and (not words or self._may_follow(analysis, words, j)):
                if len(words) > 1 and (not _agrees(tokens, words, token) or self._another(tokens, words, token)):
                    break  # another name begins: "z Olafem Scholzem Joe Biden"
                words.append(j)
            else:
                break
            j += 1
        while words and tokens[words[-1]].low in self._particles and not tokens[words[-1]].capital:
            words.pop()
        return self._judge(analysis, words, introduced) if words else None

    def _namelike(self, analysis: Analysis, i: int) -> bool:
        token = analysis.tokens[i]
        if token.kind != WORD or not token.capital or token.low.endswith(".") or len(token.low) < 2:
            return False
        if _opens(analysis, i) and any(m.pos in _FUNCTION_WORDS and m.known for m in token.morphs):
            return False
        if any(m.nametype in ("Sur", "Giv") for m in token.morphs) or not any(m.known for m in token.morphs):
            return True
        if any(self._table.people(fold(m.lemma)) for m in token.morphs):
            return True
        following = analysis.tokens[i + 1] if i + 1 < len(analysis.tokens) else token
        return following.kind == WORD and following.capital and self._given(token) is not None

    def _vouched(self, token: Token) -> bool:
        return any(m.nametype in ("Sur", "Giv") for m in token.morphs)

    def _may_follow(self, analysis: Analysis, words: list[int], j: int) -> bool:
        """A further capitalised word belongs to the name when it is name-like or the words so far are given names."""
        return self._namelike(analysis, j) or self._given(analysis.tokens[words[-1]]) is not None

    def _another(self, tokens: tuple[Token, ...], words: list[int], token: Token) -> bool:
        """Behind a given name and a surname, a surname of the table is another person's."""
        last = tokens[words[-1]]
        if not self._surname(last) or last.low in self._particles or not self._surname(token):
            return False
        first = self._table.people(fold(tokens[words[0]].low))
        if any(fold(last.low) in p.given or fold(f"{last.low} {token.low}") in p.given for p in first):
            return False  # the surname came first: "Kim Jong Un"
        middle = self._given(last) is not None or any(m.nametype in ("Giv", "Pat") for m in last.morphs)
        return not middle and self._given(tokens[words[0]]) is not None

    def _surname(self, token: Token) -> bool:
        """The table knows a surname that this form can be of."""
        return any(self._table.people(fold(lemma)) for lemma in (token.low, *(m.lemma for m in token.morphs)))

    def _given(self, token: Token) -> str | None:
        """The lemma under which a token is a given name, or None."""
        if len(token.text) == 1:
            return token.text
        for morph in token.morphs:
            if morph.nametype == "Giv" or self._table.given_name(morph.lemma):
                return morph.lemma
        return token.low if self._table.given_name(token.low) else None

    def _judge(self, analysis: Analysis, words: list[int], introduced: bool) -> NameSpan | None:
        tokens = analysis.tokens
        cases, gender = _shared_case([tokens[w] for w in words if tokens[w].capital])
        if cases and self._table.people(fold(tokens[words[-1]].low)):
            cases |= {"Nom"}  # the table knows the very form: "Кошта" is no case of "кошт"
        lemmas = [_lemmas(tokens[w], cases, "Sur" if w == words[-1] else "Giv") for w in words]
        end = words[-1] + 1
        if len(words) == 1:
            known = any(self._table.people(fold(lemma)) for lemma in lemmas[0])
            listed = any(m.nametype == "Sur" and m.pos != "PROPN" for m in tokens[words[0]].morphs)
            ordinary = any(m.known and m.nametype in ("", "Geo") for m in tokens[words[0]].morphs)
            opening = _opens(analysis, words[0])
            # "Зеленський" is an adjective to the dictionary, and at the beginning of a sentence still a name
            plain = opening and any(m.known and m.pos != "ADJ" for m in tokens[words[0]].morphs)
            if ordinary and not listed and not introduced and (not known or plain):
                return None
            given_only = not known and self._given(tokens[words[0]]) is not None
            if not introduced and (given_only or not (known or listed) or (ordinary and plain)):
                return None
            return NameSpan(words[0], end, (), lemmas[0], cases, gender, known and not (ordinary and plain))
        split = self._surname_starts(tokens, words)
        given = _join(lemmas[:split])
        surname = _join(lemmas[split:])
        sure = self._given(tokens[words[0]]) is not None or any(
            fold(g.split()[0]) in person.given for s in surname for person in self._table.people(fold(s)) for g in given
        )
        if not (sure or introduced):
            return None
        return NameSpan(words[0], end, given, surname, cases, gender, sure)

    def _surname_starts(self, tokens: tuple[Token, ...], words: list[int]) -> int:
        """Index of the first word of the surname: the first particle, else the last word (with its hyphen partner)."""
        for n, w in enumerate(words):
            if tokens[w].low in self._particles and not tokens[w].capital:
                return n
        last = len(words) - 1
        if last >= 2 and tokens[words[last]].start - tokens[words[last - 1]].end == 1:
            between = words[last] - words[last - 1]
            if between == 2:  # "Крамп-Карренбауер"
                return last - 1
        return last


def _agrees(tokens: tuple[Token, ...], words: list[int], token: Token) -> bool:
    """A further word goes on with the name unless the dictionary knows both in other cases."""
    known = [tokens[w] for w in words if any(m.known for m in tokens[w].morphs)]
    if not known or not any(m.known for m in token.morphs):
        return True
    return agree(_shared_case(known)[0], _shared_case([token])[0])


def _opens(analysis: Analysis, i: int) -> bool:
    return any(first == i for first, _ in analysis.sentences)


def _shared_case(words: list[Token]) -> tuple[frozenset[str], str]:
    """The cases that all words of a name can be in (names agree), and the gender they show."""
    shared: set[str] | None = None
    genders: set[str] | None = None
    names = [w for w in words if not w.morphs or any(m.nametype in ("Sur", "Giv", "Pat") for m in w.morphs)]
    for word in names or words:  # an ordinary word in a name ("Rau", "Price") tells its case only when no other does
        named = [m for m in word.morphs if m.nametype] or [m for m in word.morphs if m.case]
        found = {m.case for m in named if m.case}
        if found:
            shared = found if shared is None or not (shared & found) else shared & found
        sexes = {m.gender for m in named if m.gender}
        if sexes:
            genders = sexes if genders is None or not (genders & sexes) else genders & sexes
    gender = next(iter(genders)) if genders and len(genders) == 1 else ""
    return frozenset(shared or ()), gender


def _lemmas(token: Token, cases: frozenset[str], wanted: str) -> tuple[str, ...]:
    """Candidate lemmas of one word of a name, readings in the shared case and of the wanted kind first."""
    ranked = sorted(
        token.morphs,
        key=lambda m: (
            bool(cases) and m.case not in cases,
            m.nametype != wanted,
            m.pos not in ("NOUN", "PROPN", "ADJ"),
        ),
    )
    fitting = [m.lemma for m in ranked if not cases or m.case in cases or not m.case]
    return tuple(dict.fromkeys([*fitting, token.low])) or (token.low,)


def _join(lemmas: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Names of several words: the first candidates together, then variants that differ in the last word."""
    if not lemmas:
        return ()
    head = " ".join(options[0] for options in lemmas[:-1])
    return tuple(f"{head} {last}".strip() for last in lemmas[-1])
