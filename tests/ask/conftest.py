"""A graph of the invented papers in ``examples/``, and one of the shared corpus where it is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import graphbuilder
from graphbuilder.ask import Asker
from graphbuilder.stores import Store, open_store

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Indexes go to a folder of the test run."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def example_graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("graph") / "examples.lbug")
    graphbuilder.build([str(ROOT / "examples" / "papers.txt")], path)
    return path


@pytest.fixture(scope="session")
def store(example_graph: str) -> Iterator[Store]:
    with open_store(example_graph) as opened:
        yield opened


@pytest.fixture(scope="session")
def asker(store: Store) -> Asker:
    return Asker(store)


@pytest.fixture(scope="session")
def corpus_asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    pages = sorted(CORPUS.glob("0*.txt"))
    if not pages:
        pytest.skip(f"no corpus at {CORPUS}")
    path = str(tmp_path_factory.mktemp("graph") / "corpus.lbug")
    graphbuilder.build(list(map(str, pages)), path)
    with open_store(path) as opened:
        yield Asker(opened)
