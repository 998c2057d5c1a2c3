"""A table as one CSV file for a spreadsheet: the literature, or the method-task matrix."""

from __future__ import annotations

import csv
import re
from typing import TextIO

from graphbuilder.export.table import Item, table
from graphbuilder.records import PropertyGraph

_BLANK = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_NUMBER = re.compile(r"[+-]?[\d.,]+\s*%?")


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write the table that suits the graph; the pieces of a cell are parted by semicolons."""
    found = table(graph)
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(found.columns)
    for row in found.rows:
        lines.writerow([_cell(cell) for cell in row])


def _cell(items: list[Item]) -> str:
    text = "; ".join(_BLANK.sub(" ", item.text).strip() for item in items)
    # a spreadsheet would take it for a formula
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) and not _NUMBER.fullmatch(text) else text
