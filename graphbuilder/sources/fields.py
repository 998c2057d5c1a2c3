"""Records with named fields (JSON objects, rows of tables) whose names are the usual ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from graphbuilder.records import Paper
from graphbuilder.sources import dates, identifiers
from graphbuilder.sources.work import work

#: Names of each field, the most telling first; compared without case and signs.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle", "name", "ti"),
    "abstract": ("abstract", "abstracttext", "abstractnote", "summary", "description", "ab"),
    "year": ("year", "publicationyear", "pubyear", "py", "yearpublished"),
    "date": ("date", "publicationdate", "publishedat", "published", "publishdate", "submitted", "created"),
    "venue": ("venue", "journal", "conference", "booktitle", "publicationtitle", "sourcetitle",
              "containertitle", "series", "publication", "so"),
    "url": ("url", "link", "pageurl", "paperurl", "href", "site", "openreview"),
    "doi": ("doi", "paperdoi", "di"),
    "arxiv_id": ("arxivid", "arxiv", "eprint"),
    "authors": ("authors", "author", "authornames", "authorfullnames", "creators", "au"),
    "references": ("references", "citedworks", "referencedworks", "cites"),
    "ids": ("otherids", "ids"),
    "id": ("id", "paperid", "key"),
}  # fmt: skip

_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_SIGNS = re.compile(r"[^a-z0-9]")
_FIELD = {name: (rank, field) for field, names in NAMES.items() for rank, name in enumerate(names)}


def has_paper(names: Iterable[Any]) -> bool:
    """Whether names of fields include a title and an abstract."""
    found = {_FIELD[key][1] for name in names if (key := _key(name)) in _FIELD}
    return {"title", "abstract"} <= found


def paper(row: Mapping[Any, Any], source: str) -> Paper:
    """A row as a paper; raises :class:`graphbuilder.sources.work.UnusableError`."""
    found: dict[str, tuple[int, Any]] = {}
    for name, value in row.items():
        rank, field = _FIELD.get(_key(name), (0, ""))
        if field and value not in (None, "", [], {}) and (field not in found or rank < found[field][0]):
            found[field] = (rank, value)
    get = {field: value for field, (_, value) in found.items()}
    other = [i for i in map(identifiers.known, _several(get.get("ids"))) if i]
    own = get.get("id")
    return work(
        source,
        title=get.get("title"),
        abstract=get.get("abstract"),
        year=get.get("year") or dates.year(get.get("date")),
        date=get.get("date"),
        venue=get.get("venue"),
        url=get.get("url"),
        doi=get.get("doi") or own,
        arxiv_id=get.get("arxiv_id") or own,
        authors=authors(get.get("authors")),
        references=[i for i in map(identifiers.known, _several(get.get("references"))) if i],
        other_ids=other,
    )


def authors(value: Any) -> list[str]:
    """Names of authors in a list of names or of objects, or in one text that parts them."""
    if isinstance(value, str):
        for mark in (";", " and ", "|", "\n"):
            if mark in value:
                return [name(part) for part in value.split(mark)]
        # "Ada Lovelace, Alan Turing" is two people, "Lovelace, Ada" is one
        parts = [part.strip() for part in value.split(",")]
        if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
            return [f"{initials} {family}" for family, initials in zip(parts[::2], parts[1::2], strict=True)]
        if len(parts) > 2 or all(" " in part for part in parts):
            return parts
        return [name(value)]
    return [name(item) for item in value] if isinstance(value, list | tuple) else []


def name(value: Any) -> str:
    """A person's name in the order in which it is spoken: "Lovelace, Ada" is "Ada Lovelace"."""
    if isinstance(value, Mapping):
        given, family = value.get("given"), value.get("family")
        value = value.get("name") or " ".join(part for part in (given, family) if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    family, comma, given = value.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma and "," not in given else value.strip()


def _several(value: Any) -> list[Any]:
    if isinstance(value, str):
        return re.split(r"[;\s|]+", value)
    return list(value) if isinstance(value, list | tuple) else []


def _key(name: Any) -> str:
    return _SIGNS.sub("", name.lower()) if isinstance(name, str) else ""
