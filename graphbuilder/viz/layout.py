"""Where each node of the picture stands: communities as islands, paths as columns.

All positions follow from the input and a fixed seed: the same scene is the same picture. Lengths are in
pixels of the picture at zoom 1; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

Weights = Mapping[tuple[str, str], float]
Positions = dict[str, tuple[float, float]]

#: How much wider than high a picture is.
ASPECT = 1.6

#: Half the distance between islands: their names stand there.
GAP = 34.0


def islands(groups: Sequence[Sequence[str]], radii: Mapping[str, float], weights: Weights) -> Positions:
    """Each group an island of its own, islands with much in common side by side.

    Inside an island and among islands: Fruchterman and Reingold (1991) by networkx, then nodes that overlap
    are pushed apart. At last each island is turned so that its links to the others are short.
    """
    import numpy as np

    home = {node: i for i, group in enumerate(groups) for node in group}
    between: dict[tuple[str, str], float] = {}
    for (a, b), weight in weights.items():
        if home[a] != home[b]:
            pair = (str(min(home[a], home[b])), str(max(home[a], home[b])))
            between[pair] = between.get(pair, 0.0) + weight
    shapes = [_spread(group, radii, weights) for group in groups]
    reach = np.array(
        [_reach(points, [radii[n] for n in g]) for points, g in zip(shapes, groups, strict=True)]
    )
    names = [str(i) for i in range(len(groups))]
    centres = _force(names, between) * reach.sum()
    centres[:, 0] *= ASPECT
    centres = _pack(centres, reach + GAP, aspect=ASPECT)
    shapes = _turn(groups, shapes, centres, weights)
    return {
        node: (round(float(x), 1), round(float(y), 1))
        for group, points, centre in zip(groups, shapes, centres, strict=True)
        for node, (x, y) in zip(group, points + centre, strict=True)
    }


def columns(ranks: Sequence[Sequence[str]], radii: Mapping[str, float]) -> Positions:
    """Rank after rank from left to right, the nodes of a rank one below the other."""
    positions: Positions = {}
    for x, rank in enumerate(ranks):
        gap = max([90.0, *(2.4 * radii[node] for node in rank)])
        for y, node in enumerate(rank):
            positions[node] = (x * 280.0, (y - (len(rank) - 1) / 2) * gap)
    return positions


def _force(nodes: Sequence[str], weights: Weights) -> Points:
    """A force-directed layout of these nodes within the unit square around zero."""
    import networkx as nx
    import numpy as np

    index = {node: i for i, node in enumerate(nodes)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_weighted_edges_from(
        (index[a], index[b], w) for (a, b), w in sorted(weights.items()) if a in index and b in index
    )
    if len(nodes) == 1:
        return np.zeros((1, 2))
    start = {i: np.array(point) for i, point in enumerate(_sunflower(len(nodes)))}
    placed = nx.spring_layout(
        graph, pos=start, seed=7, iterations=200, method="force", k=1.4 / len(nodes) ** 0.5
    )
    return np.array([placed[i] for i in range(len(nodes))])


def _sunflower(n: int) -> Points:
    """``n`` points spread evenly over a disc (Vogel 1979): a start without chance."""
    import numpy as np

    i = np.arange(n)
    angle, radius = i * np.pi * (3 - 5**0.5), np.sqrt((i + 0.5) / n)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _spread(group: Sequence[str], radii: Mapping[str, float], weights: Weights) -> Points:
    """One group laid out around zero, as tight as its nodes and their labels allow."""
    import numpy as np

    # the larger a node, the more room for its name
    sizes = np.array([8.0 + 1.6 * radii[node] for node in group])
    points = _force(group, weights)
    points -= points.mean(axis=0)
    area = float(np.sqrt((sizes**2).sum() * 2.2))
    extent = np.sqrt((points**2).sum(axis=1)).max() or 1.0
    points *= area / extent
    # names are wide: more room beside a node than above it
    points[:, 0] *= 1.3
    return _pack(points, sizes, aspect=1.3)


def _pack(points: Points, sizes: Points, aspect: float = 1.0, rounds: int = 400) -> Points:
    """Push discs apart until none overlap, and draw them towards the middle while there is room.

    ``aspect`` is how much wider than high the whole becomes.
    """
    import numpy as np

    points = points.copy()
    need = sizes[:, None] + sizes[None, :]
    for step in range(rounds):
        if step < rounds * 3 // 4:
            points *= [1 - 0.01 / aspect**1.5, 1 - 0.01]
        diff = points[:, None] - points[None, :]
        distance = np.sqrt((diff**2).sum(axis=2))
        np.fill_diagonal(distance, np.inf)
        overlap = np.clip(need - distance, 0.0, None)
        if step >= rounds * 3 // 4 and overlap.max() < 0.5:
            break
        unit = diff / np.maximum(distance, 1e-9)[:, :, None]
        points += (unit * (overlap * 0.45)[:, :, None]).sum(axis=1)
    return points - points.mean(axis=0)


def _reach(points: Points, sizes: Sequence[float]) -> float:
    import numpy as np

    return float((np.sqrt((points**2).sum(axis=1)) + np.array(sizes)).max())


def _turn(
    groups: Sequence[Sequence[str]], shapes: list[Points], centres: Points, weights: Weights
) -> list[Points]:
    """Turn each island (24 angles, mirrored or not) to where its links to the others are shortest."""
    import numpy as np

    where = {node: (i, j) for i, group in enumerate(groups) for j, node in enumerate(group)}
    ties: list[list[tuple[int, int, int, float]]] = [[] for _ in groups]
    for (a, b), weight in sorted(weights.items()):
        (i, j), (k, m) = where[a], where[b]
        if i != k:
            ties[i].append((j, k, m, weight))
            ties[k].append((m, i, j, weight))
    turns: list[Any] = []
    for mirror in (1.0, -1.0):
        for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
            c, s = np.cos(angle), np.sin(angle)
            turns.append(np.array([[c, s], [-s * mirror, c * mirror]]))
    shapes = list(shapes)
    for _ in range(2):
        for i, tie in enumerate(ties):
            if not tie:
                continue
            mine = shapes[i][[j for j, _, _, _ in tie]]
            theirs = np.array([shapes[k][m] + centres[k] for _, k, m, _ in tie]) - centres[i]
            pull = np.array([w for *_, w in tie])
            costs = [(pull * np.sqrt(((mine @ t - theirs) ** 2).sum(axis=1))).sum() for t in turns]
            shapes[i] = shapes[i] @ turns[int(np.argmin(costs))]
    return shapes
