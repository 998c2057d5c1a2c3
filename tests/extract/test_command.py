"""``graphbuilder extract``: one JSON object a paper, to standard output or a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphbuilder.cli import main
from graphbuilder.extract import pipeline

ROWS = [
    {
        "title": "VTok: Token Pruning",
        "abstract": "We propose VTok for token pruning. It is on the Foo-1 dataset.",
    },
    {"title": "On Sparse Folding", "abstract": "Sparse folding (SF) is studied here. SF helps."},
]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return file


def run(*words: object, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["extract", "--model", "patterns", *map(str, words)], input=text)


def test_each_paper_is_one_object_with_its_offsets(page: Path) -> None:
    result = run(page)
    assert result.exit_code == 0, result.output
    rows = {row["title"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert set(rows) == {row["title"] for row in ROWS}
    for row in ROWS:
        text = f"{row['title']}\n{row['abstract']}"
        found = rows[row["title"]]
        assert set(found) >= {"id", "title", "entities", "used_for", "results"}
        for entity in found["entities"]:
            forms = {text[start:end] for start, end in entity["mentions"]}
            assert forms == {entity["name"], *entity["aliases"]}
            assert 0 <= entity["confidence"] <= 1


def test_a_file_gets_the_same_lines(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run(page, "-o", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert out.read_text(encoding="utf-8") == run(page).stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "papers.jsonl"]


def test_standard_input_is_read(page: Path) -> None:
    assert run("-", text=page.read_text(encoding="utf-8")).stdout == run(page).stdout


def test_min_confidence_leaves_out_what_is_less_sure(page: Path) -> None:
    every = [e for line in run(page).stdout.splitlines() for e in json.loads(line)["entities"]]
    sure = [
        e
        for line in run(page, "--min-confidence", 0.8).stdout.splitlines()
        for e in json.loads(line)["entities"]
    ]
    assert sure == [e for e in every if e["confidence"] >= 0.8]
    assert sure != every


def test_a_failed_run_leaves_an_older_file(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old\n", encoding="utf-8")

    def fails(*_: object) -> None:
        raise MemoryError("too much")

    monkeypatch.setattr(pipeline.Extractor, "_read", fails)
    assert run(page, "-o", out).exit_code == 1
    assert out.read_text(encoding="utf-8") == "old\n"


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    result = run(tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
