"""Every query, and the last resort of asking, gives the same from a file and from a Neo4j server."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import graphbuilder
from graphbuilder.ask import Asker
from graphbuilder.ask.catalogue import Param, Query, catalogue
from graphbuilder.ask.fulltext import BY, having_words
from graphbuilder.records import ENTITY_TYPES, PropertyGraph
from graphbuilder.schema import EDGES
from graphbuilder.stores import Store, open_store
from graphbuilder.stores.neo4j import Neo4jStore
from tests.neo4j_server import Address

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"

#: Entities that are asked for at once; a question names far fewer.
MANY = 50

#: Seconds for a query, on a machine that is busy with other things.
TIMEOUT = 300.0

#: Questions that are only words, for the last resort.
VAGUE = 500

#: Values of a parameter that are tried one by one, most used things first.
SINGLE = 4


@pytest.fixture(scope="module", params=["demo", "corpus"])
def stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, neo4j_address: Address
) -> Iterator[tuple[Store, Store, PropertyGraph]]:
    """The same graph in both stores."""
    sources = [ROOT / "examples" / "papers.txt"] if request.param == "demo" else sorted(CORPUS.glob("0*.txt"))
    if not sources:
        pytest.skip(f"no corpus at {CORPUS}")
    path = tmp_path_factory.mktemp("differential") / "graph.lbug"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NEO4J_USERNAME", neo4j_address.username)
        environment.setenv("NEO4J_PASSWORD", neo4j_address.password)
        graphbuilder.build([str(source) for source in sources], str(path))
        with open_store(str(path)) as file, Neo4jStore(neo4j_address.uri, namespace=_name(path)) as server:
            graph = file.read()
            try:
                server.write(graph, file.manifest())
                yield file, server, graph
            finally:
                server.drop()


def test_the_graph_is_the_same(stores: tuple[Store, Store, PropertyGraph]) -> None:
    file, server, graph = stores
    assert server.read().content_hash() == file.read().content_hash() == graph.content_hash()
    assert graph.content_hash() == file.manifest()["content_hash"]


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_query_gives_the_same_rows(name: str, stores: tuple[Store, Store, PropertyGraph]) -> None:
    file, server, graph = stores
    query = catalogue()[name]
    answered = 0
    for parameters in _parameters(query, graph):
        here, there = (
            store.run(query.cypher, parameters, timeout=TIMEOUT, limit=1_000_000) for store in (file, server)
        )
        assert not here.truncated
        assert here.columns == there.columns
        assert _sorted(here.rows) == _sorted(there.rows), parameters
        answered += bool(here.rows)
    # a few papers may have nothing to say, and a graph without authors, say, nothing about them
    counts = graph.counts()
    lacking = [edge for edge in EDGES if edge in query.cypher and not counts.get(edge)]
    if "'reference list'" in query.cypher:
        cited = (row for kind, rows in graph.edges.items() if kind.type == "CITES" for row in rows)
        lacking += [] if any(row["provenance"] == "reference list" for row in cited) else ["reference lists"]
    assert answered or lacking or len(graph.nodes["Paper"]) < 100


def test_the_last_resort_finds_the_same(
    stores: tuple[Store, Store, PropertyGraph], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, server, graph = stores
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    here, there = Asker(file), Asker(server)
    found = 0
    for question in _vague(graph):
        one, other = (
            [paper.to_json() for paper in having_words(asker.index, asker.store, question, 5)]
            for asker in (here, there)
        )
        assert one == other, question
        found += bool(one)
    assert found > 0.9 * VAGUE
    # asked in full, with a word that no paper has
    resorted = 0
    for question in _vague(graph, 0.2):
        one, other = here.ask(f"{question} zxqv").to_json(), there.ask(f"{question} zxqv").to_json()
        assert one == other, question
        resorted += any(paper.get("by") == BY for paper in one["related"])
    assert resorted > 10


def test_without_its_own_index_the_last_resort_finds_the_same(
    stores: tuple[Store, Store, PropertyGraph], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, server, graph = stores
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    index = Asker(server).index
    questions = list(_vague(graph, 0.2))
    before = [having_words(index, server, question, 5) for question in questions]
    monkeypatch.setattr(server, "search", lambda words, limit: None)
    assert [having_words(index, server, question, 5) for question in questions] == before


def _vague(graph: PropertyGraph, share: float = 1.0) -> Iterator[str]:
    """One to six words of a paper, in no order, written as they are there."""
    chance = random.Random(0)
    papers = [row for row in graph.nodes["Paper"] if row["abstract"]]
    for _ in range(int(share * VAGUE)):
        paper = chance.choice(papers)
        words = chance.choice([paper["title"], paper["abstract"]]).split()
        yield " ".join(chance.sample(words, min(len(words), chance.randint(1, 6))))


def _parameters(query: Query, graph: PropertyGraph) -> Iterator[dict[str, Any]]:
    """Real values: the most used things of each parameter's kind together, and a few of them alone."""
    everything = {param.name: _values(param, graph) for param in query.params}
    for name in [f"{param.name}_labels" for param in query.params]:
        if f"${name}" in query.cypher:
            everything[name] = list(ENTITY_TYPES)
    yield everything
    for i in range(SINGLE):
        yield {
            name: values[i : i + 1] if isinstance(values, list) and name != "papers" else values
            for name, values in everything.items()
        }
    for alone, values in everything.items():
        if isinstance(values, list):
            for value in values[:SINGLE]:
                yield {**everything, alone: [value]}


def _values(param: Param, graph: PropertyGraph) -> Any:
    if param.type == "Int":
        return int(param.default or 10)
    if param.type in ("Ids", "Paper"):
        return [row["id"] for row in graph.nodes["Paper"]]
    if param.type == "Author":
        return [row["id"] for row in graph.nodes.get("Author", [])]
    labels = ENTITY_TYPES if param.type == "Thing" else (param.type,)
    found = [row for label in labels for row in graph.nodes.get(label, [])]
    return [row["id"] for row in sorted(found, key=lambda row: (-row["papers"], row["id"]))][:MANY]


def _sorted(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def _name(path: Path) -> str:
    return f"test_{abs(hash(path)):x}"
