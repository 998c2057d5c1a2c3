"""JSON Lines: each node and then each edge as an object of its own.

The lines are the canonical ones of the graph, so the SHA-256 of the file is the graph's content hash.
"""

from __future__ import annotations

from typing import TextIO

from graphbuilder.records import PropertyGraph


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write lines ``{"label": ...}`` for nodes, then ``{"type": ..., "from": ..., "to": ...}`` for edges."""
    for line in graph.lines():
        out.write(line + "\n")
