"""The names of an article as the contract shows them: each part of a phrase with its own exact words.

"держсекретар США Ентоні Блінкен" is one phrase and three names: the office (of whoever holds it), the state inside it,
and the person.
"""

from __future__ import annotations

from collections.abc import Iterator

from rozmova.names import lemma
from rozmova.names import lexicon as lx
from rozmova.names.actors import ActorTable, slug
from rozmova.names.identity import Actor, Named, is_state, label_of
from rozmova.names.lexicon import Entry, Hit, lexicon
from rozmova.names.mention import STANDS_FOR, Mention, thing
from rozmova.records import NameKind, NameMention
from rozmova.text.analysis import Analysis
from rozmova.text.morph import Form

_KINDS: dict[str, NameKind] = {
    "person": "person", "pronoun": "pronoun", "office": "office", "colleague": "office", "group": "group",
    "pair": "group", "state": "state", "organisation": "organisation", "place": "place",
}  # fmt: skip
_NOBODY = "nothing tells whom it means"


def mentions(analysis: Analysis, named: list[list[Named]], table: ActorTable) -> tuple[NameMention, ...]:
    """All names in text order, the longer one first where two begin together.

    Pronouns, "both leaders" and "the countries" are left out where nothing tells whom they mean. ``table`` is the one
    that the actors were found in.
    """
    found: dict[tuple[int, int, str, str | None], NameMention] = {}
    writer = _Writer(analysis, table)
    for one in (n for row in named for n in row):
        for made in writer.parts(one):
            found.setdefault((made.start, -made.end, made.kind, made.id), made)
    return tuple(found[key] for key in sorted(found, key=lambda key: key[:2]))


class _Writer:
    def __init__(self, analysis: Analysis, table: ActorTable) -> None:
        self.analysis, self.table = analysis, table
        self.lexicon = lexicon(analysis.lang)

    def parts(self, one: Named) -> Iterator[NameMention]:
        mention, actor = one.mention, one.actor
        kind = _KINDS[mention.kind]
        if actor is None and kind in ("pronoun", "group"):
            return
        if mention.name is not None:
            yield self.made(mention.name.first, mention.name.end, "person", self.person(mention, actor), actor)
            if mention.office_end > mention.office_first:
                yield from self.office(one, mention.office_first, mention.office_end)
        elif mention.entry is not None and kind in ("state", "organisation", "place"):
            yield self.thing(mention, mention.entry, actor)
        elif mention.office_end > mention.office_first:
            yield from self.office(one, mention.office_first, mention.office_end)
        else:
            yield self.made(mention.first, mention.end, kind, self.phrase(mention, mention.first, mention.end), actor)
            yield from self.inside(mention, mention.first, mention.end)

    def office(self, one: Named, first: int, end: int) -> Iterator[NameMention]:
        """An office with what is named inside it; a ministry is an organisation, plurals may be people."""
        mention, actor, office = one.mention, one.actor, one.mention.office
        of = mention.of
        if of is not None and of.name is not None and of.office_end:
            end = of.office_end  # "radca ministra Pawła Kowalskiego": the name is not part of the office
        kind: NameKind = "office"
        if office is not None and office.level == "ministry":
            kind = "organisation"
        elif mention.name is None and office is not None and _people(mention, office):
            kind = "group"
        yield self.made(first, end, kind, self.phrase(mention, first, end), actor)
        yield from self.inside(mention, first, end)
        if of is not None and of.office_end + bool(of.name):
            yield from self.parts(Named(of, one.of))

    def inside(self, mention: Mention, first: int, end: int) -> Iterator[NameMention]:
        """The ministries, states, organisations and places named inside the words of an office or group."""
        hits = {hit.first: hit for hit in self.lexicon.hits(self.analysis, first, end)}
        for hit in list(hits.values()):
            if hit.payload.kind not in STANDS_FOR and hit.end - hit.first > 1:  # "глава МЗС"
                hits.update({h.first: h for h in self.lexicon.hits(self.analysis, hit.first + 1, hit.end)})
        for hit in hits.values():
            if (hit.first, hit.end) == (first, end):
                continue
            if hit.payload.kind in STANDS_FOR:
                yield self.thing(thing(self.analysis, hit), hit.payload, None)
            elif hit.payload.level == "ministry" and hit.first > first:
                yield self.ministry(mention, hit, hits, end)

    def ministry(self, mention: Mention, hit: Hit, hits: dict[int, Hit], end: int) -> NameMention:
        """A ministry inside an office, with the adjective before it and the state behind it."""
        first = next(
            (h.first for h in hits.values() if h.payload.kind == lx.ADJECTIVE and h.end == hit.first), hit.first
        )
        last = hits.get(hit.end)
        stop = last.end if last and last.payload.kind in STANDS_FOR and last.end <= end else hit.end
        affiliation = mention.affiliations[0] if mention.affiliations else None
        label = f"{hit.payload.label} of {label_of(affiliation)}" if affiliation else None
        words = lemma.phrase(self.analysis, first, stop, hit.first, Form())
        known = slug(label) if label else None
        return self.record(
            first, stop, "organisation", words, known, label, affiliation, "office and state" if label else _NOBODY
        )

    def thing(self, mention: Mention, entry: Entry, actor: Actor | None) -> NameMention:
        """A state, organisation or place under its own name, whomever it stands for."""
        printed = self.analysis.words(mention.first, mention.end)
        if entry.words and not (entry.exact and mention.end - mention.first == 1 and printed.isupper()):
            words = lemma.listed(printed, entry.words)
        else:
            words = printed
        kind = _KINDS[mention.kind]
        before = self.analysis.tokens[mention.first - 1] if mention.first else None
        if entry.building and "Loc" in mention.cases and before is not None and before.has("ADP"):
            kind = "place"
        affiliation = actor.affiliation if actor else entry.affiliation or None
        return self.record(
            mention.first, mention.end, kind, words, entry.id, entry.label, affiliation, actor.why if actor else "name"
        )

    def made(self, first: int, end: int, kind: NameKind, words: str, actor: Actor | None) -> NameMention:
        if actor is None:
            return self.record(first, end, kind, words, None, None, None, _NOBODY)
        return self.record(first, end, kind, words, actor.id, actor.label, actor.affiliation, actor.why)

    def record(
        self,
        first: int,
        end: int,
        kind: NameKind,
        words: str,
        known: str | None,
        label: str | None,
        affiliation: str | None,
        why: str,
    ) -> NameMention:
        start, stop = self.analysis.span(first, end)
        return NameMention(
            start=start, end=stop, text=self.analysis.text[start:stop], lemma=words, kind=kind, id=known, label=label,
            affiliation=affiliation, why=why,
        )  # fmt: skip

    def person(self, mention: Mention, actor: Actor | None) -> str:
        assert mention.name is not None
        known = self.table.by_id(actor.id) if actor else None
        written = self.table.written(known) if known else ((), ())
        gender = mention.name.gender or mention.gender or (actor.gender if actor else "")
        return lemma.person(self.analysis, mention.name, gender, written)

    def phrase(self, mention: Mention, first: int, end: int) -> str:
        head = mention.head if first <= mention.head < end else first
        return lemma.phrase(self.analysis, first, end, head, Form(mention.cases, mention.plural))


def _people(mention: Mention, office: Entry) -> bool:
    """Whether a plural means people: "diplomats of Russia", and any office holders of an organisation's states."""
    plural = mention.plural or mention.shared
    return plural and (office.people or not all(is_state(a) for a in mention.affiliations))
