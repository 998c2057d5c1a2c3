"""Checks of the installation, of a graph, and of the server that keeps it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from graphbuilder.errors import GraphbuilderError
from graphbuilder.stores import Store, open_store

#: What the package cannot do without.
PACKAGES = ("ladybug", "neo4j", "pyarrow", "spacy", "networkx", "pyvis", "click", "rich")


class Check(NamedTuple):
    """One thing that was looked at, whether it is in order, and what was found."""

    name: str
    passed: bool
    found: str


def checks(target: str, namespace: str | None = None) -> Iterator[Check]:
    """Look at one thing after the other; what depends on something that failed is left out."""
    yield Check("python", sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3])))
    yield from _packages()
    try:
        store = open_store(target, namespace=namespace)
    except GraphbuilderError as error:
        yield Check("graph", False, str(error))
        return
    with store:
        if "://" in target:
            from graphbuilder.stores.neo4j import Neo4jStore

            assert isinstance(store, Neo4jStore)
            try:
                yield from _server(store)
            except GraphbuilderError as error:
                yield Check("server", False, str(error))
                return
        yield from _graph(store)


def _packages() -> Iterator[Check]:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Check("packages", False, f"{', '.join(missing)} missing: pip install {' '.join(missing)}")
    else:
        yield Check("packages", True, ", ".join(found))


def _server(store: Store) -> Iterator[Check]:
    from graphbuilder.stores.neo4j import Neo4jStore

    assert isinstance(store, Neo4jStore)
    server = store.server()
    yield Check("server", True, f"Neo4j {server.version} {server.edition} at {store.uri}")
    yield Check("login", True, f"{server.user}, database {server.database}")
    yield Check(
        "rights",
        server.writable,
        "may write" if server.writable else f"{server.user!r} may only read here: build with another user",
    )
    missing = ", ".join(server.missing)
    yield Check(
        "constraint and indexes",
        not server.missing,
        f"{missing} missing or not ready: build the graph (again)" if missing else "in place and ready",
    )


def _graph(store: Store) -> Iterator[Check]:
    try:
        manifest = store.manifest()
        graph = store.read()
    except GraphbuilderError as error:
        yield Check("graph", False, str(error))
        return
    counts = graph.counts()
    nodes = sum(map(len, graph.nodes.values()))
    yield Check("graph", True, f"{nodes:,} nodes, {sum(counts.values()) - nodes:,} edges in {store.uri}")
    expected = {name: count for name, count in manifest.get("counts", counts).items() if count}
    found = {name: count for name, count in counts.items() if count}
    differ = sorted(name for name in expected | found if expected.get(name, 0) != found.get(name, 0))
    yield Check(
        "counts",
        not differ,
        "; ".join(f"{found.get(n, 0):,} {n}, the last build wrote {expected.get(n, 0):,}" for n in differ)
        + ": build it again"
        if differ
        else "as the last build wrote them",
    )
    same = manifest.get("content_hash") in (None, graph.content_hash())
    yield Check("content", same, "as the last build wrote it" if same else "changed since: build it again")
