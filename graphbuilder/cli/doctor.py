"""``graphbuilder doctor``: whether the installation, the graph and the server are in order."""

from __future__ import annotations

import click

from graphbuilder.cli import graph_option


@click.command()
@graph_option
@click.option("--namespace", help="Whose data in a Neo4j database is ours.")
@click.pass_context
def command(context: click.Context, graph: str, namespace: str | None) -> None:
    """Check the installation, the graph and, where it is in Neo4j, the server.

    Each line says what was found, and what to do where it is not as it should be; exit code 1 then.
    """
    from graphbuilder.stores.doctor import checks

    failed = 0
    for check in checks(graph, namespace):
        failed += not check.passed
        click.echo(f"{'ok  ' if check.passed else 'FAIL'}  {check.name}: {check.found}")
    if failed:
        context.exit(1)
