"""``graphbuilder show``: the card of a paper or an entity."""

from __future__ import annotations

import json

import click

from graphbuilder.cli import graph_option


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@graph_option
def command(name: tuple[str, ...], as_json: bool, graph: str) -> None:
    """Show what the graph holds of NAME: a title, a system, a method, a dataset, an author."""
    from graphbuilder.ask import Asker
    from graphbuilder.ask.cards import card
    from graphbuilder.stores import open_store

    with open_store(graph) as store:
        shown = card(Asker(store), " ".join(name))
    if as_json:
        click.echo(json.dumps(shown.to_json(), ensure_ascii=False))
        return
    from graphbuilder.ask.terminal import print_card

    print_card(shown)
