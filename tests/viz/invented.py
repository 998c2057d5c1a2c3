"""Invented graphs that follow the schema, of any size: papers of a few fields, each with its sentences."""

from __future__ import annotations

import random
from collections import defaultdict

from graphbuilder.names import key
from graphbuilder.records import EdgeKind, PropertyGraph
from graphbuilder.schema import ROLE_EDGES

FIELDS = {
    "parsing": ["chart decoder", "head rules", "treebank splits", "PARSEVAL"],
    "denoising": ["score bridge", "image restoration", "GrainSet", "PSNR"],
    "routing": ["ant sweep", "vehicle routing", "RoadBench", "detour rate"],
    "folding": ["torsion flow", "protein folding", "FoldBank", "TM-score"],
    "hashing": ["bloom cascade", "near duplicate search", "PageTwins", "recall"],
    "speech": ["phone lattice", "speech recognition", "QuietRooms", "word error rate"],
}
TYPES = ("Method", "Concept", "Dataset", "Metric")
_VARIANTS = ("", "deep ", "sparse ", "robust ", "fast ", "online ", "joint ", "lazy ")


def invented(papers: int, seed: int = 1, variants: int = 4) -> PropertyGraph:
    """A graph of so many papers; more ``variants`` (up to 8, then numbered) give more entities."""
    rng = random.Random(seed)
    nodes: dict[str, dict] = {}
    edges = defaultdict(list)
    rows = []
    fields = list(FIELDS)
    for number in range(papers):
        field = fields[rng.randrange(len(fields))] if rng.random() < 0.85 else rng.choice(fields)
        other = rng.choice(fields)
        picked = []
        for kind, base in zip(TYPES, FIELDS[field], strict=True):
            variant = int(variants * rng.random() ** 2)
            prefix = _VARIANTS[variant] if variant < len(_VARIANTS) else f"{variant}-fold "
            picked.append((kind, prefix + base if kind in ("Method", "Concept") else base))
        method, concept, dataset, metric = (name for _, name in picked)
        baseline = FIELDS[other][0]
        title = f"Study {number}: {method} for {concept}"
        said = [
            (f"We introduce a new {method} for {concept}.", [(method, "introduces"), (concept, "studies")]),
            (
                f"It beats {baseline} on {dataset} by a margin.",
                [(baseline, "compares"), (dataset, "evaluates_on")],
            ),
            (f"We report {metric} throughout.", [(metric, "measures")]),
        ]
        paper = f"title:{number:016x}"
        text, bounds, seen = title + "\n", [0, len(title)], set()
        kinds = {name: kind for kind, name in picked} | {baseline: "Method"}
        for sentence, mentions in said:
            start = len(text)
            text += sentence + " "
            bounds += [start, start + len(sentence)]
            for name, role in mentions:
                entity = f"{kinds[name].lower()}:{key(name)}"
                if entity in seen:
                    continue
                seen.add(entity)
                at = start + sentence.index(name)
                node = nodes.setdefault(entity, _entity(entity, kinds[name], name))
                node["papers"] += 1
                edges[EdgeKind(ROLE_EDGES[role], "Paper", kinds[name])].append(
                    {
                        "source": paper,
                        "target": entity,
                        "sentence": sentence,
                        "start": at,
                        "end": at + len(name),
                        "surface": name,
                        "confidence": 0.9,
                        "spans": [at, at + len(name)],
                    }
                )
        if number % 7 == 0 and f"method:{key(method)}" in nodes:
            edges[EdgeKind("USED_FOR", "Method", "Concept")].append(
                {
                    "source": f"method:{key(method)}",
                    "target": f"concept:{key(concept)}",
                    "paper": paper,
                    "sentence": said[0][0],
                    "start": len(title) + 1,
                    "end": len(title) + 1 + len(said[0][0]),
                    "confidence": 0.9,
                }
            )
        rows.append(_paper(paper, title, text[len(title) + 1 :].rstrip(), 2015 + rng.randrange(10), bounds))
    graph = PropertyGraph(nodes={"Paper": rows})
    for entity in sorted(nodes):
        graph.nodes.setdefault(nodes[entity]["kind"], []).append(nodes[entity])
    graph.edges = {kind: edges[kind] for kind in sorted(edges)}
    return graph


def _entity(entity: str, kind: str, name: str) -> dict:
    return {
        "id": entity,
        "kind": kind,
        "name": name,
        "aliases": [name, name.title()],
        "papers": 0,
        "ambiguous": False,
    }


def _paper(paper: str, title: str, abstract: str, year: int, bounds: list[int]) -> dict:
    return {
        "id": paper,
        "kind": "Paper",
        "title": title,
        "abstract": abstract,
        "year": year,
        "date": None,
        "venue": None,
        "url": f"https://example.org/{paper}",
        "doi": None,
        "arxiv_id": None,
        "sources": ["invented.txt"],
        "sentences": bounds,
        "external": False,
    }
