"""The graph in a Neo4j server: what is ours there, what is not, and what can go wrong with a server."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.load import made_up
from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import EdgeKind, PropertyGraph
from graphbuilder.schema import VERSION
from graphbuilder.stores import Store, guard, open_store
from graphbuilder.stores import load as load_module
from graphbuilder.stores.neo4j import Neo4jStore
from graphbuilder.stores.scope import scoped
from tests.neo4j_server import Address
from tests.stores.graphs import papers


@pytest.fixture
def session(neo4j_login: Address) -> Iterator[neo4j.Session]:
    """The server as another program sees it."""
    login = (neo4j_login.username, neo4j_login.password)
    with neo4j.GraphDatabase.driver(neo4j_login.uri, auth=login) as driver, driver.session() as opened:
        yield opened


# -- our graph beside other data -----------------------------------------------------------------------


def test_other_data_is_neither_seen_nor_touched(neo4j_store: Store, session: neo4j.Session) -> None:
    mine = f"theirs_{os.urandom(4).hex()}"
    session.run(
        "CREATE (p:Paper {id: 'doi:10.1/a', title: 'theirs', mark: $mark})-[:CITES {mark: $mark}]->"
        "(:Paper {id: 'x', mark: $mark})",
        mark=mine,
    ).consume()
    try:
        neo4j_store.write(papers(), {})
        assert neo4j_store.run("MATCH (n) RETURN count(n) AS n").rows == [{"n": 6}]
        assert neo4j_store.run("MATCH (p:Paper) WHERE p.id = 'doi:10.1/a' RETURN count(p) AS n").rows == [
            {"n": 1}
        ]
        assert neo4j_store.run("MATCH (:Paper)-[c:CITES]->() RETURN count(c) AS n").rows == [{"n": 1}]
        assert neo4j_store.read().content_hash() == papers().content_hash()
        neo4j_store.write(PropertyGraph(), {})
        left = session.run(
            "MATCH (n {mark: $mark}) OPTIONAL MATCH (n)-[e]->() RETURN count(n), count(e)", mark=mine
        )
        assert left.single(strict=True).values() == [2, 1]
    finally:
        session.run("MATCH (n {mark: $mark}) DETACH DELETE n", mark=mine).consume()


def test_namespaces_keep_two_graphs_apart(neo4j_login: Address, namespace: str) -> None:
    with (
        open_store(neo4j_login.uri, namespace=namespace) as one,
        Neo4jStore(neo4j_login.uri, namespace=f"{namespace}_b") as other,
    ):
        try:
            one.write(papers(), {"name": "one"})
            other.write(PropertyGraph({"Author": [{"id": "a:zoë", "kind": "Author", "name": "Z"}]}), {})
            assert one.read().content_hash() == papers().content_hash()
            assert other.run("MATCH (n) RETURN n.name AS name").rows == [{"name": "Z"}]
            other.drop()
            assert one.read().content_hash() == papers().content_hash()
            assert one.manifest()["name"] == "one"
            with pytest.raises(GraphbuilderError, match="holds no graph yet"):
                other.manifest()
        finally:
            other.drop()


def test_what_was_changed_in_the_database_is_put_right(
    neo4j_store: Store, namespace: str, session: neo4j.Session
) -> None:
    neo4j_store.write(papers(), {})
    session.run(f"MATCH (n:`{namespace}` {{id: 'e:vib'}}) SET n.name = 'changed', n.extra = 1").consume()
    session.run(f"MATCH (:`{namespace}`)-[e:USES]->() WITH e LIMIT 1 DELETE e").consume()
    session.run(f"MATCH (a:`{namespace}` {{id: 'a:zoë'}}) CREATE (a)-[:WROTE]->(a)").consume()
    session.run(f"CREATE (:`{namespace}`:Paper {{id: 'stale'}})").consume()
    neo4j_store.write(papers(), {})
    assert neo4j_store.read().content_hash() == papers().content_hash()


def test_a_second_write_sends_nothing(
    neo4j_store: Store, namespace: str, session: neo4j.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_store.write(papers(), {})
    before = session.run(f"MATCH (n:`{namespace}`) RETURN collect(elementId(n)) AS ids").single(strict=True)[
        "ids"
    ]
    sent: list[Any] = []
    monkeypatch.setattr(load_module, "_run", lambda transaction, statement, rows: sent.append(rows))
    neo4j_store.write(papers(), {})
    assert sent == []
    after = session.run(f"MATCH (n:`{namespace}`) RETURN collect(elementId(n)) AS ids").single(strict=True)[
        "ids"
    ]
    assert sorted(before) == sorted(after)


def test_ids_are_unique_and_names_are_searchable(
    neo4j_store: Store, namespace: str, session: neo4j.Session
) -> None:
    neo4j_store.write(papers(), {})
    with pytest.raises(neo4j.exceptions.ConstraintError):
        session.run(f"CREATE (:`{namespace}` {{id: 'e:vib'}})").consume()
    found = session.run(
        f"CALL db.index.fulltext.queryNodes('{namespace}_text', 'bottleneck OR pruning') YIELD node RETURN node.id"
    )
    assert sorted(record[0] for record in found) == ["e:pruning", "e:vib", "title:0123"]
    kinds = session.run("SHOW INDEXES YIELD name, type, labelsOrTypes, properties, state").data()
    ours = {(i["type"], *i["properties"]): i["state"] for i in kinds if i["labelsOrTypes"] == [namespace]}
    assert ours == dict.fromkeys(
        [
            *(("RANGE", name) for name in ("id", "name", "title", "year")),
            ("FULLTEXT", "name", "aliases", "title"),
            ("FULLTEXT", "title", "abstract"),
        ],
        "ONLINE",
    )


# -- full text ------------------------------------------------------------------------------------------


def abstracts() -> PropertyGraph:
    """Two papers with a word in common, one that is known by its title alone, and a method of that name."""
    paper = {"kind": "Paper", "year": 2024}
    return PropertyGraph(
        {
            "Paper": [
                paper
                | {"id": "p1", "title": "On pruning", "abstract": "Networks are pruned; pruning helps."},
                paper
                | {"id": "p2", "title": "Sparse nets", "abstract": "We prune the poincaré_ball with T5."},
                paper | {"id": "p3", "title": "Pruning, pruning, pruning", "external": True},
            ],
            "Method": [{"id": "m", "kind": "Method", "name": "pruning", "papers": 2}],
        }
    )


def test_full_text_finds_papers_by_what_they_say(neo4j_store: Store) -> None:
    neo4j_store.write(abstracts(), {})
    assert neo4j_store.search(["pruning"], 9) == ["p1", "p2"]
    assert neo4j_store.search(["pruning"], 1) == ["p1"]
    assert neo4j_store.search(["poincaré_ball", "absent"], 9) == ["p2"]
    assert neo4j_store.search(["t5"], 9) == ["p2"]
    assert neo4j_store.search(["absent"], 9) == []
    assert neo4j_store.search([], 9) == []


def test_full_text_is_kept_to_the_graph(neo4j_store: Store, neo4j_login: Address, namespace: str) -> None:
    neo4j_store.write(abstracts(), {})
    with Neo4jStore(neo4j_login.uri, namespace=f"{namespace}_b") as other:
        try:
            other.write(papers(), {})
            assert other.search(["pruning"], 9) == []
            assert neo4j_store.search(["pruning"], 9) == ["p1", "p2"]
        finally:
            other.drop()


@pytest.mark.parametrize(
    "words",
    [
        ["AND", "OR", "NOT", "&&", "||", "!", "+", "-"],
        ["title:*", "*:*", "abstract:[a TO z]", "_exists_:title", "/.*/", "prun*", "prune~2", "x^9", "?"],
        ['" OR title:"pruning', '\\" OR *:* OR "', "\\", '"', "\\\\", '\\\\"', "(", ")", "{", "}", "[", "]"],
        ["'}) DETACH DELETE n //", "`", "$index", "\\u0041", "\0", "\ud800", "\n", "\u202e", "", " "],
        ["数据集", "وثيقة", "данные", "🤖", "ﬁ", "İ", "ß"],
        ["x" * 100_000, " ".join(["y"] * 5_000)],
        [f"w{n}" for n in range(5_000)],
    ],
)
def test_what_is_searched_for_is_only_words(neo4j_store: Store, words: list[str]) -> None:
    neo4j_store.write(abstracts(), {})
    assert neo4j_store.search(words, 9) == []
    assert neo4j_store.search(["pruning", *words], 9) == ["p1", "p2"]
    assert neo4j_store.read().content_hash() == abstracts().content_hash()


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(st.sampled_from('ab1 \\"+-&|!(){}[]^~*?:/') | st.characters(), max_size=9)))
def test_any_text_can_be_searched_for(neo4j_store: Store, words: list[str]) -> None:
    if neo4j_store.version() is None:
        neo4j_store.write(abstracts(), {})
    assert neo4j_store.search(words, 9) is not None


def test_without_the_index_there_is_nothing_to_search_with(
    neo4j_store: Neo4jStore, namespace: str, session: neo4j.Session
) -> None:
    neo4j_store.write(abstracts(), {})
    session.run(f"DROP INDEX `{namespace}_papers`").consume()
    assert neo4j_store.search(["pruning"], 9) is None
    assert neo4j_store.server().missing == [f"{namespace}_papers"]
    neo4j_store.write(abstracts(), {})
    assert neo4j_store.search(["pruning"], 9) == ["p1", "p2"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("Neo.ClientError.Procedure.ProcedureCallFailed", "Index is still populating"),
        ("Neo.ClientError.Security.Forbidden", "Executing procedure is not allowed"),
        ("Neo.ClientError.Transaction.TransactionTimedOut", "The transaction has been terminated"),
    ],
)
def test_an_index_that_cannot_be_asked_is_as_none(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch, code: str, message: str
) -> None:
    neo4j_store.write(abstracts(), {})
    run = neo4j.ManagedTransaction.run

    def refuse(self: Any, query: Any, *given: Any, **named: Any) -> Any:
        if "fulltext" in query:
            raise neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)
        return run(self, query, *given, **named)

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", refuse)
    assert neo4j_store.search(["pruning"], 9) is None


def test_looking_up_an_id_uses_the_index(neo4j_store: Store, namespace: str, session: neo4j.Session) -> None:
    neo4j_store.write(papers(), {})
    cypher = "MATCH (p:Paper)-[r:USES|STUDIES]->(m) WHERE m.id IN $ids RETURN p.id"
    sent = guard.text(scoped(guard.check(cypher), namespace))
    plan = str(session.run("EXPLAIN " + sent, ids=["e:vib"]).consume().plan)
    assert "NodeUniqueIndexSeek" in plan


def test_two_nodes_with_one_id_are_an_error(neo4j_store: Store) -> None:
    graph = PropertyGraph(
        {
            "Method": [{"id": "e:x", "kind": "Method", "name": "X"}],
            "Author": [{"id": "e:x", "kind": "Author", "name": "X"}],
        }
    )
    with pytest.raises(GraphbuilderError, match="two nodes of the graph have the id 'e:x'"):
        neo4j_store.write(graph, {})


@pytest.mark.parametrize("name", ["", "a b", "1a", "a`b", "Paper", "GraphbuilderBuild", "x" * 70, "a\n"])
def test_a_namespace_is_a_plain_word(name: str) -> None:
    with pytest.raises(GraphbuilderError, match="cannot name a namespace"):
        open_store("neo4j://localhost:7687", namespace=name)


@pytest.mark.parametrize(
    ("cypher", "sent"),
    [
        ("MATCH (p) RETURN p", "MATCH (p:`N`) RETURN p"),
        ("MATCH () RETURN 1", "MATCH (:`N`) RETURN 1"),
        ("MATCH (p:Paper:New {x: (1)})--(b) RETURN p", "MATCH (p:Paper:New:`N` {x: (1)})--(b:`N`) RETURN p"),
        ("MATCH (:A|B) RETURN 1", "MATCH (:(A|B)&`N`) RETURN 1"),
        ("MATCH (p IS A|B) RETURN 1", "MATCH (p IS( A|B)&`N`) RETURN 1"),
        ("MATCH (is) RETURN is", "MATCH (is:`N`) RETURN is"),
        ("MATCH (p:A&!B)-[:X|Y]->(q) WHERE (p.x) = (1) RETURN (p)", "MATCH (p:(A&!B)&`N`)-[:X|Y]->(q:`N`) WHERE (p.x) = (1) RETURN (p)"),
        ("MATCH p = shortestPath((a)-[*]-(b)) RETURN p", "MATCH p = shortestPath((a:`N`)-[*]-(b:`N`)) WHERE all(n IN nodes(p) WHERE n:`N`) RETURN p"),
        (
            "MATCH (a), (b)-[:X*1..2 {y: 1 * 1}]->(c) WHERE a.x OR b.x RETURN *",
            "MATCH (a:`N`), `path in scope 5` = (b:`N`)-[:X*1..2 {y: 1 * 1}]->(c:`N`)"
            " WHERE all(n IN nodes(`path in scope 5`) WHERE n:`N`) AND ( a.x OR b.x) RETURN *",
        ),
        ("MATCH (a)-[:X {y: 2 * 3}]->(b) RETURN 1", "MATCH (a:`N`)-[:X {y: 2 * 3}]->(b:`N`) RETURN 1"),
        ("MATCH (a) WHERE NOT (a)-[:X]->({y: (1)})<--() AND (a.x) - (a.y) > 0 RETURN 1", "MATCH (a:`N`) WHERE NOT (a:`N`)-[:X]->(:`N`{y: (1)})<--(:`N`) AND (a.x) - (a.y) > 0 RETURN 1"),
        ("MATCH (a) RETURN [(a)-->(b:B) WHERE b.x | b.y] AS l, size(a)--(1)", "MATCH (a:`N`) RETURN [(a:`N`)-->(b:B:`N`) WHERE b.x | b.y] AS l, size(a)--(1)"),
        ("MATCH ((a)-->(b)){1,2} RETURN 1", "MATCH ((a:`N`)-->(b:`N`)){1,2} RETURN 1"),
        ("MATCH (a WHERE (a.x) > 1), (b) RETURN 1", "MATCH (a:`N` WHERE (a.x) > 1), (b:`N`) RETURN 1"),
        (
            "MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WHERE (b.x) = 1 } AND (a.y) > COUNT { (a)--() } RETURN 1",
            "MATCH (a:`N`) WHERE EXISTS { MATCH (a:`N`)-->(b:`N`) WHERE (b.x) = 1 } AND (a.y) > COUNT { (a:`N`)--(:`N`) } RETURN 1",
        ),
        ("MATCH (a) OPTIONAL MATCH (a)-->(b) WITH (a) AS c RETURN max((c.x)) UNION MATCH (d) RETURN d", "MATCH (a:`N`) OPTIONAL MATCH (a:`N`)-->(b:`N`) WITH (a) AS c RETURN max((c.x)) UNION MATCH (d:`N`) RETURN d"),
        ("WITH {match: (1)} AS match RETURN (match.match)", "WITH {match: (1)} AS match RETURN (match.match)"),
    ],
)  # fmt: skip
def test_a_query_is_kept_to_the_graph(cypher: str, sent: str) -> None:
    assert guard.text(scoped(guard.check(cypher), "N")) == sent


def citing(papers: int) -> PropertyGraph:
    """Papers that cite one another in a row, each by way of the same method."""
    ids = [f"p{i}" for i in range(papers)]
    return PropertyGraph(
        {
            "Paper": [{"id": id_, "kind": "Paper", "title": id_, "year": 2000} for id_ in ids],
            "Method": [{"id": "m", "kind": "Method", "name": "m", "papers": papers}],
        },
        {
            EdgeKind("CITES", "Paper", "Paper"): [
                {"source": a, "target": b, "provenance": "text"} for a, b in pairwise(ids)
            ],
            EdgeKind("USES", "Paper", "Method"): [{"source": ids[0], "target": "m", "confidence": 1.0}],
        },
    )


#: Queries whose answers would change if they met a node that is not of the graph.
MEETING = [
    "MATCH (n) RETURN count(n) AS x",
    "MATCH (a)-[*1..3]->(b) RETURN count(*) AS x",
    "MATCH (a)-[e:CITES*]->(b) RETURN sum(size(e)) AS x",
    "MATCH (a)-[*0..2]-(b) WHERE a.id = 'p0' OR b.id = 'p1' RETURN count(*) AS x",
    "MATCH p = (a)-[:CITES*2]->(b) WHERE a.id = 'p0' RETURN [n IN nodes(p) | n.id] AS x",
    "MATCH (a {id: 'p0'}), (b {id: 'p4'}), p = shortestPath((a)-[*]-(b)) RETURN length(p) AS x",
    "MATCH (a {id: 'p0'}), (b {id: 'p4'}) MATCH p = allShortestPaths((a)-[*..9]-(b)) RETURN length(p) AS x",
    "MATCH shortestPath((a {id: 'p0'})-[*]-(b {id: 'p4'})) RETURN count(*) AS x",
    "MATCH (a {id: 'p0'}) OPTIONAL MATCH (a)-[*2]->(b) WHERE b.id STARTS WITH 'p' RETURN count(b) AS x",
    "MATCH (a)-[:CITES]->{1,3}(b) RETURN count(*) AS x",
    "MATCH (a)-->+(b) RETURN count(*) AS x",
    "MATCH ((a)-->(b)){1,3} RETURN count(*) AS x",
    "MATCH (a) WHERE (a)-->() RETURN count(a) AS x",
    "MATCH (a) WHERE NOT (a)<-[:CITES]-() RETURN count(a) AS x",
    "MATCH (a) WHERE EXISTS { (a)-[*2]->(b) } RETURN count(a) AS x",
    "MATCH (a) WHERE EXISTS { MATCH (a)-[*2]->(b) WHERE b.year > 1 } RETURN count(a) AS x",
    "MATCH (a) WHERE COUNT { (a)--() } > 2 RETURN count(a) AS x",
    "MATCH (a) RETURN sum(COUNT { MATCH (a)-[*..2]-(b) RETURN b }) AS x",
    "MATCH (a) WITH a ORDER BY a.id RETURN collect([(a)-->(b) | b.id]) AS x",
    "MATCH (a) RETURN sum(size([(a)--(b) WHERE b.year > 1 | b])) AS x",
    "MATCH (a) WITH a, COLLECT { MATCH (a)-[*2]->(b) RETURN b.id } AS ids RETURN sum(size(ids)) AS x",
    "MATCH (a:Paper) RETURN count(*) AS x UNION ALL MATCH (a)-[*2]->(b) RETURN count(*) AS x",
    "MATCH (a:Paper)-[*2]->(b:Paper) WITH * WHERE a.id = 'p0' RETURN count(*) AS x",
]


@pytest.fixture(scope="module")
def beside(neo4j_address: Address) -> Iterator[tuple[Store, dict[str, Any]]]:
    """A store whose graph is tied to another namespace and to foreign nodes; its answers from before."""
    name = f"test_{os.urandom(6).hex()}"
    uri, login = neo4j_address.uri, (neo4j_address.username, neo4j_address.password)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NEO4J_USERNAME", login[0])
        environment.setenv("NEO4J_PASSWORD", login[1])
        with (
            Neo4jStore(uri, namespace=name) as ours,
            Neo4jStore(uri, namespace=f"{name}_b") as theirs,
            neo4j.GraphDatabase.driver(uri, auth=login) as driver,
        ):
            try:
                ours.write(citing(5), {})
                alone = {cypher: ours.run(cypher).rows for cypher in MEETING}
                theirs.write(citing(5), {})
                # ways from the first paper to the last one, and to and from all, over nodes of others
                driver.execute_query(
                    f"MATCH (a:`{name}` {{id: 'p0'}}), (b:`{name}` {{id: 'p4'}}),"
                    f" (c:`{name}_b` {{id: 'p2'}}) CREATE (a)-[:CITES]->(f:Paper:{name}_f"
                    " {id: 'f', year: 2000})-[:CITES]->(b), (a)-[:CITES]->(c)-[:CITES]->(b)"
                )
                driver.execute_query(
                    f"MATCH (f:{name}_f), (a:`{name}`) CREATE (f)-[:CITES]->(a)-[:USES]->(f)"
                )
                yield ours, alone
            finally:
                ours.drop()
                theirs.drop()
                driver.execute_query(f"MATCH (f:{name}_f) DETACH DELETE f")


@pytest.mark.parametrize("cypher", MEETING)
def test_other_data_does_not_change_an_answer(beside: tuple[Store, dict[str, Any]], cypher: str) -> None:
    store, alone = beside
    assert alone[cypher]
    assert store.run(cypher).rows == alone[cypher]


def test_all_columns_are_those_that_were_written(beside: tuple[Store, dict[str, Any]]) -> None:
    answer = beside[0].run("MATCH (a {id: 'p0'})-[e:CITES*2]->(b) RETURN *")
    assert answer.columns == ["a", "b", "e"]
    assert [list(row) for row in answer.rows] == [["a", "b", "e"]]


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (a) WHERE (a)-[*2]->() RETURN a",
        "MATCH (a) RETURN [(a)-[*1..2]->(b) | b.id]",
        "MATCH (a), (b) RETURN shortestPath((a)-[*]-(b))",
        "MATCH p = ANY SHORTEST (a)-[*]-(b) RETURN p",
        "MATCH SHORTEST 1 (a)-->+(b) RETURN a",
    ],
)
def test_a_path_that_cannot_be_kept_to_the_graph_is_refused(neo4j_store: Store, cypher: str) -> None:
    neo4j_store.write(papers(), {})
    with pytest.raises(GraphbuilderError, match="cannot be kept to this graph"):
        neo4j_store.run(cypher)


# -- safety ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Paper)",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.name = 'x'",
        "MERGE (n:Paper {id: 'x'})",
    ],
)
def test_the_server_itself_refuses_to_write(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch, cypher: str
) -> None:
    neo4j_store.write(papers(), {})
    monkeypatch.setattr(guard, "check", guard._tokens)  # as if the guard had a hole
    with pytest.raises(GraphbuilderError, match=r"refused|does not let|query failed"):
        neo4j_store.run(cypher)
    monkeypatch.setattr(Neo4jStore, "_check_plan", lambda *_: None)  # and the plan told a lie
    with pytest.raises(GraphbuilderError, match=r"does not let|query failed"):
        neo4j_store.run(cypher)
    assert neo4j_store.read().content_hash() == papers().content_hash()


def test_a_password_is_never_told(
    neo4j_login: Address, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "hunter2-äöü"
    monkeypatch.setenv("NEO4J_PASSWORD", secret)
    told = []
    for uri in (neo4j_login.uri, "neo4j://127.0.0.1:1", neo4j_login.secure_uri, "bolt://nobody.invalid:7687"):
        with pytest.raises(GraphbuilderError) as failed, open_store(uri) as store:
            store.manifest()
        error: BaseException | None = failed.value
        while error is not None:
            told.append(f"{error!s} {error!r}")
            error = error.__cause__ or error.__context__
    with pytest.raises(GraphbuilderError) as failed:
        open_store(f"neo4j://me:{secret}@localhost:7687")
    told.append(str(failed.value))
    assert secret not in "\n".join(told) + caplog.text


# -- a server that is not as it should be ------------------------------------------------------------------


def test_a_wrong_password_is_one_clear_line(neo4j_login: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    with pytest.raises(GraphbuilderError, match="refuses the login of 'neo4j': set NEO4J_USERNAME and"):
        open_store(neo4j_login.uri).manifest()


def test_a_wrong_port_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    for scheme in ("neo4j", "bolt", "neo4j+s"):
        with pytest.raises(GraphbuilderError, match=r"no Neo4j server answers at .*:1: is it running"):
            open_store(f"{scheme}://127.0.0.1:1").write(papers(), {})


def test_an_old_server_is_refused(neo4j_login: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    class Old:
        agent = "Neo4j/4.4.37"

    monkeypatch.setattr(neo4j.Driver, "get_server_info", lambda self: Old())
    with pytest.raises(GraphbuilderError, match=r"is Neo4j 4\.4\.37: version 5 or later is needed"):
        open_store(neo4j_login.uri).manifest()


@pytest.mark.parametrize(
    ("code", "message", "line"),
    [
        (
            "Neo.ClientError.Security.Forbidden",
            "Create node is not allowed",
            "does not let 'neo4j' write: Create",
        ),
        (
            "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
            "No write operations are allowed on this database",
            "does not let 'neo4j' write",
        ),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "No space left on device", "is full"),
    ],
)
def test_a_server_that_does_not_take_the_rows_is_one_clear_line(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch, code: str, message: str, line: str
) -> None:
    def refuse(*_: object) -> None:
        raise neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)

    with monkeypatch.context() as broken:
        broken.setattr(load_module, "_run", refuse)
        with pytest.raises(GraphbuilderError, match=line):
            neo4j_store.write(papers(), {})
    with pytest.raises(GraphbuilderError, match="did not finish: run it again"):
        neo4j_store.read()
    neo4j_store.write(papers(), {})
    assert neo4j_store.read().content_hash() == papers().content_hash()


def test_tls_with_a_certificate_of_its_own(neo4j_login: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    if neo4j_login.certificate is None:
        pytest.skip("the server has no certificate: it was not started by the tests, or openssl is missing")
    with pytest.raises(
        GraphbuilderError, match=r"certificate that this machine does not trust: use neo4j\+ssc"
    ):
        open_store(neo4j_login.secure_uri).manifest()
    trusting = neo4j_login.uri.replace("neo4j://", "neo4j+ssc://")
    with pytest.raises(GraphbuilderError, match="holds no graph yet"):
        open_store(trusting, namespace="nobody").manifest()
    monkeypatch.setenv("SSL_CERT_FILE", neo4j_login.certificate)
    with pytest.raises(GraphbuilderError, match="holds no graph yet"):
        open_store(neo4j_login.secure_uri, namespace="nobody").manifest()


# -- loads that are disturbed ------------------------------------------------------------------------------


def test_two_loads_at_once_do_not_mix(neo4j_login: Address, namespace: str) -> None:
    first, second = made_up(20), papers()
    holding, refused = threading.Event(), threading.Event()

    def wait(step: str, done: int, total: int | None) -> None:
        holding.set()
        assert refused.wait(60)

    def load() -> None:
        with open_store(neo4j_login.uri, namespace=namespace) as store:
            store.write(first, {}, wait)

    loading = threading.Thread(target=load)
    loading.start()
    assert holding.wait(60)
    try:
        with (
            open_store(neo4j_login.uri, namespace=namespace) as other,
            pytest.raises(GraphbuilderError, match=r"another build writes into .*wait until it is done"),
        ):
            other.write(second, {})
    finally:
        refused.set()
        loading.join()
    with open_store(neo4j_login.uri, namespace=namespace) as store:
        assert store.read().content_hash() == first.content_hash()
        store.write(second, {})
        assert store.read().content_hash() == second.content_hash()


def test_two_namespaces_are_loaded_at_once(neo4j_login: Address, namespace: str) -> None:
    graphs = {f"{namespace}_{i}": made_up(30 + i) for i in range(4)}

    def write(name: str) -> None:
        with Neo4jStore(neo4j_login.uri, namespace=name) as store:
            store.write(graphs[name], {})

    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, graphs))
        for name, graph in graphs.items():
            with Neo4jStore(neo4j_login.uri, namespace=name) as store:
                assert store.read().content_hash() == graph.content_hash()
    finally:
        for name in graphs:
            with Neo4jStore(neo4j_login.uri, namespace=name) as store:
                store.drop()


def test_a_load_that_was_stopped_goes_on(
    neo4j_store: Store, namespace: str, session: neo4j.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_module, "BATCH", 10)
    graph = made_up(20)

    def stop(step: str, done: int, total: int | None) -> None:
        if step == "edges" and done > 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        neo4j_store.write(graph, {}, stop)
    assert neo4j_store.version() == VERSION
    with pytest.raises(GraphbuilderError, match="did not finish: run it again"):
        neo4j_store.manifest()
    count = f"MATCH (:`{namespace}`)-[e]->() RETURN count(e)"
    there = session.run(count).single(strict=True)[0]
    sent: list[int] = []
    run = load_module._run

    def note(transaction: Any, statement: str, rows: Any) -> None:
        sent.append(len(rows))
        run(transaction, statement, rows)

    monkeypatch.setattr(load_module, "_run", note)
    neo4j_store.write(graph, {})
    total = sum(map(len, graph.edges.values()))
    assert 50 < there < total
    assert sum(sent) == total - there
    assert neo4j_store.read().content_hash() == graph.content_hash()


def test_a_server_that_takes_no_labels_as_values(
    neo4j_login: Address, namespace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Older:
        agent = "Neo4j/5.12.0"

    sent: list[str] = []
    run = load_module._run

    def note(transaction: Any, statement: str, rows: Any) -> None:
        sent.append(statement)
        run(transaction, statement, rows)

    monkeypatch.setattr(neo4j.Driver, "get_server_info", lambda self: Older())
    monkeypatch.setattr(load_module, "_run", note)
    with open_store(neo4j_login.uri, namespace=namespace) as store:
        store.write(papers(), {})
        assert store.read().content_hash() == papers().content_hash()
    assert any("`USES`" in statement for statement in sent)
    assert not any("$(" in statement for statement in sent)


def test_a_deadlock_is_tried_again(neo4j_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run, left = load_module._run, [2]

    def deadlock(transaction: Any, statement: str, rows: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise neo4j.exceptions.Neo4jError._hydrate_neo4j(
                code="Neo.TransientError.Transaction.DeadlockDetected", message="deadlock"
            )
        run(transaction, statement, rows)

    monkeypatch.setattr(load_module, "_run", deadlock)
    neo4j_store.write(papers(), {})
    assert left == [0]
    assert neo4j_store.read().content_hash() == papers().content_hash()


def test_a_commit_whose_answer_was_lost_is_not_done_twice(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, lost = load_module._run, [True]

    def lose(transaction: Any, statement: str, rows: Any) -> None:
        run(transaction, statement, rows)
        if lost.pop() if lost and "-[e:" in statement else False:
            transaction._commit()
            raise neo4j.exceptions.IncompleteCommit("the connection broke")

    monkeypatch.setattr(load_module, "_run", lose)
    neo4j_store.write(papers(), {})
    assert lost == []
    assert neo4j_store.read().content_hash() == papers().content_hash()


def test_a_namespace_may_stand_behind_the_uri(
    neo4j_store: Store, neo4j_login: Address, namespace: str
) -> None:
    neo4j_store.write(papers(), {})
    with open_store(f"{neo4j_login.uri}#{namespace}") as same:
        assert same.read().content_hash() == neo4j_store.read().content_hash()
