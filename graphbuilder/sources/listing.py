"""Listing pages of a paper site, copied as text: titles, abstracts, and what the page puts around them.

A record is a title (one line) and its abstract (the next line, or lines); then, on pages that show them,
an organisation or a count of authors, a dot, and a date with a count of comments. Blank lines, vote
counts and the page's own furniture may stand anywhere and may stick to the first title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from importlib.resources import files

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates
from graphbuilder.sources.source import Line, Source
from graphbuilder.sources.work import UnusableError, work

#: A page is read whole (its dates explain each other), so it has a limit, in characters.
LONGEST_PAGE = 64 << 20

_LONG = 200  # a line as wide as this is an abstract; it counts characters, the signs of East Asia thrice
_MEDIUM = 120  # ... or one as wide as this, if it reads like sentences
_ENOUGH_DATES = 5  # full dates that a page must show before they tell its year
_SENTENCES = re.compile(r"(?:[.!?] |[。！？]).*[.!?。！？][\"')\]]*$")
_SENTENCE_END = re.compile(r"[.!?。！？][\"')\]]*$")
_STRANGE = re.compile(r"^[#|*>+`<{(\[/=-]|^\d+[.)] |[.:;,{}|>=]$")  # as starts and ends of titles
_WIDE = re.compile("[\u2e80-\uffef]")
_BULLET = re.compile(r"[·•|\-–—*]+")
_COUNT = re.compile(r"(?:[▲△⬆↑👍+]\s*)?\d[\d,.]*\s*[kK]?")
_AUTHORS = re.compile(r"[•·*\-]?\s*\d+\s+authors?", re.IGNORECASE)
_BEFORE = r"(?:published|submitted|posted|updated|added)?(?:\s+on)?\s*"
_MONTH = "(?P<month>" + "|".join(sorted(dates.MONTHS, key=len, reverse=True)) + r")\.?"
_DATE = re.compile(
    rf"{_BEFORE}"
    rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2')})"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?"
    r"(?:\s+[·•]?\s*(?P<comments>\d{1,5}))?",
    re.IGNORECASE,
)
_ISO_DATE = re.compile(_BEFORE + r"(\d{4})-(\d\d)-(\d\d)(?:\s+\d{1,5})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Date:
    month: int
    day: int
    year: int | None = None


@dataclass(slots=True)
class _Record:
    line: int
    title: str
    abstract: str
    date: _Date | None = None


@dataclass(slots=True)
class _Page:
    records: list[_Record] = field(default_factory=list)
    skips: list[tuple[int, str]] = field(default_factory=list)
    date: _Date | None = None
    continued: int = 0  # lines of prose that follow another one


class _Kind(Enum):
    TEXT = auto()
    PROSE = auto()
    DATE = auto()
    BORDER = auto()


_Token = tuple[_Kind, int, str]


def read(source: Source) -> Iterator[Paper | Skip]:
    """The papers of one page, then what could not be read of it."""
    lines = _lines(source)
    page = _page(_tokens(_texts(lines)))
    year = _year(page)
    for record in page.records:
        try:
            yield work(
                source.name,
                title=record.title,
                abstract=record.abstract,
                date=_iso(record.date, page.date, year),
            )
        except UnusableError as why:
            yield source.at(record.line, str(why))
    for number, reason in page.skips:
        yield source.at(number, reason)
    for line in lines:
        if line.text is None:
            yield source.at(line.number, "too long for a page; split the file")


def looks_like(head: str) -> bool:
    """Whether a text is titles with abstracts, and not some other text that has headings and paragraphs."""
    lines = [Line(n, line) for n, line in enumerate(head.split("\n"), start=1)]
    page = _page(_tokens(_texts(lines)))
    strange = sum(_STRANGE.search(record.title) is not None for record in page.records)
    return len(page.records) > 2 * (page.continued + len(page.skips) + strange)


def _lines(source: Source) -> list[Line]:
    lines, size = [], 0
    for line in source.lines():
        size += len(line.text or "")
        if size > LONGEST_PAGE:
            lines.append(Line(line.number, None))
            break
        lines.append(line)
    return lines


def _page(tokens: Iterable[_Token]) -> _Page:
    """Tokens to records: an abstract makes a title of the line before it, a border ends a record."""
    page = _Page()
    waiting: list[tuple[int, str]] = []  # lines that are titles if an abstract follows
    last: _Record | None = None  # the record that a date belongs to
    closed = True  # whether a border came after its abstract
    for kind, number, text in tokens:
        if kind is _Kind.TEXT:
            waiting.append((number, text))
        elif kind is _Kind.PROSE and waiting:
            *before, (line, title) = waiting
            _settle(before, page)
            last, closed = _Record(line, title, text), False
            page.records.append(last)
            waiting.clear()
        elif kind is _Kind.PROSE and last and not closed:
            last.abstract += " " + text
            page.continued += 1
        elif kind is _Kind.PROSE:
            page.skips.append((number, "an abstract without a title; put its title above it"))
        else:
            if closed and waiting:
                last = _settle(waiting, page)
            waiting.clear()  # after an abstract: the organisation
            closed = True
            if kind is _Kind.DATE:
                if last and not last.date:
                    last.date = _date(text)
                elif not page.records and not page.date:
                    page.date = _date(text)
    _settle(waiting, page)
    return page


def _settle(waiting: list[tuple[int, str]], page: _Page) -> _Record | None:
    """Make what can be made of lines that no long line follows: a title with a short abstract."""
    made = None
    place = 0
    while place < len(waiting):
        line, title = waiting[place]
        following = waiting[place + 1][1] if place + 1 < len(waiting) else ""
        if _SENTENCE_END.search(following) and _width(following) > 30:
            made = _Record(line, title, following)
            page.records.append(made)
            place += 1
        elif page.records and len(title.split()) > 2:  # before the first record stands the page's head
            page.skips.append((line, "a title without an abstract; add one or leave it out"))
        place += 1
    return made


def _tokens(lines: Iterable[tuple[int, str]]) -> Iterator[_Token]:
    """Lines by what they are, without the page's furniture."""
    seen: set[str] = set()  # furniture of the page's head
    head = True
    for number, line in lines:
        text = _unstuck(line, seen) if head else line
        if not text or _plain(text) in _furniture():
            seen.add(_plain(text))
        elif _date(text):
            yield _Kind.DATE, number, text
        elif _AUTHORS.fullmatch(text) or _BULLET.fullmatch(text):
            yield _Kind.BORDER, number, text
        elif _COUNT.fullmatch(text):
            continue
        elif _prose(text):
            head = False
            yield _Kind.PROSE, number, text
        else:
            yield _Kind.TEXT, number, text


def _texts(lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    """Lines that are not blank; where a page is wrapped at some width, its paragraphs instead."""
    texts = [(line.number, " ".join(line.text.split())) for line in lines if line.text is not None]
    wrapped = not any(_prose(text) for _, text in texts)
    paragraph: list[tuple[int, str]] = []
    for number, text in [*texts, (0, "")]:
        if text and wrapped:
            paragraph.append((number, text))
        elif text:
            yield number, text
        elif len(paragraph) > 1 and _prose(" ".join(part for _, part in paragraph)):
            yield paragraph[0][0], " ".join(part for _, part in paragraph)
            paragraph.clear()
        else:
            yield from paragraph
            paragraph.clear()


def _width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def _prose(text: str) -> bool:
    width = _width(text)
    return width >= _LONG or (width >= _MEDIUM and _SENTENCES.search(text) is not None)


def _unstuck(text: str, seen: set[str]) -> str:
    """A line without the furniture that sticks to its start: "SubscribeAdaptive Estimators ..."."""
    for phrase in _sticky():
        rest = text[len(phrase) :]
        if rest and text.startswith(phrase):
            parted = rest[0] == " " and bool(seen) and _plain(phrase) not in seen
            if not rest.lstrip()[:1].islower() and (parted or rest[0] != " "):
                seen.add(_plain(phrase))
                return _unstuck(rest.strip(), seen)
    return text


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


@cache
def _furniture_lines() -> tuple[str, ...]:
    text = (files(__package__) / "furniture.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _furniture() -> frozenset[str]:
    return frozenset(map(_plain, _furniture_lines()))


@cache
def _sticky() -> tuple[str, ...]:
    """Furniture that is long enough not to be the start of a title by chance."""
    return tuple(sorted((line for line in _furniture_lines() if len(line) > 8), key=len, reverse=True))


def _date(text: str) -> _Date | None:
    if found := _ISO_DATE.fullmatch(text):
        return _Date(int(found[2]), int(found[3]), int(found[1]))
    if not (found := _DATE.fullmatch(text)):
        return None
    month = dates.MONTHS[(found["month"] or found["month2"]).lower()]
    year = int(found["year"]) if found["year"] else None
    return _Date(month, int(found["day"] or found["day2"]), year)


def _iso(date: _Date | None, page: _Date | None, page_year: int | None) -> str | None:
    """A record's date; without a year it is of the page's year, up to the page's own day."""
    if date is None:
        return None
    if date.year:
        return dates.day(date.year, date.month, date.day)
    if page_year and page and (date.month, date.day) <= (page.month, page.day):
        return dates.day(page_year, date.month, date.day)
    return None


def _year(page: _Page) -> int | None:
    """The year of the page's own date.

    Such a page leaves out the year of dates in its own year, so that year comes after the latest year
    that it prints. It is the next one if the latest full date is no more than a year before the page's
    day; with a wider gap, or few dates to tell, it stays unknown.
    """
    if not page.date or page.date.year:
        return page.date.year if page.date else None
    full = [r.date for r in page.records if r.date and r.date.year]
    if len(full) < _ENOUGH_DATES:
        return None
    latest = max((d.year or 0, d.month, d.day) for d in full)
    return latest[0] + 1 if latest[1:] >= (page.date.month, page.date.day) else None
