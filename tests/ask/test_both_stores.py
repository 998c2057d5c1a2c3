"""The same questions give the same answers from a file and from a Neo4j server."""

from __future__ import annotations

import pytest

from graphbuilder.ask import Asker
from graphbuilder.stores import Store
from tests.ask.scoring import cases

QUESTIONS = [case.question for name in ("examples.tsv", "questions.tsv") for case in cases(name)] + [
    "most used datasets",
    "how many papers are about quantization",
    "quantization over time",
    "how is VIB connected to pruning?",
    "which methods are related to quantization",
    "quantization papers since 2024",
    "papers evaluated on GSM8K but not on LongBench",
    "xylophone overconfident rotates",
    "what is RotaryPack evaluated on?",
    "papers similar to RotaryPack",
]


def test_every_question_and_every_query(store: Store, neo4j_store: Store) -> None:
    neo4j_store.write(store.read(), store.manifest())
    here, there = Asker(store), Asker(neo4j_store)
    differ = []
    for question in QUESTIONS:
        one, other = here.ask(question).to_json(), there.ask(question).to_json()
        if one != other:
            differ.append(
                (question, [f["name"] for f in one["answers"]], [f["name"] for f in other["answers"]])
            )
    assert differ == []


@pytest.mark.parametrize("question", ["papers about pruning", "which papers use VIB for pruning"])
def test_the_engine_is_not_asked_to_write(neo4j_store: Store, store: Store, question: str) -> None:
    neo4j_store.write(store.read(), store.manifest())
    before = neo4j_store.read().content_hash()
    Asker(neo4j_store).ask(question)
    assert neo4j_store.read().content_hash() == before
