"""The last resort weighs what an index brings, whichever that is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from graphbuilder.ask import Asker
from graphbuilder.ask.fulltext import having_words
from graphbuilder.ask.index import Index, build
from graphbuilder.stores import Store, open_store

QUESTIONS = [
    "xylophone overconfident rotates",
    "pre-trained heads",
    "calibration of language models",
    "the of",
]


def paper(id_: str, title: str, abstract: str) -> dict[str, object]:
    return {"id": id_, "title": title, "abstract": abstract, "year": 2024, "sentences": []}


@pytest.fixture
def index() -> Index:
    connection = sqlite3.connect(":memory:")
    build(
        connection,
        [
            paper("a", "Multimodal parrots", "We tell CIFAR10 from modalities, with Poincaré."),
            paper("b", "Modality", "Parrots have one modality. A modality is dear."),
            paper("c", "On birds", "Nothing of the kind, but parrots and parrots of parrots."),
        ],
        [],
    )
    return Index(connection)


@pytest.mark.parametrize("question", QUESTIONS)
def test_whichever_index_brings_the_papers_they_are_ranked_alike(
    asker: Asker, store: Store, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    own = having_words(asker.index, store, question, 5)
    everything = [row["id"] for row in store.run("MATCH (p:Paper) RETURN p.id AS id ORDER BY id DESC").rows]
    monkeypatch.setattr(type(store), "search", lambda *_: ["gone", *everything])
    assert having_words(asker.index, store, question, 5) == own


def test_an_index_is_asked_for_every_spelling(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store("nowhere.lbug")
    asked: list[str] = []
    monkeypatch.setattr(type(store), "search", lambda _, words, limit: asked.extend(words) or [])
    assert having_words(index, store, "modality of cifar-10", 5) == []
    assert set(asked) == {"modality", "modalities", "multimodal", "cifar10"}


def test_spellings_are_whole_words(index: Index) -> None:
    modal = ["modalities", "modality", "multimodal"]
    assert index.spellings("modal", 9) == modal
    assert index.spellings("modal", 2) == modal[:2]
    assert index.spellings("cifar", 9) == index.spellings("10", 9) == ["cifar10"]
    assert index.spellings("poincar", 9) == ["poincaré"]
    assert index.spellings("mod", 9) == []


def test_the_best_come_first(index: Index, tmp_path: Path) -> None:
    found = having_words(index, open_store(str(tmp_path / "none.lbug")), "how are modalities of parrots", 5)
    assert [f.id for f in found] == ["b", "a", "c"]
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert all(0 < f.score < 0.25 for f in found)
    assert found[0].note == "has modalities, parrots"
