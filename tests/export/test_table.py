"""The literature table and the method-task matrix, as Markdown, HTML and CSV."""

from __future__ import annotations

import csv
import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from graphbuilder.export import export
from graphbuilder.records import PropertyGraph

from .conftest import NASTY, graphs

ABSENT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Cells(HTMLParser):
    """The text of each cell of each row, and what the page links to or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def cells(page: str) -> Cells:
    parser = Cells()
    parser.feed(page)
    parser.close()
    return parser


def rendered(path: Path) -> Cells:
    text = path.read_text(encoding="utf-8")
    return cells(MarkdownIt("commonmark").enable("table").render(text) if path.suffix == ".md" else text)


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_the_literature_newest_first_with_what_each_paper_does(
    graph: PropertyGraph, tmp_path: Path, suffix: str
) -> None:
    export(graph, tmp_path / f"g{suffix}")
    page = rendered(tmp_path / f"g{suffix}")
    head, *rows = page.rows
    assert head == [
        "Year",
        "Paper",
        "Authors",
        "Introduces",
        "Methods",
        "Tasks",
        "Datasets",
        "Metrics",
        "Results",
    ]
    assert [row[0] for row in rows] == ["2024", "2023", "2019", ""]
    assert rows[1] == [
        "2023",
        "PruneNet: Pruning & Distilling",
        "Jan van den Berg, Ada Lovelace",
        "PruneNet",
        "Distillation",
        "model compression",
        "ToyNet",
        "top-1 accuracy",
        "71.2% top-1 accuracy on ToyNet",
    ]
    assert rows[0][1].split() == NASTY.replace("\x1f", "\ufffd" if suffix == ".html" else " ").split()
    assert [unquote(link) for link in page.links] == [
        "https://doi.org/10.1/x(y)<z>",
        "https://arxiv.org/abs/2301.00001",
    ]


@pytest.mark.parametrize("suffix", [".md", ".html", ".csv"])
def test_the_matrix_shows_what_nobody_has_tried(graph: PropertyGraph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"g{suffix}"
    export(graph, path, network="method-task-matrix")
    if suffix == ".csv":
        rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    else:
        rows = rendered(path).rows
        assert "Not tried, though both are common: PruneNet for speech" in path.read_text(encoding="utf-8")
    assert rows == [
        ["", "model compression", "speech"],
        ["Distillation", "2", "1"],
        ["PruneNet", "2", ""],
    ]


def test_the_page_shows_the_sentence_and_loads_nothing(graph: PropertyGraph, tmp_path: Path) -> None:
    graph.nodes["Paper"][0]["url"] = "javascript:alert(1)"
    graph.nodes["Method"][0]["name"] = "<script>alert(1)</script>"
    export(graph, tmp_path / "g.html")
    text = (tmp_path / "g.html").read_text(encoding="utf-8")
    page = cells(text)
    assert 'title="We propose PruneNet for model compression."' in text
    assert "script" not in page.tags
    assert all(link.startswith("https://doi.org/") for link in page.links)
    assert "default-src 'none'" in text


def test_a_spreadsheet_takes_no_text_for_a_formula(graph: PropertyGraph, tmp_path: Path) -> None:
    graph.nodes["Paper"][0]["title"] = '=HYPERLINK("x")'
    export(graph, tmp_path / "g.csv", "spreadsheet")
    rows = list(csv.reader((tmp_path / "g.csv").open(encoding="utf-8", newline="")))
    assert rows[2][1] == '\'=HYPERLINK("x")'
    assert rows[2][8] == "71.2% top-1 accuracy on ToyNet"
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("suffix", [".md", ".html"])
@given(graph=graphs())
@settings(deadline=None, max_examples=60)
def test_no_text_breaks_the_table(graph: PropertyGraph, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder) / f"g{suffix}")
        page = rendered(Path(folder) / f"g{suffix}")
    assert len(page.rows) == 1 + len(graph.nodes["Paper"])
    assert {len(row) for row in page.rows} == {9}
