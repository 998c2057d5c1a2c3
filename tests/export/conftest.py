"""A small graph that follows the schema in every corner, and strategies for graphs of any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import EDGES, NODES

NASTY = "Ünï 漢字 עברית \U0001f9ea \"q\" 'a' `b` <&> ]]> a;b|c,d\te\\u0027 \\n $x {y} \x1f %s"


def node(label: str, identity: str, **values: Any) -> Row:
    row: Row = {name: [] if kind in ("strings", "ints") else None for name, kind in NODES[label].items()}
    return row | {"id": identity, "kind": label} | values


def edge(name: str, source: str, target: str, **values: Any) -> Row:
    row: Row = {prop: [] if kind in ("strings", "ints") else None for prop, kind in EDGES[name].items()}
    return {"source": source, "target": target, **row} | values


def mention(name: str, source: str, target: str, sentence: str, surface: str, confidence: float = 0.9) -> Row:
    start = sentence.index(surface)
    end = start + len(surface)
    return edge(
        name,
        source,
        target,
        sentence=sentence,
        start=start,
        end=end,
        surface=surface,
        confidence=confidence,
        spans=[start, end],
    )


def sample() -> PropertyGraph:
    """Four papers, in which everything of the schema occurs."""
    a, b, c, d = "arxiv:2301.00001", "doi:10.1/x(y)<z>", "title:0011223344556677", "title:8899aabbccddeeff"
    nodes = {
        "Paper": [
            node(
                "Paper",
                a,
                title="PruneNet: Pruning & Distilling",
                abstract="We propose PruneNet for model compression.\nIt reaches 71.2% top-1 on ToyNet.",
                year=2023,
                date="2023-01-02",
                arxiv_id="2301.00001",
                url="https://arxiv.org/abs/2301.00001",
                sources=["page one.txt", "two;three.jsonl"],
                sentences=[0, 30, 31, 73],
                external=False,
            ),
            node(
                "Paper",
                b,
                title=NASTY,
                abstract=NASTY + "\r\n" + NASTY,
                year=2024,
                venue="J. of {Odd} & Ends",
                doi="10.1/x(y)<z>",
                external=False,
            ),
            node("Paper", c, title="A paper without a year", external=False),
            node("Paper", d, title="Known from a list", year=2019, external=True),
        ],
        "Author": [
            node("Author", "author:ada lovelace", name="Ada Lovelace"),
            node("Author", "author:jan van den berg", name="Jan van den Berg"),
            node("Author", "author:plato", name="Plato"),
        ],
        "Method": [
            node(
                "Method",
                "method:prunenet",
                name="PruneNet",
                aliases=["Prune-Net", "PN"],
                papers=2,
                ambiguous=False,
            ),
            node(
                "Method",
                "method:distillation",
                name="Distillation",
                aliases=[NASTY],
                papers=3,
                ambiguous=True,
            ),
        ],
        "Dataset": [node("Dataset", "dataset:toynet", name="ToyNet", papers=2, ambiguous=False)],
        "Metric": [node("Metric", "metric:top1", name="top-1 accuracy", papers=1, ambiguous=False)],
        "Concept": [
            node("Concept", "concept:compression", name="model compression", papers=2, ambiguous=False),
            node("Concept", "concept:speech", name="speech", papers=1, ambiguous=False),
        ],
        "Result": [
            node(
                "Result",
                "result:1",
                metric="top-1",
                value="71.2%",
                number=71.2,
                unit="%",
                better="higher",
                relative=False,
            ),
            node("Result", "result:2", metric="latency", value="3x", relative=True),
        ],
    }
    edges = {
        EdgeKind("WROTE", "Author", "Paper"): [
            edge("WROTE", "author:ada lovelace", a, position=2),
            edge("WROTE", "author:jan van den berg", a, position=1),
            edge("WROTE", "author:plato", b, position=1),
        ],
        EdgeKind("INTRODUCES", "Paper", "Method"): [
            mention(
                "INTRODUCES", a, "method:prunenet", "We propose PruneNet for model compression.", "PruneNet"
            )
        ],
        EdgeKind("USES", "Paper", "Method"): [
            mention("USES", a, "method:distillation", "It is pruned with distillation.", "distillation"),
            mention("USES", b, "method:distillation", NASTY, NASTY, 0.5),
            mention("USES", b, "method:prunenet", "PruneNet helps.", "PruneNet"),
            mention("USES", c, "method:distillation", "Distillation.", "Distillation"),
        ],
        EdgeKind("EVALUATES_ON", "Paper", "Dataset"): [
            mention("EVALUATES_ON", a, "dataset:toynet", "It reaches 71.2% top-1 on ToyNet.", "ToyNet"),
            mention("EVALUATES_ON", b, "dataset:toynet", "On ToyNet.", "ToyNet"),
        ],
        EdgeKind("MEASURES", "Paper", "Metric"): [
            mention("MEASURES", a, "metric:top1", "It reaches 71.2% top-1 on ToyNet.", "top-1")
        ],
        EdgeKind("STUDIES", "Paper", "Concept"): [
            mention(
                "STUDIES",
                a,
                "concept:compression",
                "We propose PruneNet for model compression.",
                "compression",
            ),
            mention("STUDIES", b, "concept:compression", "compression", "compression"),
            mention("STUDIES", c, "concept:speech", "speech", "speech"),
        ],
        EdgeKind("USED_FOR", "Method", "Concept"): [
            edge(
                "USED_FOR",
                "method:prunenet",
                "concept:compression",
                paper=a,
                start=0,
                end=42,
                confidence=0.8,
                sentence="We propose PruneNet for model compression.",
            ),
            edge(
                "USED_FOR",
                "method:prunenet",
                "concept:compression",
                paper=b,
                sentence="Again.",
                confidence=1.0,
            ),
        ],
        EdgeKind("REPORTS", "Paper", "Result"): [
            edge("REPORTS", a, "result:1", sentence="It reaches 71.2% top-1 on ToyNet.", start=73, end=106),
            edge("REPORTS", b, "result:2", sentence="3x"),
        ],
        EdgeKind("OF", "Result", "Metric"): [edge("OF", "result:1", "metric:top1", sentence="It reaches.")],
        EdgeKind("ON", "Result", "Dataset"): [
            edge("ON", "result:1", "dataset:toynet", sentence="It reaches.")
        ],
        EdgeKind("BROADER", "Method", "Concept"): [
            edge("BROADER", "method:prunenet", "concept:compression", reason="head noun")
        ],
        EdgeKind("CITES", "Paper", "Paper"): [
            edge("CITES", a, d, provenance="source"),
            edge("CITES", b, a, provenance="text", sentence="As in (Lovelace, 2023).", start=6, end=20),
            edge("CITES", b, d, provenance="source"),
            edge("CITES", c, a, provenance="source"),
            edge("CITES", c, d, provenance="source"),
        ],
        EdgeKind("RELATED", "Paper", "Paper"): [
            edge("RELATED", a, b, score=1.5, shared=["distillation", "ToyNet"]),
            edge("RELATED", b, a, score=1.25, shared=["distillation"]),
        ],
    }
    return PropertyGraph(nodes, edges)


#: Any text that a source may hold: all of Unicode but surrogates, controls and quotes often.
TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\x00\x01\x0b\x1f\r\n\t\"'\\`;|&<>,"))
)


@st.composite
def graphs(draw: st.DrawFn) -> PropertyGraph:
    """Papers and methods whose every string is any text, joined by edges of two types."""
    of_type = {
        "string": st.none() | TEXT,
        "int": st.none() | st.integers(-(2**31), 2**31 - 1),
        "float": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "bool": st.none() | st.booleans(),
        "strings": st.lists(TEXT, max_size=3),
        "ints": st.lists(st.integers(0, 10**6), max_size=4),
    }

    def rows(label: str) -> list[Row]:
        ids = draw(st.lists(TEXT.filter(bool), min_size=1, max_size=4, unique=True))
        values = {n: of_type[t] for n, t in NODES[label].items() if n not in ("id", "kind")}
        return [{"id": i, "kind": label, **draw(st.fixed_dictionaries(values))} for i in sorted(ids)]

    nodes = {label: rows(label) for label in ("Paper", "Method")}
    edges: dict[EdgeKind, list[Row]] = {}
    for kind in (EdgeKind("USES", "Paper", "Method"), EdgeKind("RELATED", "Paper", "Paper")):
        ends = st.fixed_dictionaries(
            {
                "source": st.sampled_from([r["id"] for r in nodes[kind.source]]),
                "target": st.sampled_from([r["id"] for r in nodes[kind.target]]),
                **{n: of_type[t] for n, t in EDGES[kind.type].items()},
            }
        )
        edges[kind] = draw(st.lists(ends, max_size=4))
    return PropertyGraph(nodes, edges)


@pytest.fixture
def graph() -> PropertyGraph:
    return sample()
