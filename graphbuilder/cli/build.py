"""``graphbuilder build``."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from graphbuilder.cli import graph_option, say

if TYPE_CHECKING:
    from graphbuilder.api import Summary

#: Skipped records that are shown one by one; the rest is counted.
SHOWN = 10


@click.command(
    "build",
    epilog="Examples: graphbuilder build papers.txt   |   graphbuilder build dump.jsonl.gz --graph neo4j://localhost:7687",
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@graph_option
@click.option("--add", "--into-existing", is_flag=True, help="Keep the papers that the graph holds already.")
@click.option("--format", help="The format of the sources; found by their content otherwise.")
@click.option("--model", help="A spaCy pipeline to extract with (name or path).")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out entities below this."
)
@click.option("--workers", type=click.IntRange(1), help="Processes that extract.  [default: by size]")
@click.option("--namespace", help="Whose data in a Neo4j database is ours.")
@click.option("--keep-external", is_flag=True, help="Keep cited works that are no source as bare papers.")
@click.option("--strict", is_flag=True, help="Make a bad record an error.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bars.")
def command(
    sources: tuple[str, ...],
    graph: str,
    add: bool,
    format: str | None,
    model: str | None,
    min_confidence: float,
    workers: int | None,
    namespace: str | None,
    keep_external: bool,
    strict: bool,
    quiet: bool,
) -> None:
    """Read papers from SOURCE (files, folders, - for standard input), extract, assemble, and store the graph.

    The old graph stays whole until the new one is complete. A build that was stopped goes on where it was.
    """
    from graphbuilder.api import build
    from graphbuilder.cli.progress import progress_bars

    started = time.perf_counter()
    with progress_bars(quiet) as tell:
        summary = build(
            sources,
            graph,
            add=add,
            format=format,
            model=model,
            min_confidence=min_confidence,
            workers=workers,
            namespace=namespace,
            keep_external=keep_external,
            strict=strict,
            progress=tell,
        )
    for bad in summary.skipped[:SHOWN]:
        say(f"skipped {bad}")
    if len(summary.skipped) > SHOWN:
        say(f"skipped {len(summary.skipped) - SHOWN:,} more")
    click.echo(_report(summary, graph, time.perf_counter() - started))


def _report(summary: Summary, graph: str, seconds: float) -> str:
    from graphbuilder.records import ENTITY_TYPES
    from graphbuilder.schema import ROLE_EDGES

    counts = summary.counts
    entities = ", ".join(f"{counts.get(t, 0):,} {t.lower()}s" for t in ENTITY_TYPES)
    kept = "kept" if counts["Paper"] > summary.papers else "left out"
    outside = f" ({summary.external:,} cited works that are no source {kept})" if summary.external else ""
    mentions = sum(counts.get(edge, 0) for edge in ROLE_EDGES.values())
    return (
        f"{summary.papers:,} papers from {summary.records:,} records "
        f"({summary.merged:,} merged, {len(summary.skipped):,} skipped, {summary.extracted:,} extracted)\n"
        f"{entities}, {counts.get('Result', 0):,} results\n"
        f"{mentions:,} mentions, {counts.get('USED_FOR', 0):,} uses, {counts.get('BROADER', 0):,} broader, "
        f"{counts.get('CITES', 0):,} citations{outside}, {counts.get('RELATED', 0):,} related\n"
        f"{graph}: {summary.content_hash[:16]} in {seconds:.1f} s"
    )
