"""Readings that nobody wrote, to see how merging grows: a seeded generator that knows which accounts are one contact.

States meet by gravity: a pair's share falls with the product of the ranks of its two states, and what the greatest do
is told by more articles, so a few pairs of leaders hold a tenth of all accounts. With the number of readings the period
grows by its square root (two years at 10,000 readings, twenty at a million) and so do the pairs of states: a larger
corpus is a longer watch by more outlets of more of the world, and the same pairs are also denser in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, combinations, product
from random import Random
from typing import Literal, NamedTuple

from rozmova import records
from rozmova.languages import loader
from rozmova.records import Channel, Contact, Evidence, Party, Place, Qualifier, Reading, Status

Level = Literal["leader", "minister", "adviser"]
Truth = tuple[int, ...]  # the number of the true contact of each account of a reading

_FIRST = date(2004, 1, 1)
_UNIT, _DAYS, _STATES = 10_000, 730, 25
"""At ``_UNIT`` readings the period has so many days, and so many states take part."""
_SECOND, _MEAN, _MOST = 0.4, 3.0, 40
"""Share of articles that tell of two contacts; articles that report a contact, on average and at most."""
_ROLES: dict[Level, str] = {"leader": "President", "minister": "Minister of Foreign Affairs", "adviser": "Adviser"}
_TOLD: dict[Level, float] = {"leader": 5.5, "minister": 2.2, "adviser": 1.1}
"""How much is told of a contact of the greatest pair; it falls with the root of the pair's share."""
_FORMS: dict[Channel, str] = {"phone": "call", "video": "video conference", "in_person": "meeting", "letter": "letter"}
_LANGS: tuple[records.Lang, ...] = ("uk", "pl", "ru", "en")
_NAME = records.NameMention(
    start=0, end=9, text="Name", lemma="Name", kind="person", id="Q1", label="Name", why="alone"
)
_TIME = records.TimeMention(start=50, end=59, text="yesterday", type="DATE", value="2022-02-10", rule="en.yesterday")
_NAMES, _TIMES = (_NAME,) * 12, (_TIME,) * 3
"""What every article names besides: merging does not look at it, but has to carry it past."""


class _Pair(NamedTuple):
    states: tuple[str, ...]
    share: float


class _Event(NamedTuple):
    """A contact as it was."""

    label: int
    day: date
    states: tuple[str, ...]
    level: Level
    channel: Channel
    ends: Status
    announced: int  # days before; 0: it was not
    town: str | None
    minutes: int | None
    initiator: str | None


def readings(count: int, seed: int) -> Iterator[Reading]:
    """``count`` readings of one or two contacts each, the same for a seed on every machine."""
    return (reading for reading, _ in labelled(count, seed))


def labelled(count: int, seed: int) -> Iterator[tuple[Reading, Truth]]:
    """The same readings, each with the true contact of its accounts."""
    rng = Random(f"{seed}:{count}")
    growth = max(count, 1) / _UNIT
    pairs = _pairs(round(_STATES * growth**0.25))
    cumulative = list(accumulate(pair.share for pair in pairs))
    actors = {key: _actor(*key) for key in product({s for p in pairs for s in p.states}, _ROLES, range(3))}
    a_day = count * (1 + _SECOND) / _MEAN / (_DAYS * growth**0.5)
    waiting: defaultdict[int, list[tuple[int, Contact]]] = defaultdict(list)
    day, label, number = 0, 0, 0
    while True:
        for pair in rng.choices(pairs, cum_weights=cumulative, k=int(a_day + rng.random())):
            event = _event(rng, label, _FIRST + timedelta(day + 30), pair)
            label += 1
            told = _TOLD[event.level] * pair.share**0.3 * rng.lognormvariate(0.0, 1.0)
            for _ in range(min(_MOST, 1 + int(told))):
                published, contact = _account(rng, event, actors)
                waiting[(published - _FIRST).days].append((event.label, contact))
        for told_of in _articles(rng, waiting.pop(day, [])):  # plans are told at most 30 days ahead
            if number == count:
                return
            number += 1
            yield _reading(rng, number, _FIRST + timedelta(day), told_of)
        day += 1


def _pairs(states: int) -> list[_Pair]:
    codes = sorted(loader.table(loader.SHARED, "states"))
    Random(0).shuffle(codes)  # which state is great does not depend on the seed
    known = range(max(2, min(states, len(codes))))
    found = [_Pair((codes[i], codes[j]), 2 / ((i + 1) * (j + 1))) for i, j in combinations(known, 2)]
    thirds = [_Pair((*p.states, codes[2]), 0.05 * p.share) for p in found if codes[2] not in p.states]
    return found + thirds


def _actor(state: str, level: Level, kind: int) -> Party:
    """A person, an office without a name, or the state as a whole."""
    role = f"{_ROLES[level]} of {state}"
    id, name = ((f"Q:{state}:{level}", f"{level} {state}"), (f"office:{role}", role), (f"state:{state}", state))[kind]
    return Party(
        id=id, name=name, kind=("person", "office", "state")[kind], affiliation=state, role=None if kind == 2 else role,
        part="participant",
    )  # fmt: skip


def _event(rng: Random, label: int, day: date, pair: _Pair) -> _Event:
    chance = rng.random()
    level: Level = "leader" if chance < 0.5 else "minister" if chance < 0.85 else "adviser"
    channel: Channel = rng.choices(("phone", "in_person", "video", "letter"), (45, 38, 12, 5))[0]
    return _Event(
        label, day, pair.states, level, channel,
        ends="cancelled" if rng.random() < 0.02 else "held",
        announced=rng.randint(1, 28) if rng.random() < 0.35 else 0,
        town=rng.choice(pair.states) if channel == "in_person" else None,
        minutes=rng.randint(15, 240) if rng.random() < 0.3 else None,
        initiator=pair.states[0] if rng.random() < 0.4 else None,
    )  # fmt: skip


def _account(rng: Random, event: _Event, actors: dict[tuple[str, Level, int], Party]) -> tuple[date, Contact]:
    """When an article tells of the contact, and what."""
    chance, planned = rng.random, event.announced > 0 and rng.random() < 0.3
    late = rng.randint(-event.announced, -1) if planned else int(rng.expovariate(1.2))
    published, channel = event.day + timedelta(late), event.channel
    if (said := chance()) < 0.14 and channel != "letter":
        channel = "unspecified"
    elif said > 0.95 and channel in ("phone", "video"):
        channel = "video" if channel == "phone" else "phone"
    parties = tuple(
        actors[state, event.level, 0 if (who := chance()) < 0.8 else 1 if who < 0.88 else 2] for state in event.states
    )
    if event.channel == "in_person" and event.level == "leader" and chance() < 0.2:
        parties += (actors[event.states[0], "minister", 0],)
    minutes, qualifier = _minutes(rng, event.minutes) if event.minutes and not planned else (None, None)
    words = f"Sentence {rng.getrandbits(48):012x} of an article that tells of contact {event.label:07} in its words."
    day = _date(rng, event.day, planned)
    return published, Contact(
        parties=parties, channel=channel, form=_FORMS.get(channel, "conversation"),
        status=rng.choice(("planned", "planned", "proposed")) if planned else event.ends, date=day,
        date_basis="relative" if day else None, initiator=event.initiator if chance() < 0.6 else None,
        place=_place(event.town, chance() < 0.25) if event.town and chance() < 0.7 else None,
        duration_minutes=minutes, duration_qualifier=qualifier, topics=(),
        evidence=(
            Evidence(start=120, end=120 + len(words), text=words, supports=("contact", "parties"), rule="synthetic"),
            Evidence(start=90, end=99, text=words[9:18], supports=("date",), rule="synthetic"),
        ),
    )  # fmt: skip


def _date(rng: Random, day: date, planned: bool) -> str | None:
    """The day as an article has it: exact, vague, uncertain or missing; plans are vaguer."""
    chance, text = rng.random(), day.isoformat()
    if chance < (0.5 if planned else 0.76):
        return text if chance > 0.02 else f"{text}T15:00"
    if chance < 0.86:
        return None
    monday = day - timedelta(day.weekday())
    return (text[:7], f"{monday}/{monday + timedelta(6)}", f"{text}?")[rng.randrange(3)]


def _minutes(rng: Random, minutes: int) -> tuple[float | None, Qualifier | None]:
    kind = rng.randrange(4)
    if kind < 2:
        return (float(minutes), None) if kind else (None, None)
    return (round(minutes / 10) * 10.0, "about") if kind == 2 else (minutes // 10 * 10.0 or 10.0, "over")


def _place(state: str, whole: bool) -> Place:
    if whole:
        return Place(id=str(loader.table(loader.SHARED, "states")[state]["qid"]), name=state, state=state)
    return Place(id=f"town:{state}", name=f"Capital of {state}", state=state)


def _articles(rng: Random, told: list[tuple[int, Contact]]) -> Iterator[list[tuple[int, Contact]]]:
    """The accounts of one day, shared out among articles; no article tells of a contact twice."""
    rng.shuffle(told)
    place = 0
    while place < len(told):
        two = place + 1 < len(told) and told[place][0] != told[place + 1][0] and rng.random() < _SECOND
        yield told[place : place + 1 + two]
        place += 1 + two


def _reading(rng: Random, number: int, day: date, told: Sequence[tuple[int, Contact]]) -> tuple[Reading, Truth]:
    digest = f"{rng.getrandbits(256):064x}"
    info = records.ArticleInfo(
        id=digest[:16], path=f"synthetic/{number}.txt", url=None, sha256=digest, lang=_LANGS[number % 4],
        title=f"Title of article {number}", outlet=f"outlet-{number % 60}",
        published=day.isoformat() if number % 50 else None, published_basis="metadata" if number % 50 else None,
    )  # fmt: skip
    truth, contacts = zip(*told, strict=True)
    return Reading(article=info, names=_NAMES, times=_TIMES, contacts=contacts, statements=()), truth
