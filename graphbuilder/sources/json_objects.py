"""JSON objects from files of any size: JSON Lines, one huge array, an API's answer around its results.

Memory stays flat: text is decoded value by value. A value that is broken is skipped, and reading goes on
at the next line that starts one.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

from graphbuilder.records import Paper, Skip
from graphbuilder.sources.source import LONGEST_LINE, Source
from graphbuilder.sources.work import UnusableError

Row = dict[str, Any]
#: Makes the papers of one object (most often one); raises :class:`UnusableError`.
Maker = Callable[[Mapping[str, Any], str], Iterable[Paper]]

_STEP = 1 << 18  # characters read at a time
_NEAR_END = 16  # an error so close to the end of what was read may come from the cut
_NUMBER = re.compile(r"Number(?:Int|Long)\((-?\d+)\)")  # as MongoDB prints it
_ENVELOPE = re.compile(  # an object that is no paper itself and holds an array of objects
    r'\s*\{(?:(?!"(?:title|display_name|paperId|abstract)"\s*:).){0,4000}?'
    r'"(?:results|data|notes|items|works|papers|records)"\s*:\s*(?=\[)',
    re.DOTALL,
)
_BETWEEN = re.compile(r"[\s,\[]*")
_NO_OBJECT = "no JSON object; each paper is to be an object with named fields"
_DECODER = json.JSONDecoder(strict=False)


def papers(source: Source, make: Maker) -> Iterator[Paper | Skip]:
    """What ``make`` makes of each object of a source; a record that it refuses becomes a skip."""
    for place, row in objects(source):
        if isinstance(row, str):
            yield source.at(place, row)
            continue
        try:
            yield from make(row, source.name)
        except UnusableError as why:
            yield source.at(place, str(why))


def objects(source: Source) -> Iterator[tuple[int | str, Row | str]]:
    """Each object with the line on which it starts; a reason instead of what is no object."""
    if _one_a_line(source.head):
        yield from _lines(source)
    else:
        yield from _values(source.text(), mongo=b"NumberInt(" in source.head)


def first(head: str) -> list[Row]:
    """The objects that stand whole in the first part of a text."""
    return [row for _, row in _values(io.StringIO(head), mongo="NumberInt(" in head) if isinstance(row, dict)]


def _one_a_line(head: bytes) -> bool:
    """Whether the first line that holds more than a bracket is one whole object, and no envelope."""
    for line in head.decode("utf-8-sig", "replace").splitlines()[:3]:
        text = _bare(line)
        if text:
            try:
                return isinstance(json.loads(text), dict) and not _ENVELOPE.match(text)
            except (ValueError, RecursionError):
                return False
    return False


def _bare(line: str) -> str:
    """A line of an array with one object a line, without what belongs to the array."""
    text = line.strip()
    if text[:1] in "[,":
        text = text.lstrip("[, \t")
    if text[-1:] in ",]":
        text = text[: text.rfind("}") + 1] if "}" in text else text.strip("], \t")
    return text


def _lines(source: Source) -> Iterator[tuple[int | str, Row | str]]:
    for line in source.lines():
        if line.text is None:
            yield line.number, f"longer than {LONGEST_LINE >> 20} million characters; split the record"
        elif text := _bare(line.text):
            yield line.number, _object(text)


def _object(text: str) -> Row | str:
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        return "nested too deep for a record"
    except ValueError as error:
        return f"no valid JSON ({error}); mend or remove it"
    return value if isinstance(value, dict) else _NO_OBJECT


def _values(file: TextIO, mongo: bool) -> Iterator[tuple[int | str, Row | str]]:
    """Values that stand in an array, in an envelope, or one after the other."""
    text = _Window(file, mongo)
    text.pass_over(_ENVELOPE)
    number = last_line = 0
    while True:
        text.pass_over(_BETWEEN)
        if text.place == len(text.buffer):
            if text.grow():
                continue
            return
        if text.buffer[text.place] in "]}":
            return
        number += 1
        place: int | str = text.line
        if text.line == last_line:
            place = f"{text.line} (record {number})"
        else:
            text.note_margin()
        last_line = text.line
        value = _decoded(text)
        yield place, value
        if isinstance(value, str) and value != _NO_OBJECT and not text.resume():
            return


def _decoded(text: _Window) -> Row | str:
    """The object at the place of the window, which moves past it; a reason, and no move, if there is none."""
    while True:
        try:
            value, end = _DECODER.raw_decode(text.buffer, text.place)
        except RecursionError:
            return "nested too deep for a record"
        except json.JSONDecodeError as error:
            cut = error.msg.startswith("Unterminated") or error.pos >= len(text.buffer) - _NEAR_END
            if cut and len(text.buffer) - text.place < LONGEST_LINE and text.grow():
                continue
            return f"no valid JSON ({error.msg}); mend or remove it"
        except ValueError:
            return "a number with thousands of digits; mend or remove it"
        text.move(end)
        return value if isinstance(value, dict) else _NO_OBJECT


class _Window:
    """A part of a text, the place in it that was read up to, and the line of that place."""

    def __init__(self, file: TextIO, mongo: bool) -> None:
        self.buffer = ""
        self.place = 0
        self.line = 1
        self._file = file
        self._mongo = mongo
        self._next = re.compile(r"\n[ \t]*,?[ \t]*(?=\{)")
        self.grow()

    def grow(self) -> bool:
        """Read on: as much again as is still unread, so that a long value is not tried too often."""
        unread = self.buffer[self.place :]
        more = self._file.read(max(_STEP, len(unread)))
        self.buffer = unread + more
        self.place = 0
        if self._mongo:
            self.buffer = _NUMBER.sub(r"\1", self.buffer)
        return bool(more)

    def move(self, place: int) -> None:
        self.line += self.buffer.count("\n", self.place, place)
        self.place = place

    def pass_over(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.buffer, self.place):
            self.move(found.end())

    def note_margin(self) -> None:
        """Note how far from the margin the value stands that comes next: as far as all others."""
        margin = self.buffer[self.buffer.rfind("\n", 0, self.place) + 1 : self.place]
        spaces = margin[: len(margin) - len(margin.lstrip(" \t"))]
        self._next = re.compile(rf"\n{spaces}(?:,[ \t]*)?(?=\{{)")

    def resume(self) -> bool:
        """Move to the next line that starts an object as the last one did."""
        while not (found := self._next.search(self.buffer, self.place)):
            self.move(len(self.buffer))
            if not self.grow():
                return False
        self.move(found.end())
        return True
