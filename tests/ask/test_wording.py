"""Wordings read questions; what they cannot mean is said when they are compiled."""

from __future__ import annotations

import pytest

from graphbuilder.ask.wording import Question, parse
from graphbuilder.errors import GraphbuilderError


def readings(wording: str, question: str) -> list[dict[str, str]]:
    asked = Question(question)
    return [
        {name: asked.said(first, last) for name, first, last in reading.slots}
        for one in parse(wording)
        for reading in one.read(asked)
    ]


def test_a_slot_takes_any_words() -> None:
    found = readings(
        "<papers> <use> {method} <for> {concept}", "Which papers employ LoRA for sign language translation?"
    )
    assert {"method": "LoRA", "concept": "sign language translation"} in found


@pytest.mark.parametrize(
    "question",
    [
        "papers that use LoRA",
        "which papers are using LoRA?",
        "What works applied LoRA",
        "any paper that makes use of LoRA",
        "papers which leverage LoRA!",
        "who utilises LoRA",
    ],
)
def test_a_class_stands_for_all_its_forms(question: str) -> None:
    found = readings("<papers> <use> {method}", question) + readings("who <use> {method}", question)
    assert {"method": "LoRA"} in found


def test_every_split_is_offered() -> None:
    found = readings("{method} for {concept}", "search for tools for planning")
    assert {"method": "search", "concept": "tools for planning"} in found
    assert {"method": "search for tools", "concept": "planning"} in found


def test_what_is_optional_may_be_missing_with_its_slot() -> None:
    wording = "what {metric} does {paper} reach [on {on_dataset}]"
    assert {"metric": "FID", "paper": "DDT", "on_dataset": "ImageNet"} in readings(
        wording, "what FID does DDT reach on ImageNet"
    )
    assert {"metric": "FID", "paper": "DDT"} in readings(wording, "what FID does DDT reach")


def test_a_slot_may_be_held_to_some_words() -> None:
    wording = "{kind:dataset|benchmark} for {concept}"
    assert readings(wording, "benchmark for planning") == [{"kind": "benchmark", "concept": "planning"}]
    assert readings(wording, "pruning for planning") == []


@pytest.mark.parametrize(
    ("wording", "says"),
    [
        ("<nothing> {method}", "unknown class <nothing>"),
        ("{method} {concept}", "side by side"),
        ("papers (that use {method}", "never closed"),
        ("papers) {method}", "never opened"),
    ],
)
def test_a_wording_that_cannot_be_is_refused(wording: str, says: str) -> None:
    with pytest.raises(GraphbuilderError, match=says):
        parse(wording)
