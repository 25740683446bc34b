"""The application: which URL shows which page, in which format, and what is answered when something is wrong."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from rozmova.errors import InputError, NotInStore, RozmovaError
from rozmova.exports.fields import FIELDS
from rozmova.names.actors import ActorTable
from rozmova.pictures import stylesheet
from rozmova.store import Store
from rozmova.store.browse import Asked, Counts
from rozmova.web import urls
from rozmova.web.pages import article, contact, lists, search, sides, timeline
from rozmova.web.pages.pictures import Album
from rozmova.web.query import page_of, read_query
from rozmova.web.render import Model, as_csv, as_json, html
from rozmova.web.security import App, Guard, Receive, Scope, Send

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_LEVEL = 5
"""How hard pages are compressed: level 9 takes twice as long for 4 % less."""
_GARBAGE = 20_000
"""New objects after which what is no longer used is looked for: a page makes some thousands and drops them at once."""
_THREADS = 2
"""So many pages are made at once: more would only take turns, and each would be late."""
_TURN = 0.001
"""Seconds for which one page is made before another has its turn. A page asks the store several times, and may wait a
turn of another after each answer: Python's own 5 ms come to a long time."""
_STATUS = {404: "There is no such page", 400: "That cannot be asked", 500: "Something went wrong"}


def make_app(store: Store, actors: ActorTable, hosts: Iterable[str] = ()) -> App:
    """The application for a store; ``hosts`` are further names under which this machine may be asked."""

    @asynccontextmanager
    async def serving(_: FastAPI) -> Any:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        await to_thread.run_sync(pages.warm)
        yield
        store.close()

    # No generated documentation: its pages fetch scripts from elsewhere.
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=serving)
    pages = Pages(store, actors)
    for path, function in pages.routes().items():
        app.add_api_route(path, function, methods=["GET", "HEAD"], response_class=HTMLResponse)
    app.add_exception_handler(HTTPException, pages.not_found)
    app.add_exception_handler(RozmovaError, pages.refused)
    app.add_exception_handler(Exception, pages.failed)
    return Guard(GZipMiddleware(Formats(app), minimum_size=1000, compresslevel=_LEVEL), hosts)


class Formats:
    """Takes ``.json`` or ``.csv`` off the path, so that routes know only pages; ``scope["format"]`` keeps it."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on the request."""
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            path, dot, ending = scope["path"].rpartition(".")
            if dot and ending in urls.FORMATS and path.strip("/"):
                scope = {**scope, "path": path, "raw_path": None, "format": ending}
        await self._app(scope, receive, send)


class Pages:
    """The routes; each takes a request and gives the answer in the format that was asked for."""

    def __init__(self, store: Store, actors: ActorTable) -> None:
        self._store, self._actors, self._counts = store, actors, Counts(store)
        self._album = Album(store, self._counts)
        static = files("rozmova").joinpath("web/static")
        # Read once, under their own names: no path of a request ever reaches the file system.
        self._static = {file.name: file.read_bytes() for file in static.iterdir() if file.is_file()}
        self._static["pictures.css"] = stylesheet().encode()

    def warm(self) -> None:
        """Read what the first page and the first search would otherwise wait for."""
        self._counts.total(Asked())
        search.search_page(self._store, self._counts, [("q", "meeting")])  # opens the dictionaries of all languages
        sys.setswitchinterval(_TURN)
        gc.collect()
        gc.set_threshold(_GARBAGE)
        gc.freeze()  # what is there now stays: to look through it for garbage again and again would take seconds

    def routes(self) -> dict[str, Callable[..., Response]]:
        """Path -> function."""
        return {
            "/": self.start,
            "/timeline": self.timeline,
            "/contact/{id}": self.contact,
            "/article/{id}": self.article,
            "/articles": self.articles,
            "/party/{id:path}": self.party,
            "/state/{code}": self.state,
            "/pair/{one}/{other}": self.pair,
            "/pair": self.pair_asked,
            "/office/{affiliation}/{level}": self.office,
            "/pictures": self.pictures,
            "/search": self.search,
            "/disputes": self.disputes,
            "/upcoming": self.upcoming,
            "/about": self.about,
            "/static/{name}": self.static,
        }

    def start(self) -> Response:
        """The timeline is the first page."""
        return RedirectResponse(urls.timeline(), status_code=307)

    def timeline(self, request: Request) -> Response:
        """Contacts by day."""
        query = read_query(request.query_params.multi_items())
        return self._answer(request, "timeline.html", timeline.timeline(self._counts, query))

    def contact(self, request: Request, id: str) -> Response:
        """One contact; the beginning of an identifier leads to the whole one."""
        try:
            found = self._store.contact(id)
        except NotInStore as error:
            raise HTTPException(404, f"{error.message.split(' in /')[0]}.") from error
        if found.id != id:
            return RedirectResponse(urls.contact(found.id), status_code=307)
        return self._answer(request, "contact.html", contact.contact_page(self._store, found, self._counts.newest()))

    def article(self, request: Request, id: str) -> Response:
        """One article with its marks."""
        shown = article.shown_kinds(tuple(request.query_params.getlist("marks"))[:10])
        at = article.places(tuple(request.query_params.getlist("at")))
        page = article.article_page(self._store, id, shown, self._counts.newest(), at)
        return self._answer(request, "article.html", page, "article", id)

    def articles(self, request: Request) -> Response:
        """All articles."""
        return self._answer(request, "articles.html", article.articles_page(self._store, _page(request)))

    def party(self, request: Request, id: str) -> Response:
        """A person or a body."""
        page = sides.party_page(self._counts, self._album.counting, self._actors, id)
        return self._answer(request, "side.html", page, "person or body", id)

    def state(self, request: Request, code: str) -> Response:
        """A state."""
        page = sides.state_page(self._counts, self._album.counting, self._actors, code)
        return self._answer(request, "side.html", page, "state", code)

    def pair(self, request: Request, one: str, other: str) -> Response:
        """Two sides."""
        page = sides.pair_page(self._counts, self._album.counting, self._actors, one, other)
        return self._answer(request, "side.html", page, "pair", f"{one} and {other}")

    def pair_asked(self, request: Request) -> Response:
        """Two sides that a path cannot hold."""
        asked = request.query_params
        return self.pair(request, asked.get("one", ""), asked.get("other", ""))

    def office(self, request: Request, affiliation: str, level: str) -> Response:
        """Who held an office."""
        page = sides.office_page(self._actors, affiliation, level)
        return self._answer(request, "side.html", page, "office", f"{level} of {affiliation}")

    def pictures(self, request: Request) -> Response:
        """Pictures of the contacts that fit."""
        query = read_query(request.query_params.multi_items())
        return self._answer(request, "pictures.html", self._album.pictures_page(query))

    def search(self, request: Request) -> Response:
        """What a query finds."""
        page = search.search_page(self._store, self._counts, request.query_params.multi_items())
        return self._answer(request, "search.html", page, status=page.status)

    def disputes(self, request: Request) -> Response:
        """Where sources differ."""
        field = request.query_params.get("field", "")
        if field and field not in {f.name for f in FIELDS}:
            raise InputError(f"{field[:100]!r} is no field that sources can dispute", "see the list of fields")
        page = lists.disputes_page(self._counts, field, _page(request))
        return self._answer(request, "disputes.html", page)

    def upcoming(self, request: Request) -> Response:
        """What is planned."""
        return self._answer(
            request, "upcoming.html", lists.upcoming_page(self._store, self._counts.newest(), _page(request))
        )

    def about(self, request: Request) -> Response:
        """What the record rests on."""
        return self._answer(request, "about.html", lists.about_page(self._store))

    def static(self, name: str) -> Response:
        """A file of the product, by its name."""
        content = self._static.get(name)
        kind = _TYPES.get(name.rpartition(".")[2])
        if content is None or kind is None:
            raise HTTPException(404, "There is no such file.")
        return Response(content, media_type=kind, headers={"cache-control": "max-age=3600"})

    async def not_found(self, request: Request, error: Exception) -> Response:
        """The page for an address that leads nowhere."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        words = str(error.detail) if isinstance(error, HTTPException) else ""
        return self._error(status, "The address leads nowhere." if words == "Not Found" else words)

    async def refused(self, request: Request, error: Exception) -> Response:
        """The page for a filter that cannot be: with what is allowed."""
        message, hint = (error.message, error.hint) if isinstance(error, RozmovaError) else (str(error), "")
        if isinstance(error, InputError):
            return self._error(400, message, hint)
        return self._error(500, "The store cannot be read.", "rozmova doctor says what is wrong with it")

    async def failed(self, request: Request, error: Exception) -> Response:
        """The page for a mistake of the program; what it was goes to the terminal, not to the page."""
        return self._error(500, "The program made a mistake; the terminal says which.")

    def _error(self, status: int, message: str, hint: str = "") -> Response:
        title = _STATUS.get(status, "That did not work")
        page = html("error.html", title=title, message=message, hint=hint, links=None, here="", sections=self._sections)
        return HTMLResponse(page, status)

    @property
    def _sections(self) -> list[tuple[str, str, str]]:
        return [
            ("timeline", "Timeline", urls.timeline()),
            ("search", "Search", urls.search()),
            ("pictures", "Pictures", urls.pictures()),
            ("disputes", "Disputes", urls.place("disputes")),
            ("upcoming", "Ahead", urls.place("upcoming")),
            ("articles", "Articles", urls.place("articles")),
            ("about", "About", urls.place("about")),
        ]

    def _answer(
        self, request: Request, template: str, model: Model | None, what: str = "", which: str = "", status: int = 200
    ) -> Response:
        if model is None:
            raise HTTPException(404, f"The record knows no {what} {which[:100]!r}.")
        form = request.scope.get("format") or request.query_params.get("format", "html")
        fresh = {"cache-control": "no-cache"}
        if form == "json":
            return Response(as_json(model), status, media_type="application/json", headers=fresh)
        if form == "csv":
            return Response(as_csv(model), status, media_type="text/csv; charset=utf-8", headers=fresh)
        if form != "html":
            raise InputError(f"{form[:20]!r} is no format of a page", "allowed: html, json, csv")
        given = [(name, value) for name, value in request.query_params.multi_items() if name != "format"]
        links = {other: urls.in_format(request.scope["path"], given, other) for other in urls.FORMATS}
        here = request.scope["path"].strip("/").partition("/")[0]
        page = html(template, page=model, title=model.title, links=links, here=here, sections=self._sections)
        return HTMLResponse(page, status, fresh)


def _page(request: Request) -> int:
    return page_of(request.query_params.get("page", ""))
