"""Node-link JSON as networkx reads it (``networkx.node_link_graph(data, edges="edges")``) and D3 likes it.

A missing value has no key; lists are lists.
"""

from __future__ import annotations

import json
from typing import TextIO

from graphbuilder.export import tables
from graphbuilder.records import PropertyGraph

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write the graph one node and one edge a line; memory does not grow with it."""
    key = tables.Keys(graph)
    directed = _encode(not tables.undirected(graph))
    out.write(f'{{"directed":{directed},"multigraph":true,"graph":{{}},"nodes":[')
    comma = "\n"
    for label, properties, rows in tables.nodes(graph):
        for row in rows:
            node = tables.values(row, properties) | {"id": key(label, row["id"]), "kind": label}
            out.write(comma + _encode(node))
            comma = ",\n"
    out.write('\n],"edges":[')
    comma = "\n"
    for kind, properties, rows in tables.edges(graph):
        for row in rows:
            edge = {"source": key(kind.source, row["source"]), "target": key(kind.target, row["target"])}
            out.write(comma + _encode({**edge, "type": kind.type, **tables.values(row, properties)}))
            comma = ",\n"
    out.write("\n]}\n")
