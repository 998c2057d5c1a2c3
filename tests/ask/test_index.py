"""The index is built once from the graph, kept, and made again when the graph is another one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import graphbuilder
from graphbuilder.ask import Asker
from graphbuilder.ask.index import open_index
from graphbuilder.stores import Store, open_store

ROOT = Path(__file__).parents[2]


def test_a_second_opening_reads_the_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    open_index(store).close()
    monkeypatch.setattr("graphbuilder.ask.index.build", lambda *_, **__: pytest.fail("built again"))
    assert open_index(store).size > 0


def test_another_graph_in_the_same_place_is_read_anew(tmp_path: Path) -> None:
    lines = (ROOT / "examples" / "papers.txt").read_text(encoding="utf-8")
    path = str(tmp_path / "graph.lbug")
    graphbuilder.build([str(ROOT / "examples" / "papers.txt")], path)
    with open_store(path) as store:
        size = open_index(store).size
    (tmp_path / "fewer.txt").write_text(lines[: len(lines) // 2], encoding="utf-8")
    graphbuilder.build([str(tmp_path / "fewer.txt")], path)
    with open_store(path) as store:
        assert 0 < open_index(store).size < size


def test_a_damaged_file_is_made_again(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    open_index(store).close()
    for file in (tmp_path / "graphbuilder").glob("*.sqlite"):
        file.write_bytes(b"not a database at all")
    assert open_index(store).size > 0


def test_where_nothing_can_be_written_it_lives_in_memory(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert Asker(store).ask("papers about pruning").answers


def test_names_complete(asker: Asker) -> None:
    assert "BottleTrim" in asker.index.beginning_with("Bottle")
    assert asker.index.beginning_with("%") == []


def test_the_index_is_plain_sqlite(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    open_index(store).close()
    file = next((tmp_path / "graphbuilder").glob("*.sqlite"))
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
