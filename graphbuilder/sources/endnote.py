"""EndNote's XML export, which Zotero, Mendeley and others write too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, fields, xml_records
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import work
from graphbuilder.sources.xml_records import text

ROOTS = frozenset(("xml", "records"))


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of an export; their text stands in ``style`` elements."""
    return xml_records.papers(source, {"record": _paper})


def _paper(record: Element, known: dict[str, Any]) -> Iterator[Paper]:
    venue = text(record, "titles/secondary-title") or text(record, "periodical/full-title")
    yield work(
        known["source"],
        title=text(record, "titles/title"),
        abstract=text(record, "abstract"),
        year=dates.year(text(record, "dates/year")),
        date=text(record, "dates/pub-dates/date"),
        venue=venue,
        url=text(record, "urls/related-urls/url") or text(record, "urls/web-urls/url"),
        doi=text(record, "electronic-resource-num"),
        authors=[fields.name(text(author)) for author in record.findall("contributors/authors/author")],
    )
