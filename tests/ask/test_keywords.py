"""Key words tell what is asked where no wording does."""

from __future__ import annotations

import pytest

from graphbuilder.ask.keywords import Asked, KeyWords
from graphbuilder.ask.linking import Phrase
from graphbuilder.ask.wording import Question

SYSTEMS = {"LampNet": ("p1",), "CandleBench": ("p2",)}


def key_words(text: str) -> tuple[Question, KeyWords]:
    question = Question(text)
    return question, KeyWords(question, lambda said: Phrase(said, ()), lambda name: SYSTEMS.get(name, ()))


def read(text: str) -> tuple[str, dict[str, str]]:
    question, keys = key_words(text)
    asked = keys.read()
    assert asked is not None
    return asked.query, {name: question.said(first, last) for name, first, last in asked.slots}


@pytest.mark.parametrize(
    ("question", "query", "slots"),
    [
        ("oil lamps were outperformed by whom, in which papers", "papers-beating", {"method": "oil lamps"}),
        ("tell me the benchmarks LampNet was run on", "datasets-of-paper", {"paper": "LampNet"}),
        (
            "which corpora did they release together with LampNet",
            "datasets-introduced-by-paper",
            {"paper": "LampNet"},
        ),
        ("what else is there along the lines of LampNet", "papers-related-to-paper", {"paper": "LampNet"}),
        ("how much wax does LampNet in fact save", "value-of", {"paper": "LampNet", "rest": "wax"}),
        (
            "on which benchmarks do people validate candle sorting",
            "datasets-for",
            {"concept": "candle sorting"},
        ),
        (
            "find the paper in which a corpus of candle songs gets published",
            "papers-introducing-for",
            {"thing": "corpus", "concept": "candle songs"},
        ),
        (
            "do any papers take wicks so that they help with candle sorting",
            "papers-using-for",
            {"method": "wicks", "concept": "candle sorting"},
        ),
    ],
)
def test_key_words_in_any_order(question: str, query: str, slots: dict[str, str]) -> None:
    assert read(question) == (query, slots)


def test_a_wording_that_fits_leaves_no_word_of_asking_in_a_slot() -> None:
    _, keys = key_words("which papers use wicks for candles")
    assert keys.residue([("method", 3, 4), ("concept", 5, 6)]) == 0
    assert keys.residue([("method", 0, 4), ("concept", 5, 6)]) == 3


def test_words_that_say_nothing_are_no_question() -> None:
    assert key_words("which papers are there")[1].read() is None
    assert key_words("candle")[1].read() in (None, Asked("papers-about", (("concept", 0, 1),)))
