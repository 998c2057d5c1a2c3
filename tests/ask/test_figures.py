"""Which of the figures that a paper prints a question asks for."""

from __future__ import annotations

import pytest

from graphbuilder.ask import Asker
from graphbuilder.ask.figures import figures
from tests.ask.test_linking import paper


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What AP does OwlNet get on Barns?", "41.7"),
        ("which AP does OwlNet reach on Barns", "41.7"),
        ("By how much does OwlNet improve AP on Barns?", "+3.1"),
        ("how many points of AP does OwlNet gain on Barns?", "+3.1"),
    ],
)
def test_a_gain_answers_only_who_asks_for_one(asker: Asker, question: str, value: str) -> None:
    text = paper("OwlNet: Owls at Night", "OwlNet is as fast and achieves 41.7AP (+3.1) on Barns.")
    link = asker.linker.link
    found = figures(text, question, [link("AP")], [link("Barns")], [link("OwlNet")], [])
    assert found[0].value == value
