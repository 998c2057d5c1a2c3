"""Cytoscape JSON (``.cyjs``), for Cytoscape, Cytoscape.js and ``networkx.cytoscape_graph``.

A missing value has no key; lists are lists. Nodes have the ``name`` that Cytoscape shows, edges the
``interaction`` by which it names them. networkx takes ``value`` for the node itself, so the value of a
result is its ``result_value``.
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
    out.write(f'{{"data":{{}},"directed":{directed},"multigraph":true,"elements":{{"nodes":[')
    comma = "\n"
    for label, properties, rows in tables.nodes(graph):
        for row in rows:
            identity = key(label, row["id"])
            node = tables.values(row, properties)
            if "value" in node:
                node["result_value"] = node["value"]
            node |= {"id": identity, "value": identity, "name": tables.title(label, row), "kind": label}
            out.write(comma + _encode({"data": node}))
            comma = ",\n"
    out.write('\n],"edges":[')
    comma, number = "\n", 0
    for kind, properties, rows in tables.edges(graph):
        for row in rows:
            edge = {
                "id": f"e{number}",
                "key": number,
                "source": key(kind.source, row["source"]),
                "target": key(kind.target, row["target"]),
                "interaction": kind.type,
                **tables.values(row, properties),
            }
            out.write(comma + _encode({"data": edge}))
            comma = ",\n"
            number += 1
    out.write("\n]}}\n")
