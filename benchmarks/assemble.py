"""How assembly grows with the corpus: seconds and memory, beside extraction.

    graphbuilder extract abstracts.jsonl.gz -o statements.jsonl
    python benchmarks/assemble.py abstracts.jsonl.gz statements.jsonl

Prints a table with a row for each size; each runs in a process of its own, so that the memory is its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from pathlib import Path

from graphbuilder.assemble import assemble
from graphbuilder.records import ENTITY_TYPES, Statements
from graphbuilder.sources import merge, read

SIZES = (2_000, 10_000, 50_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers")
    parser.add_argument("statements")
    given = parser.parse_args()
    print(f"{'papers':>8} {'entities':>9} {'edges':>10} {'CPU s':>7} {'added MB':>9}")
    spawn = multiprocessing.get_context("spawn")
    for size in SIZES:
        process = spawn.Process(target=measure, args=(given.papers, given.statements, size))
        process.start()
        process.join()


def measure(papers_file: str, statements_file: str, size: int) -> None:
    papers = merge(read([papers_file]))[:size]
    wanted = {p.id for p in papers}
    with Path(statements_file).open(encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        statements = [Statements.from_json(row) for row in rows if row["id"] in wanted]
    before = peak()
    started = time.process_time()
    graph = assemble(papers, statements).graph
    seconds = time.process_time() - started
    entities = sum(len(graph.nodes[label]) for label in ENTITY_TYPES)
    edges = sum(map(len, graph.edges.values()))
    added = peak() - before
    print(f"{len(papers):>8,} {entities:>9,} {edges:>10,} {seconds:>7.1f} {added:>9,.0f}", flush=True)


def peak() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
