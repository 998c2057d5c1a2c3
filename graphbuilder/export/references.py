"""Papers as entries of a bibliography, for :mod:`bibtex` and :mod:`csl`."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import NamedTuple

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import EdgeKind, PropertyGraph, Row

_MEETING = re.compile(r"\b(proceedings|conference|workshop|symposium|meeting)\b", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_WORD = re.compile(r"[a-z0-9]+")
#: Kinds of edge whose targets describe a paper well enough to be keywords.
_KEYWORDS = ("INTRODUCES", "USES", "EVALUATES_ON", "STUDIES")


class Author(NamedTuple):
    """A person's name in two parts; ``family`` alone if it is one word or an organisation."""

    family: str
    given: str | None = None


class Reference(NamedTuple):
    """A paper as a bibliography has it."""

    key: str
    paper: Row
    meeting: bool
    authors: tuple[Author, ...]
    date: tuple[int, ...]
    keywords: tuple[str, ...]


def references(graph: PropertyGraph) -> list[Reference]:
    """Every paper of the graph, in the order of its keys; keys are family name, year and a word of the title.

    Raises:
        GraphbuilderError: the graph, or the part of it that was chosen, has no paper.
    """
    papers = graph.nodes.get("Paper", [])
    if not papers:
        raise GraphbuilderError("there is no paper to cite in this part of the graph")
    names = {row["id"]: row.get("name") or "" for row in graph.nodes.get("Author", [])}
    authors: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in graph.edges.get(EdgeKind("WROTE", "Author", "Paper"), []):
        authors[row["target"]].append((row.get("position") or 0, names.get(row["source"], "")))
    keywords = _keywords(graph)
    found: list[Reference] = []
    for row in papers:
        people = tuple(split_name(name) for _, name in sorted(authors[row["id"]]) if name.strip())
        date = _date(row)
        meeting = bool(_MEETING.search(row.get("venue") or ""))
        found.append(
            Reference(_key(row, people, date), row, meeting, people, date, tuple(sorted(keywords[row["id"]])))
        )
    return _told_apart(found)


def split_name(name: str) -> Author:
    """A full name in two parts: what is before a comma, or the last word with its particles, is the family.

    >>> split_name("Jan van den Berg"), split_name("Plato")
    (Author(family='van den Berg', given='Jan'), Author(family='Plato', given=None))
    """
    if "," in name:
        family, given = name.split(",", 1)
        return Author(family.strip() or given.strip(), given.strip() or None)
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    return Author(" ".join(words[at:]), " ".join(words[:at]) or None) if words else Author(name)


def _key(row: Row, authors: tuple[Author, ...], date: tuple[int, ...]) -> str:
    # short words of a title say little
    words = sorted(_ascii_words(row.get("title") or ""), key=lambda word: len(word) < 4)
    family = "".join(_ascii_words(authors[0].family)) if authors else ""
    first, word = (family, "".join(words[:1])) if family else ("".join(words[:1]) or "paper", "")
    return f"{first}{date[0] if date else ''}{word}"


def _told_apart(found: list[Reference]) -> list[Reference]:
    """The references with keys that differ: equal ones get a, b, c, ... in the order of the papers' ids."""
    of_key: dict[str, list[Reference]] = defaultdict(list)
    for reference in sorted(found, key=lambda r: str(r.paper["id"])):
        of_key[reference.key].append(reference)
    taken = set(of_key)
    result = []
    for key, same in of_key.items():
        number = 0
        for reference in same:
            new = key
            while len(same) > 1 and new in taken:
                number += 1
                new = f"{key}{_letters(number)}"
            taken.add(new)
            result.append(reference._replace(key=new))
    return sorted(result, key=lambda r: r.key)


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _date(row: Row) -> tuple[int, ...]:
    """Year, month and day as far as they are known."""
    match = _DATE.fullmatch(row.get("date") or "")
    if match:
        return tuple(int(part) for part in match.groups() if part)
    return (row["year"],) if row.get("year") is not None else ()


def _keywords(graph: PropertyGraph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, rows in graph.edges.items():
        if kind.type in _KEYWORDS:
            names = {row["id"]: row.get("name") for row in graph.nodes.get(kind.target, [])}
            for row in rows:
                if name := names.get(row["target"]):
                    found[row["source"]].add(name)
    return found


def _ascii_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(plain.casefold())
