"""The metadata snapshot of arXiv (JSON Lines): https://www.kaggle.com/datasets/Cornell-University/arxiv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.utils import parsedate
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, json_objects
from graphbuilder.sources.latex import plain
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import work


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields are those of the snapshot."""
    return {"id", "categories", "abstract"} <= keys and bool(
        keys & {"authors_parsed", "versions", "update_date"}
    )


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of the snapshot."""
    return json_objects.papers(source, papers)


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The paper of one record; its date is that of the first version."""
    name = row.get("id")
    date = _first_version(row.get("versions")) or dates.iso(row.get("update_date"))
    yield work(
        source,
        title=plain(row.get("title")),
        abstract=plain(row.get("abstract")),
        date=date,
        venue=plain(row.get("journal-ref")) or None,
        url=f"https://arxiv.org/abs/{name}" if isinstance(name, str) and name else None,
        doi=row.get("doi"),
        arxiv_id=name,
        authors=_authors(row),
    )


def _first_version(versions: Any) -> str | None:
    """The day of a version's RFC 2822 date."""
    if not isinstance(versions, list) or not versions or not isinstance(versions[0], Mapping):
        return None
    created = versions[0].get("created")
    parsed = parsedate(created[:100]) if isinstance(created, str) else None
    return dates.day(*parsed[:3]) if parsed else None


def _authors(row: Mapping[str, Any]) -> list[str]:
    """Names from ``authors_parsed``: family name, given names, suffix."""
    parsed = row.get("authors_parsed")
    if not isinstance(parsed, list):
        listed = row.get("authors")
        return plain(listed).replace(" and ", ", ").split(", ") if isinstance(listed, str) else []
    names = []
    for parts in parsed:
        if isinstance(parts, list) and parts:
            family, given, suffix, *_ = [
                *(part if isinstance(part, str) else "" for part in parts),
                "",
                "",
                "",
            ]
            names.append(plain(f"{given} {family} {suffix}"))
    return names
