"""``graphbuilder viz``: draw the graph, or a part of it, as one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from graphbuilder.cli import graph_option, say
from graphbuilder.viz import LEVELS, Level


@click.command(name="viz")
@click.argument("file", default="map.html", type=click.Path(dir_okay=False, allow_dash=True))
@graph_option
@click.option(
    "--level", type=click.Choice(LEVELS), help="What a node is; by default what suits the graph's size."
)
@click.option("--about", metavar="NAME", help="Draw one entity or paper with its surroundings.")
@click.option("--path", nargs=2, metavar="A B", help="Draw the shortest ways from A to B.")
@click.option("--ask", "question", metavar="QUESTION", help="Draw the answer to a question.")
@click.option("--limit", type=click.IntRange(10, 1000), help="Draw at most this many nodes.")
@click.option("--open", "show", is_flag=True, help="Open the file in the browser.")
def command(
    file: str,
    graph: str,
    level: Level | None,
    about: str | None,
    path: tuple[str, str] | None,
    question: str | None,
    limit: int | None,
    show: bool,
) -> None:
    """Draw the graph as FILE (map.html): one page that works from disk, without a network.

    \b
    graphbuilder viz map.html
    graphbuilder viz --about "information bottleneck" vib.html
    graphbuilder viz --path VIB pruning path.html
    graphbuilder viz --ask "which methods are used for pruning" answer.html
    """
    if sum(choice is not None for choice in (level, about, path, question)) > 1:
        raise click.UsageError("--level, --about, --path and --ask exclude each other")
    from graphbuilder.stores import open_store
    from graphbuilder.viz import draw

    with open_store(graph) as store:
        answer = None
        if question is not None:
            from graphbuilder.ask import Asker

            answer = Asker(store).ask(question).to_json()
        page = draw(store.read(), level=level, about=about, path=path, answer=answer, limit=limit)
    if file == "-":
        click.echo(page)
        return
    Path(file).write_text(page, encoding="utf-8", newline="\n")
    say(f"{file}: {len(page.encode()) / 1e6:.1f} MB")
    if show:
        click.launch(Path(file).resolve().as_uri())
