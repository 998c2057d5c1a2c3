"""Speed and memory of the extractor: ``python benchmarks/extract.py ABSTRACTS [--papers N] [--workers N]``.

ABSTRACTS is a JSON Lines file (compressed or not) of papers with title and abstract. Each row of the table is
timed in a process of its own after its model is loaded: the tokenizer alone, the pattern extractor, the
shipped model, and the shipped model in two processes. Times are of the wall clock; on a busy machine the
seconds of processor time tell more.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

from graphbuilder.records import Paper

ROWS = ("tokenizer", "patterns", "model", "2 workers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--papers", type=int, default=5000)
    parser.add_argument("--skip", type=int, default=0, help="papers at the beginning that are left out")
    parser.add_argument("--row", choices=ROWS, help="time this one alone and print it as JSON")
    options = parser.parse_args()
    if options.row:
        print(json.dumps(measured(options.row, papers(options.abstracts, options.skip, options.papers))))
        return
    print(f"{options.papers:,} abstracts   {'load s':>8} {'/s':>8} {'/s of CPU':>10} {'peak MB':>8}")
    for row in ROWS:
        command = [sys.executable, __file__, str(options.abstracts), "--row", row]
        command += ["--papers", str(options.papers), "--skip", str(options.skip)]
        one_thread = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        got = json.loads(subprocess.run(command, check=True, capture_output=True, env=one_thread).stdout)
        print(f"{row:17} {got['load']:8.2f} {got['wall']:8.0f} {got['cpu']:10.0f} {got['memory']:8.0f}")


def papers(path: Path, skip: int, number: int) -> list[Paper]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        rows = map(json.loads, islice(lines, skip, skip + number))
        return [Paper(id=str(i), title=row["title"], abstract=row["abstract"]) for i, row in enumerate(rows)]


def measured(row: str, texts: list[Paper]) -> dict[str, float]:
    """Seconds to load, abstracts a second by the clock and by processor time, peak memory in MB."""
    begun = time.perf_counter()
    from graphbuilder import extract
    from graphbuilder.extract import tokens

    if row == "tokenizer":
        nlp = tokens.blank()
        work = (nlp.make_doc(paper.text) for paper in texts)
    elif row == "2 workers":
        work = extract.extract(texts, workers=2)
    else:
        extractor = extract.load("patterns" if row == "patterns" else None)
        work = (json.dumps(s.to_json()) for s in extractor.extract(texts))
    loaded = time.perf_counter()
    processor = spent()
    for _ in work:
        pass
    wall, cpu = time.perf_counter() - loaded, spent() - processor
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"load": loaded - begun, "wall": len(texts) / wall, "cpu": len(texts) / cpu, "memory": peak / 1024}


def spent() -> float:
    """Seconds of processor time of this process and those it has waited for."""
    use = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in use)


if __name__ == "__main__":
    main()
