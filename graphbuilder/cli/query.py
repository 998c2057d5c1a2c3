"""``graphbuilder query``: a named query of the catalogue, or read-only Cypher of one's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from graphbuilder.cli import graph_option, say


@click.command()
@click.argument("name", required=False)
@click.option(
    "--param", "-p", "params", multiple=True, metavar="KEY=VALUE", help="A parameter; may be repeated."
)
@click.option("--cypher", metavar="TEXT", help="Read-only Cypher; $KEY stands for a parameter.")
@click.option("--list", "list_", is_flag=True, help="List the named queries.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a row.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values.")
@click.option("--limit", type=click.IntRange(1), default=10_000, show_default=True, help="Most rows to give.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=10.0, show_default=True, help="Seconds to wait."
)
@click.option(
    "--queries",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Further queries, or others of the same name.",
)
@graph_option
def command(
    name: str | None,
    params: tuple[str, ...],
    cypher: str | None,
    list_: bool,
    as_json: bool,
    as_csv: bool,
    limit: int,
    timeout: float,
    queries: Path | None,
    graph: str,
) -> None:
    """Run the query NAME, or --cypher of your own. Nothing can be written."""
    from graphbuilder.ask.catalogue import catalogue

    if sum((name is not None, cypher is not None, list_)) != 1:
        raise click.UsageError("give the NAME of a query, --cypher or --list")
    if as_json and as_csv:
        raise click.UsageError("give --json or --csv, not both")
    if list_:
        for query in catalogue(queries).values():
            takes = " ".join(f"{p.name}:{p.type}" for p in query.params if p.name != "papers")
            click.echo(f"{query.name:28} {query.about}{f' [{takes}]' if takes else ''}")
        return
    values = {}
    for text in params:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise click.UsageError(f"-p takes KEY=VALUE, not {text!r}")
        values[key] = value

    from graphbuilder.stores import open_store

    with open_store(graph) as store:
        if cypher is None:
            from graphbuilder.ask import Asker

            asker = Asker(store, queries)
            given: dict[str, Any] = asker.parameters(str(name), values)
            cypher = asker.queries[str(name)].cypher
        else:
            given = {key: _read(value) for key, value in values.items()}
        answer = store.run(cypher, given, timeout=timeout, limit=limit)
    _write(answer.columns, answer.rows, as_json, as_csv)
    if answer.truncated:
        say(f"only the first {len(answer.rows)} rows; --limit gives more")


def _read(value: str) -> Any:
    """A number, list or text as written: 3, ["a", "b"], pruning."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def _write(columns: list[str], rows: list[dict[str, Any]], as_json: bool, as_csv: bool) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
        return
    if as_csv:
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[c]) for c in columns] for row in rows)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*map(escape, columns), box=None, header_style="dim")
    for row in rows:
        table.add_row(*(escape(_cell(row[c])) for c in columns))
    console = Console() if sys.stdout.isatty() else Console(width=200)
    console.print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
