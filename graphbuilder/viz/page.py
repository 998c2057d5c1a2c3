"""The page: a scene with its evidence as JSON, our own template, and vis-network, in one file.

pyvis serialises nodes and edges; its own page is not used, for it runs scripts out of names and loads its
style from a network. Names and sentences reach the page as JSON alone and are set as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import zip_longest
from math import hypot, inf, sqrt
from typing import Any

from graphbuilder.records import ENTITY_TYPES, ROLES, Row
from graphbuilder.viz.atlas import Atlas, Mention
from graphbuilder.viz.layout import Positions, columns, islands
from graphbuilder.viz.scene import COLOURS, ROLE_WEIGHT, Scene

#: A shape for each type, so that colour is free for communities and nobody needs it to read the picture.
SHAPES = {
    "Method": "dot",
    "Concept": "diamond",
    "Dataset": "square",
    "Metric": "triangle",
    "Paper": "hexagon",
}

#: What a page may weigh in sentences (characters) and in listed papers before evidence is left out.
SENTENCES = 1_100_000
PAPERS = 3_000

_SCRIPTS = ("labels.js", "cards.js", "grid.js", "picture.js", "map.js")


def render(atlas: Atlas, scene: Scene) -> str:
    """The whole page of a scene. It asks the network for nothing, and its policy forbids it to."""
    from jinja2 import Environment

    page = files("graphbuilder.viz") / "page"
    vendor = files("graphbuilder.viz") / "vendor"
    scripts = [(vendor / "vis-network.min.js").read_text(encoding="utf-8")]
    scripts += ["\n".join((page / name).read_text(encoding="utf-8") for name in _SCRIPTS)]
    style = (page / "style.css").read_text(encoding="utf-8")
    policy = (
        "default-src 'none'; script-src "
        + " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
        + "; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    template = Environment(autoescape=True).from_string((page / "page.html").read_text(encoding="utf-8"))
    return template.render(
        title=scene.title,
        statement=scene.statement,
        policy=policy,
        style=style,
        scripts=scripts,
        data=_safe_json(contents(atlas, scene)),
    )


def contents(atlas: Atlas, scene: Scene) -> dict[str, Any]:
    """Everything that the page shows, as plain values for JSON. Nodes are numbered in the order drawn."""
    sizes = {node: atlas.size(node) for node in scene.nodes}
    radii = _radii(atlas, scene, sizes)
    ties = scene.ties or {(e.source, e.target): e.weight for e in scene.edges}
    titles = [
        [atlas.name(node) for node in _distinct(atlas, names)]
        for names in scene.names or [[] for _ in scene.groups]
    ]
    # a letter of a community's name is about ten pixels wide, of the line below it less
    widths = [
        max([10.0 * min(27, len(names[0])), 6.4 * len(" · ".join(names[1:]))]) if names else 0.0
        for names in titles
    ]
    place = columns(scene.ranks, radii) if scene.ranks else islands(scene.groups, radii, ties, widths)
    number = {node: i for i, node in enumerate(scene.nodes)}
    nodes, edges = _serialise(atlas, scene, number, radii, place)
    evidence = _Evidence(atlas, scene, number)
    return {
        "title": scene.title,
        "statement": scene.statement,
        "level": scene.level,
        "total": {"papers": len(atlas.papers), "entities": len(atlas.entities)},
        "nodes": nodes,
        "edges": edges,
        "details": [_details(atlas, node) for node in scene.nodes],
        "links": [evidence.link(edge) for edge in scene.edges],
        "groups": titles,
        "colours": _colours(scene, place),
        "focus": [number[node] for node in scene.focus],
        "roles": list(ROLES),
        "types": [*ENTITY_TYPES, "Paper"],
        "grid": _grid(atlas, scene, number, evidence),
        "mentions": evidence.mentions,
        "papers": evidence.papers,
        "sentences": evidence.sentences,
        "years": _years(atlas),
    }


def _serialise(
    atlas: Atlas, scene: Scene, number: Mapping[str, int], radii: Mapping[str, float], place: Positions
) -> tuple[list[Row], list[Row]]:
    """Nodes and edges in the form of vis-network, by pyvis (whose import pulls in IPython, hence here)."""
    from pyvis.edge import Edge as VisEdge
    from pyvis.network import Network
    from pyvis.node import Node as VisNode

    network = Network()
    group = {node: i for i, members in enumerate(scene.groups) for node in members}
    # assigned as lists: add_node and add_edge are quadratic
    network.nodes = [
        VisNode(
            i,
            SHAPES[atlas.kind(node)],
            atlas.name(node),
            x=place[node][0],
            y=place[node][1],
            size=round(radii[node], 1),
            group=group[node],
        ).options
        for node, i in number.items()
    ]
    network.edges = [
        VisEdge(number[edge.source], number[edge.target], id=i).options for i, edge in enumerate(scene.edges)
    ]
    nodes, edges, *_ = network.get_network_data()
    return nodes, edges


def _radii(atlas: Atlas, scene: Scene, sizes: Mapping[str, int]) -> dict[str, float]:
    largest = max([sizes[n] for n in scene.nodes if n in atlas.entities], default=1)
    radii = {}
    for node in scene.nodes:
        if node in atlas.papers:
            radii[node] = 9.0
        else:
            radii[node] = 6.0 + 26.0 * sqrt(sizes[node] / max(largest, 12))
        if node in scene.focus:
            radii[node] = max(radii[node], 14.0)
    return radii


def _details(atlas: Atlas, node: str) -> dict[str, Any]:
    if node in atlas.papers:
        row = atlas.papers[node]
        listed = sorted(atlas.by_paper.get(node, ()), key=lambda m: (-ROLE_WEIGHT[m.role], m.entity))
        return {
            "key": node,
            "type": "Paper",
            "size": 1,
            "years": [[row.get("year"), -1, 1]],
            "also": [atlas.name(m.entity) for m in listed][:40],
        }
    row = atlas.entities[node]
    counts: Counter[tuple[int | None, int]] = Counter()
    for paper, role in {(m.paper, m.role) for m in atlas.by_entity[node]}:
        counts[atlas.papers[paper].get("year"), ROLES.index(role)] += 1
    return {
        "key": node,
        "type": row["kind"],
        "size": atlas.size(node),
        "aliases": [a for a in row.get("aliases") or () if a != row["name"]][:12],
        "years": [[y, r, n] for (y, r), n in sorted(counts.items(), key=lambda c: (c[0][0] or 0, c[0][1]))],
    }


class _Evidence:
    """The sentences and papers of a scene, each once, and who points into them.

    ``mentions``: ``[node, paper, role, sentence, [start, end, ...]]`` by number, sentence -1 where it was
    left out for size, offsets into the sentence. ``papers``: ``[id, title, year, venue, url, authors]``.
    """

    def __init__(self, atlas: Atlas, scene: Scene, number: Mapping[str, int]) -> None:
        self.atlas = atlas
        self.sentences: list[str] = []
        self.papers: list[list[Any]] = []
        self.mentions: list[list[Any]] = []
        self._sentence: dict[str, int] = {}
        self._paper: dict[str, int] = {}
        self._room = SENTENCES
        for node in scene.nodes:
            if node in atlas.papers:
                self.paper(node)
        self._collect(scene, number)

    def paper(self, paper: str) -> int:
        """The number of a paper; -1 if there is no room for another one."""
        if paper not in self._paper:
            if len(self.papers) >= PAPERS:
                return -1
            row = self.atlas.papers[paper]
            authors = self.atlas.authors.get(paper, [])
            by = ", ".join(authors[:3]) + (" et al." if len(authors) > 3 else "")
            url = row.get("url") or (f"https://doi.org/{row['doi']}" if row.get("doi") else None)
            self._paper[paper] = len(self.papers)
            self.papers.append([paper, row["title"], row.get("year"), row.get("venue"), url, by])
        return self._paper[paper]

    def sentence(self, text: str) -> int:
        """The number of a sentence; -1 if there is no room for another one."""
        if text not in self._sentence:
            if len(text) > self._room:
                return -1
            self._room -= len(text)
            self._sentence[text] = len(self.sentences)
            self.sentences.append(text)
        return self._sentence[text]

    def link(self, edge: Any) -> dict[str, Any]:
        """The kind of an edge, how many papers stand behind it, by year, and its own sentences."""
        papers = self.atlas.papers
        said = [row.get("paper") or (edge.source if edge.source in papers else None) for row in edge.rows]
        behind = edge.papers or tuple(dict.fromkeys(p for p in said if p))
        years = Counter(papers[p].get("year") for p in behind if p in papers)
        made: dict[str, Any] = {
            "kind": edge.kind,
            "n": max(len(behind), 1),
            "years": sorted(([y, n] for y, n in years.items()), key=lambda c: c[0] or 0),
        }
        said_by = [
            [self.paper(p) if p in papers else -1, self.sentence(row["sentence"])]
            for p, row in zip(said, edge.rows, strict=True)
            if row.get("sentence")
        ]
        if said_by:
            made["said"] = said_by
        shared = [i for row in edge.rows for i in row.get("shared") or ()]
        if shared:
            made["shared"] = [self.atlas.name(i) if i in self.atlas.entities else i for i in shared[:12]]
        reason = next((row["reason"] for row in edge.rows if row.get("reason")), None)
        if reason:
            made["reason"] = reason
        return made

    def _collect(self, scene: Scene, number: Mapping[str, int]) -> None:
        """The best mentions of every node first: what finds no room is the tail of the longest lists."""
        drawn = set(scene.nodes)

        def rank(m: Mention) -> tuple[Any, ...]:
            year = self.atlas.papers[m.paper].get("year") or 0
            return m.paper not in drawn, -ROLE_WEIGHT[m.role], -year, -(m.row.get("confidence") or 0), m.paper

        lists = [
            sorted(self.atlas.by_entity[node], key=rank)
            for node in scene.nodes
            if node in self.atlas.entities
        ]
        for layer in zip_longest(*lists):
            for m in layer:
                if m is not None:
                    paper = self.paper(m.paper)
                    if paper >= 0:
                        text, spans = _sentence_of(self.atlas.papers[m.paper], m.row)
                        at = self.sentence(text)
                        self.mentions.append(
                            [number[m.entity], paper, ROLES.index(m.role), at, spans if at >= 0 else []]
                        )
            if len(self.papers) >= PAPERS and self._room < 400:
                break


def _sentence_of(paper: Row, row: Row) -> tuple[str, list[int]]:
    """The sentence that stands for a mention, and the spans of the entity within it."""
    text = f"{paper['title']}\n{paper.get('abstract') or ''}"
    bounds = paper.get("sentences") or ()
    start = row.get("start")
    if start is not None and bounds:
        i = max(0, bisect_right(bounds[::2], start) - 1)
        begin, end = bounds[2 * i], bounds[2 * i + 1]
        if begin <= start < end:
            spans = row.get("spans") or [start, row["end"]]
            inside = [
                v - begin
                for s, e in zip(spans[::2], spans[1::2], strict=True)
                if begin <= s and e <= end
                for v in (s, e)
            ]
            return text[begin:end], inside
    sentence = row.get("sentence") or ""
    at = sentence.find(row.get("surface") or "\0")
    return sentence, [at, at + len(row["surface"])] if at >= 0 else []


def _grid(atlas: Atlas, scene: Scene, number: Mapping[str, int], evidence: _Evidence) -> dict[str, Any]:
    """How many papers bring each method and each concept of the scene together: rows, columns, cells."""
    drawn = [n for n in scene.nodes if n in atlas.entities]
    methods = {n for n in drawn if atlas.kind(n) == "Method"}
    concepts = {n for n in drawn if atlas.kind(n) == "Concept"}
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (a, b), papers in atlas.together(methods | concepts).items():
        if a in methods and b in concepts:
            cells[a, b] = papers
        elif b in methods and a in concepts:
            cells[b, a] = papers
    weight: Counter[str] = Counter()
    for (a, b), papers in cells.items():
        weight[a] += len(papers)
        weight[b] += len(papers)
    order = {node: i for i, node in enumerate(drawn)}  # neighbours on the map stay neighbours here
    rows = sorted(sorted(methods & set(weight), key=lambda n: (-weight[n], n))[:28], key=order.__getitem__)
    cols = sorted(sorted(concepts & set(weight), key=lambda n: (-weight[n], n))[:20], key=order.__getitem__)
    return {
        "rows": [number[n] for n in rows],
        "columns": [number[n] for n in cols],
        "cells": [
            [number[a], number[b], len(papers), [i for i in map(evidence.paper, papers[:30]) if i >= 0]]
            for (a, b), papers in sorted(cells.items())
            if a in rows and b in cols
        ],
    }


def _colours(scene: Scene, place: Positions) -> list[int]:
    """A colour for each group; where there are more groups than colours, distant ones share."""
    centres = [
        (sum(place[n][0] for n in group) / len(group), sum(place[n][1] for n in group) / len(group))
        for group in scene.groups
    ]
    chosen: list[int] = []
    for i, (x, y) in enumerate(centres):

        def nearest(colour: int, x: float = x, y: float = y) -> float:
            same = [centres[j] for j, other in enumerate(chosen) if other == colour]
            return min((hypot(x - a, y - b) for a, b in same), default=inf)

        chosen.append(i if i < COLOURS else max(range(COLOURS), key=lambda c: (nearest(c), -c)))
    return chosen


def _years(atlas: Atlas) -> list[list[int]]:
    counts = Counter(row["year"] for row in atlas.papers.values() if row.get("year"))
    return [[year, n] for year, n in sorted(counts.items())]


def _distinct(atlas: Atlas, nodes: Sequence[str]) -> list[str]:
    """At most three nodes, none of which says again what one before it said, short enough for two lines."""
    kept: list[str] = []
    for node in nodes:
        words = set(atlas.name(node).lower().split())
        room = len(" · ".join(atlas.name(k) for k in [*kept[1:], node])) <= 36
        if not kept or (room and all(not words & set(atlas.name(k).lower().split()) for k in kept)):
            kept.append(node)
        if len(kept) == 3:
            break
    return kept or list(nodes[:1])


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _safe_json(value: Any) -> Any:
    """JSON that no HTML or script parser can mistake for its own, marked as safe for the template."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
