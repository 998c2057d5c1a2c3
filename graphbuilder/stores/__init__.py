"""Where a graph lives: a file of the embedded engine, or a Neo4j server.

Both give the same answers to the same Cypher; :func:`open_store` picks one by the look of its target.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import TracebackType
from typing import Any, Self

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import PropertyGraph

#: Called during a write as ``progress(step, rows done, rows in all)``; the steps are ``nodes`` and ``edges``.
Progress = Callable[[str, int, int | None], None]

#: Seconds that a query may run, and rows that it may give, unless the caller says otherwise.
TIMEOUT = 10.0
LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: names of columns, and rows by column as plain Python values.

    Nodes are dicts of their properties, edges too, a path is ``{"nodes": [...], "edges": [...]}``.
    ``truncated`` says that there were more rows than the limit.
    """

    columns: list[str]
    rows: list[dict[str, Any]] = field(default_factory=list)
    truncated: bool = False

    def _repr_html_(self) -> str:
        """What a notebook shows: a table."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(str(row[c]))}</td>' for c in self.columns)}</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Store(ABC):
    """A place that keeps one graph. Every method raises GraphbuilderError with one clear line."""

    @property
    @abstractmethod
    def uri(self) -> str:
        """Where the graph is, as a user would write it; never with a password."""

    @abstractmethod
    def write(
        self, graph: PropertyGraph, manifest: Mapping[str, Any], progress: Progress | None = None
    ) -> None:
        """Make the store hold exactly this graph; readers see the old one or the new one."""

    @abstractmethod
    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,
        limit: int = LIMIT,
    ) -> Rows:
        """Answer one read-only statement within ``timeout`` seconds, with at most ``limit`` rows."""

    def search(self, words: Sequence[str], limit: int) -> list[str] | None:
        """Ids of ``limit`` papers whose text has most of the words, by a full-text index of the store's own.

        None if it has none, or none that is ready and may be asked.
        """
        return None

    @abstractmethod
    def read(self) -> PropertyGraph:
        """The whole graph, with the content hash that it was written with."""

    @abstractmethod
    def manifest(self) -> dict[str, Any]:
        """What the last write noted about the graph."""

    @abstractmethod
    def version(self) -> int | None:
        """Version of the graph that is there (:data:`graphbuilder.schema.VERSION` when it was written).

        None if there is none. Unlike :meth:`manifest`, it minds neither another version nor a graph that
        is not whole.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the file or the server; may be called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(target: str | None, *, namespace: str | None = None) -> Store:
    """The store at ``target``: a path (default ``graph.lbug``), or a ``neo4j://`` or ``bolt://`` URI.

    Nothing is opened yet: a store that does not exist is an error only when it is read. ``namespace``
    keeps several graphs apart in one Neo4j database, and may stand behind a ``#`` of the URI instead; a
    file holds one graph and takes none.
    """
    target = target or "graph.lbug"
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", target)
    if scheme is None:
        if namespace is not None:
            raise GraphbuilderError("a graph in a file takes no namespace: use another file instead")
        from graphbuilder.stores.ladybug import LadybugStore

        return LadybugStore(target)
    if scheme[1].lower() not in ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"):
        raise GraphbuilderError(
            f"no store for {scheme[1]}:// (give a path, or a neo4j://, neo4j+s:// or bolt:// URI)"
        )
    from graphbuilder.stores.neo4j import Neo4jStore

    address, _, fragment = target.partition("#")
    return Neo4jStore(address, namespace=(fragment or None) if namespace is None else namespace)


def silent(step: str, done: int, total: int | None) -> None:
    """Progress that nobody wants to see."""
