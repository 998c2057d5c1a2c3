"""The records that pass from stage to stage: papers, statements, and the property graph.

A stage knows the one before it by these alone. Offsets are always into a paper's text,
``title + "\\n" + abstract``, counted in Unicode code points.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

EntityType = Literal["Method", "Dataset", "Metric", "Concept"]
Role = Literal["introduces", "uses", "compares", "evaluates_on", "measures", "studies", "mentions"]

ENTITY_TYPES: tuple[EntityType, ...] = ("Method", "Dataset", "Metric", "Concept")
ROLES: tuple[Role, ...] = (
    "introduces",
    "uses",
    "compares",
    "evaluates_on",
    "measures",
    "studies",
    "mentions",
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """One work, or one record of a work as a source gives it (before duplicates are merged).

    ``date`` is ISO (``2024-10-03``); ``authors`` are full names in order; ``sources`` are the names of
    the files that hold the work; ``references`` are ids of works (``doi:...``, ``arxiv:...``,
    ``openalex:...``), in the order of the source; ``other_ids`` are further ids of this same work.
    ``provenance`` names the source of each field that was filled by a merge.
    """

    id: str
    title: str
    abstract: str = ""
    year: int | None = None
    date: str | None = None
    venue: str | None = None
    url: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """What the extractor reads and what every offset points into."""
        return f"{self.title}\n{self.abstract}"

    def to_json(self) -> dict[str, Any]:
        """A JSON object with every field that is set."""
        return {k: v for k, v in asdict(self).items() if v not in (None, (), "")}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Paper:
        """The inverse of :meth:`to_json`."""
        lists = ("authors", "sources", "references", "other_ids")
        values: dict[str, Any] = {k: tuple(v) if k in lists else v for k, v in row.items()}
        values["provenance"] = tuple((f, s) for f, s in row.get("provenance", ()))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Skip:
    """A record that could not be used: where it stands (``file:line``) and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class PaperEntity:
    """What one paper's text says of one thing.

    ``name`` is the fullest form that the text prints, ``aliases`` the other forms; ``mentions`` are the
    spans of all of them in order of place, at least one; ``confidence`` is in 0..1. A coordinated name
    ("structured pruning" of "structured and unstructured pruning") is printed in pieces: its mention is
    the whole phrase.
    """

    name: str
    type: EntityType
    role: Role
    confidence: float
    mentions: tuple[Span, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """``user`` is used for ``purpose`` (names of entities of the same paper); ``sentence`` says so."""

    user: str
    purpose: str
    sentence: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a paper reports: ``value`` as printed, of ``metric``, on ``dataset`` if it says so.

    ``number`` and ``unit`` are the value read (``63.2`` and ``%``); ``better`` is ``higher`` or ``lower``
    where the words tell; ``relative`` is true for a change against something else ("reduces by 40%").
    ``confidence`` (0..1) is how sure the value is one of the metric, ``dataset_confidence`` on the dataset.
    """

    metric: str
    value: str
    sentence: Span
    dataset: str | None = None
    number: float | None = None
    unit: str | None = None
    better: Literal["higher", "lower"] | None = None
    relative: bool = False
    confidence: float = 1.0
    dataset_confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym that the text itself defines: "Variational Information Bottleneck (VIB)"."""

    short: str
    long: str
    short_span: Span
    long_span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A work that the text cites by author and year: "InfoDiffusion (Song et al., 2022)"."""

    authors: tuple[str, ...]
    year: int
    span: Span


@dataclass(frozen=True, slots=True)
class Statements:
    """All that one paper's text says. Depends on that text and the extractor's version alone."""

    id: str
    title: str
    sentences: tuple[Span, ...] = ()
    entities: tuple[PaperEntity, ...] = ()
    used_for: tuple[Use, ...] = ()
    results: tuple[Figure, ...] = ()
    definitions: tuple[Definition, ...] = ()
    citations: tuple[Citation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that ``graphbuilder extract`` prints for a paper."""
        return {
            "id": self.id,
            "title": self.title,
            "entities": [
                {
                    "name": e.name,
                    "aliases": list(e.aliases),
                    "type": e.type,
                    "role": e.role,
                    "confidence": round(e.confidence, 4),
                    "mentions": [list(m) for m in e.mentions],
                }
                for e in self.entities
            ],
            "used_for": [[u.user, u.purpose] for u in self.used_for],
            "used_for_evidence": [[*u.sentence, round(u.confidence, 4)] for u in self.used_for],
            "results": [
                asdict(r) | {"sentence": list(r.sentence), "confidence": round(r.confidence, 4)}
                for r in self.results
            ],
            "sentences": [list(s) for s in self.sentences],
            "definitions": [asdict(d) for d in self.definitions],
            "citations": [asdict(c) for c in self.citations],
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Statements:
        """The inverse of :meth:`to_json`."""

        def span(value: Any) -> Span:
            return (value[0], value[1])

        return cls(
            id=row["id"],
            title=row["title"],
            sentences=tuple(map(span, row["sentences"])),
            entities=tuple(
                PaperEntity(
                    name=e["name"],
                    type=e["type"],
                    role=e["role"],
                    confidence=e["confidence"],
                    mentions=tuple(map(span, e["mentions"])),
                    aliases=tuple(e["aliases"]),
                )
                for e in row["entities"]
            ),
            used_for=tuple(
                Use(a, b, (s, e), c)
                for (a, b), (s, e, c) in zip(row["used_for"], row["used_for_evidence"], strict=True)
            ),
            results=tuple(Figure(**{**r, "sentence": span(r["sentence"])}) for r in row["results"]),
            definitions=tuple(
                Definition(d["short"], d["long"], span(d["short_span"]), span(d["long_span"]))
                for d in row["definitions"]
            ),
            citations=tuple(
                Citation(tuple(c["authors"]), c["year"], span(c["span"])) for c in row["citations"]
            ),
        )


class EdgeKind(NamedTuple):
    """What a table of edges holds: its type and the labels of its two ends."""

    type: str
    source: str
    target: str


Row = dict[str, Any]


@dataclass
class PropertyGraph:
    """The assembled graph, as rows: what every store writes and reads back.

    ``nodes`` maps a label of :data:`graphbuilder.schema.NODES` to rows with its properties, ordered by
    ``id``. ``edges`` maps a kind to rows with ``source`` and ``target`` (ids of nodes) and the
    properties that :data:`graphbuilder.schema.EDGES` gives its type, ordered by all their values.
    """

    nodes: dict[str, list[Row]] = field(default_factory=dict)
    edges: dict[EdgeKind, list[Row]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Number of nodes by label and of edges by type, names in order."""
        totals: dict[str, int] = {label: len(rows) for label, rows in self.nodes.items()}
        for kind, rows in self.edges.items():
            totals[kind.type] = totals.get(kind.type, 0) + len(rows)
        return dict(sorted(totals.items()))

    def lines(self) -> Iterator[str]:
        """The graph as canonical JSON lines, nodes first; equal graphs give equal lines.

        A property that is None or an empty list is left out: no store tells it from a missing one.
        """
        for label in sorted(self.nodes):
            yield from sorted(_canonical({"label": label, **row}) for row in self.nodes[label])
        for kind in sorted(self.edges):
            ends = {"type": kind.type, "from": kind.source, "to": kind.target}
            yield from sorted(_canonical({**ends, **row}) for row in self.edges[kind])

    def content_hash(self) -> str:
        """SHA-256 over :meth:`lines`, in hex: the same for the same graph in any store."""
        digest = hashlib.sha256()
        for line in self.lines():
            digest.update(line.encode())
            digest.update(b"\n")
        return digest.hexdigest()


def edge_order(row: Row) -> tuple[str, str, str]:
    """The key that edges of one kind are ordered by: their ends, then all their values."""
    return row["source"], row["target"], _canonical(row)


def _canonical(row: Row) -> str:
    row = {name: value for name, value in row.items() if value is not None and value != []}
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
