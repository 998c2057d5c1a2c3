"""Semantic Scholar: answers of its Graph API, and its bulk files, where one work stands in several of them.

The bulk files ``papers``, ``abstracts`` and ``citations`` (https://api.semanticscholar.org/api-docs/datasets)
give partial records that :func:`graphbuilder.sources.merge` puts together by ``corpusid``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import fields, identifiers, json_objects
from graphbuilder.sources.citations import joined
from graphbuilder.sources.source import Source
from graphbuilder.sources.text import untagged
from graphbuilder.sources.work import UnusableError, work

#: Names of catalogues in ``externalIds``, in lower case, and how their ids begin here.
_CATALOGUES = {"dblp": "dblp", "mag": "mag", "acl": "acl", "pubmed": "pmid", "corpusid": "s2"}


def looks_like(keys: frozenset[str]) -> bool:
    """Whether names of fields are those of the API or of a bulk file."""
    return bool(
        keys
        & {"paperId", "corpusid", "citingcorpusid", "citingPaper", "citedPaper", "paperAbstract", "corpusId"}
    )


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of an API's answer; the records of a bulk file."""
    return joined(json_objects.papers(source, papers))


def papers(row: Mapping[str, Any], source: str) -> Iterator[Paper]:
    """The papers of one object: the work itself and, in an API's answer, the works that cite it."""
    for around in ("citingPaper", "citedPaper"):
        if isinstance(row.get(around), Mapping):
            row = row[around]
    if "citingcorpusid" in row or "citedcorpusid" in row:
        yield _citation(row, source)
        return
    paper = _paper(row, source)
    yield paper
    own = paper.other_ids[0] if paper.other_ids else paper.id
    citing = row.get("citations")
    for other in citing if isinstance(citing, list) else ():
        if isinstance(other, Mapping) and (name := _best_id(other)):
            yield work(source, title="", other_ids=[name], references=[own], partial=True)


def _paper(row: Mapping[str, Any], source: str) -> Paper:
    bulk = "corpusid" in row
    access = row.get("openaccessinfo")
    outside = row.get("externalIds") or row.get("externalids")
    if not outside and isinstance(access, Mapping):
        outside = access.get("externalids")
    outside = {str(k).lower(): v for k, v in outside.items() if v} if isinstance(outside, Mapping) else {}
    journal = row.get("journal")
    venue = row.get("venue") or (
        journal.get("name") if isinstance(journal, Mapping) else row.get("journalName")
    )
    cited = row.get("references") or row.get("outCitations")
    return work(
        source,
        title=untagged(row.get("title")),
        abstract=untagged(row.get("abstract") or row.get("paperAbstract")),
        year=row.get("year"),
        date=row.get("publicationDate") or row.get("publicationdate"),
        venue=venue,
        url=row.get("url") or row.get("s2Url"),
        doi=outside.get("doi") or row.get("doi"),
        arxiv_id=outside.get("arxiv"),
        authors=fields.authors(row.get("authors")),
        references=filter(None, map(_best_id, cited)) if isinstance(cited, list) else (),
        other_ids=_own_ids(row, outside),
        partial=bulk,
    )


def _own_ids(row: Mapping[str, Any], outside: Mapping[str, Any]) -> Iterator[str]:
    for name in ("paperId", "corpusid", "corpusId", *(("id",) if "paperAbstract" in row else ())):
        if identifiers.simple(row.get(name)):
            yield f"s2:{row[name]}"
    for catalogue, prefix in _CATALOGUES.items():
        if identifiers.simple(outside.get(catalogue)):
            yield f"{prefix}:{outside[catalogue]}"


def _best_id(row: Any) -> str | None:
    """The id of a work in a list of references that other sources are most likely to know too."""
    if isinstance(row, str):
        return f"s2:{row}" if identifiers.simple(row) else None
    if not isinstance(row, Mapping):
        return None
    outside = row.get("externalIds")
    if isinstance(outside, Mapping):
        if name := identifiers.known(outside.get("DOI")):
            return name
        if name := identifiers.arxiv(outside.get("ArXiv")):
            return f"arxiv:{name}"
    name = row.get("paperId") or row.get("corpusId")
    return f"s2:{name}" if identifiers.simple(name) else None


def _citation(row: Mapping[str, Any], source: str) -> Paper:
    citing, cited = row.get("citingcorpusid"), row.get("citedcorpusid")
    if not (identifiers.simple(citing) and identifiers.simple(cited)):
        raise UnusableError("a citation without the id of one of its works; it can be left out")
    return work(source, title="", other_ids=[f"s2:{citing}"], references=[f"s2:{cited}"], partial=True)
