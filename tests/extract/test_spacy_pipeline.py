"""An installed spaCy pipeline in place of the shipped model."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from graphbuilder.errors import GraphbuilderError
from graphbuilder.extract import load
from graphbuilder.records import Paper

PAPER = Paper(id="a", title="On tides", abstract="We propose TidalNet and test it on RiverBench.")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "ALGORITHM", "pattern": "TidalNet"}, {"label": "Dataset", "pattern": "RiverBench"}]
    )
    folder = tmp_path_factory.mktemp("pipeline") / "tides"
    nlp.to_disk(folder)
    return folder


def entities(model: str) -> set[tuple[str, str, str]]:
    (statements,) = load(model).extract([PAPER])
    return {(e.name, e.type, e.role) for e in statements.entities}


def test_labels_that_are_types_need_no_map(pipeline: Path) -> None:
    assert entities(str(pipeline)) == {("RiverBench", "Dataset", "evaluates_on")}


def test_labels_are_mapped(pipeline: Path) -> None:
    assert entities(f"{pipeline}:ALGORITHM=Method") == {("TidalNet", "Method", "introduces")}


def test_a_type_that_is_none_is_refused(pipeline: Path) -> None:
    with pytest.raises(GraphbuilderError, match="'Thing' is no entity type"):
        load(f"{pipeline}:ALGORITHM=Thing")
