"""What a server may do to a load, on one that a test may stop and kill; and the compose file's settings."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from benchmarks.load import made_up
from graphbuilder.cli import main
from graphbuilder.errors import GraphbuilderError
from graphbuilder.stores import load as load_module
from graphbuilder.stores import neo4j as neo4j_store_module
from graphbuilder.stores import open_store
from tests.neo4j_server import IMAGE, VERSION, JavaServer, UnavailableError, artifacts
from tests.stores.graphs import papers

COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"


def service() -> dict[str, Any]:
    """The server of the compose file."""
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]["neo4j"]
    return found


def settings() -> dict[str, str]:
    """The settings that the image makes of the compose file's environment, as its entry point does."""
    found = {}
    for name, value in service()["environment"].items():
        if name != "NEO4J_AUTH":
            setting = name.removeprefix("NEO4J_").replace("_", ".").replace("..", "_")
            found[setting] = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
    return found


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[JavaServer]:
    """A server with the compose file's settings, that a test may kill."""
    try:
        jars = artifacts()
    except UnavailableError as error:
        pytest.skip(f"only a server run by Java here can be killed: {error}")
    with JavaServer(jars, quick=True, settings=settings()) as server:
        address = server.start()
        monkeypatch.setenv("NEO4J_USERNAME", address.username)
        monkeypatch.setenv("NEO4J_PASSWORD", address.password)
        yield server


def test_a_server_that_is_killed_and_comes_back(
    own_server: JavaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_server.address is not None
    uri, graph = own_server.address.uri, made_up(60)
    monkeypatch.setattr(load_module, "BATCH", 100)
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


def test_a_database_that_may_only_be_read(own_server: JavaServer, tmp_path: Path) -> None:
    """The community server has no roles: that it takes no writes is set for a whole database."""
    assert own_server.address is not None
    uri = own_server.address.uri
    graph = papers()
    with open_store(uri) as store:
        store.write(graph, {"counts": graph.counts(), "content_hash": graph.content_hash()})
    own_server.halt()
    own_server.settings["server.databases.read_only"] = "neo4j"
    own_server.start()
    with open_store(uri) as store:
        with pytest.raises(GraphbuilderError, match="does not let 'neo4j' write"):
            store.write(made_up(3), {})
        assert store.read().content_hash() == graph.content_hash()
        assert store.run("MATCH (p:Paper) RETURN count(p) AS n").rows == [{"n": 2}]
    told = CliRunner().invoke(main, ["doctor", "--graph", uri])
    assert told.exit_code == 1
    failed = [line for line in told.output.splitlines() if line.startswith("FAIL")]
    assert failed == ["FAIL  rights: 'neo4j' may only read here: build with another user"]


# -- the compose file --------------------------------------------------------------------------------------


def test_the_server_knows_every_setting_of_the_compose_file() -> None:
    try:
        jars = artifacts()
    except UnavailableError as error:
        pytest.skip(f"no server's own check of its settings: {error}")
    assert "server.memory.heap.max_size" in settings()
    with JavaServer(jars, settings=settings()) as server:
        checked = server.check_settings()
        assert checked.returncode == 0, checked.stdout + checked.stderr
        assert checked.stdout.count("No issues found") == checked.stdout.count("Validating"), checked.stdout
        server.settings["server.memory.heap.maximum"] = "1g"
        assert "Unrecognized setting" in server.check_settings().stdout


def test_the_compose_file_opens_nothing_to_the_network_and_has_no_password() -> None:
    server = service()
    assert sorted(server["ports"]) == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]
    assert re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?[^}]+\}", server["environment"]["NEO4J_AUTH"])
    assert server["volumes"] == ["data:/data"]
    assert server["healthcheck"]


def test_the_compose_file_runs_the_version_that_is_tested() -> None:
    minor = VERSION.rpartition(".")[0]
    assert service()["image"] == IMAGE == f"neo4j:{minor}-community"
