"""RELATED edges: for each paper the few that share most with it.

Papers are compared by the entities that they share: a rare one counts more than a common one (inverse
document frequency), and one that both are about counts more than one that both merely measure. The score is
the cosine of the weighted entities, in 0..1. Candidates come from the rarer entities alone, so the cost grows
with the papers and not with their pairs.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping

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
#: How many neighbours a paper keeps, and the score below which there is no likeness to speak of.
NEIGHBOURS = 6
FLOOR = 0.04
#: An entity of more papers than this finds no candidates (it still counts in the score).
COMMON = 120


def related(roles: Mapping[str, Mapping[str, Role]], names: Mapping[str, str]) -> list[Row]:
    """The edges as rows: ``source``, ``target``, ``score``, ``shared`` (names, the telling ones first).

    ``roles`` maps a paper's id to its entities' ids and roles; ``names`` maps entities' ids to names.
    """
    frequency: dict[str, int] = defaultdict(int)
    for entities in roles.values():
        for entity in entities:
            frequency[entity] += 1
    idf = {e: math.log(1 + len(roles) / n) for e, n in frequency.items()}
    vectors = {p: {e: idf[e] * ROLE_WEIGHT[r] for e, r in sorted(es.items())} for p, es in roles.items()}
    norm = {p: math.sqrt(math.fsum(w * w for w in v.values())) or 1.0 for p, v in vectors.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for paper in sorted(vectors):
        for entity in vectors[paper]:
            holders[entity].append(paper)
    rows: list[Row] = []
    for paper in sorted(vectors):
        mine = vectors[paper]
        candidates = {q for e in mine if frequency[e] <= COMMON for q in holders[e]} - {paper}
        scored = []
        for other in candidates:
            theirs = vectors[other]
            shared = sorted((e for e in mine if e in theirs), key=lambda e: (-idf[e], e))
            score = math.fsum(mine[e] * theirs[e] for e in shared) / (norm[paper] * norm[other])
            if score >= FLOOR:
                scored.append((round(score, 4), other, shared))
        for score, other, shared in heapq.nsmallest(NEIGHBOURS, scored, key=lambda s: (-s[0], s[1])):
            rows.append(
                {"source": paper, "target": other, "score": score, "shared": [names[e] for e in shared[:8]]}
            )
    return sorted(rows, key=lambda r: (str(r["source"]), str(r["target"])))
