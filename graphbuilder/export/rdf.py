"""The graph in the words of the semantic web, for :mod:`turtle` and :mod:`json_ld` to write down.

Papers are ``schema:ScholarlyArticle`` and ``fabio:ResearchPaper``, citations ``cito:cites``, results
``schema:Observation``, entities ``schema:DefinedTerm`` of a class of ours. What edges say is a triple, and an
``rdf:Statement`` beside it says where it comes from: ``prov:wasQuotedFrom`` the paper, with the sentence as
``prov:value``.

Vocabularies: https://schema.org, http://www.sparontologies.net (FaBiO, CiTO), https://www.w3.org/TR/prov-o,
https://www.w3.org/TR/skos-reference, http://purl.org/ontology/bibo (the order of authors).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Protocol
from urllib.parse import quote

from graphbuilder.export import tables
from graphbuilder.records import EdgeKind, PropertyGraph, Row
from graphbuilder.schema import ROLE_EDGES, Properties

PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "gb": "urn:graphbuilder:schema#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Syntax(Protocol):
    """A way of writing RDF down: each kind of term as text, and what is said of a thing."""

    def iri(self, address: str) -> str:
        """A thing by its full address."""

    def name(self, name: str) -> str:
        """A thing by its prefixed name."""

    def blank(self, label: str) -> str:
        """A thing without an address."""

    def literal(self, text: str, datatype: str | None) -> str:
        """A text, or what it spells in a datatype (a prefixed name)."""

    def ordered(self, terms: list[str]) -> str:
        """An RDF list."""

    def description(self, subject: str, said: list[tuple[str, str]]) -> str:
        """A thing with its predicates (prefixed names) and their objects."""


#: Edge types that other vocabularies have a word for; the others are ours, in camel case.
_PREDICATES = {
    "BROADER": "skos:broader",
    "CITES": "cito:cites",
    "OF": "schema:measuredProperty",
    "ON": "schema:observationAbout",
}
#: Edges whose properties another triple says already.
_PLAIN = ("WROTE", "OF", "ON")
_CLASSES = {
    "Paper": ("fabio:ResearchPaper", "schema:ScholarlyArticle"),
    "Author": ("schema:Person",),
    "Method": ("gb:Method", "schema:DefinedTerm"),
    "Dataset": ("gb:Dataset", "schema:Dataset"),
    "Metric": ("gb:Metric", "schema:DefinedTerm"),
    "Concept": ("skos:Concept", "schema:DefinedTerm"),
    "Result": ("schema:Observation",),
}
#: Properties of nodes: a predicate, and the datatype if it is not a plain text.
_PROPERTIES = {
    "name": ("schema:name", None),
    "title": ("schema:name", None),
    "abstract": ("schema:abstract", None),
    "year": ("fabio:hasPublicationYear", "xsd:gYear"),
    "venue": ("prism:publicationName", None),
    "url": ("schema:url", None),
    "doi": ("prism:doi", None),
    "arxiv_id": ("fabio:hasArXivId", None),
    "sources": ("dcterms:source", None),
    "external": ("gb:external", "xsd:boolean"),
    "aliases": ("schema:alternateName", None),
    "papers": ("gb:papers", "xsd:integer"),
    "ambiguous": ("gb:ambiguous", "xsd:boolean"),
    "value": ("schema:value", None),
    "number": ("gb:number", "xsd:double"),
    "unit": ("schema:unitText", None),
    "metric": ("gb:metric", None),
    "better": ("gb:better", None),
    "relative": ("gb:relative", "xsd:boolean"),
    "confidence": ("gb:confidence", "xsd:double"),
}
_DATATYPES = {"int": "xsd:integer", "float": "xsd:double", "bool": "xsd:boolean"}
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\d{4}")


def descriptions(graph: PropertyGraph, syntax: Syntax) -> Iterator[str]:
    """Everything the graph says, thing by thing; a thing may come again."""
    iri = _addresses(graph, syntax)
    yield from _vocabulary(syntax)
    authors = _authors(graph)
    for label, properties, rows in tables.nodes(graph):
        classes = [("rdf:type", syntax.name(name)) for name in _CLASSES[label]]
        for row in rows:
            said = classes + _properties(row, properties, syntax)
            if label == "Paper" and row["id"] in authors:
                people = [iri("Author", author) for author in authors[row["id"]]]
                said.extend(("schema:author", person) for person in dict.fromkeys(people))
                said.append(("bibo:authorList", syntax.ordered(people)))
            yield syntax.description(iri(label, row["id"]), said)
    number = 0
    statement = ("rdf:type", syntax.name("rdf:Statement"))
    for kind, properties, rows in tables.edges(graph):
        if kind.type == "WROTE":
            continue
        predicate = _predicate(kind.type)
        of_predicate = ("rdf:predicate", syntax.name(predicate))
        for row in rows:
            source, target = iri(kind.source, row["source"]), iri(kind.target, row["target"])
            yield syntax.description(source, [(predicate, target)])
            evidence = [] if kind.type in _PLAIN else _evidence(kind, row, properties, iri, syntax)
            if evidence:
                said = [statement, ("rdf:subject", source), of_predicate, ("rdf:object", target), *evidence]
                yield syntax.description(syntax.blank(f"s{number}"), said)
                number += 1


def _properties(row: Row, properties: Properties, syntax: Syntax) -> list[tuple[str, str]]:
    said = []
    for name, value in tables.values(row, properties).items():
        if name == "date":
            text = str(value)
            datatype = "xsd:date" if _ISO_DATE.fullmatch(text) else None
            said.append(("schema:datePublished", syntax.literal(text, datatype)))
        elif name in _PROPERTIES:
            predicate, datatype = _PROPERTIES[name]
            for one in value if isinstance(value, list | tuple) else (value,):
                text = tables.as_text(one)
                if datatype == "xsd:gYear" and not _YEAR.fullmatch(text):
                    datatype = "xsd:integer"
                said.append((predicate, syntax.literal(text, datatype)))
    return said


def _evidence(
    kind: EdgeKind, row: Row, properties: Properties, iri: Callable[[str, str], str], syntax: Syntax
) -> list[tuple[str, str]]:
    """What the properties of an edge say of it."""
    said = []
    paper = row.get("paper") or (row["source"] if kind.source == "Paper" else None)
    if row.get("sentence") is not None and paper is not None:
        said.append(("rdf:type", syntax.name("prov:Entity")))
        said.append(("prov:wasQuotedFrom", iri("Paper", str(paper))))
    for name, value in tables.values(row, properties).items():
        if name == "sentence":
            said.append(("prov:value", syntax.literal(str(value), None)))
        elif name not in ("paper", "spans"):
            datatype = _DATATYPES.get(properties[name])
            for one in value if isinstance(value, list | tuple) else (value,):
                said.append((f"gb:{name}", syntax.literal(tables.as_text(one), datatype)))
    return said


def _vocabulary(syntax: Syntax) -> Iterator[str]:
    """How our own words stand to those that others know."""
    for edge in ROLE_EDGES.values():
        broader = syntax.name("schema:about" if edge == "STUDIES" else "schema:mentions")
        yield syntax.description(syntax.name(_predicate(edge)), [("rdfs:subPropertyOf", broader)])


def _authors(graph: PropertyGraph) -> dict[str, list[str]]:
    """The authors of each paper, in order."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in graph.edges.get(EdgeKind("WROTE", "Author", "Paper"), []):
        found[row["target"]].append((row.get("position") or 0, row["source"]))
    return {paper: [author for _, author in sorted(authors)] for paper, authors in found.items()}


def _predicate(edge: str) -> str:
    first, *others = edge.lower().split("_")
    return _PREDICATES.get(edge) or "gb:" + first + "".join(map(str.title, others))


def _addresses(graph: PropertyGraph, syntax: Syntax) -> Callable[[str, str], str]:
    """The address of a node: where a DOI or arXiv id leads, else a name of ours."""
    key = tables.Keys(graph)

    @cache
    def address(label: str, identity: str) -> str:
        if label == "Paper" and identity.startswith("doi:"):
            return syntax.iri("https://doi.org/" + _quoted(identity.removeprefix("doi:")))
        if label == "Paper" and identity.startswith("arxiv:"):
            return syntax.iri("https://arxiv.org/abs/" + _quoted(identity.removeprefix("arxiv:")))
        return syntax.iri("urn:graphbuilder:" + _quoted(key(label, identity)))

    return address


def _quoted(identity: str) -> str:
    return quote(identity, safe="/:.;()-_", errors="replace")
