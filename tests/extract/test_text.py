"""Tokens and sentences: they tile the text, whatever it holds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.extract import sentences
from graphbuilder.extract.tokens import blank

NLP = blank()
#: Text with many of the characters that the rules look at.
TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from("Aab1 .,-–()[]{}$\\%×^_'’\"\n\t:;?!&/~é漢\u200b\U0001f600"),
        st.characters(codec="utf-8"),
    )
)


def words(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text) if not token.is_space]


def split(title: str, abstract: str) -> list[str]:
    text = f"{title}\n{abstract}"
    return [text[start:end] for start, end in sentences.split(title, abstract)]


@given(TRICKY)
def test_tokens_join_to_the_text(text: str) -> None:
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("post-training quantization", ["post-training", "quantization"]),
        ("GPT-3.5 and LLaMA-2-7B", ["GPT-3.5", "and", "LLaMA-2-7B"]),
        ("VIB's bound", ["VIB", "'s", "bound"]),
        ("reaches 63.2\\% on X", ["reaches", "63.2\\%", "on", "X"]),
        ("a $\\mathcal{O}(n)$ cost", ["a", "$\\mathcal{O}(n)$", "cost"]),
        ("\\emph{meta-learning} works", ["\\emph{", "meta-learning", "}", "works"]),
        ("see https://example.org/a-b?c.", ["see", "https://example.org/a-b?c."]),
        ("C++ and R2D2, e.g. here", ["C++", "and", "R2D2", ",", "e.g.", "here"]),
        ("1,000 runs", ["1,000", "runs"]),
    ],
)
def test_names_numbers_and_formulas_stay_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(TRICKY, TRICKY)
def test_sentences_tile_the_text(title: str, abstract: str) -> None:
    text = f"{title}\n{abstract}"
    spans = sentences.split(title, abstract)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(TRICKY, TRICKY.filter(str.strip))
def test_the_title_is_a_sentence_of_its_own(title: str, abstract: str) -> None:
    border = len(title)
    assert not any(
        start < border < end - 1 for start, end in sentences.split(title, abstract) if title.strip()
    )


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("We try X. It works.", ["We try X.", "It works."]),
        ("As Lee et al. (2020) say, it works. Good.", ["As Lee et al. (2020) say, it works.", "Good."]),
        (
            "Models, e.g. BERT, gain 3.5 points. Others do not.",
            ["Models, e.g. BERT, gain 3.5 points.", "Others do not."],
        ),
        (
            "Does it work? Yes! (Mostly.) Code follows.",
            ["Does it work?", "Yes!", "(Mostly.)", "Code follows."],
        ),
        ("See Fig. 3 for it. Done.", ["See Fig. 3 for it.", "Done."]),
        (
            "It holds under perturbations.Empirically, it does too.",
            ["It holds under perturbations.", "Empirically, it does too."],
        ),
        ("Code is at github.com/Foo and works.", ["Code is at github.com/Foo and works."]),
        (
            "A reader such as J. Smith may differ. So may we.",
            ["A reader such as J. Smith may differ.", "So may we."],
        ),
        ("We use lists, trees, etc. These help.", ["We use lists, trees, etc.", "These help."]),
        ("It costs $O(n)$. $k$-means costs more.", ["It costs $O(n)$.", "$k$-means costs more."]),
    ],
)
def test_sentence_borders(abstract: str, expected: list[str]) -> None:
    assert split("A title", abstract) == ["A title", *expected]


def test_the_sentence_of_an_offset() -> None:
    spans = sentences.split("On X", "We try X. It works.")
    assert [sentences.sentence_of(spans, at) for at in (0, 5, 13, 15)] == [
        spans[0],
        spans[1],
        spans[1],
        spans[2],
    ]


@pytest.mark.parametrize("piece", ["a", "(", ")", "$a", "\\", "a-", ". A", " ", "A.", "1,111,"])
def test_a_long_line_takes_linear_time(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    start = time.process_time()
    assert NLP.make_doc(text[:900_000]).text == text[:900_000]
    sentences.split("", text)
    assert time.process_time() - start < 20
