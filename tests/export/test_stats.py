"""Counts of a graph."""

from __future__ import annotations

import json

from graphbuilder.records import PropertyGraph
from graphbuilder.stats import stats


def test_counts_by_type_year_and_use(graph: PropertyGraph) -> None:
    numbers = stats(graph, {"skipped": 3, "records": 6, "papers": 4}, top=1)
    assert numbers["nodes"]["Paper"] == 4
    assert numbers["edges"]["CITES"] == 5
    assert numbers["edges"]["USES"] == 4
    assert numbers["years"] == {"2019": 1, "2023": 1, "2024": 1, "unknown": 1}
    assert numbers["most_used"]["Method"] == [{"name": "Distillation", "papers": 3}]
    assert numbers["without_abstract"] == 2
    assert numbers["external"] == 1
    assert numbers["merged"] == 2
    assert numbers["build"]["skipped"] == 3
    assert json.loads(json.dumps(numbers)) == numbers


def test_an_empty_graph_has_no_numbers() -> None:
    numbers = stats(PropertyGraph())
    assert (numbers["nodes"], numbers["edges"], numbers["years"]) == ({}, {}, {})
