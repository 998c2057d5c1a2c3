"""The XML of the ACL Anthology: https://github.com/acl-org/acl-anthology/tree/master/data/xml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, xml_records
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import work
from graphbuilder.sources.xml_records import text

ROOTS = frozenset(("collection", "volume"))

_ID = re.compile(r"[A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+")


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of a collection; the front matter of a volume is none."""
    return xml_records.papers(source, {"meta": _volume, "paper": _paper})


def _volume(meta: Element, known: dict[str, Any]) -> Iterator[Paper]:
    """Note what the papers of a volume share."""
    known["venue"] = text(meta, "booktitle")
    known["year"] = dates.year(text(meta, "year"))
    return iter(())


def _paper(paper: Element, known: dict[str, Any]) -> Iterator[Paper]:
    page = text(paper, "url").strip()
    name = page.rstrip("/").rpartition("/")[2].removesuffix(".pdf")
    if not _ID.fullmatch(name):
        name = ""
    elif "/" not in page:
        page = f"https://aclanthology.org/{name}"
    yield work(
        known["source"],
        title=text(paper, "title"),
        abstract=text(paper, "abstract"),
        year=known.get("year") or dates.year(text(paper, "year")),
        venue=known.get("venue"),
        url=page,
        doi=text(paper, "doi"),
        authors=[f"{text(author, 'first')} {text(author, 'last')}" for author in paper.findall("author")],
        other_ids=[f"acl:{name}"] if name else (),
    )
