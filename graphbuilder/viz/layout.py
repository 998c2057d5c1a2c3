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
ASPECT = 1.75

#: The height of a community's name on the screen, in pixels, and the width of the screen it is for.
TITLE = 44.0
SCREEN = 1250.0


def islands(
    groups: Sequence[Sequence[str]],
    radii: Mapping[str, float],
    weights: Weights,
    titles: Sequence[float] | None = None,
) -> Positions:
    """Each group an island of its own, islands with much in common side by side.

    ``titles`` are the widths of the groups' names in pixels of the screen, which get room above each island.

    Inside an island and among islands: Fruchterman and Reingold (1991) by networkx, then nodes that overlap
    are pushed apart. Each island is turned so that its links to the others are short, and at last all are
    drawn together as far as their outlines allow.
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
    centres = _pack(centres, reach + TITLE, aspect=ASPECT)
    shapes = _turn(groups, shapes, centres, weights)
    sizes = [np.array([radii[node] for node in group]) for group in groups]
    # a name keeps its size on the screen, so it needs the more room the further the picture is zoomed out
    for _ in range(2):
        zoom = _zoom(shapes, sizes, centres)
        outlines = [
            np.concatenate([_shore(points, radius), _title(points, radius, width, zoom)])
            for points, radius, width in zip(shapes, sizes, titles or [0.0] * len(groups), strict=True)
        ]
        centres = _settle(outlines, centres, 36.0)
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
        graph, pos=start, seed=7, iterations=120, method="force", k=1.4 / len(nodes) ** 0.5
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


def _pack(points: Points, sizes: Points, aspect: float = 1.0, rounds: int = 260) -> Points:
    """Push discs apart until none overlap, and draw them towards the middle while there is room.

    ``aspect`` is how much wider than high the whole becomes.
    """
    import numpy as np

    x, y = points[:, 0].copy(), points[:, 1].copy()
    need = sizes[:, None] + sizes[None, :]
    np.fill_diagonal(need, 0.0)
    for step in range(rounds):
        if step < rounds * 3 // 4:
            x *= 1 - 0.016 / aspect**1.5
            y *= 1 - 0.016
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        distance = np.sqrt(dx * dx + dy * dy)
        overlap = np.maximum(need - distance, 0.0)
        if step >= rounds * 3 // 4 and overlap.max() < 0.5:
            break
        overlap *= 0.45 / np.maximum(distance, 1e-9)
        x += (dx * overlap).sum(axis=1)
        y += (dy * overlap).sum(axis=1)
    points = np.column_stack([x, y])
    packed: Points = points - points.mean(axis=0)
    return packed


def _shore(points: Points, sizes: Points) -> Points:
    """Discs (x, y, radius) along the convex hull of an island, which a page paints."""
    import numpy as np

    corners = np.column_stack([points, sizes])[_hull(points)]
    steps = np.linspace(0.0, 1.0, 5)[:-1, None]
    edges = [a + steps * (b - a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    shore: Points = np.concatenate(edges)
    return shore


def _hull(points: Points) -> list[int]:
    """The corners of the convex hull, in order (Andrew's monotone chain, 1979)."""
    order = sorted(range(len(points)), key=lambda i: (points[i, 0], points[i, 1]))

    def half(indices: Sequence[int]) -> list[int]:
        chain: list[int] = []
        for i in indices:
            while len(chain) > 1:
                (ox, oy), (ax, ay), (bx, by) = points[chain[-2]], points[chain[-1]], points[i]
                if (ax - ox) * (by - oy) > (ay - oy) * (bx - ox):
                    break
                chain.pop()
            chain.append(i)
        return chain[:-1] or chain

    return half(order) + half(order[::-1])


def _title(points: Points, sizes: Points, width: float, zoom: float) -> Points:
    """Discs over the top of an island that stand for its name, ``width`` pixels wide on the screen."""
    import numpy as np

    if not width:
        return np.zeros((0, 3))
    radius = TITLE / 2 / zoom
    top = (points[:, 1] - sizes).min() - radius
    middle, half = (points[:, 0].min() + points[:, 0].max()) / 2, max(0.0, width / 2 / zoom - radius)
    return np.array([(middle + share * half, top, radius) for share in np.linspace(-1.0, 1.0, 7)])


def _zoom(shapes: list[Points], sizes: list[Points], centres: Points) -> float:
    """How much a page will have to zoom to show everything on a screen of the usual size."""
    import numpy as np

    low = np.min(
        [(s - r[:, None]).min(axis=0) + c for s, r, c in zip(shapes, sizes, centres, strict=True)], axis=0
    )
    high = np.max(
        [(s + r[:, None]).max(axis=0) + c for s, r, c in zip(shapes, sizes, centres, strict=True)], axis=0
    )
    width, height = high - low
    return float(min(1.0, SCREEN / width, SCREEN / ASPECT / height))


def _settle(outlines: list[Points], centres: Points, gap: float, rounds: int = 160) -> Points:
    """Draw islands (outlines of discs) together, and push those apart that are closer than ``gap``."""
    import numpy as np

    centres = centres.copy()
    reach = [float((np.hypot(o[:, 0], o[:, 1]) + o[:, 2]).max()) for o in outlines]
    for step in range(rounds):
        if step < rounds * 2 // 3:
            centres *= [1 - 0.018 / ASPECT**1.5, 1 - 0.018]
        push = np.zeros_like(centres)
        for i, one in enumerate(outlines):
            for j in range(i):
                between = centres[i] - centres[j]
                if np.hypot(*between) > reach[i] + reach[j] + gap:
                    continue
                other = outlines[j]
                diff = one[:, None, :2] - other[None, :, :2] + between
                distance = np.sqrt((diff**2).sum(axis=2))
                room = distance - one[:, None, 2] - other[None, :, 2]
                close = float(room.min())
                if close < gap:
                    # apart as the whole islands lie and as the closest parts lie
                    part = diff.reshape(-1, 2)[int(room.argmin())]
                    way = part / (np.hypot(*part) or 1.0) + between / (np.hypot(*between) or 1.0)
                    way = way / (np.hypot(*way) or 1.0) * min(gap - close, 30.0) * 0.4
                    push[i] += way
                    push[j] -= way
        centres += push
        if step >= rounds * 2 // 3 and not push.any():
            break
    return centres


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
