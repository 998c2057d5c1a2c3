"""Acronyms that a text defines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.extract import definitions, sentences


def pairs(abstract: str, title: str = "T") -> list[tuple[str, str]]:
    text = f"{title}\n{abstract}"
    return [(d.short, d.long) for d in definitions.find(text, sentences.split(title, abstract))]


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        (
            "We use the Variational Information Bottleneck (VIB).",
            [("VIB", "Variational Information Bottleneck")],
        ),
        ("Large language models (LLMs) grow.", [("LLMs", "Large language models")]),
        ("LLMs (large language models) grow.", [("LLMs", "large language models")]),
        ("We train convolutional neural networks (CNNs).", [("CNNs", "convolutional neural networks")]),
        ("A multi-modal large language model (MLLM) sees.", [("MLLM", "multi-modal large language model")]),
        ("We measure mean Average Precision (mAP).", [("mAP", "mean Average Precision")]),
        ("Our Mixture-of-Experts (MoE) layer.", [("MoE", "Mixture-of-Experts")]),
        ("The Quality of Service (QoS) falls.", [("QoS", "Quality of Service")]),
        ("Chain of thought [CoT] helps.", [("CoT", "Chain of thought")]),
        (
            "An Invertible Bottleneck Neural Network (IB-NN) is built.",
            [("IB-NN", "Invertible Bottleneck Neural Network")],
        ),
        ("Speech is made by text-to-speech (TTS; Oord 2016).", [("TTS", "text-to-speech")]),
        (
            "We call it Scenario-Adaptive Anomaly Detection (SA2D).",
            [("SA2D", "Scenario-Adaptive Anomaly Detection")],
        ),
        ("A new Decoupled Wave framework (DWave).", [("DWave", "Decoupled Wave")]),
        (
            "Deep reinforcement learning (deep RL) and its variant (soft actor-critic (SAC)) learn.",
            [("SAC", "soft actor-critic")],
        ),
    ],
)
def test_definitions(abstract: str, expected: list[tuple[str, str]]) -> None:
    assert [pair for pair in pairs(abstract) if pair in expected] == expected


@pytest.mark.parametrize(
    "abstract",
    [
        "Some tasks (e.g., NER) are easy.",
        "We do (i) one thing and (ii) another.",
        "We do (1) one thing and (2) another.",
        "It was shown before (Song et al., 2022).",
        "Models of three paradigms (DPA, DPO, and SFT) differ.",
        "We reach scores of 98.06% (SS) there.",
        "We see the bottleneck. (VIB) is another thing.",
        "It runs on one GPU (A100).",
        "The gain is large (Table 3).",
    ],
)
def test_other_brackets_define_nothing(abstract: str) -> None:
    assert pairs(abstract) == []


LONG = "Variational Information Bottleneck"


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        (f"VIB: {LONG} for Cutting", "We cut.", LONG),
        (f"VIB: A {LONG} Framework", "We cut.", LONG),
        ("T", f"VIB, which stands for {LONG}, cuts.", LONG),
        ("T", f"VIB is short for {LONG}.", LONG),
        (f"VIB: {LONG} Cutting Made Easy", "We cut.", None),
        ("VIB: Very Important Words on Cutting", "We cut.", None),
        ("LLMs: Large Language Models at Work", "We cut.", None),
    ],
)
def test_a_title_and_words_define_too(title: str, abstract: str, expected: str | None) -> None:
    assert pairs(abstract, title) == ([("VIB", expected)] if expected else [])


def test_x_stands_for_ex() -> None:
    assert pairs("We do extreme multi-label classification (XMC).") == [
        ("XMC", "extreme multi-label classification")
    ]


def test_a_long_form_stays_in_its_sentence() -> None:
    assert pairs("We use Variational. Information Bottleneck (VIB) helps.") == []


def test_a_pair_is_given_once() -> None:
    text = "Machine unlearning (MU) is new. Here machine unlearning (MU) is old."
    assert pairs(text) == [("MU", "Machine unlearning")]


@given(st.text(alphabet=st.one_of(st.sampled_from("ABab ()[].,-2s\\"), st.characters())), st.text())
def test_every_span_holds_its_form(abstract: str, title: str) -> None:
    text = f"{title}\n{abstract}"
    for d in definitions.find(text, sentences.split(title, abstract)):
        assert text[slice(*d.short_span)] == d.short
        assert text[slice(*d.long_span)] == d.long
