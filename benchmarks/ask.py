"""How well and how fast questions are answered: a table by kind of question, and times.

usage: python benchmarks/ask.py [QUESTIONS.tsv] --graph graph.lbug

QUESTIONS has the columns kind, type, question, answers, optional (``tests/ask/questions.tsv``, the default).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from graphbuilder.ask import Asker  # noqa: E402
from graphbuilder.stores import open_store  # noqa: E402
from tests.ask.scoring import cases, f1  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", nargs="?", default="questions.tsv")
    parser.add_argument("--graph", default="graph.lbug")
    given = parser.parse_args()
    with open_store(given.graph) as store:
        start = time.perf_counter()
        asker = Asker(store)
        opened = time.perf_counter() - start
        rows: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for case in cases(given.questions):
            wall, cpu = time.perf_counter(), time.process_time()
            answer = asker.ask(case.question)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            rows[case.kind].append((f1(case, answer), wall, cpu))
        papers = asker.index.size
    print(f"{papers} papers, index open after {opened:.2f} s\n")
    print(
        f"{'kind':32} {'n':>4} {'F1':>6} {'exact':>6} {'median ms':>10} {'worst ms':>9} {'median CPU ms':>14}"
    )
    for kind, found in [*sorted(rows.items()), ("all", [r for several in rows.values() for r in several])]:
        scores, walls, cpus = (sorted(column) for column in zip(*found, strict=True))
        n = len(found)
        print(
            f"{kind:32} {n:4} {100 * sum(scores) / n:6.1f} {100 * sum(s == 1 for s in scores) / n:6.1f} "
            f"{1000 * walls[n // 2]:10.1f} {1000 * walls[-1]:9.1f} {1000 * cpus[n // 2]:14.1f}"
        )
    command = [
        sys.executable,
        "-m",
        "graphbuilder",
        "ask",
        "--json",
        "--graph",
        given.graph,
        "papers on pruning",
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    print(f"\na whole process: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
