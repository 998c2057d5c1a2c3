"""Whole questions with the answers that a reader gives."""

from __future__ import annotations

import pytest

from graphbuilder.ask import Asker
from graphbuilder.ask.compiler import Compiler
from tests.ask.scoring import Case, cases, f1, is_read, mean_f1, ways

EXAMPLES = cases("examples.tsv")
CORPUS = cases("questions.tsv")


@pytest.mark.parametrize("case", [c for c in EXAMPLES if c.type == "none"], ids=lambda c: c.question)
def test_a_question_without_an_answer_gets_none(asker: Asker, case: Case) -> None:
    assert [found.name for found in asker.ask(case.question).answers] == []


def test_questions_over_the_examples(asker: Asker) -> None:
    missed = {c.question: [f.name for f in asker.ask(c.question).answers] for c in EXAMPLES}
    score = mean_f1(asker, EXAMPLES)
    assert score >= 0.85, {
        c.question: missed[c.question] for c in EXAMPLES if f1(c, asker.ask(c.question)) < 1
    }


def test_a_hundred_questions_over_the_corpus(corpus_asker: Asker) -> None:
    assert len(CORPUS) == 100
    scores = {case.question: f1(case, corpus_asker.ask(case.question)) for case in CORPUS}
    missed = {question: score for question, score in scores.items() if score < 1}
    assert sum(scores.values()) / len(scores) >= 0.8, missed
    unanswerable = [c.question for c in CORPUS if c.type == "none"]
    assert [q for q in unanswerable if scores[q] < 1] == []


def test_many_ways_to_ask_are_read_as_they_are_meant(corpus_asker: Asker) -> None:
    compiler = Compiler(corpus_asker.queries, corpus_asker.index)
    missed = [way.question for way in ways() if not is_read(way, compiler)]
    assert len(missed) <= 0.2 * len(ways()), missed
