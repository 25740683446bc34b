"""Noun phrases around names: an office with its state, its field and its holder become one mention.

    глава МЗС РФ Сергій Лавров · US President Joe Biden · rosyjski przywódca · дипломати Росії і США

The grammar is small and the same for all languages: adjectives of states and (in languages without cases) names of
states stand before an office, genitives (or "of") after it, the person's name last, all agreeing in case.
"""

from __future__ import annotations

from dataclasses import replace

from rozmova.languages.grammar import grammar
from rozmova.names import lexicon as lx
from rozmova.names.actors import ActorTable
from rozmova.names.agreement import agree
from rozmova.names.doubles import two_states
from rozmova.names.lexicon import Entry, Hit, Lexicon, office_of
from rozmova.names.mention import STANDS_FOR, Mention, noun_features, thing
from rozmova.names.persons import NameSpan, PersonFinder
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import MARK, WORD, Token

_FIELD_REACH = 12
_PRONOUN_CASES = 4
"""A pronoun's form that may be in more cases than these is a possessive."""
_MANY = ("leaders", "states", "envoys")
"""Groups whose word means several."""
_OPENS, _CLOSES = frozenset('(«"„“'), frozenset(')»"”“')
_TWO_SIDES = ("leaders", "side")
"""Groups that, without a state, refer to the parties spoken of."""


class PhraseReader:
    """Reads the mentions of a sentence, left to right, longest phrase first."""

    def __init__(self, lexicon: Lexicon, table: ActorTable) -> None:
        """``lexicon`` has the words of a language, ``table`` the people."""
        self.lexicon = lexicon
        self.table = table

    def read(self, analysis: Analysis) -> list[list[Mention]]:
        """The mentions of every sentence in text order; none overlap except those of a list's shared office.

        Sentences that hold a surname alone whose bearer another sentence names in full are read once more.
        """
        finder = PersonFinder(self.table, analysis)
        found = [self._sentence(analysis, finder, first, end) for first, end in analysis.sentences]
        alone = finder.introduce(m.name for row in found for m in row if m.name)
        for n, (first, end) in enumerate(analysis.sentences):
            inside = {i for m in found[n] for i in range(m.first, m.end)}
            if any(i in alone and i not in inside for i in range(first, end)):
                found[n] = self._sentence(analysis, finder, first, end)
        return found

    def _sentence(self, analysis: Analysis, finder: PersonFinder, first: int, end: int) -> list[Mention]:
        hits = {hit.first: hit for hit in self.lexicon.hits(analysis, first, end)}
        hits = {i: hit for i, hit in hits.items() if not _given_name(analysis, hit, hits, end)}
        taken = frozenset(t for hit in hits.values() for t in range(hit.first, hit.end))
        sentence = _Sentence(self, analysis, finder, first, end, hits, taken)
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
        finder: PersonFinder,
        first: int,
        end: int,
        hits: dict[int, Hit],
        taken: frozenset[int],
    ) -> None:
        self.reader, self.analysis, self.hits, self.taken = reader, analysis, hits, taken
        self.finder = finder
        self.first, self.end = first, end
        self.tokens = analysis.tokens
        self.grammar = grammar(analysis.lang)
        self.has_cases = self.grammar.has_cases

    def kind(self, i: int) -> str:
        return self.hits[i].payload.kind if i in self.hits else ""

    def phrase(self, i: int) -> tuple[list[Mention], int]:
        """The phrase that begins at token ``i``; ``([], i)`` when none does."""
        if self.kind(i) == lx.TITLE and self.finder.listed(i, self.end, self.taken):
            return self.named(i, self.taken - {i}, False)  # "Пан Ґі Мун" is a name, not a title and a name
        start, office, former, introduced = i, i, False, False
        while self.kind(i) in (lx.TITLE, lx.FORMER, lx.MODIFIER):
            former = former or self.kind(i) == lx.FORMER
            introduced = introduced or self.kind(i) != lx.MODIFIER
            office = self.hits[i].end if self.kind(i) == lx.TITLE and office == i else office
            i = self.hits[i].end
        found, after = self.core(i, introduced)
        if found and found[0].kind in STANDS_FOR:
            return found, after  # "senior NATO officers": neither senior nor former
        if found and i > start:  # "Mr Putin": a preposition stands before the title
            first = found[0].office_first
            found[0] = replace(found[0], first=start, office_first=office if first == i else first)
        if former:
            found = [replace(m, former=True) for m in found]
        return found, after if found or after > i else start

    def core(self, i: int, introduced: bool) -> tuple[list[Mention], int]:
        """A phrase without the titles before it; ``introduced`` says that there are some."""
        if i >= self.end:
            return [], i  # a title that nobody follows
        pair = two_states(self.analysis.lang, self.tokens[i]) if "-" in self.tokens[i].low else None
        if pair is not None:
            own = frozenset(("Gen",))  # "polsko-ukraińskie rozmowy": of Poland and Ukraine
            entries = [(code, lx.state_entry(code)) for code in pair]
            return [Mention(i, i + 1, i, "state", own, affiliations=(c,), entry=e) for c, e in entries], i + 1
        if i not in self.hits:
            return self.named(i, self.taken, introduced)
        affiliations, j = self.premodifiers(i)
        kind = self.kind(j)
        if kind in (lx.OFFICE, lx.COLLEAGUE):
            whose = thing(self.analysis, self.hits[i]) if self.kind(i) in STANDS_FOR and affiliations else None
            return self.office(i, j, affiliations, whose)
        if kind == lx.GROUP:
            return self.group(i, j, affiliations)
        if kind == lx.RESIDENT and i == j:
            return self.residents(i), self.hits[i].end
        if self.kind(i) in STANDS_FOR:
            return [thing(self.analysis, self.hits[i])], self.hits[i].end
        if self.kind(i) in (lx.PAIR, lx.PRONOUN):
            return self.reference(i), self.hits[i].end
        return [], i

    def named(self, i: int, taken: frozenset[int], introduced: bool) -> tuple[list[Mention], int]:
        """A person's name, or the name of a thing that is passed over."""
        name = self.finder.at(i, self.end, taken, introduced)
        if name is None:
            return [], i
        return ([], name.end) if name.thing else self.after_person([self.person(name)], name.end)

    def premodifiers(self, i: int) -> tuple[tuple[str, ...], int]:
        """Affiliations said before an office or group: adjectives, or names where a language has no cases."""
        affiliations: list[str] = []
        j = i
        while j < self.end:
            kind = self.kind(j)
            if kind == lx.ADJECTIVE or (not self.has_cases and kind in STANDS_FOR and self.hits[j].payload.affiliation):
                affiliations.append(self.hits[j].payload.affiliation)
                j = self.hits[j].end
                if (j < self.end and self.tokens[j].low in self.grammar.possessives) or (
                    kind != lx.PLACE and self.separator(j) and self.kind(j + 1) == lx.ADJECTIVE
                ):  # but "in Tallinn, Latvian Prime Minister X said"
                    j += 1
            elif kind in (lx.TITLE, lx.MODIFIER, lx.FORMER) and affiliations:
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

    def office(
        self, start: int, i: int, affiliations: tuple[str, ...], whose: Mention | None = None
    ) -> tuple[list[Mention], int]:
        """An office at token ``i`` of a phrase from ``start``; ``whose``: the name before it ("Kremlin chief")."""
        hit = self.hits[i]
        head = self.head(hit)
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
        of = of or whose
        if hit.payload.kind == lx.COLLEAGUE and of is not None and not of.affiliations:
            of, j = None, hit.end  # "the minister's colleague" says nothing of where
        office = self.led(hit.payload, of) if hit.payload.kind == lx.OFFICE else None
        to = ""
        if office and office.sent:
            to, j = self.sent_to(j)
        base = Mention(
            start, j, head, "office" if office else "colleague", cases, plural, gender, own, office, of=of, to=to,
            office_first=start, office_end=j,
            former=hit.payload.former or any(self.kind(t) == lx.FORMER for t in range(start, hit.first)),
        )  # fmt: skip
        if office and not own and of is None:
            base = self.belongs(base)
            j = base.end
        names, after = ([], j) if office and office.level == "ministry" else self.names(j, base)
        if not names:
            return self.split(base), j
        if not self.has_cases and not own:  # "Prime Minister Modi of India"
            own, of, after = self.complement(after, False)
            base = replace(base, affiliations=own, of=of or base.of)
        found = self.holders(base, names)
        found[-1] = replace(found[-1], end=after)
        return found, after

    def head(self, hit: Hit) -> int:
        """The noun of a phrase that shows its number and case: the first, without cases the last before an "of"."""
        nouns = [t for t in range(hit.first, hit.end) if self.tokens[t].has("NOUN")]
        nouns = [t for t in nouns if self.tokens[t].morphs[0].pos != "ADJ"] or nouns  # "wysoki" is a surname too
        if self.has_cases or not nouns:
            return nouns[0] if nouns else hit.first
        of = next((t for t in range(hit.first, hit.end) if self.tokens[t].has("ADP")), hit.end)
        return max((t for t in nouns if t < of), default=nouns[0])

    def belongs(self, base: Mention) -> Mention:
        """An office that belongs to a person: "речник Путіна", "спецпосланець Трампа Кіт Келлог"."""
        if not self.has_cases or base.plural or base.end in self.taken:
            return base
        name = self.finder.at(base.end, self.end, self.taken, False) if base.end < self.end else None
        if name is None or name.thing or name.given or not agree(name.cases, frozenset(("Gen",))):
            return base
        holder = self.finder.at(name.end, self.end, self.taken, True) if name.end < self.end else None
        another = holder is not None and agree(holder.cases, base.cases)
        if not another and (agree(name.cases, base.cases) or "Nom" in name.cases):
            return base
        return replace(base, end=name.end, office_end=name.end, of=self.person(name))

    def sent_to(self, i: int) -> tuple[str, int]:
        """The state an ambassador is sent to ("посол США в Росії"), if it follows."""
        at = i + 1
        while at < self.end and self.tokens[at].has("DET") and at not in self.hits:
            at += 1
        if i < self.end and self.tokens[i].has("ADP") and self.kind(at) in STANDS_FOR:
            entry = self.hits[at].payload
            if entry.affiliation:
                return entry.affiliation, self.hits[at].end
        return "", i

    def led(self, office: Entry, of: Mention | None) -> Entry:
        """ "глава МЗС", "head of the Kremlin": the office that leads what it is the head of."""
        if office.key != "head" or of is None:
            return office
        below = of.office or of.entry
        return office_of(below.led_by) if below and below.led_by else office

    def features(self, head: int, first: int) -> tuple[frozenset[str], bool, str]:
        """Case, number and gender of an office or group; the adjective before it settles what the noun leaves open."""
        noun = self.tokens[head]
        cases, plural, gender = noun_features(noun)
        before = self.tokens[first - 1] if first else noun
        relative = bool(before.keys & self.grammar.relatives)  # "z którym kanclerz rozmawiał"
        adjective = {(m.case, m.number) for m in before.morphs if m.pos == "ADJ" and m.case and not relative}
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
        found: list[str] = []
        i = hit.first
        while i < hit.end:  # an office that begins there must not hide a state that begins later
            inner = self.reader.lexicon.hits(self.analysis, i, hit.end if i > hit.first else hit.end - 1)[:1]
            names = [h for h in inner if h.first == i and h.payload.kind in (*STANDS_FOR, lx.ADJECTIVE)]
            found += [h.payload.affiliation for h in names if h.payload.affiliation not in found]
            i = names[0].end if names else i + 1
        return found

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
            elif self.tokens[at].text in _OPENS and self.kind(at + 1) in STANDS_FOR:
                at += 1  # "(США)", «Большой семёрки»
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
            if at > 0 and self.tokens[at - 1].text in _OPENS and j < self.end and self.tokens[j].text in _CLOSES:
                j += 1
            following = j + 1 + self.separator(j + 1)  # "Poland, Lithuania, and Latvia"
            if not (many and self.separator(j) and self.kind(following) in STANDS_FOR):
                break
            j = following
        return tuple(affiliations), of, j

    def nested(self, i: int) -> Mention | None:
        """A phrase in the genitive that an office can belong to."""
        if i >= self.end or (i not in self.hits):
            return None
        if self.kind(i) in STANDS_FOR:
            inner = thing(self.analysis, self.hits[i])
            return inner if inner.affiliations and agree(inner.cases, frozenset(("Gen",))) else None
        if self.kind(i) not in (lx.OFFICE, lx.GROUP, lx.ADJECTIVE, lx.MODIFIER, lx.FORMER):
            return None
        found, _ = self.phrase(i)
        if not found or not agree(found[0].cases, frozenset(("Gen",))):
            return None
        one = found[0]
        return one if one.affiliations or (self.has_cases and one.kind in ("office", "person")) else None

    def names(self, i: int, base: Mention) -> tuple[list[NameSpan], int]:
        """The holders' names after an office, directly or behind its field ("з питань безпеки")."""
        at = i
        if base.plural and at < self.end and self.tokens[at].text == ",":
            at += 1
        while self.kind(at) == lx.TITLE:
            at = self.hits[at].end
        name = self.name_at(at, base)
        if name is not None and not name.given and not name.sure:
            holder = self.name_at(name.end, base)  # behind a body that no data knows: "глава Євроради Шарль Мішель"
            name = holder if holder and holder.given else name
        name = name or self.behind_field(at, base)
        if name is None:
            return [], i
        found, j = [name], name.end
        while base.plural:
            k = j
            while k < self.end and not self.separator(k) and self.tokens[k].kind == MARK and k - j < 3:
                k += 1  # flags and other signs between names
            following = self.name_at(k + 1, base) if self.separator(k) else None
            if following is None:
                break
            found.append(following)
            j = following.end
        return found, j

    def behind_field(self, at: int, base: Mention) -> NameSpan | None:
        """A name that the table or a given name vouches for, behind the field of an office that begins at ``at``."""
        if at >= self.end or self.tokens[at].low not in self.reader.lexicon.fields:
            return None
        for ahead in range(at + 2, min(at + _FIELD_REACH, self.end)):
            token = self.tokens[ahead]
            if self.kind(ahead - 1) in (lx.OFFICE, lx.GROUP, lx.COLLEAGUE) or self.kind(at + 1):
                return None  # somebody else: "зустріч прем'єра з канцлером Австрії Карлом Негаммером"
            if (token.kind == MARK and token.text != ",") or (token.verb() and not token.capital):
                return None
            candidate = self.name_at(ahead, base) if token.capital and ahead not in self.taken else None
            if candidate and candidate.sure:
                return candidate
        return None

    def name_at(self, i: int, base: Mention) -> NameSpan | None:
        if i >= self.end or (i in self.taken and self.kind(i) in (lx.OFFICE, lx.GROUP)):
            return None
        name = self.finder.at(i, self.end, self.taken, True)
        return name if name and not name.thing and agree(name.cases, base.cases) else None

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
                    office_end=base.office_end if n == 0 else base.office_first,
                )
            )
        return found

    def split(self, base: Mention) -> list[Mention]:
        """ "президентами Росії та США" are two presidents; a plural office without states refers back."""
        if base.plural and len(base.affiliations) > 1:
            return [replace(base, affiliations=(a,), plural=False, shared=True) for a in base.affiliations]
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
        head = self.head(hit)
        cases, plural, _ = self.features(head, hit.first)
        more, of, j = self.complement(hit.end, True)
        own = affiliations + tuple(a for a in more if a not in affiliations)
        if own and not plural and hit.payload.key in _MANY:  # "країни ЄС": one country is no group
            many = frozenset(m.case for m in self.tokens[head].morphs if m.number == "Plur" and m.case)
            cases, plural = (many, True) if many else (cases, plural)
        kind = "group" if own or hit.payload.key not in _TWO_SIDES else "pair"
        if not own and not plural:
            return [], hit.end
        base = Mention(start, j, head, kind, cases, plural, "", own, entry=hit.payload, of=of)
        return [replace(base, affiliations=(a,)) for a in own] or [base], j

    def residents(self, i: int) -> list[Mention]:
        """ "the Russians", "американцям": many residents stand for their state; one is nobody in particular."""
        hit = self.hits[i]
        cases, plural, _ = noun_features(self.tokens[hit.first])
        if not plural:
            return []
        return [Mention(i, hit.end, hit.first, "group", cases, True, "", (hit.payload.affiliation,), entry=hit.payload)]

    def reference(self, i: int) -> list[Mention]:
        """A pronoun or "both leaders"; possessives ("його", "her") are not references to an actor."""
        hit = self.hits[i]
        cases, _, gender = noun_features(self.tokens[hit.end - 1])
        kind = hit.payload.kind
        ambiguous = bool(cases) and (not cases & {"Nom", "Dat", "Ins"} or len(cases) > _PRONOUN_CASES)
        if kind == lx.PRONOUN and ambiguous:
            if not self.object_of_verb(i, hit.end):
                return []
            cases = frozenset(("Acc",))
        pair = kind == lx.PAIR
        return [Mention(i, hit.end, hit.end - 1, kind, cases, pair, hit.payload.gender or gender, entry=hit.payload)]

    def object_of_verb(self, first: int, end: int) -> bool:
        """ "його запросили": beside a verb and before no noun, a word that may be a possessive is none."""
        before = self.tokens[first - 1] if first > self.first else None
        after = self.tokens[end] if end < self.end else None
        noun = after is not None and any(after.has(pos) for pos in ("NOUN", "ADJ", "PROPN", "DET"))
        verbs = (after is not None and bool(after.verb())) or (before is not None and before.has("VERB"))
        return self.has_cases and verbs and (not noun or (after is not None and bool(after.verb())))

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
            first, former = at, self.kind(at) == lx.FORMER
            while self.kind(at) in (lx.FORMER, lx.MODIFIER):
                at = self.hits[at].end
            affiliations, k = self.premodifiers(at)
            if self.kind(k) == lx.OFFICE:
                offices, after = self.office(at, k, affiliations)
                one = offices[0] if len(offices) == 1 else None
                if one and one.kind == "office" and agree(one.cases, person.cases):
                    person = replace(
                        person, end=after, office=one.office, affiliations=one.affiliations, of=one.of, to=one.to,
                        head=one.head, office_first=first, office_end=one.office_end, former=former,
                    )  # fmt: skip
                    return [person], after
        return found, j


def _given_name(analysis: Analysis, hit: Hit, hits: dict[int, Hit], end: int) -> bool:
    """A town that is also a given name ("Володимир") is a name when a further name follows."""
    if hit.payload.kind != lx.PLACE or hit.end - hit.first > 1 or hit.end >= end or hit.end in hits:
        return False
    token, following = analysis.tokens[hit.first], analysis.tokens[hit.end]
    return any(m.nametype == "Giv" for m in token.morphs) and following.kind == WORD and following.capital
