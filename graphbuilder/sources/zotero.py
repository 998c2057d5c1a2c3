"""Zotero's own JSON: answers of its web API and the exports of Better BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, identifiers, json_objects
from graphbuilder.sources.source import Source
from graphbuilder.sources.text import untagged
from graphbuilder.sources.work import work

_NO_PAPERS = ("attachment", "note", "annotation")
_VENUES = ("publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "repository", "university")
_PMID = re.compile(r"PMID:\s*(\d+)")


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields are those of Zotero's items."""
    return bool(keys & {"itemType", "abstractNote", "creators"})


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers among the items; attachments and notes are no papers."""
    return json_objects.papers(source, papers)


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The paper of one item."""
    if isinstance(row.get("data"), Mapping):
        row = row["data"]
    if row.get("itemType") in _NO_PAPERS:
        return
    extra = row.get("extra")
    extra = extra if isinstance(extra, str) else ""
    pmid = _PMID.search(extra)
    yield work(
        source,
        title=untagged(row.get("title")),
        abstract=untagged(row.get("abstractNote")),
        year=dates.year(row.get("date")),
        date=row.get("date"),
        venue=next((row[name] for name in _VENUES if row.get(name)), None),
        url=row.get("url"),
        doi=row.get("DOI") or extra,
        arxiv_id=identifiers.arxiv(row.get("archiveID")) or identifiers.arxiv(extra),
        authors=_authors(row.get("creators")),
        other_ids=[f"pmid:{pmid[1]}"] if pmid else (),
    )


def _authors(value: Any) -> Iterator[str]:
    for creator in value if isinstance(value, list) else ():
        if isinstance(creator, Mapping) and creator.get("creatorType", "author") == "author":
            parts = (creator.get("firstName"), creator.get("lastName"), creator.get("name"))
            yield " ".join(part for part in parts if isinstance(part, str) and part)
