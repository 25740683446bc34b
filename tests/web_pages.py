"""A store full of hostile text, an address of every kind of page over it, and a server for stores."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from handmade import PARTIES, make_article, make_contact, make_reading
from rozmova.merge import merge
from rozmova.names.actors import load
from rozmova.records import Evidence, NameMention, Place, Quote, Reading, Statement, TimeMention, Topic
from rozmova.store import Store, open_store
from rozmova.web import urls
from rozmova.web.app import make_app
from rozmova.web.query import Query

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e&amp;{{7*7}}</mark>"
"""What hostile text looks like: markup, quotes of both kinds, a mark that turns writing round, a template's braces."""
BASE = "http://127.0.0.1:8765"


def hostile_reading(n: int = 0) -> tuple[Any, Reading]:
    text = f"{EVIL} number {n}. {EVIL} spoke on 2022-01-0{n + 2}."
    article = replace(make_article(text, f"{EVIL}-{n}.txt", "2022-01-05"), outlet=f"{EVIL} outlet")
    start = len(EVIL) + 1
    evil = replace(PARTIES["Biden"], id=f"x:{EVIL}", name=EVIL, role=EVIL)
    whole = ("contact", "parties", "channel", "status", "date", "place", "topics", "initiator", "duration_minutes")
    words = [
        Evidence(start=0, end=start + 4, text=text[: start + 4], supports=whole, rule=EVIL),
        Evidence(start=5, end=40, text=text[5:40], supports=("date",), rule=EVIL),
    ]
    contact = replace(
        make_contact("Zelenskyy", date="2022-01-02", evidence=tuple(words)),
        parties=(PARTIES["Zelenskyy"], evil),
        channel="phone" if n != 1 else "video",
        form=EVIL,
        place=Place(id="p", name=EVIL if n != 1 else "Elsewhere", state="UKR"),
        topics=(Topic(label=EVIL, start=0, end=5),),
        reasons={"initiator": EVIL},
    )
    planned = replace(make_contact("Biden", "Poland", date="2023-05-01", status="planned"), form=EVIL, evidence=())
    name = NameMention(start=0, end=10, text=text[:10], lemma=EVIL, kind="person", id=f"x:{EVIL}", label=EVIL, why=EVIL)
    moment = TimeMention(start=8, end=20, text=text[8:20], type="DATE", value="2022-01-02", rule=EVIL, reason=EVIL)
    said = Statement(
        speaker=evil, via=None, reported_by=EVIL, addressee=(), event=None, act=EVIL, channel=EVIL,
        quotes=(Quote(start=2, end=12, kind="direct"),), date=None, about=0, start=0, end=30, text=text[:30], rule=EVIL,
    )  # fmt: skip
    longer = replace(said, end=40, text=text[:40])  # begins where the other does
    reading = make_reading(article, contact, planned)
    info = replace(reading.article, title=f"{EVIL} title", lang=("en", "uk", "pl")[n % 3], url="javascript:alert(3)")
    return article, replace(reading, article=info, names=(name,), times=(moment,), statements=(said, longer))


def fill(store: Store) -> None:
    readings = []
    for n in range(3):
        article, reading = hostile_reading(n)
        store.add_article(article, reading, source=f"/in/{n}", tool=EVIL)
        readings.append(reading)
    store.save_contacts(merge(readings), revision=store.revision(), tool=EVIL)


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """A store behind a real server on a free port; gives its address."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(open_store(path), load())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def addresses(store: Store) -> dict[str, str]:
    """An address of every kind of page."""
    contacts = store.contacts().contacts
    held = next(c for c in contacts if c.status == "held")
    return {
        "timeline": "/timeline",
        "filtered": "/timeline?state=UKR&channel=phone&disputed=any",
        "nothing": "/timeline?party=Nobody",
        "contact": urls.contact(held.id),
        "plan": urls.contact(next(c.id for c in contacts if c.status == "planned")),
        "article": urls.article(held.accounts[0].article),
        "articles": "/articles",
        "person": urls.party_id("Q3874799"),
        "evil party": urls.party_id(f"x:{EVIL}"),
        "state": "/state/UKR",
        "pair": "/pair/USA/UKR",
        "evil pair": urls.pair("UKR", f"x:{EVIL}"),
        "office": "/office/UKR/head_of_state",
        "pictures": "/pictures",
        "filtered pictures": "/pictures?state=UKR&since=2022&channel=phone",
        "place": urls.timeline(Query(place=("p",))),
        "disputes": "/disputes",
        "upcoming": "/upcoming",
        "about": "/about",
        "search": "/search",
        "found": urls.search("spoke number"),
        "found place": urls.article_at(held.accounts[0].article, ((2, 9), (20, 45))).partition("#")[0],
        "found nothing": urls.search(f"{EVIL} submarine".replace('"', "")),
    }


KINDS = (
    "timeline", "filtered", "nothing", "contact", "plan", "article", "articles", "person", "evil party", "state",
    "pair", "evil pair", "office", "pictures", "filtered pictures", "place", "disputes", "upcoming", "about", "search",
    "found", "found place", "found nothing",
)  # fmt: skip
"""The keys of :func:`addresses`."""
