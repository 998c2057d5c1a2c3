"""What spans of a question stand for."""

from __future__ import annotations

import sqlite3

import pytest

from graphbuilder.ask import Asker
from graphbuilder.ask.evidence import spans, support
from graphbuilder.ask.index import Index, Text, build
from graphbuilder.ask.language import stems
from graphbuilder.ask.linking import Linker
from graphbuilder.ask.listings import is_place, printed_whole


def paper(*units: str) -> Text:
    text = "\n".join([units[0], " ".join(units[1:])])
    spans, at = [], 0
    for unit in units:
        spans.append((at, at + len(unit)))
        at += len(unit) + 1
    said = tuple(f" {' '.join(stems(unit))} " for unit in units)
    return Text("p", units[0], text[len(units[0]) + 1 :], None, tuple(spans), said, ())


@pytest.mark.parametrize("said", ["an evaluation metric", "metrics", "evaluation measures"])
def test_a_kind_alone_is_only_its_label(asker: Asker, said: str) -> None:
    phrase = asker.linker.link(said)
    assert phrase.parts == ()
    assert phrase.labels == ("Metric",)


@pytest.mark.parametrize("said", ["simulated", "collected"])
def test_a_word_that_merely_has_the_stem_of_a_kind_is_none(asker: Asker, said: str) -> None:
    assert asker.linker.link(said).labels == ()


def test_a_phrase_is_cut_into_the_best_known_names(asker: Asker) -> None:
    parts = [part.text for part in asker.linker.link("cheap vision transformer pruning").parts]
    assert "vision transformer" in parts


@pytest.mark.parametrize(
    ("sentence", "new"),
    [
        ("We formulate lamp oils that last.", True),
        ("New lamp oils are presented.", True),
        ("This formulation leads to lamp oils of a kind.", False),
        ("The collection of lamp oils takes long.", False),
    ],
)
def test_only_verbs_of_making_make_something_new(asker: Asker, sentence: str, new: bool) -> None:
    phrase = asker.linker.link("lamp oils")
    said = support(paper("On oils", sentence), phrase, "introduced", ())
    assert (said.score > 0.5) == new


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("on WSJ0-2/3mix and WHAM", "WSJ0-2", "WSJ0-2/3mix"),
        ("a gain on LaSOT_{ext} too", "LaSOT", "LaSOT_{ext}"),
        ("on ImageNet, and more", "ImageNet", "ImageNet"),
    ],
)
def test_a_dataset_is_also_called_by_all_that_is_printed_in_one(text: str, name: str, whole: str) -> None:
    start = text.index(name)
    assert printed_whole(text, start, start + len(name)) == whole


@pytest.fixture
def linker() -> Linker:
    connection = sqlite3.connect(":memory:")
    metric = {"id": "m", "kind": "Metric", "name": "mAP", "aliases": [], "papers": 2, "ambiguous": 0}
    paper_ = {"id": "p", "title": "Owls", "abstract": "A map of owls.", "year": 2024, "sentences": []}
    build(connection, [paper_], [metric])
    return Linker(Index(connection))


@pytest.mark.parametrize(
    ("asked", "owls", "found"),
    [
        ("mAP", "We gain 2.1 mAP on owls.", True),
        ("mAP", "We draw a map of owls.", False),
        ("MAP", "Map of owls", False),
        ("map", "We gain 2.1 mAP on owls.", True),
        ("map", "We draw a map of owls.", False),
        ("owl maps", "We draw a map of owls.", True),
        ("maps", "We draw a map of owls.", True),
    ],
)
def test_a_short_form_is_no_ordinary_word(linker: Linker, asked: str, owls: str, found: bool) -> None:
    text = paper("On birds", owls)
    phrase = linker.link(asked)
    assert (phrase.strengths(text)[1] > 0.8) == found
    if not found:
        assert spans(text.words(1), phrase) == []


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("scans from St. Strix Hospital, Oslo, Norway.", "St. Strix Hospital", True),
        ("scans from St. Strix Hospital, Oslo, Norway.", "Oslo", True),
        ("scans from St. Strix Hospital, Oslo, Norway.", "Norway", True),
        ("scans from the University of Owls, New Barn.", "New Barn", True),
        ("scans from St. Strix Hospital, OwlScans and Oslo.", "OwlScans", False),
        ("trained on Cityscapes, Oslo", "Oslo", False),
        ("the Strix Hospital dataset", "Strix Hospital dataset", False),
    ],
)
def test_where_data_come_from_is_no_dataset(text: str, name: str, place: bool) -> None:
    start = text.index(name)
    assert is_place(text, start, start + len(name)) == place
