"""What a notebook shows: results as HTML, in which names are data."""

from __future__ import annotations

from graphbuilder.ask.answer import Answer, Evidence, Found
from graphbuilder.stores import Rows


def test_an_answer_shows_its_sentences_with_the_words_marked() -> None:
    evidence = Evidence("p", "We use <b> & VIB.", 0, 17, marks=((13, 16),))
    shown = Answer(
        "q", "papers <that>", answers=(Found("p", "<script>", "Paper", 1.0, evidence=(evidence,)),)
    )
    html = shown._repr_html_()
    assert "<mark>VIB</mark>" in html
    assert "<script>" not in html
    assert "We use &lt;b&gt; &amp; " in html


def test_rows_show_as_a_table() -> None:
    html = Rows(["a<"], [{"a<": "<i>"}])._repr_html_()
    assert "<th>a&lt;</th>" in html
    assert "<td>&lt;i&gt;</td>" in html
