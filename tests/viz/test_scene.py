"""What is chosen for a picture, what the page says of it, and that it is the same every time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

import pytest

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import PropertyGraph
from graphbuilder.viz import draw
from tests.viz.invented import invented


def contents(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def names(page: str) -> set[str]:
    return {node["label"] for node in contents(page)["nodes"]}


def test_the_same_graph_gives_the_same_page_in_any_process(graph) -> None:
    program = (
        "import hashlib; from tests.viz.invented import invented; from graphbuilder.viz import draw;"
        "print(hashlib.sha256(draw(invented(180)).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed, threads in (("1", "1"), ("2", "4"))
    }
    assert len(digests) == 1


def test_nodes_do_not_overlap(graph) -> None:
    for page in (draw(graph), draw(graph, level="paper"), draw(graph, about="chart decoder")):
        nodes = contents(page)["nodes"]
        for a, b in combinations(nodes, 2):
            apart = ((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5
            assert apart > 0.9 * (a["size"] + b["size"]), (a["label"], b["label"])


def test_the_page_says_what_it_shows_and_what_it_leaves_out(graph) -> None:
    page = draw(graph, limit=20)
    data = contents(page)
    entities = sum(len(rows) for label, rows in graph.nodes.items() if label != "Paper")
    assert len(data["nodes"]) <= 20
    assert data["statement"].startswith(f"{len(data['nodes'])} of {entities} ")
    assert "180 papers" in data["statement"]
    largest = sorted(
        (e["papers"] for rows in graph.nodes.values() for e in rows if "papers" in e), reverse=True
    )
    assert f"at least {largest[19]} papers" in data["statement"]


def test_communities_are_the_fields_and_carry_their_terms() -> None:
    data = contents(draw(invented(180, variants=1)))
    group = {node["label"]: node["group"] for node in data["nodes"]}
    assert group["vehicle routing"] == group["ant sweep"] == group["RoadBench"]
    assert group["protein folding"] == group["torsion flow"] == group["FoldBank"]
    assert group["protein folding"] != group["vehicle routing"]
    assert all(titles for titles in data["groups"])
    assert all(group[titles[0]] == g for g, titles in enumerate(data["groups"]))


def test_evidence_is_what_the_papers_say(graph) -> None:
    data = contents(draw(graph))
    texts = {p["id"]: f"{p['title']}\n{p['abstract']}" for p in graph.nodes["Paper"]}
    assert len(data["mentions"]) > 400
    for node, paper, _, sentence, spans in data["mentions"]:
        said = data["sentences"][sentence]
        assert said in texts[data["papers"][paper][0]]
        for start, end in zip(spans[::2], spans[1::2], strict=True):
            assert said[start:end] == data["nodes"][node]["label"]


def test_levels(graph) -> None:
    kinds = {
        level: {d["type"] for d in contents(draw(graph, level=level))["details"]}
        for level in ("community", "entity", "paper")
    }
    assert "Paper" not in kinds["entity"] | kinds["community"]
    assert "Paper" in kinds["paper"]
    assert contents(draw(invented(12)))["level"] == "paper"
    assert contents(draw(graph))["level"] == "entity"


def test_about_an_entity_holds_its_papers_and_neighbours(graph) -> None:
    data = contents(draw(graph, about="Vehicle Routings"))
    assert data["title"] == "vehicle routing"
    assert data["nodes"][data["focus"][0]]["label"] == "vehicle routing"
    assert {"ant sweep", "RoadBench"} <= {n["label"] for n in data["nodes"]}
    centre = data["focus"][0]
    tied = {e["from"] for e in data["edges"] if e["to"] == centre} | {
        e["to"] for e in data["edges"] if e["from"] == centre
    }
    papers = {n["id"] for n, d in zip(data["nodes"], data["details"], strict=True) if d["type"] == "Paper"}
    assert papers & tied == papers


def test_about_a_paper_by_its_title(graph) -> None:
    title = graph.nodes["Paper"][3]["title"]
    data = contents(draw(graph, about=title.upper()))
    assert data["title"] == title
    assert data["details"][data["focus"][0]]["type"] == "Paper"


def test_a_path_leads_from_one_to_the_other(graph) -> None:
    data = contents(draw(graph, path=("PARSEVAL", "FoldBank")))
    label = {n["id"]: n["label"] for n in data["nodes"]}
    start, end = data["focus"]
    assert (label[start], label[end]) == ("PARSEVAL", "FoldBank")
    near: dict[int, set[int]] = {i: set() for i in label}
    for edge in data["edges"]:
        near[edge["from"]].add(edge["to"])
        near[edge["to"]].add(edge["from"])
    reached, edge_of = {start}, [start]
    while edge_of:
        for other in near[edge_of.pop()] - reached:
            reached.add(other)
            edge_of.append(other)
    assert reached == set(label)
    xs = [n["x"] for n in data["nodes"]]
    assert data["nodes"][start]["x"] == min(xs)
    assert data["nodes"][end]["x"] == max(xs)


def test_an_answer_is_drawn_with_the_papers_that_say_so(graph) -> None:
    row = next(r for k, rows in graph.edges.items() if k.type == "INTRODUCES" for r in rows)
    answer = {
        "question": "which methods are there for this",
        "answers": [
            {"id": row["target"], "name": "x", "label": "Method", "evidence": [{"paper": row["source"]}]}
        ],
    }
    data = contents(draw(graph, answer=answer))
    assert data["title"] == "which methods are there for this"
    keys = [d["key"] for d in data["details"]]
    assert [keys[i] for i in data["focus"]] == [row["target"]]
    assert row["source"] in keys


@pytest.mark.parametrize(
    ("choice", "hint"),
    [
        ({"about": "chart decodr"}, "did you mean 'chart decoder'"),
        ({"about": "zzzz qqqq"}, "nothing in the graph is called 'zzzz qqqq'"),
        ({"path": ("PSNR", "psnr")}, "are one thing"),
        ({"answer": {"question": "why", "answers": []}}, "no answer to draw"),
    ],
)
def test_what_cannot_be_drawn_says_why(graph, choice, hint) -> None:
    with pytest.raises(GraphbuilderError, match=re.escape(hint)):
        draw(graph, **choice)


def test_an_empty_graph_says_what_to_do() -> None:
    with pytest.raises(GraphbuilderError, match="graphbuilder build"):
        draw(PropertyGraph())


def test_a_single_paper_and_papers_without_entities_are_drawn() -> None:
    assert len(names(draw(invented(1)))) >= 1
    bare = PropertyGraph(nodes={"Paper": invented(3).nodes["Paper"]})
    with pytest.raises(GraphbuilderError, match="nothing to draw"):
        draw(bare)


def test_a_large_graph_is_drawn_by_its_communities_in_time() -> None:
    graph = invented(45_521, variants=400)
    started = time.process_time()
    page = draw(graph)
    took = time.process_time() - started
    data = contents(page)
    assert data["level"] == "community"
    assert 20 <= len(data["nodes"]) <= 330
    assert len(page.encode()) < 3_000_000
    assert took < 20
