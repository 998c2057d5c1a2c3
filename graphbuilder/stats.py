"""What a graph holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphbuilder.records import ENTITY_TYPES, PropertyGraph


def stats(graph: PropertyGraph, manifest: Mapping[str, Any] | None = None, top: int = 10) -> dict[str, Any]:
    """Counts of a graph, as one JSON object.

    Returns:
        ``nodes`` and ``edges``: number by label and by type, names in order; ``most_used``: for each entity
        type the ``top`` entities with most papers, each ``{"name", "papers"}``; ``years``: number of papers
        by year, unknown ones under ``"unknown"``; ``without_abstract`` and ``external``: number of such
        papers; ``merged``: records that were a work already seen, None if the build did not count them;
        ``build``: what the last build wrote down (``manifest``), as it is.
    """
    build = dict(manifest or {})
    counted = "records" in build and "papers" in build
    papers = graph.nodes.get("Paper", [])
    edges: Counter[str] = Counter()
    for kind, rows in graph.edges.items():
        edges[kind.type] += len(rows)
    years = Counter(row["year"] for row in papers if row.get("year") is not None)
    by_year = {str(year): years[year] for year in sorted(years)}
    if unknown := len(papers) - years.total():
        by_year["unknown"] = unknown
    return {
        "nodes": {label: len(graph.nodes[label]) for label in sorted(graph.nodes) if graph.nodes[label]},
        "edges": {name: edges[name] for name in sorted(edges) if edges[name]},
        "most_used": {t: _most_used(graph, t, top) for t in ENTITY_TYPES if graph.nodes.get(t)},
        "years": by_year,
        "without_abstract": sum(not row.get("abstract") for row in papers),
        "external": sum(bool(row.get("external")) for row in papers),
        "merged": build["records"] - build["papers"] if counted else None,
        "build": build,
    }


def _most_used(graph: PropertyGraph, label: str, top: int) -> list[dict[str, Any]]:
    rows = sorted(graph.nodes[label], key=lambda row: (-(row.get("papers") or 0), row["id"]))
    return [{"name": row.get("name") or row["id"], "papers": row.get("papers") or 0} for row in rows[:top]]
