"""A real Chromium for the pages: every request that leaves the file is refused and recorded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphbuilder.viz import draw
from tests.viz.invented import invented


@pytest.fixture(scope="session")
def graph():
    return invented(180)


@pytest.fixture(scope="session")
def page_file(graph, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("map") / "map.html"
    file.write_text(draw(graph), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    missing = None
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "playwright is not installed (pip install graphbuilder[test])"
    if not program:
        missing = "no chromium on the path (apt-get install chromium)"
    if missing:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        # a container's root cannot open Chromium's own sandbox
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def idle_machine() -> None:
    """A test of speed says nothing on a machine that is busy with other things."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > 1.5 * cores:
        pytest.skip(f"the machine is busy (load {load:.1f} on {cores} cores): no time would mean anything")


class Visit:
    """An open page: what it asked of the network, what it complained of, and what it runs."""

    def __init__(self, page: Any, asked: list[str], complaints: list[str]) -> None:
        self.page = page
        self.asked = asked
        self.complaints = complaints

    def node(self, name: str) -> int:
        return self.page.evaluate("name => DATA.nodes.findIndex(n => n.label === name)", name)

    def place(self, node: int) -> tuple[float, float]:
        x, y = self.page.evaluate(
            "i => { const p = network.getPosition(i); return toScreen(p.x, p.y); }", node
        )
        return x, y

    def visible(self) -> set[str]:
        return set(
            self.page.evaluate("nodeSet.get({filter: n => !n.hidden}).map(n => DATA.nodes[n.id].label)")
        )


@pytest.fixture
def visit(browser) -> Iterator[Callable[..., Visit]]:
    contexts = []

    def opened(
        file: Path, fragment: str = "", *, width: int = 1400, height: int = 900, scheme: str = "light"
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        contexts.append(context)
        asked: list[str] = []
        complaints: list[str] = []

        def refuse(route: Any) -> None:
            if route.request.url.split("#")[0] == file.as_uri() or route.request.url.startswith(
                ("data:", "blob:")
            ):
                route.continue_()
            else:
                asked.append(route.request.url)
                route.abort()

        context.route("**/*", refuse)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("dialog", lambda dialog: (complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(file.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return Visit(page, asked, complaints)

    yield opened
    for context in contexts:
        context.close()
