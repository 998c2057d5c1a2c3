"""Which format a source has, from its first bytes."""

from __future__ import annotations

import csv

from graphbuilder.sources import fields, listing, table
from graphbuilder.sources.source import Source, UnreadableError


def detect(source: Source) -> str:
    """The name of a source's format; raises :class:`UnreadableError` for none that is known."""
    head = source.head
    if not head.strip():
        raise UnreadableError("the file is empty")
    if b"\0" in head[:4096] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("a binary file of no known format; export it as BibTeX, RIS, CSV or JSON")
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = head.decode(encoding, "replace").lstrip()
    if text.startswith(("{", "[")):
        return "json"
    first = text.split("\n", 1)[0]
    if fields.has_paper(next(csv.reader([first], delimiter=table.separator(first)), [])):
        return "csv"
    if listing.looks_like(text):
        return "listing"
    raise UnreadableError(
        "no known format, and no titles with abstracts; see the formats in the documentation"
    )
