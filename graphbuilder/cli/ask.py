"""``graphbuilder ask``: answers, each with the sentences that say so."""

from __future__ import annotations

import json
from pathlib import Path

import click

from graphbuilder.cli import graph_option


@click.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each question.")
@click.option("--explain", is_flag=True, help="Show the Cypher with its parameters.")
@click.option(
    "--batch",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="A question a line; one JSON object a line comes out.",
)
@click.option(
    "--queries",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Further queries, or others of the same name.",
)
@graph_option
def command(
    question: tuple[str, ...],
    as_json: bool,
    explain: bool,
    batch: str | None,
    queries: Path | None,
    graph: str,
) -> None:
    """Answer QUESTION from the graph; without one, open a prompt."""
    from graphbuilder.ask import Asker
    from graphbuilder.stores import open_store

    if batch and question:
        raise click.UsageError("give a question or --batch, not both")
    with open_store(graph) as store:
        asker = Asker(store, queries)
        if batch:
            with click.open_file(batch, encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    if line.strip():
                        click.echo(json.dumps(asker.ask(line.strip()).to_json(), ensure_ascii=False))
            return
        if as_json and question:
            click.echo(json.dumps(asker.ask(" ".join(question)).to_json(), ensure_ascii=False))
            return
        from graphbuilder.ask.terminal import print_answer, prompt

        if question:
            print_answer(asker.ask(" ".join(question)), explain)
        else:
            prompt(asker, explain)
