"""Works of OpenAlex, from its snapshot or its API: https://docs.openalex.org/api-entities/works/work-object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import json_objects
from graphbuilder.sources.inverted import text_of
from graphbuilder.sources.source import Source
from graphbuilder.sources.text import untagged
from graphbuilder.sources.work import work


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields are those of a work."""
    return bool(keys & {"abstract_inverted_index", "referenced_works", "authorships"})


def read(source: Source) -> Iterator[Paper | Skip]:
    """The works of a snapshot file or of an API's answer."""
    return json_objects.papers(source, papers)


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The paper of one work."""
    ids = _object(row.get("ids"))
    own = [_openalex(row.get("id")), _pmid(ids.get("pmid"))]
    if ids.get("mag"):
        own.append(f"mag:{ids['mag']}")
    location = _object(row.get("primary_location") or row.get("host_venue"))
    venue = _object(location.get("source")) or location
    references = row.get("referenced_works")
    yield work(
        source,
        title=untagged(row.get("title") or row.get("display_name")),
        abstract=untagged(text_of(row.get("abstract_inverted_index")) or row.get("abstract")),
        year=row.get("publication_year"),
        date=row.get("publication_date"),
        venue=venue.get("display_name") or location.get("raw_source_name"),
        url=location.get("landing_page_url") or row.get("doi") or row.get("id"),
        doi=row.get("doi") or ids.get("doi"),
        authors=_authors(row.get("authorships")),
        references=filter(None, map(_openalex, references)) if isinstance(references, list) else (),
        other_ids=filter(None, own),
    )


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _openalex(value: Any) -> str | None:
    """``openalex:W1`` for ``https://openalex.org/W1`` and ``W1``."""
    name = value.rstrip("/").rpartition("/")[2].upper() if isinstance(value, str) else ""
    return f"openalex:{name}" if name[:1] == "W" and name[1:].isdecimal() else None


def _pmid(value: Any) -> str | None:
    number = str(value).rstrip("/").rpartition("/")[2] if isinstance(value, str | int) else ""
    return f"pmid:{number}" if number.isdecimal() else None


def _authors(value: Any) -> Iterator[Any]:
    for authorship in value if isinstance(value, list) else ():
        if isinstance(authorship, Mapping):
            author = authorship.get("author")
            name = author.get("display_name") if isinstance(author, Mapping) else None
            yield name or authorship.get("raw_author_name")
