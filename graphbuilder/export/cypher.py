"""A Cypher script that fills an empty Neo4j: ``cypher-shell -f graph.cypher``, or a driver, piece by piece.

The result is what ``graphbuilder build --graph neo4j://...`` would have written, so that every command works
on it: all nodes carry the label ``Graphbuilder``, and a node of its own notes the version. Every statement
stands on one line and ends in ``;``; none holds more than :data:`ROWS` rows or, but for a single longer row,
:data:`CHARACTERS` characters, so that a server takes them with little memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from graphbuilder import schema
from graphbuilder.export import tables
from graphbuilder.records import PropertyGraph

#: As the store for Neo4j marks and indexes its graph.
LABEL = "Graphbuilder"
NOTE = "GraphbuilderBuild"
INDEXED = ("name", "title", "year", "date", "doi", "arxiv_id")

ROWS = 500
CHARACTERS = 100_000

_SPECIAL = re.compile(r"[\\'\x00-\x1f\x7f]")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write constraint and indexes, then nodes, then relationships, and the note that all is there."""
    key = tables.Keys(graph)
    for statement in schema_statements():
        out.write(f"{statement};\n")
    for label, properties, rows in tables.nodes(graph):
        maps = (_map(tables.values(row, properties) | {"id": key(label, row["id"])}) for row in rows)
        for piece in _pieces(maps):
            out.write(f"UNWIND [{piece}] AS row CREATE (n:{LABEL}:{label}) SET n = row;\n")
    for kind, properties, rows in tables.edges(graph):
        written = (
            f"[{_literal(key(kind.source, row['source']))},{_literal(key(kind.target, row['target']))},"
            f"{_map(tables.values(row, properties))}]"
            for row in rows
        )
        for piece in _pieces(written):
            out.write(
                f"UNWIND [{piece}] AS row MATCH (a:{LABEL} {{id: row[0]}}) MATCH (b:{LABEL} {{id: row[1]}}) "
                f"CREATE (a)-[r:{kind.type}]->(b) SET r = row[2];\n"
            )
    out.write(f"CREATE (n:{NOTE}) SET n = {_map(note(graph))};\n")


def schema_statements() -> list[str]:
    """The constraint and the indexes that a graph in Neo4j has, each as a statement."""
    return [
        f"CREATE CONSTRAINT {LABEL}_id IF NOT EXISTS FOR (n:{LABEL}) REQUIRE n.id IS UNIQUE",
        *schema.index_statements(LABEL, INDEXED),
    ]


def note(graph: PropertyGraph) -> dict[str, object]:
    """The node by which a graph in Neo4j is known to be whole, and of which version."""
    manifest = {
        "counts": graph.counts(),
        "papers": len(graph.nodes.get("Paper", [])),
        "schema": schema.VERSION,
    }
    return {"namespace": LABEL, "state": "complete", "note": json.dumps(manifest, sort_keys=True)}


def _pieces(rows: Iterable[str]) -> Iterator[str]:
    piece: list[str] = []
    length = 0
    for row in rows:
        if piece and (len(piece) == ROWS or length + len(row) > CHARACTERS):
            yield ",".join(piece)
            piece, length = [], 0
        piece.append(row)
        length += len(row) + 1
    if piece:
        yield ",".join(piece)


def _map(values: dict[str, object]) -> str:
    return "{" + ",".join(f"{name}:{_literal(value)}" for name, value in values.items()) + "}"


def _literal(value: object) -> str:
    if isinstance(value, str):
        return f"'{_SPECIAL.sub(_escape, value)}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_literal, value)) + "]"
    return repr(value)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
