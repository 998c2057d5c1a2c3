"""The citation network of AMiner (DBLP, ACM and others): https://www.aminer.org/citation.

Versions 10 and later are JSON: one object a line, or one array of several GB, in version 13 with numbers as
MongoDB prints them (``NumberInt(2007)``). Earlier ones are blocks of lines that start with ``#``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import fields, identifiers, json_objects
from graphbuilder.sources.inverted import text_of
from graphbuilder.sources.source import Source
from graphbuilder.sources.text import untagged
from graphbuilder.sources.work import UnusableError, work

_MARKS = {"#*": "title", "#@": "authors", "#t": "year", "#c": "venue", "#!": "abstract"}


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields are those of the network."""
    return bool(keys & {"indexed_abstract", "n_citation"}) and "title" in keys


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of one version's file."""
    if re.match(rb"\s*[\[{]", source.head.removeprefix(b"\xef\xbb\xbf")):
        return json_objects.papers(source, papers)
    return _blocks(source)


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The paper of one object."""
    venue, pages = row.get("venue"), row.get("url")
    if isinstance(venue, Mapping):
        venue = venue.get("raw") or venue.get("name") or venue.get("name_d")
    index = row.get("indexed_abstract")
    if isinstance(index, Mapping):
        index = index.get("InvertedIndex")
    cited = row.get("references")
    yield work(
        source,
        title=untagged(row.get("title")),
        abstract=untagged(row.get("abstract") or text_of(index)),
        year=row.get("year"),
        venue=untagged(venue),
        url=pages[0] if isinstance(pages, list) and pages else pages,
        doi=row.get("doi"),
        authors=fields.authors(row.get("authors")),
        references=filter(None, map(_aminer, cited)) if isinstance(cited, list) else (),
        other_ids=filter(None, [_aminer(row.get("id") or row.get("_id"))]),
    )


def _aminer(value: Any) -> str | None:
    return f"aminer:{value}" if identifiers.simple(value) else None


def _blocks(source: Source) -> Iterator[Paper | Skip]:
    """Blocks of lines with an empty line, or the next title, between them."""
    block: dict[str, Any] = {}
    start = 0
    for line in source.lines():
        text = line.text or ""
        if block and (not text.strip() or (text.startswith("#*") and "title" in block)):
            yield from _block(block, source, start)
            block = {}
        start = start if block else line.number
        if text.startswith("#index"):
            block["id"] = text[6:].strip()
        elif text.startswith("#%"):
            block.setdefault("references", []).append(text[2:].strip())
        elif name := _MARKS.get(text[:2]):
            block[name] = text[2:].strip()
    if block:
        yield from _block(block, source, start)


def _block(block: dict[str, Any], source: Source, line: int) -> Iterator[Paper | Skip]:
    authors = block.get("authors", "")
    try:
        names = [name.strip() for name in authors.split(";" if ";" in authors else ",")]
        yield from papers(block | {"authors": names}, source.name)
    except UnusableError as why:
        yield source.at(line, str(why))
