"""A folder of Parquet files: one a label, one an edge type, with typed columns and real lists."""

from __future__ import annotations

from pathlib import Path

from graphbuilder import schema
from graphbuilder.export import networks
from graphbuilder.export.arrow import arrow_schema, arrow_tables, batches
from graphbuilder.records import PropertyGraph

_NAMES = {f"{name}.parquet" for name in (*schema.NODES, *schema.EDGES, *networks.EDGES)}


def write(graph: PropertyGraph, folder: Path) -> None:
    """Write ``Paper.parquet``, ``USES.parquet``, ... into ``folder``."""
    from pyarrow.parquet import ParquetWriter

    for table in arrow_tables(graph):
        target = str(folder / f"{table.name}.parquet")
        with ParquetWriter(target, arrow_schema(table.columns), compression="zstd") as out:
            for batch in batches(table):
                out.write_batch(batch)


def ours(name: str) -> bool:
    """Whether an export writes a file of that name."""
    return name in _NAMES
