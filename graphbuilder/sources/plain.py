"""JSON with one object a paper and fields under their usual names, among them the papers of conferences.

The lists of https://github.com/papercopilot/paperlists have neither year nor venue in their records: both
stand in the name of the file (``iclr2024.json``) and, for some, in a BibTeX entry inside the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import fields, json_objects
from graphbuilder.sources.source import Source

_FILE = re.compile(r"([a-z][a-z0-9]*?)_?((?:19|20)\d\d)", re.IGNORECASE)
_BIBTEX = re.compile(r"\b(year|doi|booktitle|journal)\s*=\s*[{\"]*([^\"}\n]+)", re.IGNORECASE)


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields include a title and an abstract."""
    return fields.has_paper(keys)


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of JSON objects with fields under their usual names."""
    return json_objects.papers(source, papers)


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The paper of one object."""
    if "year" not in row and "track" in row and "status" in row:
        row = _conference(source) | _entry(row.get("bibtex")) | dict(row)
    yield fields.paper(row, source)


def _conference(source: str) -> dict[str, Any]:
    found = _FILE.fullmatch(PurePath(source).name.split(".")[0])
    return {"venue": f"{found[1].upper()} {found[2]}", "year": int(found[2])} if found else {}


def _entry(bibtex: Any) -> dict[str, Any]:
    if not isinstance(bibtex, str):
        return {}
    found = {name.lower(): value for name, value in _BIBTEX.findall(bibtex[:10_000])}
    return {"venue" if name in ("booktitle", "journal") else name: value for name, value in found.items()}
