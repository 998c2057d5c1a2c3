"""The graph as a row of tables: what every writer goes through, one table a label or kind of edge.

Missing values are left out, so a writer never meets None; a number that is not finite counts as missing,
because neither JSON nor most XML readers know it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import NamedTuple

from graphbuilder import schema
from graphbuilder.export import networks
from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import Properties

_encode = json.JSONEncoder(ensure_ascii=False).encode


class NodeTable(NamedTuple):
    """All nodes of a label."""

    label: str
    properties: Properties
    rows: list[Row]


class EdgeTable(NamedTuple):
    """All edges of a kind."""

    kind: EdgeKind
    properties: Properties
    rows: list[Row]


def nodes(graph: PropertyGraph) -> Iterator[NodeTable]:
    """The tables of nodes in the order of the schema, empty ones left out."""
    for label, properties in schema.NODES.items():
        if graph.nodes.get(label):
            yield NodeTable(label, properties, graph.nodes[label])


def edges(graph: PropertyGraph) -> Iterator[EdgeTable]:
    """The tables of edges by kind, in the order of the schema, derived ones last, empty ones left out."""
    known = schema.EDGES | networks.EDGES
    order = {name: place for place, name in enumerate(known)}
    for kind in sorted(graph.edges, key=lambda k: (order[k.type], k)):
        if graph.edges[kind]:
            yield EdgeTable(kind, known[kind.type], graph.edges[kind])


def values(row: Row, properties: Properties) -> dict[str, object]:
    """The properties of a row that are not missing, in the order of the schema."""
    found = {}
    for name in properties:
        value = row.get(name)
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            continue
        found[name] = value
    return found


def as_text(value: object) -> str:
    """A value as one string: numbers as Python prints them, booleans and lists as JSON does."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | list | tuple):
        return _encode(value)
    return repr(value)


def title(label: str, row: Row) -> str:
    """What a person would call a node: a title, a name, or a result's value with its metric."""
    if label == "Result":
        return " ".join(str(row[name]) for name in ("value", "metric") if row.get(name)) or str(row["id"])
    return str(row.get("title") or row.get("name") or row["id"])


class Keys:
    """Ids of nodes that are unique in the whole graph, as most formats want them.

    A node's key is its id, or ``Label/id`` for one of the ``shared`` ids, which stand under several labels.
    """

    def __init__(self, graph: PropertyGraph) -> None:
        seen: set[str] = set()
        self.shared: set[str] = set()
        for table in nodes(graph):
            for row in table.rows:
                if row["id"] in seen:
                    self.shared.add(row["id"])
                else:
                    seen.add(row["id"])

    def __call__(self, label: str, identity: str) -> str:
        """The key of the node that ``label`` and ``identity`` name."""
        return f"{label}/{identity}" if identity in self.shared else identity


def undirected(graph: PropertyGraph) -> bool:
    """Whether the graph is a derived network whose edges have no direction."""
    return bool(graph.edges) and all(kind.type in networks.UNDIRECTED for kind in graph.edges)


def attribute_types(tables: Iterator[NodeTable] | Iterator[EdgeTable]) -> dict[str, str]:
    """The properties of all the tables and their types: one declaration a name."""
    types: dict[str, str] = {}
    for table in tables:
        for name, kind in table.properties.items():
            types.setdefault(name, kind)
    return types
