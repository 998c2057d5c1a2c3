"""From the statements of all papers to the property graph: a pure function.

The same papers and statements give the same graph, whatever their order. Every edge carries the sentence
that it comes from.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from graphbuilder.assemble.broader import broader
from graphbuilder.assemble.citations import citations, external
from graphbuilder.assemble.entities import Entities, Node, resolve
from graphbuilder.assemble.related import related
from graphbuilder.assemble.rules import Rules, read_rules, write_found
from graphbuilder.garbage import uncollected
from graphbuilder.names import key
from graphbuilder.records import (
    ENTITY_TYPES,
    ROLES,
    EdgeKind,
    Figure,
    Paper,
    PropertyGraph,
    Role,
    Row,
    Span,
    Statements,
    edge_order,
)
from graphbuilder.schema import ROLE_EDGES

__all__ = ["Assembly", "Rules", "assemble", "read_rules", "write_found"]

_ENDS = itemgetter("source", "target")
#: A sentence that speaks of the paper itself shows a role better than one that speaks of the field.
_OWN_VOICE = (" we ", "We ", " our ", "Our ", "this paper", "this work", "This paper", "This work")


@dataclass(frozen=True)
class Assembly:
    """The graph, the merges of names that made it (lines of the names file), and how many works it
    knows from reference lists alone."""

    graph: PropertyGraph
    merges: list[str]
    external: int


def assemble(
    papers: Sequence[Paper],
    statements: Iterable[Statements],
    rules: Rules | None = None,
    keep_external: bool = False,
) -> Assembly:
    """Assemble the property graph of a corpus.

    Args:
        papers: one record a work, as :func:`graphbuilder.sources.merge` gives them.
        statements: what each paper states; a paper without statements stays a node without entities.
        rules: the user's names file.
        keep_external: keep works that are known from reference lists alone, as bare papers.
    """
    with uncollected():
        return _assemble(papers, statements, rules or Rules(), keep_external)


def _assemble(
    papers: Sequence[Paper], statements: Iterable[Statements], rules: Rules, keep_external: bool
) -> Assembly:
    outside = external(papers)
    papers = sorted([*papers, *outside] if keep_external else papers, key=lambda p: p.id)
    stated = {s.id: s for s in statements}
    stated = {p.id: stated[p.id] for p in papers if p.id in stated}
    entities = resolve(papers, stated, rules)
    builder = _Builder(papers, stated, entities)
    builder.papers_and_authors()
    builder.mentions()
    builder.uses()
    builder.results()
    names = {n.id: n.name for n in entities.nodes.values()}
    parents = {}
    for child, parent, reason in broader(entities.nodes, rules):
        builder.edge("BROADER", child, parent, reason=reason)
        parents[child] = parent
    for row in citations(papers, stated, builder.mention_rows, names):
        builder.edge("CITES", **row)
    roles: dict[str, dict[str, Role]] = defaultdict(dict)
    titled: dict[str, set[str]] = defaultdict(set)
    title = {p.id: len(p.title) for p in papers}
    for (paper, entity), (role, row) in builder.mention_rows.items():
        roles[paper][entity] = role
        if row["spans"][0] < title[paper]:
            titled[paper].add(entity)
    for row in related(roles, titled, names, parents):
        builder.edge("RELATED", **row)
    return Assembly(builder.finish(), entities.found, len(outside))


class _Builder:
    """Collects the rows of the graph; ``finish`` puts them in order."""

    def __init__(self, papers: Sequence[Paper], stated: dict[str, Statements], entities: Entities) -> None:
        self._papers = papers
        self._stated = stated
        self._entities = entities
        self._label: dict[str, str] = {node.id: node.label for node in entities.nodes.values()}
        self._nodes: dict[str, list[Row]] = defaultdict(list)
        self._edges: dict[EdgeKind, list[Row]] = defaultdict(list)
        self._names_of: tuple[str, dict[str, str]] = "", {}
        self.mention_rows: dict[tuple[str, str], tuple[Role, Row]] = {}
        for label in ENTITY_TYPES:
            self._nodes[label] = []
        for node in entities.nodes.values():
            self._nodes[node.label].append(_entity_row(node))

    def edge(self, type_: str, source: str, target: str, **properties: object) -> None:
        """Add an edge between two nodes that are there already."""
        kind = EdgeKind(type_, self._label[source], self._label[target])
        self._edges[kind].append({"source": source, "target": target, **properties})

    def papers_and_authors(self) -> None:
        authors: dict[str, str] = {}
        wrote: dict[tuple[str, str], int] = {}
        for paper in self._papers:
            self._label[paper.id] = "Paper"
            self._nodes["Paper"].append(_paper_row(paper, self._stated.get(paper.id)))
            for position, name in enumerate(paper.authors, 1):
                author = f"a:{key(name)}"
                authors[author] = min(name, authors.get(author, name))
                wrote.setdefault((author, paper.id), position)
        for author, name in sorted(authors.items()):
            self._label[author] = "Author"
            self._nodes["Author"].append({"id": author, "kind": "Author", "name": name})
        for (author, paper_id), position in sorted(wrote.items()):
            self.edge("WROTE", author, paper_id, position=position)

    def mentions(self) -> None:
        """One edge for each paper and entity: the strongest role, all spans, the most telling sentence."""
        for paper in self._papers:
            statements = self._stated.get(paper.id)
            if statements is None:
                continue
            spans: dict[str, set[Span]] = defaultdict(set)
            best: dict[str, tuple[int, float, Role]] = {}
            for index, entity in enumerate(statements.entities):
                node = self._entities.of[paper.id, index]
                spans[node].update(entity.mentions)
                rank = (ROLES.index(entity.role), -entity.confidence, entity.role)
                best[node] = min(best.get(node, rank), rank)
            for node in sorted(spans):
                _, confidence, role = best[node]
                ordered = sorted(spans[node])
                start, end = _telling(paper, statements, ordered)
                row: Row = {
                    "sentence": _sentence(paper.text, statements, start),
                    "start": start,
                    "end": end,
                    "surface": paper.text[start:end],
                    "confidence": round(-confidence, 4),
                    "spans": [offset for span in ordered for offset in span],
                }
                self.mention_rows[paper.id, node] = (role, row)
                self.edge(ROLE_EDGES[role], paper.id, node, **row)

    def uses(self) -> None:
        for paper in self._papers:
            statements = self._stated.get(paper.id)
            seen: set[tuple[str, str]] = set()
            for use in statements.used_for if statements else ():
                user, purpose = self._named(paper.id, use.user), self._named(paper.id, use.purpose)
                if user is None or purpose is None or user == purpose or (user, purpose) in seen:
                    continue
                seen.add((user, purpose))
                start, end = use.sentence
                self.edge(
                    "USED_FOR",
                    user,
                    purpose,
                    paper=paper.id,
                    sentence=paper.text[start:end],
                    start=start,
                    end=end,
                    confidence=round(use.confidence, 4),
                )

    def results(self) -> None:
        for paper in self._papers:
            statements = self._stated.get(paper.id)
            for figure in sorted(set(statements.results), key=repr) if statements else ():
                result = _result_row(paper.id, figure)
                if result["id"] in self._label:
                    continue
                self._label[result["id"]] = "Result"
                self._nodes["Result"].append(result)
                start, end = figure.sentence
                sentence = paper.text[start:end]
                self.edge("REPORTS", paper.id, result["id"], sentence=sentence, start=start, end=end)
                metric = self._named(paper.id, figure.metric)
                if metric is not None:
                    self.edge("OF", result["id"], metric, sentence=sentence)
                dataset = self._named(paper.id, figure.dataset) if figure.dataset else None
                if dataset is not None:
                    confidence = round(figure.dataset_confidence, 4)
                    self.edge("ON", result["id"], dataset, sentence=sentence, confidence=confidence)

    def finish(self) -> PropertyGraph:
        nodes = {
            label: sorted(rows, key=lambda r: str(r["id"])) for label, rows in sorted(self._nodes.items())
        }
        edges = {kind: _ordered(rows) for kind, rows in sorted(self._edges.items())}
        return PropertyGraph(nodes, edges)

    def _named(self, paper: str, name: str) -> str | None:
        """The node that a name of a paper's own statements stands for."""
        if self._names_of[0] != paper:
            names: dict[str, str] = {}
            for index, entity in enumerate(self._stated[paper].entities):
                for form in (entity.name, *entity.aliases):
                    names.setdefault(key(form), self._entities.of[paper, index])
            self._names_of = paper, names
        return self._names_of[1].get(key(name))


def _ordered(rows: list[Row]) -> list[Row]:
    """Edges by ``edge_order``, which is only worked out where two edges join the same ends."""
    ordered: list[Row] = []
    for _, alike in groupby(sorted(rows, key=_ENDS), key=_ENDS):
        same = list(alike)
        ordered += sorted(same, key=edge_order) if len(same) > 1 else same
    return ordered


def _paper_row(paper: Paper, statements: Statements | None) -> Row:
    return {
        "id": paper.id,
        "kind": "Paper",
        "title": paper.title,
        "abstract": paper.abstract,
        "year": paper.year,
        "date": paper.date,
        "venue": paper.venue,
        "url": paper.url,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "sources": list(paper.sources),
        "sentences": [offset for span in statements.sentences for offset in span] if statements else [],
        "external": not paper.abstract,
    }


def _entity_row(node: Node) -> Row:
    return {
        "id": node.id,
        "kind": node.label,
        "name": node.name,
        "aliases": node.aliases,
        "papers": len(node.papers),
        "ambiguous": node.ambiguous,
    }


def _result_row(paper: str, figure: Figure) -> Row:
    content = "\x1f".join((paper, figure.metric, figure.value, figure.dataset or "", str(figure.sentence)))
    return {
        "id": f"r:{hashlib.sha256(content.encode()).hexdigest()[:16]}",
        "kind": "Result",
        "metric": figure.metric,
        "value": figure.value,
        "number": figure.number,
        "unit": figure.unit,
        "better": figure.better,
        "relative": figure.relative,
        "confidence": round(figure.confidence, 4),
    }


def _telling(paper: Paper, statements: Statements, spans: Sequence[Span]) -> Span:
    """The span whose sentence shows most: the paper's own voice, then the abstract, then the title."""

    def rank(span: Span) -> tuple[bool, bool, Span]:
        sentence = _sentence(paper.text, statements, span[0])
        return (not any(voice in f" {sentence}" for voice in _OWN_VOICE), span[0] < len(paper.title), span)

    return min(spans, key=rank) if len(spans) > 1 else spans[0]


def _sentence(text: str, statements: Statements, at: int) -> str:
    for start, end in statements.sentences:
        if start <= at < end:
            return text[start:end]
    return text
