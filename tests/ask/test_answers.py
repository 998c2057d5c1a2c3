"""What an answer says of itself: tiers, evidence, what was understood, what played no part."""

from __future__ import annotations

import json
import sqlite3

import pytest

from graphbuilder.ask import Asker
from graphbuilder.ask.index import Index, build
from graphbuilder.stores import Store


def titles(asker: Asker, question: str) -> list[str]:
    return [found.name.partition(":")[0] for found in asker.ask(question).answers]


def test_the_answer_shows_the_sentence_with_the_words_marked(asker: Asker) -> None:
    first = asker.ask("which papers use VIB for pruning").answers[0]
    evidence = first.evidence[0]
    text = asker.index.paper(evidence.paper)
    assert text is not None
    assert f"{text.title}\n{text.abstract}"[evidence.start : evidence.end] == evidence.sentence
    marked = " ".join(evidence.sentence[a:b] for a, b in evidence.marks).lower()
    assert "information bottleneck" in marked
    assert "prun" in marked


def test_the_json_is_what_the_design_promises(asker: Asker) -> None:
    answer = json.loads(json.dumps(asker.ask("which papers use VIB for pruning").to_json()))
    assert set(answer) == {
        "question", "understood", "query", "parameters", "cypher", "unused", "answers", "related", "suggestions",
    }  # fmt: skip
    assert set(answer["answers"][0]) >= {"id", "name", "label", "aliases", "score", "evidence"}
    assert set(answer["answers"][0]["evidence"][0]) == {"paper", "sentence", "start", "end"}


@pytest.mark.parametrize(
    "question",
    [
        "which papers use VIB for pruning?",
        "papers that apply the variational information bottleneck to pruning",
        "pruning with VIB",
        "is VIB used anywhere for pruning?",
        "Show me works which employ Variational Information Bottlenecks for pruning",
        "pruning by means of VIB",
        "does anyone use VIB for pruning?",
        "which papers use VIB for prunning?",
    ],
)
def test_one_question_in_many_wordings(asker: Asker, question: str) -> None:
    assert "BottleTrim" in titles(asker, question)


def test_a_slip_of_typing_is_mended_and_said_so(asker: Asker) -> None:
    answer = asker.ask("papers about quantizaton")
    assert answer.answers
    assert "read quantizaton as quantiz" in answer.understood


def test_a_word_that_no_paper_has_leaves_nothing_to_stand_by(asker: Asker) -> None:
    answer = asker.ask("which papers use blorptastic networks for pruning")
    assert answer.answers == ()
    assert answer.unused == ("blorptastic",)


def test_where_nothing_fits_near_names_are_offered(asker: Asker) -> None:
    answer = asker.ask("papers evaluated on GSM9000K")
    assert answer.answers == ()
    assert answer.related == () or answer.suggestions


def test_what_merely_shares_an_abstract_is_related_at_most(asker: Asker) -> None:
    answer = asker.ask("which papers use reinforcement learning for mixed-precision quantization")
    assert all(
        "CurvBits" not in f.name and "Curvature" not in f.name for f in answer.answers if f.score > 0.99
    )


def test_two_constraints_have_to_hold_both(asker: Asker) -> None:
    both = titles(asker, "papers evaluated on both LongBench and GSM8K")
    assert set(both) == {"RotaryPack", "Evict or Merge? A Careful Look at KV Cache Compression"}


def test_but_not_takes_papers_away(asker: Asker) -> None:
    found = titles(asker, "papers evaluated on GSM8K but not on LongBench")
    assert "StepLedger" in found
    assert "RotaryPack" not in found


def test_years_are_constraints(asker: Asker) -> None:
    for question, holds in (
        ("quantization papers from 2023", lambda y: y == 2023),
        ("quantization papers since 2024", lambda y: y >= 2024),
        ("quantization papers before 2024", lambda y: y < 2024),
        ("papers about quantization between 2022 and 2023", lambda y: 2022 <= y <= 2023),
    ):
        for found in asker.ask(question).answers:
            text = asker.index.paper(found.id)
            assert text is not None
            assert text.year is not None
            assert holds(text.year), (question, found.name)


def test_the_cypher_and_its_parameters_give_the_answers(asker: Asker, store: Store) -> None:
    for question in (
        "which papers use VIB for pruning",
        "papers evaluated on GSM8K",
        "papers on distillation",
    ):
        answer = asker.ask(question)
        rows = store.run(answer.cypher, answer.parameters).rows
        assert {found.id for found in answer.answers} <= {row["paper"] for row in rows}


def test_nothing_that_is_typed_becomes_cypher(asker: Asker) -> None:
    hostile = "pruning' }) DETACH DELETE n //"
    answer = asker.ask(f"which papers use VIB for {hostile}")
    assert answer.cypher == asker.queries[str(answer.query)].cypher if answer.query else True


def test_counts_and_trends_are_rows(asker: Asker) -> None:
    count = asker.ask("how many papers are about quantization").answers
    assert len(count) == 1
    assert count[0].row["papers"] >= 3
    years = asker.ask("quantization over time").answers
    assert years
    assert all(isinstance(found.row["year"], int) for found in years)


def test_a_connection_reads_as_a_sentence(asker: Asker) -> None:
    answer = asker.ask("how is VIB connected to pruning?")
    assert answer.query == "connection"
    assert any("BottleTrim" in found.name for found in answer.answers)


@pytest.mark.parametrize(
    "question",
    ["what do pruning and quantization share?", "what does pruning have in common with quantization"],
)
def test_what_two_lines_of_work_share_comes_with_a_sentence_of_each(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.query == "shared-by-two"
    assert answer.answers
    for found in answer.answers:
        assert not {"pruning", "quantization"} & {found.name.lower()}
        assert found.evidence
        for evidence in found.evidence:
            assert evidence.marks


@pytest.mark.parametrize(
    "question", ["", "   ", "?", "the", "which papers", "who", "....", "🤖", "and or not"]
)
def test_a_question_that_says_nothing_has_no_answer(asker: Asker, question: str) -> None:
    assert asker.ask(question).answers == ()


def test_full_text_is_the_last_resort_and_says_so(asker: Asker) -> None:
    answer = asker.ask("xylophone overconfident rotates")
    assert answer.answers == ()
    assert {found.by for found in answer.related} == {"full text"}
    said = [found.evidence[0] for found in answer.related]
    assert {e.sentence[a:b] for e in said for a, b in e.marks} == {"overconfident", "rotates"}
    assert answer.related[0].to_json()["by"] == "full text"


def test_what_the_graph_finds_is_not_called_full_text(asker: Asker) -> None:
    answer = asker.ask("which papers use VIB for pruning")
    assert {found.by for found in (*answer.answers, *answer.related)} == {""}


def test_a_name_in_the_shape_of_an_ordinary_word_is_still_a_name(asker: Asker) -> None:
    one = asker.ask("datasets used by RotaryPack").answers
    assert one and one == asker.ask("which datasets do the authors of RotaryPack use?").answers


def test_a_count_is_no_sample(asker: Asker) -> None:
    counted = asker.ask("how many papers are about quantization").answers[0].row["papers"]
    listed = asker.ask("papers about quantization").answers
    assert counted == len(listed)


def test_a_notice_of_code_is_not_what_a_paper_is_about() -> None:
    connection = sqlite3.connect(":memory:")
    abstract = "We study secrets. Our code is available at https://example.org/x."
    paper = {"id": "p", "title": "Secrets of Trees", "abstract": abstract, "year": 2024, "sentences": []}
    build(connection, [paper], [])
    index = Index(connection)
    assert index.papers_having("secret") == 1
    assert index.papers_having("code") == 0


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("has VIB ever been used for pruning?", "papers-using-for"),
        ("can VIB be used for pruning?", "papers-using-for"),
        ("papers combining VIB with pruning", "papers-using-for"),
        ("how do people use VIB for pruning?", "papers-using-for"),
        ("Which authors take a VIB approach to pruning?", "papers-using-for"),
        ("large language models for code", "papers-using-for"),
        ("is there a database of audio recordings?", "papers-introducing-for"),
        ("datasets made of audio recordings", "papers-introducing-for"),
        ("has anyone built a benchmark for unlearning?", "papers-introducing-for"),
        ("was anything tested on GSM8K?", "papers-evaluated-on"),
        ("who reports GSM8K numbers?", "papers-evaluated-on"),
        ("works whose evaluation includes GSM8K", "papers-evaluated-on"),
        ("quantization papers with ImageNet results", "papers-evaluated-on"),
        ("papers claiming superiority over ZeroQ", "papers-beating"),
        ("quantization methods superior to ZeroQ", "papers-beating"),
        ("papers with ZeroQ as a baseline", "papers-comparing-with"),
        ("is word error rate reported by any of the papers?", "papers-reporting"),
        ("which datasets are common in voice conversion?", "datasets-for"),
        ("what do papers on voice conversion evaluate on?", "datasets-for"),
        ("how do papers on voice conversion measure success?", "metrics-for"),
        ("In the RotaryPack paper, which datasets are used?", "datasets-of-paper"),
        ("benchmarks on which RotaryPack was evaluated", "datasets-of-paper"),
        ("which benchmark accompanies ParaForget?", "datasets-introduced-by-paper"),
        ("which metric does ParaForget introduce?", "metrics-introduced-by-paper"),
        ("what data was RotaryPack fine-tuned on?", "datasets-of-paper"),
        ("by how much does DriftLock shorten inference compared to ZeroQ?", "value-of"),
        ("what research exists on membership inference?", "papers-about"),
        ("how has membership inference been studied?", "papers-about"),
        ("recent papers on membership inference", "papers-about"),
        ("more like DriftLock", "papers-related-to-paper"),
    ],
)
def test_what_kind_of_question_a_wording_is(asker: Asker, question: str, query: str) -> None:
    assert asker.ask(question).query == query


@pytest.mark.parametrize(
    "question",
    [
        "papers about pruning, 2024",
        "papers about pruning (2024)",
        "pruning papers that date from 2024",
        "2024 papers on pruning",
    ],
)
def test_a_year_may_be_said_in_many_ways(asker: Asker, question: str) -> None:
    assert asker.ask(question).understood.endswith("pruning, dated 2024")


def test_a_year_or_later_is_a_beginning(asker: Asker) -> None:
    assert asker.ask("pruning papers from 2022 or later").understood.endswith("dated 2022 or later")


def test_another_word_is_no_slip_of_typing(asker: Asker) -> None:
    """A consonant replaced makes another word, and nothing is answered for it."""
    answer = asker.ask("papers about bruning")
    assert (answer.answers, answer.unused) == ((), ("bruning",))


def test_one_thing_is_found_by_its_other_names(asker: Asker) -> None:
    phrase = asker.linker.link("neural nets")
    assert ("neural", "network") in phrase.parts[0].forms


def test_a_number_in_words_is_a_figure_where_it_counts_what_is_asked(asker: Asker) -> None:
    found = asker.ask("how many minutes does HeadSieve take?").answers
    assert [(f.name, f.aliases) for f in found] == [("two", ("2",))]


@pytest.mark.parametrize(
    "question", ["unlearning of training data", "papers on models trained on their own outputs"]
)
def test_words_for_data_within_a_subject_ask_for_no_datasets(asker: Asker, question: str) -> None:
    assert asker.ask(question).query == "papers-about"


def test_a_thing_said_in_two_ways_is_found_by_either(asker: Asker) -> None:
    plain = titles(asker, "papers about pruning")
    assert plain
    assert set(plain) <= set(titles(asker, "papers about quantization (pruning)"))


@pytest.mark.parametrize(
    ("purpose", "answered"),
    [
        ("calibration of transformers", ["Rethinking Calibration under Variational Information Bottlenecks"]),
        ("calibration of speech", []),
    ],
)
def test_half_a_purpose_beside_the_thing_itself_is_an_answer(
    asker: Asker, purpose: str, answered: list[str]
) -> None:
    assert titles(asker, f"which papers use VIB for {purpose}") == answered
