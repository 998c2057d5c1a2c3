"""``graphbuilder stats``: what the graph holds, in numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable
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

    def table(title: str, name: str, number: str, rows: Iterable[tuple[str, Any]]) -> Table:
        result = Table(name, title=title, title_justify="left", box=None, header_style="dim")
        result.add_column(number, justify="right")
        for key, value in rows:
            result.add_row(escape(key), f"{value:,}" if isinstance(value, int) else escape(str(value)))
        return result

    tables = [
        table("Nodes", "label", "number", numbers["nodes"].items()),
        table("Edges", "type", "number", numbers["edges"].items()),
        table("Papers by year", "year", "papers", numbers["years"].items()),
        *(
            table(f"Most used: {label}", "name", "papers", [(row["name"], row["papers"]) for row in rows])
            for label, rows in numbers["most_used"].items()
            if rows
        ),
    ]
    tables.append(table("Build", "", "", _build(numbers).items()))
    Console().print(Columns([Padding(t, (0, 3, 1, 0)) for t in tables]))


def _build(numbers: dict[str, Any]) -> dict[str, Any]:
    """What a person wants to know of the build."""
    build = numbers["build"]
    about = {
        "records read": build.get("records"),
        "merged as duplicates": numbers["merged"],
        "skipped": build.get("skipped"),
        "without an abstract": numbers["without_abstract"],
        "known from references alone": numbers["external"],
        "sources": build.get("sources"),
        "extractor": build.get("extractor"),
        "graphbuilder": build.get("graphbuilder"),
    }
    shown = {name: len(value) if isinstance(value, list) else value for name, value in about.items()}
    return {name: value for name, value in shown.items() if value is not None}
