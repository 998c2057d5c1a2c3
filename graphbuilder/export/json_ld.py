"""RDF in JSON-LD (https://www.w3.org/TR/json-ld11/); what it means says :mod:`rdf`."""

from __future__ import annotations

import json
from typing import Any, TextIO

from graphbuilder.export.rdf import PREFIXES, Blank, Iri, Literal, Name, Ordered, Term, descriptions
from graphbuilder.records import PropertyGraph

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write one thing a line into one ``@graph``; memory does not grow with it."""
    out.write(f'{{"@context":{_encode(PREFIXES)},"@graph":[')
    comma = "\n"
    for subject, said in descriptions(graph):
        thing: dict[str, Any] = {"@id": _identity(subject)}
        for predicate, term in said:
            if predicate == "rdf:type":
                thing.setdefault("@type", []).append(_identity(term))
            else:
                thing.setdefault(predicate, []).append(_value(term))
        out.write(comma + _encode(thing))
        comma = ",\n"
    out.write("\n]}\n")


def _value(term: Term) -> Any:
    match term:
        case Literal(text, None):
            return text
        case Literal(text, datatype):
            return {"@type": datatype, "@value": text}
        case Ordered(items):
            return {"@list": [{"@id": _identity(item)} for item in items]}
    return {"@id": _identity(term)}


def _identity(term: Term) -> str:
    match term:
        case Iri(name) | Name(name):
            return name
        case Blank(label):
            return f"_:{label}"
    raise TypeError(f"{term!r} has no address")
