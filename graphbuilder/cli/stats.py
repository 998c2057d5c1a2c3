"""``graphbuilder stats``: what the graph holds, in numbers."""

from __future__ import annotations

import json
from typing import Any

import click

from graphbuilder.cli import graph_option


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--top", type=click.IntRange(0), default=10, show_default=True, help="Entities of a type to list."
)
@graph_option
def command(graph: str, as_json: bool, top: int) -> None:
    """Count nodes and edges by type, papers by year, and list the most used entities."""
    from graphbuilder.stats import stats
    from graphbuilder.stores import open_store

    with open_store(graph) as store:
        numbers = stats(store.read(), store.manifest(), top)
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False))
    else:
        _print(numbers)


def _print(numbers: dict[str, Any]) -> None:
    from rich.columns import Columns
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding
    from rich.table import Table

    def table(title: str, name: str, number: str, rows: dict[str, Any]) -> Table:
        result = Table(name, title=title, title_justify="left", box=None, header_style="dim")
        result.add_column(number, justify="right")
        for key, value in rows.items():
            result.add_row(escape(key), f"{value:,}" if isinstance(value, int) else escape(str(value)))
        return result

    tables = [
        table("Nodes", "label", "number", numbers["nodes"]),
        table("Edges", "type", "number", numbers["edges"]),
        table("Papers by year", "year", "papers", numbers["years"]),
        *(
            table(f"Most used: {label}", "name", "papers", {row["name"]: row["papers"] for row in rows})
            for label, rows in numbers["most_used"].items()
            if rows
        ),
    ]
    about = {"without an abstract": numbers["without_abstract"], "external papers": numbers["external"]}
    about |= {k: len(v) if isinstance(v, list | dict) else v for k, v in numbers["build"].items()}
    tables.append(table("Build", "", "", {k: v for k, v in about.items() if v is not None}))
    Console().print(Columns([Padding(t, (0, 3, 1, 0)) for t in tables]))
