"""The graph in a Neo4j server: what is ours there, what is not, and what can go wrong with a server."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

from benchmarks.load import made_up
from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import PropertyGraph
from graphbuilder.stores import Store, guard, open_store
from graphbuilder.stores import neo4j as neo4j_store_module
from graphbuilder.stores.neo4j import Neo4jStore
from graphbuilder.stores.scope import scoped
from tests.neo4j_server import Address, JavaServer, UnavailableError, artifacts
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
    monkeypatch.setattr(neo4j_store_module, "_run", lambda transaction, statement, rows: sent.append(rows))
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
        ],
        "ONLINE",
    )


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
        ("MATCH (p:A&!B)-[:X|Y*1..2]->(q) WHERE (p.x) = (1) RETURN (p)", "MATCH (p:(A&!B)&`N`)-[:X|Y*1..2]->(q:`N`) WHERE (p.x) = (1) RETURN (p)"),
        ("MATCH p = shortestPath((a)-[*]-(b)) RETURN p", "MATCH p = shortestPath((a:`N`)-[*]-(b:`N`)) RETURN p"),
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
        broken.setattr(neo4j_store_module, "_run", refuse)
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


def test_a_deadlock_is_tried_again(neo4j_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run, left = neo4j_store_module._run, [2]

    def deadlock(transaction: Any, statement: str, rows: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise neo4j.exceptions.Neo4jError._hydrate_neo4j(
                code="Neo.TransientError.Transaction.DeadlockDetected", message="deadlock"
            )
        run(transaction, statement, rows)

    monkeypatch.setattr(neo4j_store_module, "_run", deadlock)
    neo4j_store.write(papers(), {})
    assert left == [0]
    assert neo4j_store.read().content_hash() == papers().content_hash()


def test_a_commit_whose_answer_was_lost_is_not_done_twice(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, lost = neo4j_store_module._send, [True]

    def lose(session: neo4j.Session, statement: str, rows: Any) -> Iterator[int]:
        for sent in send(session, statement, rows):
            if lost.pop() if lost and "-[e:" in statement else False:
                raise neo4j.exceptions.IncompleteCommit("the connection broke")
            yield sent

    monkeypatch.setattr(neo4j_store_module, "_send", lose)
    neo4j_store.write(papers(), {})
    assert lost == []
    assert neo4j_store.read().content_hash() == papers().content_hash()


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[JavaServer]:
    """A server that a test may kill."""
    try:
        jars = artifacts()
    except UnavailableError as error:
        pytest.skip(f"only a server run by Java here can be killed: {error}")
    with JavaServer(jars, quick=True) as server:
        address = server.start()
        monkeypatch.setenv("NEO4J_USERNAME", address.username)
        monkeypatch.setenv("NEO4J_PASSWORD", address.password)
        yield server


def test_a_server_that_is_killed_and_comes_back(
    own_server: JavaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_server.address is not None
    uri, graph = own_server.address.uri, made_up(60)
    monkeypatch.setattr(neo4j_store_module, "BATCH", 100)
    comes_back: list[threading.Thread] = []

    def power_cut(step: str, done: int, total: int | None) -> None:
        if step == "edges" and done >= 300 and not comes_back:
            own_server.kill()
            comes_back.append(threading.Thread(target=own_server.start))
            comes_back[0].start()

    with open_store(uri) as store:
        store.write(graph, {"build": 1}, power_cut)
        assert comes_back
        comes_back[0].join()
        assert store.read().content_hash() == graph.content_hash()
        assert store.manifest()["build"] == 1
    # one that stays away is given up in the end, and says so; what was loaded stays for the next build
    monkeypatch.setattr(neo4j_store_module, "PATIENCE", 2.0)
    with open_store(uri) as store:
        with pytest.raises(GraphbuilderError, match="no Neo4j server answers at"):
            store.write(papers(), {}, lambda *_: own_server.kill())
        own_server.start()
        with pytest.raises(GraphbuilderError, match="did not finish: run it again"):
            store.read()
        store.write(papers(), {})
        assert store.read().content_hash() == papers().content_hash()


def test_a_namespace_may_stand_behind_the_uri(
    neo4j_store: Store, neo4j_login: Address, namespace: str
) -> None:
    neo4j_store.write(papers(), {})
    with open_store(f"{neo4j_login.uri}#{namespace}") as same:
        assert same.read().content_hash() == neo4j_store.read().content_hash()
