"""The Cypher script: its pieces and its literals; that a server takes it is tested with the server."""

from __future__ import annotations

import io
import re
from pathlib import Path

from hypothesis import given

from graphbuilder.export import cypher, export
from graphbuilder.records import PropertyGraph

from .conftest import TEXT, node

ESCAPES = {"\\": "\\", "'": "'", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def script(graph: PropertyGraph) -> list[str]:
    out = io.StringIO()
    cypher.write(graph, out)
    return out.getvalue().split("\n")[:-1]


def test_constraints_come_first_then_nodes_then_relationships(graph: PropertyGraph, tmp_path: Path) -> None:
    export(graph, tmp_path / "g.cypher")
    lines = (tmp_path / "g.cypher").read_text(encoding="utf-8").split("\n")[:-1]
    verbs = [re.sub(r"\[.*\] AS", "", line)[:24] for line in lines]
    assert [*dict.fromkeys(verbs)] == [
        "CREATE CONSTRAINT Graphb",
        "CREATE INDEX Graphbuilde",
        "CREATE FULLTEXT INDEX Gr",
        "UNWIND  row CREATE (n:Gr",
        "UNWIND  row MATCH (a:Gra",
        "CREATE (n:GraphbuilderBu",
    ]
    assert all(line.endswith(";") for line in lines)


def test_no_statement_is_large() -> None:
    rows = [node("Paper", f"title:{n:016x}", title="x" * 1000) for n in range(1200)]
    lines = script(PropertyGraph({"Paper": rows}))
    assert max(map(len, lines)) < cypher.CHARACTERS + 2000
    small = script(PropertyGraph({"Method": [node("Method", f"m:{n}") for n in range(1200)]}))
    assert max(line.count("{id:'m:") for line in small) == cypher.ROWS
    assert sum(line.count("{id:'m:") for line in small) == 1200


@given(TEXT)
def test_a_text_becomes_one_literal_on_one_line(text: str) -> None:
    *_, line, _ = script(PropertyGraph({"Method": [{"id": text}]}))
    match = re.fullmatch(
        r"UNWIND \[\{id:'((?:[^'\\]|\\.)*)'\}\] AS row CREATE \(n:Graphbuilder:Method\) SET n = row;", line
    )
    assert match and not re.search(r"[\x00-\x1f]", line)
    body = re.sub(
        r"\\u([0-9A-F]{4})|\\(.)", lambda m: chr(int(m[1], 16)) if m[1] else ESCAPES[m[2]], match[1]
    )
    assert body == text
