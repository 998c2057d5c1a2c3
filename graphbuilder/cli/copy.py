"""``graphbuilder copy``: a graph from one store to another, without loss."""

from __future__ import annotations

import click

from graphbuilder.cli import say


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--from-namespace", help="Whose data to read, where FROM is a Neo4j database.")
@click.option("--namespace", help="Whose data to write, where TO is a Neo4j database.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bars.")
def command(source: str, target: str, from_namespace: str | None, namespace: str | None, quiet: bool) -> None:
    """Copy the graph FROM a file or server TO another; what TO held before is replaced.

    The copy is read back and compared with what was sent.
    """
    from graphbuilder.cli.progress import progress_bars
    from graphbuilder.stores import open_store
    from graphbuilder.stores.copy import copy

    with (
        open_store(source, namespace=from_namespace) as read,
        open_store(target, namespace=namespace) as written,
        progress_bars(quiet) as tell,
    ):
        counts, content_hash = copy(read, written, tell)
    for name, count in counts.items():
        say(f"{count:>9,} {name}")
    click.echo(f"{target}: {content_hash[:16]}, the same as {source}")
