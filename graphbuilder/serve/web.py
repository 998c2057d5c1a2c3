"""A small web page over one graph, and the same as REST: ``/openapi.json`` describes it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.responses import HTMLResponse

from graphbuilder.errors import GraphbuilderError
from graphbuilder.serve.desk import Desk

#: Names under which a browser on this machine may call: others come from pages that rebind their name to it.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

Text = Annotated[str, Query(min_length=1, max_length=1000)]


def application(desk: Desk) -> FastAPI:
    """The web application over an open desk. Only GET: nothing here can change anything."""
    web = FastAPI(title="graphbuilder", summary="A graph of papers, read-only", docs_url=None, redoc_url=None)

    @web.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        host = request.headers.get("host", "")
        if (host if host.endswith("]") else host.rsplit(":", 1)[0]) not in LOOPBACK:
            return _problem("this server answers to this machine alone", 403)
        if request.method not in ("GET", "HEAD"):
            return _problem("this server only reads", 405)
        response: Response = await call_next(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    @web.exception_handler(GraphbuilderError)
    async def refuse(request: Request, error: GraphbuilderError) -> Response:
        return _problem(str(error), 404)

    @web.get("/", response_class=HTMLResponse, include_in_schema=False)
    def home() -> HTMLResponse:
        page = (files("graphbuilder.serve") / "page.html").read_text(encoding="utf-8")
        policy = (
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            "connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})

    @web.get("/map", response_class=HTMLResponse)
    def draw_map(
        level: Literal["community", "entity", "paper"] | None = None,
        about: Annotated[str | None, Query(max_length=1000)] = None,
        ask: Annotated[str | None, Query(max_length=1000)] = None,
    ) -> HTMLResponse:
        """The map of the graph (at a level), of what is about a name, or of an answer: an HTML page."""
        chosen = [("level", level), ("about", about), ("question", ask)]
        first = next(((name, value) for name, value in chosen if value), None)
        return HTMLResponse(desk.page(**dict([first] if first else [])))

    @web.get("/api/ask")
    def ask(question: Text) -> Response:
        """Answers to a question in plain words, each with the sentences that say so."""
        return _json(desk.ask(question))

    @web.get("/api/show")
    def show(name: Text) -> Response:
        """The card of a paper or an entity."""
        return _json(desk.show(name))

    @web.get("/api/why")
    def why(a: Text, b: Text) -> Response:
        """The sentences that connect two names."""
        return _json(desk.why(a, b))

    @web.get("/api/queries")
    def queries() -> Response:
        """The named queries and their parameters."""
        return _json(desk.queries())

    @web.get("/api/queries/{name}")
    def query(name: Annotated[str, Path(max_length=100)], request: Request) -> Response:
        """The rows of a named query; its parameters are those of the address."""
        return _json(desk.query(name, dict(request.query_params)))

    @web.get("/api/cypher")
    def cypher(text: Annotated[str, Query(min_length=1, max_length=10_000)]) -> Response:
        """The rows of one read-only Cypher statement."""
        return _json(desk.cypher(text))

    return web


def _json(value: Any, status: int = 200) -> Response:
    """JSON with the very fields that the command line prints."""
    return Response(
        json.dumps(value, ensure_ascii=False, default=str), status_code=status, media_type="application/json"
    )


def _problem(line: str, status: int) -> Response:
    return _json({"error": line}, status)
