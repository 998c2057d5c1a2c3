"""RIS, read by rispy: https://github.com/MrTango/rispy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import rispy

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, fields, identifiers
from graphbuilder.sources.source import Source
from graphbuilder.sources.text import untagged
from graphbuilder.sources.work import UnusableError, work


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers between ``TY`` and ``ER``."""
    record: list[str] = []
    start = 0
    for line in source.lines():
        if line.text is None:
            yield source.at(line.number, "a line too long for RIS; remove it")
            continue
        text = line.text.strip("\ufeff")
        begins, ends = re.match(r"TY\s+-", text), re.match(r"ER\s+-", text)
        if begins and record:
            yield from _record(record, source, start)  # the end before it is missing
            record = []
        if begins:
            start = line.number
        if begins or record:
            record.append(text)
        if ends and record:
            yield from _record(record, source, start)
            record = []
    if record:
        yield from _record(record, source, start)


def _record(lines: list[str], source: Source, start: int) -> Iterator[Paper | Skip]:
    lines = [re.sub(r"^([A-Z][A-Z0-9])\s+-\s*", r"\1  - ", line) for line in lines]
    if not lines[-1].startswith("ER"):
        lines.append("ER  - ")
    try:
        for entry in rispy.loads("\n".join(lines), skip_unknown_tags=True):
            yield _paper(entry, source.name)
    except UnusableError as why:
        yield source.at(start, str(why))
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        yield source.at(start, f"no valid RIS ({error}); mend the record")


def _paper(entry: Mapping[str, Any], source: str) -> Paper:
    pages = entry.get("urls")
    authors: Any = next((entry[name] for name in ("authors", "first_authors") if entry.get(name)), [])
    date = entry.get("date") or entry.get("publication_year") or entry.get("year")
    notes = entry.get("notes")
    return work(
        source,
        title=untagged(entry.get("title") or entry.get("primary_title") or entry.get("translated_title")),
        abstract=untagged(entry.get("abstract") or entry.get("notes_abstract")),
        year=dates.year(entry.get("year") or entry.get("publication_year")) or dates.year(date),
        date=date,
        venue=next((entry[name] for name in _VENUES if entry.get(name)), None),
        url=pages[0] if isinstance(pages, list) and pages else None,
        doi=entry.get("doi"),
        arxiv_id=next(filter(None, map(identifiers.arxiv, notes if isinstance(notes, list) else ())), None),
        authors=map(fields.name, authors if isinstance(authors, list) else [authors]),
    )


_VENUES = ("journal_name", "secondary_title", "alternate_title1", "alternate_title2", "alternate_title3")
