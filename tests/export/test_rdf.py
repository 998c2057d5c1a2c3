"""Turtle and JSON-LD, read back by rdflib."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from graphbuilder.export import export
from graphbuilder.records import PropertyGraph

from .conftest import NASTY, graphs

rdflib = pytest.importorskip("rdflib")
FORMATS = [(".ttl", "turtle"), (".jsonld", "json-ld")]

PREFIXES = """
PREFIX bibo: <http://purl.org/ontology/bibo/>
PREFIX cito: <http://purl.org/spar/cito/>
PREFIX fabio: <http://purl.org/spar/fabio/>
PREFIX gb: <urn:graphbuilder:schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def read(graph: PropertyGraph, folder: Path, suffix: str, name: str) -> Any:
    export(graph, folder / f"g{suffix}")
    return rdflib.Graph().parse(folder / f"g{suffix}", format=name)


@pytest.mark.parametrize(("suffix", "name"), FORMATS)
def test_papers_citations_and_evidence_are_found_by_sparql(
    graph: PropertyGraph, tmp_path: Path, suffix: str, name: str
) -> None:
    found = read(graph, tmp_path, suffix, name)

    def ask(query: str) -> list[tuple[str, ...]]:
        return sorted(tuple(str(value) for value in row) for row in found.query(PREFIXES + query))

    assert ask("SELECT ?p { ?p a fabio:ResearchPaper, schema:ScholarlyArticle ; schema:name ?n "
               "FILTER STRSTARTS(?n, 'Prune') }") == [("https://arxiv.org/abs/2301.00001",)]  # fmt: skip
    assert ("https://doi.org/10.1/x(y)%3Cz%3E", "https://arxiv.org/abs/2301.00001") in ask(
        "SELECT ?a ?b { ?a cito:cites ?b }"
    )
    assert ask(
        "SELECT ?sentence ?surface ?paper { ?s a rdf:Statement, prov:Entity ; rdf:subject ?paper ; "
        "rdf:predicate gb:introduces ; rdf:object [ schema:name 'PruneNet' ] ; prov:value ?sentence ; "
        "gb:surface ?surface ; prov:wasQuotedFrom ?paper }"
    ) == [("We propose PruneNet for model compression.", "PruneNet", "https://arxiv.org/abs/2301.00001")]
    assert ask(
        "SELECT ?v ?m ?d { ?p gb:reports ?r . ?r a schema:Observation ; schema:value ?v ; "
        "schema:measuredProperty [ schema:name ?m ] ; schema:observationAbout [ schema:name ?d ] }"
    ) == [("71.2%", "top-1 accuracy", "ToyNet")]
    assert ask("SELECT ?a { [] schema:name 'PruneNet' ; schema:alternateName ?a }") == [
        ("PN",),
        ("Prune-Net",),
    ]
    assert ask("SELECT ?f { ?p bibo:authorList/rdf:first/schema:name ?f }") == [
        ("Jan van den Berg",),
        ("Plato",),
    ]
    assert ask("SELECT ?b { [] schema:name 'PruneNet' ; skos:broader/schema:name ?b }") == [
        ("model compression",)
    ]
    assert (NASTY,) in ask("SELECT ?v { [] prov:value ?v }")
    assert ask("SELECT ?y { ?p fabio:hasPublicationYear ?y }") == [("2019",), ("2023",), ("2024",)]


def test_both_say_the_same(graph: PropertyGraph, tmp_path: Path) -> None:
    from rdflib.compare import isomorphic

    turtle, json_ld = (read(graph, tmp_path, *format) for format in FORMATS)
    assert isomorphic(turtle, json_ld)


@pytest.mark.parametrize(("suffix", "name"), FORMATS)
@given(graph=graphs())
@settings(deadline=None, max_examples=40)
def test_any_text_survives(graph: PropertyGraph, suffix: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read(graph, Path(folder), suffix, name)
    schema = rdflib.Namespace("https://schema.org/")
    assert {str(o) for o in found.objects(None, schema.abstract)} == {
        row["abstract"] for row in graph.nodes["Paper"] if row["abstract"] is not None
    }
    assert {str(o) for o in found.objects(None, schema.alternateName)} == {
        alias for row in graph.nodes["Method"] for alias in row["aliases"]
    }
    sentences = {
        row["sentence"]
        for kind, rows in graph.edges.items()
        for row in rows
        if row.get("sentence") is not None
    }
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    assert {str(o) for o in found.objects(None, prov.value)} == sentences
