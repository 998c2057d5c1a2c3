"""A folder of CSV files: one a label, one an edge type, each with a line of names.

A missing value is an empty field, an empty string is ``""``; lists are JSON arrays.
"""

from __future__ import annotations

from pathlib import Path

from graphbuilder import schema
from graphbuilder.export import networks, tables
from graphbuilder.export.arrow import arrow_schema, arrow_tables, batches
from graphbuilder.records import PropertyGraph

_NAMES = {f"{name}.csv" for name in (*schema.NODES, *schema.EDGES, *networks.EDGES)}


def write(graph: PropertyGraph, folder: Path) -> None:
    """Write ``Paper.csv``, ``USES.csv``, ... into ``folder``."""
    from pyarrow.csv import CSVWriter

    for table in arrow_tables(graph):
        target = str(folder / f"{table.name}.csv")
        with CSVWriter(target, arrow_schema(table.columns, tables.as_text)) as out:
            for batch in batches(table, tables.as_text):
                out.write_batch(batch)


def ours(name: str) -> bool:
    """Whether an export writes a file of that name."""
    return name in _NAMES
