"""GEXF 1.2 (https://gexf.net), for Gephi and its web viewers.

Lists are JSON arrays in a string, a missing value has no element. What Gephi shows first is filled: a
node's ``label``, an edge's ``label`` (its type) and ``weight``.
"""

from __future__ import annotations

from typing import TextIO

from graphbuilder.export import tables
from graphbuilder.export.xml import escape
from graphbuilder.records import PropertyGraph

_TYPES = {"string": "string", "int": "long", "float": "double", "bool": "boolean"}
#: Properties that say how strong an edge is; the first that an edge has becomes its weight.
_WEIGHTS = ("weight", "score", "confidence", "papers")


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write the graph node by node and edge by edge; memory does not grow with it."""
    key = tables.Keys(graph)
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
        f'<graph mode="static" defaultedgetype="{"un" * tables.undirected(graph)}directed">\n'
    )
    _declare(out, "node", tables.attribute_types(tables.nodes(graph)))
    _declare(out, "edge", {"type": "string"} | tables.attribute_types(tables.edges(graph)))
    out.write("<nodes>\n")
    for label, properties, rows in tables.nodes(graph):
        for row in rows:
            attributes = tables.values(row, properties) | {"kind": label}
            identity, shown = escape(key(label, str(attributes.pop("id")))), escape(tables.title(label, row))
            out.write(f'<node id="{identity}" label="{shown}">{_values("n", attributes)}</node>\n')
    out.write("</nodes>\n<edges>\n")
    number = 0
    for kind, properties, rows in tables.edges(graph):
        for row in rows:
            attributes = {"type": kind.type, **tables.values(row, properties)}
            source, target = escape(key(kind.source, row["source"])), escape(key(kind.target, row["target"]))
            weight = next((f' weight="{attributes[name]!r}"' for name in _WEIGHTS if name in attributes), "")
            attributes.pop("weight", None)
            out.write(
                f'<edge id="e{number}" source="{source}" target="{target}" label="{kind.type}"{weight}>'
                f"{_values('e', attributes)}</edge>\n"
            )
            number += 1
    out.write("</edges>\n</graph>\n</gexf>\n")


def _declare(out: TextIO, domain: str, types: dict[str, str]) -> None:
    out.write(f'<attributes class="{domain}">\n')
    for name, kind in types.items():
        if name not in ("id", "weight"):
            written = _TYPES.get(kind, "string")
            out.write(f'<attribute id="{domain[0]}_{name}" title="{name}" type="{written}"/>\n')
    out.write("</attributes>\n")


def _values(prefix: str, attributes: dict[str, object]) -> str:
    written = "".join(
        f'<attvalue for="{prefix}_{name}" value="{escape(tables.as_text(value))}"/>'
        for name, value in attributes.items()
    )
    return f"<attvalues>{written}</attvalues>" if written else ""
