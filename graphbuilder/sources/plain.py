"""JSON with one object a paper: JSON Lines, or one array."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import fields
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import UnusableError


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of JSON objects with fields under their usual names."""
    for place, row in objects(source):
        if isinstance(row, Skip):
            yield row
            continue
        try:
            yield fields.paper(row, source.name)
        except UnusableError as why:
            yield source.at(place, str(why))


def objects(source: Source) -> Iterator[tuple[int, dict[str, Any] | Skip]]:
    """JSON objects with the line that each stands on, from JSON Lines or an array with one object a line."""
    for line in source.lines():
        if line.text is None:
            yield line.number, source.at(line.number, "longer than 16 MB; split the file")
            continue
        text = line.text.strip().removeprefix("[").removesuffix("]").strip().strip(",").strip()
        if not text:
            continue
        try:
            row = json.loads(text)
        except RecursionError:
            yield line.number, source.at(line.number, "nested too deep to be a record")
        except ValueError as error:
            yield line.number, source.at(line.number, f"no valid JSON ({error}); mend the line")
        else:
            if isinstance(row, dict):
                yield line.number, row
            else:
                yield line.number, source.at(line.number, "no JSON object; put one object on each line")
