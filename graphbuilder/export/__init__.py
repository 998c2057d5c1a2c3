"""The graph in the formats that other tools read: one module a format, found by :func:`resolve`.

A module of a format has ``write(graph, out)``, where ``out`` is a text file or, if its :class:`Format` says
so, a new folder; one that writes a folder has ``ours(name)`` too, which knows the names of its files.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphbuilder.errors import GraphbuilderError
from graphbuilder.export.networks import NETWORKS, derive
from graphbuilder.records import PropertyGraph

if TYPE_CHECKING:
    import networkx

    from graphbuilder.export.selection import Selection


class Format(NamedTuple):
    """A format: its name, the file extensions that mean it, what it writes to, and for whom it is."""

    name: str
    suffixes: tuple[str, ...]
    writes: Literal["text", "folder"]
    about: str


class Written(NamedTuple):
    """What an export wrote, and how many nodes and edges the part of the graph had."""

    path: Path
    format: str
    nodes: int
    edges: int


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format("graphml", (".graphml",), "text", "networkx, igraph, Gephi, Cytoscape, yEd"),
        Format("gexf", (".gexf",), "text", "Gephi"),
        Format("node-link", (".json",), "text", "networkx, D3"),
        Format("cytoscape", (".cyjs",), "text", "Cytoscape, Cytoscape.js"),
        Format("jsonl", (".jsonl", ".ndjson"), "text", "scripts: each node and edge as a line"),
        Format("csv", (".csv",), "folder", "pandas, R: a table for each label and edge type"),
        Format("parquet", (".parquet",), "folder", "pandas, polars, DuckDB: the same, typed"),
        Format("cypher", (".cypher", ".cql"), "text", "an empty Neo4j, by cypher-shell or a driver"),
        Format("neo4j-admin", (), "folder", "an empty Neo4j, by neo4j-admin database import"),
        Format("turtle", (".ttl",), "text", "RDF stores: schema.org, FaBiO, CiTO, PROV"),
        Format("json-ld", (".jsonld",), "text", "the same for the web"),
        Format("bibtex", (".bib",), "text", "LaTeX, Zotero, JabRef"),
        Format("csl", (".csl.json",), "text", "Zotero, pandoc"),
        Format("markdown", (".md",), "text", "people: the literature table, or the matrix"),
        Format("html", (".html", ".htm"), "text", "the same as a page, with the sentences"),
        Format("spreadsheet", (), "text", "the same as one CSV file"),
    )
}


def export(
    graph: PropertyGraph,
    path: str | Path,
    format: str | None = None,
    *,
    select: Selection | None = None,
    network: str | None = None,
    top: int = 50,
) -> Written:
    """Write a graph, a part of it, or a network derived from it.

    Equal graphs give equal bytes, and the file or folder appears whole or not at all.

    Args:
        graph: what to write.
        path: the file or folder; ``-`` is standard output; ``.gz`` behind a file's extension compresses.
        format: a name of :data:`FORMATS`; by default the extension decides.
        select: the part of the graph to take.
        network: a name of :data:`graphbuilder.export.networks.NETWORKS`, derived from that part.
        top: methods and tasks of the method-task matrix.

    Raises:
        GraphbuilderError: an unknown format, name or network, or a place that cannot be written.
    """
    from graphbuilder.export import files

    chosen = resolve(path, format, network)
    path = Path(path)
    check_place(path, chosen)
    if select is not None:
        graph = select(graph)
    if network is not None:
        graph = derive(graph, network, top)
    write = _module(chosen).write
    if chosen.writes == "folder":
        with files.replacing_folder(path) as folder:
            write(graph, folder)
    else:
        with files.replacing_file(path) as out:
            text = files.text(out)
            write(graph, text)
            text.flush()
            text.detach()
    return Written(path, chosen.name, _size(graph.nodes), _size(graph.edges))


def resolve(path: str | Path, format: str | None = None, network: str | None = None) -> Format:
    """The format of that name, else the one that the extension of ``path`` means.

    Raises:
        GraphbuilderError: neither tells, or there is no such network.
    """
    known = ", ".join(FORMATS)
    if network is not None and network not in NETWORKS:
        raise GraphbuilderError(f"unknown network {network!r}; there are {', '.join(NETWORKS)}")
    if format is not None and format not in FORMATS:
        raise GraphbuilderError(f"unknown format {format!r}; there are {known}")
    if format is not None:
        return FORMATS[format]
    name = str(path).casefold().removesuffix(".gz")
    if network == "method-task-matrix" and name.endswith(".csv"):
        return FORMATS["spreadsheet"]
    matching = [(len(suffix), f) for f in FORMATS.values() for suffix in f.suffixes if name.endswith(suffix)]
    if matching:
        return max(matching)[1]
    raise GraphbuilderError(f"cannot tell the format of {path} from its extension; give --format: {known}")


def check_place(path: str | Path, format: Format) -> None:
    """Refuse a place that cannot hold the export, before any work is done for it.

    Raises:
        GraphbuilderError: no such folder, a folder where a file should be or the other way round, or a
            folder that holds anything but an earlier export.
    """
    path = Path(path)
    try:
        reason = _objection(path, format)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
    if reason:
        raise GraphbuilderError(f"cannot write {path}: {reason}")


def to_networkx(graph: PropertyGraph) -> networkx.MultiDiGraph:
    """The graph for networkx: nodes by id with their properties and ``kind``, edges with their ``type``.

    An edge's key is its type, with a number behind it from the second one between the same nodes on
    (``G[a][b]["USES"]``, ``G[a][b]["USED_FOR 2"]``). A missing value has no attribute; lists stay lists.
    """
    import networkx

    from graphbuilder.export import tables

    key = tables.Keys(graph)
    result = networkx.MultiDiGraph()
    for label, properties, rows in tables.nodes(graph):
        for row in rows:
            attributes = tables.values(row, properties) | {"kind": label}
            result.add_node(key(label, str(attributes.pop("id"))), **attributes)
    for kind, properties, rows in tables.edges(graph):
        for row in rows:
            source, target = key(kind.source, row["source"]), key(kind.target, row["target"])
            name, number = kind.type, 1
            while result.has_edge(source, target, name):
                number += 1
                name = f"{kind.type} {number}"
            result.add_edge(source, target, name, type=kind.type, **tables.values(row, properties))
    return result


def _objection(path: Path, format: Format) -> str | None:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    if format.writes == "text":
        return f"it is a folder, and {format.name} writes a file" if path.is_dir() else None
    if str(path) == "-":
        return f"{format.name} writes a folder, which standard output cannot hold"
    if not path.is_dir():
        return f"it is a file, and {format.name} writes a folder" if path.exists() else None
    foreign = sorted(entry.name for entry in path.iterdir() if not _module(format).ours(entry.name))
    return f"the folder holds {foreign[0]!r}, which is no part of an export" if foreign else None


def _module(format: Format) -> Any:
    return importlib.import_module(f"graphbuilder.export.{format.name.replace('-', '_')}")


def _size(tables_of: dict[Any, list[dict[str, Any]]]) -> int:
    return sum(map(len, tables_of.values()))
