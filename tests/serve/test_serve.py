"""The web page, the REST face and the MCP server: the same answers as the command line, and read-only."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from graphbuilder.cli import main
from graphbuilder.stores import open_store
from tests.viz.invented import invented

fastapi = pytest.importorskip("fastapi", reason="the extra 'serve' is not installed")
from fastapi.testclient import TestClient  # noqa: E402

from graphbuilder.serve import Desk  # noqa: E402
from graphbuilder.serve.web import application  # noqa: E402


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> str:
    path = str(tmp_path_factory.mktemp("graph") / "graph.lbug")
    with open_store(path) as store:
        store.write(invented(60), {"schema": 1})
    return path


@pytest.fixture(scope="module")
def web(stored):
    with open_store(stored) as store:
        yield TestClient(application(Desk(store)), base_url="http://127.0.0.1:8765")


def printed(*arguments: str) -> object:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_it_answers_as_the_command_line_does(web, stored) -> None:
    question = "which papers use chart decoder"
    assert web.get("/api/ask", params={"question": question}).json() == printed(
        "ask", question, "--json", "--graph", stored
    )
    shown = web.get("/api/show", params={"name": "torsion flow"}).json()
    assert shown == printed("show", "torsion flow", "--json", "--graph", stored)
    assert "torsion flow" in json.dumps(shown)


def test_the_map_and_the_page_are_there(web) -> None:
    home = web.get("/")
    assert "default-src 'none'" in home.headers["content-security-policy"]
    assert "http" not in home.text.replace("http-equiv", "")
    assert "<title>torsion flow</title>" in web.get("/map", params={"about": "torsion flow"}).text
    assert web.get("/map", params={"level": "galaxy"}).status_code == 422


def test_openapi_describes_every_path(web) -> None:
    described = web.get("/openapi.json").json()["paths"]
    assert {
        "/api/ask",
        "/api/show",
        "/api/why",
        "/api/queries",
        "/api/queries/{name}",
        "/api/cypher",
        "/map",
    } <= set(described)
    assert all(set(methods) == {"get"} for methods in described.values())
    assert all(methods["get"]["description"] for methods in described.values())


def test_named_queries(web) -> None:
    listed = web.get("/api/queries").json()
    assert listed
    assert all(query["about"] for query in listed)
    found = web.get("/api/cypher", params={"text": "MATCH (p:Paper) RETURN count(p) AS papers"}).json()
    assert found["rows"] == [{"papers": 60}]


@pytest.mark.parametrize(
    "text",
    ["MATCH (p:Paper) DETACH DELETE p", "CREATE (p:Paper {id: 'x'})", "LOAD FROM '/etc/passwd' RETURN *"],
)
def test_nothing_can_be_written_or_read_beside_the_graph(web, text) -> None:
    refused = web.get("/api/cypher", params={"text": text})
    assert refused.status_code == 404
    assert "\n" not in refused.json()["error"]
    assert web.get("/api/cypher", params={"text": "MATCH (p:Paper) RETURN count(p) AS n"}).json()["rows"] == [
        {"n": 60}
    ]
    assert web.post("/api/ask", params={"question": "x"}).status_code == 405


def test_only_this_machine_may_call(web) -> None:
    assert web.get("/api/queries", headers={"host": "evil.example:8765"}).status_code == 403
    assert web.get("/api/queries", headers={"host": "localhost:8765"}).status_code == 200


def test_an_unknown_name_is_one_line(web) -> None:
    answer = web.get("/map", params={"about": "zzzz qqqq"})
    assert answer.status_code == 404
    assert "zzzz qqqq" in answer.json()["error"]


def test_an_assistant_can_ask_over_mcp(stored) -> None:
    pytest.importorskip("mcp", reason="the extra 'mcp' is not installed")
    import anyio
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async def talk() -> tuple[set[str], str, bool]:
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "graphbuilder", "mcp", "--graph", stored]
        )
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            names = {tool.name for tool in (await session.list_tools()).tools}
            counted = await session.call_tool("query", {"cypher": "MATCH (p:Paper) RETURN count(p) AS n"})
            refused = await session.call_tool("query", {"cypher": "MATCH (p:Paper) DETACH DELETE p"})
            return (
                names,
                counted.content[0].text,
                refused.model_dump().get("is_error", refused.model_dump().get("isError")),
            )

    with ThreadPoolExecutor(1) as thread:  # a browser's loop may run in this one
        names, counted, refused = thread.submit(anyio.run, talk).result()
    assert names == {"ask", "show", "why", "query"}
    assert json.loads(counted)["rows"] == [{"n": 60}]
    assert refused
