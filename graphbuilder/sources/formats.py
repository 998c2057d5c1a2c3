"""Which format a source has, from its first bytes."""

from __future__ import annotations

import re
from importlib import import_module
from types import ModuleType

from graphbuilder.sources import fields, json_objects, listing, opencitations, table, xml_records
from graphbuilder.sources.source import Source, UnreadableError

#: Formats that are objects with named fields, the more particular ones first.
OF_OBJECTS = ("openalex", "openreview", "semantic_scholar", "arxiv", "aminer", "zotero", "csl", "plain")
OF_XML = ("atom", "acl", "pubmed", "endnote")

_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(][ \t]*[^\s,{}()]*[ \t]*(?:,|=|$)", re.MULTILINE)
_RIS = re.compile(r"^TY\s{1,2}-\s", re.MULTILINE)
_AMINER = re.compile(r"(?:\d+\s+)?#(?:\*|index)")  # the first line may count the papers
_KEY = re.compile(r'"([A-Za-z_][\w-]*)"\s*:')
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def detect(source: Source) -> str:
    """The module that reads a source; raises :class:`UnreadableError` if there is none for it."""
    head = source.head
    if not head.strip():
        raise UnreadableError("the file is empty")
    if head.startswith(b"PAR1"):
        return "parquet"
    if b"\0" in head[:4096] and not head.startswith(_UTF16):
        raise UnreadableError("a binary file of no known format; export it as BibTeX, RIS, CSV or JSON")
    text = head.decode("utf-16" if head.startswith(_UTF16) else "utf-8-sig", "replace").lstrip()
    found = (
        _of_xml(text)
        or _of_json(text)
        or ("bibtex" if _BIBTEX.search(text) else None)
        or ("ris" if _RIS.search(text) else None)
        or ("aminer" if _AMINER.match(text) else None)
        or _of_table(text)
        or ("listing" if listing.looks_like(text) else None)
    )
    if not found:
        raise UnreadableError(
            "no known format, and no titles with abstracts; see the formats in the documentation"
        )
    return found


def of_keys(keys: frozenset[str]) -> ModuleType:
    """The module whose format has objects with these fields; raises :class:`UnreadableError` for none."""
    for name in OF_OBJECTS:
        module = import_module(f"graphbuilder.sources.{name}")
        if module.looks_like(keys):
            return module
    raise UnreadableError("no fields for a title and an abstract; name them title and abstract")


def _of_xml(text: str) -> str | None:
    if not text.startswith("<"):
        return None
    root = xml_records.root_tag(text)
    for name in OF_XML:
        if root in import_module(f"graphbuilder.sources.{name}").ROOTS:
            return name
    raise UnreadableError(f"XML with the root element {root or 'none'!r}, which is of no known format")


def _of_json(text: str) -> str | None:
    if not text.startswith(("[", "{")):
        return None
    keys: set[str] = set()
    for row in json_objects.first(text):
        keys |= row.keys()
        if isinstance(row.get("data"), dict):  # an item of Zotero's web API
            keys |= row["data"].keys()
    if not keys:  # not even one object ends in the first bytes
        keys = set(_KEY.findall(text))
    return of_keys(frozenset(keys)).__name__.rpartition(".")[2] if keys else None


def _of_table(text: str) -> str | None:
    columns = table.columns(re.split(r"[\r\n]", text, maxsplit=1)[0])
    if opencitations.looks_like(columns):
        return "opencitations"
    return "table" if fields.has_paper(columns) else None
