"""``graphbuilder mcp``: the graph as tools for assistants, read-only."""

from __future__ import annotations

import click

from graphbuilder.cli import graph_option
from graphbuilder.errors import GraphbuilderError


@click.command(name="mcp")
@graph_option
def command(graph: str) -> None:
    """Speak the Model Context Protocol on standard input and output: ask, show, why and query."""
    try:
        from graphbuilder.serve.assistants import tools
    except ImportError as error:
        raise GraphbuilderError(f"{error.name} is missing; pip install 'graphbuilder[mcp]'") from error
    from graphbuilder.serve import Desk
    from graphbuilder.stores import open_store

    with open_store(graph) as store:
        tools(Desk(store)).run("stdio")
