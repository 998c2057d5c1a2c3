"""When two printed names are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.names import initials_fit, is_proper_name, is_short_form, key, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LLMs", "LLM"),
        ("Large-Language Models", "large language model"),
        ("pre-training", "Pretraining"),
        ("quantisation", "Quantizations"),
        ("behaviour modelling", "behavior modeling"),
        ("matrices", "matrix"),
        ("biases", "bias"),
        ("GPT-3.5", "GPT 3.5"),
        ("$\\beta$-VAE", "β-VAE"),
        ("F$_1$", "F1"),
        ("Poincaré embeddings", "Poincare embedding"),
        ("R&D", "r and d"),
        ("λ-Net", "lambda-Net"),
        ("SQuAD 2.0", "SQuAD2"),
        ("LANGUAGE MODELS", "language model"),
        ("gpus", "GPU"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LLaMA-2", "LLaMA-3"),
        ("CIFAR-10", "CIFAR-100"),
        ("YOLOv8", "YOLOv9"),
        ("LLaMA-2 7B", "LLaMA-27B"),
        ("quantization", "post-training quantization"),
        ("C++", "C"),
        ("GPT-3.5", "GPT-35"),
        ("loss", "los"),
        ("VITS", "ViTs"),
        ("VITS TTS", "ViT TTS"),
        ("Llama 3.10", "Llama 3.1"),
    ],
)
def test_different_things_keep_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_words_are_folded_one_by_one() -> None:
    assert words("Graph Neural Networks (GNNs)") == ("graph", "neural", "network", "gnn")


@pytest.mark.parametrize("name", ["VIB", "LLMs", "MoE", "CIFAR-10", "F1-SQA"])
def test_short_forms_are_told_by_their_capitals(name: str) -> None:
    assert is_short_form(name)


@pytest.mark.parametrize("name", ["pruning", "Transformer", "a", "information bottleneck", "VERYLONGNAME"])
def test_other_names_are_no_short_forms(name: str) -> None:
    assert not is_short_form(name)


def test_initials_must_occur_in_order_from_the_first_letter() -> None:
    assert initials_fit("VIB", "variational information bottleneck")
    assert not initials_fit("VIB", "deep variational information bottleneck")
    assert not initials_fit("VIB", "variational inference")


@given(st.text())
def test_any_text_has_a_key_and_folding_is_idempotent_in_case(text: str) -> None:
    assert key(text) == key(text)
    assert all(words(text)) or not words(text)


@given(st.text(alphabet=st.characters(whitelist_categories=("Lu", "Ll", "Nd", "Zs")), min_size=1))
def test_surrounding_space_does_not_matter(text: str) -> None:
    assert key(f"  {text} ") == key(text)


@pytest.mark.parametrize("name", ["LoRA", "GPT-2", "IP-Adapter", "3D", "ImageNet subset"])
def test_a_capital_inside_a_word_makes_a_proper_name(name: str) -> None:
    assert is_proper_name(name)


@pytest.mark.parametrize("name", ["Chain-of-Thought", "Federated Learning", "pruning", "Low-Rank Adaptation"])
def test_the_capitals_of_a_title_make_none(name: str) -> None:
    assert not is_proper_name(name)
