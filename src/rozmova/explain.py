"""One article walked through the steps, for `rozmova explain`: what each step saw and which rule gave what."""

from __future__ import annotations

from collections.abc import Iterator

from rozmova.contacts import fields, moves, status
from rozmova.contacts.filled import Filled
from rozmova.contacts.frames import NO_CONTACT
from rozmova.contacts.match import fill
from rozmova.contacts.view import View
from rozmova.dating.together import alone
from rozmova.names.actors import ActorTable
from rozmova.names.groups import Group
from rozmova.pipeline import Steps, read_steps
from rozmova.plover import of_contact
from rozmova.records import Article, Clue, Contact, Statement, TimeMention
from rozmova.statements.words import speech_words
from rozmova.text.analysis import Analysis
from rozmova.text.tokens import WORD
from rozmova.times.edtf import Span

Section = tuple[str, list[str]]


def explain(article: Article, table: ActorTable | None = None) -> list[Section]:
    """The steps of reading an article as titled sections of lines. Raises ``UnsupportedLanguage`` like the pipeline."""
    steps = read_steps(article, table=table)
    inferred = None if article.published else alone(steps.clues)
    if inferred:
        steps = read_steps(article, table=table, published=inferred, analysis=steps.analysis)
    return [
        ("Article", list(_article(steps, inferred))),
        ("Sentences, tokens, readings", list(_tokens(steps.analysis))),
        ("Names", list(_names(steps))),
        ("Times", [_time(mention) for mention in steps.times] or ["none"]),
        ("Clues to unknown days", [_clue(clue) for clue in steps.clues] or ["none"]),
        (
            "Frames tried and matched",
            [line for view in steps.views for line in _frames(view, steps.published)] or ["none"],
        ),
        ("Words of saying", [line for view in steps.views for line in _sayings(steps, view)] or ["none"]),
        ("Contacts", [line for n, c in enumerate(steps.contacts) for line in _contact(n, c)] or ["none"]),
        ("Statements", [line for n, s in enumerate(steps.statements) for line in _statement(n, s)] or ["none"]),
    ]


def _article(steps: Steps, inferred: str | None) -> Iterator[str]:
    analysis = steps.analysis
    yield f"language {analysis.lang}, {len(analysis.sentences)} sentences, {len(analysis.tokens)} tokens"
    unknown = f"{inferred}, by its own words" if inferred else "not known: relative dates stay open"
    yield f"published {steps.article.published or unknown}"
    if steps.speaker:
        yield f"speaker {steps.speaker.label}: says 'I' in this text"


def _tokens(analysis: Analysis) -> Iterator[str]:
    for n, (first, end) in enumerate(analysis.sentences, 1):
        yield f"{n}. {analysis.words(first, end)}"
        for token in analysis.tokens[first:end]:
            if token.kind == WORD:
                readings = "; ".join(f"{m.lemma} {m.pos} {m.features()}" for m in token.morphs[:4]) or "unknown"
                more = f" and {len(token.morphs) - 4} more" if len(token.morphs) > 4 else ""
                yield f"     {token.start}-{token.end} {token.text}: {readings}{more}"


def _names(steps: Steps) -> Iterator[str]:
    for one in (n for row in steps.named for n in row):
        words = steps.analysis.words(one.mention.first, one.mention.end)
        actor = one.actor
        if actor is None:
            yield f"{words}: {one.mention.kind}, nobody that can be named"
        else:
            role = f", {actor.role}" if actor.role else ""
            side = actor.affiliation or "-"
            yield f"{words}: {actor.label} [{actor.id}] {side}{role} ({actor.why or one.mention.kind})"


def _time(mention: TimeMention) -> str:
    value = mention.value or f"no value, {mention.reason}"
    counted = f"; counted from {mention.anchor}" if mention.anchor else ""
    return f"{mention.text}: {mention.type} {value} (rule: {mention.rule}{counted})"


def _clue(clue: Clue) -> str:
    said = [f"is {clue.days}"] if clue.days else []
    if clue.anchor:
        low, high = ("any" if n is None else str(n) for n in (clue.least, clue.most))
        said.append(f"{low} to {high} {clue.unit}s after {clue.anchor}")
    habit = ", as is usual" if clue.usual else ""
    return f"{clue.about}: {', '.join(said)}{habit}: «{clue.text}» (rule: {clue.rule})"


def _frames(view: View, published: tuple[Span, ...]) -> Iterator[str]:
    def words(group: Group) -> str:
        return view.analysis.words(group.first, group.end)

    for filled in fill(view):
        what = f"«{view.analysis.words(filled.first, filled.end)}» {filled.frame.name}"
        if filled.lacks:
            yield f"{what}: not matched, lacks {filled.lacks}"
            continue
        parts = [f"subject {words(filled.subject)}"] if filled.subject else []
        for slot, group in filled.slots:
            sign = "/".join(sorted(slot.prepositions)) or "bare"
            parts.append(f"{slot.part if slot.fills == 'party' else slot.fills} [{sign}] {words(group)}")
        yield f"{what}: {'; '.join(parts) or 'no slot filled'}{_decided(filled, published)}{_short_of(filled)}"


def _short_of(filled: Filled) -> str:
    """What a frame that matched still lacks to be a contact by itself."""
    if filled.frame.family == NO_CONTACT:
        return "; its words keep others from meaning a contact"
    sides = {named.actor.affiliation for named, _, _ in filled.parties if named.actor and named.actor.affiliation}
    refers = any(named.mention.kind == "pair" for named, _, _ in filled.parties)
    if len(sides) > 1 or refers or filled.dropped_subject:
        return ""
    named = f"only {next(iter(sides))} is named" if sides else "no side is named"
    return f"; {named}: at most more of a contact told elsewhere"


def _sayings(steps: Steps, view: View) -> Iterator[str]:
    """Every word of saying of a sentence, with whoever says it, or why nobody does."""
    words = speech_words(steps.analysis.lang)
    heard = {c.voice.first: c for c in steps.said.contents if c.voice.view is view}
    for match in words.sayings.scan(steps.analysis.tokens, view.first, view.end):
        what = f"«{steps.analysis.words(match.first, match.end)}» {match.payload.act}"
        content = heard.get(match.first)
        if content is None:
            yield f"{what}: no official says it, or only as part of another statement"
        else:
            via = f", passed on by {content.via.speaker.label}" if content.via else ""
            yield f"{what}: {content.voice.speaker.label}{via}"


def _decided(filled: Filled, published: tuple[Span, ...]) -> str:
    told = status.status(filled)
    move = moves.move(filled, told, published)
    told = (move.status if move else None) or told
    said = f"; status {told.value} by {told.rule}" if told else ""
    negated = "; negated, so no contact" if status.negated(filled) else ""
    return f"; channel {fields.channel(filled).value}{said}{_moved(move)}{negated}"


def _moved(move: moves.Move | None) -> str:
    """From which date and to which one a mention says that the contact was moved."""
    if move is None or not move.done:
        return ""
    old, new = (said.value.edtf if said else None for said in (move.old, move.new))
    return f"; moved from {old or 'a date not told'} to {new or 'a date not told'}"


def _contact(n: int, contact: Contact) -> Iterator[str]:
    parties = ", ".join(f"{p.name} ({p.affiliation})" for p in contact.parties)
    moved = f" (moved from {contact.moved_from})" if contact.moved_from else ""
    yield f"{n}. {contact.form}, {contact.channel}, {contact.status}, {contact.date or 'no date'}{moved}: {parties}"
    for evidence in contact.evidence:
        yield f"     {', '.join(evidence.supports)}: «{evidence.text}» (rule: {evidence.rule})"
    for topic in contact.topics:
        yield f"     topic {topic.label}, at {topic.start}-{topic.end}"
    if contact.told_by is not None:
        passed = f", through {contact.told_by.through}" if contact.told_by.through else ""
        yield f"     told by {contact.told_by.name}{passed}: «{contact.told_by.text}»"
    for name, reason in contact.reasons.items():
        yield f"     {name}: null, {reason}"
    event = of_contact(contact)
    yield f"     PLOVER: {event.root}{f' ({event.mode})' if event.mode else ''}" if event else "     PLOVER: no event"


def _statement(n: int, said: Statement) -> Iterator[str]:
    about = f", about contact {said.about}" if said.about is not None else ""
    yield f"{n}. {said.speaker.name}: {said.act}, {said.channel}{about} (rule: {said.rule})"
    told = {
        "PLOVER": said.event, "via": said.via.name if said.via else None, "reported by": said.reported_by,
        "to": ", ".join(p.name for p in said.addressee), "date": said.date,
    }  # fmt: skip
    for name, value in told.items():
        if value:
            yield f"     {name} {value}"
    for quote in said.quotes:
        words = said.text[quote.start - said.start : quote.end - said.start]
        yield f"     {quote.kind}: {' '.join(words.split())}"
