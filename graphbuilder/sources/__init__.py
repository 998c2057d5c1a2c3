"""Sources: what a person has on disk, as :class:`~graphbuilder.records.Paper` records.

One module a format. :func:`read` finds the format by looking at the content and gives one record for
each that a file holds; :func:`merge` makes one paper of all records of one work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import Paper, Skip
from graphbuilder.sources.formats import detect
from graphbuilder.sources.merge import merge
from graphbuilder.sources.source import DAMAGED, Source, UnreadableError, walk

__all__ = ["FORMATS", "merge", "read"]

#: Formats by name, each with the module that reads it.
FORMATS: dict[str, str] = {
    "acl": "acl",
    "aminer": "aminer",
    "arxiv": "arxiv",
    "atom": "atom",
    "bibtex": "bibtex",
    "csl": "csl",
    "csv": "table",
    "endnote": "endnote",
    "json": "plain",
    "listing": "listing",
    "openalex": "openalex",
    "opencitations": "opencitations",
    "openreview": "openreview",
    "parquet": "parquet",
    "pubmed": "pubmed",
    "ris": "ris",
    "semantic-scholar": "semantic_scholar",
    "zotero": "zotero",
}


def _ignore(skip: Skip) -> None:
    pass


def read(
    paths: Sequence[str | Path],
    format: str | None = None,
    on_skip: Callable[[Skip], None] = _ignore,
) -> Iterator[Paper]:
    """Records of all papers in files, folders and archives, one at a time.

    Sources that know only a part of a work (a citation index, abstracts in a file of their own) give partial
    records: a :class:`Paper` with an id and ``other_ids``, perhaps ``references``, and no title or no
    abstract. :func:`merge` adds them to the works that have those ids, and drops those that find none.

    Parameters
    ----------
    paths
        Files, folders (walked), archives (opened); ``-`` is standard input.
    format
        A name of :data:`FORMATS` for all of them; found by content where None.
    on_skip
        Called with each record, or file, that could not be used.

    Raises
    ------
    GraphbuilderError
        For a path that does not exist, a folder without files, and a format that is not known.
    """
    if format is not None and format not in FORMATS:
        raise GraphbuilderError(f"no format {format!r}; it is one of {', '.join(FORMATS)}")
    for source in walk(paths, on_skip):
        yield from _read(source, format, on_skip)


def _read(source: Source, name: str | None, on_skip: Callable[[Skip], None]) -> Iterator[Paper]:
    empty = True
    try:
        reader = import_module(f"{__name__}.{FORMATS[name] if name else detect(source)}")
        for record in reader.read(source):
            empty = False
            if isinstance(record, Skip):
                on_skip(record)
            else:
                yield record
        if empty:
            on_skip(source.at(1, "nothing in it that could be a paper"))
    except UnreadableError as why:
        on_skip(source.at(1, str(why)))
    except DAMAGED as error:
        on_skip(source.at("end", f"damaged ({error}); what stood before it was read"))
