"""Notes of OpenReview, from either version of its API: https://docs.openreview.net."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, fields, identifiers, json_objects
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import work


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields are those of a note."""
    return {"content", "forum"} <= keys or {"content", "invitations"} <= keys


def read(source: Source) -> Iterator[Paper | Skip]:
    """The submissions among the notes; reviews, comments and decisions are no papers."""
    return json_objects.papers(source, papers)


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The paper of one note."""
    content = row.get("content")
    content = content if isinstance(content, Mapping) else {}
    reply = row.get("replyto") or (row.get("forum") and row.get("id") and row["forum"] != row["id"])
    if reply and not _value(content, "abstract"):
        return
    name = row.get("forum") or row.get("id")
    name = name if identifiers.simple(name) else None
    date = _day(row.get("pdate") or row.get("odate") or row.get("cdate") or row.get("tcdate"))
    venue = _value(content, "venue") or _value(content, "venueid")
    yield work(
        source,
        title=_value(content, "title"),
        abstract=_value(content, "abstract"),
        year=dates.year(venue) or dates.year(date),
        date=date,
        venue=venue,
        url=f"https://openreview.net/forum?id={name}" if name else None,
        authors=fields.authors(_value(content, "authors")),
        other_ids=[f"openreview:{name}"] if name else (),
    )


def _value(content: Mapping[str, Any], name: str) -> Any:
    """A field that the second version of the API wraps in ``{"value": ...}``."""
    field = content.get(name)
    return field.get("value") if isinstance(field, Mapping) else field


def _day(milliseconds: Any) -> str | None:
    if not isinstance(milliseconds, int | float) or not 0 < milliseconds < 4e12:
        return None
    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC).date().isoformat()
