"""Every file of the catalogue can be read, says what it answers, and runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphbuilder.ask import Asker
from graphbuilder.ask.catalogue import catalogue, read
from graphbuilder.errors import GraphbuilderError
from graphbuilder.stores import Store

NAMES = sorted(catalogue())


def given(asker: Asker, name: str) -> dict[str, object]:
    """Parameters of the kinds that a query takes, from the examples."""
    thing = asker.linker.link("Variational Information Bottleneck").ids
    paper = list(asker.papers_named("BottleTrim"))
    kinds = {"Int": 5, "Paper": paper, "Ids": paper, "Author": []}
    values = {p.name: kinds.get(p.type, thing) for p in asker.queries[name].params}
    return values | {f"{p}_labels": ["Dataset"] for p in values} | {"since": 0, "until": 9999}


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_answers_and_what_it_takes(name: str) -> None:
    query = catalogue()[name]
    assert query.about.endswith(".")
    used = set(re.findall(r"\$(\w+)", query.cypher))
    known = {p.name for p in query.params} | {f"{p.name}_labels" for p in query.params}
    assert used <= known
    for wording in query.wordings:
        assert set(wording.slots) <= {p.name for p in query.params} | {"topic", "on_dataset", "rest"}, (
            wording.text
        )


@pytest.mark.parametrize("name", NAMES)
def test_it_runs(asker: Asker, store: Store, name: str) -> None:
    query = asker.queries[name]
    values = {k: v for k, v in given(asker, name).items() if f"${k}" in query.cypher}
    answer = store.run(query.cypher, values)
    if query.answers == "papers":
        assert {"paper", "title"} <= set(answer.columns)
    if query.answers == "entities":
        assert {"entity", "name"} <= set(answer.columns)


def test_a_file_of_ones_own_answers_without_code(tmp_path: Path, store: Store) -> None:
    (tmp_path / "acronyms.cypher").write_text(
        "// Entities that have other names.\n// answers: table\n"
        "// wording: which acronyms are there\n"
        "MATCH (m:Method) WHERE size(m.aliases) > 0 RETURN m.name AS name ORDER BY name LIMIT 5\n"
    )
    answer = Asker(store, tmp_path).ask("which acronyms are there?")
    assert answer.query == "acronyms"
    assert answer.answers


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("// About.\n// answers: poems\nRETURN 1 AS x", "answers must be one of"),
        (
            "// About.\n// answers: papers\n// param x: Strange\nRETURN 1 AS x",
            "cannot read 'param x: Strange'",
        ),
        ("// About.\n// answers: papers\n// wording: <what> {x}\nRETURN 1 AS x", "unknown class <what>"),
        ("// About.\n// answers: papers\n", "no Cypher"),
    ],
)
def test_a_head_that_cannot_be_read_is_an_error_with_the_files_name(text: str, says: str) -> None:
    with pytest.raises(GraphbuilderError, match=f"query mine: .*{re.escape(says)}"):
        read("mine", text)


def test_a_directory_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphbuilderError, match="no directory of queries"):
        catalogue(tmp_path / "missing")
