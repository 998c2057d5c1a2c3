"""A folder for ``neo4j-admin database import full``: the fastest way into an empty Neo4j 5 database.

Each label and each kind of edge has a file of data and one with its header. ``import.sh`` holds the command,
``indexes.cypher`` what to run once the server is up. The result is what ``graphbuilder build`` would have
written into the server, as with :mod:`cypher`. Elements of a list are parted by a control character that
occurs in none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from graphbuilder import schema
from graphbuilder.errors import GraphbuilderError
from graphbuilder.export import networks, tables
from graphbuilder.export.arrow import ListText, Table, arrow_schema, batches
from graphbuilder.export.cypher import LABEL, NOTE, note, schema_statements
from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import Properties

#: Separators that ASCII has for this, then characters that Unicode leaves to private use.
_DELIMITERS = "\x1f\x1e\x1d\x1c" + "".join(map(chr, range(0xE000, 0xE100)))
_TYPES = {
    "string": "string",
    "int": "long",
    "float": "double",
    "bool": "boolean",
    "strings": "string[]",
    "ints": "long[]",
}
_KIND = "|".join([*schema.NODES, NOTE])
_EDGE = "|".join([*schema.EDGES, *networks.EDGES])
_NAME = re.compile(rf"(?:(?:{_KIND})|(?:{_EDGE})-(?:{_KIND})-(?:{_KIND}))(?:-header)?\.csv")
_SCRIPT = """#!/bin/sh
# Fill an empty database while the server is stopped: sh import.sh [DATABASE] (neo4j by default).
cd "$(dirname "$0")" || exit 1
exec "${{NEO4J_ADMIN:-neo4j-admin}}" database import full "${{1:-neo4j}}" \\
  --id-type=string --array-delimiter=U+{delimiter:04X} --multiline-fields=true{arguments}
"""


def write(graph: PropertyGraph, folder: Path) -> None:
    """Write headers, data, ``import.sh`` and ``indexes.cypher`` into ``folder``."""
    key = tables.Keys(graph)
    delimiter = _delimiter(graph)

    def joined(values: Sequence[object]) -> str | None:
        return delimiter.join(map(str, values)) if values else None

    arguments = []
    for label, properties, rows in tables.nodes(graph):
        keyed = [row | {"id": key(label, row["id"])} for row in rows] if key.shared else rows
        _write(
            folder,
            label,
            ["id:ID", *_header(properties)[1:]],
            Table(label, properties, [(None, keyed)]),
            joined,
        )
        arguments.append(f"--nodes={LABEL}:{label}={label}-header.csv,{label}.csv")
    written: Properties = dict.fromkeys(note(graph), "string")
    _write(folder, NOTE, _header(written), Table(NOTE, written, [(None, [note(graph)])]), joined)
    arguments.append(f"--nodes={NOTE}={NOTE}-header.csv,{NOTE}.csv")
    for kind, properties, rows in tables.edges(graph):
        name = "-".join(kind)
        keyed = [_keyed(row, kind, key) for row in rows] if key.shared else rows
        columns: Properties = {"source": "string", "target": "string", **properties}
        header = [":START_ID", ":END_ID", *_header(properties)]
        _write(folder, name, header, Table(name, columns, [(None, keyed)]), joined)
        arguments.append(f"--relationships={kind.type}={name}-header.csv,{name}.csv")
    script = _SCRIPT.format(
        delimiter=ord(delimiter), arguments="".join(f" \\\n  {argument}" for argument in arguments)
    )
    (folder / "import.sh").write_text(script, encoding="utf-8", newline="\n")
    (folder / "import.sh").chmod(0o755)
    indexes = "".join(f"{statement};\n" for statement in schema_statements())
    (folder / "indexes.cypher").write_text(indexes, encoding="utf-8", newline="\n")


def ours(name: str) -> bool:
    """Whether an export, or the import that it leads to, writes a file of that name."""
    return name in ("import.sh", "indexes.cypher", "import.report") or _NAME.fullmatch(name) is not None


def _header(properties: Properties) -> list[str]:
    return [f"{name}:{_TYPES[kind]}" for name, kind in properties.items()]


def _keyed(row: Row, kind: EdgeKind, key: tables.Keys) -> Row:
    return row | {"source": key(kind.source, row["source"]), "target": key(kind.target, row["target"])}


def _delimiter(graph: PropertyGraph) -> str:
    """A character that no list of the graph holds."""
    taken: set[str] = set()
    columns = [(t.properties, t.rows) for t in tables.nodes(graph)]
    columns += [(t.properties, t.rows) for t in tables.edges(graph)]
    for properties, rows in columns:
        for name in (name for name, kind in properties.items() if kind == "strings"):
            for row in rows:
                for value in row.get(name) or ():
                    taken.update(value)
    free = (character for character in _DELIMITERS if character not in taken)
    delimiter = next(free, None)
    if delimiter is None:
        raise GraphbuilderError("the lists of the graph hold every character that could part them")
    return delimiter


def _write(folder: Path, name: str, header: list[str], table: Table, joined: ListText) -> None:
    from pyarrow.csv import CSVWriter, WriteOptions

    (folder / f"{name}-header.csv").write_text(",".join(header) + "\n", encoding="utf-8", newline="\n")
    target, options = str(folder / f"{name}.csv"), WriteOptions(include_header=False)
    with CSVWriter(target, arrow_schema(table.columns, joined), write_options=options) as out:
        for batch in batches(table, joined):
            out.write_batch(batch)
