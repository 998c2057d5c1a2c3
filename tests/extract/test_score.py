"""Scoring against annotated papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphbuilder.cli.score import command
from graphbuilder.errors import GraphbuilderError
from graphbuilder.score import read, score


def entity(name: str, kind: str = "Method", role: str = "uses", *aliases: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "role": role, "aliases": list(aliases)}


GOLD = {
    "title": "On tides",
    "entities": [
        entity("TidalNet", "Method", "introduces"),
        entity("mean absolute error", "Metric", "measures", "MAE"),
        entity("flood forecasting", "Concept", "studies"),
        entity("floods", "Concept", "mentions"),
    ],
    "used_for": [["TidalNet", "flood forecasting"]],
    "results": [{"metric": "MAE", "value": "0.31", "dataset": None}],
}


def test_the_gold_itself_is_perfect() -> None:
    assert {(f.precision, f.recall, f.f1) for f in score([GOLD], [GOLD]).values() if f.gold} == {(1, 1, 1)}


def test_forms_are_folded_and_papers_paired_by_title() -> None:
    said = {"title": "on Tides.", "entities": [entity("MAE", "Metric"), entity("Tidal-Nets", "Concept")]}
    figures = score([GOLD], [said])
    assert figures["entities, untyped"].recall == pytest.approx(2 / 3)
    assert figures["entities, typed"].recall == pytest.approx(1 / 3)
    assert figures["entities, typed"].precision == pytest.approx(1 / 2)


def test_what_is_named_in_passing_counts_neither_way() -> None:
    with_it = {**GOLD, "entities": [*GOLD["entities"][:3], entity("flood", "Concept", "studies")]}
    assert score([GOLD], [with_it])["entities, typed"][:3] == (1, 1, 1)
    without = {**GOLD, "entities": GOLD["entities"][:3]}
    assert score([GOLD], [without])["entities, typed"][:3] == (1, 1, 1)


def test_an_entity_is_found_once() -> None:
    twice = {**GOLD, "entities": [*GOLD["entities"], entity("MAE", "Metric", "measures")]}
    assert score([GOLD], [twice])["Metric"].precision == pytest.approx(1 / 2)


def test_a_paper_without_prediction_says_nothing() -> None:
    figures = score([GOLD], [])
    assert figures["entities, typed"] == (0, 0, 0, 3)
    assert figures["used_for"].gold == figures["results"].gold == 1


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(GOLD) + "\n" + '{"title": "x"}\n', "utf-8")
    with pytest.raises(GraphbuilderError, match=r"gold\.jsonl:2: no annotated paper"):
        read(file)


def test_the_command_prints_a_table(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    abstract = "We propose TidalNet for flood forecasting and measure mean absolute error (MAE)."
    file.write_text(json.dumps({**GOLD, "abstract": abstract}) + "\n", "utf-8")
    result = CliRunner().invoke(command, [str(file), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["introduces"]["f1"] == 1
    table = CliRunner().invoke(command, [str(file), "--predicted", str(file)])
    assert "entities, typed" in table.stdout and "100.0" in table.stdout
