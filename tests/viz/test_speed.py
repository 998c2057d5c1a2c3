"""The page of the largest picture that the command agrees to draw is usable in time."""

from __future__ import annotations

import time

from graphbuilder.viz import draw
from tests.viz.invented import invented


def test_a_thousand_nodes_are_usable_in_four_seconds(visit, tmp_path, idle_machine) -> None:
    graph = invented(2500, variants=900)
    file = tmp_path / "map.html"
    file.write_text(draw(graph, limit=1000), encoding="utf-8")
    took = []
    for _ in range(3):  # the best of three: other work on the machine is not the page's
        started = time.perf_counter()
        seen = visit(file)
        nodes = seen.page.evaluate("DATA.nodes.length")
        seen.page.mouse.click(*seen.place(0))
        seen.page.locator("#card").wait_for(state="visible")
        took.append(time.perf_counter() - started)
        seen.page.close()
    assert nodes > 700
    assert min(took) < 4.0
