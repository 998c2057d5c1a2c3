"""The formats of whole graphs, each read back by the tools that people read it with."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings

from graphbuilder.export import export, to_networkx
from graphbuilder.export.networks import derive
from graphbuilder.records import PropertyGraph

from .conftest import NASTY, graphs

LISTS = {"aliases", "sources", "sentences", "spans", "shared"}
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(path: Path) -> networkx.MultiDiGraph:
    if path.suffix == ".graphml":
        return networkx.read_graphml(path, force_multigraph=True)
    if path.suffix == ".gexf":
        return networkx.read_gexf(path)
    data = json.loads(path.read_bytes())
    return (
        networkx.cytoscape_graph(data)
        if path.suffix == ".cyjs"
        else networkx.node_link_graph(data, edges="edges")
    )


def content(graph: networkx.MultiDiGraph, xml: bool) -> tuple[dict[str, Any], list[str]]:
    """Nodes with their properties, and edges as sorted JSON, less what a format adds of its own."""
    added = {"id", "label", "key", "interaction", "source", "target", "weight"}

    def plain(values: dict[str, Any]) -> dict[str, Any]:
        if "interaction" in values:
            values = values | {"type": values["interaction"]}
        return {k: json.loads(v) if xml and k in LISTS else v for k, v in values.items() if k not in added}

    nodes = {n: plain(d) for n, d in graph.nodes(data=True)}
    edges = sorted(json.dumps([u, v, plain(d)], sort_keys=True) for u, v, d in graph.edges(data=True))
    return nodes, edges


def expected(graph: PropertyGraph, xml: bool, named: bool = False) -> tuple[dict[str, Any], list[str]]:
    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return ILLEGAL.sub("\ufffd", value) if xml else value
        if isinstance(value, list):
            return value  # inside a list, JSON has escaped them
        return value

    whole = to_networkx(graph)
    nodes, edges = content(whole, False)
    if named:
        from graphbuilder.export import tables

        key = tables.Keys(graph)
        for label, _, rows in tables.nodes(graph):
            for row in rows:
                values = nodes[key(label, row["id"])]
                if "value" in values:
                    values["result_value"] = values["value"]
                values |= {"name": tables.title(label, row), "value": key(label, row["id"])}
    nodes = {clean(n): {k: clean(v) for k, v in d.items()} for n, d in nodes.items()}
    edges = sorted(
        json.dumps([clean(u), clean(v), {k: clean(x) for k, x in d.items()}], sort_keys=True)
        for u, v, d in map(json.loads, edges)
    )
    return nodes, edges


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json", ".cyjs"])
def test_networkx_reads_the_same_graph_back(graph: PropertyGraph, tmp_path: Path, suffix: str) -> None:
    export(graph, tmp_path / f"g{suffix}")
    xml = suffix in (".graphml", ".gexf")
    found = read(tmp_path / f"g{suffix}")
    assert found.is_directed() and found.is_multigraph()
    assert content(found, xml) == expected(graph, xml, named=suffix == ".cyjs")


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json", ".cyjs"])
@given(graph=graphs())
@settings(deadline=None, max_examples=60)
def test_any_text_survives(graph: PropertyGraph, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"g{suffix}"
        export(graph, path)
        xml = suffix in (".graphml", ".gexf")
        found = read(path)
        if xml and any(ILLEGAL.search(n) for n in to_networkx(graph)):
            return  # ids that XML cannot hold may meet; that the file can be read is what counts
        if suffix == ".gexf":
            found = networkx.MultiDiGraph(found)  # networkx makes it simple if it can
        assert content(found, xml) == expected(graph, xml, named=suffix == ".cyjs")


def test_igraph_reads_graphml(graph: PropertyGraph, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    export(graph, tmp_path / "g.graphml")
    found = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
    whole = to_networkx(graph)
    assert (found.vcount(), found.ecount()) == (whole.number_of_nodes(), whole.number_of_edges())
    assert set(found.vs["id"]) == set(whole)
    paper = found.vs.find(id="arxiv:2301.00001")
    assert (paper["kind"], paper["year"]) == ("Paper", 2023)
    assert json.loads(paper["sources"]) == ["page one.txt", "two;three.jsonl"]
    assert {found.vs.find(kind="Concept")["label"]} <= {"model compression", "speech"}
    assert sorted(set(found.es["type"])) == sorted({t for _, _, t in whole.edges(data="type")})


def test_a_derived_network_is_undirected(graph: PropertyGraph, tmp_path: Path) -> None:
    for suffix in (".graphml", ".gexf", ".json", ".cyjs"):
        export(graph, tmp_path / f"g{suffix}", network="co-citation")
        found = read(tmp_path / f"g{suffix}")
        assert not found.is_directed(), suffix
        assert found.number_of_edges() == len(next(iter(derive(graph, "co-citation").edges.values()))) > 0


def test_the_hash_of_json_lines_is_the_content_hash(graph: PropertyGraph, tmp_path: Path) -> None:
    export(graph, tmp_path / "g.jsonl")
    data = (tmp_path / "g.jsonl").read_bytes()
    assert hashlib.sha256(data).hexdigest() == graph.content_hash()
    rows = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    assert {r["label"] for r in rows if "label" in r} == set(graph.nodes)
    assert sum("type" in r for r in rows) == sum(map(len, graph.edges.values()))
    assert NASTY in {r.get("title") for r in rows}


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json", ".cyjs", ".jsonl"])
def test_equal_graphs_give_equal_bytes_and_gz_packs_them(
    graph: PropertyGraph, tmp_path: Path, suffix: str
) -> None:
    shuffled = PropertyGraph(dict(reversed(graph.nodes.items())), dict(reversed(graph.edges.items())))
    export(graph, tmp_path / f"a{suffix}")
    export(shuffled, tmp_path / f"b{suffix}")
    export(graph, tmp_path / f"c{suffix}.gz")
    export(graph, tmp_path / f"d{suffix}.gz")
    plain = (tmp_path / f"a{suffix}").read_bytes()
    assert plain == (tmp_path / f"b{suffix}").read_bytes()
    packed = (tmp_path / f"c{suffix}.gz").read_bytes()
    assert packed == (tmp_path / f"d{suffix}.gz").read_bytes()
    assert gzip.decompress(packed) == plain


def test_lone_surrogates_and_numbers_without_end_do_not_reach_a_file(
    graph: PropertyGraph, tmp_path: Path
) -> None:
    graph.nodes["Method"][0] |= {"name": "a\ud800b"}
    graph.nodes["Result"][0] |= {"number": float("nan")}
    for suffix in (".graphml", ".gexf", ".json", ".cyjs"):
        export(graph, tmp_path / f"g{suffix}")
        found = read(tmp_path / f"g{suffix}")
        assert found.nodes["method:prunenet"]["name"] in ("a?b", "a\ufffdb")
        assert "number" not in found.nodes["result:1"]


def test_an_id_under_two_labels_stays_two_nodes(graph: PropertyGraph, tmp_path: Path) -> None:
    graph.nodes["Concept"][0]["id"] = graph.nodes["Dataset"][0]["id"]
    graph.edges = {}
    export(graph, tmp_path / "g.json")
    assert {"Concept/dataset:toynet", "Dataset/dataset:toynet"} <= set(read(tmp_path / "g.json"))
