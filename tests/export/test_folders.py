"""Folders of CSV, Parquet and neo4j-admin files."""

from __future__ import annotations

import csv
import json
import re
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import given, settings

from graphbuilder.errors import GraphbuilderError
from graphbuilder.export import export
from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import EDGES, NODES

from .conftest import NASTY, graphs

FOLDERS = ["csv", "parquet", "neo4j-admin"]


def rows_of(graph: PropertyGraph) -> dict[str, list[Row]]:
    """What the tables should hold, by name."""
    expected = {label: rows for label, rows in graph.nodes.items() if rows}
    for name in EDGES:
        kinds = sorted(kind for kind in graph.edges if kind.type == name)
        rows = [
            {"source_kind": k.source, "target_kind": k.target, **row} for k in kinds for row in graph.edges[k]
        ]
        if rows:
            expected[name] = rows
    return expected


def read_csv(path: Path, columns: dict[str, str]) -> list[Row]:
    import pyarrow as pa

    types = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    table = pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: types.get(kind, pa.string()) for name, kind in columns.items()},
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        ),
    )
    lists = {name for name, kind in columns.items() if kind in ("strings", "ints")}
    return [{k: json.loads(v) if k in lists else v for k, v in row.items()} for row in table.to_pylist()]


def columns(name: str) -> dict[str, str]:
    ends = dict.fromkeys(["source_kind", "source", "target_kind", "target"], "string")
    return dict(NODES[name]) if name in NODES else ends | EDGES[name]


def check_tables(graph: PropertyGraph, folder: Path, format: str) -> None:
    export(graph, folder, format)
    expected = rows_of(graph)
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{name}.{format}" for name in expected)
    for name, rows in expected.items():
        path = folder / f"{name}.{format}"
        if format == "parquet":
            found = pyarrow.parquet.read_table(path).to_pylist()
        else:
            found = read_csv(path, columns(name))
        assert found == rows


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_pyarrow_reads_the_same_tables_back(graph: PropertyGraph, tmp_path: Path, format: str) -> None:
    check_tables(graph, tmp_path / "g", format)


@pytest.mark.parametrize("format", ["csv", "parquet"])
@given(graph=graphs())
@settings(deadline=None, max_examples=60)
def test_any_text_survives(graph: PropertyGraph, format: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_tables(graph, Path(folder) / "g", format)


def test_pandas_reads_them(graph: PropertyGraph, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    export(graph, tmp_path / "c", "csv")
    export(graph, tmp_path / "p", "parquet")
    papers = pandas.read_csv(tmp_path / "c/Paper.csv", dtype={"year": "Int64"}).set_index("id")
    assert papers.loc["arxiv:2301.00001", "year"] == 2023
    assert papers["title"].tolist()[1] == NASTY
    assert pandas.isna(papers.loc["title:0011223344556677", "year"])
    assert papers["sources"].map(json.loads).tolist()[0] == ["page one.txt", "two;three.jsonl"]
    uses = pandas.read_parquet(tmp_path / "p/USES.parquet")
    assert uses["spans"].map(list).tolist()[0] == [18, 30]
    assert set(uses["sentence"]) >= {NASTY}
    assert len(uses.merge(papers, left_on="source", right_index=True)) == len(uses)


def read_admin(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each file, read as neo4j-admin does: types from the header, null where nothing stands."""
    found = {}
    command = (folder / "import.sh").read_text(encoding="utf-8")
    delimiter = chr(int(re.findall(r"--array-delimiter=U\+([0-9A-F]{4})", command)[0], 16))
    for header in sorted(folder.glob("*-header.csv")):
        name = header.name.removesuffix("-header.csv")
        fields = header.read_text(encoding="utf-8").rstrip("\n").split(",")
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            found[name] = [
                {
                    field: parse(field, text, delimiter)
                    for field, text in zip(fields, row, strict=True)
                    if text != ""
                }
                for row in csv.reader(lines, strict=True)
            ]
    return found


def parse(field: str, text: str, delimiter: str) -> Any:
    kind = field.partition(":")[2]
    if kind.endswith("[]"):
        return [parse(f":{kind[:-2]}", part, delimiter) for part in text.split(delimiter)]
    return {"long": int, "double": float, "boolean": lambda t: {"true": True, "false": False}[t]}.get(
        kind, str
    )(text)


def test_the_admin_folder_is_whole_typed_and_true_to_its_command(
    graph: PropertyGraph, tmp_path: Path
) -> None:
    export(graph, tmp_path / "g", "neo4j-admin")
    found = read_admin(tmp_path / "g")
    script = (tmp_path / "g/import.sh").read_text(encoding="utf-8")
    named = re.findall(
        r"--(?:nodes|relationships)=(?:Graphbuilder:)?(\w+)=(\S+)-header\.csv,(\S+)\.csv", script
    )
    assert {name for _, name, _ in named} == set(found)
    assert all(header == data and header.split("-")[0] == type_ for type_, header, data in named)
    papers = {row["id:ID"]: row for row in found["Paper"]}
    assert papers["arxiv:2301.00001"]["sources:string[]"] == ["page one.txt", "two;three.jsonl"]
    assert papers["arxiv:2301.00001"]["sentences:long[]"] == [0, 30, 31, 73]
    assert papers["doi:10.1/x(y)<z>"]["abstract:string"] == NASTY + "\r\n" + NASTY
    assert "year:long" not in papers["title:0011223344556677"]
    assert {r["id:ID"]: r.get("number:double") for r in found["Result"]} == {
        "result:1": 71.2,
        "result:2": None,
    }
    ids = {label: {row["id:ID"] for row in found[label]} for label in NODES}
    for kind, rows in graph.edges.items():
        written = found["-".join(kind)]
        assert len(written) == len(rows)
        for row in written:
            assert row[":START_ID"] in ids[kind.source]
            assert row[":END_ID"] in ids[kind.target]


def test_the_command_runs_in_the_folder_whatever_the_shell_stands_in(
    graph: PropertyGraph, tmp_path: Path
) -> None:
    folder = tmp_path / "a folder"
    export(graph, folder, "neo4j-admin")
    tool = tmp_path / "tool"
    tool.write_text('#!/bin/sh\npwd\nfor a in "$@"; do echo "$a"; done\n')
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    ran = subprocess.run(
        [folder / "import.sh", "papers"],
        capture_output=True,
        text=True,
        env={"NEO4J_ADMIN": str(tool)},
        check=True,
    )
    where, *arguments = ran.stdout.splitlines()
    assert Path(where) == folder.resolve()
    assert arguments[:4] == ["database", "import", "full", "papers"]
    for argument in arguments[7:]:
        assert all((folder / name).is_file() for name in argument.rpartition("=")[2].split(","))


@given(graph=graphs())
@settings(deadline=None, max_examples=60)
def test_any_text_survives_in_the_admin_folder(graph: PropertyGraph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder) / "g", "neo4j-admin")
        found = read_admin(Path(folder) / "g")
        for row, written in zip(graph.nodes["Paper"], found["Paper"], strict=True):
            assert written["id:ID"].removeprefix("Paper/") == row["id"].removeprefix("Paper/")
            assert written.get("title:string", "") == (row["title"] or "")
            if row["sources"] != [""]:  # which looks like a missing value to this reader
                assert written.get("sources:string[]", []) == row["sources"]
        rows = graph.edges[EdgeKind("USES", "Paper", "Method")]
        for row, written in zip(rows, found.get("USES-Paper-Method", []), strict=True):
            assert written.get("confidence:double") == row["confidence"]
            assert written.get("sentence:string", "") == (row["sentence"] or "")


@pytest.mark.parametrize("format", FOLDERS)
def test_a_folder_is_replaced_whole_and_only_if_it_is_an_export(
    graph: PropertyGraph, tmp_path: Path, format: str
) -> None:
    folder = tmp_path / "g"
    export(graph, folder, format)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    export(graph, folder, format)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    export(graph, folder, format, network="co-citation")
    assert len(list(folder.iterdir())) < len(first)
    assert [path.name for path in tmp_path.iterdir()] == ["g"]
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(
        GraphbuilderError, match=r"the folder holds 'notes\.txt', which is no part of an export"
    ):
        export(graph, folder, format)
    assert (folder / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("format", FOLDERS)
def test_a_file_or_standard_output_is_no_folder(graph: PropertyGraph, tmp_path: Path, format: str) -> None:
    (tmp_path / "g").write_text("mine")
    with pytest.raises(GraphbuilderError, match=f"it is a file, and {format} writes a folder"):
        export(graph, tmp_path / "g", format)
    with pytest.raises(GraphbuilderError, match="standard output cannot hold"):
        export(graph, "-", format)


def test_lone_surrogates_do_not_reach_a_table(graph: PropertyGraph, tmp_path: Path) -> None:
    graph.nodes["Method"][0] |= {"name": "a\ud800b", "aliases": ["c\udfff"]}
    export(graph, tmp_path / "g", "parquet")
    (row, *_) = pyarrow.parquet.read_table(tmp_path / "g/Method.parquet").to_pylist()
    assert (row["name"], row["aliases"]) == ("a?b", ["c?"])
    export(graph, tmp_path / "c", "csv")
    assert read_csv(tmp_path / "c/Method.csv", columns("Method"))[0]["name"] == "a?b"
