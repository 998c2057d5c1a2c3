"""The graph as Arrow tables: one a label, one an edge type, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from graphbuilder.export import tables
from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import Properties

if TYPE_CHECKING:
    import pyarrow

#: Writes a list as a string, for formats that have no lists.
ListText = Callable[[Sequence[object]], str | None]

_BATCH = 20_000
_LISTS = ("strings", "ints")


class Table(NamedTuple):
    """A table to write: its name, columns, and rows with the kind of edge that they are (None for nodes)."""

    name: str
    columns: Properties
    parts: list[tuple[EdgeKind | None, list[Row]]]


def arrow_tables(graph: PropertyGraph) -> Iterator[Table]:
    """A table for each label, and one for each edge type: its ends with their labels first."""
    for table in tables.nodes(graph):
        yield Table(table.label, table.properties, [(None, table.rows)])
    ends: Properties = {
        "source_kind": "string",
        "source": "string",
        "target_kind": "string",
        "target": "string",
    }
    for name, of_type in groupby(tables.edges(graph), key=lambda table: table.kind.type):
        parts = list(of_type)
        yield Table(name, ends | parts[0].properties, [(part.kind, part.rows) for part in parts])


def arrow_schema(columns: Properties, lists: ListText | None = None) -> pyarrow.Schema:
    """The Arrow types of the columns; lists are strings if ``lists`` writes them."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "strings": pa.string() if lists else pa.list_(pa.string()),
        "ints": pa.string() if lists else pa.list_(pa.int64()),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def batches(table: Table, lists: ListText | None = None) -> Iterator[pyarrow.RecordBatch]:
    """The rows of a table, some thousands at a time."""
    import pyarrow as pa

    schema = arrow_schema(table.columns, lists)
    for kind, rows in table.parts:
        for start in range(0, len(rows), _BATCH):
            part = rows[start : start + _BATCH]
            yield pa.RecordBatch.from_arrays(
                [_column(name, table.columns[name], kind, part, field.type, lists) for name, field in
                 zip(table.columns, schema, strict=True)],
                schema=schema,
            )  # fmt: skip


def _column(
    name: str,
    kind_of: str,
    edge: EdgeKind | None,
    rows: list[Row],
    arrow_type: object,
    lists: ListText | None,
) -> pyarrow.Array:
    import pyarrow as pa

    values: list[object]
    if edge is not None and name in ("source_kind", "target_kind"):
        values = [edge.source if name == "source_kind" else edge.target] * len(rows)
    else:
        values = [row.get(name) for row in rows]
    if kind_of in _LISTS:
        values = [lists(value or ()) if lists else value or [] for value in values]  # type: ignore[arg-type]
    elif kind_of == "float":
        values = [None if value is not None and value - value != 0 else value for value in values]  # type: ignore[operator]
    try:
        return pa.array(values, arrow_type)
    except UnicodeEncodeError:  # a lone surrogate
        return pa.array([_encodable(value) for value in values], arrow_type)


def _encodable(value: object) -> object:
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
