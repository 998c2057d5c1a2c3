"""How well and how fast questions are answered: a table by kind of question, and times.

usage: python benchmarks/ask.py [QUESTIONS.tsv] --graph graph.lbug
       python benchmarks/ask.py --generate 200 --graph graph.lbug
       python benchmarks/ask.py --wordings --graph graph.lbug

QUESTIONS has the columns kind, type, question, answers, optional (``tests/ask/questions.tsv``, the default).
``--generate`` asks that many questions instead, of every kind, about names drawn from the graph itself (a
fixed seed): how fast any graph answers. Every question is asked twice, and the second time is "warm" where
it differs. Times are processor time of this process, and of the wall. ``--wordings`` prints which ways to ask
(``tests/ask/wordings.tsv``) are not read as they are meant, and the share of those that are.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from graphbuilder.ask import Asker  # noqa: E402
from graphbuilder.ask.compiler import Compiler  # noqa: E402
from graphbuilder.stores import Store, open_store  # noqa: E402
from tests.ask.scoring import Case, cases, f1, is_read, ways  # noqa: E402

#: Questions by the kind of name that fills them: Method, Dataset, Metric, Concept, and Paper for a system.
SHAPES = {
    "papers-use-method-for-concept": ["which papers use {Method} for {Concept}?", "{Method} for {Concept}"],
    "papers-introduce-for-concept": [
        "who introduces a new dataset for {Concept}?",
        "new method for {Concept}",
    ],
    "papers-evaluated-on-dataset": ["which papers are evaluated on {Dataset}?", "experiments on {Dataset}"],
    "papers-compare-with": ["what outperforms {Method}?", "papers that compare with {Method}"],
    "metric-or-value": ["which papers report {Metric}?", "what {Metric} does {Paper} reach?"],
    "entities-for-concept": [
        "datasets for {Concept}",
        "metrics for {Concept}",
        "which methods are used for {Concept}?",
    ],
    "about-named-paper": [
        "what is {Paper} evaluated on?",
        "what does {Paper} introduce?",
        "datasets used by {Paper}",
    ],
    "papers-about-concept": ["papers on {Concept}", "{Concept}", "{Concept} and {Method}"],
    "two-constraints": [
        "{Concept} papers evaluated on {Dataset}",
        "papers on {Concept} since 2020",
        "papers that use {Method} but not {Concept}",
    ],
    "related-papers": ["papers similar to {Paper}", "which papers are related to {Paper}?"],
    "tables": ["how many papers use {Method}?", "{Concept} papers by year", "most used datasets"],
    "connections": ["how are {Method} and {Concept} connected?"],
    "nothing": ["which papers use {Method} for cooking xyzzy?", "qwrtz {Concept}"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("questions", nargs="?", default="questions.tsv")
    parser.add_argument("--graph", default="graph.lbug")
    parser.add_argument("--generate", type=int, metavar="N", help="questions made from the graph's own names")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slowest", type=int, default=0, metavar="N", help="print the N slowest questions")
    parser.add_argument("--wordings", action="store_true", help="how many ways to ask are understood")
    given = parser.parse_args()
    if given.wordings:
        understood(given.graph)
        return
    with open_store(given.graph) as store:
        start, cpu = time.perf_counter(), time.process_time()
        asker = Asker(store)
        opened, opened_cpu = time.perf_counter() - start, time.process_time() - cpu
        listed = generated(store, given.generate, given.seed) if given.generate else cases(given.questions)
        rows: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
        slow: list[tuple[float, str]] = []
        asker.ask("papers")
        for case in listed:
            wall, cpu = time.perf_counter(), time.process_time()
            answer = asker.ask(case.question)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            again = time.process_time()
            asker.ask(case.question)
            again = time.process_time() - again
            rows[case.kind].append((0.0 if given.generate else f1(case, answer), wall, cpu, again))
            slow.append((cpu, case.question))
        papers = asker.index.size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{papers} papers, index open after {opened:.2f} s ({opened_cpu:.2f} s CPU), peak {peak} MB\n")
    quality = "" if given.generate else f" {'F1':>6} {'exact':>6}"
    print(
        f"{'kind':32} {'n':>4}{quality} {'CPU ms':>7} {'worst':>7} {'again':>7} {'wall ms':>8} {'worst':>7}"
    )
    for kind, found in [*sorted(rows.items()), ("all", [r for several in rows.values() for r in several])]:
        scores, walls, cpus, agains = (sorted(column) for column in zip(*found, strict=True))
        n = len(found)
        shown = (
            f" {100 * sum(scores) / n:6.1f} {100 * sum(s == 1 for s in scores) / n:6.1f}" if quality else ""
        )
        print(
            f"{kind:32} {n:4}{shown} {1000 * cpus[n // 2]:7.1f} {1000 * cpus[-1]:7.1f} "
            f"{1000 * agains[n // 2]:7.1f} {1000 * walls[n // 2]:8.1f} {1000 * walls[-1]:7.1f}"
        )
    for cpu, question in sorted(slow, reverse=True)[: given.slowest]:
        print(f"{1000 * cpu:8.0f} ms  {question}")
    command = [sys.executable, "-m", "graphbuilder", "ask", "--json", "--graph", given.graph]
    start = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, "papers on pruning"], check=True, capture_output=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"\na whole process: {time.perf_counter() - start:.2f} s ({spent:.2f} s CPU)")


def understood(graph: str) -> None:
    """Print the ways to ask that are not read as they are meant, and the share of those that are."""
    with open_store(graph) as store:
        asker = Asker(store)
        compiler = Compiler(asker.queries, asker.index)
        missed = [way.question for way in ways() if not is_read(way, compiler)]
    print(*missed, sep="\n")
    print(f"{100 - 100 * len(missed) / len(ways()):.1f}% of {len(ways())} are read as they are meant")


def generated(store: Store, count: int, seed: int) -> list[Case]:
    """Questions of every kind about names of the graph, commoner names more often."""
    draw = random.Random(seed)
    names: dict[str, tuple[list[str], list[float]]] = {}
    for label in ("Method", "Dataset", "Metric", "Concept"):
        found = store.run(
            f"MATCH (e:{label}) WHERE e.papers >= 2 RETURN e.name AS name, e.papers AS papers ORDER BY name",
            timeout=120.0,
            limit=1_000_000,
        ).rows
        names[label] = ([row["name"] for row in found], [row["papers"] ** 0.5 for row in found])
    found = store.run(
        "MATCH (p:Paper)-[:INTRODUCES]->(e:Method) RETURN DISTINCT e.name AS name ORDER BY name",
        timeout=120.0,
        limit=1_000_000,
    ).rows
    systems = [row["name"] for row in found if any(c.isupper() for c in row["name"][1:])]
    names["Paper"] = (systems, [1.0] * len(systems))
    shapes = [(kind, shape) for kind, several in SHAPES.items() for shape in several]
    made = []
    for number in range(count):
        kind, shape = shapes[number % len(shapes)]
        filled = {label: draw.choices(*pool)[0] for label, pool in names.items() if pool[0]}
        if all(f"{{{label}}}" not in shape or label in filled for label in names):
            made.append(Case(kind, "none", shape.format(**filled), (), ()))
    return made


if __name__ == "__main__":
    main()
