"""Merged contacts as text for people: one line each, or a page with every field and the words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from rozmova.exports.fields import FIELDS, Field, earlier_dates, party_name
from rozmova.merge.history import unreported
from rozmova.records import Account, MergedContact, Party, Voice

STATUS_STYLE = {"held": "green", "planned": "cyan", "proposed": "blue", "cancelled": "yellow", "declined": "red"}

CONTEXT = 70
"""Characters shown on either side of a piece of evidence."""

_MOST_PARTIES = 4
_OF_STEP = {"moved": "to", "held": "on"}
"""Before the date of a step of the history; the others are "for" it."""
_VOICES: dict[Voice, str] = {"party": "the party's own readout", "official": "official source"}
"""Voices that the page has other words for."""


def timeline_lines(contacts: Sequence[MergedContact], newest: str | None = None) -> Iterator[Text]:
    """One line a contact: date, channel, status, parties, place, the date it was moved from, articles, identifier.

    What is disputed stands beside the number of articles.

    ``newest`` is the day of the latest article: what was planned for a day before it and has no report is marked so.
    """
    dates = [contact.date or "no date" for contact in contacts]
    width = max(map(len, dates), default=0)
    for contact, date in zip(contacts, dates, strict=True):
        line = Text(f"{date:<{width}}  {contact.channel:<11}  ")
        line.append(f"{contact.status:<9}", STATUS_STYLE[contact.status])
        line.append(f"  {_short_parties(contact.parties)}")
        if contact.place:
            line.append(f"  in {contact.place.name}")
        moved = earlier_dates(contact)
        if moved:
            line.append(f"  moved from {moved}", "cyan")
        articles = len({account.article for account in contact.accounts})
        line.append(f"  ({articles} article{'' if articles == 1 else 's'}", "dim")
        if 0 < contact.independent < articles:
            line.append(f", {contact.independent} independent", "dim")
        if unreported(contact, newest):
            line.append("; announced, no report that it took place", "cyan")
        disputed = disputes(contact)
        if disputed:
            line.append(f"; disputed: {', '.join(disputed)}", "magenta")
        line.append(")", "dim")
        line.append(f"  {contact.id}", "dim")
        yield line


def disputes(contact: MergedContact) -> list[str]:
    """The fields on which the articles disagree, in the order of the record."""
    return [name for name, agreement in contact.agreement.items() if agreement == "disputed"]


def contact_page(contact: MergedContact, texts: Mapping[str, str], newest: str | None = None) -> Iterator[Text]:
    """Every field of a contact with its agreement, each article's own value, and the words that say so.

    ``texts`` gives the text of each article by its id, for the words around the evidence; ``newest`` as above.
    """
    yield from timeline_lines([contact], newest)
    yield Text("\narticles")
    numbers = {account.article: number for number, account in enumerate(contact.accounts, 1)}
    for number, account in enumerate(contact.accounts, 1):
        known = [account.lang, account.published or "date of publication unknown", account.outlet or "", account.path]
        original = numbers.get(account.copy_of or "")
        copied = f"copy of [{original}]" if original else "copy of an article without it" if account.copy_of else ""
        yield Text(f"  [{number}] {', '.join(filter(None, [*known, *whose(account), copied]))}")
    if len({(step.status, step.date) for step in contact.status_history}) > 1:
        yield Text("\nstatus history")
        for step in contact.status_history:
            said = f"{step.status} {_OF_STEP.get(step.status, 'for')} {step.date}" if step.date else step.status
            yield Text(f"  {step.published or 'undated'}: {said}  [{numbers[step.article]}]")
    for field in FIELDS:
        if field.name == "moved_from" and field.value(contact) is None:
            continue  # of most contacts nobody could say it
        yield from _field(field, contact, texts)


def whose(account: Account) -> Iterator[str]:
    """What kind of source an account comes from, and whom its article names as its source."""
    if account.voice:
        side = f" ({account.affiliation})" if account.affiliation else ""
        yield f"{_VOICES.get(account.voice, account.voice)}{side}"
    if account.says:
        yield f"by {', through '.join(account.says)}"


def _field(field: Field, contact: MergedContact, texts: Mapping[str, str]) -> Iterator[Text]:
    heading = Text(f"\n{field.heading}", "bold")
    value = field.value(contact)
    if value is not None:
        heading.append(f": {value}", "not bold")
    if field.name in contact.agreement:
        agreement = contact.agreement[field.name]
        heading.append(f"  [{agreement}]", "magenta" if agreement == "disputed" else "dim")
    reasons = [_reason(field, account) for account in contact.accounts]
    if value is None and reasons and None not in reasons and len(set(reasons)) == 1:
        heading.append(f": no evidence: {reasons[0]}", "not bold dim")
        yield heading
        return
    yield heading
    for number, (account, reason) in enumerate(zip(contact.accounts, reasons, strict=True), 1):
        if reason is not None:
            yield Text(f"  [{number}] no evidence: {reason}", "dim")
            continue
        own = field.value(account.contact)
        quotes = _quotes(field, account, texts)
        said = [] if own == value else [Text(own or "says nothing")]
        lines = [*said, *quotes] or [Text("the same, in no words of its own", "dim")]
        for line, margin in zip(lines, [f"  [{number}] ", *["      "] * len(lines)], strict=False):
            yield Text(margin).append_text(line)


def _reason(field: Field, account: Account) -> str | None:
    """Why an article gives no value for a field; None when it gives one, or words for it."""
    said = field.value(account.contact) is not None or any(field.name in e.supports for e in account.contact.evidence)
    return None if said else account.contact.reasons.get(field.name, "the article does not say")


def _quotes(field: Field, account: Account, texts: Mapping[str, str]) -> list[Text]:
    supported = [e for e in account.contact.evidence if field.name in e.supports]
    return [quote(texts.get(account.article, ""), e.start, e.end, e.text, e.rule) for e in supported]


def quote(text: str, start: int, end: int, words: str, rule: str) -> Text:
    """Words between brackets, with what stands around it; white space is narrowed for the line."""
    line = Text("…" if start > CONTEXT else "")
    line.append(_narrow(text[max(0, start - CONTEXT) : start]), "dim")
    line.append(f"[{_narrow(words)}]", "bold")
    line.append(_narrow(text[end : end + CONTEXT]).rstrip(), "dim")
    line.append("…" if end + CONTEXT < len(text) else "")
    line.append(f"  ({rule})", "dim")
    return line


def _narrow(text: str) -> str:
    """White space to single spaces, one kept at either end where there was any."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _short_parties(parties: Sequence[Party]) -> str:
    named = [party_name(party) for party in parties[:_MOST_PARTIES]]
    more = len(parties) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
