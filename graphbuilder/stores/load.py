"""Bring what a Neo4j server holds to the graph that it should hold, by sending the difference.

Nodes go first, then edges, in batches of rows, each in a transaction that the driver tries again if the
server asks for it. A few batches are sent at the same time. A new edge locks both its ends, so the edges are
dealt out by their ends: no two batches that are under way at once have a node in common, and none waits for
the lock of another one, let alone in a circle.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any
from zlib import crc32

import neo4j

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import PropertyGraph, Row
from graphbuilder.schema import EDGES, NODES, SEARCHED, Properties, index_statements
from graphbuilder.stores import Progress

#: Rows in one transaction: large enough that the round trip does not count, small enough for a 1 GB heap.
BATCH = 5_000

#: Batches that are under way at the same time.
WORKERS = 2

#: Properties that queries look nodes up by; each gets a range index beside the constraint on ``id``.
INDEXED = ("name", "title", "year")

#: Seconds between two looks at whether the indexes are ready.
_POLL = 0.1

#: A node as it is sent, its label before its properties; or an edge, its type before its ends and properties.
Labelled = tuple[str, Row]

_NODE_NAMES = tuple(dict.fromkeys(name for properties in NODES.values() for name in properties))
_EDGE_NAMES = tuple(dict.fromkeys(name for properties in EDGES.values() for name in properties))

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def load(
    session: Callable[[], neo4j.Session], label: str, dynamic: bool, graph: PropertyGraph, progress: Progress
) -> None:
    """Make the nodes with ``label``, and the edges between them, those of the graph.

    Args:
        session: opens a session to write with.
        label: what every node of the graph carries beside its own label.
        dynamic: the server creates nodes and edges whose label or type is a value (since Neo4j 5.26): one
            statement for all kinds, planned once.
        graph: ids are unique over all labels.
        progress: told of ``nodes`` and ``edges`` as they are seen to be there.
    """
    with ThreadPoolExecutor(WORKERS) as workers:
        loading = _Load(session, label, dynamic, workers)
        loading.constrain()
        fresh = loading.nodes(graph, progress)
        loading.edges(graph, progress, fresh)
        loading.index()


def waves(edges: Iterable[Labelled], workers: int, size: int) -> Iterator[list[list[Labelled]]]:
    """Batches of at most ``size`` edges; the batches of a wave, at most ``workers``, share no node.

    Nodes are dealt into twice as many bins as there are workers. The bins meet as players do in a
    round-robin tournament (the circle method): each pair once, and in each round every bin in one pair.
    """
    bins = 2 * workers
    meetings: defaultdict[tuple[int, int], list[Labelled]] = defaultdict(list)
    for edge in edges:
        one, other = crc32(edge[1]["source"].encode()) % bins, crc32(edge[1]["target"].encode()) % bins
        meetings[min(one, other), max(one, other)].append(edge)
    for pairs in _rounds(bins):
        for wave in zip_longest(*(_batches(meetings.pop(pair, []), size) for pair in pairs)):
            yield [batch for batch in wave if batch]


def _rounds(bins: int) -> Iterator[list[tuple[int, int]]]:
    """Every pair of bins, and every bin with itself, in rounds that use no bin twice."""
    alone = [(i, i) for i in range(bins)]
    yield alone[: bins // 2]
    yield alone[bins // 2 :]
    circle = list(range(1, bins))
    for turn in range(len(circle)):
        order = [0, *circle[turn:], *circle[:turn]]
        yield [(min(order[i], order[-1 - i]), max(order[i], order[-1 - i])) for i in range(bins // 2)]


def _batches(rows: list[Any], size: int) -> Iterator[list[Any]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


class _Load:
    """One load: where it goes, and who sends."""

    def __init__(
        self, session: Callable[[], neo4j.Session], label: str, dynamic: bool, workers: ThreadPoolExecutor
    ) -> None:
        self._session = session
        self._label = label
        self._dynamic = dynamic
        self._workers = workers

    def constrain(self) -> None:
        with self._session() as session:
            session.run(
                f"CREATE CONSTRAINT `{self._label}_id` IF NOT EXISTS FOR (n:`{self._label}`)"
                " REQUIRE n.id IS UNIQUE"
            ).consume()

    def index(self) -> None:
        label = self._label
        with self._session() as session:
            for statement in index_statements(label, INDEXED):
                session.run(statement).consume()
            # the server's own procedure waits for the indexes of everybody, and they for its locks
            unready = "SHOW INDEXES YIELD name, state WHERE name IN $names AND state <> 'ONLINE' RETURN state"
            names = [f"{label}_{name}" for name in (*INDEXED, *SEARCHED)]
            while states := session.run(unready, names=names).value():
                if "FAILED" in states:
                    raise GraphbuilderError(f"the server cannot build an index of {label}: see its log")
                time.sleep(_POLL)

    def nodes(self, graph: PropertyGraph, progress: Progress) -> bool:
        """Load the nodes; true if there were none of ours before, and so no edges either."""
        fresh = True
        wanted = {row["id"]: (label, row) for label, rows in graph.nodes.items() for row in rows}
        total = len(wanted)
        stale: list[str] = []
        changed: list[Row] = []
        with self._session() as session:
            for labels, held, element in session.run(
                f"MATCH (n:`{self._label}`) RETURN labels(n), properties(n), elementId(n)"
            ):
                fresh = False
                label, row = wanted.get(held.get("id"), ("", {}))
                if label not in labels:
                    stale.append(element)
                    continue
                del wanted[held["id"]]
                stored = _stored(row, NODES[label])
                if stored != held:
                    changed.append(stored)
        done = total - len(wanted)
        progress("nodes", done, total)
        self._send_in_turn("UNWIND $rows AS id MATCH (n) WHERE elementId(n) = id DETACH DELETE n", stale)
        self._send_in_turn(
            f"UNWIND $rows AS row MATCH (n:`{self._label}` {{id: row.id}}) SET n = row", changed
        )
        values = _map(_NODE_NAMES, 1)
        for name, rows in self._kinds(wanted.values()):
            create = f"UNWIND $rows AS row CREATE (n:`{self._label}`:{name} {values})"
            together = list(_batches(list(_batches(rows, BATCH)), WORKERS))
            for sent in self._send(create, together, _node_values):
                done += sent
                progress("nodes", done, total)
        return fresh

    def edges(self, graph: PropertyGraph, progress: Progress, fresh: bool) -> None:
        """Load the edges, between nodes that are there."""
        new = [(kind.type, row) for kind, rows in sorted(graph.edges.items()) for row in rows]
        total = len(new)
        if not fresh:
            new, stale = self._difference(new, lambda done: progress("edges", done, total))
            self._send_in_turn("UNWIND $rows AS id MATCH ()-[e]->() WHERE elementId(e) = id DELETE e", stale)
        done = total - len(new)
        values = _map(_EDGE_NAMES, 3)
        for name, rows in self._kinds(new):
            create = (
                "UNWIND $rows AS row"
                f" MATCH (a:`{self._label}` {{id: row[1]}}) MATCH (b:`{self._label}` {{id: row[2]}})"
                f" CREATE (a)-[e:{name} {values}]->(b)"
            )
            for sent in self._send(create, waves(rows, WORKERS, BATCH), _edge_values):
                done += sent
                progress("edges", done, total)
        progress("edges", done, total)

    def _difference(
        self, edges: list[Labelled], tell: Callable[[int], None]
    ) -> tuple[list[Labelled], list[str]]:
        """Edges that the server lacks, and ids of those that it should not hold."""
        # many edges may be alike: it counts how many of each there are; digests, for a large graph's sake
        missing = Counter(
            _digest(type_, row["source"], row["target"], _stored(row, EDGES[type_])) for type_, row in edges
        )
        stale = []
        found = 0
        with self._session() as session:
            for type_, source, target, properties, element in session.run(
                f"MATCH (a:`{self._label}`)-[e]->(b:`{self._label}`) WHERE type(e) IN $types"
                " RETURN type(e), a.id, b.id, properties(e), elementId(e)",
                types=list(EDGES),
            ):
                digest = _digest(type_, source, target, properties)
                if not missing[digest]:
                    stale.append(element)
                    continue
                missing[digest] -= 1
                found += 1
                if found % BATCH == 0:
                    tell(found)
        new = []
        for type_, row in edges if found < len(edges) else ():
            digest = _digest(type_, row["source"], row["target"], _stored(row, EDGES[type_]))
            if missing[digest]:
                missing[digest] -= 1
                new.append((type_, row))
        return new, stale

    def _kinds(self, rows: Iterable[Labelled]) -> Iterator[tuple[str, list[Labelled]]]:
        """What a statement names as the label or type that it creates, and the rows for it."""
        if self._dynamic:
            yield "$(row[0])", list(rows)
        else:
            kind = itemgetter(0)
            for name, same in groupby(sorted(rows, key=kind), kind):
                yield f"`{name}`", list(same)

    def _send(
        self,
        statement: str,
        together: Iterable[list[list[Labelled]]],
        values: Callable[[Labelled], list[Any]],
    ) -> Iterator[int]:
        """Run the statement over batches, those of a list at the same time; gives the size of each."""

        def send(batch: list[Labelled]) -> int:
            with self._session() as session:
                session.execute_write(_run, statement, list(map(values, batch)))
            return len(batch)

        for batches in together:
            yield from self._workers.map(send, batches)

    def _send_in_turn(self, statement: str, rows: list[Any]) -> None:
        """Run the statement over the rows, one batch after the other."""
        with self._session() as session:
            for batch in _batches(rows, BATCH):
                session.execute_write(_run, statement, batch)


def _run(transaction: neo4j.ManagedTransaction, statement: str, rows: Sequence[Any]) -> None:
    transaction.run(statement, rows=rows).consume()


def _map(names: Sequence[str], start: int) -> str:
    """A map of Cypher that takes the names' values from a row, the first of them at ``start``.

    A list of values is less to pack and to read than a map of its own for each row. What is null in the map
    is not stored.
    """
    return "{" + ", ".join(f"`{name}`: row[{i}]" for i, name in enumerate(names, start)) + "}"


def _node_values(node: Labelled) -> list[Any]:
    label, row = node
    return [label, *map(_stored(row, NODES[label]).get, _NODE_NAMES)]


def _edge_values(edge: Labelled) -> list[Any]:
    type_, row = edge
    return [type_, row["source"], row["target"], *map(_stored(row, EDGES[type_]).get, _EDGE_NAMES)]


def _stored(row: Row, properties: Properties) -> Row:
    """The properties as the server keeps them: none that is missing, lists even if empty."""
    stored = {}
    for name, kind in properties.items():
        value = row.get(name)
        if value is None and kind in ("strings", "ints"):
            value = []
        if value is not None:
            stored[name] = float(value) if kind == "float" else value
    return stored


def _digest(type_: str, source: str, target: str, properties: Mapping[str, Any]) -> bytes:
    return blake2b(_canonical([type_, source, target, properties]).encode(), digest_size=16).digest()
