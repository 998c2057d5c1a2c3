"""Tables as text: CSV, TSV, and the same with semicolons."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import fields
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import UnusableError

#: Characters of a cell; a quote that is never closed takes no more than that.
_LONGEST = 1 << 20
csv.field_size_limit(_LONGEST)


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of rows under a head that names the columns."""
    for place, row in rows(source):
        if isinstance(row, Skip):
            yield row
            continue
        try:
            yield fields.paper(row, source.name)
        except UnusableError as why:
            yield source.at(place, str(why))


def rows(source: Source) -> Iterator[tuple[int, dict[str, str] | Skip]]:
    """Rows by the names in the head, each with the line on which it starts."""
    number = 0
    long: list[int] = []

    def lines() -> Iterator[str]:
        nonlocal number
        for line in source.lines():
            number = line.number
            if line.text is None:
                long.append(number)
            else:
                yield line.text.replace("\0", "") + "\n"

    texts = lines()
    head = next(filter(str.strip, texts), "")
    names = columns(head)
    table = csv.reader(texts, delimiter=_separator(head))
    while True:
        start = number + 1
        try:
            values = next(table, None)
        except csv.Error as error:
            yield start, source.at(start, f"no valid row ({error}); mend its quotes")
            continue
        for place in long:
            yield place, source.at(place, "a line too long for a table; remove it")
        long.clear()
        if values is None:
            return
        if values:
            yield start, dict(zip(names, values, strict=False))


def columns(head: str) -> list[str]:
    """The names of the columns in the first line of a table."""
    try:
        return next(csv.reader([head], delimiter=_separator(head)), [])
    except csv.Error:
        return []


def _separator(head: str) -> str:
    return max(",\t;|", key=head.count)
