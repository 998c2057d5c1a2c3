"""Networks derived from the graph: what papers and methods have to do with each other.

Each is a property graph again, so every format writes it. None compares all pairs: a network is the
projection of who shares what, taken over the shared things, and what more than :data:`MOST` share is left
out (it says little, and would cost the square of its number).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import Properties

#: A thing that more than so many share does not join them.
MOST = 200
#: Neighbours that a paper keeps: its heaviest.
BEST = 20

_SHARING: Properties = {"weight": "float", "shared": "strings"}

#: Edge types of derived networks and their properties: ``shared`` are names or ids of what both ends share.
EDGES: dict[str, Properties] = {
    "SIMILAR": _SHARING,
    "CO_CITED": _SHARING,
    "COUPLED": _SHARING,
    "CO_OCCURS": _SHARING,
    "APPLIED_TO": {"papers": "int", "shared": "strings"},
}
UNDIRECTED = frozenset({"SIMILAR", "CO_CITED", "COUPLED", "CO_OCCURS"})

#: How a paper works with a method, and with a task.
_WORKS_WITH = ("INTRODUCES", "USES", "COMPARES")
_WORKS_ON = ("STUDIES", "INTRODUCES")


def derive(graph: PropertyGraph, name: str, top: int = 50) -> PropertyGraph:
    """A network of :data:`NETWORKS`, by name, as a graph of its own.

    ``top`` is the number of methods, and of tasks, that the method-task matrix holds.
    """
    if name == "method-task-matrix":
        return _method_task_matrix(graph, top)
    return NETWORKS[name](graph)


def _paper_similarity(graph: PropertyGraph) -> PropertyGraph:
    """Papers that share entities: the RELATED edges, each pair once, with the better of its two scores."""
    best: dict[tuple[str, str], Row] = {}
    for row in graph.edges.get(EdgeKind("RELATED", "Paper", "Paper"), []):
        pair = _ordered(row["source"], row["target"])
        weight, shared = row.get("score") or 0.0, row.get("shared") or []
        if pair not in best or weight > best[pair]["weight"]:
            best[pair] = _row(pair, weight, shared)
    return _network(graph, EdgeKind("SIMILAR", "Paper", "Paper"), [best[pair] for pair in sorted(best)])


def _co_citation(graph: PropertyGraph) -> PropertyGraph:
    """Papers that the same papers cite (Small 1973), each citing paper counted as in :func:`_projection`."""
    citing, cited = _citations(graph)
    return _network(graph, EdgeKind("CO_CITED", "Paper", "Paper"), _projection(cited, citing, BEST))


def _coupling(graph: PropertyGraph) -> PropertyGraph:
    """Papers that cite the same papers (Kessler 1963)."""
    citing, cited = _citations(graph)
    return _network(graph, EdgeKind("COUPLED", "Paper", "Paper"), _projection(citing, cited, BEST))


def _method_cooccurrence(graph: PropertyGraph) -> PropertyGraph:
    """Methods that the same papers introduce, use or compare."""
    methods, papers = _by_role(graph, "Method", _WORKS_WITH)
    return _network(graph, EdgeKind("CO_OCCURS", "Method", "Method"), _projection(methods, papers, None))


def _method_task_matrix(graph: PropertyGraph, top: int) -> PropertyGraph:
    """Which papers apply which method to which task, for the ``top`` methods and tasks with most papers.

    A paper applies a method to a task if it works with the one and studies the other, or says that the one
    is used for the other. Tasks are the concepts that some method is applied to.
    """
    methods, of_paper = _by_role(graph, "Method", _WORKS_WITH)
    tasks, tasks_of_paper = _by_role(graph, "Concept", _WORKS_ON)
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    best_methods = _largest(methods, top)
    best_tasks = _largest({t: p for t, p in tasks.items() if any(q in of_paper for q in p)}, top)
    for method in best_methods:
        for paper in methods[method]:
            for task in tasks_of_paper.get(paper, ()):
                if task in best_tasks:
                    cells[method, task].add(paper)
    for row in graph.edges.get(EdgeKind("USED_FOR", "Method", "Concept"), []):
        if row["source"] in best_methods and row["target"] in best_tasks and row.get("paper"):
            cells[row["source"], row["target"]].add(row["paper"])
    rows: list[Row] = [
        {"source": method, "target": task, "papers": len(papers), "shared": sorted(papers)}
        for (method, task), papers in sorted(cells.items())
    ]
    return PropertyGraph(
        nodes={
            "Method": [row for row in graph.nodes.get("Method", []) if row["id"] in best_methods],
            "Concept": [row for row in graph.nodes.get("Concept", []) if row["id"] in best_tasks],
        },
        edges={EdgeKind("APPLIED_TO", "Method", "Concept"): rows},
    )


def _projection(
    members: Mapping[str, Iterable[str]], groups: Mapping[str, list[str]], best: int | None
) -> list[Row]:
    """Pairs of members that share groups, each with the groups and a weight, in order.

    A group of n members adds 1 / (n - 1) to each of its pairs (Newman 2001, Physical Review E 64, 016132),
    so that a group gives each of its members one whole and large groups do not drown the rest. A pair stays
    if it is among the ``best`` heaviest of either end. Costs the sum of the squares of the group sizes,
    which :data:`MOST` bounds by MOST times the number of memberships.
    """
    share = {group: 1 / (len(of) - 1) for group, of in groups.items() if 1 < len(of) <= MOST}
    kept: dict[tuple[str, str], Row] = {}
    for member in sorted(members):
        shared: dict[str, list[str]] = defaultdict(list)
        for group in sorted(members[member]):
            if group in share:
                for other in groups[group]:
                    if other != member:
                        shared[other].append(group)
        weights = {other: sum(share[g] for g in of) for other, of in shared.items()}
        for other in sorted(weights, key=lambda o: (-weights[o], o))[:best]:
            pair = _ordered(member, other)
            if pair not in kept:
                kept[pair] = _row(pair, weights[other], shared[other])
    return [kept[pair] for pair in sorted(kept)]


def _citations(graph: PropertyGraph) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What each paper cites, and what cites each paper."""
    rows = graph.edges.get(EdgeKind("CITES", "Paper", "Paper"), [])
    pairs = {(row["source"], row["target"]) for row in rows}
    return _both_ways(pair for pair in pairs if pair[0] != pair[1])


def _by_role(
    graph: PropertyGraph, label: str, roles: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The papers of each entity of a label, and the entities of each paper, over some edge types."""
    return _both_ways(
        {
            (row["target"], row["source"])
            for role in roles
            for row in graph.edges.get(EdgeKind(role, "Paper", label), [])
        }
    )


def _both_ways(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    forward: dict[str, list[str]] = defaultdict(list)
    back: dict[str, list[str]] = defaultdict(list)
    for a, b in sorted(pairs):
        forward[a].append(b)
        back[b].append(a)
    return forward, back


def _largest(groups: Mapping[str, list[str]], top: int) -> set[str]:
    return set(sorted(groups, key=lambda name: (-len(groups[name]), name))[:top])


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _row(pair: tuple[str, str], weight: float, shared: Iterable[str]) -> Row:
    return {"source": pair[0], "target": pair[1], "weight": round(weight, 6), "shared": sorted(shared)}


def _network(graph: PropertyGraph, kind: EdgeKind, rows: list[Row]) -> PropertyGraph:
    """The rows as a graph, with the nodes that they join."""
    joined = {end for row in rows for end in (row["source"], row["target"])}
    nodes: list[dict[str, Any]] = [row for row in graph.nodes.get(kind.source, []) if row["id"] in joined]
    return PropertyGraph(nodes={kind.source: nodes}, edges={kind: rows})


#: The networks by name.
NETWORKS: dict[str, Callable[..., PropertyGraph]] = {
    "paper-similarity": _paper_similarity,
    "co-citation": _co_citation,
    "coupling": _coupling,
    "method-cooccurrence": _method_cooccurrence,
    "method-task-matrix": _method_task_matrix,
}
