"""The answer of arXiv's API (Atom): https://info.arxiv.org/help/api/user-manual.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import xml_records
from graphbuilder.sources.latex import plain
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import UnusableError, work
from graphbuilder.sources.xml_records import text

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"

ROOTS = frozenset(("feed", "entry"))


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of a feed."""
    return xml_records.papers(source, {"entry": _paper})


def _paper(entry: Element, known: dict[str, Any]) -> Iterator[Paper]:
    page = text(entry, f"{_ATOM}id").strip()
    if "/api/errors" in page:
        raise UnusableError(f"an error that arXiv reports ({text(entry, f'{_ATOM}summary').strip()[:200]})")
    yield work(
        known["source"],
        title=plain(text(entry, f"{_ATOM}title")),
        abstract=plain(text(entry, f"{_ATOM}summary")),
        date=text(entry, f"{_ATOM}published"),
        venue=text(entry, f"{_ARXIV}journal_ref"),
        url=page,
        doi=text(entry, f"{_ARXIV}doi"),
        arxiv_id=page,
        authors=[text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author")],
    )
