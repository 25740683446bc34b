"""Runs an analysis over gold articles and tells how well it did, in all and per language.

About one gold article in five is held out (:func:`rozmova.evaluation.gold.is_held_out`). Those are scored like the
others, but what was missed in them is listed only when they are scored alone, so that nobody tunes to them unawares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from rozmova.evaluation.bootstrap import RESAMPLES, Interval, intervals
from rozmova.evaluation.gold import (
    GoldArticle,
    GoldContact,
    GoldError,
    GoldStatement,
    Selection,
    is_held_out,
    load_gold,
    select,
)
from rozmova.evaluation.score import RATES, ArticleScore, Counts, Rate, score_article, total
from rozmova.records import Article, Contact, Reading, Statement

ALL = "all"
"""The name of the group of all articles; the others are called by their language."""

_NOTHING = "-"


class Group(Struct, frozen=True, kw_only=True):
    """The result over some articles: ``rates`` and ``intervals`` by the names of :data:`RATES`.

    A rate is 0 and its interval None where there is nothing to measure.
    """

    name: str
    counts: Counts
    rates: dict[str, float]
    intervals: dict[str, Interval | None]


class Evaluation(Struct, frozen=True, kw_only=True):
    """The result over gold articles: ``groups`` begins with all of them, then the languages by name.

    ``loaded`` and ``held_out`` count the gold articles before the part named by ``only`` was selected.
    """

    only: Selection
    loaded: int
    held_out: int
    groups: tuple[Group, ...]
    articles: tuple[ArticleScore, ...]


def evaluate(
    gold_paths: Iterable[str | Path],
    read: Callable[[Article], Reading],
    *,
    only: Selection = "all",
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Score ``read`` on the articles of gold files and folders.

    Each article is given with its text and the publication date the gold knows. Raises :class:`GoldError` for wrong
    gold files or when the part named by ``only`` is empty; what ``read`` raises goes through.
    """
    return _evaluate(gold_paths, lambda gold: read(gold.article()), only, resamples, seed)


def evaluate_readings(
    gold_paths: Iterable[str | Path],
    readings: Iterable[Reading],
    *,
    only: Selection = "all",
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Score readings made earlier, paired with the gold by the stem of the article's path; the last of a stem counts.

    Gold articles without a reading count as missing, and their contacts as missed. Errors as for :func:`evaluate`.
    """
    by_stem = {Path(reading.article.path).stem: reading for reading in readings}
    return _evaluate(gold_paths, lambda gold: by_stem.get(gold.stem), only, resamples, seed)


def _evaluate(
    gold_paths: Iterable[str | Path],
    read: Callable[[GoldArticle], Reading | None],
    only: Selection,
    resamples: int,
    seed: int,
) -> Evaluation:
    loaded = load_gold(gold_paths)
    chosen = select(loaded, only)
    if not chosen:
        raise GoldError(f"no gold article is left to score (of {len(loaded)}, only: {only})")
    articles = tuple(_score(gold, read(gold)) for gold in chosen)
    languages = sorted({gold.lang for gold in chosen})
    groups = [_group(ALL, [score.counts for score in articles], resamples, seed)]
    for lang in languages:
        groups.append(_group(lang, [score.counts for score in articles if score.gold.lang == lang], resamples, seed))
    held_out = sum(is_held_out(gold.stem) for gold in loaded)
    return Evaluation(only=only, loaded=len(loaded), held_out=held_out, groups=tuple(groups), articles=articles)


def _score(gold: GoldArticle, reading: Reading | None) -> ArticleScore:
    return (
        score_article(gold, reading.contacts, reading.names, reading.statements)
        if reading
        else score_article(gold, None)
    )


def _group(name: str, counts: Sequence[Counts], resamples: int, seed: int) -> Group:
    summed = total(counts)
    return Group(
        name=name,
        counts=summed,
        rates={rate.name: rate.value(summed) for rate in RATES},
        # The group's name is part of the seed: a language keeps its intervals whatever others are scored with it.
        intervals=intervals(counts, seed=f"{seed} {name}", resamples=resamples),
    )


def render(evaluation: Evaluation, misses: bool = False) -> list[str]:
    """The lines of a table with 95% intervals, and with ``misses`` what was missed, surplus or wrong below it."""
    groups = evaluation.groups
    counts = groups[0].counts
    rows = [["", *(group.name for group in groups)]]
    rows += [
        [label, *(str(getattr(group.counts, name)) for group in groups)]
        for label, name in (
            ("articles", "articles"),
            ("without a reading", "missing"),
            ("gold contacts", "gold"),
            ("contacts read", "predicted"),
        )
    ]
    rows += [
        [rate.label, *(_cell(rate, g) for g in groups)]
        for rate in RATES
        if not rate.needs or getattr(counts, rate.needs)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines += ["", held_back(evaluation)]
    return [*lines, "", *_listing(evaluation)] if misses else lines


def held_back(evaluation: Evaluation) -> str:
    """One line: how many gold articles there are, how many of them are held back, and which were scored."""
    scored = {"all": "all", "held-out": "only the held-out ones", "open": "only the open ones"}[evaluation.only]
    return (
        f"gold articles: {evaluation.loaded}, held back: {evaluation.held_out}; "
        f"scored: {scored} ({len(evaluation.articles)})"
    )


def to_dicts(evaluation: Evaluation, misses: bool = False) -> list[dict[str, object]]:
    """The same as plain dictionaries, one for each line of a JSON Lines file; ``type`` says what each one is.

    First ``gold`` (the line of :func:`held_back`), then a ``score`` a group, then with ``misses`` one ``missed``,
    ``surplus`` or ``wrong`` a contact.
    """
    first: dict[str, object] = {
        "type": "gold",
        "articles": evaluation.loaded,
        "held_out": evaluation.held_out,
        "only": evaluation.only,
        "scored": len(evaluation.articles),
    }
    groups = [
        {
            "type": "score",
            "group": group.name,
            "articles": group.counts.articles,
            "missing": group.counts.missing,
            "gold": group.counts.gold,
            "predicted": group.counts.predicted,
            "rates": group.rates,
            "intervals": {name: list(pair) if pair else None for name, pair in group.intervals.items()},
            "of": {rate.name: rate.base(group.counts) for rate in RATES},
        }
        for group in evaluation.groups
    ]
    return [first, *groups, *(_misses(evaluation) if misses else [])]


def _cell(rate: Rate, group: Group) -> str:
    if not rate.base(group.counts):
        return _NOTHING
    interval = group.intervals[rate.name]
    value = f"{group.rates[rate.name]:.3f}"
    return value if interval is None else f"{value} [{interval[0]:.2f}-{interval[1]:.2f}]"


def _listed(evaluation: Evaluation) -> list[ArticleScore]:
    return [s for s in evaluation.articles if evaluation.only == "held-out" or not is_held_out(s.gold.stem)]


def _misses(evaluation: Evaluation) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for score in _listed(evaluation):
        stem = score.gold.stem
        found += [{"type": "missed", "article": stem, **_plain(contact)} for contact in score.missed]
        found += [{"type": "surplus", "article": stem, **_plain(contact)} for contact in score.surplus]
        found += [
            {
                "type": "wrong",
                "article": stem,
                "fields": list(pair.wrong),
                "gold": _plain(pair.gold),
                "read": _plain(pair.predicted),
            }
            for pair in score.pairs
            if pair.wrong
        ]
        found += [{"type": f"{what} name", "article": stem, **about} for what, about in _wrong_names(score)]
        found += [{"type": f"{what} statement", "article": stem, **about} for what, about in _wrong_statements(score)]
    return found


def _wrong_names(score: ArticleScore) -> list[tuple[str, dict[str, object]]]:
    """What is missed, surplus or wrong among the names of an article."""
    names = score.names
    if names is None:
        return []
    missed = [("missed", {"text": n.text, "kind": n.kind, "label": n.label}) for n in names.missed]
    surplus = [("surplus", {"text": n.text, "kind": n.kind, "label": n.label}) for n in names.surplus]
    wrong = [
        ("wrong", {"text": gold.text, "field": field, "gold": getattr(gold, field), "read": getattr(read, field)})
        for field, gold, read in names.wrong
    ]
    return [*missed, *surplus, *wrong]


def _wrong_statements(score: ArticleScore) -> list[tuple[str, dict[str, object]]]:
    """What is missed, surplus or wrong among the statements of an article."""
    said = score.statements
    if said is None:
        return []
    missed: list[tuple[str, dict[str, object]]] = [
        ("missed", {"text": s.evidence, "speaker": s.speaker, "act": s.act}) for s in said.missed
    ]
    surplus: list[tuple[str, dict[str, object]]] = [
        ("surplus", {"text": s.text, "speaker": s.speaker.name, "act": s.act, "rule": s.rule}) for s in said.surplus
    ]
    wrong: list[tuple[str, dict[str, object]]] = [
        ("wrong", {"text": gold.evidence, "field": field, "gold": _side(gold, field), "read": _side(read, field)})
        for field, gold, read in said.wrong
    ]
    return missed + surplus + wrong


def _side(said: GoldStatement | Statement, field: str) -> object:
    if field == "addressee":
        codes = said.sides if isinstance(said, GoldStatement) else [p.affiliation or p.name for p in said.addressee]
        return ", ".join(codes)
    return getattr(said, field)


def _plain(contact: GoldContact | Contact) -> dict[str, object]:
    evidence = [words if isinstance(words, str) else words.text for words in contact.evidence]
    return {
        "parties": [party.name for party in contact.parties],
        "channel": contact.channel,
        "status": contact.status,
        "date": contact.date,
        "evidence": evidence,
    }


def _listing(evaluation: Evaluation) -> list[str]:
    lines: list[str] = []
    for score in _listed(evaluation):
        stem = score.gold.stem
        lines += [f"MISSED   {stem}  {_line(contact)}" for contact in score.missed]
        lines += [f"SURPLUS  {stem}  {_line(contact)}" for contact in score.surplus]
        for pair in score.pairs:
            if pair.wrong:
                lines.append(f"WRONG    {stem}  {', '.join(pair.wrong)}: gold {_line(pair.gold)}")
                lines.append(f"         {' ' * len(stem)}  read {_line(pair.predicted)}")
        for what, about in _wrong_names(score):
            lines.append(f"{what.upper():8} {stem}  name «{about.pop('text')}»: {_told(about)}")
        for what, about in _wrong_statements(score):
            words = " ".join(str(about.pop("text")).split())
            lines.append(f"{what.upper():8} {stem}  statement «{words}»: {_told(about)}")
    hidden = len(evaluation.articles) - len(_listed(evaluation))
    if hidden:
        lines.append(f"The {hidden} held-out articles are not listed; score them alone to see theirs.")
    return lines


def _told(about: dict[str, object]) -> str:
    return ", ".join(f"{key} {value or 'none'}" for key, value in about.items())


def _line(contact: GoldContact | Contact) -> str:
    words = _plain(contact)["evidence"]
    quoted = " | ".join(" ".join(piece.split()) for piece in words) if isinstance(words, list) else ""
    names = " + ".join(party.name for party in contact.parties)
    return f"{names}; {contact.channel}, {contact.status}, {contact.date or 'no date'}: {quoted or 'no evidence'}"
