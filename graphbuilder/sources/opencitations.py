"""The citations of OpenCitations (CSV): https://opencitations.net/index.

Older files name a work by its DOI (``10.1/x``, also ``coci => 10.1/x``), newer ones by one or several ids in
one field (``omid:br/061 doi:10.1/x pmid:1``). A row tells that one work cites another and nothing more, so
each work that cites becomes a partial record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import identifiers, table
from graphbuilder.sources.citations import joined
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import UnusableError, work

_INDEX = re.compile(r"\[?\w+\]?\s*=>\s*")
_RANK = {"doi": 0, "arxiv": 1, "pmid": 2, "omid": 3}


def looks_like(columns: Iterable[str]) -> bool:
    """Whether the head of a table has the two columns that matter."""
    return {"citing", "cited"} <= {column.strip().lower() for column in columns}


def read(source: Source) -> Iterator[Paper | Skip]:
    """The works that cite, with the ids of what they cite."""
    return joined(_rows(source))


def _rows(source: Source) -> Iterator[Paper | Skip]:
    for place, row in table.rows(source):
        if isinstance(row, Skip):
            yield row
            continue
        columns = {name.strip().lower(): value for name, value in row.items()}
        citing, cited = ids(columns.get("citing", "")), ids(columns.get("cited", ""))
        if not citing or not cited:
            yield source.at(place, "a citation without the id of one of its works; it can be left out")
            continue
        try:
            yield work(source.name, title="", other_ids=citing, references=cited[:1], partial=True)
        except UnusableError as why:
            yield source.at(place, str(why))


def ids(value: str) -> list[str]:
    """All ids of one work in a field, those first that other sources know."""
    found = []
    for part in _INDEX.sub("", value).replace(";", " ").split():
        name = identifiers.known(part)
        if name is None and part.startswith("br/"):
            name = f"omid:{part}"
        if name:
            found.append(name)
    return sorted(dict.fromkeys(found), key=lambda i: _RANK.get(i.split(":")[0], 9))
