"""Pairs the contacts read in an article with the gold ones and counts what is right.

A predicted contact may be paired with a gold one when their parties agree to one half (F1) and their evidence overlaps
or their dates agree. Pairs are taken one to one, best first. Everything reported is a ratio of the integer counts of
:class:`Counts`, so that articles can be added up, and resampled, before any division.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import asdict, astuple, replace

from rozmova.evaluation.gold import GoldArticle, GoldContact
from rozmova.evaluation.matching import Spans, date_agrees, overlap, party_agreement, places, shared_parties
from rozmova.evaluation.names import NameScore, score_names
from rozmova.evaluation.statements import StatementScore, score_statements
from rozmova.records import Contact, NameMention, Statement

_LEAST_PARTIES = 0.5
_CHANNEL, _EVIDENCE, _DATE = 0.5, 0.5, 0.25  # what agreement in these adds to that of the parties, 0 to 1


class Counts(Struct, frozen=True):
    """What was counted in one article or in many; the fields add up.

    ``dated`` and ``initiated`` are the hits whose gold has that field, ``undated`` those whose gold has no date and
    allows none; ``date``, ``initiator`` and ``overdated`` say how many of them were given the right value, or any.
    ``parties`` counts the hits with all parties right, ``sides`` the single parties.
    """

    articles: int = 0
    missing: int = 0  # articles without a reading
    empty: int = 0  # articles without gold contacts
    invented: int = 0  # contacts read in them
    gold: int = 0
    predicted: int = 0
    hits: int = 0
    strict: int = 0  # hits with parties, channel, status and date right
    channel: int = 0
    status: int = 0
    parties: int = 0
    dated: int = 0
    date: int = 0
    undated: int = 0
    overdated: int = 0
    initiated: int = 0
    initiator: int = 0
    sides_gold: int = 0  # parties of the hits, as annotated
    sides_predicted: int = 0  # and as read
    sides: int = 0  # of these those that agree
    names_gold: int = 0
    names_predicted: int = 0
    names_found: int = 0
    lemmas: int = 0  # names found whose gold has a lemma
    lemma: int = 0  # of these those put into the nominative rightly
    labels: int = 0  # gold names that say whom they mean
    linked: int = 0  # of these those found and rightly identified
    said_gold: int = 0  # statements, as rozmova.evaluation.statements counts them
    said_found: int = 0
    said_judged: int = 0
    said_judged_found: int = 0
    said_predicted: int = 0
    said_right: int = 0
    said_acts: int = 0
    said_act: int = 0
    said_events: int = 0
    said_event: int = 0
    said_channels: int = 0
    said_channel: int = 0
    said_addressees: int = 0
    said_addressee: int = 0


class Rate(Struct, frozen=True):
    """A measure: ``factor`` times one count, divided by the sum of others.

    ``needs`` is the count without which it has no place in a table: what it measures is not annotated there.
    """

    name: str
    label: str
    count: str
    of: tuple[str, ...]
    factor: int = 1
    needs: str = ""

    def base(self, counts: Counts) -> int:
        """What is divided by; 0 where there is nothing to measure."""
        return sum(getattr(counts, name) for name in self.of)

    def value(self, counts: Counts) -> float:
        """The measure, and 0 where there is nothing to measure."""
        part: int = getattr(counts, self.count)
        return self.factor * part / (self.base(counts) or 1)


RATES = (
    Rate("precision", "precision", "hits", ("predicted",)),
    Rate("recall", "recall", "hits", ("gold",)),
    Rate("f1", "F1", "hits", ("predicted", "gold"), 2),
    Rate("strict_f1", "strict F1", "strict", ("predicted", "gold"), 2),
    Rate("channel", "channel", "channel", ("hits",)),
    Rate("status", "status", "status", ("hits",)),
    Rate("parties", "parties", "parties", ("hits",)),
    Rate("party_f1", "party F1", "sides", ("sides_predicted", "sides_gold"), 2),
    Rate("date", "date", "date", ("dated",)),
    Rate("overdated", "overdated", "overdated", ("undated",)),
    Rate("initiator", "initiator", "initiator", ("initiated",)),
    Rate("names_precision", "names precision", "names_found", ("names_predicted",), needs="names_gold"),
    Rate("names_recall", "names recall", "names_found", ("names_gold",), needs="names_gold"),
    Rate("names_f1", "names F1", "names_found", ("names_predicted", "names_gold"), 2, needs="names_gold"),
    Rate("lemma", "names in the nominative", "lemma", ("lemmas",), needs="names_gold"),
    Rate("linked", "names linked", "linked", ("labels",), needs="names_gold"),
    Rate("said_recall", "statements recall", "said_found", ("said_gold",), needs="said_gold"),
    Rate("said_precision", "statements precision", "said_right", ("said_predicted",), needs="said_judged"),
    Rate("said_act", "act", "said_act", ("said_acts",), needs="said_acts"),
    Rate("said_event", "event", "said_event", ("said_events",), needs="said_events"),
    Rate("said_channel", "channel of statements", "said_channel", ("said_channels",), needs="said_channels"),
    Rate("said_addressee", "addressee", "said_addressee", ("said_addressees",), needs="said_addressees"),
    Rate("invented_per_10_empty", "invented per 10 empty", "invented", ("empty",), 10),
)
"""Every measure reported, in the order of the report. ``overdated`` and ``invented_per_10_empty`` are best at 0."""


class Pair(Struct, frozen=True, kw_only=True):
    """A gold contact with the predicted one that was found to be it, and which of the judged fields are right."""

    gold: GoldContact
    predicted: Contact
    channel: bool
    status: bool
    date: bool
    parties: bool

    @property
    def wrong(self) -> tuple[str, ...]:
        """The names of the fields that are wrong."""
        return tuple(name for name in ("parties", "channel", "status", "date") if not getattr(self, name))


class ArticleScore(Struct, frozen=True, kw_only=True):
    """The score of one article. Optional gold contacts and predictions that rest on borderline spans are left out."""

    gold: GoldArticle
    counts: Counts
    pairs: tuple[Pair, ...]
    missed: tuple[GoldContact, ...]
    surplus: tuple[Contact, ...]
    names: NameScore | None = None
    statements: StatementScore | None = None


def total(counts: Iterable[Counts]) -> Counts:
    """The counts of many articles added up."""
    return Counts(*map(sum, zip(*map(astuple, counts), strict=True)))


def score_article(
    gold: GoldArticle,
    predicted: Sequence[Contact] | None,
    names: Sequence[NameMention] | None = None,
    statements: Sequence[Statement] = (),
) -> ArticleScore:
    """Score the contacts, and the names and statements where annotated; ``None``: there is no reading."""
    named = score_names(gold, names) if gold.names is not None else None
    counts = Counts(articles=1, missing=int(predicted is None))
    if named is not None:
        told = named.counts
        counts = replace(
            counts, names_gold=told.gold, names_predicted=told.predicted, names_found=told.found,
            lemmas=told.lemmas, lemma=told.lemma, labels=told.labels, linked=told.linked,
        )  # fmt: skip
    said = score_statements(gold, statements) if gold.statements is not None else None
    if said is not None:
        counts = replace(counts, **{f"said_{name}": value for name, value in asdict(said.counts).items()})
    if not gold.judged:
        return ArticleScore(gold=gold, counts=counts, pairs=(), missed=(), surplus=(), names=named, statements=said)
    contacts = predicted or ()
    matches = _matches(gold, contacts)
    pairs = tuple(_judge(contacts[i], gold.contacts[j]) for i, j in sorted(matches.items()))
    judged = tuple(pair for pair in pairs if not pair.gold.optional)
    found = set(matches.values())
    soft = places(gold.text, gold.borderline)
    surplus = tuple(c for i, c in enumerate(contacts) if i not in matches and not _rests_on(c, soft))
    dated = [pair for pair in judged if pair.gold.date]
    undated = [pair for pair in judged if not pair.gold.date and not pair.gold.fresh]
    initiated = [pair for pair in judged if pair.gold.initiator]
    counts = replace(
        counts,
        empty=int(not gold.contacts),
        invented=0 if gold.contacts else len(surplus),
        gold=sum(not contact.optional for contact in gold.contacts),
        predicted=len(judged) + len(surplus),
        hits=len(judged),
        strict=sum(not pair.wrong for pair in judged),
        channel=sum(pair.channel for pair in judged),
        status=sum(pair.status for pair in judged),
        parties=sum(pair.parties for pair in judged),
        dated=len(dated),
        date=sum(pair.date for pair in dated),
        undated=len(undated),
        overdated=sum(bool(pair.predicted.date) for pair in undated),
        initiated=len(initiated),
        initiator=sum(_upper(pair.predicted.initiator) == _upper(pair.gold.initiator) for pair in initiated),
        sides_gold=sum(len(pair.gold.parties) for pair in judged),
        sides_predicted=sum(len(pair.predicted.parties) for pair in judged),
        sides=sum(shared_parties(pair.predicted.parties, pair.gold.parties) for pair in judged),
    )
    missed = tuple(c for j, c in enumerate(gold.contacts) if j not in found and not c.optional)
    return ArticleScore(
        gold=gold, counts=counts, pairs=judged, missed=missed, surplus=surplus, names=named, statements=said
    )


def _matches(gold: GoldArticle, predicted: Sequence[Contact]) -> dict[int, int]:
    """Which predicted contact is which gold one, by their places in the two lists."""
    gold_spans = [places(gold.text, contact.evidence) for contact in gold.contacts]
    candidates = []
    for i, contact in enumerate(predicted):
        spans = _spans(contact)
        for j, other in enumerate(gold.contacts):
            parties = party_agreement(contact.parties, other.parties)
            shared = overlap(spans, gold_spans[j])
            date = date_agrees(contact.date, other.date, other.date_also)
            if parties >= _LEAST_PARTIES and (shared or (other.date and date)):
                weight = parties + _CHANNEL * (contact.channel == other.channel) + _EVIDENCE * shared + _DATE * date
                candidates.append((weight, i, j))
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):  # of equally good pairs the later contacts come first
        if i not in matches and j not in taken:
            matches[i] = j
            taken.add(j)
    return matches


def _judge(predicted: Contact, gold: GoldContact) -> Pair:
    return Pair(
        gold=gold,
        predicted=predicted,
        channel=predicted.channel in (gold.channel, gold.channel_also),
        status=predicted.status == gold.status,
        date=date_agrees(predicted.date, gold.date, gold.date_also),
        parties=party_agreement(predicted.parties, gold.parties) == 1.0,
    )


def _spans(contact: Contact) -> Spans:
    return [(evidence.start, evidence.end) for evidence in contact.evidence]


def _rests_on(contact: Contact, soft: Spans) -> bool:
    """Whether every evidence of the contact touches one of the spans."""
    return bool(contact.evidence) and all(overlap([span], soft) for span in _spans(contact))


def _upper(code: str | None) -> str:
    return (code or "").upper()
