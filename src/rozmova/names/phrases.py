"""Noun phrases around names: an office with its state, its field and its holder become one mention.

    глава МЗС РФ Сергій Лавров · US President Joe Biden · rosyjski przywódca · дипломати Росії і США

The grammar is small and the same for all languages: adjectives of states and (in languages without cases) names of
states stand before an office, genitives (or "of") after it, the person's name last, all agreeing in case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rozmova.languages.grammar import grammar
from rozmova.names import lexicon as lx
from rozmova.names.lexicon import Entry, Hit, Lexicon
from rozmova.names.persons import NameSpan, PersonFinder, agree
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK, WORD, Token

_FIELD_REACH = 12
_TWO_SIDES = ("leaders", "side")
"""Groups that, without a state, refer to the parties spoken of."""
_STANDS_FOR = (lx.STATE, lx.ORGANISATION, lx.SEAT, lx.PLACE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that stands for an actor or place: tokens ``first`` to ``end``, ``head`` the word that carries the case.

    ``cases`` is empty when nothing tells (then any case fits). ``affiliations`` are state and organisation codes;
    a group or a plural office may have several. ``of`` is what an office belongs to, ``to`` the state an ambassador is
    sent to.
    """

    first: int
    end: int
    head: int
    kind: str
    cases: frozenset[str] = frozenset()
    plural: bool = False
    gender: str = ""
    affiliations: tuple[str, ...] = ()
    office: Entry | None = None
    entry: Entry | None = None
    name: NameSpan | None = None
    former: bool = False
    of: Mention | None = None
    to: str = ""


class PhraseReader:
    """Reads the mentions of a sentence, left to right, longest phrase first."""

    def __init__(self, lexicon: Lexicon, finder: PersonFinder) -> None:
        self.lexicon = lexicon
        self.finder = finder

    def read(self, analysis: Analysis, first: int, end: int) -> list[Mention]:
        """Mentions among tokens ``first`` to ``end`` in text order; none overlap except a list's shared office."""
        hits = {hit.first: hit for hit in self.lexicon.hits(analysis, first, end)}
        hits = {i: hit for i, hit in hits.items() if not _given_name(analysis, hit, hits, end)}
        taken = frozenset(t for hit in hits.values() for t in range(hit.first, hit.end))
        sentence = _Sentence(self, analysis, first, end, hits, taken)
        found: list[Mention] = []
        i = first
        while i < end:
            mentions, j = sentence.phrase(i)
            found += mentions
            i = max(j, i + 1)
        return found


class _Sentence:
    """One sentence being read; methods take a token index and give what they read with the index after it."""

    def __init__(
        self,
        reader: PhraseReader,
        analysis: Analysis,
        first: int,
        end: int,
        hits: dict[int, Hit],
        taken: frozenset[int],
    ) -> None:
        self.reader, self.analysis, self.hits, self.taken = reader, analysis, hits, taken
        self.first, self.end = first, end
        self.tokens = analysis.tokens
        self.grammar = grammar(analysis.lang)
        self.has_cases = self.grammar.has_cases

    def kind(self, i: int) -> str:
        return self.hits[i].payload.kind if i in self.hits else ""

    def phrase(self, i: int) -> tuple[list[Mention], int]:
        """The phrase that begins at token ``i``; ``([], i)`` when none does."""
        former, start = False, i
        while self.kind(i) in (lx.TITLE, lx.FORMER):
            former = former or self.kind(i) == lx.FORMER
            i = self.hits[i].end
        introduced = i > start
        affiliations, j = self.premodifiers(i)
        kind = self.kind(j)
        found: list[Mention] = []
        after = start
        if kind in (lx.OFFICE, lx.COLLEAGUE):
            found, after = self.office(i, j, affiliations)
        elif kind == lx.GROUP:
            found, after = self.group(i, j, affiliations)
        elif kind == lx.RESIDENT and i == j:
            found, after = self.residents(i), self.hits[i].end
        elif self.kind(i) in _STANDS_FOR:
            found, after = [self.thing(i)], self.hits[i].end
        elif self.kind(i) in (lx.PAIR, lx.PRONOUN):
            found, after = self.reference(i), self.hits[i].end
        elif i not in self.hits:
            name = self.reader.finder.at(self.analysis, i, self.end, self.taken, introduced)
            if name:
                found, after = [self.person(name)], name.end
                found, after = self.after_person(found, after)
            elif introduced:
                after = i
        if found and introduced:
            found[0] = replace(found[0], first=start)  # "Mr Putin": a preposition stands before the title
        if former:
            found = [replace(m, former=True) for m in found]
        return found, after if found else start

    def premodifiers(self, i: int) -> tuple[tuple[str, ...], int]:
        """Affiliations said before an office or group: adjectives, or names where a language has no cases."""
        affiliations: list[str] = []
        j = i
        while j < self.end:
            kind = self.kind(j)
            if kind == lx.ADJECTIVE or (
                not self.has_cases and kind in _STANDS_FOR and self.hits[j].payload.affiliation
            ):
                affiliations.append(self.hits[j].payload.affiliation)
                j = self.hits[j].end
                if (j < self.end and self.tokens[j].low in self.grammar.possessives) or (
                    self.separator(j) and self.kind(j + 1) == lx.ADJECTIVE
                ):
                    j += 1
            elif kind == lx.TITLE and affiliations:
                j = self.hits[j].end
            elif j not in self.hits and affiliations and self.plain_adjective(self.tokens[j]) and j - i < 5:
                j += 1
            else:
                break
        return tuple(affiliations), j

    def plain_adjective(self, token: Token) -> bool:
        return token.kind == WORD and bool(token.morphs) and token.morphs[0].pos in ("ADJ", "NUM")

    def separator(self, i: int) -> bool:
        return i < self.end and (self.tokens[i].text == "," or self.tokens[i].has("CCONJ"))

    def office(self, start: int, i: int, affiliations: tuple[str, ...]) -> tuple[list[Mention], int]:
        hit = self.hits[i]
        head = next((t for t in range(hit.first, hit.end) if self.tokens[t].has("NOUN")), hit.first)
        cases, plural, gender = self.features(head, hit.first)
        inner = [m for m in self.inside(hit) if m]
        own = affiliations or ((hit.payload.affiliation,) if hit.payload.affiliation else ()) or tuple(inner)
        of: Mention | None = None
        j = hit.end
        if not own or plural:
            more, of, j = self.complement(j, plural)
            own = own + tuple(a for a in more if a not in own)
        else:
            _, of, j = self.complement(j, False)
        office = self.led(hit.payload, of) if hit.payload.kind == lx.OFFICE else None
        to = ""
        if office and office.sent:
            to, j = self.sent_to(j)
        base = Mention(
            start, j, head, "office" if office else "colleague", cases, plural, gender, own, office, of=of, to=to
        )
        names, after = ([], j) if office and office.level == "ministry" else self.names(j, base)
        if names:
            return self.holders(base, names), after
        return self.split(base), j

    def sent_to(self, i: int) -> tuple[str, int]:
        """The state an ambassador is sent to ("посол США в Росії"), if it follows."""
        if i + 1 < self.end and self.tokens[i].has("ADP") and self.kind(i + 1) in _STANDS_FOR:
            entry = self.hits[i + 1].payload
            if entry.affiliation:
                return entry.affiliation, self.hits[i + 1].end
        return "", i

    def led(self, office: Entry, of: Mention | None) -> Entry:
        """ "глава МЗС", "head of the Kremlin": the office that leads what it is the head of."""
        if office.key != "head" or of is None:
            return office
        below = of.office or of.entry
        return self.reader.lexicon.office_of.get(below.led_by, office) if below and below.led_by else office

    def features(self, head: int, first: int) -> tuple[frozenset[str], bool, str]:
        """Case, number and gender of an office or group; the adjective before it settles what the noun leaves open."""
        noun = self.tokens[head]
        cases, plural, gender = _noun_features(noun)
        before = self.tokens[first - 1] if first else noun
        adjective = {(m.case, m.number) for m in before.morphs if m.pos == "ADJ" and m.case}
        earlier = self.tokens[first - 2].morphs if first > 1 else ()
        if adjective & {(m.case, m.number) for m in earlier if m.pos == "NOUN"}:
            adjective = set()  # "rozmowa telefoniczna premiera": it belongs to the noun before it
        shared = {(m.case, m.number) for m in noun.morphs if m.pos == "NOUN" and m.case} & adjective
        if not shared and not adjective and self.opens_phrase(first):
            readings = {(m.case, m.number) for m in noun.morphs}
            both = {("Gen", "Sing"), ("Nom", "Plur")} <= readings and ("Nom", "Sing") not in readings
            verbs = (t.verb() for t in self.tokens[self.first : self.end])
            if both and any(
                v and v.number == "Plur" for v in verbs
            ):  # "Сторони провели": nothing stands before it that a genitive could belong to
                return frozenset(m.case for m in noun.morphs if m.number == "Plur" and m.case != "Gen"), True, gender
        if not shared:
            # two adjectives in the singular before one noun: "українська та російська делегації"
            two = first - 2 >= 0 and self.separator(first - 2) and bool(adjective)
            many = frozenset(m.case for m in noun.morphs if m.case and m.number == "Plur")
            return (many, True, gender) if two and many else (cases, plural, gender)
        plural = all(number == "Plur" for _, number in shared)
        return frozenset(c for c, _ in shared), plural, gender

    def opens_phrase(self, i: int) -> bool:
        """No noun, preposition or adjective stands before token ``i``."""
        if i == self.first:
            return True
        before = self.tokens[i - 1]
        return not any(before.has(pos) for pos in ("NOUN", "ADP", "ADJ", "PROPN", "NUM"))

    def inside(self, hit: Hit) -> list[str]:
        """Affiliations named inside a phrase ("глава дипломатії ЄС")."""
        if hit.end - hit.first < 2:
            return []
        inner = self.reader.lexicon.hits(self.analysis, hit.first + 1, hit.end)
        return [h.payload.affiliation for h in inner if h.payload.kind in (*_STANDS_FOR, lx.ADJECTIVE)]

    def complement(self, i: int, many: bool) -> tuple[tuple[str, ...], Mention | None, int]:
        """What an office or group belongs to: genitives after it (or "of" phrases), one or, for plurals, several."""
        affiliations: list[str] = []
        of: Mention | None = None
        j = i
        while j < self.end:
            at = j
            if not self.has_cases:
                if self.tokens[at].low not in self.grammar.genitives and not affiliations:
                    break
                at += self.tokens[at].low in self.grammar.genitives
                while at < self.end and self.tokens[at].has("DET") and at not in self.hits:
                    at += 1
            elif self.tokens[at].text == "(" and self.kind(at + 1) in _STANDS_FOR:
                at += 1
            elif self.kind(at) == lx.ADJECTIVE and self.kind(self.hits[at].end) not in (lx.OFFICE, lx.GROUP):
                affiliations.append(self.hits[at].payload.affiliation)  # "strony rosyjskiej"
                j = self.hits[at].end
                break
            nested = self.nested(at)
            if nested is None:
                break
            affiliations += [a for a in nested.affiliations if a not in affiliations]
            of = of or nested
            j = nested.end
            if at > 0 and self.tokens[at - 1].text == "(" and j < self.end and self.tokens[j].text == ")":
                j += 1
            more = many and self.separator(j) and self.kind(j + 1) in _STANDS_FOR
            if not more:
                break
            j += 1
        return tuple(affiliations), of, j

    def nested(self, i: int) -> Mention | None:
        """A phrase in the genitive that an office can belong to."""
        if i >= self.end or (i not in self.hits):
            return None
        if self.kind(i) in _STANDS_FOR:
            thing = self.thing(i)
            return thing if thing.affiliations and agree(thing.cases, frozenset(("Gen",))) else None
        if self.kind(i) not in (lx.OFFICE, lx.GROUP, lx.ADJECTIVE):
            return None
        found, _ = self.phrase(i)
        if not found or not agree(found[0].cases, frozenset(("Gen",))) or not found[0].affiliations:
            return None
        return found[0]

    def names(self, i: int, base: Mention) -> tuple[list[NameSpan], int]:
        """The holders' names after an office, directly or behind its field ("з питань безпеки")."""
        at = i
        if base.plural and at < self.end and self.tokens[at].text == ",":
            at += 1
        while self.kind(at) == lx.TITLE:
            at = self.hits[at].end
        name = self.name_at(at, base)
        if name is None and at < self.end and self.tokens[at].low in self.reader.lexicon.fields:
            for ahead in range(at + 2, min(at + _FIELD_REACH, self.end)):
                token = self.tokens[ahead]
                if self.kind(ahead - 1) in (lx.OFFICE, lx.GROUP, lx.COLLEAGUE) or self.kind(at + 1):
                    break  # somebody else: "зустріч прем'єра з канцлером Австрії Карлом Негаммером"
                if (token.kind == MARK and token.text != ",") or (token.verb() and not token.capital):
                    break
                candidate = self.name_at(ahead, base) if token.capital and ahead not in self.taken else None
                if candidate and candidate.sure:
                    name = candidate
                    break
        if name is None:
            return [], i
        found, j = [name], name.end
        while base.plural:
            k = j
            while k < self.end and not self.separator(k) and self.tokens[k].kind == MARK and k - j < 3:
                k += 1  # flags and other signs between names
            if not self.separator(k):
                break
            following = self.name_at(k + 1, base)
            if following is None:
                break
            found.append(following)
            j = following.end
        return found, j

    def name_at(self, i: int, base: Mention) -> NameSpan | None:
        if i >= self.end or (i in self.taken and self.kind(i) in (lx.OFFICE, lx.GROUP)):
            return None
        name = self.reader.finder.at(self.analysis, i, self.end, self.taken, True)
        return name if name and agree(name.cases, base.cases) else None

    def holders(self, base: Mention, names: list[NameSpan]) -> list[Mention]:
        """One mention per named holder; as many states as names are shared out in order."""
        found = []
        for n, name in enumerate(names):
            own = base.affiliations
            if len(own) > 1:
                own = (own[n],) if len(own) == len(names) else ()
            cases = base.cases & name.cases or base.cases or name.cases
            found.append(
                replace(
                    base,
                    first=base.first if n == 0 else name.first,
                    end=name.end,
                    kind="person",
                    cases=cases,
                    plural=False,
                    gender=name.gender or base.gender,
                    affiliations=own,
                    name=name,
                )
            )
        return found

    def split(self, base: Mention) -> list[Mention]:
        """ "президентами Росії та США" are two presidents; a plural office without states refers back."""
        if base.plural and len(base.affiliations) > 1:
            return [replace(base, affiliations=(a,), plural=False) for a in base.affiliations]
        if base.plural and not base.affiliations:
            return [replace(base, kind="pair" if self.two(base.first) else "group")]
        return [base]

    def two(self, i: int) -> bool:
        """False when a number other than two counts them: "eight ministers" are not the two spoken of."""
        before = self.tokens[i - 1] if i else None
        number = before is not None and (before.has("NUM") or before.text.isdigit())
        return not number or bool(before and before.keys & self.reader.lexicon.two)

    def group(self, start: int, i: int, affiliations: tuple[str, ...]) -> tuple[list[Mention], int]:
        hit = self.hits[i]
        head = next((t for t in range(hit.first, hit.end) if self.tokens[t].has("NOUN")), hit.first)
        cases, plural, _ = self.features(head, hit.first)
        more, of, j = self.complement(hit.end, True)
        own = affiliations + tuple(a for a in more if a not in affiliations)
        kind = "group" if own or hit.payload.key not in _TWO_SIDES else "pair"
        if not own and not plural:
            return [], hit.end
        base = Mention(start, j, head, kind, cases, plural, "", own, entry=hit.payload, of=of)
        return [replace(base, affiliations=(a,)) for a in own] or [base], j

    def residents(self, i: int) -> list[Mention]:
        """ "the Russians", "американцям": many residents stand for their state; one is nobody in particular."""
        hit = self.hits[i]
        cases, plural, _ = _noun_features(self.tokens[hit.first])
        if not plural:
            return []
        return [Mention(i, hit.end, hit.first, "group", cases, True, "", (hit.payload.affiliation,), entry=hit.payload)]

    def thing(self, i: int) -> Mention:
        hit = self.hits[i]
        entry = hit.payload
        kind = {lx.STATE: "state", lx.PLACE: "place"}.get(entry.kind, "organisation")
        cases, plural, gender = _phrase_features(self.tokens[hit.first : hit.end])
        own = (entry.affiliation,) if entry.affiliation else ()
        return Mention(i, hit.end, hit.end - 1, kind, cases, plural, gender, own, entry=entry)

    def reference(self, i: int) -> list[Mention]:
        """A pronoun or "both leaders"; possessives ("його", "her") are not references to an actor."""
        hit = self.hits[i]
        cases, _, gender = _noun_features(self.tokens[hit.end - 1])
        kind = hit.payload.kind
        if kind == lx.PRONOUN and cases and (not cases & {"Nom", "Dat", "Ins"} or len(cases) > 4):
            return []
        pair = kind == lx.PAIR
        return [Mention(i, hit.end, hit.end - 1, kind, cases, pair, hit.payload.gender or gender, entry=hit.payload)]

    def person(self, name: NameSpan) -> Mention:
        return Mention(name.first, name.end, name.end - 1, "person", name.cases, False, name.gender, name=name)

    def after_person(self, found: list[Mention], j: int) -> tuple[list[Mention], int]:
        """What stands behind a name: "of Australia", or an office between commas."""
        person = found[0]
        if not self.has_cases:
            more, of, k = self.complement(j, False)
            if more:
                return [replace(person, end=k, affiliations=more, of=of)], k
        if j + 1 < self.end and self.tokens[j].text == ",":
            at = j + 1
            while at < self.end and self.tokens[at].has("DET") and at not in self.hits:
                at += 1
            affiliations, k = self.premodifiers(at)
            if self.kind(k) == lx.OFFICE:
                offices, after = self.office(at, k, affiliations)
                one = offices[0] if len(offices) == 1 else None
                if one and one.kind == "office" and agree(one.cases, person.cases):
                    return [
                        replace(person, end=after, office=one.office, affiliations=one.affiliations, of=one.of)
                    ], after
        return found, j


def _given_name(analysis: Analysis, hit: Hit, hits: dict[int, Hit], end: int) -> bool:
    """A town that is also a given name ("Володимир") is a name when a further name follows."""
    if hit.payload.kind != lx.PLACE or hit.end - hit.first > 1 or hit.end >= end or hit.end in hits:
        return False
    token, following = analysis.tokens[hit.first], analysis.tokens[hit.end]
    return any(m.nametype == "Giv" for m in token.morphs) and following.kind == WORD and following.capital


def _noun_features(token: Token) -> tuple[frozenset[str], bool, str]:
    """Cases, plural or not, and gender of a noun; a word that can be singular counts as singular."""
    nouns = [m for m in token.morphs if m.pos in ("NOUN", "PRON", "PROPN")] or list(token.morphs)
    numbers = {m.number for m in nouns if m.number}
    plural = numbers == {"Plur"}
    genders = {m.gender for m in nouns if m.gender}
    wanted = "Plur" if plural else "Sing"
    cases = frozenset(m.case for m in nouns if m.case and m.number in (wanted, ""))
    return cases, plural, next(iter(genders)) if len(genders) == 1 else ""


def _phrase_features(tokens: tuple[Token, ...]) -> tuple[frozenset[str], bool, str]:
    """Cases that all inflected words of a proper name share."""
    shared: frozenset[str] | None = None
    plural = False
    for token in tokens:
        cases = frozenset(m.case for m in token.morphs if m.case and m.pos in ("NOUN", "ADJ", "PROPN"))
        if not cases or token.text.isupper():  # abbreviations do not decline, whatever a dictionary makes of "NATO"
            continue
        plural = plural or all(m.number == "Plur" for m in token.morphs if m.case)
        if shared is None:
            shared = cases
        elif shared & cases:
            shared &= cases
    return shared or frozenset(), plural, ""
