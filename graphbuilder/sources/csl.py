"""CSL-JSON, as reference managers export it, and the answers of Crossref, which look alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, fields, identifiers, json_objects
from graphbuilder.sources.source import Source
from graphbuilder.sources.text import untagged
from graphbuilder.sources.work import work

_DATES = ("issued", "published", "published-online", "published-print", "created")


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields are those of CSL-JSON."""
    return bool(keys & {"issued", "container-title", "message-type"}) or {"DOI", "type", "title"} <= keys


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of an export or an answer."""
    return json_objects.papers(source, papers)


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The paper of one item."""
    if isinstance(row.get("message"), Mapping):
        row = row["message"]
    date = next((found for name in _DATES if (found := _date(row.get(name)))), None)
    cited = row.get("reference")
    note = row.get("note")
    yield work(
        source,
        title=untagged(_first(row.get("title"))),
        abstract=untagged(row.get("abstract")),
        year=dates.year(date),
        date=date,
        venue=untagged(
            _first(row.get("container-title")) or row.get("event-title") or row.get("collection-title")
        ),
        url=row.get("URL"),
        doi=row.get("DOI"),
        arxiv_id=identifiers.arxiv(row.get("number")) or identifiers.arxiv(note),
        authors=_authors(row.get("author")),
        references=_cited(cited) if isinstance(cited, list) else (),
        other_ids=[f"pmid:{row['PMID']}"] if identifiers.simple(row.get("PMID")) else (),
    )


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _date(value: Any) -> str | None:
    """``YYYY`` or an ISO date, from ``date-parts`` (numbers or texts), ``raw`` or ``literal``."""
    if not isinstance(value, Mapping):
        return value if isinstance(value, str) else None
    parts = _first(value.get("date-parts"))
    if isinstance(parts, list) and parts:
        numbers = [int(p) for p in parts if str(p).isascii() and str(p).isdecimal() and len(str(p)) < 5]
        if len(numbers) == 3:
            return dates.day(*numbers[:3])
        return str(numbers[0]) if numbers else None
    text = value.get("raw") or value.get("literal")
    return text if isinstance(text, str) else None


def _authors(value: Any) -> Iterator[str]:
    for author in value if isinstance(value, list) else ():
        if isinstance(author, Mapping):
            literal = author.get("literal") or author.get("name")
            parts = [author.get(part) for part in ("given", "non-dropping-particle", "family", "suffix")]
            spoken = " ".join(part for part in parts if isinstance(part, str) and part)
            yield literal if isinstance(literal, str) else spoken
        else:
            yield fields.name(author)


def _cited(references: list[Any]) -> Iterator[str]:
    for reference in references:
        if isinstance(reference, Mapping) and (name := identifiers.known(reference.get("DOI"))):
            yield name
