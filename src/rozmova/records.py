"""The records of the product: what an article is, what was read in it, and what many readings say together.

Everything here is frozen and typed, and carries the names of the output contract (``rozmova schema`` prints it as
JSON Schema, generated from these classes). Offsets count Unicode code points of the article's text as read; ``end`` is
exclusive, so ``text[start:end]`` is exactly the evidence. Dates are EDTF strings (Library of Congress, 2019).

The classes are :class:`msgspec.Struct`: as light as tuples, encoded to JSON in field order.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Offset = Annotated[int, Meta(ge=0, description="code points from the start of the article's text")]
Edtf = Annotated[str, Meta(description="a date in EDTF: day, month, year, interval a/b, one of a set [a,b]")]
Affiliation = Annotated[str, Meta(description="ISO 3166-1 alpha-3 of a state, or EU, NATO, UN, OSCE ...")]

Lang = Annotated[str, Meta(description="language of the article: uk, pl, ru, en, or any folder of languages/")]
PartyKind = Literal["person", "office", "state", "organisation"]
NameKind = Literal["person", "office", "state", "organisation", "place", "group", "pronoun"]
Part = Literal["visitor", "host", "mediator", "sender", "addressee", "participant"]
Channel = Literal["phone", "video", "in_person", "letter", "unspecified"]
Status = Literal["proposed", "planned", "held", "cancelled", "declined"]
StepStatus = Literal[Status, "moved"]
DateBasis = Literal["explicit", "relative", "inferred"]
PublishedBasis = Literal["metadata", "text", "other articles"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Qualifier = Literal["about", "over", "under"]
Unit = Literal["day", "week", "month", "year"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Agreement = Literal["agreed", "single", "disputed"]
TellerKind = Literal["person", "office", "state", "organisation", "outlet"]
Voice = Literal["party", "official", "agency", "press", "commentary"]


class Article(Struct, frozen=True, kw_only=True):
    """A news article as a source gives it, before any analysis.

    ``text`` is the content unchanged; every offset of the product counts in it. ``sha256`` is the digest of its UTF-8
    bytes, ``id`` the first sixteen hexadecimal digits of that: the same text has one id on every machine.

    What is known beside the text is None where the source does not say it. ``url`` is http or https; ``retrieved`` is
    a moment in UTC (ISO 8601); ``encoding`` is what the bytes were decoded with. ``language`` is the code that the
    source gives of itself; what the text is read as is detected, and the store does not keep it.
    """

    id: str
    path: str
    text: str
    sha256: str
    url: str | None = None
    outlet: str | None = None
    published: Edtf | None = None
    title: str | None = None
    author: str | None = None
    retrieved: str | None = None
    encoding: str | None = None
    language: str | None = None


class ArticleInfo(Struct, frozen=True, kw_only=True):
    """What the output says of an article; its text stays with the source."""

    id: str
    path: str
    url: str | None
    sha256: str
    lang: Lang
    title: str | None
    outlet: str | None
    published: Edtf | None
    published_basis: PublishedBasis | None


class NameMention(Struct, frozen=True, kw_only=True):
    """A name or a description that stands for an actor or a place, where it stands and whom it means."""

    start: Offset
    end: Offset
    text: str
    lemma: Annotated[str, Meta(description="the words in the nominative")]
    kind: NameKind
    id: str | None
    label: str | None
    affiliation: Affiliation | None = None
    why: Annotated[str, Meta(description="the evidence that decided whom it means")] = ""


class TimeMention(Struct, frozen=True, kw_only=True):
    """A time expression (TIMEX3) with its value, or with the reason why it has none."""

    start: Offset
    end: Offset
    text: str
    type: TimexType
    value: Annotated[str, Meta(description="EDTF, or an ISO 8601 duration")] | None
    rule: str
    anchor: Annotated[str | None, Meta(description="what it was counted from, null where the words say all")] = None
    reason: str | None = None


class Clue(Struct, frozen=True, kw_only=True):
    """What some words of an article say about a day that is not known: one constraint of :mod:`rozmova.dating`.

    ``about`` and ``anchor`` name days of the article: ``published``, ``time 3`` (index into times), ``contact 0``
    (index into contacts). ``days`` are the days that ``about`` can be: EDTF, or TIMEX3 with unknown digits
    (``XXXX-12-07``, ``XXXX-WXX-4``). With an ``anchor``, ``about`` lies ``least`` to ``most`` units after it (below
    zero: before it; null: without limit). ``previous`` says that no other contact of the same parties came in between.
    ``usual`` marks habits of writing that can be broken, against what the words say in so many words.
    """

    start: Offset
    end: Offset
    text: str
    rule: str
    about: str
    days: str | None = None
    anchor: str | None = None
    unit: Unit = "day"
    least: int | None = None
    most: int | None = None
    previous: bool = False
    usual: bool = False


class Party(Struct, frozen=True, kw_only=True):
    """One side of a contact. ``by_office`` says that the text names only the office and the table knew its holder."""

    id: str
    name: Annotated[str, Meta(description="canonical English label")]
    kind: PartyKind
    affiliation: Affiliation | None
    role: Annotated[str, Meta(description="office held, in English")] | None
    part: Part
    by_office: bool = False


class Place(Struct, frozen=True, kw_only=True):
    """Where a contact took or takes place."""

    id: str
    name: str
    state: Affiliation | None


class Topic(Struct, frozen=True, kw_only=True):
    """What was talked about: a short English label and the words that say so."""

    label: str
    start: Offset
    end: Offset


class Evidence(Struct, frozen=True, kw_only=True):
    """The words of the article behind some fields, and the name of the rule that read them."""

    start: Offset
    end: Offset
    text: str
    supports: tuple[str, ...]
    rule: str


class Teller(Struct, frozen=True, kw_only=True):
    """Whom an article names as the source of a contact: somebody official, or an outlet (then without an ``id``).

    ``through`` is an outlet that passes the words of somebody official on. ``text`` are the words that say that the
    teller tells it, with his name where it stands beside them ("the Kremlin said", "as reported by PAP").
    """

    name: Annotated[str, Meta(description="canonical English label")]
    kind: TellerKind
    id: str | None
    affiliation: Affiliation | None
    through: str | None
    start: Offset
    end: Offset
    text: str


class Contact(Struct, frozen=True, kw_only=True):
    """One direct communication or encounter between representatives of two or more states or organisations.

    A field without evidence in the article is null; ``reasons`` then tells why (shown on request).
    """

    parties: tuple[Party, ...]
    channel: Channel
    form: str
    status: Status
    date: Edtf | None
    date_basis: DateBasis | None
    initiator: Annotated[str, Meta(description="affiliation code or party id")] | None
    place: Place | None
    duration_minutes: float | None
    duration_qualifier: Qualifier | None
    topics: tuple[Topic, ...]
    evidence: tuple[Evidence, ...]
    reasons: Annotated[dict[str, str], Meta(description="why a field is null")] = {}
    moved_from: Annotated[Edtf | None, Meta(description="the earlier date that the article says it was moved from")] = (
        None
    )
    told_by: Annotated[
        Teller | None, Meta(description="who the article says told it; null when it tells it itself")
    ] = None


class Quote(Struct, frozen=True, kw_only=True):
    """Words given as somebody's own, or their sense."""

    start: Offset
    end: Offset
    kind: QuoteKind


class Statement(Struct, frozen=True, kw_only=True):
    """What an official or an institution said, wrote or posted; the fields are those of the contract."""

    speaker: Party
    via: Party | None
    reported_by: str | None
    addressee: tuple[Party, ...]
    event: Annotated[str, Meta(description="PLOVER 2021 root")] | None
    act: str
    channel: str
    quotes: tuple[Quote, ...]
    date: Edtf | None
    about: Annotated[int, Meta(description="index into contacts")] | None
    start: Offset
    end: Offset
    text: str
    rule: str


class Reading(Struct, frozen=True, kw_only=True):
    """Everything read in one article: one line of ``rozmova extract``.

    ``clues`` are kept where nobody gave the day of publication, so that articles can be dated together.
    """

    article: ArticleInfo
    names: tuple[NameMention, ...]
    times: tuple[TimeMention, ...]
    contacts: tuple[Contact, ...]
    statements: tuple[Statement, ...]
    clues: tuple[Clue, ...] = ()


class Words(Struct, frozen=True, kw_only=True):
    """A clue with the article that gives it."""

    article: str
    path: str
    clue: Clue


class Dated(Struct, frozen=True, kw_only=True):
    """When an article came out that nobody dated, and the words that left these days and no others.

    ``published`` is None where too much is possible.
    """

    article: str
    path: str
    published: Edtf | None
    basis: PublishedBasis | None
    because: tuple[Words, ...]


class DateConflict(Struct, frozen=True, kw_only=True):
    """Words that cannot all be right, none of them needless for the contradiction; some were ``left_out`` for it."""

    words: tuple[Words, ...]
    left_out: tuple[Words, ...]


class Dating(Struct, frozen=True, kw_only=True):
    """What can be told of the articles without a date, by path, and where their words contradict one another."""

    dated: tuple[Dated, ...] = ()
    conflicts: tuple[DateConflict, ...] = ()


class Account(Struct, frozen=True, kw_only=True):
    """What one article says of a merged contact: its own values and evidence.

    ``copy_of`` is the article that its text was taken from: such an account is no further witness. ``voice`` is whose
    account it is: the own readout of a ``party``, another ``official`` source, an agency, the press, a commentary, or
    null where nobody knows the outlet; an official one has the ``affiliation`` of its site. ``says`` are those whom
    the article names as the source of the contact, an outlet that passes it on last; none when it tells it itself.
    """

    article: str
    path: str
    outlet: str | None
    lang: Lang
    published: Edtf | None
    index: Annotated[int, Meta(description="place among the contacts of that article's reading")]
    contact: Contact
    copy_of: str | None = None
    voice: Voice | None = None
    affiliation: Affiliation | None = None
    says: tuple[str, ...] = ()


class StatusStep(Struct, frozen=True, kw_only=True):
    """One step in the life of a contact as some article reported it; ``moved``: a plan got another date."""

    status: StepStatus
    date: Edtf | None
    article: str
    published: Edtf | None


class MergedContact(Struct, frozen=True, kw_only=True):
    """One real contact: one value a field, how far the accounts agree on it, and every account.

    ``independent`` counts the articles that are no copies of another one here; only they agree or dispute.
    """

    id: str
    parties: tuple[Party, ...]
    channel: Channel
    form: str
    status: Status
    date: Edtf | None
    date_basis: DateBasis | None
    initiator: str | None
    place: Place | None
    duration_minutes: float | None
    duration_qualifier: Qualifier | None
    topics: tuple[Topic, ...]
    agreement: dict[str, Agreement]
    status_history: tuple[StatusStep, ...]
    accounts: tuple[Account, ...]
    independent: int = 0
