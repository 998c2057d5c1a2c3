"""Records of XML files of any size, read safely.

A record is emptied as soon as it was read. A file that declares entities of its own is refused before any
of them is expanded, and nothing outside the file is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from graphbuilder.records import Paper, Skip
from graphbuilder.sources.source import Source, UnreadableError
from graphbuilder.sources.work import UnusableError

#: Makes the papers of one element, and may note in a dictionary what the elements after it need; raises
#: :class:`UnusableError`.
Maker = Callable[[Element, dict[str, Any]], Iterable[Paper]]

_STEP = 1 << 16
_LONGEST = 64 << 20  # bytes that may pass without a record
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_PROLOG = (("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">"), ("<!", ">"))


def root_tag(head: str) -> str:
    """The name of the outermost element in the first part of a file, without its prefix."""
    place = 0
    while not (found := _ROOT.match(head, place)):
        for opens, closes in _PROLOG:
            if head.startswith(opens, place):
                end = head.find(closes, place)
                break
        else:
            end, closes = head.find("<", place + 1), ""
        if end < 0:
            return ""
        place = end + len(closes)
    return found[1].rpartition(":")[2]


def papers(source: Source, makers: Mapping[str, Maker]) -> Iterator[Paper | Skip]:
    """What is made of each element whose name (without its namespace) has a maker."""
    known: dict[str, Any] = {"source": source.name}
    number = 0
    for element in _elements(source, makers):
        if isinstance(element, str):
            yield source.at(f"record {number + 1}", element)
            continue
        number += 1
        try:
            yield from makers[local(element)](element, known)
        except UnusableError as why:
            yield source.at(f"record {number}", str(why))


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def text(element: Element | None, path: str = "") -> str:
    """All text in an element, or in the first one at a path below it, with that of the elements inside."""
    if element is not None and path:
        element = element.find(path)
    return "" if element is None else "".join(element.itertext())


def _elements(source: Source, tags: Container[str]) -> Iterator[Element | str]:
    """Elements with one of the names as they end, each whole; they are emptied once they were read."""
    parser: Any = XMLPullParser(("end",))
    guard: expat.XMLParserType | None = _guard()
    unread = 0  # bytes since the last record
    while chunk := source.file.read(_STEP):
        try:
            if guard and _feed_guard(guard, chunk):
                guard = None
            parser.feed(chunk)
            unread += len(chunk)
            for _, element in parser.read_events():  # raises too: what is wrong comes as an event
                if local(element) in tags:
                    yield element
                    element.clear()
                    unread = 0
        except (ParseError, expat.ExpatError, ValueError, LookupError) as error:
            yield f"no valid XML ({error}); what stands before it was read"
            return
        if unread > _LONGEST:
            raise UnreadableError("64 MB of XML without the end of a record; what stands before it was read")
    try:
        parser.close()
        yield from (element for _, element in parser.read_events() if local(element) in tags)
    except ParseError as error:
        yield f"no valid XML ({error}); what stands before it was read"


def _guard() -> expat.XMLParserType:
    """A parser that refuses entities; they can be declared only before the first element."""
    guard = expat.ParserCreate()

    def refuse(*_: Any) -> None:
        raise UnreadableError("XML with entities of its own, which can be a bomb; resolve them first")

    guard.EntityDeclHandler = refuse
    return guard


def _feed_guard(guard: expat.XMLParserType, chunk: bytes) -> bool:
    """Whether the first element was seen, so that no more entities can follow."""
    seen = []
    guard.StartElementHandler = lambda *_: seen.append(True)
    guard.Parse(chunk, False)
    return bool(seen)
