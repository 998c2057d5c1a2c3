"""Time and memory of every export: ``python benchmarks/export.py [--graph GRAPH] [FORMAT...]``.

The graph is invented (fixed seed), as large as one of 45,521 abstracts; each export runs in a process of its
own, whose peak memory counts the graph as well. ``networkx`` among the formats writes GraphML by way of
networkx, for comparison.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from graphbuilder.export import FORMATS, export, to_networkx
from graphbuilder.export.networks import NETWORKS
from graphbuilder.records import EdgeKind, PropertyGraph, Row

PAPERS, ENTITIES, MENTIONS = 45_521, 150_000, 450_000
AUTHORS, CITATIONS, RELATED, RESULTS, USES = 60_000, 150_000, 250_000, 30_000, 60_000
SYLLABLES = [
    "ta",
    "ne",
    "ri",
    "mo",
    "ka",
    "lu",
    "si",
    "ve",
    "do",
    "pa",
    "gra",
    "phe",
    "net",
    "qu",
    "en",
    "ser",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", default=[*FORMATS, "networkx", *NETWORKS])
    parser.add_argument("--graph", help="a graph that was built, instead of the invented one")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the invented graph")
    options = parser.parse_args()
    if options.graph:
        from graphbuilder.stores import open_store

        with open_store(options.graph) as store:
            graph = store.read()
    else:
        graph = invented(options.scale)
    print(
        f"{size(graph.nodes):,} nodes, {size(graph.edges):,} edges; memory with the graph alone {peak():,} MB"
    )
    print(f"{'export':22} {'seconds':>8} {'CPU s':>8} {'MB file':>8} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.formats:
            target = Path(folder) / name
            seconds, processor, memory = in_child(lambda name=name, target=target: write(graph, name, target))
            written = sum(f.stat().st_size for f in (target.rglob("*") if target.is_dir() else [target]))
            print(f"{name:22} {seconds:8.1f} {processor:8.1f} {written / 2**20:8.0f} {memory:8,}", flush=True)
            shutil.rmtree(target, ignore_errors=True)
            target.unlink(missing_ok=True)


def write(graph: PropertyGraph, name: str, target: Path) -> None:
    if name == "networkx":
        import networkx

        plain = to_networkx(graph)
        for _, values in [*plain.nodes(data=True), *((0, d) for *_, d in plain.edges(data=True))]:
            values.update({k: str(v) for k, v in values.items() if isinstance(v, list)})
        networkx.write_graphml(plain, target)
    elif name in NETWORKS:
        export(graph, target, "node-link", network=name)
    else:
        export(graph, target, name)


def in_child(work: Callable[[], None]) -> tuple[float, float, int]:
    """Seconds and processor seconds that ``work`` takes in a child process, and its peak memory in MB."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        started = time.perf_counter()
        try:
            work()
            os.write(writer, f"{time.perf_counter() - started} {time.process_time()} {peak()}".encode())
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as result:
        answer = result.read()
    os.waitpid(child, 0)
    if not answer:
        sys.exit("the export failed")
    seconds, processor, memory = answer.split()
    return float(seconds), float(processor), int(memory)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def size(tables: dict[str, list[Row]] | dict[EdgeKind, list[Row]]) -> int:
    return sum(map(len, tables.values()))


def invented(scale: float) -> PropertyGraph:
    """A graph of the shape that abstracts give: few entities in many papers, most in few."""
    draw = random.Random(7)
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(20_000)]
    words[:200] = [w + draw.choice("éß漢&<\"'") for w in words[:200]]

    def text(length: int) -> str:
        return " ".join(draw.choices(words, k=length // 8)).ljust(length, ".")[:length]

    papers, authors = round(PAPERS * scale), round(AUTHORS * scale)
    nodes: dict[str, list[Row]] = {
        "Paper": [
            {
                "id": f"title:{n:016x}",
                "kind": "Paper",
                "title": text(70),
                "abstract": text(1200),
                "year": draw.choice([None, *range(2015, 2026)]),
                "url": f"https://example.org/{n}",
                "sources": ["all.jsonl"],
                "sentences": [x for s in range(9) for x in (s * 130, s * 130 + 129)],
                "external": False,
            }
            for n in range(papers)
        ],
        "Author": [{"id": f"a:{n:06}", "kind": "Author", "name": text(16)} for n in range(authors)],
        "Result": [
            {
                "id": f"r:{n:06}",
                "kind": "Result",
                "value": "71.2%",
                "number": 71.2,
                "unit": "%",
                "relative": False,
            }
            for n in range(round(RESULTS * scale))
        ],
    }
    shares = {"Method": 0.5, "Concept": 0.4, "Dataset": 0.05, "Metric": 0.05}
    for label, share in shares.items():
        nodes[label] = [
            {
                "id": f"e:{label}{n:06}",
                "kind": label,
                "name": text(24),
                "aliases": [text(16)] if n % 3 == 0 else [],
                "papers": 1 + n % 50,
                "ambiguous": False,
            }
            for n in range(round(ENTITIES * share * scale))
        ]
    edges: dict[EdgeKind, list[Row]] = {}

    def some(label: str) -> str:
        """A node of a label, the first ones far oftener than the last (as Zipf has it, nearly)."""
        rows = nodes[label]
        return str(rows[int(len(rows) * draw.random() ** 3)]["id"])

    def add(type_: str, source: str, target: str, count: float, **values: Callable[[], object]) -> None:
        rows = [
            {"source": draw.choice(nodes[source])["id"], "target": some(target)}
            | {k: v() for k, v in values.items()}
            for _ in range(round(count * scale))
        ]
        rows.sort(key=lambda row: (row["source"], row["target"]))
        edges[EdgeKind(type_, source, target)] = rows

    mention: dict[str, Callable[[], object]] = {
        "sentence": lambda: text(100),
        "start": lambda: draw.randrange(1000),
        "end": lambda: 1010,
        "surface": lambda: text(12),
        "confidence": lambda: round(draw.random(), 4),
        "spans": lambda: [1, 11, 200, 210],
    }
    roles = {
        "Method": ("INTRODUCES", "USES", "COMPARES"),
        "Concept": ("STUDIES",),
        "Dataset": ("EVALUATES_ON",),
    }
    for label, share in {"Method": 0.5, "Concept": 0.35, "Dataset": 0.05}.items():
        for role in roles[label]:
            add(role, "Paper", label, MENTIONS * share / len(roles[label]), **mention)
    add("MEASURES", "Paper", "Metric", MENTIONS * 0.1, **mention)
    add("WROTE", "Author", "Paper", 3 * PAPERS, position=lambda: draw.randint(1, 6))
    add("CITES", "Paper", "Paper", CITATIONS, provenance=lambda: "source")
    add(
        "RELATED",
        "Paper",
        "Paper",
        RELATED,
        score=lambda: round(draw.random(), 4),
        shared=lambda: [text(16), text(16)],
    )
    add("USED_FOR", "Method", "Concept", USES, paper=lambda: draw.choice(nodes["Paper"])["id"],
        sentence=lambda: text(100), confidence=lambda: 0.8)  # fmt: skip
    add("REPORTS", "Paper", "Result", RESULTS, sentence=lambda: text(100))
    add("OF", "Result", "Metric", RESULTS, sentence=lambda: text(100))
    return PropertyGraph(nodes, edges)


if __name__ == "__main__":
    main()
