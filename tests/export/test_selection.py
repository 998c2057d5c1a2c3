"""A part of the graph."""

from __future__ import annotations

import pytest

from graphbuilder.errors import GraphbuilderError
from graphbuilder.export.selection import Selection, find
from graphbuilder.records import PropertyGraph

ARXIV, DOI, TITLE, EXTERNAL = (
    "arxiv:2301.00001",
    "doi:10.1/x(y)<z>",
    "title:0011223344556677",
    "title:8899aabbccddeeff",
)


def ids(graph: PropertyGraph, label: str) -> set[str]:
    return {row["id"] for row in graph.nodes.get(label, [])}


def whole(graph: PropertyGraph) -> bool:
    """Whether both ends of every edge are in the graph."""
    return all(
        row["source"] in ids(graph, kind.source) and row["target"] in ids(graph, kind.target)
        for kind, rows in graph.edges.items()
        for row in rows
    )


def test_since_keeps_the_papers_of_those_years_and_what_hangs_on_them(graph: PropertyGraph) -> None:
    part = Selection(since=2024)(graph)
    assert ids(part, "Paper") == {DOI}
    assert ids(part, "Author") == {"author:plato"}
    assert ids(part, "Result") == {"result:2"}
    assert ids(part, "Metric") == set()
    assert [row["paper"] for kind, rows in part.edges.items() if kind.type == "USED_FOR" for row in rows] == [
        DOI
    ]
    assert whole(part)


def test_about_takes_what_is_near(graph: PropertyGraph) -> None:
    near = Selection(about="Speech", hops=1)(graph)
    assert (ids(near, "Concept"), ids(near, "Paper")) == ({"concept:speech"}, {TITLE})
    assert ids(Selection(about="speech", hops=0)(graph), "Paper") == set()
    further = Selection(about="speech", hops=2)(graph)
    assert ids(further, "Paper") == {TITLE, ARXIV, EXTERNAL}
    assert whole(near) and whole(further)


@pytest.mark.parametrize("name", ["prune net", "PruneNets", "method:prunenet", "PN", "pn"])
def test_a_name_is_found_by_id_name_and_alias_past_spelling(graph: PropertyGraph, name: str) -> None:
    assert find(graph, name) == [("Method", "method:prunenet")]


def test_an_unknown_name_offers_the_nearest(graph: PropertyGraph) -> None:
    with pytest.raises(GraphbuilderError, match=r"'PruneNut'; near it: PruneNet"):
        Selection(about="PruneNut")(graph)
    with pytest.raises(GraphbuilderError, match=r"called 'qqqqq'$"):
        Selection(about="qqqqq")(graph)


def test_min_papers_counts_papers_of_the_part(graph: PropertyGraph) -> None:
    part = Selection(min_papers=2)(graph)
    assert ids(part, "Method") == {"method:prunenet", "method:distillation"}
    assert ids(part, "Concept") == {"concept:compression"}
    assert len(ids(part, "Paper")) == 4
    assert ids(Selection(since=2024, min_papers=2)(graph), "Method") == set()
    assert whole(part)


def test_types_are_taken_literally_and_read_past_case(graph: PropertyGraph) -> None:
    part = Selection(types=("method", "Concept"))(graph)
    assert set(part.nodes) == {"Method", "Concept"}
    assert {kind.type for kind, rows in part.edges.items() if rows} == {"USED_FOR", "BROADER"}
    with pytest.raises(GraphbuilderError, match="unknown type 'Person'; there are Paper, Author, Method"):
        Selection(types=("Person",))(graph)


def test_conditions_combine_and_leave_the_graph_alone(graph: PropertyGraph) -> None:
    before = graph.content_hash()
    part = Selection(since=2023, about="toynet", hops=1, types=("Paper", "Dataset"))(graph)
    assert (ids(part, "Paper"), ids(part, "Dataset")) == ({ARXIV, DOI}, {"dataset:toynet"})
    assert graph.content_hash() == before
