"""How long a map takes to draw, what it weighs, and when a person can use it, in a real Chromium.

    python benchmarks/map.py --graph graph.lbug            # a graph of yours
    python benchmarks/map.py --papers 45521                # an invented one of this many papers

Prints one line for each limit on the number of nodes: processor and wall seconds to draw, megabytes, and from
Chromium, the best of five runs: milliseconds to the first paint, seconds until the map is drawn, and seconds
from a click on a node to its card.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from graphbuilder.viz import draw


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--graph")
    options.add_argument("--papers", type=int, default=628)
    options.add_argument("--limits", type=int, nargs="*", default=[300, 1000])
    options.add_argument("--save", type=Path, help="keep a screenshot of the first map here")
    given = options.parse_args()
    started, clock = time.perf_counter(), time.process_time()
    graph = _graph(given.graph, given.papers)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"read: {time.process_time() - clock:.1f} s processor, {time.perf_counter() - started:.1f} s wall")
    print(f"{'limit':>6} {'level':>10} {'cpu s':>6} {'wall s':>6} {'MB':>5} {'paint ms':>8} ready s click s")
    with tempfile.TemporaryDirectory() as folder:
        for limit in given.limits:
            started, clock = time.perf_counter(), time.process_time()
            page = draw(graph, limit=limit)
            cpu, wall = time.process_time() - clock, time.perf_counter() - started
            file = Path(folder) / f"{limit}.html"
            file.write_text(page, encoding="utf-8")
            level, paint, ready, click = _visit(file, given.save if limit == given.limits[0] else None)
            print(
                f"{limit:6} {level:>10} {cpu:6.1f} {wall:6.1f} {len(page.encode()) / 1e6:5.2f} "
                f"{paint:8.0f} {ready:7.2f} {click:7.2f}"
            )


def _graph(target: str | None, papers: int) -> Any:
    if target is None:
        from tests.viz.invented import invented

        return invented(papers, variants=max(4, papers // 11))
    from graphbuilder.stores import open_store

    with open_store(target) as store:
        return store.read()


def _visit(file: Path, save: Path | None) -> tuple[str, float, float, float]:
    from playwright.sync_api import sync_playwright

    runs = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(5):
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            started = time.perf_counter()
            page.goto(file.as_uri())
            page.wait_for_selector("html[data-ready]")
            ready = time.perf_counter() - started
            if save and not runs:
                page.wait_for_timeout(800)
                page.screenshot(path=save)
            paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            place = page.evaluate("() => { const p = network.getPosition(0); return toScreen(p.x, p.y); }")
            started = time.perf_counter()
            page.mouse.click(*place)
            page.wait_for_selector("#card:not([hidden])")
            runs.append((paint, ready, time.perf_counter() - started))
            level = page.evaluate("DATA.level")
            page.close()
        browser.close()
    paints, readies, clicks = zip(*runs, strict=True)
    return level, min(paints), min(readies), min(clicks)


if __name__ == "__main__":
    main()
