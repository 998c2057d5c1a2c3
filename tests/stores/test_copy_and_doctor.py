"""``graphbuilder copy`` and ``graphbuilder doctor``, as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graphbuilder.cli import main
from graphbuilder.stores import Store, open_store
from tests.neo4j_server import Address
from tests.stores.graphs import papers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a graph."""
    target = tmp_path / "graph.lbug"
    with open_store(str(target)) as store:
        store.write(papers(), {"counts": papers().counts(), "content_hash": papers().content_hash()})
    return target


def run(*arguments: object) -> tuple[int, str]:
    """Exit code, and all that was printed."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    return result.exit_code, result.output


def test_a_graph_is_copied_from_file_to_server_and_back(
    path: Path, tmp_path: Path, neo4j_login: Address, namespace: str
) -> None:
    back = tmp_path / "back.lbug"
    code, output = run("copy", path, neo4j_login.uri, "--namespace", namespace)
    assert code == 0, output
    code, output = run("copy", neo4j_login.uri, back, "--from-namespace", namespace)
    assert code == 0, output
    assert papers().content_hash()[:16] in output
    with open_store(str(path)) as one, open_store(str(back)) as other:
        assert list(one.read().lines()) == list(other.read().lines())
        assert one.manifest() == other.manifest()


def test_there_must_be_something_to_copy(tmp_path: Path) -> None:
    code, output = run("copy", tmp_path / "none.lbug", tmp_path / "copy.lbug")
    assert code == 1
    assert "no such graph" in output
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_order(path: Path) -> None:
    code, output = run("doctor", "--graph", path)
    assert code == 0, output
    assert "FAIL" not in output
    assert "ok    graph: 6 nodes, 8 edges" in output


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    code, output = run("doctor", "--graph", tmp_path / "none.lbug")
    assert code == 1
    assert "FAIL  graph:" in output
    assert "build it first" in output


def test_a_server_in_order(path: Path, neo4j_login: Address, namespace: str) -> None:
    with open_store(str(path)) as source, open_store(neo4j_login.uri, namespace=namespace) as store:
        store.write(source.read(), source.manifest())
    code, output = run("doctor", "--graph", neo4j_login.uri, "--namespace", namespace)
    assert code == 0, output
    for line in ("server: Neo4j", "login: neo4j", "rights: may write", "constraint and indexes: in place"):
        assert f"ok    {line}" in output
    assert "counts: as the last build wrote them" in output


def test_a_server_whose_graph_was_changed(
    path: Path, neo4j_store: Store, neo4j_login: Address, namespace: str
) -> None:
    import neo4j

    with open_store(str(path)) as source:
        neo4j_store.write(source.read(), source.manifest())
    login = (neo4j_login.username, neo4j_login.password)
    with neo4j.GraphDatabase.driver(neo4j_login.uri, auth=login) as driver:
        driver.execute_query(f"MATCH (:`{namespace}`)-[e:USES]->() WITH e LIMIT 1 DELETE e")
        driver.execute_query(f"DROP INDEX `{namespace}_name`")
    code, output = run("doctor", "--graph", neo4j_login.uri, "--namespace", namespace)
    assert code == 1
    assert "FAIL  counts: 1 USES, the last build wrote 2: build it again" in output
    assert f"FAIL  constraint and indexes: {namespace}_name missing" in output


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    code, output = run("doctor", "--graph", "neo4j://127.0.0.1:1")
    assert code == 1
    assert "FAIL  server: no Neo4j server answers at neo4j://127.0.0.1:1" in output


def test_a_server_that_refuses_or_is_too_old(neo4j_login: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    import neo4j

    def failed() -> list[str]:
        code, output = run("doctor", "--graph", neo4j_login.uri)
        assert code == 1
        return [line.partition("  ")[2] for line in output.splitlines() if line.startswith("FAIL")]

    with monkeypatch.context() as changed:
        changed.setenv("NEO4J_PASSWORD", "wrong-password")
        [told] = failed()
        assert told.startswith(f"server: {neo4j_login.uri} refuses the login of 'neo4j': set NEO4J_USERNAME")
        assert "wrong-password" not in told
    with monkeypatch.context() as changed:
        changed.setenv("NEO4J_DATABASE", "nowhere")
        [told] = failed()
        assert told.startswith("server: ")
        assert "nowhere" in told
    with monkeypatch.context() as changed:
        old = type("Old", (), {"agent": "Neo4j/4.4.37"})
        changed.setattr(neo4j.Driver, "get_server_info", lambda self: old)
        [told] = failed()
        assert told == f"server: {neo4j_login.uri} is Neo4j 4.4.37: version 5 or later is needed"


def test_a_graph_that_is_missing_of_another_version_or_not_whole(
    neo4j_store: Store, neo4j_login: Address, namespace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        code, output = run("doctor", "--graph", f"{neo4j_login.uri}#{namespace}")
        assert code == 1
        assert "ok    server: Neo4j 5" in output
        assert " community at " in output or " enterprise at " in output
        return output

    output = told()
    assert "FAIL  graph: " in output
    assert f"holds no graph yet (namespace {namespace})" in output
    assert "FAIL  constraint and indexes: " in output
    with monkeypatch.context() as older:
        older.setattr("graphbuilder.stores.neo4j.VERSION", 0)
        neo4j_store.write(papers(), {})
    assert "holds a graph of version 0, this release reads version" in told()
    with monkeypatch.context() as broken:
        broken.setattr("graphbuilder.stores.load._run", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            neo4j_store.write(papers(), {})
    assert "did not finish: run it again" in told()
