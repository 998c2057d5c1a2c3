"""The graph as tools for assistants, over the Model Context Protocol."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import MCPServer

from graphbuilder.serve.desk import Desk


def tools(desk: Desk) -> MCPServer:
    """An MCP server with the tools ``ask``, ``show``, ``why`` and ``query``; none can write."""
    server = MCPServer(
        "graphbuilder",
        instructions="A graph of papers, methods, datasets, metrics and concepts built from abstracts. "
        "Every answer carries the sentences that say so: quote them.",
    )

    @server.tool()
    def ask(question: str) -> dict[str, Any]:
        """Answer a question about the papers in plain words, e.g. "which papers use VIB for pruning"."""
        return desk.ask(question)

    @server.tool()
    def show(name: str) -> dict[str, Any]:
        """Show the card of a paper (by title) or of a method, dataset, metric or concept (by any name)."""
        return desk.show(name)

    @server.tool()
    def why(a: str, b: str) -> list[dict[str, Any]]:
        """Show the sentences that connect two names."""
        return desk.why(a, b)

    @server.tool()
    def query(cypher: str) -> dict[str, Any]:
        """Run one read-only Cypher statement over Paper, Method, Dataset, Metric, Concept and Author."""
        return desk.cypher(cypher)

    return server
