"""A contact: every field with what each article says of it, both sides' readouts, what became of it, why it is one."""

from __future__ import annotations

from msgspec import Struct

from rozmova.exports.fields import FIELDS, Field
from rozmova.merge.readouts import THIRD, Readouts, quotations, readouts
from rozmova.merge.why import why
from rozmova.records import Account, MergedContact, Reading
from rozmova.store import Store
from rozmova.web import urls, words
from rozmova.web.marks import Excerpt, excerpt
from rozmova.web.pages.rows import PartyLink, Row, Table, party_link, row


class Source(Struct, frozen=True, kw_only=True):
    """An article that tells of the contact, by the number under which the page names it."""

    number: int
    article: str
    title: str
    outlet: str | None
    lang: str
    language: str
    published: str | None
    published_words: str
    url: str
    copy_of: str | None


class Evidence(Struct, frozen=True, kw_only=True):
    """Words of an article with their context, where they stand, and the rule that read them."""

    excerpt: Excerpt
    rule: str
    url: str


class Said(Struct, frozen=True, kw_only=True):
    """What one article says of one field: a value, or the reason why there is none."""

    source: int
    lang: str
    value: str | None
    reason: str | None
    same: bool
    evidence: tuple[Evidence, ...]


class FieldView(Struct, frozen=True, kw_only=True):
    """A field: its value, how far the articles agree on it, and what each says; ``differs``: some say otherwise."""

    name: str
    heading: str
    value: str | None
    agreement: str | None
    reason: str | None
    said: tuple[Said, ...]


class Step(Struct, frozen=True, kw_only=True):
    """A step in the life of the contact, as an article reported it."""

    status: str
    date: str | None
    date_words: str
    source: int
    published_words: str


class Readout(Struct, frozen=True, kw_only=True):
    """A statement about the contact."""

    speaker: str
    act: str
    channel: str
    lang: str
    quotes: tuple[str, ...]
    text: str
    source: int
    topics: tuple[str, ...]
    url: str


class Side(Struct, frozen=True, kw_only=True):
    """One side's statements, and the topics that it alone mentions."""

    name: str
    statements: tuple[Readout, ...]
    only: tuple[str, ...]


class Pairing(Struct, frozen=True, kw_only=True):
    """Why two articles' accounts are of one contact: what speaks for it, and who decided."""

    one: int
    other: int
    decision: str
    by: str
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


class ContactPage(Struct, frozen=True, kw_only=True):
    """The page."""

    title: str
    row: Row
    parties: tuple[PartyLink, ...]
    pair_url: str | None
    fields: tuple[FieldView, ...]
    sources: tuple[Source, ...]
    history: tuple[Step, ...]
    sides: tuple[Side, ...]
    shared: tuple[str, ...]
    why: tuple[Pairing, ...]

    def table(self) -> Table:
        """Every field as every article has it, with the words that say so."""
        headings = "contact", "field", "value", "agreement", "article", "says", "evidence", "rule"
        ids = {source.number: source.article for source in self.sources}
        lines = [
            (
                self.row.id, f.name, f.value or "", f.agreement or "", ids[s.source],
                (f.value if s.same else s.value) or s.reason or "",
                " | ".join(e.excerpt.words for e in s.evidence), " | ".join(e.rule for e in s.evidence),
            )
            for f in self.fields
            for s in f.said
        ]  # fmt: skip
        return headings, tuple(lines)


def contact_page(store: Store, contact: MergedContact, newest: str | None) -> ContactPage:
    """The view model of a contact."""
    ids = list(dict.fromkeys(account.article for account in contact.accounts))
    texts = {id: store.text_of(id) or "" for id in ids}
    readings = store.readings_of(ids)
    numbers = {id: number for number, id in enumerate(ids, 1)}
    said = readouts(contact, readings)
    head = row(contact, newest)
    sides = list(dict.fromkeys(p.affiliation or p.id for p in contact.parties))
    return ContactPage(
        title=f"{', '.join(p.name for p in contact.parties[:3])}, {head.date_words}",
        row=head,
        parties=tuple(map(party_link, contact.parties)),
        pair_url=urls.pair(*sides) if len(sides) == 2 else None,
        fields=tuple(
            _field(field, contact, texts, numbers)
            for field in FIELDS
            if field.name != "moved_from" or field.value(contact) is not None
        ),
        sources=tuple(_source(numbers[id], id, contact, readings) for id in ids),
        history=tuple(
            Step(
                status=step.status, date=step.date, date_words=words.date(step.date),
                source=numbers.get(step.article, 0), published_words=words.date(step.published),
            )
            for step in contact.status_history
        ),
        sides=_sides(said, numbers),
        shared=said.shared,
        why=_why(store, contact, numbers),
    )  # fmt: skip


def _source(number: int, id: str, contact: MergedContact, readings: dict[str, Reading]) -> Source:
    account = next(a for a in contact.accounts if a.article == id)
    info = readings[id].article if id in readings else None
    return Source(
        number=number,
        article=id,
        title=(info.title if info else None) or account.path.rpartition("/")[2],
        outlet=account.outlet,
        lang=account.lang,
        language=words.language(account.lang),
        published=account.published,
        published_words=words.date(account.published),
        url=urls.article(id),
        copy_of=account.copy_of,
    )


def _field(field: Field, contact: MergedContact, texts: dict[str, str], numbers: dict[str, int]) -> FieldView:
    value = field.value(contact)
    said = tuple(_said(field, a, value, texts, numbers) for a in contact.accounts)
    reasons = {s.reason for s in said}
    alike = value is None and len(reasons) == 1 and None not in reasons
    return FieldView(
        name=field.name,
        heading=field.heading,
        value=_shown(field, contact, value),
        agreement=contact.agreement.get(field.name),
        reason=next(iter(reasons)) if alike else None,
        said=said,
    )


def _said(field: Field, account: Account, value: str | None, texts: dict[str, str], numbers: dict[str, int]) -> Said:
    own = field.value(account.contact)
    found = [(n, e) for n, e in enumerate(account.contact.evidence) if field.name in e.supports]
    return Said(
        source=numbers[account.article],
        lang=account.lang,
        value=_shown(field, account.contact, own),
        reason=account.contact.reasons.get(field.name, "the article does not say") if own is None else None,
        same=own == value,
        evidence=tuple(
            Evidence(
                excerpt=excerpt(texts.get(account.article, ""), e.start, e.end, e.text),
                rule=e.rule,
                url=urls.article(account.article, f"c{account.index}-{n}"),
            )
            for n, e in found
        ),
    )


def _shown(field: Field, contact: object, value: str | None) -> str | None:
    """The value as the web writes it: dates and channels in words."""
    if value is None:
        return None
    if field.name == "channel":
        return words.channel(value)
    if field.name == "date":
        basis = getattr(contact, "date_basis", None)
        return words.date(getattr(contact, "date", None)) + (f" ({basis})" if basis else "")
    if field.name == "moved_from":
        return "; ".join(words.date(one) for one in value.split(", "))
    return value


def _sides(found: Readouts, numbers: dict[str, int]) -> tuple[Side, ...]:
    return tuple(
        Side(
            name=words.state(name) if name != THIRD else "Third parties",
            only=found.only(name) if name != THIRD else (),
            statements=tuple(
                Readout(
                    speaker=said.statement.speaker.name, act=said.statement.act,
                    channel="" if said.statement.channel == "unspecified" else said.statement.channel,
                    lang=said.lang, quotes=tuple(quotations(said.statement)), text=said.statement.text,
                    source=numbers[said.article], topics=said.topics,
                    url=urls.article(said.article, f"p{said.statement.start}"),
                )
                for said in statements
            ),
        )
        for name, statements in found.sides.items()
    )  # fmt: skip


def _why(store: Store, contact: MergedContact, numbers: dict[str, int]) -> tuple[Pairing, ...]:
    return tuple(
        Pairing(
            one=numbers[pair.account.article], other=numbers[pair.other.article], decision=pair.decision, by=pair.by,
            speaks_for=tuple(name for name, said in pair.said.items() if said == "for"),
            against=tuple(name for name, said in pair.said.items() if said == "against"),
        )
        for pair in why(contact, contact, store.judgements())
    )  # fmt: skip
