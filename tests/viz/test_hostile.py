"""Names, titles, sentences and addresses are data: whatever they hold, it is shown and not run."""

from __future__ import annotations

import itertools

from graphbuilder.records import EdgeKind, PropertyGraph
from graphbuilder.viz import draw

RUN = "window.__ran=(window.__ran||0)+1"
PATTERNS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f'"onload="{RUN}',
    f"' onmouseover='{RUN}",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<a href='javascript:{RUN}'>name</a>",
    f"]]><script>{RUN}</script>",
    f"<style>@import 'https://example.org/x.css';</style>{RUN}",
    "<b>bold</b><i>tags</i>",
    f"${{{RUN}}}",
    f"`;{RUN};`",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"{{{{ {RUN} }}}}{{% raw %}}",
    f"line\u2028{RUN}\u2029end",
    f"\u202egnorw ton\u202c {RUN}",
    "&lt;script&gt;&amp;quot;",
    '"]}],"nodes":[]',
    f"</title><script>{RUN}</script>",
    f"<template><script>{RUN}</script></template>",
    "__proto__",
    "constructor",
    "null\x00byte\x07bell",
    "😀 emoji 𝒙 mathematical ﷽",
    "a" * 4000,
    "x\ny\tz   spaced",
]


def hostile_graph() -> tuple[PropertyGraph, list[str]]:
    names = [f"{pattern} {n}" for n, pattern in zip(range(200), itertools.cycle(PATTERNS), strict=False)]
    papers, entities, edges = [], [], []
    for n in range(40):
        title = PATTERNS[n % len(PATTERNS)] + f" title {n}"
        abstract = " and ".join(names[n * 5 : n * 5 + 5])
        papers.append(
            {
                "id": f"title:{n}\"'<x>",
                "title": title,
                "abstract": abstract,
                "year": 2020 + n % 3,
                "url": ["javascript:" + RUN, "data:text/html,x", f'https://example.org/"onclick={RUN}//'][
                    n % 3
                ],
                "venue": PATTERNS[(n + 3) % len(PATTERNS)],
                "sentences": [0, len(title), len(title) + 1, len(title) + 1 + len(abstract)],
            }
        )
    for n, name in enumerate(names):
        entities.append(
            {
                "id": f"method:{name}",
                "kind": "Method",
                "name": name,
                "aliases": [name, name[::-1]],
                "papers": 3,
            }
        )
        for paper in {n // 5, (n // 5 + 1) % 40, (n // 5 + 2) % 40}:
            text = f"{papers[paper]['title']}\n{papers[paper]['abstract']}"
            at = text.find(name)
            edges.append(
                {
                    "source": papers[paper]["id"],
                    "target": f"method:{name}",
                    "sentence": name,
                    "start": at if at >= 0 else None,
                    "end": at + len(name) if at >= 0 else None,
                    "surface": name,
                    "confidence": 1.0,
                    "spans": [at, at + len(name)] if at >= 0 else [],
                }
            )
    return PropertyGraph(
        {"Paper": papers, "Method": entities}, {EdgeKind("USES", "Paper", "Method"): edges}
    ), names


def test_two_hundred_hostile_names_run_nothing_and_show_as_text(visit, tmp_path) -> None:
    graph, names = hostile_graph()
    for level in ("entity", "paper"):
        file = tmp_path / f"{level}.html"
        file.write_text(draw(graph, level=level), encoding="utf-8")
        seen = visit(file)
        page = seen.page
        shown = page.evaluate(
            "DATA.nodes.filter((n, i) => DATA.details[i].type === 'Method').map(n => n.label)"
        )
        assert set(shown) <= set(names)
        assert level == "paper" or len(shown) == 200
        page.evaluate("DATA.nodes.forEach((n, i) => select({node: i}))")
        for i in range(0, len(shown), 23):
            page.evaluate("i => select({node: i})", i)
            assert page.evaluate("document.querySelector('#card h2').textContent") == page.evaluate(
                "i => DATA.nodes[i].label", i
            )
        page.evaluate("EDGES.forEach((e, i) => select({edge: i}))")
        page.evaluate("DATA.groups.forEach((g, i) => select({group: i}))")
        page.evaluate("DATA.grid.cells.slice(0, 20).forEach(c => cellCard(...c))")
        for tab in ("grid", "list", "map"):
            page.click(f"#tab-{tab}")
        page.fill("#search", "script")
        page.wait_for_timeout(100)
        page.evaluate("DATA.nodes.slice(0, 40).forEach((n, i) => tip(i, {clientX: 300, clientY: 300}))")
        page.evaluate("document.body.append(svgOf(600, 400))")
        hrefs = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.protocol)")
        assert set(hrefs) <= {"file:", "https:", "http:"}
        page.wait_for_timeout(300)
        assert page.evaluate("window.__ran") is None
        assert (
            page.evaluate(
                "document.querySelectorAll('#card script, #list img, #found svg[onload], iframe').length"
            )
            == 0
        )
        assert seen.asked == []
        assert seen.complaints == []


def test_a_hostile_title_of_the_page_stays_text(visit, tmp_path) -> None:
    graph, names = hostile_graph()
    for name in names[:8]:
        file = tmp_path / "about.html"
        file.write_text(draw(graph, about=name), encoding="utf-8")
        seen = visit(file)
        assert seen.page.locator("#title").text_content() == name
        assert seen.page.title().split() == name.split()
        assert seen.page.evaluate("window.__ran") is None
        assert seen.complaints == []
