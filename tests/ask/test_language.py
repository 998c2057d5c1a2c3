"""Words of a question and of a paper meet through all their forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.ask.language import stems, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR10", "cifar-10"),
        ("CIFAR-10", "CIFAR 10"),
        ("quantise", "quantization"),
        ("quantizing", "quantised"),
        ("distillation", "distil"),
        ("distil", "distilling"),
        ("pruning", "prune"),
        ("explainability", "explanations"),
        ("behaviour", "behaviors"),
        ("modelling", "modeling"),
        ("pretraining", "pre-training"),
        ("finetuned", "fine-tuned"),
        ("multimodal", "multi-modal"),
        ("hallucinate", "Hallucinations"),
        ("512x512", "512times512"),
        ("classifier", "classification"),
        ("COCOval", "COCO val"),
    ],
)
def test_forms_of_one_word_are_one(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("CIFAR-10", "CIFAR-100"), ("GPT-4", "GPT-4o"), ("LLaMA-2", "LLaMA-3"), ("learning", "unlearning")],
)
def test_different_things_stay_apart(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@given(st.text(max_size=200))
def test_a_token_stands_where_it_says(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.stem
