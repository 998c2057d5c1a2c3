"""Works cited by author and year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.extract import citations


def cited(text: str) -> list[tuple[tuple[str, ...], int]]:
    return [(c.authors, c.year) for c in citations.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the bound of Steinke & Zakynthinou (2020) holds", [(("Steinke", "Zakynthinou"), 2020)]),
        ("InfoDiffusion (Song et al., 2022) works", [(("Song",), 2022)]),
        ("as seen before [Author, 2021]", [(("Author",), 2021)]),
        ("as [Kaplan et al. 2020] say", [(("Kaplan",), 2020)]),
        ("(Shen et al., 2016; van den Oord, 2018a)", [(("Shen",), 2016), (("van den Oord",), 2018)]),
        ("Cesa-Bianchi, Lugosi, and Stoltz (2006) ask", [(("Cesa-Bianchi", "Lugosi", "Stoltz"), 2006)]),
        ("Recently, Heng \\& Jacob (2019) showed", [(("Heng", "Jacob"), 2019)]),
        ("(Li et al., 2013, 2015)", [(("Li",), 2013), (("Li",), 2015)]),
        ("Qian et al (NeurIPS 2021) show", [(("Qian",), 2021)]),
        ("Rowland et al. (2018)'s analysis", [(("Rowland",), 2018)]),
    ],
)
def test_citations(text: str, expected: list[tuple[tuple[str, ...], int]]) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "at ICML 2020",
        "(SemEval 2014)",
        "in May 2020",
        "MNIST (1998)",
        "since 2015, models grow",
        "on CUB-200-2011",
        "Challenge (2021)",
    ],
)
def test_other_years_are_no_citations(text: str) -> None:
    assert cited(text) == []


def test_the_span_is_what_the_text_prints() -> None:
    text = "We extend Kim and Fessler (2021) here, unlike (Song et al., 2022)."
    assert [text[slice(*c.span)] for c in citations.find(text)] == [
        "Kim and Fessler (2021)",
        "Song et al., 2022",
    ]


@given(st.text(alphabet=st.one_of(st.sampled_from("AbC 2019,.&()[]et al"), st.characters())))
def test_spans_are_in_range(text: str) -> None:
    for citation in citations.find(text):
        start, end = citation.span
        assert 0 <= start < end <= len(text)
        assert str(citation.year) in text[start:end]
