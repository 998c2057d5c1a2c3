"""What the web page, the REST face and the MCP server all answer from: one open graph, read-only."""

from __future__ import annotations

from threading import Lock
from typing import Any

from graphbuilder.ask import Asker
from graphbuilder.ask.cards import card, why
from graphbuilder.stores import Store

#: What a caller may ask for at most: rows of a query, and seconds that it may take.
ROWS = 1_000
SECONDS = 10.0


class Desk:
    """Answers from one store, each as the object that the command of the same name prints with ``--json``.

    Calls from several threads wait for one another: an embedded graph has one connection. Every method
    raises GraphbuilderError with one line for what cannot be answered.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asker = Asker(store)
        self._one_at_a_time = Lock()
        self._pages: dict[tuple[Any, ...], str] = {}

    def ask(self, question: str) -> dict[str, Any]:
        """Answers to a question in plain words, each with the sentences that say so."""
        with self._one_at_a_time:
            return self._asker.ask(question).to_json()

    def show(self, name: str) -> dict[str, Any]:
        """The card of a paper or an entity."""
        with self._one_at_a_time:
            return card(self._asker, name).to_json()

    def why(self, a: str, b: str) -> list[dict[str, Any]]:
        """The sentences that connect two names."""
        with self._one_at_a_time:
            said = why(self._asker, a, b)
        return [{"says": says, "evidence": [e.to_json() for e in evidence]} for says, evidence in said]

    def queries(self) -> list[dict[str, Any]]:
        """The named queries: what each answers and what it takes."""
        return [
            {
                "name": query.name,
                "about": query.about,
                "parameters": {p.name: p.type for p in query.params if p.name != "papers"},
            }
            for query in self._asker.queries.values()
        ]

    def query(self, name: str, parameters: dict[str, str]) -> dict[str, Any]:
        """The rows of a named query; parameters as words, read by their types."""
        with self._one_at_a_time:
            given = self._asker.parameters(name, parameters)
            return self._rows(self._asker.queries[name].cypher, given)

    def cypher(self, text: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        """The rows of one read-only Cypher statement."""
        with self._one_at_a_time:
            return self._rows(text, parameters or {})

    def page(self, **choice: Any) -> str:
        """The map of the graph or of a part of it, as :func:`graphbuilder.viz.draw` makes it."""
        from graphbuilder.viz import draw

        wanted = tuple(sorted((k, v) for k, v in choice.items() if v is not None))
        if wanted not in self._pages:
            question = choice.pop("question", None)
            if question is not None:
                choice["answer"] = self.ask(question)
            with self._one_at_a_time:
                if len(self._pages) >= 16:
                    self._pages.pop(next(iter(self._pages)))
                self._pages[wanted] = draw(self._graph(), **choice)
        return self._pages[wanted]

    def _graph(self) -> Any:
        if not hasattr(self, "_read"):
            self._read = self._store.read()
        return self._read

    def _rows(self, cypher: str, parameters: dict[str, Any]) -> dict[str, Any]:
        found = self._store.run(cypher, parameters, timeout=SECONDS, limit=ROWS)
        return {"columns": found.columns, "rows": found.rows, "truncated": found.truncated}
