"""BibTeX and CSL-JSON, read back by a BibTeX parser and as JSON."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuilder.errors import GraphbuilderError
from graphbuilder.export import export
from graphbuilder.export.references import references, split_name
from graphbuilder.export.selection import Selection
from graphbuilder.records import PropertyGraph

from .conftest import NASTY, TEXT, node

COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
} | {f"\\{c}": c for c in "$&%#_"}


def entries(path: Path) -> dict[str, Any]:
    """Entries by key, with what TeX would print in each field."""
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(path.read_text(encoding="utf-8"))
    assert not library.failed_blocks
    return {
        e.key: {"type": e.entry_type} | {f.key: printed(f.value) for f in e.fields} for e in library.entries
    }


def printed(value: str) -> str:
    return re.sub(r"\\text\w+\{\}|\\.|[{}]", lambda m: COMMANDS.get(m[0], ""), value)


def one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()


def test_a_bibtex_parser_reads_the_papers(graph: PropertyGraph, tmp_path: Path) -> None:
    export(graph, tmp_path / "g.bib")
    found = entries(tmp_path / "g.bib")
    paper = found["vandenberg2023prunenet"]
    assert paper["type"] == "misc"
    assert paper["title"] == "PruneNet: Pruning & Distilling"
    assert paper["author"] == "van den Berg, Jan and Lovelace, Ada"
    assert (paper["eprint"], paper["archiveprefix"], paper["date"]) == ("2301.00001", "arXiv", "2023-01-02")
    assert "ToyNet" in paper["keywords"]
    (other,) = (e for e in found.values() if e["type"] == "article")
    assert other["journal"] == "J. of {Odd} & Ends"
    assert other["title"] == one_line(NASTY)
    assert other["author"] == "Plato"
    assert len(found) == 4


def test_csl_items(graph: PropertyGraph, tmp_path: Path) -> None:
    export(graph, tmp_path / "g.csl.json")
    items = {item["id"]: item for item in json.loads((tmp_path / "g.csl.json").read_bytes())}
    paper = items["vandenberg2023prunenet"]
    assert paper["author"] == [
        {"family": "van den Berg", "given": "Jan"},
        {"family": "Lovelace", "given": "Ada"},
    ]
    assert paper["issued"] == {"date-parts": [[2023, 1, 2]]}
    assert paper["number"] == "arXiv:2301.00001"
    (other,) = (item for item in items.values() if item["type"] == "article-journal")
    assert (other["title"], other["author"]) == (NASTY, [{"literal": "Plato"}])
    assert all(value not in (None, "", []) for item in items.values() for value in item.values())


def test_a_selection_without_papers_is_refused(graph: PropertyGraph, tmp_path: Path) -> None:
    with pytest.raises(GraphbuilderError, match="no paper to cite"):
        export(graph, tmp_path / "g.bib", select=Selection(types=("Method",)))
    assert list(tmp_path.iterdir()) == []


def test_equal_keys_are_told_apart_in_the_order_of_ids() -> None:
    papers = [node("Paper", f"title:{n:016x}", title="Pruning", year=2024) for n in range(30)]
    keys = {r.paper["id"]: r.key for r in references(PropertyGraph({"Paper": papers}))}
    assert keys[papers[0]["id"]] == "pruning2024a"
    assert keys[papers[27]["id"]] == "pruning2024ab"
    assert len(set(keys.values())) == 30


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Lovelace", "Ada")),
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("Lovelace, Ada", ("Lovelace", "Ada")),
        ("Plato", ("Plato", None)),
        ("van Gogh", ("Gogh", "van")),
        (", Ada", ("Ada", "Ada")),
    ],
)
def test_names_have_a_family(name: str, parts: tuple[str, str | None]) -> None:
    assert split_name(name) == parts


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=4))
@settings(deadline=None, max_examples=100)
def test_any_text_survives_in_bibtex(papers: list[tuple[str, str, str]]) -> None:
    rows = [
        node("Paper", f"title:{n:016x}", title=title, abstract=abstract, venue=venue)
        for n, (title, abstract, venue) in enumerate(papers)
    ]
    if not rows:
        return
    with tempfile.TemporaryDirectory() as folder:
        export(PropertyGraph({"Paper": rows}), Path(folder) / "g.bib")
        found = entries(Path(folder) / "g.bib")
    assert len(found) == len(rows)
    assert sorted(e["title"] for e in found.values()) == sorted(one_line(t) for t, _, _ in papers)
    assert sorted(e.get("abstract", "") for e in found.values()) == sorted(one_line(a) for _, a, _ in papers)


@pytest.mark.parametrize("suffix", [".bib", ".csl.json"])
def test_what_is_exported_can_be_built_from(graph: PropertyGraph, tmp_path: Path, suffix: str) -> None:
    from graphbuilder.sources import merge, read

    titles = [
        "Pruning at 50% & more: a $5 question",
        "Čech_cohomology of 100 #tags",
        "漢字 and Ünï",
    ]
    for row, title in zip(graph.nodes["Paper"][1:], titles, strict=True):
        row |= {"title": title, "abstract": "A sentence about pruning, long enough to be an abstract. " * 3}
    graph.nodes["Paper"][1] |= {"doi": "10.1234/ab(7)", "venue": "J. of Odd & Ends"}
    export(graph, tmp_path / f"g{suffix}")
    papers = {p.title: p for p in merge(read([tmp_path / f"g{suffix}"]))}
    assert set(papers) >= {"PruneNet: Pruning & Distilling", *titles}
    paper = papers["PruneNet: Pruning & Distilling"]
    assert (paper.year, paper.date, paper.arxiv_id) == (2023, "2023-01-02", "2301.00001")
    assert paper.authors == ("Jan van den Berg", "Ada Lovelace")
    assert papers[titles[0]].doi == "10.1234/ab(7)"
    assert papers[titles[0]].venue == "J. of Odd & Ends"
