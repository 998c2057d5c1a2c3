"""A property graph indexed for drawing: what a paper mentions, who mentions an entity, what links what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import combinations
from typing import NamedTuple

from graphbuilder.errors import GraphbuilderError
from graphbuilder.names import key
from graphbuilder.records import ENTITY_TYPES, PropertyGraph, Row
from graphbuilder.schema import ROLE_EDGES

_ROLES = {edge: role for role, edge in ROLE_EDGES.items()}
_LINKS = ("USED_FOR", "BROADER", "CITES", "RELATED")


class Mention(NamedTuple):
    """A paper's relation to an entity, with the row of its edge as evidence."""

    paper: str
    entity: str
    role: str
    row: Row


class Link(NamedTuple):
    """An edge between two entities or two papers: its type as in the schema, and its row."""

    source: str
    target: str
    type: str
    row: Row


class Atlas:
    """The papers, entities, mentions and links of a graph, by id.

    Authors and results are not drawn; works that are known from a reference list alone neither.
    """

    def __init__(self, graph: PropertyGraph) -> None:
        self.papers: dict[str, Row] = {
            row["id"]: row for row in graph.nodes.get("Paper", ()) if not row.get("external")
        }
        self.entities: dict[str, Row] = {
            row["id"]: row for label in ENTITY_TYPES for row in graph.nodes.get(label, ())
        }
        self.by_paper: dict[str, list[Mention]] = defaultdict(list)
        self.by_entity: dict[str, list[Mention]] = defaultdict(list)
        self.links: list[Link] = []
        self.authors: dict[str, list[str]] = defaultdict(list)
        names = {row["id"]: row["name"] for row in graph.nodes.get("Author", ())}
        for kind in sorted(graph.edges):
            if kind.type in _ROLES:
                self._add_mentions(_ROLES[kind.type], graph.edges[kind])
            elif kind.type in _LINKS:
                known = self.papers if kind.source == "Paper" else self.entities
                self.links += [
                    Link(row["source"], row["target"], kind.type, row)
                    for row in graph.edges[kind]
                    if row["source"] in known and row["target"] in known
                ]
            elif kind.type == "WROTE":
                for row in sorted(graph.edges[kind], key=lambda r: r.get("position") or 0):
                    self.authors[row["target"]].append(names.get(row["source"], ""))

    def _add_mentions(self, role: str, rows: Iterable[Row]) -> None:
        for row in rows:
            paper, entity = row["source"], row["target"]
            if paper in self.papers and entity in self.entities:
                mention = Mention(paper, entity, role, row)
                self.by_paper[paper].append(mention)
                self.by_entity[entity].append(mention)

    def name(self, node: str) -> str:
        """The title of a paper or the name of an entity."""
        return str(self.papers[node]["title"] if node in self.papers else self.entities[node]["name"])

    def kind(self, node: str) -> str:
        """``Paper`` or the type of an entity."""
        return "Paper" if node in self.papers else str(self.entities[node]["kind"])

    def size(self, node: str) -> int:
        """The number of papers that mention an entity; 1 for a paper."""
        if node not in self.entities:
            return 1
        if (known := self.entities[node].get("papers")) is not None:
            return int(known)
        return len({m.paper for m in self.by_entity[node]})

    def find(self, name: str) -> str:
        """The id of the entity or paper that a user means by ``name``: an id, a name, an alias or a title.

        Raises GraphbuilderError, with near names, if there is none.
        """
        if name in self.papers or name in self.entities:
            return name
        wanted = key(name)
        names: dict[str, str] = {}
        for paper in self.papers.values():
            names.setdefault(key(paper["title"]), paper["id"])
        # the entity of most papers wins a name, and its own name an alias
        for entity in sorted(self.entities.values(), key=lambda e: (e.get("papers") or 0, e["id"])):
            for alias in entity.get("aliases") or ():
                names[key(alias)] = entity["id"]
        for entity in sorted(self.entities.values(), key=lambda e: (e.get("papers") or 0, e["id"])):
            names[key(entity["name"])] = entity["id"]
        if wanted in names:
            return names[wanted]
        titles = [i for k, i in names.items() if i in self.papers and k.startswith(wanted)]
        if len(wanted) >= 6 and len(titles) == 1:
            return titles[0]
        near = [self.name(names[k]) for k in get_close_matches(wanted, names, n=3, cutoff=0.7)]
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "try graphbuilder show or ask"
        raise GraphbuilderError(f"nothing in the graph is called {name!r}; {hint}")

    def together(self, entities: Iterable[str]) -> dict[tuple[str, str], list[str]]:
        """For each pair of these entities (ids in order) the papers that mention both."""
        wanted = set(entities)
        pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
        for paper in self.papers:
            named = sorted({m.entity for m in self.by_paper.get(paper, ()) if m.entity in wanted})
            for pair in combinations(named, 2):
                pairs[pair].append(paper)
        return pairs
