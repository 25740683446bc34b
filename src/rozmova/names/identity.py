"""Whom mentions mean: an actor, the evidence that decided, and the mention it was decided for."""

from __future__ import annotations

from dataclasses import dataclass

from rozmova.languages import loader
from rozmova.names.actors import slug
from rozmova.names.mention import Mention

Days = tuple[str, str]
"""First and last day (ISO) on which an article may have been published."""
ALWAYS: Days = ("0001-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Actor:
    """Whom or what a mention means.

    ``why`` names the evidence; ``official`` is false for people without any office; ``many`` says that one label stands
    for office holders of several states ("EU ministers").
    """

    id: str
    label: str
    kind: str
    affiliation: str | None
    role: str | None = None
    by_office: bool = False
    official: bool = True
    why: str = ""
    level: str = ""
    gender: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its actor, None when it means nobody that can be named; ``of`` is whom its office belongs to."""

    mention: Mention
    actor: Actor | None
    of: Actor | None = None


def label_of(affiliation: str) -> str:
    """The English name of a state or organisation by its code."""
    about = loader.table(loader.SHARED, "states").get(affiliation)
    about = about or loader.table(loader.SHARED, "organisations").get(affiliation, {})
    return str(about.get("label", affiliation))


def is_state(affiliation: str) -> bool:
    """Whether a code is that of a state, and not of an organisation."""
    return affiliation in loader.table(loader.SHARED, "states")


def led_by(state: str) -> str:
    """The level of whoever is called the leader of a state; "" where that may be either of two."""
    return str(loader.table(loader.SHARED, "states").get(state, {}).get("led_by", ""))


def members_of(affiliation: str | None) -> frozenset[str]:
    """The states of a body whose membership the shared data lists (G7, Visegrád Group); empty for all others."""
    about = loader.table(loader.SHARED, "organisations").get(affiliation, {})
    return frozenset(about.get("members", ()))


def state_actor(affiliation: str, why: str) -> Actor:
    """The state or organisation of a code, as a party of its own."""
    kind = "state" if is_state(affiliation) else "organisation"
    about = loader.table(loader.SHARED, f"{kind}s").get(affiliation, {})
    label = label_of(affiliation)
    return Actor(str(about.get("qid") or slug(label)), label, kind, affiliation, why=why)
