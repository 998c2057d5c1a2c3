"""The Cypher script and the neo4j-admin folder against a real server: graphbuilder reads the graph back."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graphbuilder.export import export
from graphbuilder.records import PropertyGraph
from graphbuilder.stores import open_store
from tests.neo4j_server import Address, JavaServer, UnavailableError, artifacts

from .conftest import NASTY, node, sample


def whole() -> PropertyGraph:
    """The sample as a store keeps it, and names of every kind that could hurt a script."""
    graph = sample()
    letters = "".join(chr(code) for code in [*range(32), 127, 0x85, 0x2028, 0xFFFE, 0x10FFFF])
    names = [
        "\\",
        "\\'",
        "\\\\u0027",
        "\\u0027 \\U0001F9EA",
        "'; MATCH (n) DETACH DELETE n; //",
        letters,
        "",
        NASTY,
    ]
    graph.nodes["Author"] += [node("Author", f"author:z{n}", name=name) for n, name in enumerate(names)]
    return graph


@pytest.fixture(scope="module")
def jars() -> Path:
    try:
        return artifacts()
    except UnavailableError as error:
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(f"CI must test the import: {error}")
        pytest.skip(str(error))


@pytest.fixture
def indexes(neo4j_login: Address, namespace: str) -> Iterator[neo4j.Driver]:
    with neo4j.GraphDatabase.driver(
        neo4j_login.uri, auth=(neo4j_login.username, neo4j_login.password)
    ) as driver:
        yield driver


def schema_of(driver: neo4j.Driver, label: str) -> list[tuple[object, ...]]:
    rows, _, _ = driver.execute_query(
        "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint WHERE $label IN labelsOrTypes "
        "RETURN name, type, properties, owningConstraint",
        label=label,
    )
    return sorted(tuple(map(str, row.values())) for row in rows)


def test_the_script_makes_the_graph_that_a_build_would_have_made(
    indexes: neo4j.Driver, neo4j_login: Address, namespace: str, tmp_path: Path
) -> None:
    graph = whole()
    export(graph, tmp_path / "g.cypher")
    script = (tmp_path / "g.cypher").read_text(encoding="utf-8")
    for statement in script.split("\n")[:-1]:
        indexes.execute_query(re.sub("Graphbuilder(?!Build)", namespace, statement.removesuffix(";")))
    made = schema_of(indexes, namespace)
    with open_store(neo4j_login.uri, namespace=namespace) as store:
        assert list(store.read().lines()) == list(graph.lines())
        assert store.manifest()["counts"] == graph.counts()
        store.write(graph, {})
    assert schema_of(indexes, namespace) == made


def test_the_folder_imports_and_is_the_same_graph(
    jars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = whole()
    export(graph, tmp_path / "g", "neo4j-admin")
    # the tool that import.sh looks for: the server's own classes, on the server's own folder
    with JavaServer(jars) as server:
        server._prepare()
        tool = tmp_path / "neo4j-admin"
        tool.write_text(f"#!/bin/sh\nexec java -Xmx512m -cp '{jars}/*' org.neo4j.cli.AdminTool \"$@\"\n")
        tool.chmod(0o755)
        home = str(server._home)
        done = subprocess.run(
            [tmp_path / "g/import.sh"],
            capture_output=True,
            text=True,
            env={**os.environ, "NEO4J_ADMIN": str(tool), "NEO4J_HOME": home, "NEO4J_CONF": f"{home}/conf"},
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        # the tool leaves a report there, which must not be in the way of a later export
        export(graph, tmp_path / "g", "neo4j-admin")
        address = server.start()
        monkeypatch.setenv("NEO4J_USERNAME", address.username)
        monkeypatch.setenv("NEO4J_PASSWORD", address.password)
        with neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver:
            for statement in (tmp_path / "g/indexes.cypher").read_text(encoding="utf-8").split(";\n")[:-1]:
                driver.execute_query(statement)
        with open_store(address.uri) as store:
            assert list(store.read().lines()) == list(graph.lines())
            assert store.manifest()["counts"] == graph.counts()
