"""The commands ask, query, show and why, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphbuilder.cli import main


@pytest.fixture
def run(example_graph: str) -> object:
    def runs(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [arguments[0], "--graph", example_graph, *arguments[1:]], input=stdin)

    return runs


def test_ask_prints_the_answer_and_its_sentence(run) -> None:  # type: ignore[no-untyped-def]
    result = run("ask", "which papers use VIB for pruning")
    assert result.exit_code == 0
    assert "BottleTrim: Pruning Transformers" in result.stdout
    assert "Variational Information Bottleneck (VIB)" in result.stdout
    assert "Understood: papers that use VIB" in result.stdout


def test_ask_takes_the_question_as_several_words(run) -> None:  # type: ignore[no-untyped-def]
    one = run("ask", "--json", "papers", "about", "pruning")
    assert json.loads(one.stdout)["question"] == "papers about pruning"


def test_a_batch_gives_an_object_a_line_in_order(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    questions = ["papers about pruning", "🤖", "papers evaluated on GSM8K"]
    (tmp_path / "questions.txt").write_text("\n".join(questions) + "\n\n", encoding="utf-8")
    result = run("ask", "--batch", str(tmp_path / "questions.txt"), "--json")
    assert [json.loads(line)["question"] for line in result.stdout.splitlines()] == questions


def test_explain_prints_cypher_to_paste(run) -> None:  # type: ignore[no-untyped-def]
    result = run("ask", "--explain", "papers evaluated on GSM8K")
    assert ":param dataset => [" in result.stdout
    assert "OPTIONAL MATCH (p)-[e:EVALUATES_ON" in result.stdout


def test_without_a_question_it_asks_for_them(run) -> None:  # type: ignore[no-untyped-def]
    result = run("ask", stdin="papers about pruning\nquit\n")
    assert result.exit_code == 0
    assert "BottleTrim" in result.stdout


def test_show_a_paper_and_an_entity(run) -> None:  # type: ignore[no-untyped-def]
    card = json.loads(run("show", "--json", "Variational Information Bottleneck").stdout)
    assert "VIB" in [card["name"], *card["aliases"]]
    assert any("BottleTrim" in line["name"] for line in card["lines"])
    assert (
        "BottleTrim: Pruning"
        in run("show", "BottleTrim: Pruning Transformers with a Variational Information Bottleneck").stdout
    )


def test_show_of_an_unknown_name_offers_near_ones(run) -> None:  # type: ignore[no-untyped-def]
    result = run("show", "Bottletrimmer of nowhere")
    assert result.exit_code == 1
    assert "nothing is called" in result.stderr


def test_why_shows_the_sentences(run) -> None:  # type: ignore[no-untyped-def]
    result = run("why", "GSM8K", "LongBench")
    assert result.exit_code == 0
    assert "LongBench" in result.stdout


def test_named_queries_take_names(run) -> None:  # type: ignore[no-untyped-def]
    result = run("query", "papers-evaluated-on", "-p", "dataset=GSM8K", "--json")
    assert any("StepLedger" in json.loads(line)["title"] for line in result.stdout.splitlines())
    assert run("query", "papers-evaluated-on", "-p", "dataset=GSM8K", "--csv").stdout.startswith(
        "paper,title,"
    )


def test_free_cypher_takes_parameters(run) -> None:  # type: ignore[no-untyped-def]
    result = run(
        "query",
        "--cypher",
        "MATCH (p:Paper) WHERE p.year = $y RETURN count(*) AS n",
        "-p",
        "y=2024",
        "--json",
    )
    assert json.loads(result.stdout)["n"] > 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["query", "--cypher", "MATCH (n) DETACH DELETE n"], 1, ""),
        (["query", "no-such-query"], 1, "no query is called"),
        (["query", "papers-using"], 1, "needs -p method"),
        (["query", "papers-using", "-p", "colour=red"], 1, "no parameter 'colour'"),
        (["query", "papers-using", "-p", "method"], 2, "KEY=VALUE"),
        (["query"], 2, "--cypher or --list"),
        (["ask", "--batch", "missing.txt"], 1, "missing.txt"),
        (["ask", "--queries", "missing", "papers about pruning"], 1, "no directory of queries"),
    ],
)
def test_what_goes_wrong_is_one_line(run, arguments: list[str], code: int, says: str) -> None:  # type: ignore[no-untyped-def]
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_the_list_names_every_query(run) -> None:  # type: ignore[no-untyped-def]
    from graphbuilder.ask.catalogue import catalogue

    listed = run("query", "--list").stdout
    assert all(name in listed for name in catalogue())
