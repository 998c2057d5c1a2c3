"""The commands ``export`` and ``stats``, and what they say when something is wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphbuilder.cli import main
from graphbuilder.errors import GraphbuilderError
from graphbuilder.export import FORMATS, export, resolve
from graphbuilder.records import PropertyGraph

from .conftest import sample


class FakeStore:
    """A store that holds the sample graph."""

    def __enter__(self) -> FakeStore:
        return self

    def __exit__(self, *_: object) -> None: ...

    def read(self) -> PropertyGraph:
        return sample()

    def manifest(self) -> dict[str, Any]:
        return {"version": 1, "skipped": [["a.txt:3", "no title"]]}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("graphbuilder.stores.open_store", lambda *_, **__: FakeStore(), raising=False)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    return invoke


def test_export_writes_the_file_and_says_so_on_standard_error(run: Any, tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "g.graphml"), "--type", "Paper,Method", "--since", "2023")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "g.graphml: 4 nodes, 7 edges (graphml)" in result.stderr
    assert (tmp_path / "g.graphml").read_text(encoding="utf-8").startswith("<?xml")


def test_export_to_standard_output(run: Any) -> None:
    result = run("export", "-", "--format", "node-link", "--network", "co-citation")
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)["edges"]) == 1
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("code", "arguments", "line"),
    [
        (2, ["g.docx"], "cannot tell the format of g.docx from its extension; give --format: graphml, "),
        (2, ["g"], "cannot tell the format of g from its extension; give --format: graphml, "),
        (2, ["g.json", "--format", "yaml"], "unknown format 'yaml'; there are graphml, "),
        (2, ["g.json", "--type", "Person"], "unknown type 'Person'; there are Paper, "),
        (2, ["g.json", "--network", "social"], "unknown network 'social'; there are paper-similarity, "),
        (1, ["nowhere/g.json"], "cannot write nowhere/g.json: there is no folder nowhere"),
        (
            1,
            ["g.json", "--about", "PruneNut"],
            "nothing in the graph is called 'PruneNut'; near it: PruneNet",
        ),
    ],
)
def test_wrong_usage_gives_one_line(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, arguments: list[str], line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", *arguments)
    assert result.exit_code == code
    assert line in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_keeps_what_is_there(graph: PropertyGraph, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(GraphbuilderError, match=r"folder\.json: it is a folder"):
        export(graph, tmp_path / "folder.json")
    with pytest.raises(GraphbuilderError, match="file name too long"):
        export(graph, tmp_path / ("x" * 300 + ".json"))
    if os.geteuid() != 0:
        tmp_path.chmod(0o500)
        with pytest.raises(GraphbuilderError, match="permission denied"):
            export(graph, tmp_path / "g.json")


def test_a_failed_export_leaves_the_old_file(graph: PropertyGraph, tmp_path: Path) -> None:
    export(graph, tmp_path / "g.json")
    before = (tmp_path / "g.json").read_bytes()
    graph.nodes["Result"][-1]["unit"] = object()
    with pytest.raises(TypeError):
        export(graph, tmp_path / "g.json")
    assert (tmp_path / "g.json").read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["g.json"]


def test_every_extension_means_one_format() -> None:
    suffixes = [suffix for format in FORMATS.values() for suffix in format.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    for format in FORMATS.values():
        for suffix in format.suffixes:
            assert resolve(f"g{suffix}") is format
            assert resolve(f"G{suffix.upper()}") is format


def test_stats_for_programs_and_for_people(run: Any) -> None:
    numbers = json.loads(run("stats", "--json").stdout)
    assert numbers["nodes"]["Paper"] == 4
    assert numbers["build"]["skipped"] == [["a.txt:3", "no title"]]
    page = run("stats", "--top", "1").stdout
    assert "Distillation" in page and "PruneNet" not in page
    assert "2024" in page and "skipped" in page
