"""A part of the graph: since a year, about a name, what enough papers hold, some kinds of node."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from graphbuilder.errors import GraphbuilderError
from graphbuilder.names import key
from graphbuilder.records import ENTITY_TYPES, EdgeKind, PropertyGraph, Row
from graphbuilder.schema import NODES, ROLE_EDGES

Node = tuple[str, str]  # label, id


@dataclass(frozen=True)
class Selection:
    """What to keep; each condition narrows what the ones before it left.

    ``since``: papers of this year or later (a paper whose year is unknown goes), and what hangs on them.
    ``about``: a name, title or id, and all that is at most ``hops`` edges away, in either direction.
    ``min_papers``: entities that at least so many of the papers left have an edge to.
    ``types``: labels of nodes; papers stay only if ``Paper`` is among them. An unknown one raises
    GraphbuilderError.
    """

    since: int | None = None
    about: str | None = None
    hops: int = 2
    min_papers: int = 1
    types: Sequence[str] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", tuple(map(_label, self.types)))

    def __call__(self, graph: PropertyGraph) -> PropertyGraph:
        """The part of ``graph`` that the conditions leave; its rows are those of ``graph``, unchanged.

        Raises:
            GraphbuilderError: a name that the graph does not hold.
        """
        if self.since is not None:
            graph = _since(graph, self.since)
        if self.about is not None:
            graph = _about(graph, self.about, self.hops)
        if self.min_papers > 1:
            graph = _min_papers(graph, self.min_papers)
        if self.types:
            wanted = set(self.types)
            graph = PropertyGraph(
                nodes={label: rows for label, rows in graph.nodes.items() if label in wanted},
                edges={k: rows for k, rows in graph.edges.items() if {k.source, k.target} <= wanted},
            )
        return graph


def find(graph: PropertyGraph, name: str) -> list[Node]:
    """The nodes that a name means: by id, else by name or title, else by alias, read past spelling.

    Raises:
        GraphbuilderError: nothing has that name; the message offers the nearest ones.
    """
    folded = key(name)
    by_name, by_alias = [], []
    for label, row in _rows(graph):
        if row["id"] == name:
            return [(label, name)]
        if any(key(printed) == folded for printed in _names(row)):
            by_name.append((label, str(row["id"])))
        elif any(key(alias) == folded for alias in row.get("aliases") or ()):
            by_alias.append((label, str(row["id"])))
    found = by_name or by_alias
    if not found:
        near = _nearest(graph, name)
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise GraphbuilderError(f"nothing in the graph is called {name!r}{hint}")
    return found


def _since(graph: PropertyGraph, year: int) -> PropertyGraph:
    papers = {row["id"] for row in graph.nodes.get("Paper", []) if (row.get("year") or 0) >= year}
    kept: set[Node] = {("Paper", paper) for paper in papers}
    for kind, row in _edges(graph):
        if kind.source == "Paper" and kind.target != "Paper" and row["source"] in papers:
            kept.add((kind.target, row["target"]))
        elif kind.target == "Paper" and kind.source != "Paper" and row["target"] in papers:
            kept.add((kind.source, row["source"]))
    left = _induced(graph, kept)
    for kind, rows in left.edges.items():
        if kind.type == "USED_FOR":
            left.edges[kind] = [row for row in rows if row.get("paper") is None or row["paper"] in papers]
    return left


def _about(graph: PropertyGraph, name: str, hops: int) -> PropertyGraph:
    reached: set[Node] = set(find(graph, name))
    neighbours: dict[Node, list[Node]] = defaultdict(list)
    for kind, row in _edges(graph):
        a, b = (kind.source, row["source"]), (kind.target, row["target"])
        neighbours[a].append(b)
        neighbours[b].append(a)
    front = reached
    for _ in range(hops):
        front = {other for node in front for other in neighbours[node]} - reached
        reached = reached | front
    return _induced(graph, reached)


def _min_papers(graph: PropertyGraph, least: int) -> PropertyGraph:
    pairs = {
        (kind.target, row["target"], row["source"])
        for kind, row in _edges(graph)
        if kind.type in ROLE_EDGES.values()
    }
    papers = Counter((label, entity) for label, entity, _ in pairs)
    return _induced(
        graph,
        {
            (label, row["id"])
            for label, row in _rows(graph)
            if label not in ENTITY_TYPES or papers[label, row["id"]] >= least
        },
    )


def _induced(graph: PropertyGraph, kept: Collection[Node]) -> PropertyGraph:
    """The graph of some nodes and all the edges between them."""
    return PropertyGraph(
        nodes={
            label: [row for row in rows if (label, row["id"]) in kept] for label, rows in graph.nodes.items()
        },
        edges={
            kind: [
                row
                for row in rows
                if (kind.source, row["source"]) in kept and (kind.target, row["target"]) in kept
            ]
            for kind, rows in graph.edges.items()
        },
    )


def _label(name: str) -> str:
    for label in NODES:
        if label.casefold() == name.strip().casefold():
            return label
    raise GraphbuilderError(f"unknown type {name.strip()!r}; there are {', '.join(NODES)}")


def _nearest(graph: PropertyGraph, name: str, limit: int = 5) -> list[str]:
    """The printed names that share most pairs of letters with ``name`` (Dice coefficient), best first."""
    wanted = _pairs(name)
    scores: dict[str, float] = {}
    for _, row in _rows(graph):
        for printed in (*_names(row), *(row.get("aliases") or ())):
            pairs = _pairs(printed)
            score = 2 * len(wanted & pairs) / ((len(wanted) + len(pairs)) or 1)
            if score >= 0.4:
                scores[printed] = score
    return sorted(scores, key=lambda printed: (-scores[printed], printed))[:limit]


def _pairs(name: str) -> set[str]:
    folded = f" {name.casefold()} "
    return {folded[i : i + 2] for i in range(len(folded) - 1)}


def _names(row: Row) -> list[str]:
    return [row[field] for field in ("name", "title") if row.get(field)]


def _rows(graph: PropertyGraph) -> Iterator[tuple[str, Row]]:
    for label in NODES:
        for row in graph.nodes.get(label, []):
            yield label, row


def _edges(graph: PropertyGraph) -> Iterator[tuple[EdgeKind, Row]]:
    for kind, rows in graph.edges.items():
        for row in rows:
            yield kind, row
