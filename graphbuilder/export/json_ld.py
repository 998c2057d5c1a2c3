"""RDF in JSON-LD (https://www.w3.org/TR/json-ld11/); what it means says :mod:`rdf`."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TextIO

from graphbuilder.export.rdf import PREFIXES, descriptions
from graphbuilder.records import PropertyGraph


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write one thing a line into one ``@graph``; memory does not grow with it."""
    out.write(f'{{"@context":{json.dumps(PREFIXES)},"@graph":[')
    comma = "\n"
    for thing in descriptions(graph, _JsonLd()):
        out.write(comma + thing)
        comma = ",\n"
    out.write("\n]}\n")


class _JsonLd:
    """Terms as JSON-LD writes them, expanded, so that no reader has to guess a type."""

    def iri(self, address: str) -> str:
        return f'{{"@id":{encode_basestring(address)}}}'

    def name(self, name: str) -> str:
        return self.iri(name)

    def blank(self, label: str) -> str:
        return self.iri(f"_:{label}")

    def literal(self, text: str, datatype: str | None) -> str:
        written: str = encode_basestring(text)
        return f'{{"@type":"{datatype}","@value":{written}}}' if datatype else written

    def ordered(self, terms: list[str]) -> str:
        return f'{{"@list":[{",".join(terms)}]}}'

    def description(self, subject: str, said: list[tuple[str, str]]) -> str:
        by_predicate: dict[str, list[str]] = {}
        for predicate, term in said:
            if predicate == "rdf:type":
                by_predicate.setdefault("@type", []).append(term[len('{"@id":') : -1])
            else:
                by_predicate.setdefault(predicate, []).append(term)
        members = "".join(f',"{name}":[{",".join(terms)}]' for name, terms in by_predicate.items())
        return f"{subject[:-1]}{members}}}"
