"""A table in Markdown, as GitHub and pandoc read it: the literature, or the method-task matrix."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TextIO
from urllib.parse import quote

from graphbuilder.export.table import Item, table
from graphbuilder.records import PropertyGraph

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$&#]")
_BLANK = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write the table that suits the graph."""
    found = table(graph)
    out.write(f"# {found.title}\n\n" + "".join(f"{_text(remark)}\n\n" for remark in found.remarks))
    out.write(_line([_text(column) for column in found.columns]) + _line(["---"] * len(found.columns)))
    for row in found.rows:
        out.write(_line([", ".join(map(_item, cell)) for cell in row]))


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _item(item: Item) -> str:
    if item.link is None:
        return _text(item.text)
    return f"[{_text(item.text)}]({quote(item.link, safe='/:?#@!$&+,;=%~_-.', errors='replace')})"


@lru_cache(maxsize=100_000)
def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _BLANK.sub(" ", text).strip())
