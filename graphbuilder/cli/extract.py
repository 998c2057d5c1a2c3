"""``graphbuilder extract``: the statements alone, one JSON object a paper."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from graphbuilder.cli import say


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--output", "-o", metavar="FILE.jsonl", help="Write here instead of to standard output.")
@click.option(
    "--format", "format_", metavar="F", help="Format of the sources (default: found by looking at them)."
)
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that read papers."
)
@click.option("--model", metavar="NAME_OR_PATH", help="Model that finds the entities; 'patterns' needs none.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out entities that are less sure than X (0 to 1).",
)
def command(
    sources: tuple[str, ...],
    output: str | None,
    format_: str | None,
    workers: int,
    model: str | None,
    min_confidence: float,
) -> None:
    """Print what each paper of SOURCE... states, one JSON object a line ("-" is standard input)."""
    from graphbuilder import extract
    from graphbuilder import sources as readers

    skipped = []

    def skip(record: object) -> None:
        skipped.append(record)
        say(record)

    papers = readers.merge(readers.read(sources, format=format_, on_skip=skip))
    statements = extract.extract(papers, model=model, workers=workers, min_confidence=min_confidence)
    # a run that fails leaves an older file as it was
    part = Path(f"{output}.part") if output else None
    with part.open("w", encoding="utf-8") if part else nullcontext(sys.stdout) as out:
        for one in statements:
            out.write(json.dumps(one.to_json(), ensure_ascii=False) + "\n")
    if part and output:
        part.replace(output)
    say(f"{len(papers)} papers read, {len(skipped)} records skipped")
