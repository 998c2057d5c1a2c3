"""RDF in Turtle (https://www.w3.org/TR/turtle/); what the triples mean says :mod:`rdf`."""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import TextIO

from graphbuilder.export.rdf import PREFIXES, Blank, Iri, Literal, Name, Ordered, Term, descriptions
from graphbuilder.records import PropertyGraph

_SHORT = {"rdf:type": "a"}


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write thing by thing; memory does not grow with the graph."""
    for prefix, namespace in PREFIXES.items():
        out.write(f"@prefix {prefix}: <{namespace}> .\n")
    for subject, said in descriptions(graph):
        lines = " ;\n    ".join(
            f"{_SHORT.get(predicate, predicate)} {_term(term)}" for predicate, term in said
        )
        out.write(f"{_term(subject)} {lines} .\n")


def _term(term: Term) -> str:
    match term:
        case Iri(iri):
            return f"<{iri}>"
        case Name(name):
            return name
        case Blank(label):
            return f"_:{label}"
        case Literal(text, datatype):
            # Turtle knows the escapes that JSON uses
            written: str = encode_basestring(text)
            return f"{written}^^{datatype}" if datatype else written
        case Ordered(items):
            return "( " + " ".join(map(_term, items)) + " )"
