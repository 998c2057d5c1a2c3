"""Communities of a weighted graph, and what to call them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Weights = Mapping[tuple[str, str], float]


def communities(
    nodes: Sequence[str], weights: Weights, *, at_most: int, at_least: int = 3, seed: int = 7
) -> list[list[str]]:
    """Split ``nodes`` into at most ``at_most`` communities of ``at_least`` members each.

    Louvain (Blondel et al. 2008) on the graph with these edge weights, by networkx; what is too many or too
    small joins the community that it is linked to most. Nodes with no link, or with none beyond a small
    group, stay out. The largest comes first; equal input gives equal output.
    """
    import networkx as nx

    order = {node: i for i, node in enumerate(nodes)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_weighted_edges_from((order[a], order[b], w) for (a, b), w in sorted(weights.items()) if w > 0)
    graph.remove_nodes_from([node for node, degree in graph.degree() if not degree])
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    groups = sorted((sorted(group) for group in found), key=lambda g: (-len(g), g))
    while len(groups) > 1 and (len(groups) > at_most or len(groups[-1]) < at_least):
        small = groups.pop()
        ties: Counter[int] = Counter()
        home = {node: i for i, group in enumerate(groups) for node in group}
        for node in small:
            for neighbour, edge in graph[node].items():
                if neighbour in home:
                    ties[home[neighbour]] += edge["weight"]
        if ties:
            best = min(ties, key=lambda i: (-ties[i], i))
            groups[best] = sorted(groups[best] + small)
        groups.sort(key=lambda g: (-len(g), g))
    return [[nodes[i] for i in group] for group in groups]


def telling(groups: Sequence[Sequence[str]], weights: Weights, worth: Mapping[str, float]) -> list[list[str]]:
    """The members of each group, most telling first: of much worth, and tied to the group most."""
    home = {node: i for i, group in enumerate(groups) for node in group}
    inside: dict[str, float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for (a, b), weight in weights.items():
        for one, other in ((a, b), (b, a)):
            total[one] += weight
            if home.get(one) == home.get(other):
                inside[one] += weight

    def score(node: str) -> float:
        return worth[node] * (inside[node] / total[node] if total[node] else 0.0) ** 2

    return [sorted(group, key=lambda node: (-score(node), node)) for group in groups]
