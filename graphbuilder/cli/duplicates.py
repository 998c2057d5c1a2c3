"""``graphbuilder duplicates``."""

from __future__ import annotations

import json

import click

from graphbuilder.cli import graph_option, say


@click.command(
    "duplicates",
    epilog="Settle a pair in the .names file beside the graph (alias A = B, not-alias A | B); build again.",
)
@graph_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(graph: str, as_json: bool) -> None:
    """List pairs of entities that may be one thing, with the reason for each."""
    from graphbuilder.assemble.suspects import suspects
    from graphbuilder.records import ENTITY_TYPES
    from graphbuilder.stores import open_store

    with open_store(graph) as store:
        entities = [
            row
            for label in ENTITY_TYPES
            for row in store.run(
                f"MATCH (e:{label}) RETURN e.id AS id, e.name AS name, e.aliases AS aliases", limit=10_000_000
            ).rows
        ]
    pairs = suspects(entities)
    for name, other, reason in pairs:
        click.echo(
            json.dumps({"name": name, "other": other, "reason": reason}, ensure_ascii=False)
            if as_json
            else f"{name}  |  {other}  ({reason})"
        )
    say(f"{len(pairs):,} suspected pairs among {len(entities):,} entities")
