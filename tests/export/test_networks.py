"""Networks derived from the graph."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.export import networks
from graphbuilder.export.networks import MOST, derive
from graphbuilder.records import EdgeKind, PropertyGraph

from .conftest import edge, node

ARXIV, DOI, TITLE, EXTERNAL = (
    "arxiv:2301.00001",
    "doi:10.1/x(y)<z>",
    "title:0011223344556677",
    "title:8899aabbccddeeff",
)


def pairs(network: PropertyGraph) -> dict[tuple[str, str], dict[str, Any]]:
    (rows,) = network.edges.values()
    return {(row["source"], row["target"]): row for row in rows}


def test_papers_that_are_cited_together(graph: PropertyGraph) -> None:
    found = pairs(derive(graph, "co-citation"))
    # DOI and TITLE each cite these two: each gives the pair 1 / (2 - 1)
    assert found == {
        (ARXIV, EXTERNAL): {"source": ARXIV, "target": EXTERNAL, "weight": 2.0, "shared": [DOI, TITLE]}
    }


def test_papers_that_cite_the_same(graph: PropertyGraph) -> None:
    found = pairs(derive(graph, "coupling"))
    assert set(found) == {(ARXIV, DOI), (ARXIV, TITLE), (DOI, TITLE)}
    # ARXIV is cited by two papers, EXTERNAL by three
    assert found[DOI, TITLE]["weight"] == 1.5
    assert found[DOI, TITLE]["shared"] == [ARXIV, EXTERNAL]


def test_similar_papers_are_the_related_ones_each_pair_once(graph: PropertyGraph) -> None:
    found = pairs(derive(graph, "paper-similarity"))
    assert [(pair, row["weight"], row["shared"]) for pair, row in found.items()] == [
        ((ARXIV, DOI), 1.5, ["ToyNet", "distillation"])
    ]


def test_methods_that_the_same_papers_work_with(graph: PropertyGraph) -> None:
    network = derive(graph, "method-cooccurrence")
    (row,) = pairs(network).values()
    assert (row["source"], row["target"], row["shared"]) == (
        "method:distillation",
        "method:prunenet",
        [ARXIV, DOI],
    )
    assert {r["name"] for r in network.nodes["Method"]} == {"PruneNet", "Distillation"}


def test_the_matrix_has_methods_tasks_and_the_papers_of_each_cell(graph: PropertyGraph) -> None:
    network = derive(graph, "method-task-matrix")
    assert {pair: row["shared"] for pair, row in pairs(network).items()} == {
        ("method:distillation", "concept:compression"): [ARXIV, DOI],
        ("method:distillation", "concept:speech"): [TITLE],
        ("method:prunenet", "concept:compression"): [ARXIV, DOI],
    }
    assert len(derive(graph, "method-task-matrix", top=1).nodes["Method"]) == 1


def test_what_too_many_share_joins_nobody() -> None:
    papers = [f"title:{n:016x}" for n in range(MOST + 1)]
    hub = "title:ffffffffffffffff"
    graph = PropertyGraph(
        {"Paper": [node("Paper", p, title=p) for p in [*papers, hub]]},
        {EdgeKind("CITES", "Paper", "Paper"): [edge("CITES", p, hub) for p in papers]},
    )
    assert pairs(derive(graph, "coupling")) == {}
    graph.edges[EdgeKind("CITES", "Paper", "Paper")].pop()
    assert len(pairs(derive(graph, "coupling"))) <= networks.BEST * MOST


@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), max_size=36))
def test_a_projection_is_what_the_definition_says(cites: set[tuple[str, str]]) -> None:
    graph = PropertyGraph(
        {"Paper": [node("Paper", p) for p in "abcdefuvwxyz"]},
        {EdgeKind("CITES", "Paper", "Paper"): [edge("CITES", a, b) for a, b in sorted(cites)]},
    )
    cited = {b: {a for a, c in cites if c == b} for _, b in cites}
    expected = {}
    for a in "abcdef":
        for b in "abcdef":
            shared = sorted(c for c, by in cited.items() if a in by and b in by)
            if a < b and shared:
                expected[a, b] = (round(sum(1 / (len(cited[c]) - 1) for c in shared), 6), shared)
    assert {p: (r["weight"], r["shared"]) for p, r in pairs(derive(graph, "coupling")).items()} == expected
