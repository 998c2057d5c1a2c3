"""GraphML (http://graphml.graphdrawing.org), for networkx, igraph, Gephi, Cytoscape and yEd.

GraphML knows no lists: they are JSON arrays in a string. A missing value has no element. Every node has a
``label`` to show and a ``kind`` (Paper, Method, ...), every edge a ``type``.
"""

from __future__ import annotations

from typing import TextIO

from graphbuilder.export import tables
from graphbuilder.export.xml import escape
from graphbuilder.records import PropertyGraph

_TYPES = {"string": "string", "int": "long", "float": "double", "bool": "boolean"}


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write the graph node by node and edge by edge; memory does not grow with it."""
    key = tables.Keys(graph)
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    )
    declared = {"label": "string"} | tables.attribute_types(tables.nodes(graph))
    _declare(out, "node", {name: kind for name, kind in declared.items() if name != "id"})
    _declare(out, "edge", {"type": "string"} | tables.attribute_types(tables.edges(graph)))
    out.write(f'<graph edgedefault="{"un" * tables.undirected(graph)}directed">\n')
    for label, properties, rows in tables.nodes(graph):
        for row in rows:
            attributes = {"label": tables.title(label, row), **tables.values(row, properties), "kind": label}
            identity = escape(key(label, str(attributes.pop("id"))))
            out.write(f'<node id="{identity}">{_data("n", attributes)}</node>\n')
    number = 0
    for kind, properties, rows in tables.edges(graph):
        for row in rows:
            source, target = escape(key(kind.source, row["source"])), escape(key(kind.target, row["target"]))
            data = _data("e", {"type": kind.type, **tables.values(row, properties)})
            out.write(f'<edge id="e{number}" source="{source}" target="{target}">{data}</edge>\n')
            number += 1
    out.write("</graph>\n</graphml>\n")


def _declare(out: TextIO, domain: str, types: dict[str, str]) -> None:
    for name, kind in types.items():
        written = _TYPES.get(kind, "string")
        out.write(f'<key id="{domain[0]}_{name}" for="{domain}" attr.name="{name}" attr.type="{written}"/>\n')


def _data(prefix: str, attributes: dict[str, object]) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{escape(tables.as_text(value))}</data>'
        for name, value in attributes.items()
    )
