"""The graph in one file, in the embedded engine.

A write builds a new file beside the old one, closes it and puts it in the old one's place in one step:
readers see the old graph or the new one, and a build that is killed leaves the old one whole. A file is
never changed afterwards; it is opened read-only.

The engine checks little when it opens a file, and a broken one can take the process down or give wrong
rows. So a file ends with a seal, a line of ours that says how long the file is; a file without its seal
(cut short, changed or written by another program) is never opened, and never overwritten either.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import ladybug

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import PropertyGraph, Row, edge_order
from graphbuilder.schema import EDGE_KINDS, EDGES, NODES, VERSION, Properties
from graphbuilder.stores import LIMIT, TIMEOUT, Progress, Rows, Store, guard, silent
from graphbuilder.stores.dialect import embedded

_MAGIC = b"LBUG"
_SEAL = b"\ngraphbuilder graph of %d bytes\n"

#: Bytes that the engine may hold in memory: enough to load a million edges, little beside a model.
_BUFFER = 1 << 30

_COLUMNS = {
    "string": "STRING",
    "int": "INT64",
    "float": "DOUBLE",
    "bool": "BOOL",
    "strings": "STRING[]",
    "ints": "INT64[]",
}

#: Standard functions that the engine lacks or names otherwise.
_MACROS = (
    "type(r) AS label(r)",
    "elementId(n) AS CAST(id(n) AS STRING)",
    "toInteger(x) AS CAST(x AS INT64)",
    "toFloat(x) AS CAST(x AS DOUBLE)",
    "toString(x) AS CAST(x AS STRING)",
    "split(x, separator) AS string_split(x, separator)",
    "head(list) AS list_extract(list, 1)",
    "last(list) AS list_extract(list, -1)",
    "datetime(x) AS timestamp(x)",
)


class LadybugStore(Store):
    """A graph in a file; see :class:`graphbuilder.stores.Store` for what its methods promise."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._database: Any = None
        self._connection: Any = None

    @property
    def uri(self) -> str:
        """The path, as it was given."""
        return str(self._path)

    def write(
        self, graph: PropertyGraph, manifest: Mapping[str, Any], progress: Progress | None = None
    ) -> None:
        """Build the file anew beside the old one, then take its place."""
        if self._path.exists():
            _check(self._path, reading=False)
        directory = self._path.absolute().parent
        try:
            directory.mkdir(parents=True, exist_ok=True)
            with _workplace(directory, f".{self._path.name}.") as folder:
                built = folder / "graph"
                _build(built, graph, {**manifest, "schema": VERSION}, progress or silent)
                _seal(built)
                self.close()
                # a log that some other program left would be replayed over the new file
                Path(f"{self._path}.wal").unlink(missing_ok=True)
                built.replace(self._path)
        except (OSError, RuntimeError) as error:
            raise GraphbuilderError(f"{self._path} cannot be written: {_reason(error)}") from error

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,
        limit: int = LIMIT,
    ) -> Rows:
        """Answer one read-only statement."""
        tokens = guard.check(cypher)
        given = dict(parameters or {})
        guard.check_parameters(tokens, given)
        connection = self._open()
        connection.set_query_timeout(max(1, int(timeout * 1000)))
        try:
            result = connection.execute(
                embedded(tokens, limit), {n: given[n] for n in guard.parameters(tokens)}
            )
        except RuntimeError as error:
            if "Interrupted" in str(error):
                raise GraphbuilderError(f"the query took longer than {timeout:g} s") from error
            raise GraphbuilderError(f"the query failed: {_reason(error)}") from error
        with contextlib.closing(result):
            columns = guard.columns(tokens, result.get_column_names())
            rows: list[Row] = []
            while result.has_next():
                values = result.get_next()
                if len(rows) == limit:
                    return Rows(columns, rows, truncated=True)
                rows.append(dict(zip(columns, map(_plain, values), strict=True)))
        return Rows(columns, rows)

    def read(self) -> PropertyGraph:
        """The whole graph: nodes by id, edges by their ends and values."""
        connection = self._open()
        nodes = {}
        edges = {}
        try:
            for label, properties in NODES.items():
                columns = ", ".join(f"n.`{name}`" for name in properties)
                rows = _rows(connection, f"MATCH (n:`{label}`) RETURN {columns}", properties)
                nodes[label] = sorted(rows, key=lambda row: row["id"])
            for kind in EDGE_KINDS:
                properties = {"source": "string", "target": "string", **EDGES[kind.type]}
                columns = ", ".join(f"e.`{name}`" for name in EDGES[kind.type])
                pattern = f"(a:`{kind.source}`)-[e:`{kind.type}`]->(b:`{kind.target}`)"
                found = list(_rows(connection, f"MATCH {pattern} RETURN a.id, b.id, {columns}", properties))
                if found:
                    edges[kind] = sorted(found, key=edge_order)
        except RuntimeError as error:
            raise GraphbuilderError(
                f"{self._path} does not hold what this release reads: build it again ({_reason(error)})"
            ) from error
        return PropertyGraph({label: rows for label, rows in nodes.items() if rows}, edges)

    def manifest(self) -> dict[str, Any]:
        """What the last write noted about the graph."""
        self._open()
        return dict(self._manifest)

    def version(self) -> int | None:
        """Version of the graph in the file; None if there is no file, or an empty one."""
        if not self._path.exists() or (self._path.is_file() and not self._path.stat().st_size):
            return None
        self._opened()
        return int(self._manifest["schema"])

    def close(self) -> None:
        """Close the file."""
        for opened in (self._connection, self._database):
            if opened is not None:
                opened.close()
        self._connection = self._database = None

    def _open(self) -> Any:
        """A connection to a graph of this version."""
        connection = self._opened()
        version = self._manifest["schema"]
        if version != VERSION:
            self.close()
            raise GraphbuilderError(
                f"{self._path} holds a graph of version {version}, this release reads version {VERSION}:"
                " build it again"
            )
        return connection

    def _opened(self) -> Any:
        """A connection to a graph of any version."""
        if self._connection is None:
            _check(self._path)
            try:
                self._database = ladybug.Database(str(self._path), read_only=True, buffer_pool_size=_BUFFER)
                self._connection = ladybug.Connection(self._database)
                self._manifest = _read_manifest(self._connection)
            except RuntimeError as error:
                self.close()
                raise GraphbuilderError(f"{self._path} cannot be opened: {_reason(error)}") from error
            if not isinstance(self._manifest.get("schema"), int):
                self.close()
                raise GraphbuilderError(f"{self._path} is no graph of graphbuilder")
        return self._connection


def _build(path: Path, graph: PropertyGraph, manifest: Mapping[str, Any], progress: Progress) -> None:
    """Write the graph to a new file, whole and closed."""
    database = ladybug.Database(str(path), buffer_pool_size=_BUFFER)
    connection = ladybug.Connection(database)
    try:
        for statement in _definitions():
            connection.execute(statement)
        done, total = 0, sum(map(len, graph.nodes.values()))
        for label, rows in sorted(graph.nodes.items()):
            if rows:
                connection.execute(f"COPY `{label}` FROM $rows", {"rows": _table(rows, NODES[label])})
            done += len(rows)
            progress("nodes", done, total)
        done, total = 0, sum(map(len, graph.edges.values()))
        for kind, rows in sorted(graph.edges.items()):
            if rows:
                properties: Properties = {"source": "string", "target": "string", **EDGES[kind.type]}
                connection.execute(
                    f"COPY `{kind.type}` FROM $rows (from='{kind.source}', to='{kind.target}')",
                    {"rows": _table(rows, properties)},
                )
            done += len(rows)
            progress("edges", done, total)
        # a comment on a table is in the file, yet no query over the graph can stumble on it
        note = json.dumps(dict(manifest), sort_keys=True).replace("\\", "\\\\").replace("'", "\\'")
        connection.execute(f"COMMENT ON TABLE Paper IS '{note}'")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
        database.close()


def _definitions() -> Iterator[str]:
    for label, properties in NODES.items():
        columns = ", ".join(f"`{name}` {_COLUMNS[kind]}" for name, kind in properties.items())
        yield f"CREATE NODE TABLE `{label}`({columns}, PRIMARY KEY(id))"
    for edge, properties in EDGES.items():
        pairs = ", ".join(f"FROM `{k.source}` TO `{k.target}`" for k in EDGE_KINDS if k.type == edge)
        columns = ", ".join(f"`{name}` {_COLUMNS[kind]}" for name, kind in properties.items())
        yield f"CREATE REL TABLE `{edge}`({pairs}, {columns})"
    for macro in _MACROS:
        yield f"CREATE MACRO {macro}"


def _table(rows: list[Row], properties: Properties) -> Any:
    """The rows as an Arrow table with the columns that the schema gives."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "strings": pa.list_(pa.string()),
        "ints": pa.list_(pa.int64()),
    }
    columns = {}
    for name, kind in properties.items():
        missing: Any = [] if kind in ("strings", "ints") else None
        values = [missing if (value := row.get(name)) is None else value for row in rows]
        columns[name] = pa.array(values, types[kind])
    return pa.table(columns)


def _rows(connection: Any, query: str, properties: Properties) -> Iterator[Row]:
    with contextlib.closing(connection.execute(query)) as result:
        names = list(properties)
        while result.has_next():
            yield dict(zip(names, result.get_next(), strict=True))


def _plain(value: Any) -> Any:
    """A value as plain Python: nodes and edges without the engine's own fields, integers as int."""
    if isinstance(value, dict):
        return _plain_dict(value)
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def _plain_dict(value: dict[str, Any]) -> dict[str, Any]:
    if "_NODES" in value and "_RELS" in value:
        return {"nodes": _plain(value["_NODES"]), "edges": _plain(value["_RELS"])}
    label = value.get("_LABEL")
    if label in EDGES and "_SRC" in value:
        return {"type": label} | {name: _plain(value.get(name)) for name in EDGES[label]}
    if label in NODES and "_ID" in value:
        # a node that may be of several labels comes with the properties of all of them
        return {name: _plain(value.get(name)) for name in NODES[label]}
    return {name: _plain(inner) for name, inner in value.items()}


def _read_manifest(connection: Any) -> dict[str, Any]:
    with contextlib.closing(
        connection.execute("CALL show_tables() WHERE name = 'Paper' RETURN comment")
    ) as result:
        note = result.get_next()[0] if result.has_next() else ""
    try:
        manifest = json.loads(note or "{}")
    except ValueError:
        return {}
    return manifest if isinstance(manifest, dict) else {}


@contextlib.contextmanager
def _workplace(directory: Path, prefix: str) -> Iterator[Path]:
    """A folder to build in, gone afterwards; sweeps up those that killed builds have left."""
    for left in directory.glob(f"{glob.escape(prefix)}*/lock"):
        with left.open() as lock, contextlib.suppress(OSError):
            _hold(lock)
            shutil.rmtree(left.parent)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=directory) as name:
        folder = Path(name)
        with (folder / "lock").open("w") as lock:
            with contextlib.suppress(OSError):
                _hold(lock)
            yield folder


def _hold(lock: IO[str]) -> None:
    """Lock the file as long as it is open; raises OSError if another process does."""
    try:
        import fcntl
    except ImportError as error:  # not on this system: nothing is swept up there
        raise OSError("no file locks") from error
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _seal(path: Path) -> None:
    with path.open("ab") as file:
        file.write(_SEAL % file.tell())
        file.flush()
        os.fsync(file.fileno())


def _sealed(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 100))
        found = re.search(rb"\ngraphbuilder graph of (\d+) bytes\n\Z", file.read())
    return found is not None and int(found[1]) + len(found[0]) == size and not Path(f"{path}.wal").exists()


def _check(path: Path, *, reading: bool = True) -> None:
    """Raise one clear line unless the file is a graph that was written whole (or, to write, is empty)."""
    if not path.exists():
        raise GraphbuilderError(
            f"{path}: no such graph (build it first: graphbuilder build SOURCE... --graph {path})"
        )
    if path.is_dir():
        raise GraphbuilderError(f"{path} is a directory, not a file with a graph")
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        sealed = _sealed(path)
    except OSError as error:
        raise GraphbuilderError(f"{path} cannot be read: {error.strerror}") from error
    if start == b"" and not reading:
        return
    advice = "give another path" if reading else "it is left alone: give another path, or remove it first"
    if start != _MAGIC:
        raise GraphbuilderError(f"{path} is some other file, not a graph: {advice}")
    if not sealed:
        raise GraphbuilderError(
            f"{path} is no whole graph (cut short, changed or written by another program): "
            + ("remove it and build it again" if reading else "it is left alone, remove it first")
        )


def _reason(error: Exception) -> str:
    """The first line of what the engine or the system says, without the engine's own prefix."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    line = str(error).strip().split("\n", 1)[0]
    return re.sub(r"^(?:Runtime|IO|Parser|Binder|Catalog|Copy|Connection) exception: ", "", line)
