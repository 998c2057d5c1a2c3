"""``graphbuilder export``: the graph, a part of it, or a derived network, in another format."""

from __future__ import annotations

import click

from graphbuilder.cli import graph_option, say
from graphbuilder.errors import GraphbuilderError
from graphbuilder.export import FORMATS, check_place, export, resolve
from graphbuilder.export.networks import NETWORKS
from graphbuilder.export.selection import Selection


class _WrongUsage(click.ClickException):
    exit_code = 2


@click.command(
    epilog="Formats: " + "; ".join(" ".join((f.name, *f.suffixes)) for f in FORMATS.values()) + "."
)
@click.argument("file", type=click.Path())
@click.option("--format", "-f", "format_", metavar="NAME", help="By default the extension decides.")
@click.option("--about", metavar="NAME", help="Only what is near this name, title or id.")
@click.option("--hops", type=click.IntRange(0), default=2, show_default=True, help="How near, with --about.")
@click.option("--since", type=int, metavar="YEAR", help="Only papers of this year or later.")
@click.option("--type", "types", metavar="A,B", help="Only nodes of these types, e.g. Paper,Method,Dataset.")
@click.option("--min-papers", type=click.IntRange(1), default=1, help="Only entities in so many papers.")
@click.option("--network", metavar="NAME", help=f"A derived network instead: {', '.join(NETWORKS)}.")
@click.option("--top", type=click.IntRange(1), default=50, help="Methods and tasks of the matrix.")
@graph_option
def command(
    file: str,
    format_: str | None,
    about: str | None,
    hops: int,
    since: int | None,
    types: str | None,
    min_papers: int,
    network: str | None,
    top: int,
    graph: str,
) -> None:
    """Write the graph to FILE ("-" is standard output; ".gz" behind the extension compresses).

    --since, --about, --min-papers and --type take a part of the graph, in this order.
    """
    from graphbuilder.stores import open_store

    # what is wrong with the command is told before a large graph is read
    try:
        chosen = resolve(file, format_, network)
        select = Selection(since, about, hops, min_papers, tuple(filter(None, (types or "").split(","))))
    except GraphbuilderError as error:
        raise _WrongUsage(str(error)) from error
    check_place(file, chosen)
    with open_store(graph) as store:
        written = export(store.read(), file, chosen.name, select=select, network=network, top=top)
    if file != "-":
        say(f"{written.path}: {written.nodes} nodes, {written.edges} edges ({written.format})")
