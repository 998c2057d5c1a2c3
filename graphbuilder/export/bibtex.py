"""BibTeX, as BibTeX 0.99, Biber, Zotero and JabRef read it: UTF-8, what TeX would act on escaped."""

from __future__ import annotations

import re
from typing import TextIO
from urllib.parse import quote

from graphbuilder.export.references import Author, Reference, references
from graphbuilder.records import PropertyGraph

# braces by name: BibTeX counts them even behind a backslash
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {character: f"\\{character}" for character in "$&%#_"}
_TABLE = str.maketrans(_ESCAPES)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write an entry for every paper, ordered by key."""
    for reference in references(graph):
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(reference).items() if value)
        out.write(f"@{_type(reference)}{{{reference.key},\n{fields}\n}}\n\n")


def _type(reference: Reference) -> str:
    if reference.paper.get("venue"):
        return "inproceedings" if reference.meeting else "article"
    return "misc"


def _fields(reference: Reference) -> dict[str, str]:
    paper, date = reference.paper, reference.date
    arxiv = paper.get("arxiv_id")
    return {
        # a second pair of braces keeps the capitals
        "title": f"{{{_text(paper.get('title'))}}}",
        "author": " and ".join(map(_name, reference.authors)),
        "year": str(date[0]) if date else "",
        "date": "-".join(f"{part:02}" for part in date) if len(date) > 1 else "",
        "booktitle" if reference.meeting else "journal": _text(paper.get("venue")),
        "doi": _verbatim(paper.get("doi")),
        "eprint": _verbatim(arxiv),
        "archiveprefix": "arXiv" if arxiv else "",
        "url": _verbatim(paper.get("url")),
        "keywords": ", ".join(_text(word).replace(",", " ") for word in reference.keywords),
        "abstract": _text(paper.get("abstract")),
    }


def _name(author: Author) -> str:
    if author.given is None:
        return f"{{{_text(author.family)}}}"
    # "and" parts the names, so a name that holds it stands in braces
    family, given = (
        f"{{{part}}}" if re.search(r"\band\b|,", part, re.IGNORECASE) else part
        for part in (_text(author.family), _text(author.given))
    )
    return f"{family}, {given}"


def _text(text: str | None) -> str:
    return _CONTROL.sub(" ", text or "").strip().translate(_TABLE)


def _verbatim(address: str | None) -> str:
    """An address, in which nothing is escaped but what would end the field."""
    return quote(address or "", safe="/:?#[]@!$&'()*+,;=%~_-.", errors="replace")
