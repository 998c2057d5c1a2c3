"""Figures that a text reports: what is a result, of which metric, on which dataset, which way is better."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.extract import figures, sentences
from graphbuilder.extract.pipeline import above
from graphbuilder.records import Figure, PaperEntity, Statements


def entity(text: str, name: str, kind: str) -> PaperEntity:
    spans, at = [], text.find(name)
    while at >= 0:
        spans.append((at, at + len(name)))
        at = text.find(name, at + 1)
    role = {"Metric": "measures", "Dataset": "evaluates_on"}.get(kind, "uses")
    return PaperEntity(name, kind, role, 0.9, tuple(spans))  # type: ignore[arg-type]


def read(abstract: str, metrics: Sequence[str] = (), datasets: Sequence[str] = ()) -> list[Figure]:
    text = f"A title\n{abstract}"
    found = [entity(text, m, "Metric") for m in metrics] + [entity(text, d, "Dataset") for d in datasets]
    return list(figures.find(text, sentences.split("A title", abstract), found))


@pytest.mark.parametrize(
    ("abstract", "value", "number", "unit"),
    [
        ("Our method reaches an accuracy of 63.2% on it.", "63.2%", 63.2, "%"),
        ("Our method reaches an accuracy of 63.2\\% on it.", "63.2\\%", 63.2, "%"),
        ("It improves accuracy by 3.1 points over the baseline.", "3.1", 3.1, "points"),
        ("We achieve an accuracy of 0.93 on it.", "0.93", 0.93, None),
        (
            "It improves accuracy by up to +57.25 percentage points.",
            "+57.25 percentage points",
            57.25,
            "points",
        ),
    ],
)
def test_values_are_read_as_printed(abstract: str, value: str, number: float, unit: str | None) -> None:
    [figure] = read(abstract, ("accuracy",))
    assert (figure.metric, figure.value, figure.number, figure.unit) == ("accuracy", value, number, unit)


def test_a_reduction_is_relative_and_lower_is_better() -> None:
    [figure] = read("Our pruning reduces FLOPs by 40% without loss.", ("FLOPs",))
    assert (figure.metric, figure.value, figure.better, figure.relative) == ("FLOPs", "40%", "lower", True)


def test_a_level_is_not_relative_and_higher_accuracy_is_better() -> None:
    [figure] = read(
        "Our model achieves a top-1 accuracy of 81.5% on ImageNet.", ("top-1 accuracy",), ("ImageNet",)
    )
    assert (figure.better, figure.relative, figure.dataset) == ("higher", False, "ImageNet")


def test_an_error_rate_is_better_when_lower() -> None:
    [figure] = read("We achieve a word error rate of 2.8% on the test set.", ("word error rate",))
    assert figure.better == "lower"


def test_a_speedup_is_its_own_metric() -> None:
    [figure] = read("Our decoder achieves a 2.5x speedup over the baseline.", ("speedup",))
    assert (figure.metric, figure.value, figure.unit, figure.relative) == ("speedup", "2.5x", "x", True)


def test_values_meet_their_datasets_in_order() -> None:
    found = read(
        "We obtain an accuracy of 81.2% and 75.4% on ImageNet and CIFAR-100, respectively.",
        ("accuracy",),
        ("ImageNet", "CIFAR-100"),
    )
    assert [(f.value, f.dataset) for f in found] == [("81.2%", "ImageNet"), ("75.4%", "CIFAR-100")]


@pytest.mark.parametrize(
    ("abstract", "pairs", "sure"),
    [
        ("We achieve 78.5% accuracy on Ants and 47.2% accuracy on Bees.", ["Ants", "Bees"], True),
        ("We achieve an accuracy of 78.5% and 47.2% on Ants and Bees.", ["Ants", "Bees"], True),
        ("We achieve an accuracy of 78.5% and 47.2% on the Ants benchmark.", ["Ants", "Ants"], True),
        ("Our model achieves 78.5% Ants accuracy.", ["Ants"], True),
        (
            "We achieve an accuracy of 78.5% and 47.2% on Ants and moths, respectively.",
            ["Ants", "Ants"],
            False,
        ),
        ("Ants is large. Our model achieves an accuracy of 78.5%.", ["Ants"], False),
        ("Trained on Ants and Bees, our model achieves an accuracy of 78.5%.", ["Ants"], False),
    ],
)
def test_a_dataset_is_sure_where_words_link_the_value_to_it(
    abstract: str, pairs: list[str], sure: bool
) -> None:
    found = read(abstract, ("accuracy",), [d for d in ("Ants", "Bees") if d in abstract])
    assert [f.dataset for f in found] == pairs
    assert all((f.dataset_confidence >= 0.9) == sure for f in found)
    assert all(0 < f.confidence < 1 for f in found)


@pytest.mark.parametrize(
    ("abstract", "relative"),
    [
        ("It increases the accuracy to 57.1% on it.", [False]),
        ("It improves the accuracy by up to 7.1% on it.", [True]),
        ("It improves the accuracy from 57.1% to 60.2% on it.", [True, False]),
        ("It improves the accuracy by 7.1% on the one set and 5.2% on the other.", [True, True]),
        ("We reach an accuracy of 57.1% on the one set and 55.2% on the other.", [False, False]),
        ("It improves the accuracy by 7.1%, 5.2% and 3.9% on three of them.", [True, True, True]),
    ],
)
def test_a_level_that_is_reached_is_no_change(abstract: str, relative: list[bool]) -> None:
    assert [f.relative for f in read(abstract, ("accuracy",))] == relative


def test_a_dataset_may_begin_with_a_number() -> None:
    [figure] = read("We achieve an accuracy of 78.5% and more on 20 Ants.", ("accuracy",), ("20 Ants",))
    assert (figure.value, figure.dataset) == ("78.5%", "20 Ants")


def test_less_sure_results_and_datasets_can_be_cut() -> None:
    sure = Figure("accuracy", "90%", (0, 9), dataset="Ants", confidence=0.9, dataset_confidence=0.9)
    unsure = Figure("accuracy", "80%", (0, 9), confidence=0.4)
    far = Figure("accuracy", "70%", (0, 9), dataset="Ants", confidence=0.9, dataset_confidence=0.4)
    stated = Statements("t", "t", entities=(), results=(sure, unsure, far))
    kept = above(stated, 0.5).results
    assert [(f.value, f.dataset) for f in kept] == [("90%", "Ants"), ("70%", None)]


def test_results_without_a_confidence_are_read_as_sure() -> None:
    row = Statements("t", "t", results=(Figure("accuracy", "90%", (0, 9)),)).to_json()
    for name in ("confidence", "dataset_confidence"):
        del row["results"][0][name]
    assert Statements.from_json(row).results[0].confidence == 1.0


def test_the_version_of_a_model_is_no_value() -> None:
    text = "Llama 3.1 8B and Qwen 2.5-7B"
    assert list(figures.values(text)) == []


@pytest.mark.parametrize(
    "abstract",
    [
        "In 2019 we trained LLaMA-7B with 7B parameters.",
        "We use a learning rate of 0.1 and a batch size of 32 for our models.",
        "We measure accuracy for 3 models across 12 datasets and 4 languages.",
        "GPT-3.5 and CIFAR-10 are used for accuracy.",
        "Top-5 predictions are kept.",
    ],
)
def test_other_numbers_are_no_results(abstract: str) -> None:
    assert read(abstract, ("accuracy",) if "accuracy" in abstract else ()) == []


def test_numbers_inside_names_are_no_values() -> None:
    text = "GPT-3.5, CIFAR-10, 7B, 3D, x_2, 2nd, v2.1, arXiv/1234"
    assert list(figures.values(text)) == []


def test_a_range_is_one_value() -> None:
    text = "gains of 6.8-12.0 points, 14%-38%, 1.6-1.8times and 1.62× to 2.36×"
    found = [text[v.start : v.end] for v in figures.values(text)]
    assert found == ["6.8-12.0", "14%-38%", "1.6-1.8times", "1.62×", "2.36×"]


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789.,%\\$xX×+- ab\n"), st.characters())))
def test_any_text_gives_values_that_it_prints(text: str) -> None:
    for value in figures.values(text):
        assert any(c.isdigit() for c in text[value.start : value.end])
    for figure in read(text, ("a",), ("b", "9", "1 b")):
        assert figure.value in text
        assert figure.number is None or abs(figure.number) < 1e16


@pytest.mark.parametrize(
    ("abstract", "datasets"),
    [
        ("It reaches 71.2% and 65.4% accuracy on Alpha-30 and 31 benchmarks.", ["Alpha-30"]),
        ("On Alpha (90.5% accuracy) and strongly on Beta, it is good.", ["Alpha", "Beta"]),
        (
            "It lifts accuracy on Alpha from 57.1% to 77.2% and from 61.2% to 75.2% on Beta.",
            ["Alpha", "Beta"],
        ),
        ("We get 71.2% and 65.4% accuracy on Alpha running on a phone and Beta.", ["Alpha", "Beta"]),
        ("We get 71.2% accuracy on Alpha-400/600.", ["Alpha-400/600"]),
        ("We get 71.2% accuracy on the val set.", ["val set"]),
        ("We get 71.2% accuracy in the Alpha -> Beta task.", ["Alpha"]),
        ("Of Alpha and Beta we tell 62.6% (old) and 60.1% (young) with good accuracy.", ["Alpha", "Beta"]),
    ],
)
def test_a_dataset_is_not_sure_where_words_may_link_it_to_another_value(
    abstract: str, datasets: list[str]
) -> None:
    found = read(abstract, ["accuracy"], datasets)
    assert all(f.dataset_confidence < 0.9 for f in found if f.value not in ("75.2%", "57.1%"))


def test_a_value_in_brackets_goes_with_the_dataset_behind_them() -> None:
    (found,) = read("It works best (71.2% accuracy) on the Alpha test set.", ["accuracy"], ["Alpha"])
    assert (found.dataset, found.dataset_confidence) == ("Alpha", 0.95)


@pytest.mark.parametrize(
    "abstract",
    [
        "It reaches an accuracy of 47.9% (68.3% at half overlap) on Alpha.",
        "Our accuracy of 93.4% vs the best previous accuracy of 68.3% on Alpha is good.",
    ],
)
def test_a_value_beside_the_papers_own_is_not_sure(abstract: str) -> None:
    found = {f.value: f for f in read(abstract, ["accuracy"], ["Alpha"])}
    assert "68.3%" not in found or found["68.3%"].confidence <= 0.5


@pytest.mark.parametrize(
    ("abstract", "metric"),
    [
        ("It beats all by a wide margin (6.3% accuracy on Alpha).", "accuracy"),
        ("It leads to 50% speedup on Alpha.", "speedup"),
    ],
)
def test_a_margin_and_a_speedup_are_relative(abstract: str, metric: str) -> None:
    found = read(abstract, [metric], ["Alpha"])
    assert found and all(f.relative for f in found)


@pytest.mark.parametrize(
    ("abstract", "metrics", "value"),
    [
        ("We achieve 11.3$\\pm$9.5\\% accuracy on Alpha.", ["accuracy"], "9.5\\%"),
        (
            "Models such as Clap have shown good skill, e.g. achieving 76.3% accuracy on Alpha.",
            ["accuracy"],
            "76.3%",
        ),
        ("For a network to reach 95% accuracy on Alpha, it takes less time.", ["accuracy"], "95%"),
        ("We obtain an average precision of 0.649 on Alpha.", ["precision"], "0.649"),
        ("We obtain a top-5 accuracy of 64.9% on Alpha.", ["accuracy"], "64.9%"),
    ],
)
def test_a_value_of_something_else_is_not_sure(abstract: str, metrics: list[str], value: str) -> None:
    assert all(f.confidence <= 0.5 for f in read(abstract, metrics, ["Alpha"]) if f.value == value)


@pytest.mark.parametrize(
    ("abstract", "metrics"),
    [
        ("We prune the network for 63.42% FLOPs on Alpha.", ["FLOPs"]),
        ("We obtain 5.5% and 14.1% accuracy improvement on Alpha.", ["accuracy"]),
        ("We improve by large margins, i.e., 6% accuracy on Alpha.", ["accuracy"]),
    ],
)
def test_what_is_gained_is_relative(abstract: str, metrics: list[str]) -> None:
    assert all(f.relative for f in read(abstract, metrics, ["Alpha"]))


def test_the_data_of_training_is_not_what_a_value_is_on() -> None:
    found = read("It achieves 75.8% accuracy without being trained on Alpha.", ["accuracy"], ["Alpha"])
    assert all(f.dataset_confidence < 0.9 for f in found)


def test_every_value_of_a_list_of_margins_is_relative() -> None:
    found = read(
        "We improve by large margins, i.e., 6% accuracy on Alpha, 7% accuracy on Beta.",
        ["accuracy"],
        ["Alpha", "Beta"],
    )
    assert len(found) == 2 and all(f.relative for f in found)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("faster by 5-10% now", "5-10%", "%"),
        ("it is 2–4x now", "2–4x", "x"),
        ("$5$-$10\\%$ more", "$5$-$10\\%$", "%"),
    ],
)
def test_the_unit_of_a_range_stands_behind_it(text: str, value: str, unit: str) -> None:
    (found,) = figures.values(text)
    assert (text[found.start : found.end], found.unit, found.ranged) == (value, unit, True)


@pytest.mark.parametrize(
    ("abstract", "relative"),
    [
        ("It gives around 2.4% accuracy improvement on Alpha, 1.6% on Beta and 1.5% on Gamma.", [True] * 3),
        ("It reaches 85.1% accuracy on Alpha, 71.6% on Beta and 61.5% on Gamma.", [False] * 3),
        ("It improves accuracy by 2.0% on Alpha, reaching 91.5% on Beta.", [True, False]),
    ],
)
def test_a_value_is_relative_where_the_one_that_it_is_joined_to_is(
    abstract: str, relative: list[bool]
) -> None:
    found = read(abstract, ["accuracy"], ["Alpha", "Beta", "Gamma"])
    assert [f.relative for f in found] == relative


def test_many_joined_values_are_read() -> None:
    text = "accuracy of " + "and of so many other things that we have counted 1.5%, " * 2000
    assert read(text, ["accuracy"]) is not None
