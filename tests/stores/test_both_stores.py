"""What holds for a graph in a file holds for one in Neo4j, and the other way round."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import graphbuilder
from graphbuilder.cli import main
from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import EdgeKind, PropertyGraph
from graphbuilder.schema import VERSION
from graphbuilder.stores import Store, open_store
from tests.stores.graphs import papers


@pytest.fixture(params=["ladybug", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "neo4j":
        yield request.getfixturevalue("neo4j_store")
    else:
        with open_store(str(tmp_path / "graph.lbug")) as opened:
            yield opened


def test_a_graph_comes_back_as_it_was_written(store: Store) -> None:
    graph = papers()
    store.write(graph, {"sources": ["é'\"\\\n\0"]})
    back = store.read()
    assert list(back.lines()) == list(graph.lines())
    assert back.content_hash() == graph.content_hash()
    assert store.manifest()["sources"] == ["é'\"\\\n\0"]


def test_an_empty_graph_can_be_kept(store: Store) -> None:
    store.write(PropertyGraph(), {})
    assert store.read().counts() == {}
    assert store.run("MATCH (n) RETURN count(*) AS n").rows == [{"n": 0}]


def test_a_second_write_replaces_the_first(store: Store) -> None:
    graph = papers()
    store.write(graph, {"build": 1})
    del graph.edges[EdgeKind("USED_FOR", "Method", "Concept")][0]
    del graph.edges[EdgeKind("CITES", "Paper", "Paper")]
    graph.nodes["Result"], graph.edges[EdgeKind("REPORTS", "Paper", "Result")] = [], []
    graph.nodes["Paper"][1]["title"] = "Another title"
    # the corpus now takes the method for a concept: its edges go with it
    graph.nodes["Concept"].append({**graph.nodes["Method"].pop(), "kind": "Concept"})
    uses = graph.edges.pop(EdgeKind("USES", "Paper", "Method"))
    graph.edges[EdgeKind("USES", "Paper", "Concept")] = uses[:1]
    graph.edges[EdgeKind("USED_FOR", "Concept", "Concept")] = graph.edges.pop(
        EdgeKind("USED_FOR", "Method", "Concept")
    )
    store.write(graph, {"build": 2})
    assert list(store.read().lines()) == list(graph.lines())
    assert store.manifest()["build"] == 2


def test_the_same_edge_twice_stays_two_edges(store: Store) -> None:
    graph = papers()
    kind = EdgeKind("CITES", "Paper", "Paper")
    graph.edges[kind] = graph.edges[kind] * 3
    store.write(graph, {})
    store.write(graph, {})
    assert store.read().content_hash() == graph.content_hash()
    graph.edges[kind] = graph.edges[kind][:2]
    store.write(graph, {})
    assert store.run("MATCH ()-[e:CITES]->() RETURN count(e) AS n").rows == [{"n": 2}]


def test_progress_ends_where_everything_is_done(store: Store) -> None:
    told: list[tuple[str, int, int | None]] = []
    store.write(papers(), {}, lambda *step: told.append(step))
    last = {step: (done, total) for step, done, total in told}
    assert last == {"nodes": (6, 6), "edges": (8, 8)}


def test_nodes_edges_and_paths_come_as_plain_values(store: Store) -> None:
    store.write(papers(), {})
    [row] = store.run("MATCH p = (:Author)-[w:WROTE]->(a) RETURN p, w, a").rows
    assert row["w"] == {"type": "WROTE", "position": 1}
    assert row["a"]["sources"] == []
    assert row["a"]["venue"] is None
    assert row["p"] == {
        "nodes": [{"id": "a:zoë", "kind": "Author", "name": "Zoë"}, row["a"]],
        "edges": [row["w"]],
    }


@pytest.mark.parametrize(
    ("cypher", "rows"),
    [
        (
            "MATCH (p:Paper)-[r:USES]->(m) WHERE p.id = $id RETURN r.start AS start, r.end AS end",
            [{"start": 3, "end": 6}],
        ),
        (
            "MATCH (p:Paper)-[r]->(m) RETURN type(r) AS t, count(*) AS n ORDER BY t LIMIT 1",
            [{"t": "CITES", "n": 1}],
        ),
        ("MATCH (p:Paper) RETURN sum(p.year) AS s, avg(p.year) AS a", [{"s": 2024, "a": 2024.0}]),
        ("MATCH (p) WHERE p.id = $id RETURN p.sources AS s, p.venue AS v", [{"s": [], "v": None}]),
        ("UNWIND [3, 1, 2] AS x RETURN x ORDER BY x LIMIT 2", [{"x": 1}, {"x": 2}]),
        (
            "MATCH (p:Paper) WHERE NOT EXISTS { MATCH (p)-[:CITES]->(:Paper) } RETURN p.id AS id",
            [{"id": "title:0123"}],
        ),
        (
            "MATCH (p:Paper) WHERE p.id = $id RETURN CASE WHEN p.year > 2000 THEN 'new' ELSE 'old' END AS age",
            [{"age": "new"}],
        ),
        ("RETURN toInteger('7') AS i, toFloat('0.5') AS f, toString(7) AS s", [{"i": 7, "f": 0.5, "s": "7"}]),
        ("MATCH (p:Paper) WHERE p.id = $id RETURN p.id AS `a b` // a comment\n;", [{"a b": "doi:10.1/a"}]),
        (
            "MATCH (n:Method|Concept) RETURN n.name AS name ORDER BY name LIMIT 1",
            [{"name": "Variational Information Bottleneck"}],
        ),
        (
            "RETURN substring('abcdef', 0, 3) AS a, substring('abcdef', size('ab')) AS b",
            [{"a": "abc", "b": "cdef"}],
        ),
        (
            "MATCH (n) WITH n ORDER BY n.id DESC LIMIT 2 RETURN collect(n.id) AS ids",
            [{"ids": ["title:0123", "r:1"]}],
        ),
        (
            "MATCH (n) WITH n.id AS id, count(*) AS c ORDER BY id DESC SKIP 1 LIMIT 2 WITH collect(id) AS ids"
            " UNWIND ids AS id RETURN id",
            [{"id": "r:1"}, {"id": "e:vib"}],
        ),
        ("MATCH (p:Paper) WITH p ORDER BY p.id LIMIT 1 MATCH (p)-->(m) RETURN count(m) AS n", [{"n": 4}]),
        ("MATCH (a)-[:USES|CITES*1..2]->(b:Method) RETURN count(*) AS n", [{"n": 3}]),
        ("MATCH (a:Paper) WHERE NOT (a)-[:CITES]->() RETURN a.id AS id", [{"id": "title:0123"}]),
        (
            "RETURN datetime('2024-01-01T00:00:00') AS x",
            [{"x": datetime(2024, 1, 1, tzinfo=UTC)}],
        ),
    ],
)
def test_both_give_the_same_rows(store: Store, cypher: str, rows: list[dict[str, object]]) -> None:
    store.write(papers(), {})
    assert store.run(cypher, {"id": "doi:10.1/a", "not used": 1}).rows == rows


@pytest.mark.parametrize(
    ("cypher", "columns"),
    [
        ("RETURN 1, 'a, b' AS `c ``d`, count(*)", ["1", "c `d", "count(*)"]),
        ("MATCH (p) RETURN DISTINCT p.id , size( p.sources ) AS n ORDER BY n", ["p.id", "n"]),
        ("MATCH (p:Paper) RETURN type(null), COUNT { MATCH (p)-->() } LIMIT 1", ["type(null)", "COUNT { MATCH (p)-->() }"]),
        ("RETURN 1 AS x UNION RETURN 2 AS x", ["x"]),
        ("WITH 1 AS x, 2 AS y RETURN *", ["x", "y"]),
        ("RETURN [1, 2], {a: 1}.a AS end", ["[1, 2]", "end"]),
    ],
)  # fmt: skip
def test_columns_are_named_as_written(store: Store, cypher: str, columns: list[str]) -> None:
    store.write(PropertyGraph(), {})
    assert store.run(cypher).columns == columns


def test_an_index_means_the_same_or_is_refused(store: Store) -> None:
    store.write(PropertyGraph(), {})
    if "lbug" in store.uri:
        for cypher in (
            "RETURN [1, 2][1]",
            "WITH [1] AS x RETURN x[0]",
            "MATCH p = ()--() RETURN nodes(p)[0]",
        ):
            with pytest.raises(GraphbuilderError, match=r"write head\(list\)"):
                store.run(cypher)
    else:
        assert store.run("RETURN [1, 2][1] AS x").rows == [{"x": 2}]


@pytest.mark.parametrize(
    ("lacking", "instead"),
    [
        ("MATCH (n) RETURN labels(n)[0] AS x ORDER BY x", "MATCH (n) RETURN n.kind AS x ORDER BY x"),
        ("RETURN [3, 4][0] AS x", "RETURN head([3, 4]) AS x"),
        ("UNWIND [3, 4][0..2] AS x RETURN x", "UNWIND [3, 4] AS x RETURN x"),
        (
            "MATCH (a:Paper) WHERE EXISTS { (a)-[:CITES]->() } RETURN a.id AS x",
            "MATCH (a:Paper) WHERE EXISTS { MATCH (a)-[:CITES]->() } RETURN a.id AS x",
        ),
        (
            "MATCH (a:Author) RETURN COUNT { (a)-->() } AS x",
            "MATCH (a:Author) RETURN COUNT { MATCH (a)-->() } AS x",
        ),
        (
            "MATCH (a:Author) RETURN COLLECT { MATCH (a)-->(b) RETURN b.id } AS x",
            "MATCH (a:Author)-->(b) RETURN collect(b.id) AS x",
        ),
        ("MATCH (n WHERE n.id = 'e:vib') RETURN n", "MATCH (n) WHERE n.id = 'e:vib' RETURN n"),
        ("MATCH (n) WHERE n:Method RETURN n", "MATCH (n:Method) RETURN n"),
        ("MATCH (n:Method&!Paper) RETURN n", "MATCH (n:Method) RETURN n"),
        (
            "RETURN [x IN [1, 2] WHERE x > 1 | x * 2] AS x",
            "UNWIND [1, 2] AS x WITH x WHERE x > 1 RETURN collect(x * 2) AS x",
        ),
        (
            "MATCH (a:Author) RETURN [(a)-->(b) | b.id] AS x",
            "MATCH (a:Author)-->(b) RETURN collect(b.id) AS x",
        ),
        ("RETURN reduce(s = 0, x IN [1, 2] | s + x) AS x", "UNWIND [1, 2] AS n RETURN sum(n) AS x"),
        ("MATCH (n:Method) RETURN n { .id } AS x", "MATCH (n:Method) RETURN {id: n.id} AS x"),
        (
            "MATCH (n) WITH n ORDER BY n.id RETURN n.id AS x",
            "MATCH (n) WITH n ORDER BY n.id LIMIT 99 RETURN n.id AS x",
        ),
        ("MATCH (n:Nothing) RETURN n.id AS x", "MATCH (n:Paper) WHERE n.id = 'no' RETURN n.id AS x"),
        ("MATCH (n:Author) RETURN n.nothing AS x", "RETURN null AS x"),
        ("RETURN {end: 1} AS x", "RETURN {`end`: 1} AS x"),
        ("RETURN round(2.7) AS x", "RETURN round(2.7, 0) AS x"),
    ],
)
def test_what_a_file_lacks_can_be_written_for_both(
    neo4j_store: Store, tmp_path: Path, lacking: str, instead: str
) -> None:
    with open_store(str(tmp_path / "graph.lbug")) as file:
        for store in (file, neo4j_store):
            store.write(papers(), {})
        with pytest.raises(GraphbuilderError, match=r"query failed|query is refused"):
            file.run(lacking)
        rows = neo4j_store.run(lacking).rows
        assert file.run(instead).rows == neo4j_store.run(instead).rows == rows


@pytest.mark.parametrize(
    ("cypher", "here", "there"),
    [
        ("RETURN toInteger(2.7) AS x", 3, 2),
        ("RETURN toString(0.1) AS x", "0.100000", "0.1"),
        ("RETURN toString(true) AS x", "True", "true"),
        ("RETURN 3 IN [1, null] AS x", False, None),
        ("MATCH (a:Paper)-[:USES]->()<-[:USES]-(b:Paper) RETURN count(*) AS x", 4, 2),
        ("MATCH (a:Paper)-[:USES*2..2]-(b) RETURN count(*) AS x", 4, 2),
        ("MATCH (a:Paper)-[:USES]->()<-[:USES]-(b:Paper) WHERE a.id <> b.id RETURN count(*) AS x", 2, 2),
    ],
)
def test_what_differs_without_an_error_is_known(
    neo4j_store: Store, tmp_path: Path, cypher: str, here: object, there: object
) -> None:
    with open_store(str(tmp_path / "graph.lbug")) as file:
        for store, value in ((file, here), (neo4j_store, there)):
            store.write(papers(), {})
            assert store.run(cypher).rows == [{"x": value}]


def test_rows_are_limited(store: Store) -> None:
    store.write(PropertyGraph(), {})
    answer = store.run("UNWIND range(1, 50) AS x RETURN x", limit=20)
    assert [row["x"] for row in answer.rows] == list(range(1, 21))
    assert answer.truncated
    assert not store.run("UNWIND range(1, 20) AS x RETURN x", limit=20).truncated


def test_a_query_that_takes_too_long_is_stopped(store: Store) -> None:
    store.write(PropertyGraph(), {})
    slow = "UNWIND range(1, 5000) AS a UNWIND range(1, 5000) AS b UNWIND range(1, 500) AS c WITH a, b, c WHERE a + b + c = 7 RETURN count(*)"
    with pytest.raises(GraphbuilderError, match=r"took longer than 0\.3 s"):
        store.run(slow, timeout=0.3)
    assert store.run("RETURN 1 AS one").rows == [{"one": 1}]


def test_a_parameter_without_a_value_is_an_error(store: Store) -> None:
    store.write(PropertyGraph(), {})
    with pytest.raises(GraphbuilderError, match=r"needs a value for \$id"):
        store.run("MATCH (p) WHERE p.id = $id RETURN p")


def test_what_a_user_gives_is_never_read_as_cypher(store: Store) -> None:
    store.write(papers(), {})
    before = store.read().content_hash()
    for evil in ("' OR 1=1 //", "\\' }) DETACH DELETE n //", "\u0027 RETURN 1", "$id", "`"):
        assert store.run("MATCH (p:Paper) WHERE p.id = $id RETURN p.id AS id", {"id": evil}).rows == []
    assert store.read().content_hash() == before


def test_there_must_be_a_graph_to_read(store: Store) -> None:
    for use in (store.manifest, store.read, lambda: store.run("RETURN 1")):
        with pytest.raises(GraphbuilderError, match="build it first"):
            use()


def write_version(store: Store, version: int, graph: PropertyGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a release would that knows that version of the schema alone."""
    with monkeypatch.context() as older:
        older.setattr(f"{type(store).__module__}.VERSION", version)
        store.write(graph, {})
        store.close()


def test_a_graph_of_another_version_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.version() is None
    write_version(store, 0, papers(), monkeypatch)
    assert store.version() == 0
    told = f"graph of version 0, this release reads version {VERSION}: build it again"
    with pytest.raises(GraphbuilderError, match=told):
        store.manifest()
    store.write(papers(), {})
    assert store.version() == VERSION
    assert store.read().content_hash() == papers().content_hash()


def invented(path: Path, first: int) -> Path:
    """Two papers in a file."""
    rows = [
        {"title": f"Net{n} for Pruning", "abstract": "We use knowledge distillation.", "year": 2000 + n}
        for n in (first, first + 1)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.parametrize("option", ["--add", "--into-existing"])
@pytest.mark.parametrize("version", [0, 99])
def test_nothing_is_added_to_a_graph_of_another_version(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, version: int
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    write_version(store, version, papers(), monkeypatch)
    target = store.uri
    source = invented(tmp_path / "new.jsonl", 1)
    refused = CliRunner().invoke(main, ["build", str(source), "--graph", target, option])
    assert refused.exit_code == 1
    assert re.fullmatch(
        rf"Error: .* holds a graph of version {version}, this release writes version {VERSION}:"
        r" build it anew from all its sources, without --add\n",
        refused.stderr,
    )
    assert refused.stdout == ""
    with monkeypatch.context() as older:
        older.setattr(f"{type(store).__module__}.VERSION", version)
        assert store.read().content_hash() == papers().content_hash()
        store.close()
    # anew, it takes the place of the other one, of which nothing is left
    built = CliRunner().invoke(main, ["build", str(source), "--graph", target])
    assert built.exit_code == 0, built.output
    assert store.version() == VERSION
    assert {row["title"] for row in store.read().nodes["Paper"]} == {"Net1 for Pruning", "Net2 for Pruning"}
    assert "Author" not in store.read().nodes


def test_papers_are_added_to_an_existing_graph(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    target = store.uri
    one, other = invented(tmp_path / "1.jsonl", 1), invented(tmp_path / "2.jsonl", 2)
    for source in (one, other, other):
        built = CliRunner().invoke(main, ["build", str(source), "--graph", target, "--into-existing"])
        assert built.exit_code == 0, built.output
    whole = graphbuilder.build([one, other], tmp_path / "whole.lbug")
    assert whole.papers == 3
    assert store.read().content_hash() == store.manifest()["content_hash"] == whole.content_hash
