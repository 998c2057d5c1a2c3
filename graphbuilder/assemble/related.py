"""RELATED edges: for each paper the few that share most with it.

Papers are compared by the entities that they share: a rare one counts more than a common one (inverse
document frequency), and one that both are about counts more than one that both merely measure. What is
broader than an entity counts too, so that two kinds of quantization meet. The score is the cosine of the
weighted entities, in 0..1, damped for papers of which little is known. Candidates come from the rarer
entities alone, so the cost grows with the papers and not with their pairs.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graphbuilder.records import Role, Row

#: Weight of an entity in a paper by the role that it has there.
ROLE_WEIGHT: dict[Role, float] = {
    "introduces": 1.5,
    "studies": 1.3,
    "uses": 1.0,
    "compares": 0.8,
    "evaluates_on": 0.7,
    "measures": 0.35,
    "mentions": 0.4,
}
#: What a step up to the broader entity leaves of a weight.
BROADER = 0.5
#: How many neighbours a paper keeps, and the score below which there is no likeness to speak of.
NEIGHBOURS = 6
FLOOR = 0.02
#: An entity of more papers than this finds no candidates (it still counts in the score).
COMMON = 120
#: So many candidates, by the rarer entities, are scored in full.
CANDIDATES = 40
#: How many shared entities an edge names.
SHOWN = 8


def related(
    roles: Mapping[str, Mapping[str, Role]], names: Mapping[str, str], parents: Mapping[str, str]
) -> list[Row]:
    """The edges as rows: ``source``, ``target``, ``score``, ``shared`` (names, the telling ones first).

    ``roles`` maps a paper's id to its entities' ids and roles; ``names`` maps entities' ids to names;
    ``parents`` maps an entity's id to that of the broader one.
    """
    weights = {paper: _with_broader(held, parents) for paper, held in roles.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for paper in sorted(weights):
        for entity in weights[paper]:
            holders[entity].append(paper)
    idf = {e: math.log(1 + len(roles) / len(papers)) for e, papers in holders.items()}
    vectors = {p: {e: idf[e] * w for e, w in sorted(held.items())} for p, held in weights.items()}
    squares = {p: math.fsum(w * w for w in v.values()) for p, v in vectors.items()}
    damping = math.fsum(squares[p] for p in sorted(squares)) / (2 * len(squares) or 1)
    norm = {p: math.sqrt(square + damping) for p, square in squares.items()}
    rows: list[Row] = []
    for paper, candidates in _candidates(vectors, holders):
        mine = vectors[paper]
        scored = []
        for other in candidates:
            theirs = vectors[other]
            products = {e: w * theirs[e] for e, w in mine.items() if e in theirs}
            score = round(math.fsum(products.values()) / (norm[paper] * norm[other]), 4)
            if score >= FLOOR:
                scored.append((-score, other, products))
        for score, other, products in heapq.nsmallest(NEIGHBOURS, scored, key=lambda s: s[:2]):
            shared = sorted(products, key=lambda e: (-products[e], e))[:SHOWN]
            rows.append(
                {"source": paper, "target": other, "score": -score, "shared": [names[e] for e in shared]}
            )
    return sorted(rows, key=lambda r: (r["source"], r["target"]))


def _candidates(
    vectors: Mapping[str, Mapping[str, float]], holders: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Each paper with those that share most of its rarer entities, found by going through their holders."""
    papers = sorted(vectors)
    number = {paper: n for n, paper in enumerate(papers)}
    rare = {
        entity: (
            np.array([number[p] for p in held], dtype=np.int32),
            np.array([vectors[p][entity] for p in held]),
        )
        for entity, held in holders.items()
        if 1 < len(held) <= COMMON
    }
    for n, paper in enumerate(papers):
        shared = [(rare[e], weight) for e, weight in vectors[paper].items() if e in rare]
        if not shared:
            continue
        others, place = np.unique(np.concatenate([held for (held, _), _ in shared]), return_inverse=True)
        overlap = np.bincount(place, weights=np.concatenate([w * theirs for (_, theirs), w in shared]))
        overlap[others == n] = -1.0
        best = np.lexsort((others, -overlap.round(9)))[:CANDIDATES]
        yield paper, [papers[o] for o in others[best] if o != n]


def _with_broader(held: Mapping[str, Role], parents: Mapping[str, str]) -> dict[str, float]:
    """The weight of each entity of a paper, and of all that is broader."""
    weights: dict[str, float] = {}
    for entity, role in held.items():
        weight, at = ROLE_WEIGHT[role], entity
        weights[at] = max(weight, weights.get(at, 0.0))
        while at in parents:
            at, weight = parents[at], weight * BROADER
            weights[at] = max(weight, weights.get(at, 0.0))
    return weights
