"""``graphbuilder why``: the sentences that connect two names."""

from __future__ import annotations

import json

import click

from graphbuilder.cli import graph_option


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@graph_option
def command(a: str, b: str, as_json: bool, graph: str) -> None:
    """Show what connects A and B: papers, methods, datasets, metrics or concepts."""
    from graphbuilder.ask import Asker
    from graphbuilder.ask.cards import why
    from graphbuilder.stores import open_store

    with open_store(graph) as store:
        lines = why(Asker(store), a, b)
    if as_json:
        for said, evidence in lines:
            row = {"says": said, "evidence": [e.to_json() for e in evidence]}
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    from graphbuilder.ask.terminal import print_lines

    print_lines(lines)
