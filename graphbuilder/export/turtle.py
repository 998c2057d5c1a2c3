"""RDF in Turtle (https://www.w3.org/TR/turtle/); what the triples mean says :mod:`rdf`."""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import TextIO

from graphbuilder.export.rdf import PREFIXES, descriptions
from graphbuilder.records import PropertyGraph


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write thing by thing; memory does not grow with the graph."""
    out.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    out.writelines(descriptions(graph, _Turtle()))


class _Turtle:
    """Terms as Turtle writes them."""

    def iri(self, address: str) -> str:
        return f"<{address}>"

    def name(self, name: str) -> str:
        return name

    def blank(self, label: str) -> str:
        return f"_:{label}"

    def literal(self, text: str, datatype: str | None) -> str:
        # Turtle knows the escapes that JSON uses
        written: str = encode_basestring(text)
        return f"{written}^^{datatype}" if datatype else written

    def ordered(self, terms: list[str]) -> str:
        return f"( {' '.join(terms)} )"

    def description(self, subject: str, said: list[tuple[str, str]]) -> str:
        pairs = [f"{'a' if predicate == 'rdf:type' else predicate} {term}" for predicate, term in said]
        return subject + " " + " ;\n    ".join(pairs) + " .\n"
