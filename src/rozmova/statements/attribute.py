"""Who says it: one way to attribute a word of saying, whatever the language.

In this order: the name behind an attribution ("according to X"); the subject of the verb, which must agree with it and
have nobody unknown standing nearer; the owner of the document that speaks ("w komunikacie X podano"); and where the
verb names nobody, whoever spoke last.
"""

from __future__ import annotations

from dataclasses import dataclass

from rozmova.contacts.parties import official
from rozmova.contacts.view import View
from rozmova.names.groups import Group
from rozmova.names.identity import Actor
from rozmova.names.lexicon import SEAT
from rozmova.statements import demands
from rozmova.statements.words import ATTRIBUTION, OWN, TOLD, VERB, Saying, SpeechWords
from rozmova.text.clauses import Clause
from rozmova.text.morph import CONDITIONAL
from rozmova.text.patterns import Match
from rozmova.text.tokens import MARK, WORD, Token

_BEHIND = 1
"""Tokens between an attribution and the name behind it at most."""
_OWNER = 3
"""Tokens between a document and its owner at most."""
_MEMORY = 2
"""Sentences for which whoever spoke last is still the one who speaks."""
_SHORT = 3
"""Tokens of words of saying that stand inside what is said by themselves."""
_LEADS = frozenset(",-—–:")
_QUOTE_MARKS = frozenset('"“”„«')
_TOGETHER = ("agree", "comment", "announce", "confirm", "promise", "offer")
"""Acts that two sides tell of their talk, rather than do on their own."""
_DESCRIBED = "representative"


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says something: tokens ``first`` to ``end`` are the word of saying, in ``clause``.

    ``group`` is where the speaker is named (None: elsewhere), ``inserted`` says that the words of saying stand inside
    or beside what others do ("- as the Kremlin said -"), ``told`` that no person is the subject of the verb.
    """

    view: View
    first: int
    end: int
    saying: Saying
    speaker: Actor
    group: Group | None
    clause: Clause
    inserted: bool
    told: bool


class Attributor:
    """Finds the voices of an article, sentence by sentence in text order; remembers who spoke last."""

    def __init__(self, words: SpeechWords, author: Actor | None = None) -> None:
        """``author`` is whoever says "I" in the article."""
        self.words, self.author = words, author
        self.quoted: frozenset[int] = frozenset()
        self._cues_of: View | None = None
        self._cues: dict[str, list[Match[str]]] = {}
        self.last: Actor | None = None
        self.last_sentence = -_MEMORY - 1

    def voices(self, view: View, quoted: frozenset[int], outlets: frozenset[int] = frozenset()) -> tuple[Voice, ...]:
        """Everybody who says something in a sentence; ``quoted`` are tokens inside quotations, which belong to them.

        ``outlets`` are the first tokens of words of saying that are an outlet's.
        """
        found: list[Voice] = []
        self.quoted = quoted
        for match in self.words.sayings.scan(view.analysis.tokens, view.first, view.end):
            if match.first in quoted or match.first in view.names or match.first in outlets:
                continue
            found += self._voice(view, match)
        found += self._headline(view, found)
        if found:
            self.last, self.last_sentence = found[-1].speaker, view.index
        else:
            self._acts(view)
        return tuple(found)

    def _headline(self, view: View, found: list[Voice]) -> list[Voice]:
        """Whoever stands before a colon says the rest, in a title or a quotation: "Duda: Polska jest bezpieczna"."""
        tokens = view.analysis.tokens
        group = view.groups[0] if view.groups else None
        if found or group is None or group.first != view.first or group.end >= view.end - _SHORT:
            return []
        title = view.end <= view.analysis.title_end
        if tokens[group.end].text != ":" or not (title or tokens[group.end + 1].text in _QUOTE_MARKS):
            return []
        saying, clause = Saying("comment", VERB, "a name before a colon"), view.clause(group.first)
        who = _speakers(group) if len(group.members) == 1 else []
        return [Voice(view, group.first, group.end + 1, saying, a, group, clause, False, False) for a in who]

    def _acts(self, view: View) -> None:
        """Whoever acts in a sentence may speak in the next one without being named again."""
        for group in view.groups:
            actors = _speakers(group) if not group.preposition and (not group.cases or "Nom" in group.cases) else []
            if len(actors) == 1 and actors[0].kind == "person":
                self.last, self.last_sentence = actors[0], view.index - _MEMORY + 1
                return

    def media(self, view: View) -> str | None:
        """The outlet or agency that a sentence names as its source, or None."""
        tokens = view.analysis.tokens
        return next((m.payload for m in self.words.media.scan(tokens, view.first, view.end)), None)

    def _voice(self, view: View, match: Match[Saying]) -> list[Voice]:
        saying, clause = match.payload, view.clause(match.first)
        if saying.only == "content" and not self._introduces(view, match):
            return []
        if saying.only == "demanded" and not demands.wanted(self.words, view, match.end):
            return []
        named = self._named(view, match, clause)
        if named is None:
            own = self.author if self._says_i(view, match) else None
            return [Voice(view, match.first, match.end, saying, own, None, clause, False, False)] if own else []
        group, told = named
        if group is not None:
            speakers = _speakers(group)
            apart = saying.act not in _TOGETHER or (saying.act != "agree" and self._introduces(view, match))
            if len({a.affiliation for a in speakers}) > 1 and not apart:
                return []  # "both agreed" is what came of their talk
        else:
            again = self._again(view, match, told)
            speakers = [again] if again else []
        inserted = saying.kind in (ATTRIBUTION, OWN) or self._inserted(view, clause, told)
        people = {a.affiliation for a in speakers if a.kind == "person"}
        speakers = [
            a for a in speakers if not (a.kind == "office" and a.affiliation in people)
        ]  # one by office and name
        known = {a.id: a for a in (self._known(view, actor) for actor in speakers)}
        return [
            Voice(view, match.first, match.end, saying, actor, group, clause, inserted, told)
            for actor in known.values()
            if saying.only != "states" or actor.kind in ("state", "organisation")
        ]

    def _named(self, view: View, match: Match[Saying], clause: Clause) -> tuple[Group | None, bool] | None:
        """Where the speaker is named (None: nowhere here) and whether the words of saying have no person as subject.

        None when somebody else is the subject, whom no name tells.
        """
        kind = match.payload.kind
        if kind == OWN:
            return None, False
        if kind == ATTRIBUTION:
            behind = next((g for g in view.groups if 0 <= g.first - match.end <= _BEHIND), None)
            fits = behind is not None and (not behind.cases or bool(behind.cases - {"Nom", "Voc"}))
            gap = view.analysis.tokens[match.end : behind.first] if behind is not None else ()
            return (behind, False) if fits and not any(t.has("NOUN") for t in gap) else None
        tokens = view.analysis.tokens
        verb = next((i for i in range(match.first, match.end) if view.finite(i)), None)
        if kind == TOLD or (verb is not None and _impersonal(tokens[verb])):
            return self._owner(view) or self._inside(view, clause), True
        if verb is None:
            return None
        if _first_person(tokens[verb]) or not _tells(view, verb):
            return None
        if view.cue("negation", max(view.first, verb - 2), match.first) is not None:
            return None
        subject = self._subject(view, verb, clause)
        if subject is not None:
            return (subject, False) if subject.first not in self.quoted else None
        within = self._inside(view, clause) if _many(tokens[verb]) else None
        if within is not None:
            return within, True
        if self._stranger(view, verb, clause):
            return (self._owner(view), True) if self._document_speaks(view, verb) else None
        owner = self._owner(view)
        return owner, owner is not None

    def _says_i(self, view: View, match: Match[Saying]) -> bool:
        """Whether the author of a speech says it; where nobody is known as author, the newsroom does."""
        tokens = view.analysis.tokens
        return any(view.finite(i) and _first_person(tokens[i]) for i in range(match.first, match.end))

    def _introduces(self, view: View, match: Match[Saying]) -> bool:
        """Whether a quotation, a colon or a clause of its own follows the words of saying, or they follow it."""
        tokens = view.analysis.tokens
        clause = view.clause(match.first)
        behind = next((c for c in view.clauses if c.first >= clause.end), None)
        if behind is not None and behind.relative and tokens[behind.first].text in _LEADS:
            return True
        following = zip(tokens[match.end : clause.end], tokens[match.end + 1 : clause.end], strict=False)
        if any(mark.text == "," and word.keys & view.frames.openers for mark, word in following):
            return True  # ", що літаки готові": a clause without a verb
        if self._cue(view, "back", clause.first, match.first):
            return True
        if any(t.text in _QUOTE_MARKS or t.text == ":" for t in tokens[match.end : min(clause.end + 2, view.end)]):
            return True
        if any(i in self.quoted for i in range(max(view.first, clause.first - 1), clause.first + 1)):
            return True
        after = clause.first > view.first and tokens[clause.first].text in ",—–-" and not clause.relative
        return after and not tokens[clause.first + 1].has("CCONJ")  # "..., a Biden przedstawił kandydatów"

    def _cue(self, view: View, name: str, first: int, end: int) -> Match[str] | None:
        if self._cues_of is not view:
            self._cues_of, self._cues = view, self.words.cues_of(view.analysis.tokens, view.first, view.end)
        return next((m for m in self._cues.get(name, ()) if first <= m.first < end), None)

    # the subject

    def _subject(self, view: View, verb: int, clause: Clause) -> Group | None:
        if not view.grammar.has_cases:
            return self._subject_by_place(view, verb, clause)
        group = view.subject(verb)
        if group is None or view.tied(group) or _unknown_behind(view, verb):  # "Київ - Варшава" is a route
            return None
        between = view.analysis.tokens[verb + 1 : max(verb + 1, group.first)]
        if any(t.keys & view.frames.openers for t in between):
            return None  # it is part of what is said
        inside = clause.first <= group.first and group.end <= clause.end
        if inside and group.cases == {"Nom"}:
            return group  # whatever a dictionary thinks of the gender of a foreign name
        if not _agrees(view.analysis.tokens[verb], group) or (not inside and self._stranger(view, verb, clause)):
            return None
        return group

    def _subject_by_place(self, view: View, verb: int, clause: Clause) -> Group | None:
        """Without cases: who stands before the verb, else right behind it ("..., said X")."""
        tokens = view.analysis.tokens
        before = verb - 1
        while before >= view.first and any(tokens[before].has(pos) for pos in ("ADV", "AUX")):
            before -= 1
        opens = before < view.first or tokens[before].kind == MARK
        group = next((g for g in view.groups if g.first <= before < g.end), None)
        if group is not None and not opens:
            return None if group.preposition else group
        behind = next((g for g in view.groups if 0 <= g.first - verb - 1 <= 1 and not g.preposition), None)
        if opens and behind is not None and self._inverted(view, verb, behind):
            return behind
        quoted = opens and any(i in self.quoted for i in (before, before - 1))
        unknown = quoted and verb + 1 < view.end and any(tokens[verb + 1].has(pos) for pos in ("DET", "NOUN"))
        if (not opens and tokens[before].has("NOUN")) or (unknown and behind is None):
            return None  # somebody whom no name tells
        return view.subject(verb)

    def _inverted(self, view: View, verb: int, behind: Group) -> bool:
        """ "..., said X": right behind the verb, and no subject of what is said ("said that X", "said X would")."""
        tokens = view.analysis.tokens
        between = tokens[verb + 1 : behind.first]
        after = tokens[behind.end] if behind.end < view.end else None
        acts = after is not None and bool(after.verb()) and after.i not in view.names
        return all(t.has("DET") and t.low not in view.frames.openers for t in between) and not acts

    def _stranger(self, view: View, verb: int, clause: Clause) -> bool:
        """Whether somebody that is no name is the subject: "експерт заявив", "poinformowała agencja"."""
        tokens = view.analysis.tokens
        if not view.grammar.has_cases:
            before = verb - 1
            while before >= view.first and any(tokens[before].has(pos) for pos in ("ADV", "AUX")):
                before -= 1
            return before >= view.first and before not in view.names and tokens[before].kind == WORD
        for i in range(clause.first, clause.end):
            token = tokens[i]
            if i in view.names or token.kind != WORD or i == verb:
                continue
            cases = {m.case for m in token.morphs if m.pos in ("NOUN", "PROPN", "PRON")}
            sure = "Nom" in cases and "Acc" not in cases
            beside = "Nom" in cases and i in (verb - 1, verb + 1) and token.morphs[0].case == "Nom"
            if (sure or beside) and _same_number(tokens[verb], token):
                return True
        return bool(list(self.words.media.scan(tokens, clause.first, clause.end)))

    # documents

    def _document_speaks(self, view: View, verb: int) -> bool:
        """Whether a document is the subject: "the statement said", "komunikat podkreśla"."""
        return self._cue(view, "documents", max(view.first, verb - 4), min(view.end, verb + 4)) is not None

    def _owner(self, view: View) -> Group | None:
        """Whose document speaks in a sentence: named right behind the document's word, or right before it."""
        for i in range(view.first, view.end):
            at = self._cue(view, "documents", i, i + 1)
            group = self._owner_of(view, at) if at is not None else None
            if group is not None:
                return group
        return None

    def _owner_of(self, view: View, at: Match[str]) -> Group | None:
        near = (g for g in view.groups if 0 <= g.first - at.end <= _OWNER)
        behind = next((g for g in near if not _broken(view, at.end, g)), None)
        before = next((g for g in view.groups if g.end == at.first), None)
        if behind is not None and view.grammar.has_cases and behind.cases and "Gen" not in behind.cases:
            behind = None
        group = before if behind is None or (not view.grammar.has_cases and before) else behind
        return group if group is not None and _speakers(group) else None

    def _inside(self, view: View, clause: Clause) -> Group | None:
        """The institution in which "they" say it: "у МЗС заявили", "w Pałacu Elizejskim podkreślono"."""
        for group in view.groups:
            within = clause.first <= group.first < clause.end and group.preposition in self.words.inside
            here = not group.cases or "Loc" in group.cases
            if within and here and group.members[0].mention.kind in ("organisation", "office", "place", "state"):
                return group
        return None

    # whoever spoke last

    def _again(self, view: View, match: Match[Saying], told: bool) -> Actor | None:
        """Whoever spoke last, while a verb that names nobody agrees with them."""
        if self.last is None or view.index - self.last_sentence > _MEMORY:
            return None
        if match.payload.kind == OWN or told:
            return self.last
        if not view.grammar.drops_subject:
            return None
        verb = next((i for i in range(match.first, match.end) if view.finite(i)), match.first)
        number = view.analysis.tokens[verb].verb()
        if number is not None and number.number == "Plur" and self.last.kind == "person":
            # "they" are whoever wrote the document that the sentence names
            return self.last if self._cue(view, "documents", view.first, view.end) else None
        gender = _gender(view.analysis.tokens[verb])
        fits = not gender or not self.last.gender or gender == self.last.gender
        return self.last if fits else None

    def _known(self, view: View, actor: Actor) -> Actor:
        """ "the European diplomat" is whoever of that side spoke last."""
        last = self.last if view.index - self.last_sentence <= _MEMORY + 1 else None
        described = actor.kind == "office" and actor.level == _DESCRIBED and not actor.many
        if described and last is not None and last.kind == "person" and last.affiliation == actor.affiliation:
            return last
        return actor

    def _inserted(self, view: View, clause: Clause, told: bool) -> bool:
        """Words of saying put into what is said: "- jak oświadczył Kreml -", "- dodano -"."""
        opens = self._cue(view, "insertions", clause.first, min(clause.first + _SHORT, clause.end))
        return opens is not None or (told and clause.end - clause.first <= _SHORT)


def _speakers(group: Group) -> list[Actor]:
    found: list[Actor] = []
    for named in group.members:
        actor = named.actor
        if actor is None or not official(actor):
            continue
        entry = named.mention.entry
        if actor.kind == "state" and entry is not None and entry.kind == SEAT:
            actor = Actor(entry.qid or f"x:{entry.key}", entry.label, "organisation", actor.affiliation, why=actor.why)
        found.append(actor)
    return found


def _impersonal(verb: Token) -> bool:
    """A form without person, number and gender ("зазначено", "dodano"), or a passive one, has no speaker as subject."""
    found = verb.morphs[0] if verb.morphs else None
    bare = found is not None and found.verbform == "Fin" and not (found.person or found.gender or found.number)
    return found is not None and (found.voice == "Pass" or (bare and found.tense != "Past"))


def _tells(view: View, verb: int) -> bool:
    """Past or present; what somebody will say or would say is not said."""
    tenses = {m.tense for m in view.analysis.tokens[verb].morphs if m.verbform == "Fin"}
    before = view.analysis.tokens[max(view.first, verb - 2) : verb]
    if view.tense(verb) == CONDITIONAL:
        return False
    return bool(tenses & {"Past", "Pres"}) and not any(t.low in view.grammar.future for t in before)


def _first_person(verb: Token) -> bool:
    return any(m.person in ("1", "2") for m in verb.morphs[:1])


def _unknown_behind(view: View, verb: int) -> bool:
    """Somebody that is no name right behind the verb: "Росія, заявив експерт, не поступиться"."""
    token = view.analysis.tokens[verb + 1] if verb + 1 < view.end else None
    if token is None or token.i in view.names or token.kind != WORD or any(g.first == token.i for g in view.groups):
        return False
    cases = {m.case for m in token.morphs if m.pos in ("NOUN", "PROPN")}
    noun = bool(token.morphs) and token.morphs[0].pos == "NOUN" and not token.has("ADJ")
    return noun and "Nom" in cases and "Acc" not in cases and _same_number(view.analysis.tokens[verb], token)


def _many(verb: Token) -> bool:
    found = verb.verb()
    return found is not None and found.number == "Plur"


def _gender(token: Token) -> str:
    found = token.verb()
    return found.gender if found is not None and found.gender else ""


def _agrees(verb: Token, group: Group) -> bool:
    """A past verb's gender and number are those of its subject, as far as both are known."""
    gender = _gender(verb)
    if len(group.members) > 1 or not gender:
        return True
    actor = group.members[0].actor
    own = actor.gender if actor is not None and actor.kind == "person" else group.members[0].mention.gender
    return not own or own == gender


def _same_number(verb: Token, noun: Token) -> bool:
    found = verb.verb()
    numbers = {m.number for m in noun.morphs if m.case == "Nom" and m.number}
    genders = {m.gender for m in noun.morphs if m.case == "Nom" and m.gender}
    if found is None or (found.number and numbers and found.number not in numbers):
        return False
    return not (found.gender and genders and found.gender not in genders)


def _broken(view: View, first: int, group: Group) -> bool:
    return any(t.kind == MARK and t.text not in "\"«“„'" for t in view.analysis.tokens[first : group.first])
