"""Pairs of entities where one is used for the other, each with the sentence that says so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.extract import sentences, uses
from graphbuilder.records import PaperEntity, Use


def entity(text: str, name: str, kind: str, role: str) -> PaperEntity:
    spans, at = [], text.find(name)
    while at >= 0:
        spans.append((at, at + len(name)))
        at = text.find(name, at + 1)
    assert spans, name
    return PaperEntity(name, kind, role, 0.95, tuple(spans))  # type: ignore[arg-type]


def read(title: str, abstract: str, *entities: tuple[str, str, str]) -> tuple[str, tuple[Use, ...]]:
    text = f"{title}\n{abstract}"
    found = [entity(text, *e) for e in entities]
    return text, uses.find(text, sentences.split(title, abstract), found)


@pytest.mark.parametrize(
    ("title", "abstract", "user", "purpose"),
    [
        (
            "TrimNet: Fast Token Pruning",
            "We propose TrimNet, a novel method for token pruning. It is simple.",
            ("TrimNet", "Method", "introduces"),
            ("token pruning", "Concept", "studies"),
        ),
        (
            "Image Denoising with Mirror Diffusion",
            "We introduce Mirror Diffusion for image denoising. It works on all images.",
            ("Mirror Diffusion", "Method", "introduces"),
            ("image denoising", "Concept", "studies"),
        ),
    ],
)
def test_what_a_paper_proposes_is_used_for_its_task(
    title: str, abstract: str, user: tuple[str, str, str], purpose: tuple[str, str, str]
) -> None:
    text, found = read(title, abstract, user, purpose)
    assert [(u.user, u.purpose) for u in found] == [(user[0], purpose[0])]
    [use] = found
    assert user[0] in text[slice(*use.sentence)]
    assert 0 < use.confidence <= 1


def test_a_lone_entity_makes_no_pair() -> None:
    assert read("On X", "We study pruning.", ("pruning", "Concept", "studies"))[1] == ()


def test_entities_that_only_stand_in_one_list_make_no_pair() -> None:
    _, found = read(
        "A study",
        "We report accuracy and latency. Experiments use CIFAR-10 and ImageNet.",
        ("CIFAR-10", "Dataset", "evaluates_on"),
        ("ImageNet", "Dataset", "evaluates_on"),
        ("accuracy", "Metric", "measures"),
        ("latency", "Metric", "measures"),
    )
    assert found == ()


@given(st.data())
def test_any_entities_of_any_text_give_pairs_of_their_names(data: st.DataObject) -> None:
    words = data.draw(
        st.lists(
            st.sampled_from(["alpha", "beta", "gamma", "for", "using", ".", "We", "our method"]), max_size=60
        )
    )
    text = "\n" + " ".join(words)
    kinds = st.sampled_from(["Method", "Dataset", "Metric", "Concept"])
    roles = st.sampled_from(
        ["introduces", "uses", "compares", "evaluates_on", "measures", "studies", "mentions"]
    )
    found = [
        entity(text, w, data.draw(kinds), data.draw(roles)) for w in ("alpha", "beta", "gamma") if w in words
    ]
    spans = sentences.split("", text[1:])
    names = {e.name for e in found}
    for use in uses.find(text, spans, found):
        assert use.user in names
        assert use.purpose in names
        assert use.user != use.purpose
        assert use.sentence in spans


def test_a_pair_shows_the_sentence_that_says_it() -> None:
    title = "Faster Parsing"
    abstract = "Parsing is slow. We propose TreeLeap for dependency parsing. TreeLeap is small."
    text, found = read(
        title,
        abstract,
        ("TreeLeap", "Method", "introduces"),
        ("dependency parsing", "Concept", "studies"),
    )
    assert [text[slice(*u.sentence)] for u in found] == ["We propose TreeLeap for dependency parsing."]


def test_what_is_said_of_a_paper_depends_on_it_alone() -> None:
    first = ("On A", "We use alpha for beta.", ("alpha", "Method", "uses"), ("beta", "Concept", "studies"))
    second = (
        "B",
        "Our method gamma solves delta.",
        ("gamma", "Method", "introduces"),
        ("delta", "Concept", "studies"),
    )
    before = read(*first)
    read(*second)
    assert read(*first) == before


def test_time_is_bounded_for_a_text_full_of_entities() -> None:
    names = [f"Alg{i}x" for i in range(600)]
    abstract = " ".join(f"{a} for {b}." for a, b in zip(names, names[1:] + names[:1], strict=True)) * 3
    start = time.process_time()
    read("T", abstract, *((name, "Method", "uses") for name in names))
    whole = time.process_time() - start
    start = time.process_time()
    read("T", abstract[:4000], *((name, "Method", "uses") for name in names if f"{name} " in abstract[:4000]))
    assert whole < 20 * (time.process_time() - start) + 1
