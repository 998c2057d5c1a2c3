"""CSL-JSON (https://docs.citationstyles.org), for Zotero, pandoc and everything with citation styles."""

from __future__ import annotations

import json
from typing import Any, TextIO

from graphbuilder.export.references import Author, Reference, references
from graphbuilder.records import PropertyGraph


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write an item for every paper, ordered by key."""
    encode = json.JSONEncoder(ensure_ascii=False, indent=1).encode
    items = (encode(_item(reference)) for reference in references(graph))
    out.write("[")
    comma = "\n"
    for item in items:
        out.write(comma + item)
        comma = ",\n"
    out.write("\n]\n")


def _item(reference: Reference) -> dict[str, Any]:
    paper = reference.paper
    item = {
        "id": reference.key,
        "type": _type(reference),
        "title": paper.get("title"),
        "author": [_name(author) for author in reference.authors],
        "issued": {"date-parts": [list(reference.date)]} if reference.date else None,
        "container-title": paper.get("venue"),
        "DOI": paper.get("doi"),
        "URL": paper.get("url"),
        "number": f"arXiv:{paper['arxiv_id']}" if paper.get("arxiv_id") else None,
        "keyword": ", ".join(word.replace(",", " ") for word in reference.keywords),
        "abstract": paper.get("abstract"),
    }
    return {name: value for name, value in item.items() if value}


def _type(reference: Reference) -> str:
    if reference.paper.get("venue"):
        return "paper-conference" if reference.meeting else "article-journal"
    return "article"


def _name(author: Author) -> dict[str, str]:
    if author.given is None:
        return {"literal": author.family}
    return {"family": author.family, "given": author.given}
