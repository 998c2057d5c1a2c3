"""BibTeX and BibLaTeX, read by bibtexparser: https://bibtexparser.readthedocs.io."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from bibtexparser.library import Library
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, fields, identifiers
from graphbuilder.sources.latex import plain
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import UnusableError, work

_BATCH = 200  # entries that are parsed at a time
_LONGEST = 1 << 20  # characters of an entry
_BLOCK = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]")
_MONTHS = {name[:3]: name.capitalize() for name in dates.MONTHS}
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_NO_PAPERS = ("xdata", "set", "control")
_VENUES = (
    "journaltitle",
    "journal",
    "booktitle",
    "eventtitle",
    "series",
    "school",
    "institution",
    "publisher",
)

logging.getLogger("bibtexparser").setLevel(logging.ERROR)


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers among the entries; what stands between entries is a comment."""
    strings = dict(_MONTHS)
    for start, text in _batches(source):
        if isinstance(text, Skip):
            yield text
        else:
            yield from _papers(Splitter(text).split(), strings, source, start)


def _batches(source: Source) -> Iterator[tuple[int, str | Skip]]:
    """Texts of some entries each, with the line on which each text starts."""
    batch: list[str] = []
    start = entries = size = 0
    for line in source.lines():
        text = "" if line.text is None else line.text
        begins = _BLOCK.match(text) is not None
        if begins and entries >= _BATCH:
            yield start, "\n".join(batch)
            batch, entries = [], 0
        if begins:
            entries += 1
            size = 0
        size += len(text)
        if line.text is None or size > _LONGEST:
            yield line.number, source.at(line.number, "an entry of more than a million characters; remove it")
            text, size = "", 0
        if not batch:
            start = line.number
        batch.append(text)
    yield start, "\n".join(batch)


def _papers(library: Library, strings: dict[str, str], source: Source, start: int) -> Iterator[Paper | Skip]:
    for block in library.blocks:
        line = start + (block.start_line or 0)
        entry: Any = block
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            entry = block.ignore_error_block  # two works under one key are two works
        if isinstance(entry, String):
            strings[entry.key.lower()] = _value(entry.value, strings)
        elif isinstance(entry, ParsingFailedBlock):
            yield source.at(line, "no valid BibTeX entry; mend its braces, quotes or commas")
        elif isinstance(entry, Entry) and entry.entry_type.lower() not in _NO_PAPERS:
            try:
                yield _paper(entry, strings, source.name)
            except UnusableError as why:
                yield source.at(line, str(why))


def _paper(entry: Entry, strings: dict[str, str], source: str) -> Paper:
    values: dict[str, str] = {}
    for field in entry.fields:
        values.setdefault(field.key.lower(), _value(field.value, strings))
    date = values.get("date", "")
    names = values.get("author") or values.get("editor") or ""
    prints = identifiers.arxiv(values.get("eprint")) if _is_arxiv(values) else None
    return work(
        source,
        title=plain(": ".join(values[name] for name in ("title", "subtitle") if values.get(name))),
        abstract=plain(values.get("abstract", "")),
        year=dates.year(values.get("year")) or dates.year(date),
        date=date,
        venue=plain(next((values[name] for name in _VENUES if values.get(name)), "")),
        url=values.get("url", "").replace("\\", ""),
        doi=values.get("doi", "").replace("\\", ""),
        arxiv_id=prints or identifiers.arxiv(values.get("journal")) or identifiers.arxiv(values.get("note")),
        authors=[fields.name(plain(name)) for name in _AND.split(names) if name.strip() != "others"],
        other_ids=[f"pmid:{values['pmid']}"] if values.get("pmid", "").isdecimal() else (),
    )


def _is_arxiv(values: dict[str, str]) -> bool:
    kind = (values.get("archiveprefix") or values.get("eprinttype") or "arxiv").lower()
    return kind == "arxiv"


def _value(raw: Any, strings: dict[str, str]) -> str:
    """A field without braces or quotes; names of strings replaced; parts that ``#`` joins put together."""
    text = str(raw).strip()
    if "#" not in text:
        return _part(text, strings)
    parts, depth, quoted, start = [], 0, False, 0
    for place, sign in enumerate(text):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and not depth:
            quoted = not quoted
        elif sign == "#" and not depth and not quoted:
            parts.append(text[start:place])
            start = place + 1
    return "".join(_part(part.strip(), strings) for part in (*parts, text[start:]))


def _part(text: str, strings: dict[str, str]) -> str:
    if len(text) > 1 and text[0] + text[-1] in ("{}", '""'):
        return text[1:-1]
    return strings.get(text.lower(), text)
