"""RELATED edges: for each paper the few that share most with it.

Papers are compared by the entities that they share: a rare one counts more than a common one (inverse
document frequency), and one that both are about, by its role and the title, counts more than one that both
merely measure. What is
broader than an entity counts too, so that two kinds of quantization meet. The score is the cosine of the
weighted entities, in 0..1, damped for papers of which little is known. Candidates come from the rarer
entities alone, so the cost grows with the papers and not with their pairs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
#: How much more a paper is about what its title names.
TITLE = 1.6
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
    roles: Mapping[str, Mapping[str, Role]],
    titled: Mapping[str, Set[str]],
    names: Mapping[str, str],
    parents: Mapping[str, str],
) -> list[Row]:
    """The edges as rows: ``source``, ``target``, ``score``, ``shared`` (names, the telling ones first).

    ``roles`` maps a paper's id to its entities' ids and roles, ``titled`` to those that its title names;
    ``names`` maps entities' ids to names; ``parents`` maps an entity's id to that of the broader one.
    """
    none: Set[str] = frozenset()
    weights = {p: _with_broader(held, titled.get(p, none), parents) for p, held in sorted(roles.items())}
    holders: Counter[str] = Counter(entity for held in weights.values() for entity in held)
    entities = sorted(holders)
    number = {entity: n for n, entity in enumerate(entities)}
    idf = {entity: math.log(1 + len(roles) / papers) for entity, papers in holders.items()}
    papers = list(weights)
    vectors = [_vector(held, number, idf) for held in weights.values()]
    squares = [math.fsum(w * w for w in vector.weights) for vector in vectors]
    damping = math.fsum(squares) / (2 * len(squares) or 1)
    norm = np.sqrt(np.array(squares) + damping)
    mine = np.zeros(len(entities))  # the weights of the paper at hand, by entity
    rows: list[Row] = []
    for n, candidates in _candidates(vectors, len(entities)):
        mine[vectors[n].entities] = vectors[n].weights
        theirs = [vectors[c] for c in candidates]
        owner = np.repeat(np.arange(len(theirs)), [len(vector.entities) for vector in theirs])
        products = np.concatenate([mine[vector.entities] * vector.weights for vector in theirs])
        score = np.bincount(owner, weights=products, minlength=len(theirs)) / (norm[n] * norm[candidates])
        score = score.round(4)
        for c in np.lexsort((candidates, -score))[:NEIGHBOURS]:
            if score[c] >= FLOOR:
                product = mine[theirs[c].entities] * theirs[c].weights
                telling = np.argsort(-product, kind="stable")[:SHOWN]
                shared = [names[entities[theirs[c].entities[e]]] for e in telling if product[e] > 0]
                target = papers[candidates[c]]
                rows.append(
                    {"source": papers[n], "target": target, "score": float(score[c]), "shared": shared}
                )
        mine[vectors[n].entities] = 0.0
    return sorted(rows, key=lambda r: (r["source"], r["target"]))


class _Vector(NamedTuple):
    """A paper's entities by number, in order, and their weights."""

    entities: NDArray[np.int64]
    weights: NDArray[np.float64]


def _vector(held: Mapping[str, float], number: Mapping[str, int], idf: Mapping[str, float]) -> _Vector:
    order = sorted(held)
    return _Vector(
        np.array([number[e] for e in order], dtype=np.int64), np.array([idf[e] * held[e] for e in order])
    )


def _candidates(vectors: Sequence[_Vector], entities: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Each paper with those that share most of its rarer entities, found by going through their holders."""
    if not vectors:
        return
    owner = np.repeat(np.arange(len(vectors)), [len(v.entities) for v in vectors])
    entity = np.concatenate([v.entities for v in vectors])
    order = np.argsort(entity, kind="stable")
    owner, weights = owner[order], np.concatenate([v.weights for v in vectors])[order]
    start = np.searchsorted(entity[order], np.arange(entities + 1))
    held = np.diff(start)
    for n, vector in enumerate(vectors):
        rare = [(e, w) for e, w in zip(*vector, strict=True) if 1 < held[e] <= COMMON]
        if not rare:
            continue
        holders = np.concatenate([owner[start[e] : start[e + 1]] for e, _ in rare])
        shared = np.concatenate([w * weights[start[e] : start[e + 1]] for e, w in rare])
        others, place = np.unique(holders, return_inverse=True)
        overlap = np.bincount(place, weights=shared)
        overlap[others == n] = -1.0
        best = np.lexsort((others, -overlap.round(9)))[:CANDIDATES]
        yield n, others[best][others[best] != n]


def _with_broader(held: Mapping[str, Role], titled: Set[str], parents: Mapping[str, str]) -> dict[str, float]:
    """The weight of each entity of a paper, and of all that is broader."""
    weights: dict[str, float] = {}
    for entity, role in held.items():
        weight, at = ROLE_WEIGHT[role] * (TITLE if entity in titled else 1.0), entity
        weights[at] = max(weight, weights.get(at, 0.0))
        while at in parents:
            at, weight = parents[at], weight * BROADER
            weights[at] = max(weight, weights.get(at, 0.0))
    return weights
