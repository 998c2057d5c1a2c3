"""``graphbuilder serve``: the graph as a local web page, read-only."""

from __future__ import annotations

import click

from graphbuilder.cli import graph_option, say
from graphbuilder.errors import GraphbuilderError


@click.command(name="serve")
@graph_option
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port to listen on."
)
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def command(graph: str, port: int, show: bool) -> None:
    """Serve the ask box, the map and the cards on this machine alone, until Ctrl-C.

    The same answers as JSON stand under /api; /openapi.json describes them.
    """
    try:
        import uvicorn

        from graphbuilder.serve.web import application
    except ImportError as error:
        raise GraphbuilderError(f"{error.name} is missing; pip install 'graphbuilder[serve]'") from error
    from graphbuilder.serve import Desk
    from graphbuilder.stores import open_store

    with open_store(graph) as store:
        web = application(Desk(store))
        say(f"http://127.0.0.1:{port}/ serves {store.uri}; Ctrl-C ends it")
        if show:
            click.launch(f"http://127.0.0.1:{port}/")
        uvicorn.run(web, host="127.0.0.1", port=port, log_level="warning")
