"""Tables as text: CSV, TSV, and the same with semicolons."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import fields
from graphbuilder.sources.source import LONGEST_LINE, Source
from graphbuilder.sources.work import UnusableError

csv.field_size_limit(LONGEST_LINE)


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
    """Rows with the line on which each ends."""
    lines = (line.text.replace("\0", "") + "\n" for line in source.lines() if line.text is not None)
    head = next(lines, "")
    mark = separator(head)
    table = csv.reader(lines, delimiter=mark)
    names = next(csv.reader([head], delimiter=mark), [])
    while True:
        try:
            values = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            yield (
                table.line_num + 1,
                source.at(table.line_num + 1, f"no valid row ({error}); mend the quotes"),
            )
            continue
        if values:
            yield table.line_num + 1, dict(zip(names, values, strict=False))


def separator(head: str) -> str:
    """What parts the columns in the first line of a table."""
    return max(",\t;|", key=head.count)
