"""What the tests share."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphbuilder.stores import Store, open_store
from graphbuilder.stores.neo4j import Neo4jStore
from tests.neo4j_server import Address, UnavailableError, shared


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        # the workers inherit this: the server lives as long as the process that runs them all
        os.environ["GRAPHBUILDER_TEST_RUN"] = f"{os.getpid()}-{secrets.token_hex(4)}"


@pytest.fixture(scope="session")
def neo4j_address() -> Address:
    """A real server, one for the whole test run; skips where none can be had, and fails there in CI."""
    run = os.environ["GRAPHBUILDER_TEST_RUN"]
    try:
        return shared(Path(tempfile.gettempdir()) / f"graphbuilder-tests-{run}", int(run.partition("-")[0]))
    except UnavailableError as error:
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(f"CI must test against a Neo4j server: {error}")
        pytest.skip(str(error))


@pytest.fixture
def neo4j_login(neo4j_address: Address, monkeypatch: pytest.MonkeyPatch) -> Address:
    """The server, with user and password in the environment."""
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_address.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_address.password)
    return neo4j_address


@pytest.fixture
def namespace(neo4j_login: Address) -> Iterator[str]:
    """A namespace of the test's own on the server; all that it holds goes when the test is over."""
    name = f"test_{secrets.token_hex(6)}"
    yield name
    with Neo4jStore(neo4j_login.uri, namespace=name) as store:
        store.drop()


@pytest.fixture
def neo4j_store(neo4j_login: Address, namespace: str) -> Iterator[Store]:
    """An empty store on the server."""
    with open_store(neo4j_login.uri, namespace=namespace) as store:
        yield store
