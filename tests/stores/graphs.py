"""Small graphs for the tests of stores."""

from __future__ import annotations

from graphbuilder.records import EdgeKind, PropertyGraph

#: Strings that a store may stumble on.
AWKWARD = "NUL \0, quotes ' \" `, backslash \\ \\u0041, newline \n, tab \t, é 😀 \u202e שלום \ufeff"


def papers() -> PropertyGraph:
    """Two papers, a method, a dataset; every kind of value, missing ones too."""
    return PropertyGraph(
        nodes={
            "Paper": [
                {
                    "id": "doi:10.1/a",
                    "kind": "Paper",
                    "title": AWKWARD,
                    "abstract": "",
                    "year": 2024,
                    "date": None,
                    "sources": [],
                    "sentences": [0, 12, 13, 40],
                    "external": False,
                },
                {
                    "id": "title:0123",
                    "kind": "Paper",
                    "title": "Pruning with less",
                    "year": None,
                    "sources": ["a'b.txt", ""],
                    "sentences": [],
                    "external": True,
                },
            ],
            "Author": [{"id": "a:zoë", "kind": "Author", "name": "Zoë"}],
            "Method": [
                {
                    "id": "e:vib",
                    "kind": "Method",
                    "name": "Variational Information Bottleneck",
                    "aliases": ["VIB", AWKWARD],
                    "papers": 2,
                    "ambiguous": False,
                }
            ],
            "Concept": [
                {"id": "e:pruning", "kind": "Concept", "name": "pruning", "aliases": [], "papers": 1},
            ],
            "Result": [
                {
                    "id": "r:1",
                    "kind": "Result",
                    "metric": "F1",
                    "value": "0.1",
                    "number": 0.1,
                    "relative": True,
                }
            ],
        },
        edges={
            EdgeKind("WROTE", "Author", "Paper"): [
                {"source": "a:zoë", "target": "doi:10.1/a", "position": 1},
            ],
            EdgeKind("USES", "Paper", "Method"): [
                {
                    "source": paper,
                    "target": "e:vib",
                    "sentence": AWKWARD,
                    "start": 3,
                    "end": 6,
                    "surface": "VIB",
                    "confidence": confidence,
                    "spans": [3, 6, 20, 23],
                }
                for paper, confidence in (("doi:10.1/a", 0.1 + 0.2), ("title:0123", 1.0))
            ],
            EdgeKind("USED_FOR", "Method", "Concept"): [
                {
                    "source": "e:vib",
                    "target": "e:pruning",
                    "paper": paper,
                    "sentence": "We use VIB for pruning.",
                    "start": 0,
                    "end": 23,
                    "confidence": 0.5,
                }
                for paper in ("doi:10.1/a", "title:0123")
            ],
            EdgeKind("REPORTS", "Paper", "Result"): [
                {"source": "doi:10.1/a", "target": "r:1", "sentence": "F1 of 0.1.", "start": 0, "end": 10}
            ],
            EdgeKind("CITES", "Paper", "Paper"): [
                {"source": "doi:10.1/a", "target": "title:0123", "provenance": "reference list"}
            ],
            EdgeKind("RELATED", "Paper", "Paper"): [
                {"source": "doi:10.1/a", "target": "title:0123", "score": 1e-300, "shared": ["e:vib"]}
            ],
        },
    )
