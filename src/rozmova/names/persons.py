"""Names of people as they stand in a text: which capitalised words belong together, their case and lemmas.

Evidence for a name is a given name, a full name or surname of the table of actors, an office or title before it, a
surname that the article introduces in full somewhere else, or two words together that no dictionary knows. A
capitalised word without any of these is no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from rozmova.names.actors import ActorTable
from rozmova.names.agreement import Agreement, agree, agreement, meets, of_name, told
from rozmova.names.fold import fold
from rozmova.names.strangers import eastern
from rozmova.names.words import CLOSING_QUOTES, OPENING_QUOTES, NameWords, stems, vouched
from rozmova.text.analysis import Analysis, analyst
from rozmova.text.morph import Form, Morph
from rozmova.text.tokens import NUMBER, WORD, Token

_MAX_WORDS = 5
_INITIAL = 2
"""Letters of an initial: "В.", "Дж."."""
_VERB_NEAR = 3
"""Words behind a name at the beginning of a sentence among which its verb stands: "Песков в понедельник заявил"."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """The words of one person's name: tokens ``first`` to ``end``.

    ``given`` and ``surname`` hold candidate lemmas, likeliest first (one of them may be empty); ``cases`` the cases all
    words can share (empty when nothing tells); ``sure`` says that a known given name or a known full name vouches for
    it; ``initials`` that ``given`` holds the beginnings of given names only; ``thing`` that a thing bears the name, so
    that nobody is meant.
    """

    first: int
    end: int
    given: tuple[str, ...]
    surname: tuple[str, ...]
    cases: frozenset[str]
    gender: str
    sure: bool
    initials: bool = False
    thing: bool = False

    @property
    def whole(self) -> bool:
        """Given name and surname, both in full."""
        return bool(self.given and self.surname) and not self.initials


def surname_keys(name: NameSpan) -> frozenset[str]:
    """The keys under which a surname alone may mean the bearer of this name: the whole surname and its last word."""
    return frozenset(fold(s) for s in name.surname) | frozenset(fold(s.split()[-1]) for s in name.surname)


class PersonFinder:
    """Finds names of people in one article, among the tokens that no other data has taken."""

    def __init__(self, table: ActorTable, analysis: Analysis) -> None:
        """``table`` has the people that any article may name without introducing them."""
        self._words = NameWords(table, analysis)
        self._table, self._tokens, self._lang = table, analysis.tokens, analysis.lang
        self._grammar = self._words.grammar

    def introduce(self, names: Iterable[NameSpan]) -> frozenset[int]:
        """Learn the names found so far; gives the tokens that may be one of their surnames or given names alone."""
        full = [name for name in names if name.whole]
        given = [fold(part) for name in full for part in name.given]
        surnames = [s.split()[-1] for name in full for s in name.surname]
        return self._words.introduce((key for name in full for key in surname_keys(name)), given, surnames)

    def at(self, i: int, end: int, taken: frozenset[int], introduced: bool) -> NameSpan | None:
        """The person's name that begins at token ``i`` and ends before ``end``, if one does; see ``NameSpan.thing``.

        ``taken`` are tokens of other names; ``introduced`` says that an office or title stands right before, so that a
        single unknown word is enough.
        """
        token = self._tokens[i]
        small = not token.capital and token.low not in self._grammar.particles and "-" not in token.text
        if i in taken or token.kind != WORD or small:
            return None  # nearly every word of a text
        initials, start = self._initials(i, end)
        words = self._run(start, end, taken, introduced or bool(initials))
        found = self._judge([*initials, *words], introduced, bool(initials)) if words else None
        return replace(found, thing=True) if found and self._of_a_thing(found) else found

    def alone(self, first: int) -> NameSpan:
        """All words from token ``first`` on as one name, whatever they are."""
        words = [t.i for t in self._tokens[first:] if t.kind == WORD]
        shared = self._shared(words)
        start, last = self._surname(words)
        given = self._joined([*words[:start], *words[last:]], shared, "Giv")
        surname = self._joined(words[start:last], shared, "Sur")
        return NameSpan(first, len(self._tokens), given, surname, *told(shared), False)

    def listed(self, i: int, end: int, taken: frozenset[int]) -> bool:
        """A full name of the table begins at token ``i``, surname first, though its first word means something else.

        "Пан Ґі Мун" begins with a title.
        """
        return bool(self._listed(i, end, taken - {i}))

    # which words

    def _initials(self, i: int, end: int) -> tuple[list[int], int]:
        """Initials at token ``i`` ("С. В.", "Дж.", "С.В.") and the token of the name that follows them."""
        tokens = self._tokens
        found: list[int] = []
        j = i
        while j + 1 < end:
            token, after = tokens[j], tokens[j + 1]
            if "." in token.text and token.capital and token.kind == WORD:
                found.append(j)
                j += 1
            elif len(token.text) <= _INITIAL and token.capital and after.text == "." and after.glued:
                if len(token.text) > 1 and not (j + 2 < end and self._words.surname(tokens[j + 2])):
                    break  # "Dr.", "St."
                found.append(j)
                j += 2
            else:
                break
        follows = j < end and tokens[j].kind == WORD and tokens[j].capital and len(tokens[j].text) > 1
        return (found, j) if found and follows else ([], i)

    def _initials_behind(self, i: int) -> list[int]:
        """Initials behind a surname: "Лавров С. В."."""
        tokens = self._tokens
        found: list[int] = []
        while i + 1 < len(tokens) and len(tokens[i].text) == 1 and tokens[i].text.isupper():
            if tokens[i + 1].text != "." or not tokens[i + 1].glued:
                break
            found.append(i)
            i += 2
        return found

    def _run(self, i: int, end: int, taken: frozenset[int], introduced: bool) -> list[int]:
        """The words of a name from token ``i`` on, without the marks between them."""
        tokens, names = self._tokens, self._words
        known = self._listed(i, end, taken)
        if known:
            return known
        opens = names.particle(tokens[i]) and (introduced or tokens[i].capital)
        if i in taken or not (names.namelike(i) or opens):
            return []
        words: list[int] = []
        j = i
        while j < end and len(words) < _MAX_WORDS:
            token = tokens[j]
            if j in taken and not (words and vouched(token)):
                break
            if token.text == "-" and token.glued and words and j + 1 < end and tokens[j + 1].glued:
                if words == [i] and self._two(tokens[i], tokens[j + 1]):
                    break  # "a Putin-Biden summit": two people, not a double surname
                j += 1
                continue
            if token.text == "." and words and len(tokens[words[-1]].text) <= _INITIAL:
                j += 1
                continue
            if not (self._ties(words, j, end, introduced) or self._goes_on(words, j, end)):
                break
            words.append(j)
            j += 1
        while words and names.particle(tokens[words[-1]]) and not tokens[words[-1]].capital:
            words.pop()
        return words

    def _listed(self, i: int, end: int, taken: frozenset[int]) -> list[int]:
        """Two or three words that together are a name with the surname first: "Сі Цзіньпін", "Кім Чен Ин"."""
        tokens = self._tokens
        run = [i]
        while len(run) < 3 and run[-1] + 1 < end:
            token = tokens[run[-1] + 1]
            if token.kind != WORD or not token.capital:
                break
            run.append(token.i)  # "Цинь Ган" in the genitive is Ghana to other data
        if not tokens[i].capital or i in taken:
            return []
        article = tokens[i].has("DET")  # "An Estonian diplomat"
        for known in (self._surname_first, *(() if article else (self._words.eastern,))):
            for size in (3, 2):
                if len(run) >= size and known(run[:size]):
                    return run[:size]
        return []

    def _eastern(self, words: list[int]) -> bool:
        """The surname comes first, as its looks say, or those of the first word ("Ким") and the table."""
        first = self._tokens[words[0]].low
        return self._words.eastern(words) or (len(words) == 3 and bool(eastern(first)) and self._surname_first(words))

    def _surname_first(self, words: list[int]) -> bool:
        """The table has a person whose surname is the first word and whose given name the rest."""
        tokens = self._tokens
        first = fold(tokens[words[0]].low)
        for person in self._table.people(first):
            for rest in _variants([tokens[w] for w in words[1:]]):
                if rest != first and (rest in person.given or rest in person.surname):
                    return True
        return False

    def _ties(self, words: list[int], j: int, end: int, introduced: bool) -> bool:
        """A particle of the name, before another or before a capitalised word."""
        tokens, names = self._tokens, self._words
        if not names.particle(tokens[j]) or j + 1 >= end or tokens[j + 1].kind != WORD:
            return False
        follows = names.capital(tokens[j + 1]) or names.particle(tokens[j + 1])
        return follows and (bool(words) or introduced or tokens[j].capital)

    def _two(self, one: Token, other: Token) -> bool:
        """Two people around a hyphen: both introduced by the article, or both in the table and their pair not."""
        names, table = self._words, self._table
        if names.introduced(one) and names.introduced(other):
            return True
        if names.given(one) is not None or names.given(other) is not None:
            return False  # "Frank-Walter"
        halves = [[stem for stem in map(fold, stems(token)) if table.people(stem)] for token in (one, other)]
        return all(halves) and not any(table.people(f"{a}-{b}") for a in halves[0] for b in halves[1])

    def _goes_on(self, words: list[int], j: int, end: int) -> bool:
        """A capitalised word begins the name or belongs to it, and no other name or thing begins with it."""
        tokens, names = self._tokens, self._words
        token = tokens[j]
        if token.kind != WORD or not names.capital(token):
            return False
        if not words or tokens[j - 1].text == "-":
            return True
        last = tokens[words[-1]]
        if not self._grammar.has_cases and token.keys & self._grammar.monuments:
            return False  # "Kim Il Sung Square"
        if token.i in names.shouted and not names.namelike(j):
            return False
        if not names.namelike(j) and names.given(last) is None and len(last.text) > 1:
            return False
        if self._another(words, j, end):
            return False
        return len(words) < 2 or _agrees(tokens, words, token)

    def _another(self, words: list[int], j: int, end: int) -> bool:
        """Another person's name begins at token ``j``."""
        tokens, names = self._tokens, self._words
        token, last = tokens[j], tokens[words[-1]]
        if not token.capital:
            return False  # "Abdel Fattah al-Sisi"
        if names.particle(tokens[words[0]]) and not names.particle(last):
            return True  # "O Van Rompuyu Uszakow nie wspomniał"
        follows = j + 1 < end and tokens[j + 1].kind == WORD and tokens[j + 1].capital
        patronymic = follows and any(m.nametype == "Pat" for m in tokens[j + 1].morphs)
        nobody = names.given(last) is None and (names.surname(last) or names.foreign(last))
        if len(words) == 1 and nobody and follows and not patronymic:
            surname = tuple(stems(tokens[j + 1]))
            if self._full((f"{last.low} {token.low}",), surname):
                return False  # "Recep Tayyip Erdogan", whose second name stands before the surname too
            whole = self._full(tuple(stems(token)), surname)
            return whole or (names.given(token) is not None and names.namelike(j + 1))  # "посланець Трампа Кіт Келлог"
        whole = len(words) > 1 and names.given(tokens[words[0]]) is not None and names.given(last) is None
        if whole and follows and names.given(token) is not None and not names.particle(last):
            return True  # "z Olafem Scholzem Joe Biden"
        if len(words) < 2 or not names.surname(last) or names.particle(last) or not names.surname(token):
            return False
        first = self._table.people(fold(tokens[words[0]].low))
        if any(fold(last.low) in p.given or fold(f"{last.low} {token.low}") in p.given for p in first):
            return False  # the surname came first: "Kim Jong Un"
        middle = names.given(last) is not None or any(m.nametype in ("Giv", "Pat") for m in last.morphs)
        return not middle and names.given(tokens[words[0]]) is not None

    def _of_a_thing(self, name: NameSpan) -> bool:
        """The name is part of the name of a thing: "площа Шевченка", "Lech Wałęsa Institute", a ship in quotes."""
        tokens, monuments = self._tokens, self._grammar.monuments
        before = tokens[name.first - 1] if name.first else None
        after = tokens[name.end] if name.end < len(tokens) else None
        if before and after and before.text in OPENING_QUOTES and after.text in CLOSING_QUOTES:
            return after.low not in self._grammar.possessives
        if self._grammar.has_cases:
            if before and before.text == "." and name.first > 1 and tokens[name.first - 2].end == before.start:
                before = tokens[name.first - 2]  # "ul. Marszałkowskiej", "ім. Шевченка"
            return before is not None and bool(before.keys & monuments) and agree(name.cases, frozenset(("Gen",)))
        return after is not None and after.capital and bool(after.keys & monuments)

    # what they amount to

    def _judge(self, words: list[int], introduced: bool, initials: bool) -> NameSpan | None:
        tokens, names = self._tokens, self._words
        shared = self._shared(words)
        features = told(shared)
        end = self._after_suffix(words[-1] + 1)
        if len(words) == 1:
            return self._alone(words[0], end, shared, introduced)
        first, last = self._surname(words)
        surname = self._joined(words[first:last], shared, "Sur")
        if self._eastern(words):
            surname = (tokens[words[0]].low,)  # what stands before the given name does not decline
        if initials:
            letters = (" ".join(tokens[w].low for w in words[:first]),)
            known = any(self._table.people(fold(s)) for s in surname) or names.introduced(tokens[words[-1]])
            if not (known or introduced or names.foreign(tokens[words[-1]])):
                return None
            return NameSpan(words[0], end, letters, surname, *features, known, True)
        given = self._joined([*words[:first], *words[last:]], shared, "Giv")
        if not surname:
            return NameSpan(words[0], end, given, (), *features, True)
        backwards = first == 0 and self._surname_first(words) and not self._full(given, surname)
        if not backwards and last == len(words) and self._surname_first(words) and not self._full(given, surname):
            surname, given, backwards = (tokens[words[0]].low,), self._joined(words[1:], shared, "Giv"), True
        sure = bool(given) and (names.given(tokens[words[0]]) is not None or backwards or self._full(given, surname))
        whole = sure or introduced or first == 0 or last < len(words)
        if not (whole or self._foreign(words)):
            return None
        return NameSpan(words[0], end, given, surname, *features, sure)

    def _shared(self, words: list[int]) -> Agreement:
        """What the declined words of a name agree in: of words tied by a hyphen the last ("Жан-Ивом")."""
        tokens, names = self._tokens, self._words
        tied = {w for w, following in pairwise(words) if self._hyphen(following)}
        if self._eastern(words):
            words = words[-1:]  # "Ким Чен Ына": only the last syllable declines
        declined = [tokens[w] for w in words if names.capital(tokens[w]) and len(tokens[w].text) > 1 and w not in tied]
        shared = agreement(declined)
        if {case for case, _ in shared} == {"Nom"} and len(words) > 1:
            shared |= self._known_in(tokens[words[0]], tokens[words[-1]])
        listed = any(of_name(m) for w in words[:-1] for m in tokens[w].morphs)
        if shared and not listed and self._written((tokens[words[-1]].low,)):
            return shared | {("Nom", "")}  # the table knows the very form: "Кошта" is no case of "кошт"
        return shared

    def _known_in(self, first: Token, last: Token) -> Agreement:
        """The cases in which two words are a name of the table: "Нікола Пашиняна" is Нікол in the genitive."""
        declined = analyst(self._lang).declined
        return frozenset(
            (one.case, one.gender)
            for one in last.morphs for other in declined(first.low)
            if one.case and one.case == other.case and self._full((other.lemma,), (one.lemma,))
        )  # fmt: skip

    def _full(self, given: tuple[str, ...], surname: tuple[str, ...]) -> bool:
        """The table has a person of this given name and surname."""
        keys = {fold(g.split()[0]) for g in given}
        return any(keys & person.given for s in surname for person in self._table.people(fold(s)))

    def _foreign(self, words: list[int]) -> bool:
        """Nothing but words that no dictionary knows: the name of a stranger, unless an article stands before it."""
        tokens = self._tokens
        before = tokens[words[0] - 1] if words[0] else None
        if before is not None and before.has("DET"):
            return False
        names = self._words
        foreign = all(names.particle(tokens[w]) or names.foreign(tokens[w]) for w in words)
        return foreign and words[0] not in names.shouted

    def _alone(self, i: int, end: int, shared: Agreement, introduced: bool) -> NameSpan | None:
        """A single word as a name: a surname, or the given name of somebody the article introduces."""
        token, names = self._tokens[i], self._words
        lemmas = self._joined([i], shared, "Sur")
        after = self._initials_behind(end)
        if after and (introduced or names.surname(token) or names.foreign(token)):
            given = (" ".join(self._tokens[w].low for w in after),)
            return NameSpan(i, after[-1] + 2, given, lemmas, *told(shared), names.surname(token), True)
        known = any(self._table.people(fold(lemma)) for lemma in lemmas)
        listed = any(m.nametype == "Sur" and m.pos != "PROPN" for m in token.morphs)
        ordinary = any(m.known and m.nametype in ("", "Geo") for m in token.morphs)
        # "Зеленський" is an adjective to the dictionary, and at the beginning of a sentence still a name
        plain = i in names.opening and any(m.known and m.pos != "ADJ" and not m.nametype for m in token.morphs)
        plain = plain and not (known and self._acts_as_name(i, end))
        following = self._tokens[end] if end < len(self._tokens) else token
        if following.kind == NUMBER or (following.text == "." and following.glued and self._abbreviation(token)):
            return None  # "May 5", "Jan. 17"
        exact = not (ordinary and plain) or names.introduced(token, exact=True)
        if names.introduced(token) and exact and (self._grammar.has_cases or not plain or _acts(following)):
            return NameSpan(i, end, (), lemmas, *told(shared), True)
        if names.first_name(token) and not introduced:
            return NameSpan(i, end, self._joined([i], shared, "Giv"), (), *told(shared), True)
        if ordinary and not listed and not introduced and not self._written(lemmas):
            return None  # "День Незалежності" is no Mr Den
        if ordinary and not listed and not introduced and (not known or plain):
            return None
        given_only = not known and names.given(token) is not None
        if not introduced and (given_only or not (known or listed) or (ordinary and plain)):
            return None
        return NameSpan(i, end, (), lemmas, *told(shared), known and not (ordinary and plain))

    def _acts_as_name(self, i: int, end: int) -> bool:
        """A verb follows whose subject the ordinary word cannot be: "Песков заявил" is not of sands."""
        for token in self._tokens[end : end + _VERB_NEAR]:
            if token.kind != WORD:
                return False
            found = token.verb()
            if found is not None:
                return found.number == "Sing" and found.gender != "Neut" and not any(
                    m.known and not m.nametype and m.case == "Nom" and m.number != "Plur"
                    and not (m.gender and found.gender and m.gender != found.gender)
                    for m in self._tokens[i].morphs
                )  # fmt: skip
        return False

    def _written(self, lemmas: Iterable[str]) -> bool:
        """The table has a surname that is written exactly like one of the lemmas."""
        return any(
            lemma == form.casefold()
            for lemma in lemmas for person in self._table.people(fold(lemma)) for form in self._table.written(person)[1]
        )  # fmt: skip

    def _abbreviation(self, token: Token) -> bool:
        return token.low in analyst(self._lang).abbreviations

    def _after_suffix(self, end: int) -> int:
        """The token after "Jr." or the like, where it follows."""
        tokens = self._tokens
        at = end + 1 if end < len(tokens) and tokens[end].text == "," else end
        if at >= len(tokens) or tokens[at].low not in self._grammar.suffixes or not tokens[at].capital:
            return end
        dot = at + 1 < len(tokens) and tokens[at + 1].text == "." and tokens[at + 1].glued
        return at + 2 if dot else at + 1

    def _surname(self, words: list[int]) -> tuple[int, int]:
        """Which of the words are the surname: from the first particle on, else the last one (with a hyphen partner).

        With a patronymic it may be the first ("Кузьменко Василь Степанович") or not be there at all.
        """
        tokens, names = self._tokens, self._words
        if self._eastern(words):
            return 0, 1
        for n, w in enumerate(words[:-1]):
            if names.particle(tokens[w]):
                return n, len(words)
        last = len(words) - 1
        if last == 1 and self._hyphen(words[1]) and names.given(tokens[words[0]]) is None:
            return 0, 2  # "Крамп-Карренбауэр" alone
        if any(m.nametype == "Pat" and m.known for m in tokens[words[last]].morphs) and last <= 2:
            if last == 2 and names.given(tokens[words[1]]) is not None:
                return 0, 1
            if last == 1 and names.given(tokens[words[0]]) is not None:
                return len(words), len(words)
        return (last - 1 if last >= 2 and self._hyphen(words[last]) else last), len(words)

    def _hyphen(self, word: int) -> bool:
        """A hyphen ties the word to the one before: "Крамп-Карренбауер"."""
        return self._tokens[word].glued and self._tokens[word - 1].text == "-"

    def _joined(self, words: list[int], shared: Agreement, wanted: str) -> tuple[str, ...]:
        """Candidate lemmas of several words together: for each case all words in it, the variants of the last one."""
        found: dict[str, None] = {}
        pairs = [frozenset((pair,)) for pair in sorted(shared, key=lambda pair: (pair[0] == "Nom", pair))]
        for pair in pairs or [shared]:
            heads = [""]
            for w, following in pairwise(words):
                lemma = self._lemmas(self._tokens[w], pair, wanted)[0]
                tied = self._hyphen(following)  # the first half may stand undeclined: "Климпуш-Цинцадзе"
                halves = dict.fromkeys((f"{lemma}-", f"{self._tokens[w].low}-") if tied else (f"{lemma} ",))
                heads = [head + half for head in heads for half in halves]
            lasts = self._lemmas(self._tokens[words[-1]], pair, wanted) if words else ()
            found.update(dict.fromkeys(f"{head}{last}" for last in lasts for head in heads))
        return tuple(found)

    def _lemmas(self, token: Token, shared: Agreement, wanted: str) -> tuple[str, ...]:
        """Candidate lemmas of one word of a name that agree with the others, those of the wanted kind first.

        A woman's surname that looks like an adjective has the feminine form: "Зеленской" -> "зеленская".
        """
        fitting = [m for m in token.morphs if m.number != "Plur" and (not shared or not m.case or meets(m, shared))]
        fitting.sort(key=lambda m: (m.nametype != wanted, m.pos not in ("NOUN", "PROPN", "ADJ")))
        if shared:  # "Marka" is Marek's to the dictionary, and may be Mark's
            fitting += [m for m in analyst(self._lang).declined(token.low) if meets(m, shared)]
        lemmas = [self._hers(token, m) if wanted == "Sur" else m.lemma for m in fitting]
        if wanted == "Giv":
            lemmas.sort(key=lambda lemma: self._table.given_name(lemma) is None)
        if not lemmas or not shared or any(case == "Nom" for case, _ in shared):
            lemmas.append(token.low)
        return tuple(dict.fromkeys([*lemmas, *(bare for lemma in lemmas for bare in self._words.bare(lemma))]))

    def _hers(self, token: Token, reading: Morph) -> str:
        """The lemma of a surname, in the feminine where the reading is that of an adjective in the feminine."""
        if reading.pos != "ADJ" or reading.gender != "Fem" or reading.number == "Plur":
            return reading.lemma
        form = Form(frozenset((reading.case,)), False, "Fem", "Sur")
        return analyst(self._lang).nominative(token.low, form) or reading.lemma


def _acts(token: Token) -> bool:
    """The word can be a verb in the past or the third person, or an auxiliary: what a subject is followed by."""
    return any(m.pos == "AUX" or m.person == "3" or (m.verbform == "Fin" and m.tense == "Past") for m in token.morphs)


def _variants(words: list[Token]) -> Iterator[str]:
    """The keys that several words of a given name can have together, in their lemmas: apart, hyphened, as one."""
    *first, last = words
    head = " ".join(t.low for t in first)
    for lemma in dict.fromkeys(stems(last)):
        for sign in (" ", "-", "") if head else ("",):
            yield fold(f"{head.replace(' ', sign)}{sign}{lemma}")


def _agrees(tokens: tuple[Token, ...], words: list[int], token: Token) -> bool:
    """A further word goes on with the name unless the dictionary knows both in other cases."""
    known = [tokens[w] for w in words if any(m.known for m in tokens[w].morphs)]
    if not known or not any(m.known for m in token.morphs):
        return True
    return agree(told(agreement(known))[0], told(agreement([token]))[0])
