"""The trained model: what it finds in invented abstracts, and that nothing but the text decides on it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuilder.errors import GraphbuilderError
from graphbuilder.extract import extract, load, tokens
from graphbuilder.extract.model import Model
from graphbuilder.extract.model import load as load_model
from graphbuilder.extract.vectors import REMEMBERED, normal, shape
from graphbuilder.records import Paper

PAPERS = [
    Paper(
        id="a",
        title="TidalNet: Sparse Attention for Flood Forecasting",
        abstract="Flood forecasting needs long sequences. We propose TidalNet, a transformer with sparse "
        "attention. On the RiverBench dataset, TidalNet outperforms LSTM and reduces inference latency. "
        "We evaluate it with mean absolute error (MAE).",
    ),
    Paper(
        id="b",
        title="Pruning Graph Neural Networks with Variational Dropout",
        abstract="Graph neural networks (GNNs) are costly. We use variational dropout to prune GNNs and report "
        "accuracy on Cora and PubMed. Experiments show that pruning keeps 98% of the accuracy.",
    ),
    Paper(id="c", title="A note without abstract"),
    Paper(id="d", title="", abstract=""),
]


@pytest.fixture(scope="module")
def model() -> Model:
    loaded = load_model()
    assert isinstance(loaded, Model)
    return loaded


def found(paper: Paper) -> dict[str, tuple[str, str]]:
    (statements,) = load().extract([paper])
    return {e.name: (e.type, e.role) for e in statements.entities}


def test_finds_what_a_reader_would_list() -> None:
    entities = found(PAPERS[0])
    assert entities["TidalNet"] == ("Method", "introduces")
    assert entities["RiverBench"][0] == "Dataset"
    assert entities["mean absolute error"] == ("Metric", "measures")
    assert entities["LSTM"] == ("Method", "compares")
    assert any(
        name.lower() == "flood forecasting" and kind == "Concept" for name, (kind, _) in entities.items()
    )


def test_leaves_out_what_is_no_name() -> None:
    names = {name.lower() for name in found(PAPERS[0])} | {name.lower() for name in found(PAPERS[1])}
    assert not names & {"experiments", "we", "long sequences", "it", "98%"}


def test_long_and_short_form_are_one_entity() -> None:
    (statements,) = load().extract([PAPERS[1]])
    (entity,) = [e for e in statements.entities if "GNNs" in (e.name, *e.aliases)]
    assert entity.name.lower() == "graph neural networks"
    assert len(entity.mentions) >= 4


def test_says_the_same_of_a_paper_whatever_comes_before_it() -> None:
    alone = [next(iter(load().extract([paper]))) for paper in PAPERS]
    assert list(load().extract(PAPERS)) == alone
    assert list(load().extract(reversed(PAPERS))) == alone[::-1]


def test_says_the_same_in_two_processes() -> None:
    many = [Paper(id=f"{i}", title=p.title, abstract=p.abstract) for i in range(40) for p in PAPERS]
    assert list(extract(many, workers=2)) == list(extract(many))


def test_says_the_same_when_its_memory_of_words_was_emptied(model: Model) -> None:
    text = f"{PAPERS[0].title}\n{PAPERS[0].abstract}"
    doc = tokens.blank().make_doc(text)
    before = model.tagger(doc).tensor.copy()
    for i in range(0, REMEMBERED + 500, 500):
        model.tagger.lexicon([f"Xq{n}" for n in range(i, i + 500)])
    assert np.array_equal(model.tagger(doc).tensor, before)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.text(max_size=600))
def test_any_text_gives_mentions_that_stand_in_it(title: str, abstract: str) -> None:
    (statements,) = load().extract([Paper(id="x", title=title, abstract=abstract)])
    text = f"{title}\n{abstract}"
    for entity in statements.entities:
        forms = {entity.name, *entity.aliases}
        assert 0 <= entity.confidence <= 1
        assert entity.mentions
        assert {text[start:end] for start, end in entity.mentions} <= forms


def test_probabilities_sum_to_one(model: Model) -> None:
    rows = model.tagger.probabilities(["We", "propose", "TidalNet", "."])
    assert rows.shape == (4, 16)
    for part in (rows[:, :5], rows[:, 5:9], rows[:, 9:]):
        assert np.allclose(part.sum(axis=1), 1, atol=1e-5)


def test_min_confidence_cuts() -> None:
    sure = [e for s in extract(PAPERS, min_confidence=0.95) for e in s.entities]
    every = [e for s in extract(PAPERS) for e in s.entities]
    assert sure == [e for e in every if e.confidence >= 0.95]
    assert len(sure) < len(every)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Networks", "networks"),
        ("GPT-4", "GPT-4"),
        ("Self-Attention", "self-attention"),
        ("63.2", "0"),
        ("85%", "0%"),
    ],
)
def test_normal_form_of_a_word(word: str, form: str) -> None:
    assert normal(word) == form


def test_shape_of_a_word() -> None:
    assert shape("GPT-4") == "XXX-d"
    assert shape("LoRA") == "XxXX"


def test_a_model_that_is_not_there_is_one_clear_line() -> None:
    with pytest.raises(GraphbuilderError, match="no such model: nowhere"):
        load("nowhere")
