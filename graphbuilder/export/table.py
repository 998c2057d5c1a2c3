"""What a person reads as a table: the literature by what papers do, or the matrix of methods and tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from graphbuilder.export import tables
from graphbuilder.records import ENTITY_TYPES, EdgeKind, PropertyGraph, Row
from graphbuilder.schema import ROLE_EDGES

#: Empty cells of the matrix to name: the ones that one would expect most to be filled.
_GAPS = 20

_MATRIX = EdgeKind("APPLIED_TO", "Method", "Concept")
_ROLES = tuple(ROLE_EDGES.values())


class Item(NamedTuple):
    """A piece of a cell: what it says, where it leads, and the sentence behind it."""

    text: str
    link: str | None = None
    note: str | None = None


class Table(NamedTuple):
    """A table of cells, each a list of items, with lines of text to stand above it."""

    title: str
    remarks: list[str]
    columns: list[str]
    rows: list[list[list[Item]]]


def table(graph: PropertyGraph) -> Table:
    """The table that suits the graph: the matrix for a method-task matrix, else the literature table."""
    return _matrix(graph) if _MATRIX in graph.edges else _literature(graph)


def _literature(graph: PropertyGraph) -> Table:
    """Papers by year, newest first, with what they introduce, use, study, evaluate on, measure and report."""
    columns = ["Year", "Paper", "Authors", "Introduces", "Methods", "Tasks", "Datasets", "Metrics", "Results"]
    cells: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for kind, row, item in _mentions(graph):
        cells[row["source"]][_column(kind)].append(item)
    results = _results(graph)
    authors = _authors(graph)
    rows = []
    for paper in sorted(
        graph.nodes.get("Paper", []), key=lambda p: (-(p.get("year") or 0), p.get("title") or "", p["id"])
    ):
        found = cells[paper["id"]]
        found["Results"] = results[paper["id"]]
        found["Authors"] = [Item(name) for name in authors[paper["id"]]]
        found["Year"] = [Item(str(paper["year"]))] if paper.get("year") is not None else []
        found["Paper"] = [Item(paper.get("title") or paper["id"], _link(paper))]
        rows.append([found[column] for column in columns])
    return Table("Literature", [f"{len(rows)} papers"], columns, rows)


def _matrix(graph: PropertyGraph) -> Table:
    """Methods by tasks: how many papers each cell has; the likeliest of the empty ones are named above."""
    methods, tasks = (
        sorted(graph.nodes.get(label, []), key=lambda row: (-(row.get("papers") or 0), row["id"]))
        for label in ("Method", "Concept")
    )
    cells = {(row["source"], row["target"]): row for row in graph.edges[_MATRIX]}
    rows = []
    for method in methods:
        line = [[Item(_name(method))]]
        for task in tasks:
            cell = cells.get((method["id"], task["id"]))
            line.append([Item(str(cell["papers"]), note=", ".join(cell["shared"]))] if cell else [])
        rows.append(line)
    empty = [
        ((m.get("papers") or 0) * (t.get("papers") or 0), _name(m), _name(t))
        for m in methods
        for t in tasks
        if (m["id"], t["id"]) not in cells
    ]
    empty.sort(key=lambda gap: (-gap[0], gap[1:]))
    remarks = [
        f"{len(methods)} methods and {len(tasks)} tasks: papers that work with the one on the other; "
        f"{len(empty)} of {len(methods) * len(tasks)} cells are empty"
    ]
    if empty:
        gaps = "; ".join(f"{method} for {task}" for _, method, task in empty[:_GAPS])
        remarks.append(f"Not tried, though both are common: {gaps}")
    return Table("Methods and tasks", remarks, ["", *map(_name, tasks)], rows)


def _mentions(graph: PropertyGraph) -> Iterable[tuple[EdgeKind, Row, Item]]:
    for role in _ROLES:
        for label in ENTITY_TYPES:
            kind = EdgeKind(role, "Paper", label)
            rows = graph.edges.get(kind, [])
            names = {row["id"]: _name(row) for row in graph.nodes.get(label, [])} if rows else {}
            items = [(row, Item(names[row["target"]], note=row.get("sentence"))) for row in rows]
            for row, item in sorted(items, key=lambda pair: (pair[1].text, pair[0]["target"])):
                yield kind, row, item


def _column(kind: EdgeKind) -> str:
    if kind.type == "INTRODUCES":
        return "Introduces"
    return {"Method": "Methods", "Dataset": "Datasets", "Metric": "Metrics", "Concept": "Tasks"}[kind.target]


def _results(graph: PropertyGraph) -> dict[str, list[Item]]:
    """What each paper reports: value, metric and dataset in words."""
    reported = {row["id"]: row for row in graph.nodes.get("Result", [])}
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, rows in graph.edges.items():
        if kind.type in ("OF", "ON"):
            names = {row["id"]: _name(row) for row in graph.nodes.get(kind.target, [])}
            for row in rows:
                ends[row["source"]][kind.type] = names[row["target"]]
    found: dict[str, list[Item]] = defaultdict(list)
    for row in graph.edges.get(EdgeKind("REPORTS", "Paper", "Result"), []):
        result = reported[row["target"]]
        end = ends[row["target"]]
        words = [
            result.get("value"),
            end.get("OF") or result.get("metric"),
            end.get("ON") and f"on {end['ON']}",
        ]
        text = " ".join(word for word in words if word)
        found[row["source"]].append(Item(text, note=row.get("sentence")))
    return found


def _authors(graph: PropertyGraph) -> dict[str, list[str]]:
    names = {row["id"]: _name(row) for row in graph.nodes.get("Author", [])}
    found: dict[str, list[str]] = defaultdict(list)
    wrote = graph.edges.get(EdgeKind("WROTE", "Author", "Paper"), [])
    for row in sorted(wrote, key=lambda row: (row.get("position") or 0, row["source"])):
        found[row["target"]].append(names[row["source"]])
    return found


def _link(paper: Row) -> str | None:
    if paper.get("url"):
        return str(paper["url"])
    if paper.get("doi"):
        return f"https://doi.org/{paper['doi']}"
    return f"https://arxiv.org/abs/{paper['arxiv_id']}" if paper.get("arxiv_id") else None


def _name(row: Row) -> str:
    return tables.title(row.get("kind") or "", row)
