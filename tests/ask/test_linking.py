"""What spans of a question stand for."""

from __future__ import annotations

import pytest

from graphbuilder.ask import Asker
from graphbuilder.ask.evidence import support
from graphbuilder.ask.index import Text
from graphbuilder.ask.language import stems
from graphbuilder.ask.listings import printed_whole


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
