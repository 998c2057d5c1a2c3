"""The extractor as a whole: deterministic, in order, and nothing in it that the text does not print."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuilder import extract
from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import Paper, Statements

TOPICS = ("pruning", "image captioning", "speech recognition", "graph clustering", "code generation")
PAPERS = [
    Paper(
        id=f"title:{i}",
        title=f"Gadget{i}: Better {topic.title()} with Folded Attention",
        abstract=f"Folded attention (FA) is popular. We propose Gadget{i}, a framework for {topic} based on FA. "
        f"On the Widget-{i} dataset, Gadget{i} outperforms BERT by {i}.5% in terms of accuracy (Doe et al., 2020).",
    )
    for i, topic in enumerate(TOPICS, 1)
]
PATTERNS = extract.load("patterns")


def read(paper: Paper) -> Statements:
    [statements] = PATTERNS.extract([paper])
    return statements


def test_patterns_read_a_paper() -> None:
    found = read(PAPERS[0])
    entities = {e.name: (e.type, e.role) for e in found.entities}
    assert entities["Gadget1"] == ("Method", "introduces")
    assert entities["Widget-1"] == ("Dataset", "evaluates_on")
    assert entities["accuracy"] == ("Metric", "measures")
    assert "Folded attention" in entities or "Folded Attention" in entities
    assert [d.short for d in found.definitions] == ["FA"]
    assert [c.authors for c in found.citations] == [("Doe",)]
    assert [(r.metric, r.value) for r in found.results] == [("accuracy", "1.5%")]
    assert any(u.user == "Gadget1" for u in found.used_for)


def test_order_company_and_workers_change_nothing() -> None:
    alone = [read(paper) for paper in PAPERS]
    assert list(PATTERNS.extract(PAPERS)) == alone
    assert list(PATTERNS.extract(PAPERS[::-1])) == alone[::-1]
    many = PAPERS * 30
    assert list(extract.extract(many, model="patterns", workers=2)) == alone * 30


def test_features_have_one_order_in_every_process() -> None:
    # sums of floats depend on it, and so would confidences
    script = """
from graphbuilder.extract import figures, pairs, sentences, uses
from graphbuilder.records import PaperEntity
text = "T\\nGadget, a fast and simple but rather long new way of words, serves pruning by 3% of all accuracy."
def entity(name, kind):
    start = text.index(name)
    return PaperEntity(name, kind, "uses", 0.9, ((start, start + len(name)),))
found = [entity("Gadget", "Method"), entity("pruning", "Concept"), entity("accuracy", "Metric")]
spans = sentences.split("T", text[2:])
print([array.tolist() for array in pairs.read(text, spans, found, pairs.Vocabulary(["serves"]))])
print(uses.find(text, spans, found))
print(list(figures.candidates(text, spans, found)))
"""
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
    assert "accuracy" in printed.pop()


def test_statements_survive_json() -> None:
    for paper in PAPERS:
        found = read(paper)
        assert Statements.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_min_confidence_cuts_entities_with_what_is_said_of_them() -> None:
    every = list(extract.extract(PAPERS, model="patterns"))
    cut = list(extract.extract(PAPERS, model="patterns", min_confidence=0.7))
    for before, after in zip(every, cut, strict=True):
        assert after.entities == tuple(e for e in before.entities if e.confidence >= 0.7)
        names = {e.name for e in after.entities}
        assert all(u.user in names and u.purpose in names for u in after.used_for)
        assert all(r.dataset is None or r.dataset in names for r in after.results)
    assert every != cut


def test_a_missing_model_is_one_clear_line() -> None:
    with pytest.raises(GraphbuilderError, match="no-such-model"):
        extract.load("no-such-model")


TRICKY = st.text(
    alphabet=st.one_of(st.sampled_from("ABab19 ,.-–()$\\{}%'’\nwe"), st.characters(codec="utf-8")),
    max_size=400,
)


@settings(max_examples=60, deadline=None)
@given(TRICKY, TRICKY)
def test_any_text_can_be_read(title: str, abstract: str) -> None:
    paper = Paper("x", title, abstract)
    found = read(paper)
    n = len(paper.text)
    spans = [m for e in found.entities for m in e.mentions] + [r.sentence for r in found.results]
    spans += [u.sentence for u in found.used_for] + [c.span for c in found.citations]
    assert all(0 <= start < end <= n for start, end in spans)


def test_an_empty_paper_states_nothing() -> None:
    found = read(Paper("x", "", ""))
    assert (found.entities, found.used_for, found.results, found.sentences) == ((), (), (), ())


@pytest.mark.parametrize("model", ["patterns", None])
def test_half_a_surrogate_pair_does_no_harm(model: str | None) -> None:
    paper = Paper(id="p", title="On \ud800 Pruning", abstract="We use pruning (PR) \udfff on ImageNet.")
    [statements] = extract.load(model).extract([paper])
    assert all(paper.text[start:end] for e in statements.entities for start, end in e.mentions)
