"""A folder for ``neo4j-admin database import full``: the fastest way into an empty Neo4j 5 database.

Each label and each kind of edge has a file of data and one with its header. ``import.sh`` holds the command.
Ids live in a space for each label, so that labels may share them. Elements of a list are parted by U+001F,
which no text needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from graphbuilder import schema
from graphbuilder.export import networks, tables
from graphbuilder.export.arrow import Table, arrow_schema, batches
from graphbuilder.records import PropertyGraph
from graphbuilder.schema import Properties

_DELIMITER = "\x1f"
_TYPES = {
    "string": "string",
    "int": "long",
    "float": "double",
    "bool": "boolean",
    "strings": "string[]",
    "ints": "long[]",
}
_KIND = "|".join(schema.NODES)
_EDGE = "|".join([*schema.EDGES, *networks.EDGES])
_NAME = re.compile(rf"(?:(?:{_KIND})|(?:{_EDGE})-(?:{_KIND})-(?:{_KIND}))(?:-header)?\.csv")
_SCRIPT = """#!/bin/sh
# Fill an empty database while the server is stopped: sh import.sh [DATABASE] (neo4j by default).
cd "$(dirname "$0")" || exit 1
exec "${{NEO4J_ADMIN:-neo4j-admin}}" database import full "${{1:-neo4j}}" \\
  --id-type=string --array-delimiter=U+001F --multiline-fields=true{arguments}
"""


def write(graph: PropertyGraph, folder: Path) -> None:
    """Write headers, data and ``import.sh`` into ``folder``."""
    arguments = []
    for label, properties, rows in tables.nodes(graph):
        header = [f"id:ID({label})", *_header(properties, "id")]
        _write(folder, label, header, Table(label, properties, [(None, rows)]))
        arguments.append(f"--nodes={label}={label}-header.csv,{label}.csv")
    for kind, properties, rows in tables.edges(graph):
        name = "-".join(kind)
        header = [f":START_ID({kind.source})", f":END_ID({kind.target})", *_header(properties)]
        columns: Properties = {"source": "string", "target": "string", **properties}
        _write(folder, name, header, Table(name, columns, [(None, rows)]))
        arguments.append(f"--relationships={kind.type}={name}-header.csv,{name}.csv")
    script = _SCRIPT.format(arguments="".join(f" \\\n  {argument}" for argument in arguments))
    (folder / "import.sh").write_text(script, encoding="utf-8", newline="\n")
    (folder / "import.sh").chmod(0o755)


def ours(name: str) -> bool:
    """Whether an export writes a file of that name."""
    return name == "import.sh" or _NAME.fullmatch(name) is not None


def _header(properties: Properties, *without: str) -> list[str]:
    return [f"{name}:{_TYPES[kind]}" for name, kind in properties.items() if name not in without]


def _write(folder: Path, name: str, header: list[str], table: Table) -> None:
    from pyarrow.csv import CSVWriter, WriteOptions

    (folder / f"{name}-header.csv").write_text(",".join(header) + "\n", encoding="utf-8", newline="\n")
    options = WriteOptions(include_header=False)
    with CSVWriter(
        str(folder / f"{name}.csv"), arrow_schema(table.columns, _joined), write_options=options
    ) as out:
        for batch in batches(table, _joined):
            out.write_batch(batch)


def _joined(values: Sequence[object]) -> str | None:
    return _DELIMITER.join(str(value).replace(_DELIMITER, " ") for value in values) if values else None
