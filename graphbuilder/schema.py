"""What the property graph holds: its labels, edge types and their properties.

Types are ``string``, ``int``, ``float``, ``bool``, ``strings`` and ``ints`` (lists). Every property may be
missing (None) except ``id``; lists are empty instead. Spans are flat lists of offsets
``[start, end, start, end, ...]`` into ``title + "\\n" + abstract``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from graphbuilder.records import ENTITY_TYPES, EdgeKind

PropertyType = Literal["string", "int", "float", "bool", "strings", "ints"]
Properties = dict[str, PropertyType]

#: Raised whenever a graph written by an older release cannot be read by this one.
VERSION = 2

_ENTITY: Properties = {
    "id": "string",
    "kind": "string",  # the label again: the two engines disagree on labels(n)
    "name": "string",
    "aliases": "strings",
    "papers": "int",
    "ambiguous": "bool",  # a short form that the corpus never resolves
}

NODES: dict[str, Properties] = {
    "Paper": {
        "id": "string",
        "kind": "string",
        "title": "string",
        "abstract": "string",
        "year": "int",
        "date": "string",
        "venue": "string",
        "url": "string",
        "doi": "string",
        "arxiv_id": "string",
        "sources": "strings",
        "sentences": "ints",
        "external": "bool",  # known from a reference list alone
    },
    "Author": {"id": "string", "kind": "string", "name": "string"},
    **dict.fromkeys(ENTITY_TYPES, _ENTITY),
    "Result": {
        "id": "string",
        "kind": "string",
        "metric": "string",
        "value": "string",
        "number": "float",
        "unit": "string",
        "better": "string",
        "relative": "bool",
        "confidence": "float",
    },
}

#: The span that stands for the edge (its sentence, surface), then all spans of the entity in the paper.
_MENTION: Properties = {
    "sentence": "string",
    "start": "int",
    "end": "int",
    "surface": "string",
    "confidence": "float",
    "spans": "ints",
}

#: Edge types that say how a paper relates to an entity, by role.
ROLE_EDGES: dict[str, str] = {
    "introduces": "INTRODUCES",
    "uses": "USES",
    "compares": "COMPARES",
    "evaluates_on": "EVALUATES_ON",
    "measures": "MEASURES",
    "studies": "STUDIES",
    "mentions": "MENTIONS",
}

#: Properties of each edge type.
EDGES: dict[str, Properties] = {
    "WROTE": {"position": "int"},
    **dict.fromkeys(ROLE_EDGES.values(), _MENTION),
    "USED_FOR": {
        "paper": "string",
        "sentence": "string",
        "start": "int",
        "end": "int",
        "confidence": "float",
    },
    "REPORTS": {"sentence": "string", "start": "int", "end": "int"},
    "OF": {"sentence": "string"},
    "ON": {"sentence": "string", "confidence": "float"},
    "BROADER": {"reason": "string"},
    "CITES": {"provenance": "string", "sentence": "string", "start": "int", "end": "int"},
    "RELATED": {"score": "float", "shared": "strings"},
}

_PAIRS: dict[str, list[tuple[str, str]]] = {
    "WROTE": [("Author", "Paper")],
    **{edge: [("Paper", label) for label in ENTITY_TYPES] for edge in ROLE_EDGES.values()},
    "USED_FOR": [(a, b) for a in ENTITY_TYPES for b in ENTITY_TYPES],
    "REPORTS": [("Paper", "Result")],
    # a metric may carry another majority label in the corpus; the edge follows the node
    "OF": [("Result", label) for label in ENTITY_TYPES],
    "ON": [("Result", label) for label in ENTITY_TYPES],
    "BROADER": [(a, b) for a in ENTITY_TYPES for b in ENTITY_TYPES],
    "CITES": [("Paper", "Paper")],
    "RELATED": [("Paper", "Paper")],
}

#: Every pair of labels that an edge type may join.
EDGE_KINDS: tuple[EdgeKind, ...] = tuple(
    EdgeKind(edge, source, target) for edge, pairs in _PAIRS.items() for source, target in pairs
)

#: Full-text indexes of a graph in Neo4j, each with the properties that it covers and how it takes their text
#: apart: names as they are written, for a person's own tools; and what papers say, by the stems of its words,
#: for questions.
SEARCHED = {
    "text": (("name", "aliases", "title"), "standard-no-stop-words"),
    "papers": (("title", "abstract"), "english"),
}


def index_statements(label: str, properties: Iterable[str]) -> list[str]:
    """Cypher that makes the indexes of a graph in Neo4j: by the values of properties, and :data:`SEARCHED`.

    ``label`` is what all nodes of the graph carry; the indexes are called by it.
    """

    def quoted(name: str) -> str:
        return name if name.isidentifier() else f"`{name}`"

    nodes = f"FOR (n:{quoted(label)})"
    return [
        *(
            f"CREATE INDEX {quoted(f'{label}_{name}')} IF NOT EXISTS {nodes} ON (n.{name})"
            for name in properties
        ),
        *(
            f"CREATE FULLTEXT INDEX {quoted(f'{label}_{name}')} IF NOT EXISTS {nodes}"
            f" ON EACH [{', '.join(f'n.{covered}' for covered in several)}]"
            f" OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{analyzer}'}}}}"
            for name, (several, analyzer) in SEARCHED.items()
        ),
    ]
