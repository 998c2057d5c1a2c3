"""Rows of a citation index, as partial records of the works that cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graphbuilder.records import Paper, Skip

_MOST = 10_000  # references in one record


def joined(records: Iterable[Paper | Skip]) -> Iterator[Paper | Skip]:
    """The records, where those in a row that only add references to one work become one record."""
    held: Paper | None = None
    references: list[str] = []
    for record in records:
        bare = isinstance(record, Paper) and not record.title and not record.abstract
        if bare and held and record.id == held.id and len(references) < _MOST:  # type: ignore[union-attr]
            references += record.references  # type: ignore[union-attr]
            continue
        if held:
            yield _with(held, references)
            held = None
        if bare:
            held, references = record, list(record.references)  # type: ignore[assignment, union-attr]
        else:
            yield record
    if held:
        yield _with(held, references)


def _with(paper: Paper, references: list[str]) -> Paper:
    return replace(paper, references=tuple(dict.fromkeys(references)))
