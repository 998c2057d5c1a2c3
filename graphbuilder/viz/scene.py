"""What a picture shows: a choice of nodes and edges of the graph, and a sentence on what was left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import sqrt
from typing import Any, Literal

from graphbuilder.errors import GraphbuilderError
from graphbuilder.viz.atlas import Atlas, Link
from graphbuilder.viz.communities import communities, telling

Level = Literal["community", "entity", "paper"]
LEVELS: tuple[Level, ...] = ("community", "entity", "paper")

#: How much a role ties a paper to an entity, for layout and for what is kept.
ROLE_WEIGHT = {
    "introduces": 3.0,
    "studies": 2.0,
    "uses": 2.0,
    "evaluates_on": 1.5,
    "measures": 1.0,
    "compares": 1.0,
    "mentions": 0.5,
}

#: Colours that a page can tell apart; further communities share them with distant ones.
COLOURS = 10


@dataclass(frozen=True)
class Edge:
    """One line of the picture. ``kind`` is a role, a type of link, or ``together`` with its papers."""

    source: str
    target: str
    kind: str
    weight: float
    papers: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()


@dataclass
class Scene:
    """The nodes and edges to draw, grouped, with the words that stand above them."""

    title: str
    statement: str
    level: str
    groups: list[list[str]]
    edges: list[Edge]
    names: list[list[str]] = field(default_factory=list)  # of each group, most telling first
    focus: tuple[str, ...] = ()
    ranks: list[list[str]] | None = None  # columns of a path
    ties: dict[tuple[str, str], float] = field(default_factory=dict)  # what the layout pulls on

    @property
    def nodes(self) -> list[str]:
        """All nodes, group after group."""
        return [node for group in self.groups for node in group]


def overview(atlas: Atlas, level: Level | None = None, limit: int = 300) -> Scene:
    """The whole graph at a level; without one, the level that suits its size."""
    papers = len(atlas.papers)
    if not papers:
        raise GraphbuilderError("the graph holds no papers; run graphbuilder build first")
    level = level or ("paper" if papers <= 40 else "entity" if papers <= 5000 else "community")
    if level == "paper":
        return _papers(atlas, limit)
    if level == "entity":
        return _entities(atlas, limit)
    return _communities(atlas, limit)


def about(atlas: Atlas, name: str, limit: int = 120) -> Scene:
    """An entity or a paper with its surroundings: what it is linked to, and what those share."""
    centre = atlas.find(name)
    near: dict[str, float] = defaultdict(float)
    shared: Counter[str] = Counter()
    if centre in atlas.papers:
        for mention in atlas.by_paper[centre]:
            near[mention.entity] += 100 * ROLE_WEIGHT[mention.role]
            for other in atlas.by_entity[mention.entity]:
                if other.paper != centre:
                    near[other.paper] += ROLE_WEIGHT[other.role] / sqrt(atlas.size(mention.entity))
    else:
        for mention in atlas.by_entity[centre]:
            near[mention.paper] += ROLE_WEIGHT[mention.role]
            for other in atlas.by_paper[mention.paper]:
                if other.entity != centre:
                    near[other.entity] += ROLE_WEIGHT[other.role]
                    shared[other.entity] += 1
        for entity, times in shared.items():
            near[entity] *= times / sqrt(atlas.size(entity))
    for link in atlas.links:
        if centre in (link.source, link.target):
            near[link.target if link.source == centre else link.source] += 5.0
    papers, entities = _best(near, atlas.papers, limit // 3), _best(near, atlas.entities, limit - limit // 3)
    if centre in atlas.papers:
        entities = _best(near, atlas.entities, limit // 3)
    nodes = [centre, *papers, *entities]
    scene = _mixed(atlas, nodes, focus=(centre,))
    left = len(near) - len(papers) - len(entities)
    scene.title = atlas.name(centre)
    scene.statement = f"{len(nodes):,} nodes around {atlas.name(centre)}: its closest papers and entities" + (
        f"; {left:,} further ones are left out." if left > 0 else "."
    )
    scene.level = "about"
    return scene


def path(atlas: Atlas, start: str, end: str, ways: int = 4) -> Scene:
    """The shortest ways from one entity or paper to another, over papers and what they say."""
    import networkx as nx

    a, b = atlas.find(start), atlas.find(end)
    if a == b:
        raise GraphbuilderError(f"{start!r} and {end!r} are one thing: {atlas.name(a)}")
    graph = nx.Graph()
    for paper in atlas.papers:
        for mention in atlas.by_paper.get(paper, ()):
            # a step over what everybody mentions explains little
            cost = 1.0 / ROLE_WEIGHT[mention.role] + 0.15 * sqrt(len(atlas.by_entity[mention.entity]))
            graph.add_edge(paper, mention.entity, cost=cost)
    for link in atlas.links:
        if link.type != "RELATED":
            graph.add_edge(link.source, link.target, cost=0.8)
    try:
        found = list(islice(nx.shortest_simple_paths(graph, a, b, weight="cost"), ways))
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        raise GraphbuilderError(f"no path leads from {atlas.name(a)!r} to {atlas.name(b)!r}") from None
    length = max(map(len, found))
    place: dict[str, int] = {a: 0, b: length - 1}
    for way in found:
        for step, node in enumerate(way[1:-1], 1):
            place.setdefault(node, round(step * (length - 1) / (len(way) - 1)))
    ranks: list[list[str]] = [[] for _ in range(length)]
    for node, rank in place.items():
        ranks[rank].append(node)
    steps = {frozenset(step) for way in found for step in pairwise(way)}
    edges = [e for e in _native_edges(atlas, set(place)) if frozenset((e.source, e.target)) in steps]
    return Scene(
        title=f"{atlas.name(a)} – {atlas.name(b)}",
        statement=f"The {len(found)} shortest ways from {atlas.name(a)} to {atlas.name(b)}, "
        f"at most {length - 1} steps long; each step shows its sentence.",
        level="path",
        groups=[list(place)],
        edges=edges,
        focus=(a, b),
        ranks=[rank for rank in ranks if rank],
    )


def answer(atlas: Atlas, result: Mapping[str, Any], limit: int = 90) -> Scene:
    """The answer to a question (the object that ``ask --json`` prints) as a picture."""
    answers = [a["id"] for a in result["answers"] if a["id"] in atlas.papers or a["id"] in atlas.entities]
    if not answers:
        raise GraphbuilderError(f"no answer to draw for {result['question']!r}; graphbuilder ask tells why")
    shown = list(dict.fromkeys(answers))[: limit // 2]
    evidence = Counter(
        e["paper"] for a in result["answers"] for e in a.get("evidence", ()) if e["paper"] in atlas.papers
    )
    near: dict[str, float] = defaultdict(float)
    for paper in {*evidence, *(i for i in shown if i in atlas.papers)}:
        for mention in atlas.by_paper[paper]:
            near[mention.entity] += ROLE_WEIGHT[mention.role]
    nodes = list(dict.fromkeys([*shown, *_best(evidence, atlas.papers, limit // 3)]))
    nodes += [i for i in _best(near, atlas.entities, limit - len(nodes)) if i not in nodes]
    scene = _mixed(atlas, nodes, focus=tuple(shown))
    scene.title = result["question"]
    said = f"{len(shown):,} of {len(set(answers)):,} answers"
    scene.statement = f"{said}, ringed, with the papers that say so and their entities."
    scene.level = "ask"
    return scene


def _entities(atlas: Atlas, limit: int) -> Scene:
    sizes = {i: atlas.size(i) for i in atlas.entities}
    ranked = sorted((i for i in sizes if sizes[i]), key=lambda i: (-sizes[i], i))
    nodes = ranked[:limit]
    pairs = atlas.together(nodes)
    # one shared paper may be chance, so it counts half
    ties = {p: (len(papers) - 0.5) / (sizes[p[0]] * sizes[p[1]]) ** 0.7 for p, papers in pairs.items()}
    for link in _links_between(atlas, nodes):
        pair = (min(link.source, link.target), max(link.source, link.target))
        ties[pair] = ties.get(pair, 0.0) + 0.5 / sqrt(sizes[pair[0]] * sizes[pair[1]])
    groups = communities(nodes, ties, at_most=COLOURS, at_least=max(3, len(nodes) // 60))
    loose = set(nodes) - {node for group in groups for node in group}
    scene = _of_entities(atlas, groups, pairs, ties, sizes)
    least = min(sizes[i] for i in nodes)
    scene.level = "entity"
    scene.title = "What the papers are about"
    scene.statement = (
        f"{len(scene.nodes):,} of {len(ranked):,} methods, datasets, metrics and concepts from "
        f"{len(atlas.papers):,} papers: those in at least {least:,} {'paper' if least == 1 else 'papers'}"
        + (f", less {len(loose)} that are linked to no other" if loose else "")
        + ". Narrow it by search and filters, or with --about NAME."
    )
    return scene


def _communities(atlas: Atlas, limit: int) -> Scene:
    sizes = {i: atlas.size(i) for i in atlas.entities}
    ranked = sorted((i for i in sizes if sizes[i] > 1), key=lambda i: (-sizes[i], i))
    pool = ranked[: max(limit, 2500)]
    pairs = atlas.together(pool)
    # where papers abound, one or two in common are chance
    chance = 0.5 if len(atlas.papers) < 5000 else 2.0
    ties = {
        p: (len(papers) - chance) / (sizes[p[0]] * sizes[p[1]]) ** 0.7
        for p, papers in pairs.items()
        if len(papers) > chance
    }
    ties = _strongest(ties, 12)
    everyone = communities(pool, ties, at_most=18, at_least=max(3, len(pool) // 120))
    named = telling(everyone, ties, _worth(atlas, pool))
    total = sum(len(group) for group in everyone) or 1
    groups = [group[: max(5, round(limit * len(group) / total))] for group in named]
    kept = {node for group in groups for node in group}
    near = {p: w for p, w in ties.items() if p[0] in kept and p[1] in kept}
    scene = _of_entities(atlas, groups, {p: pairs[p] for p in near}, near, sizes)
    scene.level = "community"
    scene.title = "What the papers are about"
    scene.statement = (
        f"{len(groups)} communities of {len(atlas.papers):,} papers, each by its most telling entities: "
        f"{len(scene.nodes):,} of {sum(1 for n in sizes.values() if n):,}. "
        "Narrow it by search and filters, or with --about NAME."
    )
    return scene


def _papers(atlas: Atlas, limit: int) -> Scene:
    score = {p: sum(ROLE_WEIGHT[m.role] for m in atlas.by_paper.get(p, ())) for p in atlas.papers}
    for link in atlas.links:
        if link.type in ("CITES", "RELATED"):
            score[link.source] += 1.0
            score[link.target] += 2.0
    papers = sorted(score, key=lambda p: (-score[p], p))[: limit * 3 // 5]
    shown = set(papers)
    shared = Counter({i: len({m.paper for m in ms} & shown) for i, ms in atlas.by_entity.items()})
    least = 2 if len(papers) > 5 else 1
    entities = [i for i in _best(shared, atlas.entities, limit - len(papers)) if shared[i] >= least]
    scene = _mixed(atlas, [*papers, *entities])
    drawn = [node for node in scene.nodes if node in shown]
    total = len(atlas.papers) + sum(1 for i in atlas.entities if atlas.by_entity.get(i))
    scene.title = "The papers and what they share"
    scene.statement = (
        f"{len(scene.nodes):,} of {total:,} nodes: {len(drawn):,} of {len(atlas.papers):,} papers"
        + (", those with most links," if len(drawn) < len(atlas.papers) else "")
        + f" and {len(scene.nodes) - len(drawn):,} entities that "
        + ("at least two of them mention." if least > 1 else "they mention.")
    )
    scene.level = "paper"
    return scene


def _of_entities(
    atlas: Atlas,
    groups: list[list[str]],
    pairs: Mapping[tuple[str, str], list[str]],
    ties: dict[tuple[str, str], float],
    sizes: Mapping[str, int],
) -> Scene:
    shown = {node for group in groups for node in group}
    ties = {p: w for p, w in ties.items() if p[0] in shown and p[1] in shown}
    names = telling(groups, ties, _worth(atlas, shown))
    edges = [
        Edge(a, b, "together", float(len(pairs[a, b])), papers=tuple(pairs[a, b]))
        for a, b in _strongest({p: w for p, w in ties.items() if p in pairs}, 3)
    ]
    stated: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in _links_between(atlas, shown):
        stated[link.source, link.target, link.type].append(link)
    edges += [
        Edge(a, b, kind.lower(), float(len(links)), rows=tuple(link.row for link in links[:12]))
        for (a, b, kind), links in sorted(stated.items())
    ]
    return Scene("", "", "", groups, edges, names, ties=_strongest(ties, 8))


def _worth(atlas: Atlas, nodes: Iterable[str]) -> dict[str, float]:
    """How much a node's name tells of its community: papers, less for what is used everywhere.

    Metrics and data sets serve many fields, and a plain word ("network") says less than a term.
    """
    kinds = {"Method": 1.0, "Concept": 1.0, "Dataset": 0.5, "Metric": 0.3, "Paper": 0.0}
    worth = {}
    for node in nodes:
        name = atlas.name(node)
        plain = name.isalpha() and name[1:].islower()
        worth[node] = atlas.size(node) * kinds[atlas.kind(node)] * (0.4 if plain else 1.0)
    return worth


def _mixed(atlas: Atlas, nodes: Sequence[str], focus: tuple[str, ...] = ()) -> Scene:
    """Papers and entities with the edges that the graph holds between them."""
    shown = set(nodes)
    edges = _native_edges(atlas, shown)
    degree = Counter(node for e in edges for node in (e.source, e.target))
    ties: dict[tuple[str, str], float] = defaultdict(float)
    for edge in edges:
        pair = (min(edge.source, edge.target), max(edge.source, edge.target))
        ties[pair] += edge.weight / sqrt(degree[edge.source] * degree[edge.target])
    groups = communities(list(nodes), ties, at_most=COLOURS)
    placed = {node for group in groups for node in group}
    if focus and (rest := [node for node in nodes if node not in placed]):
        groups.append(rest)
    named = telling([[n for n in g if n in atlas.entities] for g in groups], ties, _worth(atlas, nodes))
    kept = {node for group in groups for node in group}
    edges = [e for e in edges if e.source in kept and e.target in kept]
    ties = {p: w for p, w in ties.items() if p[0] in kept and p[1] in kept}
    return Scene("", "", "", groups, edges, named, focus, ties=ties)


def _native_edges(atlas: Atlas, shown: set[str]) -> list[Edge]:
    edges: dict[tuple[str, str], Edge] = {}
    for paper in sorted(shown & set(atlas.papers)):
        for m in atlas.by_paper.get(paper, ()):
            if m.entity in shown:
                kept = edges.get((paper, m.entity))
                if not kept or ROLE_WEIGHT[m.role] > kept.weight:
                    edges[paper, m.entity] = Edge(
                        paper, m.entity, m.role, ROLE_WEIGHT[m.role], papers=(paper,)
                    )
    linked: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in _links_between(atlas, shown):
        linked[link.source, link.target, link.type].append(link)
    return [
        *edges.values(),
        *(
            Edge(a, b, kind.lower(), 1.5, rows=tuple(link.row for link in links[:12]))
            for (a, b, kind), links in sorted(linked.items())
        ),
    ]


def _links_between(atlas: Atlas, nodes: Iterable[str]) -> list[Link]:
    shown = set(nodes)
    return [
        link
        for link in atlas.links
        if link.source in shown and link.target in shown and link.source != link.target
    ]


def _strongest(weights: Mapping[tuple[str, str], float], each: int) -> dict[tuple[str, str], float]:
    """The ``each`` strongest pairs of every node: a backbone that leaves no node out."""
    mine: dict[str, list[tuple[float, tuple[str, str]]]] = defaultdict(list)
    for pair, weight in weights.items():
        mine[pair[0]].append((-weight, pair))
        mine[pair[1]].append((-weight, pair))
    kept = {pair for pairs in mine.values() for _, pair in sorted(pairs)[:each]}
    return {pair: weights[pair] for pair in sorted(kept)}


def _best(score: Mapping[str, float], among: Mapping[str, Any], n: int) -> list[str]:
    return sorted((i for i in score if i in among), key=lambda i: (-score[i], i))[: max(0, n)]
