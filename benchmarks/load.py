"""How fast a graph goes into Neo4j: ``python -m benchmarks.load [--papers N | --graph FILE]``.

In one run, on one server: a MERGE for each row as people write it first (on a sample), the driver's own
ceiling (batched UNWIND CREATE of the same rows into an empty database), and the store. Rates are rows
(nodes and edges) a second; the ratios are what to quote, the machine is part of every rate.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

import neo4j

from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import EDGES, NODES
from graphbuilder.stores import open_store
from graphbuilder.stores.load import BATCH
from graphbuilder.stores.neo4j import Neo4jStore
from tests.neo4j_server import running

#: Rows of the sample that is merged one by one.
SAMPLE = 1_000


def main() -> None:
    """Print a table of rates and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, default=2_000, help="size of a made-up graph")
    parser.add_argument("--graph", help="load this embedded graph instead")
    parser.add_argument("--repeat", type=int, default=3, help="how often to measure; the best counts")
    parser.add_argument("--alone", action="store_true", help="the first load alone, for a large graph")
    arguments = parser.parse_args()
    if arguments.graph:
        with open_store(arguments.graph) as source:
            graph = source.read()
    else:
        graph = made_up(arguments.papers)
    rows = sum(graph.counts().values())
    held = _peak()
    with running() as server:
        os.environ |= {"NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}
        driver = neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password))
        with driver, Neo4jStore(server.uri, namespace="benchmark") as store:
            store.drop()
            first = _timed(lambda: store.write(graph, {}))  # the server compiles as it goes
            if arguments.alone:
                print(f"{rows:,} rows in {first:.1f} s; {_peak():,} MB at the peak, {held:,} MB before")
                return
            ceiling: list[float] = []
            written: list[float] = []
            for _ in range(arguments.repeat):
                store.drop()
                ceiling.append(rows / _timed(lambda: _create(driver, graph)))
                _clear(driver)
                used = time.process_time()
                written.append(rows / _timed(lambda: store.write(graph, {})))
                used = time.process_time() - used
            peak = _peak()
            again = _timed(lambda: store.write(graph, {}))
            reading = _timed(store.read)
            store.drop()
            merged = SAMPLE / _timed(lambda: _merge(driver, graph))
            _clear(driver)
    best = max(written)
    print(f"{rows:,} rows ({sum(map(len, graph.nodes.values())):,} nodes), batches of {BATCH:,}")
    print(f"MERGE a row     {merged:10,.0f} rows/s")
    print(
        f"store           {best:10,.0f} rows/s  ({best / merged:.0f} times MERGE a row; {rows / best:.1f} s)"
    )
    print(f"  the first     {rows / first:10,.0f} rows/s  ({first:.1f} s, on a server just started)")
    print(f"  this process  {used:10.1f} s of processor time; {peak:,} MB at the peak, {held:,} MB before")
    print(
        f"ceiling         {max(ceiling):10,.0f} rows/s  (the store reaches {best / max(ceiling):.0%} of it)"
    )
    print(f"a second write  {rows / again:10,.0f} rows/s  ({again:.1f} s: reads, compares, sends nothing)")
    print(f"read it all     {rows / reading:10,.0f} rows/s  ({reading:.1f} s)")


def made_up(papers: int) -> PropertyGraph:
    """A graph as large as that many papers give, with sentences of a usual length."""
    chance = random.Random(0)
    words = [f"{chance.choice('bcdfglmprst')}{chance.choice('aeiou')}{i}" for i in range(5_000)]

    def prose(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    entities = max(10, papers * 2)
    graph = PropertyGraph(
        nodes={
            "Paper": [
                {"id": f"p{i:07}", "kind": "Paper", "title": prose(9), "abstract": prose(170), "year": 2024}
                | {"sources": ["made-up.txt"], "sentences": list(range(0, 1400, 100)), "external": False}
                for i in range(papers)
            ],
            "Author": [{"id": f"a{i:07}", "kind": "Author", "name": prose(2)} for i in range(papers * 3)],
            "Method": [
                {"id": f"e{i:07}", "kind": "Method", "name": prose(2), "aliases": [prose(1)], "papers": 3}
                | {"ambiguous": False}
                for i in range(entities)
            ],
        }
    )

    def entity() -> str:
        return f"e{min(int(chance.paretovariate(0.5)), entities) - 1:07}"

    mention: list[Row] = []
    use: list[Row] = []
    wrote: list[Row] = []
    related: list[Row] = []
    for i in range(papers):
        paper = f"p{i:07}"
        for _ in range(9):
            start = chance.randrange(1000)
            mention.append(
                {"source": paper, "target": entity(), "sentence": prose(22), "start": start, "end": start + 9}
                | {"surface": prose(1), "confidence": 0.9, "spans": [start, start + 9]}
            )
        for _ in range(2):
            use.append(
                {"source": entity(), "target": entity(), "paper": paper, "sentence": prose(22), "start": 5}
                | {"end": 200, "confidence": 0.8}
            )
        wrote += [{"source": f"a{i * 3 + k:07}", "target": paper, "position": k + 1} for k in range(3)]
        related += [
            {"source": paper, "target": f"p{chance.randrange(papers):07}", "score": 0.5, "shared": [entity()]}
            for _ in range(5)
        ]
    graph.edges[EdgeKind("MENTIONS", "Paper", "Method")] = mention
    graph.edges[EdgeKind("USED_FOR", "Method", "Method")] = use
    graph.edges[EdgeKind("WROTE", "Author", "Paper")] = wrote
    graph.edges[EdgeKind("RELATED", "Paper", "Paper")] = related
    return graph


def _peak() -> int:
    """Most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _create(driver: neo4j.Driver, graph: PropertyGraph) -> None:
    """The ceiling: CREATE from batches of values, one index for the ends of the edges, nothing checked."""
    with driver.session() as session:
        session.run(
            "CREATE CONSTRAINT ceiling IF NOT EXISTS FOR (n:Ceiling) REQUIRE n.id IS UNIQUE"
        ).consume()
        for label, rows in graph.nodes.items():
            create = f"UNWIND $rows AS row CREATE (n:Ceiling:`{label}` {_map(NODES[label], 0)})"
            _send(session, create, [[row.get(name) for name in NODES[label]] for row in rows])
        for kind, rows in graph.edges.items():
            names = EDGES[kind.type]
            create = (
                "UNWIND $rows AS row MATCH (a:Ceiling {id: row[0]}) MATCH (b:Ceiling {id: row[1]})"
                f" CREATE (a)-[e:`{kind.type}` {_map(names, 2)}]->(b)"
            )
            sent = [[row["source"], row["target"], *(row.get(name) for name in names)] for row in rows]
            _send(session, create, sent)


def _map(names: Iterable[str], start: int) -> str:
    return "{" + ", ".join(f"`{name}`: row[{i}]" for i, name in enumerate(names, start)) + "}"


def _send(session: neo4j.Session, create: str, rows: list[list[Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        session.execute_write(_run, create, rows[start : start + BATCH])


def _merge(driver: neo4j.Driver, graph: PropertyGraph) -> None:
    """As people write it first: a MERGE for each row, each in a transaction of its own, no constraint.

    The sample is from a database that holds the rest of the nodes already, as it would near the end.
    """
    nodes = [(label, row) for label, rows in graph.nodes.items() for row in rows]
    with driver.session() as session:
        for label, rows in graph.nodes.items():
            for start in range(0, len(rows), BATCH):
                create = f"UNWIND $rows AS row CREATE (n:Ceiling:`{label}`) SET n = row"
                session.execute_write(_run, create, rows[start : start + BATCH])
    kind, edges = next(iter(graph.edges.items()))
    with driver.session() as session:
        for label, row in nodes[: SAMPLE // 2]:
            session.run(f"MERGE (n:`{label}` {{id: $row.id}}) SET n += $row", row=row).consume()
        for row in edges[: SAMPLE // 2]:
            session.run(
                f"MATCH (a:`{kind.source}` {{id: $row.source}}) MATCH (b:`{kind.target}` {{id: $row.target}})"
                f" MERGE (a)-[e:`{kind.type}`]->(b) SET e += $row",
                row=row,
            ).consume()


def _run(transaction: neo4j.ManagedTransaction, statement: str, rows: list[Any]) -> None:
    transaction.run(statement, rows=rows).consume()


def _clear(driver: neo4j.Driver) -> None:
    with driver.session() as session:
        session.run(
            f"MATCH (n:Ceiling) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {BATCH} ROWS"
        ).consume()
        session.run("DROP CONSTRAINT ceiling IF EXISTS").consume()


if __name__ == "__main__":
    main()
