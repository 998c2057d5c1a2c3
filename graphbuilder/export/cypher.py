"""A Cypher script that fills an empty Neo4j: ``cypher-shell -f graph.cypher``, or a driver, piece by piece.

Every statement stands on one line and ends in ``;``; none holds more than :data:`ROWS` rows or, but for a
single longer row, :data:`CHARACTERS` characters, so that a server takes them with little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from graphbuilder.export import tables
from graphbuilder.records import PropertyGraph

ROWS = 500
CHARACTERS = 100_000

_SPECIAL = re.compile(r"[\\'\x00-\x1f\x7f]")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write constraints, then nodes, then relationships."""
    labels = [table.label for table in tables.nodes(graph)]
    for label in labels:
        out.write(
            f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n"
        )
    for label, properties, rows in tables.nodes(graph):
        for piece in _pieces(_map(tables.values(row, properties)) for row in rows):
            out.write(f"UNWIND [{piece}] AS row CREATE (n:{label}) SET n = row;\n")
    for kind, properties, rows in tables.edges(graph):
        written = (
            f"[{_literal(row['source'])},{_literal(row['target'])},{_map(tables.values(row, properties))}]"
            for row in rows
        )
        for piece in _pieces(written):
            out.write(
                f"UNWIND [{piece}] AS row MATCH (a:{kind.source} {{id: row[0]}}) "
                f"MATCH (b:{kind.target} {{id: row[1]}}) CREATE (a)-[r:{kind.type}]->(b) SET r = row[2];\n"
            )


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
