"""``why``, ``merge``, ``split``, ``undo`` and ``judgements``: what was decided of contacts, and deciding otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rozmova.cli.output import DEFAULT_DB, Db, Format, Quiet, console, counted, note
from rozmova.cli.timeline import bring_up_to_date

if TYPE_CHECKING:
    from rozmova.merge.why import Compared
    from rozmova.records import Account
    from rozmova.store import Store

_MOST_PAIRS = 3
"""So many pairs of accounts are shown for two contacts; the rest say no more."""

Contact = Annotated[str, typer.Argument(metavar="ID", help="Identifier of a contact, or the beginning of one.")]
Contacts = Annotated[list[str], typer.Argument(metavar="ID...", help="Identifiers of contacts, or beginnings of them.")]
Articles = Annotated[
    list[str], typer.Argument(metavar="ARTICLE...", help="Articles of the contact: their ids, or ends of their paths.")
]
By = Annotated[str, typer.Option(metavar="NAME", help="Who decides; the name of the user where left out.")]


def why(
    id: Contact,
    other: Annotated[str | None, typer.Argument(metavar="ID", help="Another contact.")] = None,
    db: Db = DEFAULT_DB,
    format: Annotated[Format, typer.Option(help="jsonl: one JSON object for each pair of accounts.")] = Format.text,
    quiet: Quiet = False,
) -> None:
    """Say why two contacts are not one, or why the accounts of one contact are together.

    Example: rozmova why 3f2a 91bc
    """
    import msgspec

    from rozmova.merge.why import why as explain
    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        one, judged = store.contact(id), store.judgements()
        two = store.contact(other) if other is not None else one
    found = explain(one, two, judged)
    if format is Format.jsonl:
        for pair in found:
            print(msgspec.json.encode(pair).decode())
        return
    out = console()
    if not found:
        out.print(f"{one.id} has one account: nothing was put together")
    shown = found if one.id == two.id else found[:_MOST_PAIRS]
    for pair in shown:
        for line in _lines(pair):
            out.print(line)
    if len(shown) < len(found):
        note(f"and {counted(len(found) - len(shown), 'more pair')} of accounts", quiet)


def merge(ids: Contacts, db: Db = DEFAULT_DB, by: By = "", quiet: Quiet = False) -> None:
    """Decide that contacts are one. It holds in every later build, until `rozmova undo`.

    Example: rozmova merge 3f2a 91bc
    """
    from rozmova.errors import InputError
    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        found = {contact.id: contact for contact in map(store.contact, ids)}
        if len(found) < 2:
            raise InputError("merge needs two contacts, and these are one", "rozmova timeline shows their ids")
        first, *rest = found.values()
        number = _judge(store, "same", first.accounts, [a for c in rest for a in c.accounts], by)
        bring_up_to_date(store, quiet=True)
        now = _now(store, first.accounts)
    print(f"judgement {number}: {' and '.join(found)} are one contact, {', '.join(now)}")


def split(id: Contact, articles: Articles, db: Db = DEFAULT_DB, by: By = "", quiet: Quiet = False) -> None:
    """Decide that what these articles tell is another contact than the rest. It holds until `rozmova undo`.

    Example: rozmova split 3f2a 2022-02-12-agency.txt
    """
    from rozmova.errors import InputError
    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        contact = store.contact(id)
        parted: list[Account] = []
        for name in articles:
            named = [a for a in contact.accounts if a.article == name or a.path.endswith(name)]
            if not named:
                hint = "; ".join(a.path for a in contact.accounts[:5])
                raise InputError(f"{name} is no article of contact {contact.id}", f"its articles are {hint}")
            parted += [a for a in named if a not in parted]
        rest = [a for a in contact.accounts if a not in parted]
        if not rest:
            raise InputError(f"these are all articles of {contact.id}", "leave at least one of them out")
        number = _judge(store, "apart", parted, rest, by)
        bring_up_to_date(store, quiet=True)
        now = _now(store, contact.accounts)
    print(f"judgement {number}: {contact.id} is now {', '.join(now)}")


def undo(
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help="Which one; the last where left out.")] = None,
    db: Db = DEFAULT_DB,
    quiet: Quiet = False,
) -> None:
    """Take back a judgement of `merge` or `split`; it stays on record.

    Example: rozmova undo
    """
    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        undone = store.undo(number)
        bring_up_to_date(store, quiet=True)
    print(f"judgement {undone.id} no longer holds")


def judgements(
    db: Db = DEFAULT_DB,
    format: Annotated[Format, typer.Option(help="jsonl: one JSON object for each judgement.")] = Format.text,
    quiet: Quiet = False,
) -> None:
    """List what people decided about contacts, and what of it concerns accounts that are gone.

    Example: rozmova judgements
    """
    import msgspec

    from rozmova.store import open_store

    with open_store(db, create=False) as store:
        bring_up_to_date(store, quiet)
        found, idle = store.judgements(), idle_judgements(store)
    for judgement in found:
        if format is Format.jsonl:
            print(msgspec.json.encode(judgement).decode())
            continue
        state = f"undone {judgement.undone}" if judgement.undone else "holds"
        state = "concerns an account that is gone" if judgement.id in idle else state
        verdict = "are one contact" if judgement.verdict == "same" else "are apart"
        sides = " | ".join(", ".join(a.article for a in side) for side in (judgement.accounts, judgement.others))
        print(f"{judgement.id}  {sides} {verdict}  ({judgement.by}, {judgement.at}; {state})")
    if not found:
        note("nobody has judged anything", quiet)


def idle_judgements(store: Store) -> set[int]:
    """Numbers of the judgements that stand, of which some account is not in the store (any more)."""
    from rozmova.merge.accounts import Told
    from rozmova.merge.judgements import articles, constraints

    judged = store.judgements()
    named = {a.article for judgement in judged for a in (*judgement.accounts, *judgement.others)}
    told = [Told(account) for contact in store.contacts_of(named) for account in contact.accounts]
    return {j.id for j in constraints(judged, articles(told)).idle}


def _judge(
    store: Store, verdict: Literal["same", "apart"], accounts: Sequence[Account], others: Sequence[Account], by: str
) -> int:
    from getpass import getuser

    from rozmova.merge.accounts import Told
    from rozmova.merge.judgements import Judgement, anchor

    left, right = (tuple(anchor(Told(a)) for a in side) for side in (accounts, others))
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    return store.judge(Judgement(verdict=verdict, accounts=left, others=right, by=by or getuser(), at=at))


def _now(store: Store, accounts: Sequence[Account]) -> list[str]:
    """The contacts that have these accounts now."""
    keys = {(a.article, a.index) for a in accounts}
    near = store.contacts_of({article for article, _ in keys})
    return sorted(c.id for c in near if keys & {(a.article, a.index) for a in c.accounts})


def _lines(pair: Compared) -> list[str]:
    said = "  ".join(f"{name}: {word}" for name, word in pair.said.items() if word != "silent")
    silent = ", ".join(name for name, word in pair.said.items() if word == "silent")
    verdict = {"accepted": "one contact", "refused": "two contacts", "suggested": "perhaps one: too little says so"}
    by = "" if pair.by == "rule" else f", decided by {pair.by}"
    return [
        f"{verdict[pair.decision]}{by}",
        f"  {_account(pair.account)}",
        f"  {_account(pair.other)}",
        f"    {said or 'no feature says anything'}" + (f"  (silent: {silent})" if silent else ""),
    ]


def _account(account: Account) -> str:
    c = account.contact
    parties = ", ".join(p.name for p in c.parties[:4])
    return f"{account.path}: {c.date or 'no date'} {c.channel} {c.status} {parties}"
