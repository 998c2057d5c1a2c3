"""The graph in a file: what can be wrong with a file, and what a killed build leaves."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import PropertyGraph
from graphbuilder.stores import open_store
from tests.stores.graphs import papers

LOAD = """
import sys
from graphbuilder.records import PropertyGraph
from graphbuilder.stores import open_store
graph = PropertyGraph({"Author": [{"id": f"a:{i}", "kind": "Author", "name": "N"} for i in range(300_000)]})
print("ready", flush=True)
open_store(sys.argv[1]).write(graph, {})
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a graph."""
    target = tmp_path / "graph.lbug"
    with open_store(str(target)) as store:
        store.write(papers(), {"build": 1})
    return target


@pytest.mark.parametrize("folder", ["plain", "a [b]*?", "it's", 'say "x"', "back\\slash", "größe 😀"])
def test_any_folder_will_do(tmp_path: Path, folder: str) -> None:
    target = tmp_path / folder / "deeper" / "graph.lbug"
    with open_store(str(target)) as store:
        store.write(papers(), {})
        assert store.read().content_hash() == papers().content_hash()
    assert [file.name for file in target.parent.iterdir()] == ["graph.lbug"]


@pytest.mark.parametrize("wait", [0.0, 0.1, 0.3, 0.6])
def test_a_killed_build_leaves_the_old_graph_whole(path: Path, wait: float) -> None:
    build = subprocess.Popen([sys.executable, "-c", LOAD, str(path)], stdout=subprocess.PIPE)
    assert build.stdout is not None
    build.stdout.readline()
    time.sleep(wait)
    build.send_signal(signal.SIGKILL)
    build.wait()
    build.stdout.close()
    with open_store(str(path)) as store:
        # a machine may have been quick enough to end the build before it was killed
        if store.manifest().get("build") == 1:
            assert store.read().content_hash() == papers().content_hash()
        else:
            assert store.read().counts() == {"Author": 300_000}
        store.write(papers(), {"build": 3})
    left = [file.name for file in path.parent.iterdir() if file.name != path.name]
    assert left == []


def test_a_reader_keeps_its_graph_while_another_is_written(path: Path) -> None:
    with open_store(str(path)) as reader, open_store(str(path)) as writer:
        assert reader.manifest()["build"] == 1
        writer.write(PropertyGraph(), {"build": 2})
        assert reader.read().content_hash() == papers().content_hash()
        assert writer.manifest()["build"] == 2


def test_there_is_no_graph_yet(tmp_path: Path) -> None:
    missing = tmp_path / "none.lbug"
    with pytest.raises(GraphbuilderError, match=r"no such graph \(build it first"):
        open_store(str(missing)).manifest()
    assert not missing.exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 5000, b"SQLite format 3\0" * 300])
def test_another_file_is_no_graph(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.lbug"
    file.write_bytes(content)
    with pytest.raises(GraphbuilderError, match="is some other file, not a graph"):
        open_store(str(file)).manifest()


def test_another_file_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "thesis.docx"
    file.write_bytes(b"years of work")
    with pytest.raises(GraphbuilderError, match="left alone"):
        open_store(str(file)).write(papers(), {})
    assert file.read_bytes() == b"years of work"


def test_an_empty_file_becomes_a_graph(tmp_path: Path) -> None:
    file = tmp_path / "graph.lbug"
    file.touch()
    with open_store(str(file)) as store:
        store.write(papers(), {})
        assert store.read().content_hash() == papers().content_hash()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999, 1.001])
def test_a_file_of_another_length_is_no_whole_graph(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))
    with open_store(str(path)) as store:
        with pytest.raises(GraphbuilderError, match=r"no whole graph .*: remove it and build it again"):
            store.manifest()
        with pytest.raises(GraphbuilderError, match="left alone, remove it first"):
            store.write(papers(), {})
        path.unlink()
        store.write(papers(), {})
        assert store.read().content_hash() == papers().content_hash()


def test_a_database_of_something_else_is_neither_read_nor_overwritten(tmp_path: Path) -> None:
    import ladybug

    path = tmp_path / "other.lbug"
    with ladybug.Database(str(path)) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE Person(name STRING, PRIMARY KEY(name))")
    before = path.read_bytes()
    with pytest.raises(GraphbuilderError, match="no whole graph"):
        open_store(str(path)).manifest()
    with pytest.raises(GraphbuilderError, match="left alone"):
        open_store(str(path)).write(papers(), {})
    assert path.read_bytes() == before


def test_a_log_of_another_program_is_not_played_over_a_graph(path: Path) -> None:
    log = Path(f"{path}.wal")
    log.write_bytes(b"\xff" * 100)
    with open_store(str(path)) as store, pytest.raises(GraphbuilderError, match="no whole graph"):
        store.manifest()
    path.unlink()
    with open_store(str(path)) as store:
        store.write(papers(), {"build": 2})
        assert store.manifest()["build"] == 2
    assert not log.exists()


def test_a_folder_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphbuilderError, match="is a directory"):
        open_store(str(tmp_path)).manifest()
    with pytest.raises(GraphbuilderError, match="is a directory"):
        open_store(str(tmp_path)).write(papers(), {})


def test_a_path_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(GraphbuilderError, match="cannot be written"):
        open_store(str(tmp_path / "file" / "graph.lbug")).write(papers(), {})


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit to set a limit on the size of files")
def test_a_full_disk_leaves_the_old_graph_whole(path: Path) -> None:
    size = path.stat().st_size + 2_000_000
    build = subprocess.run(
        ["prlimit", f"--fsize={size}", sys.executable, "-c", LOAD, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode != 0
    with open_store(str(path)) as store:
        assert store.read().content_hash() == papers().content_hash()


def test_a_store_can_be_closed_twice_and_used_again(path: Path) -> None:
    store = open_store(str(path))
    assert store.manifest()["build"] == 1
    store.close()
    store.close()
    assert store.manifest()["build"] == 1
    store.close()


def test_a_file_takes_no_namespace(path: Path) -> None:
    with pytest.raises(GraphbuilderError, match="takes no namespace"):
        open_store(str(path), namespace="x")


def test_a_scheme_that_is_no_store_is_an_error() -> None:
    with pytest.raises(GraphbuilderError, match="no store for http://"):
        open_store("http://localhost:7474")
